# 机器的日期不准
told-day = 今天是{ $year }年{ $day }
task-day = 核对日期
task-day-look = 核对日期，{ $count }笔要看
day-which = 今天是几月几日？
day-shown = { $year }年{ $day }，和机器一样
day-other = { $year }年{ $day }
kind-day-told = 核对日期
refusal-no-such-day = 不会是这一天。
refusal-no-such-day-next = 请看清日期，再试一次。
