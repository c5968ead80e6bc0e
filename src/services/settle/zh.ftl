# 确认、取消、更正、重印
told-post = 第{ $seq }号
told-void = 第{ $seq }号
reverse-why-ask = 第{ $seq }号为什么更正？
reverse-why = { $why ->
    [person] 记错了人
    [number] 数目不对
    [twice] 记了两次
    [untrue] 没有这回事
    [returned] 东西退回来了
   *[other] 别的原因
 }
told-reversal = 第{ $seq }号
told-reprint = 第{ $seq }号
kind-post = 兑换
kind-void = 取消
kind-reversal = 更正
kind-reprint = 重印小票
