# English. The same ids and arguments as zh.ftl (tests/words.rs checks).

# On every screen
back = Back
help = Get help
finish = Finish
language = English
theme-contrast = Dark screen
theme-light = Light screen
points = { $points } pts
points-word = pts
help-called = Help was called, please wait
page-back = Previous
page-on = Next
not-yet = Read this first
enter = OK
rub-out = Delete

# Idle
idle-welcome = Welcome to the points bank
idle-how = Please put your card on the reader
idle-code = A QR code works too. There is no hurry.
idle-announcement = News: { $text }
idle-activity = Today { $time } { $text }
idle-honour = Honour roll: { $name } { $reason }
idle-typed = Card number: { $digits }
idle-reader-lost = The card reader is not connected: ask the staff
idle-holds = Staff: { $count } waiting for you
idle-stick-writing = Writing the stick, leave it in
idle-stick-remove = Done, you may remove the stick
idle-stick-failed = The stick was not written: staff, see Exports
idle-export-failed = Staff: an export failed, please see Exports
idle-export-missed = Staff: an export was missed, please see Exports
idle-export-unclean = Staff: the ledger has a fault, please see Exports

# Home
home-balance = Hello { $name }, you have
home-called-off = Not taken, points are back. You have
home-held = and { $points } waiting
home-passbook = My records

# Choosing
rewards-which = Choose a reward: { $category }
rewards-gone = all gone
rewards-empty = There is nothing here at the moment
price = { $points }
price-from = from { $points }
variants-which = { $item }: which one?
quantity-which = { $item }: how many?
quantity-some = { $count }

# Confirming
confirm-ask = Do you want this?
confirm-what = { $item }  x { $count }
confirm-had = You have
confirm-costs = It costs
confirm-left = Leaves
confirm-yes = Yes
confirm-no = No

# Waiting for the attendant
waiting-what = Attendant, please tap your badge
waiting-held = { $item }  x { $count }  { $points } points
waiting-safe = Your points are kept. Nothing is spent before that.
waiting-no = I do not want it

# Done
done-what = Done: { $item }  x { $count }
done-had = You had
done-spent = Spent
done-left = Left
done-goods = Please take it at the counter.
done-service = Please take the slip to { $partner }.
done-receipt = Receipt { $station }-{ $seq }  { $mark }

# Records
passbook-title = Your records (page { $page }/{ $pages })
passbook-empty = No records yet
passbook-redeemed = Got: { $item }
passbook-waiting = Held: { $item }
passbook-reversed = Correction of no. { $seq }
passbook-after = left { $points }

# The same next time
remember-ask = Show it like this next time?
remember-what = You changed the colours or the language.
remember-other = Kept with your card. You can change it any time.
remember-yes = Yes, next time too
remember-no = No

# PIN
pin-who = { $name }: your PIN
pin-count = { $count } digits typed
pin-shield = Shield it with your hand
pin-wrong-key = Wrong key? Press Delete

# Staff
desk-who = { $name }, please choose
desk-holds = Waiting: { $count }
desk-operations = Last operations
desk-off-duty = Off duty
desk-exports = Exports
desk-exports-look = Exports: please look
desk-exit = Close program
desk-posted = No. { $seq }: handed over
desk-voided = No. { $seq }: called off, points are back
desk-reversed = No. { $seq }: corrected
holds-title = Waiting (page { $page }/{ $pages })
holds-empty = Nothing is waiting
holds-post = Handed over
holds-void = Not handed over
holds-ask = No. { $seq }: was it handed over?
operations-title = Last operations (page { $page }/{ $pages })
operations-empty = No operations yet
reverse-ask = Correct no. { $seq }?
reverse-what = Points and goods go back; the old line stays.
reverse-yes = Correct it
reverse-no = Leave it

# Exports
exports-title = Exports: the ledger on its way to the town
exports-last = Last: { $when }, { $why }, no. { $from } to { $to }
exports-last-empty = Last: { $when }, { $why }, nothing new
exports-last-none = Last: none yet
exports-next = Next: { $when }
exports-next-none = Next: nothing is scheduled
exports-waiting = Not acknowledged: { $count }. The town has up to { $seq }
exports-waiting-all = Not acknowledged: { $count }. The town has none yet
exports-running = Exporting, { $share }%
exports-failed = Not exported: { $why }
exports-unclean = The ledger has a fault; sent anyway, call the technician
exports-missed = Power was off at { $when }; { $made-up ->
    [yes] made up for
   *[no] not yet made up for
}
exports-now = Export now
export-why-schedule = on time
export-why-missed = made up
export-why-asked = asked for
export-why-stick = stick
sink-line = { $name }: { $state }
sink-waits = waiting
sink-unknown = not sent since the start
sink-done = sent
sink-absent-directory = no such folder, call the technician
sink-absent-stick = no stick is in
sink-absent-s3 = no network, next time again
sink-ambiguous = two sticks of that name, remove one
sink-full = full, change it or make room
sink-read-only = cannot be written, see its lock switch
sink-gone = vanished while writing, put it in again
sink-different = reads back differently, use another
sink-refused = refused: { $why }

