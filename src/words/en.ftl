# English. The same ids and arguments as zh.ftl (tests/it/words.rs checks).

# On every screen
back = Back
help = Get help
finish = Finish
language = 中文
theme-contrast = Dark
theme-light = Light
points = { $points } pts
points-word = pts
help-called = Help was called, please wait
help-wanted = Staff: somebody called for help
page-back = Prev
page-on = Next
not-yet = Read first
enter = OK
rub-out = Delete

# Idle
idle-welcome = Welcome to the points bank
idle-how = Please put your card on the reader
idle-code = A QR code works too. There is no hurry.
idle-slowly = Take your time.
idle-announcement = News: { $text }
idle-activity = Today { $time } { $text }
idle-honour = Honour roll: { $name } { $reason }
idle-typed = Card number: { $digits }
idle-disk-full = Balances only: the disk is full, call the technician
idle-read-only = Balances only: the disk cannot be written, call the technician
idle-reader-lost = The card reader is not connected: ask the staff
idle-holds = Staff: { $count } waiting for you
idle-stick-writing = Writing the stick, leave it in
idle-stick-remove = Done, you may remove the stick
idle-stick-failed = The stick was not written: staff, see Exports
idle-date = Staff: a date needs checking, please Check the date
idle-export-failed = Staff: an export failed, please see Exports
idle-export-missed = Staff: an export was missed, please see Exports
idle-export-unclean = Staff: the ledger has a fault, please see Exports

# Home
home-balance = Hello { $name }, you have
home-covered = Hello { $name }
home-called-off = Not taken, points are back. You have
home-called-off-covered = Not taken, points are back.
home-held = and { $points } waiting
home-waiting = Waiting
home-passbook = My records

# So many of a reward
pieces = { $unit ->
    [none] { $count }
   *[own] { $count }
 }

# Choosing
rewards-which = Choose a reward: { $category }
rewards-have = you have { $points }  page { $page }/{ $pages }
rewards-gone = all gone
rewards-had = you had it
rewards-short = { $short } short
rewards-closed = closed now
rewards-empty = There is nothing here at the moment
price = { $points }
price-from = from { $points }
variants-which = { $item }: which one?
quantity-which = { $item }: how many?
quantity-some = x { $count }

# Confirming
confirm-ask = Do you want this?
confirm-ask-doubted = Do you want this? Date unsure: the lower price counts.
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
waiting-scanned = The card was scanned: please look at the person
waiting-typed = The card was typed: please look at the person

# Done
done-any = Done
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
told-refusal = { $code ->
    [role-too-low] the manager must do this
    [own-account] for oneself or the own household
    [own-card] the own card as a badge
    [op-reused] the same operation again, with other contents
    [pin-locked] locked after wrong PINs
    [pin-day-locked] locked for the day after wrong PINs
   *[other] { $code }
}
told-kind = { $kind }
passbook-redeemed = Got: { $what }
passbook-waiting = Held { $what }
passbook-reversed = Corrected: { $what }
passbook-returned = Back: { $what }
passbook-after = left { $points }

# The same next time
remember-ask = Show it like this next time?
remember-what = You have just changed { $what }.
remember-language = the language
remember-theme = the colours
remember-covered = the balance to covered
remember-seen = the balance to seen
remember-and = { $one } and { $other }
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
desk-who-checkup = { $name }, please choose. Tell a technician: a fault was found
desk-tried = Wrong PINs: { $who }
desk-tried-one = { $name } { $count }
desk-tried-freed = { $name } { $count } (unlocked)
desk-holds = Waiting: { $count }
desk-operations = Last operations
desk-more = More
more-which = What is it?
desk-operations-doubted = Operations, misdated: { $count }
operations-doubted = date unsure
operations-corrected = corrected
desk-off-duty = Off duty
desk-exports = Exports
desk-exports-look = Exports: please look
task-card = Please put down their card
task-find-number = No card: their number, or
task-find-name = first letters: zxm is 996
task-born = born { $year }
task-number = no. { $count }
task-badge = Another badge, please
cosign-who = { $role ->
    [manager] The manager must sign this as well
    [technician] A technician must sign this as well
    [attendant] An attendant must sign this as well
   *[any] So many points need a second signature
 }
task-nothing = Nothing here yet
task-most = At most { $count }
task-doubted = The date is unsure: this counts for { $day }
task-agree = Shall it be booked like this?
task-after = { $points } points then
task-yes = Book it
task-no = Do not
task-done = Booked: { $what }
close-ask = Close the program?
close-what = All is on disk. As a service it starts again by itself.
close-yes = Close
close-no = Do not
desk-exit = End program
desk-posted = No. { $seq }: handed over
desk-voided = No. { $seq }: called off, points are back
desk-reversed = No. { $seq }: corrected
operations-which = Only some
lists-which = Which ones?
holds-title = Waiting (page { $page }/{ $pages })
holds-empty = Nothing is waiting
holds-post = Handed over
holds-void = Not handed over
holds-ask = No. { $seq }: was it handed over?
operations-title = Last operations (page { $page }/{ $pages })
operations-whose = Operations of { $name } ({ $page }/{ $pages })
operations-number = By number
operations-number-which = Number on the receipt?
operations-number-how = Type it and press Enter
operations-number-or = or go back and put the card
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
exports-waiting-all = The town has none yet
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
sink-slow = took too long, sent again next time
sink-unsure = written, maybe not safe yet, export again
sink-in-the-way = { $why }
sink-unread = unreadable here, call the technician: { $why }
sink-failed = call the technician: { $why }
sink-no-s3 = this program was built without the feature s3
sink-bundle-gone = it is gone
sink-address = address { $address }
sink-keys-unread = { $path }: { $why }
sink-keys-open = { $path }: others can open it; chmod 600
sink-keys-lines = { $path }: two lines are wanted, access key and secret
sink-obstacle = { $path } is { $what }, not ours, and cannot be renamed; take it away
sink-aside = { $path } was { $what }, not ours; it is now called { $now }. See who put it there, then delete it
thing-file = another file
thing-folder = a folder
thing-link = a link
thing-pipe = a named pipe
thing-socket = a socket
thing-device = a device

