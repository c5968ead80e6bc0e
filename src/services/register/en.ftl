# Depositors and cards
told-account-opened = New account, no. { $count }
told-card-issued = { $card ->
    [code] QR code issued
    [alias] Another card added
   *[card] Card issued
 }
told-card-blocked = Cards blocked
task-card-issue = Issue a card
task-card-block = Block cards
list-register = Accounts and cards
card-who = Who gets a card?
card-new = Put the new card down
card-again = Put the same card down again
card-lost = Whose cards are lost?
kind-account-opened = New account
kind-card-issued = Card issued
kind-card-blocked = Card blocked
refusal-birth-year = That year of birth cannot be.
refusal-birth-year-next = Please look at the year and enter it again.
refusal-card-taken = This card is somebody's already.
refusal-card-taken-next = Please take a new card.
refusal-guardian = A child needs a guardian with an account.
refusal-guardian-next = Please open the guardian's account first.
refusal-no-name = There is no name.
refusal-no-name-next = Please enter the name.
