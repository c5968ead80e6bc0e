# Confirming, calling off, mending, printing again
told-post = no. { $seq }
told-void = no. { $seq }
reverse-why-ask = Why is no. { $seq } reversed?
reverse-why = { $why ->
    [person] Wrong person
    [number] Wrong number
    [twice] Entered twice
    [untrue] It never happened
    [returned] Goods came back
   *[other] Something else
 }
told-reversal = no. { $seq }
told-reprint = no. { $seq }
kind-post = Redeemed
kind-void = Called off
kind-reversal = Correction
kind-reprint = Reprint
