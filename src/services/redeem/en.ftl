# Redemptions
told-redeem = { $item }{ $many ->
    [one] {""}
   *[many] {" "}x{ $count }
 }
kind-hold = Kept