# Kinds of operations
kind-boot = Start
kind-clock-fault = Clock fault
kind-refusal = Refusal
kind-account-opened = New account
kind-card-issued = Card issued
kind-card-blocked = Card blocked
kind-staff-set = Staff set
kind-sign-in = Sign-in
kind-sign-in-refused = Sign-in failed
kind-budget-in = From the town
kind-stock-in = Stock in
kind-points-in = Points in
kind-hold = Waiting
kind-post = Redeemed
kind-void = Called off
kind-reversal = Correction
kind-bundle-written = Exported
kind-bundle-acknowledged = Acknowledged

# Still there?
asking-what = Are you still there?
asking-safe = Your points are safe.
asking-count = Back to the start in { $seconds } seconds
asking-yes = Yes, please wait

# No: what happened, that nothing was lost, what to do
notice-ok = All right
notice-safe = Your points have not changed.
notice-unchanged = Nothing was changed.
refusal-card-unreadable = The card could not be read.
refusal-card-unreadable-next = Lay it flat on the reader and wait a moment.
refusal-card-too-long = This is not one of our cards.
refusal-card-too-long-next = Please use the card or code of your village.
refusal-code-not-text = This is not one of our codes.
refusal-code-not-text-next = Please use the card or code of your village.
refusal-code-other-town = This code belongs to another town.
refusal-code-other-town-next = Please use it at a station of that town.
refusal-code-check = The code was not read completely.
refusal-code-check-next = Hold it flat and scan it again.
refusal-card-unknown = This card is not registered.
refusal-card-unknown-next = Please show it to the staff.
refusal-card-blocked = This card has been blocked.
refusal-card-blocked-next = Please ask the staff for a new card.
refusal-card-staff = This is a staff badge.
refusal-card-staff-next = Please use your own card.
refusal-session-open = Someone else has not finished yet.
refusal-session-open-next = Press Finish first, then put your card.
refusal-item-gone = This reward is no longer available.
refusal-item-gone-next = Please choose another.
refusal-quantity = At most { $max } at a time.
refusal-quantity-next = Please choose fewer.
refusal-closed = It is closed now.
refusal-closed-next = { $when ->
    [unknown] Please ask the staff when it opens.
   *[other] It opens { $when }, please come then.
}
refusal-limit-reached = At most { $count } { $period }; you have had { $used }.
refusal-limit-reached-next = You can have it again from { $month }/{ $day }.
refusal-out-of-stock = { $any ->
    [none] There are none left.
   *[other] Only { $left } left.
}
refusal-out-of-stock-next = Please choose another, or come another day.
refusal-not-enough = Not enough points: you have { $have }, it costs { $need }.
refusal-not-enough-next = With { $short } more you can have it.
refusal-price-changed = The price changed: it was { $shown }, now { $now }.
refusal-price-changed-next = Look at the new price before you decide.
refusal-op-reused = This was already used for something else.
refusal-op-reused-next = Please finish and start again.
refusal-hold-settled = This one is already settled.
refusal-hold-settled-next = Please look at the last operations.
refusal-not-staff = This is not a staff badge.
refusal-not-staff-next = An attendant must tap a badge.
refusal-own-card = This is your own card.
refusal-own-card-next = An attendant must tap a badge.
refusal-own-account = You cannot confirm for yourself.
refusal-own-account-next = Another attendant must confirm it.
refusal-pin-missing = A PIN has 4 to 8 digits.
refusal-pin-missing-next = Please type it again.
refusal-pin-wrong = Wrong PIN, { $left } tries left.
refusal-pin-wrong-next = Take your time and try again.
refusal-pin-locked = Too many wrong PINs: locked for { $minutes } minutes.
refusal-pin-locked-next = Ask another attendant, or wait.
refusal-not-reversible = This one cannot be corrected.
refusal-not-reversible-next = Only redemptions, points and stock can.
refusal-already-reversed = This one was corrected before.
refusal-already-reversed-next = Please look at the last operations.
refusal-already-spent = These points are spent and cannot come back.
refusal-already-spent-next = Please report it to the town bank.
refusal-role-too-low = Only a technician may do this.
refusal-role-too-low-next = Please call the technician.
refusal-disk-low = The disk is nearly full: no rewards for now.
refusal-disk-low-next = Call the technician. Balance and records work.
refusal-busy = The machine is busy, this was not done.
refusal-busy-next = Please wait a moment and try again.

