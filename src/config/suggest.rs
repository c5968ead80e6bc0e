//! What the technician probably meant, and how their text is quoted back.

use crate::domain::clean;

/// The most characters of the file that a fault quotes.
const MAX_SHOWN: usize = 40;

/// A text from the file, harmless and short enough for one line on a terminal.
pub(super) fn shown(text: &str) -> String {
    clean(text, MAX_SHOWN)
}

/// The known word that differs from `text` in one place, or in two if it is long enough.
pub(super) fn nearest<'k>(text: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    known
        .map(|word| (distance(text, word), word))
        .filter(|(distance, word)| *distance <= if word.len() < 4 { 1 } else { 2 })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// How many characters must be put in, taken out or replaced to turn `a` into `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (corner, x) in a.chars().enumerate() {
        let mut corner = corner;
        let mut left = corner + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, y) in row.iter_mut().skip(1).zip(b.chars()) {
            let replaced = corner + usize::from(x != y);
            corner = *cell;
            left = replaced.min(left + 1).min(*cell + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_and_guesses() {
        for (a, b, want) in [
            ("", "", 0),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("pirce", "price", 2),
            ("价格", "价", 1),
        ] {
            assert_eq!(distance(a, b), want, "{a} {b}");
            assert_eq!(distance(b, a), want, "{b} {a}");
        }
        let keys = ["price", "per", "partner"];
        for (text, want) in [
            ("pirce", Some("price")),
            ("pr", Some("per")),
            ("partners", Some("partner")),
            ("colour", None),
        ] {
            assert_eq!(nearest(text, keys.into_iter()), want, "{text}");
        }
    }
}
