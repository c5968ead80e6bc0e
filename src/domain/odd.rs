//! Signs that look like another, which a parser does not take for what a person sees.

use crate::domain::sign::{code_point, is_hostile};
use crate::domain::{Fact, Text};

/// A sign that a parser does not take for what a person sees.
///
/// Told as ``U+3000 is a wide blank: write an ordinary one``, or, where it can be seen, with the sign before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OddSign {
    sign: char,
    what: &'static str,
    instead: Option<char>,
}

/// Letters of other alphabets that look like those of ours, each above its own.
const TWINS: [(&str, &str); 2] = [
    ("АВЕКМНОРСТХІЈЅаеорсухіјѕ", "ABEKMHOPCTXIJSaeopcyxijs"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo"),
];

impl OddSign {
    /// What a character is when it is such a sign.
    pub fn of(sign: char) -> Option<Self> {
        let (what, instead) = match sign {
            '“'..='‟' | '〝'..='〟' | '「'..='』' => ("quote", Some('"')),
            '‘'..='‛' => ("quote", Some('\'')),
            '\u{00A0}' | '\u{2007}' | '\u{202F}' => ("tied", Some(' ')),
            '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{205F}' => ("other", Some(' ')),
            '\u{3000}' => ("wide", Some(' ')),
            '！'..='～' => ("wide", narrow(sign)),
            '。' => ("stop", Some('.')),
            '、' => ("comma", Some(',')),
            '【' | '〔' => ("bracket", Some('[')),
            '】' | '〕' => ("bracket", Some(']')),
            '‐'..='―' | '−' => ("dash", Some('-')),
            c if is_hostile(c) && !matches!(c, '\t' | '\n' | '\r') => ("unseen", None),
            c => ("letter", Some(twin(c)?)),
        };
        Some(Self {
            sign,
            what,
            instead,
        })
    }

    /// The first one of a text.
    pub fn first(text: &str) -> Option<Self> {
        text.chars().find_map(Self::of)
    }

    /// The first one of a text that is otherwise plain ASCII: a word of ours, not a sentence in Chinese.
    pub fn in_word(text: &str) -> Option<Self> {
        let ours = |c: char| c.is_ascii() || Self::of(c).is_some();
        text.chars().all(ours).then(|| Self::first(text))?
    }

    /// What it is, and what to write in its place.
    pub fn told(self) -> Text {
        let id = match self.instead {
            Some(' ') => "sign-blank",
            Some(_) => "sign-other",
            None => "sign-unseen",
        };
        let text = Text::of(id).word("point", code_point(self.sign));
        let Some(instead) = self.instead else {
            return text;
        };
        let text = text.fact("what", Fact::Variant(self.what));
        text.word("sign", self.sign).word("instead", instead)
    }
}

/// The ASCII sign of a full-width form.
fn narrow(c: char) -> Option<char> {
    u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32)
}

fn twin(c: char) -> Option<char> {
    let pairs = TWINS
        .iter()
        .flat_map(|(theirs, ours)| theirs.chars().zip(ours.chars()));
    pairs
        .into_iter()
        .find_map(|(theirs, ours)| (theirs == c).then_some(ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_has_no_odd_sign() {
        for text in ["", "A001", "a\tb\r\n", "大米"] {
            assert_eq!(OddSign::first(text), None, "{text:?}");
        }
        assert_eq!(OddSign::in_word("价格：5"), None);
        for (theirs, ours) in TWINS {
            assert_eq!(theirs.chars().count(), ours.chars().count());
        }
    }
}