# Kinds of operations
kind-boot = Start
kind-clock-fault = Clock fault
kind-refusal = Refusal
kind-staff-set = Staff set
kind-sign-in = Sign-in
kind-sign-in-refused = Sign-in failed
kind-bundle-written = Exported
kind-bundle-acknowledged = Acknowledged
kind-restored = Restored
kind-consent = Consent
kind-annulled = Annulled

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
refusal-card-shared = This card has no number of its own.
refusal-card-shared-next = Please use a card of your village.
refusal-card-too-long = This card cannot be used here.
refusal-card-too-long-next = Please use the card or code of your village.
refusal-code-not-text = This code is not from your village.
refusal-code-not-text-next = Please use the card or code of your village.
refusal-code-other-town = This code belongs to another town.
refusal-code-other-town-next = Please use it at a station of that town.
refusal-code-check = The code was not read completely.
refusal-code-check-next = Hold it flat and scan it again.
refusal-card-unknown = This card is not registered.
refusal-card-unknown-next = Use a registered card, or ask the staff.
refusal-reader-paused = Too many unknown cards: a minute's rest here.
refusal-reader-paused-next = Use another reader, or call the staff.
refusal-card-differs = This is not the card of before.
refusal-card-differs-next = Please put that one down again.
refusal-nobody-found = Nobody was found.
refusal-nobody-found-next = Please look at the number, or type a letter less.
refusal-card-blocked = This card has been blocked.
refusal-card-blocked-next = Your points are safe. The staff can give you a new card.
refusal-card-staff = This is a staff badge.
refusal-card-staff-next = Please use your own card.
refusal-session-open = Someone else has not finished yet.
refusal-session-open-next = Press Finish first, then put your card.
refusal-item-gone = This reward is no longer available.
refusal-item-gone-next = Please choose another.
refusal-quantity = At most { $max } at a time.
refusal-quantity-next = Please choose fewer.
refusal-closed = { $partner } is closed now.
refusal-closed-next = { $when ->
    [unknown] Please ask the staff when it opens.
   *[other] It opens { $when }, please come then.
}
refusal-limit-reached = At most { $count } { $period }; you have had { $used }.
refusal-limit-reached-next = You can have it again from { $day }.
refusal-out-of-stock = { $any ->
    [none] There are none left.
   *[other] Only { $left } left.
}
refusal-out-of-stock-next = Please choose another, or come another day.
refusal-not-enough = Not enough points: you have { $have }, it costs { $need }.
refusal-not-enough-next = With { $short } more you can have it.
refusal-price-changed = The price changed: it was { $shown }, now { $now }.
refusal-price-changed-next = Look at the new price before you decide.
refusal-op-reused = That was not done just now.
refusal-op-reused-next = Please finish and start again.
refusal-hold-settled = This one is already settled.
refusal-hold-settled-next = Please look at the last operations.
refusal-not-staff = This is not a staff badge.
refusal-not-staff-next = An attendant must tap a badge.
refusal-own-card = This is your own card.
refusal-own-card-next = An attendant must tap a badge.
refusal-account-unknown = Nobody here has this account.
refusal-account-unknown-next = Please look at the number again.
refusal-already-there = This was entered before: no. { $seq }.
refusal-already-there-next = There is nothing to do.
refusal-no-such-operation = There is no such operation.
refusal-no-such-operation-next = Please look at the number again.
refusal-not-holder = Only the holder can do this.
refusal-not-holder-next = Please show your own card.
refusal-second-person = Two of the staff must sign this.
refusal-second-person-next = Please ask a colleague.
refusal-own-account = You cannot confirm for yourself.
refusal-own-account-next = Another attendant must confirm it.
refusal-pin-missing = A PIN has six to eight digits.
refusal-pin-missing-next = Please type it again.
refusal-pin-wrong = Wrong PIN, { $left } tries left.
refusal-pin-wrong-next = Take your time and try again.
refusal-pin-locked = Too many wrong PINs: locked for { $minutes } minutes.
refusal-pin-locked-next = Ask another attendant, or wait.
refusal-pin-day-locked = Too many wrong PINs today: locked.
refusal-pin-day-locked-next = A manager can sign in to free it, or wait a day.
refusal-not-reversible = This one cannot be corrected.
refusal-not-reversible-next = Only redemptions, points and stock can.
refusal-already-reversed = This one was corrected before.
refusal-already-reversed-next = Please look at the last operations.
refusal-already-spent = These points are spent and cannot come back.
refusal-already-spent-next = Please report it to the town bank.
refusal-role-too-low = { $role ->
    [manager] Only the manager may do this.
    [technician] Only a technician may do this.
    [hq] Only the town bank may do this.
   *[attendant] Only an attendant may do this.
 }
refusal-role-too-low-next = { $role ->
    [manager] The manager's own badge is needed.
    [technician] Please call the technician.
    [hq] Please ask the town bank.
   *[attendant] An attendant's own badge is needed.
 }
refusal-disk-low = The disk is nearly full: this was not done.
refusal-disk-low-next = Call the technician. Balance and records work.
refusal-disk-read-only = The machine cannot record: this was not done.
refusal-disk-read-only-next = Call the technician. Balance and records work.
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
receipt-title = Redemption receipt
receipt-reprint = REPRINT { $copy }
receipt-number = Receipt { $number }  { $mark }
receipt-when = Time { $when }
receipt-who = Member { $name }
receipt-what = { $item } x { $count }
receipt-had = You had
receipt-spent = Spent
receipt-left = Left
receipt-goods = Please take it at the counter
receipt-service = Take this slip to: { $partner }
receipt-keep = Questions? Bring this slip.

# Time
clock = { $hour }:{ $minute } { $part ->
    [night] am
    [am] am
   *[pm] pm
}
date = { $weekday } { $month }/{ $day }
day = { $month }/{ $day }
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
demo-code = Demo: no scanner here, paste { $code }
demo-second = Demo: type badge { $other } Enter
demo-home = Demo: press 1 to 6, or click
demo-choose = Demo: press a number, 0 goes back
demo-confirm = Demo: press 1 to take it, 2 not to
demo-waiting = Demo: type badge { $badge } Enter, PIN { $pin }
demo-pin = Demo: PIN { $pin } Enter
demo-done = Demo: receipt in { $receipts }
demo-exports = Demo: every 2 min to { $exports }
demo-desk = Demo: 2 records points, then { $card } Enter
demo-other = Demo: press any key. Ctrl-C ends

# Tables and the daily summary
table-operations = Operations
table-balances = Balances
table-redemptions = Redemptions
table-partners = Partners
table-stock = Stock
table-total = Total
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
column-staff-name = Their name
column-partner = Partner
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

