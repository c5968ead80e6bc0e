# The machine's date is wrong
told-day = It is { $day } { $year }
task-day = Check the date
task-day-look = Check the date: { $count }
day-which = Which day is it?
day-shown = { $day } { $year }, as the machine shows
day-other = { $day } { $year }
kind-day-told = Date checked
refusal-no-such-day = It cannot be that day.
refusal-no-such-day-next = Please look at the date and try again.
