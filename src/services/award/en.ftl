# Points by rule
told-award = { $rule }{ $many ->
    [one] {""}
   *[many] {", "}{ $times }
 }
told-opening = From the old book
rule-times = { $count } { $unit ->
    [hour] hours
    [day] days
    [month] months
   *[time] times
 }
rule-category = { $category ->
    [volunteer-service] Volunteering
    [civil-customs] Civil customs
    [civic-participation] Taking part
    [good-deeds] Good deeds
    [evaluations] Evaluations
    [special-work] Special work
   *[employment-promotion] Employment
 }
task-record = Record points
task-opening = From the old book
list-award = Points recorded
record-who = Points for whom?
record-category = What kind of deed?
record-rule = Which deed?
record-degree = Which degree?
record-times = { $unit ->
    [hour] How many hours?
    [day] How many days?
    [month] How many months?
   *[time] How many times?
 }
record-second = A colleague must have seen this
opening-points = Points in the old book?
opening-second = A second person must have seen it
kind-award = Points by a rule
kind-points-in = Brought over
refusal-day-too-far = That day is too long ago, or still to come.
refusal-day-too-far-next = At most { $days } days back can be entered.
refusal-no-budget = The station's budget for points is used up.
refusal-no-budget-next = Please tell the town bank.
refusal-own-household = This cannot be done for your own household.
refusal-own-household-next = Another attendant must do it.
refusal-same-fact = The same deed is recorded by another rule; it counts once.
refusal-same-fact-next = Nothing to do; if that was wrong, correct the other entry.
refusal-rule-gone = This rule does not hold on that day.
refusal-rule-gone-next = Please look at rule and day.
refusal-rule-minus = A rule that takes points is not entered so.
refusal-rule-minus-next = Please use the way for it.
refusal-rule-path = This cannot be entered here directly.
refusal-rule-path-next = Please go the way that the rule asks for.
refusal-rule-once = This was entered already.
refusal-rule-once-next = There is nothing to do.
