# 进货和额度
told-stock-in = { $item } { $count }份
told-budget-in = { $points }分
task-stock = 库存
stock-which = 来了什么？
stock-many = { $item }来了几份？
kind-stock-in = 进货
kind-budget-in = 总行拨入