# Printer
printer-slip-comes = Your receipt is being printed.
printer-slip-later = No receipt came out. Points are right. Ask the staff.
printer-slips = Staff: { $count } receipts not printed, see Operations
printer-trouble = Staff: printer { $why }
printer-trouble-unreachable = not connected
printer-trouble-stuck = does not answer
printer-trouble-paper-out = out of paper
printer-trouble-cover-open = cover open
printer-trouble-offline = not ready
printer-trouble-broken = broken, call technician
printer-unprinted-waiting = to print
printer-unprinted-failed = not printed
printer-unprinted-perhaps = check paper
desk-operations-look = Operations, look: { $count }
desk-reprinted = No. { $seq }: receipt is printed again
reverse-which = No. { $seq }: what shall be done?
reverse-reprint = Reprint

# The printer's test sheet
sheet-title = Printer test
sheet-profile = { $profile }: { $columns } columns, { $dots } dots
sheet-ruler = Two rows of one width, one line each:
sheet-edge = Nothing missing or wrapped at the right.
sheet-four = Rare (may come out as 〓): { $characters }
sheet-yen = Yuan sign: ￥1
sheet-tall = Tall: 140 points left
sheet-big = Big: 140 points
sheet-bold = Thick, in the middle
sheet-left = Left
sheet-right = Right
sheet-qr-native = QR code, drawn by the printer:
sheet-qr-raster = QR code, as a picture:
sheet-cut = Cut here, or tear it off.

# Check-up: names, one sentence, one remedy (-do)
check-config = Config
check-staff = Badges
check-card = Card reader
check-scanner = Scanner
check-printer = Printer
check-terminal = Terminal
check-clock = Clock
check-disk = Disk
check-rights = Rights
check-ledger = Ledger
check-export = Export
check-programs = Programs
health-well = well
health-note = note
health-wrong = WRONG
doctor-well = well
doctor-config-absent = there is no such config folder
doctor-config-absent-do = name the right folder with --config, mostly /etc/wenming
doctor-config-faults = the config has faults
doctor-config-faults-do = run wenming check --config { $path } and mend the lines it names
doctor-example-pins = a published example PIN is in use
doctor-example-pins-do = run wenming pin and put the line it prints into { $path }
doctor-example-badges = a published example badge is in use
doctor-example-badges-do = in { $path } replace the badge by a card of your own
doctor-none-configured = the config names none
doctor-none-configured-do = fine without one; else add it to station.toml
doctor-port-missing = the port is not there: unplugged?
doctor-port-missing-do = plug it in, wait 5 s; else run ls -l /dev/serial/by-id and set port to one of those
doctor-port-dangling = the port is a link to nothing
doctor-port-dangling-do = plug it in again; else run ls -l { $path } and set port anew
doctor-port-denied = no right to open the port
doctor-port-denied-do = run sudo usermod -aG { $group } { $user }, then log in again
doctor-port-busy = another program holds the port
doctor-port-busy-do = run sudo fuser -v { $path } and stop that program
doctor-port-not-serial = this is no serial port
doctor-port-not-serial-do = run ls -l /dev/serial/by-id and set port to one of those
doctor-port-failed = the port cannot be opened
doctor-port-failed-do = plug it in again, try another socket, another cable
doctor-simulated = simulated, no real device is there
doctor-simulated-do = fine for trials; else set port in station.toml to a real one
doctor-port-in-use = well, in use by the kiosk
doctor-no-terminal = not run in a terminal, screen not checked
doctor-no-terminal-do = run wenming doctor on the station's own screen
doctor-remote-terminal = a remote terminal, screen not checked
doctor-remote-terminal-do = run wenming doctor on the station's own screen
doctor-terminal-small = too small, 64x16 cells are needed
doctor-terminal-small-do = make pixelsize in foot.ini smaller
doctor-terminal-colours = fewer than 256 colours
doctor-terminal-colours-do = use foot; or run export TERM=xterm-256color first
doctor-terminal-not-utf8 = not UTF-8, Chinese will be garbled
doctor-terminal-not-utf8-do = put Environment=LANG=C.UTF-8 into wenming.service
doctor-terminal-console = bare console: no Chinese, no touch
doctor-terminal-console-do = start it by cage and foot, as deploy/wenming.service does
doctor-terminal-keys = the terminal's own keys are not off, and one can leave by them
doctor-terminal-keys-do = copy [key-bindings] and below from the foot.ini that came with the program into { $path }, then reboot
doctor-touch-unknown = nobody has tried touch on this terminal
doctor-touch-unknown-do = touch a button; if nothing happens, use foot 1.21
doctor-clock-early = the clock is wrong: too early
doctor-clock-early-do = run sudo timedatectl set-time '2026-11-21 09:00' with the time of now
doctor-clock-late = the clock is wrong: too late
doctor-clock-late-do = run sudo timedatectl set-time '2026-11-21 09:00' with the time of now
doctor-clock-behind = the clock is behind the ledger
doctor-clock-behind-do = run sudo timedatectl set-time '2026-11-21 09:00' with the time of now
doctor-clock-ahead = the clock is more than a month beyond the ledger
doctor-clock-ahead-do = if it is wrong, run sudo timedatectl set-time; if it is right, an attendant opens Check the date at the desk
doctor-clock-unset = not set by the network; usual offline
doctor-clock-unset-do = look at the time on the screen; if it is wrong, run sudo timedatectl set-time
doctor-clock-battery = no clock with a battery
doctor-clock-battery-do = after a power cut look at the time; best add a clock module
doctor-disk-low = nearly full: nothing new is booked
doctor-disk-low-do = run sudo journalctl --vacuum-size=50M, then df -h { $path }
doctor-disk-full = full: only balances, and ending what was begun
doctor-disk-full-do = run sudo journalctl --vacuum-size=50M, then df -h { $path }
doctor-disk-nearly-low = not much room is left
doctor-disk-nearly-low-do = run sudo journalctl --vacuum-size=50M, then df -h { $path }
doctor-disk-read-only = the disk is read-only
doctor-disk-read-only-do = run sudo reboot; if it comes back, change the disk
doctor-disk-in-memory = in memory: a power cut takes it
doctor-disk-in-memory-do = name a folder on a disk with --data, mostly /var/lib/wenming
doctor-disk-worn-out = the disk is at the end of its life
doctor-disk-worn-out-do = run wenming backup to a stick now, change the disk
doctor-disk-worn = the disk is near the end of its life
doctor-disk-worn-do = run wenming backup to a stick, get a disk ready
doctor-disk-card = on an SD card, which wears soon
doctor-disk-card-do = run wenming backup every week; best move to a solid state disk
doctor-disk-removable = on a disk that can be pulled out
doctor-disk-removable-do = leave it in; best move to a disk inside
doctor-disk-errors = the disk has had errors
doctor-disk-errors-do = run wenming backup to a stick, then sudo reboot; if it comes back, change the disk
doctor-as-root = run as root
doctor-as-root-do = run sudo -u { $user } wenming doctor
doctor-data-other = the data folder is another user's
doctor-data-other-do = run sudo -u { $user } wenming doctor --data { $path }
doctor-data-open = others can get at the data folder
doctor-data-open-do = run sudo chmod -R go-rwx { $path }
doctor-data-read-only = the data folder cannot be written
doctor-data-read-only-do = run sudo chown -R { $user }: { $path } and sudo chmod -R u+rwX { $path }
doctor-config-open = others can change the config
doctor-config-open-do = run sudo chmod -R o-w { $path }
doctor-no-dialout = the user is not in group { $group }
doctor-no-dialout-do = run sudo usermod -aG { $group } { $user }, then log in again
doctor-login-shell = the station's user has a login shell
doctor-login-shell-do = run sudo usermod -s /usr/sbin/nologin { $user }, then reboot
doctor-ledger-none = none yet; the first start makes it
doctor-ledger-none-do = fine at a new station; else name the right folder with --data
doctor-ledger-damaged = the file is damaged
doctor-ledger-damaged-do = stop redemptions, keep { $path }, call the town bank
doctor-ledger-faults = the audit found faults
doctor-ledger-faults-do = stop redemptions, keep { $path }, call the town bank
doctor-ledger-key = the key that finds cards is gone
doctor-ledger-key-do = put card.key back from its copy to { $path }
doctor-ledger-newer = written by a newer program
doctor-ledger-newer-do = install the newer program again
doctor-ledger-failed = it cannot be opened
doctor-ledger-failed-do = run wenming audit --data { $path } and tell the town bank what it says
doctor-export-none = no export is scheduled
doctor-export-none-do = write schedule into [export] of station.toml
doctor-export-key = no key to sign with, no export
doctor-export-key-do = run wenming keys --data { $path } and give the public key to the town
doctor-export-never = due, and there has never been one
doctor-export-never-do = choose Exports, then Export now, and see what it says
doctor-export-old = the last one is too old
doctor-export-old-do = choose Exports, then Export now, and see what it says
doctor-brltty = brltty takes the card reader away
doctor-brltty-do = run sudo apt remove brltty
doctor-modem-manager = ModemManager meddles with the reader
doctor-modem-manager-do = run sudo apt remove modemmanager
doctor-printer-missing = the printer's port is not there: off, or unplugged?
doctor-printer-missing-do = switch it on, plug it in, wait five seconds; else run wenming device list and change port of [printer]
doctor-printer-denied = no right to use the printer
doctor-printer-denied-do = run sudo usermod -aG { $group } { $user } and sign in again
doctor-printer-busy = another program holds the printer
doctor-printer-busy-do = run sudo fuser -v { $path } and stop that program; often it is CUPS
doctor-printer-unreachable = the printer cannot be reached
doctor-printer-unreachable-do = switch it on, look at cable and network; else change port of [printer]
doctor-printer-failed = this is no printer, or cannot be written
doctor-printer-failed-do = run ls -l { $path } and change port of [printer]
doctor-printer-stuck = the printer does not respond
doctor-printer-stuck-do = switch it off for ten seconds; else change the cable
doctor-printer-paper-out = the printer is out of paper
doctor-printer-paper-out-do = put a roll in and close the cover
doctor-printer-cover-open = the printer's cover is open
doctor-printer-cover-open-do = press it down until both sides click
doctor-printer-offline = the printer is not ready
doctor-printer-offline-do = press its feed key; else switch it off and on
doctor-printer-broken = the printer is broken, or too hot
doctor-printer-broken-do = switch it off, take stuck paper out, let it cool
doctor-slips-failed = receipts did not come out
doctor-slips-failed-do = badge, operations, choose it, print again
doctor-slips-perhaps = receipts came out in part, perhaps
doctor-slips-perhaps-do = look at the paper; if needed: badge, operations, print again
doctor-not-looked = not checked, something else first
doctor-not-looked-do = check again when the rest is mended
doctor-silent = no answer in time
doctor-silent-do = plug it in again, restart the machine, check again

