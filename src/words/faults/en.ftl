# What is wrong in a config file, and what would be right: `wenming check`, `docs/RULES.md`
fault = { $file }:{ $line }:{ $column }: { $wrong }; { $right }
right-and-sign = { $right }; { $sign }
and = { $first } and { $second }

# The files
fault-no-folder = a file, not a folder
right-folder = name the folder in which station.toml lies
fault-no-file = no such file
right-files = a config folder holds station.toml, catalogue.toml, rules.toml and staff.toml
fault-too-large = larger than 1 MiB
right-no-config = this is not a config file, take it from a backup
fault-unread = cannot be read: { $why }
right-readable = it must be a file the station's user may read
fault-not-utf8 = not UTF-8
right-utf8 = save the file as UTF-8, not as GBK or ANSI
fault-toml = not TOML: { $why }
right-toml = { $kind ->
    [twice] keep one of them
    [day] write a day that exists, such as 2026-01-31
    [text] put texts between two " on one line
   *[line] a line is key = value, [section], [[entry]] or # comment
}
right-answer = a line is key = "text"

# Signs that are not what they look like
sign-blank = { $point } is { $what ->
    [tied] a blank that keeps words together
    [wide] a wide blank
   *[other] a blank of another width
}: write an ordinary one
sign-unseen = { $point } is invisible: take it out
sign-other = `{ $sign }` ({ $point }) is { $what ->
    [quote] a Chinese quotation mark
    [wide] a wide sign
    [stop] a Chinese full stop
    [comma] a Chinese comma
    [bracket] a Chinese bracket
    [dash] a dash of another kind
   *[letter] a letter of another alphabet
}: write `{ $instead }`

# Keys
fault-unknown = unknown key `{ $key }` in { $table }
right-known = known keys are { $keys }
right-meant-key = did you mean `{ $guess }`?
fault-never = { $rule }: unknown key `{ $key }` in { $table }
right-never-answer = how somebody votes or rates never changes points, only taking part may: take it out
right-never-standing = standing opens something and never closes anything to anybody: take it out
right-never-public = lists show a plus with a masked name and a minus as a number only: take it out
right-never-expiry = when points end is one rule for all of them and is said when they are earned: take it out
fault-missing = { $table } has no `{ $key }`
right-add-key = add `{ $key } = ...` to it
fault-only = `{ $key }` is for { $words }
right-only = take it out, or correct `{ $key }`
fault-lone = `{ $key }` says nothing without `{ $other }`
fault-beside = `{ $key }` beside `{ $other }`
fault-used = { $thing ->
    [port] this port
    [folder] this folder
    [badge] this badge
    [id] id "{ $name }"
    [choice] choice "{ $name }"
    [kind] kind "{ $name }"
    [reader] reader name "{ $name }"
    [sink] sink name "{ $name }"
   *[code] code "{ $name }"
} is already used on line { $line }
right-own = give each its own
fault-many = there are { $count } { $table }
right-few-groups = at most { $most } fit the home screen, join some
right-few-degrees = at most { $most } can be told apart, join some
right-few-notices = at most { $most } are shown, take the others out
right-few = at most { $most } work, take the others out

# Values
fault-is = `{ $key }` is { $value }
value-empty-list = an empty list
value-list = a list
value-table = a table
right-meant = did you mean "{ $guess }"?
right-one-of = write one of { $words }
right-here = this file has { $words }
right-add-table = add a [[{ $table }]] with it
right-text = write a text between two "
right-whole = write a whole number from { $least } to { $most }
right-flag = write true or false
right-day = write a day such as 2026-01-31, without "
right-table = write a table with { $keys }
right-tables = write each as { $table }
right-list = write a list such as { $example }, or leave it out
right-code = write 1 to 12 of A-Z 0-9 -, not beginning with -
right-no-spreadsheet = a spreadsheet reads that as { $thing ->
    [number] a number
    [date] a date
   *[truth] true or false
}: put a letter before it, such as "{ $other }"
right-set = write 1 to 24 of a-z 0-9 -, not beginning with -

# Texts that people see
fault-unseen = `{ $key }` holds { $point }, which is invisible
fault-two-widths = `{ $key }` holds `{ $sign }` ({ $point }), which some terminals draw twice as wide
right-without = write the text without it
fault-marks = `{ $key }` holds marks that belong to no letter, or too many for one
right-marks = write each letter with the marks it has in a book
fault-empty = `{ $key }` is empty
right-some-text = write a text
fault-wide = `{ $key }` "{ $text }" is { $cells } cells wide
right-cells = at most { $most } fit, a Chinese character takes 2

