# 进货和额度
told-stock-in = { $item } { $count }
told-budget-in = { $points }分
task-stock = 库存
list-stock = 库存进出
stock-what = 库存怎么了？
stock-move = { $to ->
    [hq] 退回总行
    [spoiled] 坏了丢了
    [lent] 借出去
   *[in] 来货
 }
stock-which = 什么东西？
stock-many = { $item }有多少？
told-stock-out = { $item } { $count }，{ $to ->
    [hq] 退回总行
    [lent] 借出
   *[spoiled] 报损
 }
kind-stock-out = 出库
kind-stock-in = 进货
kind-budget-in = 总行拨入
told-budget-letter = { $letter }号文件，拨给本站{ $points }分
task-budget = 拨分文件
budget-letter = 文件是几号？（只输数字）
budget-points = 拨给本站多少分？
budget-until = 这些分用到什么时候？
budget-year = { $year }年底
budget-never = 一直有效
budget-second = 还要一位工作人员看过文件
kind-budget-letter = 文件拨分