# The check-up's screen and command
doctor-title = Check-up { $when }
doctor-remedy = do
doctor-sum = { $wrong } wrong, { $notes } to note
doctor-code = for the phone
doctor-font = sample
doctor-font-ask = both lines must end at the same place, Chinese must be clear
doctor-touch = touch
doctor-touch-known = this terminal reports touches; touch a button to see
doctor-explained = This code says
doctor-explained-well = all is well
checkup-none = No check-up yet
checkup-running = Checking, please wait
checkup-well = All is well
checkup-again = Check again
checkup-line = { $check }: { $sentence }
checkup-do = Do: { $remedy }
desk-checkup = Check-up
desk-checkup-look = Check: look
dot-card = card
dot-scanner = scan
dot-printer = print
dot-ready = { $device } ok
dot-lost = ! { $device } lost

# A new station: what wenming init asks
init-welcome = One question after the other; what is wrong is asked again. Enter takes what is in brackets; - (a minus) leaves out what may be left out. Ctrl-C stops and writes nothing.
init-wrong = No: { $right }
init-stopped = stopped; nothing was written
init-no-terminal = nobody can be asked here: run it in a terminal, or with --answers FILE
init-dir-taken = { $dir }: something is there. Name a new or an empty folder; nothing was changed
init-dir-above = { $dir }: no folder can be made here. The one above must exist and let you write: make it with mkdir, or run this as root
init-dir-part = { $part } was left by a run that was cut off. Look at it, remove it, and run this again
init-town = The town's code? The town gives it, such as YUNDAO.
init-station = This station's code? Unique in the town.
init-code-right = write 1 to 12 of A-Z (capitals), 0-9 or -, not beginning with -, and nothing like a number or a date
init-village = The village's name, in Chinese?
init-village-en = The village's name in English? The Chinese one serves, too.
init-name = The station's name, in Chinese?
init-name-en = The station's name in English?
init-name-right = write a name of at most 20 cells; a Chinese character takes 2
init-phone = Whom to call when the terminal fails? A phone number, may be left out.
init-phone-right = write a phone number of digits, +, - and blanks
init-hours = When can goods be had at the station? Such as mon-fri 08:00-11:30; sat 09:00-11:00. May be left out: always.
init-hours-right = write days and times such as mon-fri 08:00-11:30, with ; between two of them; days are mon tue wed thu fri sat sun
init-partners = Who delivers services beside the station? Several can be chosen, such as 1 3; may be left out and added later.
init-partners-right = type numbers or words of the list with blanks between, or - for none
init-partner-elders = Elder house
init-partner-hair = Hair salon
init-partner-clinic = Clinic
init-partner-children = Children's home
init-partner-home-help = Home help
init-reader = Where is the card reader? A number of the list, or a port; - for none yet.
init-reader-right = type a number of the list, or a port that begins with /dev/serial/by-id/; - for none
init-reader-format = What is the reader? em4100 for 125 kHz cards, lines for one number a line, pn532 for 13.56 MHz cards, gm65 for a scanner
init-reader-format-right = type a number or a word of the list that goes with the port
init-printer = Where is the receipt printer? A number of the list, or a port (/dev/usb/lp0, tcp:ADDRESS:PORT); - for none.
init-printer-right = type a number of the list, or a port such as /dev/usb/lp0, /dev/serial/by-id/... or tcp:192.168.1.50:9100; - for none
init-printer-profile = Which paper?
init-printer-profile-right = type a number of the list, or 58mm, 80mm, 42col
init-stick = The label of the USB stick that carries the ledger to the town? - for no stick.
init-stick-right = write 1 to 16 letters, digits, - or _, as on the stick; - for none
init-manager = The manager's name?
init-technician = The technician's name?
init-person-right = write a name of at most 20 cells; a Chinese character takes 2
init-badge = Badge: hold the card to the reader, or type its number.
init-badge-right = write 4 to 32 letters and digits, as the reader gives them
init-badge-read = read
init-badge-shared = many cards have this number, or the card has none. Take another card
init-badge-taken = this card belongs to somebody else already. Take another card
init-badge-published = this number stands in the published example, which everybody can read. Take another card
init-reader-up = (the reader is there, hold the card to it)
init-reader-down = (the reader is not there: { $why }. The number can be typed)
init-pin = PIN: 6 to 8 digits, not shown.
init-pin-again = The same again:
init-pin-differs = the two differ, type them anew
init-pin-right = a PIN has 6 to 8 digits and nothing else
init-answers-wrong = not every answer in the file is right; nothing was written
init-answers-text = write a text between two ", or a list of texts
init-answers-clear-pin = a PIN must not stand in a file. Run `wenming pin` and write the $argon2id$... that it prints; do not use this PIN any more
init-answers-hash = write the hash of a PIN: run `wenming pin` and write the $argon2id$... that it prints
init-answers-unasked = nobody asks this; take it out
init-keys = The keys are made. Give { $public } to the town, and read these words to them over the phone: { $words }
init-keys-not = the config is there, the keys are not: { $why }. Mend that, then run wenming keys --data { $data }
init-next = What to do next, in order:
init-next-program = Put the program where everybody has it
init-next-keys = Make the keys, and give the public one to the town (the key of the cards is made at the first start)
init-next-staff = Add the attendants to staff.toml, like the two that stand there; a PIN is made by
init-next-roster = Bring in the village's roster
init-next-kiosk = Look at it here first; with the manager's badge, More, Budget letter brings in the points that the town granted, then issue cards and record points
init-next-move = Put it where the service looks
init-next-service = Install the screen and the service, and start it now and with the machine (Debian 13, as root)
init-next-doctor = See what is still wrong

