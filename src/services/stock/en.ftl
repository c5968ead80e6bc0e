# Goods and budget
told-stock-in = { $item } x{ $count }
told-budget-in = { $points } points
task-stock = Stock
list-stock = Stock in and out
stock-what = What about the stock?
stock-move = { $to ->
    [hq] Back to town
    [spoiled] Spoiled or lost
    [lent] Lent
   *[in] Arrived
 }
stock-which = Which goods?
stock-many = { $item }: how many?
told-stock-out = { $item } x{ $count }, { $to ->
    [hq] back to the town bank
    [lent] lent
   *[spoiled] written off
 }
kind-stock-out = Goods out
kind-stock-in = Stock in
kind-budget-in = From the town
told-budget-letter = Letter { $letter }: { $points } points for this station
task-budget = Budget letter
budget-letter = Number of the letter (digits only)?
budget-points = How many points for this station?
budget-until = Until when can they be spent?
budget-year = end of { $year }
budget-never = for ever
budget-second = A colleague must have read the letter
kind-budget-letter = Budget letter