# Times
fault-has = `{ $key }` has "{ $text }"
fault-has-time = `{ $key }` has the time "{ $text }"
right-times = times are 00:00 to 24:00, always with two digits each
right-times-of-day = times are 00:00 to 23:59, always with two digits each
right-hours = write days and times such as "mon-fri 08:00-11:30"
fault-hours-end = `hours` "{ $text }" ends before it begins
right-hours-end = write the earlier time first, and an opening past midnight as two
fault-hours-backwards = `hours` has the days "{ $text }" backwards
right-hours-backwards = begin with the earlier day, mon to sun
fault-hours-day = `hours` has the unknown day "{ $text }"
right-hours-day = days are mon, tue, wed, thu, fri, sat, sun
right-time = write a time such as "14:30"
fault-entries = `{ $key }` has { $count } entries
right-entries = at most { $most } work; "0 8-18 * * *" says every hour from 8 to 18
right-schedule = write a time such as "18:00", or minute hour day month weekday such as "0 */2 * * *"
fault-schedule-part = `schedule` has the { $part ->
    [minute] minute
    [hour] hour
    [day] day
    [month] month
   *[weekday] weekday
} "{ $text }"
right-schedule-part = { $part ->
    [minute] minutes are 0 to 59
    [hour] hours are 0 to 23
    [day] days are 1 to 31, or L for the last
    [month] months are 1 to 12, or JAN to DEC
   *[weekday] weekdays are 0 to 6 from Sunday, or SUN to SAT
}
fault-schedule-never = `schedule` has "{ $text }", which no day of any year matches
right-schedule-never = choose a day that its month has, or L for the last one

# station.toml
right-phone = write 3 to 20 digits, + - or blanks
right-port = write a path such as /dev/serial/by-id/usb-1a86
right-printer = write /dev/usb/lp0, /dev/serial/by-id/..., tcp:192.168.1.50:9100, file:/var/... or sim:printer
right-speaks = { $device } speaks "{ $format }"
right-speaks-two = { $device } speaks "{ $format }" or "{ $other }"
right-built-without = this program was built without `{ $feature }` (docs/DEVICES.md)
right-wedge = its `port` is /dev/input/by-id/ and a name that ends with -event-kbd
right-pcsc = its `port` is "pcsc:*", or pcsc: and a part of the reader's name
right-for-wedge = a port in /dev/input is for "wedge"
right-for-pcsc = a port that begins with pcsc: is for "pcsc"
right-short = 24 bits are shared by 65536 cards, set the reader to 8H10D or 10H
right-number = add `number = ...` or take it out
right-affix = write 1 to 15 letters, digits or signs of ASCII
right-folder-path = write an absolute path
right-command = write a list such as ["aplay", "-q", "{"{"}file{"}"}"], at most 16 words of 200 bytes
fault-words = `{ $key }` has { $count } words
fault-clip = `clip` does not say where the clip goes
right-clip = write ["aplay", "-q", "{"{"}file{"}"}"]
right-clips = add the folder with zh/ and en/
right-recipient = copy the whole line that begins with age1 from HQ, a character is missing or wrong
right-path = write a path that begins with / and has no ..
right-label = write 1 to 16 letters, digits, - or _, as on the stick
right-endpoint = write an address such as https://s3.example.org
right-bucket = write 3 to 63 of a-z 0-9 . -, beginning and ending with a-z 0-9
right-region = write 1 to 40 of a-z 0-9 -, us-east-1 where the store has none

# catalogue.toml, notices.toml
fault-beside-option = `{ $key }` beside [[item.option]]
right-beside-option = give each option its price and leave this one out
fault-together = "{ $text }" is { $cells } cells wide
right-together = at most { $most } fit for a reward with its option
fault-never-open = { $item } is never open while its partner { $partner } is
right-never-open = choose times within the partner's hours
fault-activity = [[activity]] needs one of `day` and `weekday`
right-activity = write `day = 2026-01-31` or `weekday = "sat"`

# staff.toml
fault-nobody = nobody may confirm anything
right-nobody = add at least one [[staff]]
fault-badge = `badge` is no card number
right-badge = write 4 to 32 letters and digits between two ", as the reader gives them
fault-badge-shared = `badge` is a number that many cards have, or none
right-badge-own = give this person another card, whose number is its own
fault-pin = `pin` is not an argon2id hash that this station can check
right-pin = run `wenming pin` and paste the line that begins with $argon2id$
right-account = write the resident's account, R- and 16 of 0-9 A-F