# Devices: what readers send
looks = looks like: { $what }
looks-em4100 = EM4100
looks-lines = lines of text
looks-gm65 = GM65
looks-pn532 = PN532
looks-id-card = identity-card reader
looks-protocol = text with a length
looks-noise = unknown bytes
listen-on = listening on { $port }, { $baud }
listen-tap = Tap a card now. Ctrl-C ends.
listen-from = from { $port }
listen-first = first
listen-after = after { $seconds } s
listen-card = card: { $number }
listen-lost = { $port }: gone
listen-none = Nothing came. Look at the plug, the reader's light, and whether --baud is right.
listen-no-port = No port to listen on. Plug the reader in and try again, or name one with --port.
listen-cannot = { $port }: { $sentence }. { $remedy }
frame-advice = { $sentence }: { $remedy }
frame-checksum = the checksum is wrong
frame-checksum-todo = try again; then look at cable and speed
frame-too-short = only a part came
frame-too-short-todo = try again; then look at cable and speed
frame-too-long = much longer than a card number
frame-too-long-todo = is format right?
frame-bad-byte = a byte that cannot be there
frame-bad-byte-todo = are format and baud right?
frame-no-end-of-line = no end of line
frame-no-end-of-line-todo = switch the scanner's CR on, or write end = "gap"
frame-not-text = no text
frame-not-text-todo = are format and baud right?
frame-no-card = text, but no card and no code of ours
frame-no-card-todo = try a card of the village
frame-foreign-text = text of somebody else
frame-foreign-text-todo = try a card of the village
frame-no-prefix-or-suffix = without the prefix or suffix of the config
frame-no-prefix-or-suffix-todo = correct them after the text that came
frame-other-number-form = not the number form of the config
frame-other-number-form-todo = another reader? "Try a card" finds the form
frame-24-bit = 24 bits only: 65536 cards share it
frame-24-bit-todo = set the reader to 8H10D or 10H
frame-other-town = a code of another town
frame-other-town-todo = try a code of this town
frame-code-check = the check of the code is wrong
frame-code-check-todo = hold it flat and scan again
frame-random-id = another number each time: a phone, perhaps
frame-random-id-todo = take another card, this one cannot be used
frame-blank-id = only zeros or ones: the card has no number
frame-blank-id-todo = try again; else take another card
frame-factory-id = the number of blank cards from the factory
frame-factory-id-todo = take another card, this one cannot be used
frame-cut-id = the front part of a number: many cards share it
frame-cut-id-todo = set the reader to whole UIDs, or take another
frame-no-uid = the reader has no number of this card
frame-no-uid-todo = hold it longer; else this reader cannot read such a card
frame-id-length = a length that no card number has
frame-id-length-todo = try again; try another card
frame-protocol-mode = the scanner sends a length before its text
frame-protocol-mode-todo = switch "protocol output" off at the scanner
frame-id-card-reader = an identity-card reader, not supported on purpose
frame-id-card-reader-todo = unplug it, use another reader

