# Confirming, calling off, mending, printing again
told-post = no. { $seq }
told-void = no. { $seq }
told-reversal = no. { $seq }
told-reprint = no. { $seq }
kind-post = Redeemed
kind-void = Called off
kind-reversal = Correction
kind-reprint = Reprint
