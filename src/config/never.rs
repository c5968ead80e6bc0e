//! Keys that no file has on purpose, with the fair rule that says why (docs/RULES.md). Whoever looks for one of them reads
//! the reason instead of a list of other keys.

use crate::domain::Text;

/// The key, the fair rule, the reason with what to do.
const NEVER: [(&str, &str, Text); 8] = [
    ("vote", "F3", ANSWER),
    ("answer", "F3", ANSWER),
    ("rating", "F3", ANSWER),
    ("min-standing", "F6", STANDING),
    ("max-standing", "F6", STANDING),
    ("publish", "F7", Text::of("right-never-public")),
    ("expires", "F9", EXPIRY),
    ("valid-for", "F9", EXPIRY),
];

const ANSWER: Text = Text::of("right-never-answer");
const STANDING: Text = Text::of("right-never-standing");
const EXPIRY: Text = Text::of("right-never-expiry");

/// The fair rule against a key, and its reason.
pub(super) fn refused(key: &str) -> Option<(&'static str, Text)> {
    let found = NEVER.into_iter().find(|(own, _, _)| *own == key);
    found.map(|(_, rule, why)| (rule, why))
}