# Devices: the technician looks at readers and printer
desk-devices = Devices
devices-reader = { $place } { $name }: { $state }, { $how }
devices-up = there
devices-down = lost
devices-tap = Tap a card: what comes is shown here.
devices-lost = this reader is not there
devices-lost-do = Do: plug it in, wait five seconds; then see Check-up
devices-none = The config has no reader
devices-none-do = Add a [[reader]] to station.toml, see wenming device list
devices-try = Try
devices-before = Prev
devices-after = Next
detective-first = Try a card: put one on a reader
detective-first-how = Best on the one that reads whole numbers; a printed card.
detective-which = Which is printed on it? ({ $page }/{ $pages })
detective-second = Put it on another reader than "{ $name }"
detective-printed = printed: { $number } ({ $form })
detective-ask = Read "{ $name }" like this. Write it?
detective-again = Written. Tap once more on "{ $name }"
detective-good = Right
detective-bad = That did not work
detective-same = Both readers give the same card. Nothing to change.
detective-alone = It gives the printed number. There is no other reader.
detective-matches = With the change it gives this card.
detective-differs = With the change it still gives another card
detective-differs-do = Try another card; or take the .bak file back
detective-another = Try another card
detective-no-number = there is no card number on it, take another card
detective-short = 24 bits only: 65536 cards share it. Choose another
detective-same-reader = the same reader again: put it on another one
detective-other-reader = this is another reader
miss-short = this reader sends 24 bits: 65536 cards share a number
miss-short-remedy = Set the reader to 8H10D or 10H and try again
miss-fewer = this reader sends 32 bits, but 40 are on file
miss-fewer-remedy = Choose the 8H10D number, or set the reader to 10H
miss-ambiguous = this card does not tell the forms apart
miss-ambiguous-remedy = Try another card with a longer number
miss-other = another card, or a form that is not known
miss-other-remedy = Use the same card; look at format and baud
setting-write = Write it
setting-leave = Leave it
setting-not-kept = Not written; the file is as it was
setting-built-in = the demo's config is built in: there is no file
setting-read-only = this program cannot write the file
setting-failed = { $why }
setting-by-hand = To have it, write it into this file and reload:
setup-none = The config has no printer
setup-none-do = Add to station.toml (port: wenming device list):
setup-none-then = Then wenming check, then systemctl reload wenming
setup-print = Print a test sheet first
setup-print-how = Then look at it, and answer one after the other.
setup-print-yes = Print it
setup-ruler = Do both ruler rows fill one line exactly?
setup-ruler-how = A row of digits and one of Hanzi, to the right edge.
setup-ruler-yes = Exactly
setup-ruler-wraps = Wraps
setup-ruler-early = Too short
setup-no-profile = no profile has such paper: see the printer's manual
setup-code = Is the code there?
setup-code-how = A square that a phone scans; letters are wrong.
setup-code-yes = Yes
setup-code-no = No
setup-characters = Is the row of rare characters right?
setup-characters-how = Two Hanzi, neither boxes nor rubbish.
setup-characters-yes = Right
setup-characters-no = Wrong
setup-cut = Is the paper cut?
setup-cut-how = Without a knife: not cut.
setup-cut-yes = Cut
setup-cut-no = Not cut
setup-ask = Write it into the config?
setup-written = Written. The printer is used like this

# Said aloud: one sentence a prompt, numbers as words. No name, card number or PIN; a balance only when asked for
hear-again = Again
hear-read = Read it
cover = Cover it
cover-show = Show points
cover-never = Uncover
cover-not-enough = Not enough points for this.
cover-not-enough-next = You can have it when you have more.
say-idle = Welcome to the points bank. Please put your card on the reader. There is no hurry.
say-idle-lost = Welcome to the points bank. The card reader is not connected. Please ask the staff.
say-home = Hello. Please choose what to do. To hear your points, press eight.
say-called-off = Nothing was spent. Your points are back.
say-rewards = { $category }. Please choose one. To go back, press zero.
say-variants = { $item }. Please choose one.
say-quantity = { $item }. How many?
say-confirm = { $item }, { $count }, for { $points } points. To take it, press one. If not, press two.
say-waiting = Attendant, please tap your badge. If you changed your mind, press I do not want it.
say-done = Done. Please look at the screen, and take your things and the slip.
say-passbook = These are your records. To hear the last ones, press six.
say-remember = Show it like this next time? For yes, press one. For no, press two.
say-pin = Attendant, please type your PIN, and shield it with your hand.
say-staff = This is a screen of the staff. Please read it.
say-out-of-order = The machine needs a rest. Everything done is recorded, not one point is lost. Please ask the staff.
say-asking = Are you still there? Please press any key. This ends in { $seconds } seconds. No points are lost.
say-help = Help was called. Please wait.
say-balance = You have { $free } points.{ $some ->
    [yes] {" "}Another { $held } points wait for the attendant.
   *[no] {""}
}
say-change = You have { $before } points. After this, { $after } points are left.
say-entry = { $what }, { $way ->
    [in] plus
   *[out] minus
} { $change } points, { $after } left.
say-not-enough = Not enough points yet. How many are missing is on the screen.
say-clock = { $hour }{ $minute } { $part ->
    [night] a.m.
    [am] a.m.
   *[pm] p.m.
}

# The command line, for technicians
command-faults = { $many ->
    [one] { $count } fault in the config
   *[many] { $count } faults in the config
}
command-unheard = the answer cannot be written to standard output: { $why }; only the answer is lost; write it elsewhere
command-unsure = { $path }: written and whole, perhaps not yet on the medium: { $why }. Run `sync`; take another medium if that fails
command-at = { $path }: { $why }
command-stopped = stopped; nothing was written
kiosk-terminal = use the terminal: { $why }; run it in a terminal that shows at least 64x16 cells
kiosk-ledger = { $data }/station.db: { $why }; what was announced is on disk, see `wenming audit --data { $data }`
script-step = line { $line }: { $what }
command-no-key = sign the bundle: this station has no key; make one with `wenming keys`
command-other-key = { $path }: not the public half of station.key; put it aside

