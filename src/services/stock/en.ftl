# Goods and budget
told-stock-in = { $item } x{ $count }
told-budget-in = { $points } points
task-stock = Stock
stock-which = What has come?
stock-many = { $item }: how many?
kind-stock-in = Stock in
kind-budget-in = From the town
