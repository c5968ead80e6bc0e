//! Faults as both languages tell them.

use unicode_width::UnicodeWidthStr as _;
use wenming::config::Fault;
use wenming::domain::{Lang, Text};
use wenming::words::told;

/// A sentence in English.
pub(crate) fn english(text: &Text) -> String {
    told(text, Lang::En)
}

/// What is wrong and what would be right in English; the Chinese of both is looked at as well.
pub(crate) fn what(fault: &Fault) -> String {
    for text in [&fault.wrong, &fault.right] {
        assert_chinese(&told(text, Lang::Zh));
    }
    format!("{}; {}", english(&fault.wrong), english(&fault.right))
}

/// A fault with its place in English; its Chinese is looked at as well.
pub(crate) fn line(fault: &Fault) -> String {
    let line = english(&fault.told());
    assert!(line.ends_with(&what(fault)), "{line}");
    line
}

/// Words that English sentences have, and no key, code or value of ours.
const ENGLISH: [&str; 20] = [
    "the", "is", "are", "has", "write", "add", "take", "of", "that", "which", "must", "cannot",
    "with", "without", "not", "unknown", "missing", "leave", "choose", "put",
];

/// That a text is Chinese, in which nothing but codes, keys, names and what a file has between quotes is Latin.
pub(crate) fn assert_chinese(text: &str) {
    assert!(text.width() > text.chars().count(), "no Chinese: {text}");
    let ours: Vec<&str> = text.split('"').step_by(2).collect();
    let ours = ours.join(" ");
    let mut words = ours.split([' ', ',', ';', ':', '.', '(', ')']);
    let english = words.find(|word| ENGLISH.contains(word));
    assert_eq!(english, None, "{text}");
}
