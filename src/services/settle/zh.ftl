# 确认、取消、更正、重印
told-post = 第{ $seq }号
told-void = 第{ $seq }号
told-reversal = 第{ $seq }号
told-reprint = 第{ $seq }号
kind-post = 兑换
kind-void = 取消
kind-reversal = 更正
kind-reprint = 重印小票
