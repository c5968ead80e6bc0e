# 兑换
told-redeem = { $item }{ $many ->
    [one] {""}
   *[many] {" "}{ $count }份
 }
kind-hold = 留分
