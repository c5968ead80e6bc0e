# 兑换
told-redeem = { $item }{ $many ->
    [one] {""}
   *[many] {" "}{ $count }
 }
kind-hold = 留分