# rules.toml
right-by-degree = the amount goes by the degree: leave this one out
fault-degrees = `choices` has fewer than two degrees
right-degrees = write two or more, or `points` instead
right-by-time = the amounts go by the time: take one of them out
fault-repeat-first = `repeat` begins with { $first }, but `points` is { $points }
right-repeat-first = write the same number in both
right-steps = write two to five amounts, such as [8, 15, 20]
right-steps-rise = write each amount higher than the one before, such as [8, 15, 20]
right-remedy = write {"{"} days = 7, back = 50 {"}"}, or "none"
right-minutes = service time is counted by unit = "hour": write that, or take this out
right-until = write the day of `from` or a later one
right-self = nobody proposes that points are taken from somebody: take it out

# The fair rules
fair-evidence = F1: nothing need be shown for what is taken
fair-evidence-right = add `evidence = {"{"} zh = "...", en = "..." {"}"}`
fair-remedy = F1: nothing says whether it can be put right
fair-remedy-right = add `remedy = {"{"} days = 7, back = 50 {"}"}` or `remedy = "none"`
fair-alone = F1: one person alone would take points
fair-alone-right = write `path = "second"`, or `review` or `town`
fair-free = F2: `{ $key }` of a rule that takes points says { $word }
fair-free-right = nobody loses points for saying something or staying away: take the rule out if it does that
fair-set-alone = F4: "{ $set }" is the set of this rule alone
fair-set-alone-right = give the other rule of the same fact the same word, or take it out
fair-set-mixed = F4: the rule of line { $line } in "{ $set }" does not go the same way
fair-set-mixed-right = a set has rules that give or rules that take, not both
fair-unseen = F5: nobody outside the committee sees what it decided before it is booked
fair-unseen-right = add `notice-days = 7`
fair-unbounded = F5: nothing bounds what one person can get by this rule
fair-unbounded-right = add `cap = {"{"} points = 40, per = "month" {"}"}`, or the cap of a household
fair-relative = F5: who records it may be a relative, and nobody else sees it
fair-relative-right = add `evidence`, `second-above` or `path = "second"`
fair-taker = F8: points are taken by the manager, before somebody else
fair-taker-right = write `recorder = "manager"`
fair-decider = F8: a manager decides this, and would decide what a manager submits
fair-decider-right = write `recorder = "attendant"`
fair-notice = F10: `from` is { $from }, { $left } days after { $day }
fair-notice-right = a change is shown { $shown } days before it holds: if it was not, write a later day
fair-guardian = F11: a guardian confirms for minors only
fair-guardian-right = keep `minor`, or write another `path`
fair-minors = F11: minors would propose entries that no guardian sees
fair-minors-right = write `path = "guardian"` in a rule of their own, or take `minor` or `self` out

# More than one fault, and settings that are not written
fault-first = { $count }: { $first }
setting-edited = changed on disk since it was read: reload it first
setting-own-way = written in a way of its own: change it by hand

# What an audit finds
audit-line = seq { $seq }: { $what }
audit-gap = seq has a gap
audit-prev = prev is not the hash of the operation before
audit-hash = hash is not that of prev and body
audit-legs = legs are missing or too many
audit-leg = a leg without an operation
audit-column = a column is not as the schema's CHECK wants it
audit-look = does not look as its kind must
audit-kind = unknown kind
audit-phase = phase of a leg is not that of the kind
audit-body = body does not agree with columns and legs
audit-trusted = trusted is not the newest operation whose clock is
audit-hold = open_hold does not say whether it waits
audit-settled = a hold is settled twice, or what is settled is no hold
audit-settled-legs = legs are not those of the hold
audit-reversed = a reversal of what cannot be reversed, or twice
audit-reversed-legs = legs are not the mirror of what it reverses
audit-balance = balance of { $who } is not the sum of its transfers
audit-floored = floored of { $who } is not that of the account
audit-below = balance of { $who } is below zero
audit-passing = { $who } is not 0: what passes through it did not arrive
audit-no-balance = no balance for account { $account }, unit { $unit }, bucket { $bucket }
audit-unit = debits and credits of unit { $unit } differ
audit-quick-check = quick_check: { $what }
audit-object = { $what ->
    [account_kind] row of account_kind
    [kind] row of kind
    [way] row of way
   *[other] { $what }
} { $name }
audit-missing = schema: { $object } is missing or changed
audit-more = schema: { $object } is not of this program
audit-unread = schema: { $why }