period-day = a day
period-week = a week
period-month = a month
period-year = a year

# Out of order
out-title = The machine needs a rest
out-safe = All that was done is kept; no point is lost.
out-next = Please ask the staff, or come back later.
out-disk-full = For the technician: the disk is full
out-read-only = For the technician: the disk is read-only
out-corrupt = For the technician: the ledger is damaged, run wenming audit
out-locked = For the technician: another program holds the ledger
out-other = For the technician: see the program's error message
starting = Getting ready, please wait
too-small = Screen too small: needs { $columns }x{ $rows }, has { $has-columns }x{ $has-rows }

# Receipt
receipt-title = { $station } receipt
receipt-number = Receipt { $station }-{ $seq }  { $mark }
receipt-when = Time { $when }
receipt-who = Member { $name }
receipt-what = { $item } x { $count }
receipt-had = You had { $points } points
receipt-spent = Spent { $points } points
receipt-left = Left { $points } points
receipt-goods = Please take it at the counter
receipt-service = Take this slip to: { $partner }
receipt-keep = Questions? Bring this slip.

# Time
clock = { $hour }:{ $minute } { $half ->
    [am] am
   *[pm] pm
}
date = { $weekday } { $month }/{ $day }
moment = { $month }/{ $day } { $time }
lunar = Lunar { $leap ->
    [yes] leap{" "}
   *[no] {""}
}{ $month }/{ $day }
lunar-months = 1,2,3,4,5,6,7,8,9,10,11,12
lunar-days = 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
solar-terms = Lesser Cold,Greater Cold,Start of Spring,Rain Water,Insects Awaken,Spring Equinox,Clear and Bright,Grain Rain,Start of Summer,Lesser Fullness,Grain in Ear,Summer Solstice,Lesser Heat,Greater Heat,Start of Autumn,End of Heat,White Dew,Autumn Equinox,Cold Dew,Frost,Start of Winter,Lesser Snow,Greater Snow,Winter Solstice
term-today = Today: { $term }
term-tomorrow = Tomorrow: { $term }
term-soon = { $term } in { $days } days
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
when-today = today at { $time }
when-tomorrow = tomorrow at { $time }
when-weekday = { $weekday } at { $time }

# Demo
demo-idle = Demo: type { $card } Enter. Staff badge { $badge }
demo-home = Demo: press 1 to 6, or click
demo-choose = Demo: press a number, 0 goes back
demo-confirm = Demo: press 1 to take it, 2 not to
demo-waiting = Demo: type badge { $badge } Enter, PIN { $pin }
demo-pin = Demo: PIN { $pin } Enter
demo-done = Demo: receipt in { $path }
demo-exports = Demo: every 2 min to { $path }
demo-desk = Demo: 1 what waits, 2 operations. Ctrl-C ends
demo-other = Demo: press any key. Ctrl-C ends

# Tables and the daily summary
table-operations = Operations
table-balances = Balances
table-redemptions = Redemptions
table-stock = Stock
table-wish = { $item } x{ $count }
column-seq = No.
column-time = Time
column-kind = Kind
column-account = Account
column-name = Name
column-what = What
column-points = Points
column-held = Reserved
column-budget = Budget
column-staff = Signed by
column-of = Refers to
column-before = Before
column-earned = Earned
column-spent = Spent
column-free = Free
column-code = Code
column-reward = Reward
column-option = Variant
column-count = Times
column-corrected = Corrected
column-pieces = Pieces
column-in = In
column-out = Out
column-left = Left
summary-title = Day { $day }
summary-points = Points (all residents)
summary-operations = Operations
summary-rewards = Handed over (net pieces)
summary-stock = Running out (pieces)
summary-none = none
summary-holds = Waiting
summary-range = Numbers of the day
summary-head = Newest in the ledger
export-names-manager = Full names need a manager to sign in; nothing was written.
