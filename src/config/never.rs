//! Keys that no file has on purpose, with the fair rule that says why (docs/RULES.md). Whoever looks for one of them reads
//! the reason instead of a list of other keys.

/// The key, the fair rule, the reason with what to do.
const NEVER: [(&str, &str, &str); 8] = [
    ("vote", "F3", ANSWER),
    ("answer", "F3", ANSWER),
    ("rating", "F3", ANSWER),
    ("min-standing", "F6", STANDING),
    ("max-standing", "F6", STANDING),
    ("publish", "F7", PUBLIC),
    ("expires", "F9", EXPIRY),
    ("valid-for", "F9", EXPIRY),
];

const ANSWER: &str =
    "how somebody votes or rates never changes points, only taking part may: take it out";
const STANDING: &str = "standing opens something and never closes anything to anybody: take it out";
const PUBLIC: &str =
    "lists show a plus with a masked name and a minus as a number only: take it out";
const EXPIRY: &str =
    "when points end is one rule for all of them and is said when they are earned: take it out";

/// The fair rule against a key, and its reason.
pub(super) fn refused(key: &str) -> Option<(&'static str, &'static str)> {
    let found = NEVER.iter().find(|(own, _, _)| *own == key);
    found.map(|(_, rule, why)| (*rule, *why))
}