warn-done = { $path }: { $township } { $station }, rewards { $rewards }, rules { $rules }, badges { $badges }, readers { $readers }: no faults
warn-warning = warning: { $what }
warn-pin = the PIN of { $who } is the published example's; replace it with `wenming pin`
warn-badge = the badge of { $who } is the published example's; put in a card of your own
warn-badges = reader "{ $reader }": `badges = true`, but { $why }; then a badge always asks for the PIN
warn-typed = with `typed-cards = true` anybody can type a badge's number to a simulated reader: take it out
warn-scanner = it is a scanner, and anybody can print a badge's number or show it on a phone: take it out
warn-keyboard = it is a keyboard to the station, and anybody can print or type a badge's number: take it out
warn-lines = nobody can tell by lines whether they come from a card reader; if it can read a printed code, take it out
warn-port = the port { $port } changes with the plug; `wenming device list` says its name in /dev/serial/by-id/, write that
warn-no-rewards = there is no reward in catalogue.toml; residents can have nothing
warn-empty = there is no reward in the category { $code }; its button leads nowhere
warn-past = the notice "{ $text }" was over on { $day } and is not shown any more; take it out

audit-figures = operations  { $operations }
    transfers   { $transfers }
    open holds  { $holds }
    head        { $head }
    schema      { $schema }
    ledger      { $ledger }
audit-as-built = as built
audit-changed = CHANGED
audit-clean = clean
audit-not-clean = NOT CLEAN
audit-at = {" "}at seq { $seq }
audit-faults = { $many ->
    [one] { $count } fault, the first{ $at }: { $what }
   *[many] { $count } faults, the first{ $at }: { $what }
}
audit-next = what to do: stop redemptions and keep { $data } as it is. `wenming doctor` looks at the disk; read the lines above to the town bank. With a good copy, and after asking them: `wenming restore`

backup-no-folder = { $path }: no such folder, nothing was written. Is the stick mounted? If a new folder is meant, make it first
backup-not-mounted = { $path }: no stick is mounted here, the copy would lie on the machine's own disk; nothing was written. Mount the stick and run it again
backup-written = { $path }: written and checked
backup-there = { $path }: already there, the same, and checked again
backup-open = This file system keeps no rights of files (FAT and exFAT do not): lock the medium away, whoever has it can read the copy

restore-done = { $path }: restored and checked, up to operation { $seq }, { $hash }
restore-incarnation = This is disk { $number } of the station; its bundles are called i{ $number } from now on. Write it down, and tell the town bank
restore-holds = Waiting for confirmation: { $count }. Let the staff ask of each whether the goods were handed over
restore-before = The ledger that was there lies in { $path }; keep it, the town bank may want to see it
restore-card-key = { $path } is missing: without it no card is found, and the kiosk does not start. Put it back from where it is kept apart, for the service's user alone; if it is lost, every card must be given out anew
restore-station-key = { $path } is missing: put it back from where it is kept apart, or make a new pair with `wenming keys --data { $data }` and give the new public key to the town
restore-since = What happened after the copy is not in it: enter it again by receipts and by what the town has. Names that were removed since are back: remove them again

keys-none = { $path } has no station key; `wenming keys` makes one
keys-there = { $path } has a station key, which is never overwritten; `wenming keys --show` shows it
keys-figures = public key   { $path }
    in words     { $zh }
                 { $en }
    in hex       { $hex }
keys-give = Give the public key to the town, and read the words to them over the phone.

pin-ask = a PIN of 6 to 8 digits (it is not shown):{" "}
pin-again = the same PIN again:{" "}
pin-differ = the two PINs differ; nothing was written, run `wenming pin` again
pin-refused = { $why }; nothing was written, choose another PIN
pin-form = a PIN has 6 to 8 digits and nothing else
pin-run = its digits follow by one step, like 123456, and are tried first
pin-repeat = its digits repeat, like 121212, and are tried first
pin-birthday = it reads as a date, and birthdays are tried first
pin-birth-year = the year of birth stands in it, and is tried first
pin-published = it stands in the published example, which everybody can read

seed-there = { $path } has a ledger already ({ $name }); choose an empty folder, nothing was changed
seed-failed = seed { $path }: { $why }; there is no village yet, run it again
seed-done = { $path }: { $operations } operations, head { $head }

export-waits = process { $who } is exporting this ledger; waiting for it, at most { $secs } s
export-sent = { $sink }: everything is there
export-sink = { $sink }: { $why }
export-remove = you may remove the stick
export-pending = { $many ->
    [one] { $count } operation not yet acknowledged by the town
   *[many] { $count } operations not yet acknowledged by the town
}
export-written = { $file }: { $range }{ $marked }
export-marked = ; MARKED: the audit found faults, see `wenming audit`
export-range = { $many ->
    [one] { $count } operation, { $from } to { $to }
   *[many] { $count } operations, { $from } to { $to }
}
export-empty = 0 operations
export-absent = not there; sent again next time
export-ambiguous = two sticks have this label; leave one in
export-full = full; make room, nothing there was changed
export-read-only = cannot be written; look at its lock or its permissions
export-gone = vanished while it was written; sent again next time
export-different = does not give back what was written; use another one
export-refused = refused: { $why }
export-unsure = written and whole, perhaps not yet on the medium; run it again, take another medium if it says the same
export-slow = took too long; sent again next time
export-unread = a bundle of the outbox cannot be read: { $why }
export-failed = not written: { $why }
export-none = none
export-up-to = up to { $seq }
export-last = { $when }, { $why }{ $marked }
export-asked = when asked for
export-figures = outbox        { $outbox }
    acknowledged  { $acknowledged }
    waiting       { $waiting }
    last          { $last }
    next          { $next }
export-bundle = { $file }: { $range }, { $bytes } bytes{ $recorded }
export-unrecorded = ; not what the ledger tells of, the next export tidies it

verify-none = { $path }: no bundle in it
verify-all = { $many ->
    [one] { $count } bundle, sound
   *[many] { $count } bundles, all sound
}
verify-wrong = { $many ->
    [one] { $count } of { $all } bundles is wrong; do not take it, have it brought again
   *[many] { $count } of { $all } bundles are wrong; do not take them, have them brought again
}
verify-sound = { $file }: sound
    operations  { $range }
    head        { $head }
    written     { $when } by { $app }
    key         { $key }{ $marked }
verify-marked = ; MARKED: the station's own audit found faults before it wrote this

store-full = write the ledger: the disk is full
store-read-only = write the ledger: the disk is read-only
store-busy = write the ledger: another program is writing it
store-corrupt = read the ledger: damaged: { $why }. Stop redemptions, keep the file, let `wenming doctor` look at the disk, call the town bank; with a good copy, and after asking them: `wenming restore`
store-schema = open the ledger: { $what }; nothing was written. It was changed by another program, or built by another version of this one: put a backup in its place, or keep it and run `wenming audit` to see all of it
store-io = { $what } { $path }: { $why }
store-disk = write the ledger: the disk failed: { $why }
store-newer = open the ledger: its schema is { $found }, this program knows up to { $known }
store-foreign = open { $path }: not a ledger of this program
store-absent = open { $path }: no ledger there
store-unsafe = open { $path }: { $why }
store-kiosk = lock { $path }: another kiosk is running here: process { $process }
store-locked = lock { $path }: process { $process } has had it for { $secs } s; nothing was changed, try again when it has ended
store-key = open { $path }: the card key is missing; put it back from the copy
store-taken = { $who }: the card is in use
store-unknown = find { $what }: not in the ledger
restore-occupied = { $path }: there is a ledger already, nothing was changed. Take an empty folder; to replace it, say --replace, the old one is kept
restore-in-use = restore { $path }: another program has this ledger open; nothing was changed. Come again when it has ended
restore-unreadable = restore { $path }: the old ledger does not tell which disk of the station it is ({ $why }); nothing was changed. Look for the number after i in the names of its bundles, on paper or at the town bank, and come again with one more: --incarnation N
restore-counts = { $path }: the restored copy counts as the ledger from now on, perhaps not yet on the medium: { $why }. Look at the disk, then run `wenming audit`, which takes the last steps; the ledger that was there before is kept
restore-no-copy = restore { $path }: in use, not a copy; make one with `wenming backup`
restore-unsound = restore { $path }: { $faults } faults in the copy, the first: { $first }; nothing was changed. Take another copy
restore-no-number = restore { $path }: no number is left for another disk of this station
store-copy = copy { $path }: { $why }; nothing is wrong with the station's ledger. Take another medium and make a copy again
store-exists = write { $path }: exists, is something else, and is never overwritten
store-pin = check the PIN of { $who }: its hash cannot be read
store-random = draw random bytes: { $why }
store-sqlite = write the ledger: { $why }

io-full = the disk is full
io-read-only = the disk is read-only
io-failed = the disk failed
io-denied = Permission denied
io-absent = No such file or directory
io-there = File exists
io-no-folder = Not a directory
io-pipe = Broken pipe

do-stopped = stopped after line { $line }: nothing behind it is booked
do-unsure = the last lines up to line { $line } may be booked, perhaps not yet on the medium: run the same file again, nothing is booked twice.
do-refused = { $many ->
    [one] { $count } line of { $all } not done; the answers say which and why, everything else is booked
   *[many] { $count } lines of { $all } not done; the answers say which and why, everything else is booked
}

list-serial = serial{"  "}
list-printer = printer{" "}
list-input = input{"   "}
list-played = played{"  "}
list-config = config{"  "}
list-missing = missing  { $port }, of reader "{ $reader }"{ $why }
list-nothing = no device is plugged in
list-used = , used by reader "{ $reader }"
list-no-right = , no right: add the station's user to the group { $group }

print-sent = { $bytes } bytes sent to { $port }; { $state }
print-look = Look at the paper: the two ruler rows end at the same edge, nothing is missing, the code scans.
print-not = nothing was printed on { $port }: { $problem } ({ $why })
print-perhaps = the sheet on { $port } may be incomplete: { $problem } ({ $why })
print-none = { $path } has no [printer]; name one with --port and --profile
print-state = { $port }: { $state }
print-absent = there is none
print-unknown = it can be reached and says nothing of itself, as most do
print-ready = it is ready
print-attention = it wants a person: { $problem }

table-days = --to { $to } is before --from { $from }
table-no-folder = { $path }: no such folder; make it first
table-written = { $path }: written
table-full = it is full
table-unwritten = { $path }: { $why }; nothing was written there. Make room or take another stick, then run it again
table-exists = { $path }: exists, and is never overwritten
table-busy = { $path }: another export is writing it
table-folder = { $path }: a folder, not ours; look who put it there, take it away and run it again
table-no-names = no config that can be read in { $path }; rewards are shown by their codes, --config names one
table-no-badge = { $who } is no badge id, such as M001
table-pin = PIN (it is not shown):{" "}

# Lists taken over
import-fault = { $file }:{ $line }: { $what }
import-none = { $count } wrong, nothing was written. Please mend the file and try again.
import-unsure = the list may have been taken over, perhaps not yet on the medium: run the same again, nobody is taken in twice.
import-dry = Only tried: nothing was written.
import-people = { $count } accounts opened, { $sum } cards issued; { $known } people were there already.
import-balances = { $count } people, { $sum } points in all; { $known } were there already.
import-encoding = { $file } is neither UTF-8 nor GB18030; save it as "CSV UTF-8" in the spreadsheet.
import-column = { $file }: no column is called "{ $column }"; see --template.
import-twice = { $file }: the column "{ $column }" is there twice.
import-missing = { $file }: the column "{ $column }" is missing; see --template.
import-sign = has a sign that nobody sees: { $sign }.
import-long = too long, at most { $most } characters.
import-no-name = no name.
import-name = "{ $cell }" is no name, or too long.
import-born = year of birth "{ $cell }": write four digits, such as 1952.
import-group = group "{ $cell }": villager, party-member, street-chief, minor or social-unit.
import-holder = holder "{ $cell }": individual, unit, collective or family.
import-household = household "{ $cell }": 1 to 12 of A-Z, 0-9 and -.
import-card = card number "{ $cell }" is none, or one that many cards have.
import-consent = no consent (write "yes"); leave out who has not signed.
import-guardian = the list has no guardian with row "{ $cell }".
import-same-row = the same row name as line { $other }.
import-same-person = the same person as line { $other }.
import-same-card = the same card as line { $other }.
import-there = this person has an account already, no. { $number }.
import-points = points "{ $cell }": write a whole number from 1.
import-number = account number "{ $cell }" is none.
import-nobody = neither account number nor card: whose is it?
import-unknown = there is no such account, or number and card are two people's.
import-other-name = the name is not that of the account.
