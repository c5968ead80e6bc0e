//! Signs that are not what a person takes them for: unseen ones, those of two widths, and those that look like another.

use crate::domain::{Fact, Text};

/// Says whether a character must never reach a screen, a log, a printer or a table: nobody sees it, or it commands.
///
/// Controls, line and paragraph separators, bidirectional controls, everything that Unicode lets a font leave out, the
/// fillers and the braille blank that fonts draw as nothing, and code points that are no characters. Source: Unicode 16, general
/// categories Cc, Cf, Zl, Zp, and `Default_Ignorable_Code_Point`.
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FDD0}'..='\u{FDEF}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Says whether a letter is one cell wide on one terminal and two on the next, as in the fonts of East Asia.
///
/// Letters only: of signs `unicode-width` knows it. Source: `EastAsianWidth.txt` of Unicode 16, class A, general category L.
pub const fn is_ambiguous_letter(c: char) -> bool {
    matches!(c,
        'ª' | 'º' | 'Æ' | 'Ð' | 'Ø' | 'Þ'..='á' | 'æ' | 'è'..='ê' | 'ì'..='í' | 'ð' | 'ò'..='ó'
        | 'ø'..='ú' | 'ü' | 'þ' | 'ā' | 'đ' | 'ē' | 'ě' | 'Ħ'..='ħ' | 'ī' | 'ı'..='ĳ' | 'ĸ'
        | 'Ŀ'..='ł' | 'ń' | 'ň'..='ŋ' | 'ō' | 'Œ'..='œ' | 'Ŧ'..='ŧ' | 'ū' | 'ǎ' | 'ǐ' | 'ǒ'
        | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ɑ' | 'ɡ' | '\u{02C7}' | '\u{02C9}'..='\u{02CB}'
        | '\u{02CD}' | '\u{02D0}' | 'Α'..='Ρ' | 'Σ'..='Ω' | 'α'..='ρ' | 'σ'..='ω' | 'Ё'
        | 'А'..='я' | 'ё' | '\u{207F}' | '\u{2113}' | '\u{2126}' | '\u{212B}')
}

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

/// A character by its number: `U+3000`.
pub fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
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

    #[test]
    fn letters_of_two_widths_are_known() {
        for c in "αΩéüāǎяЖłœ".chars() {
            assert!(is_ambiguous_letter(c), "{c}");
        }
        for c in "aZ大ïÀçñ".chars() {
            assert!(!is_ambiguous_letter(c), "{c}");
        }
    }

    #[test]
    fn what_nobody_sees_is_hostile() {
        for c in "\u{ad}\u{34f}\u{115f}\u{1160}\u{180b}\u{200b}\u{200d}\u{202e}\u{2060}\u{2065}\u{2800}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{ffff}\u{e0100}\u{e0001}".chars() {
            assert!(is_hostile(c), "{}", code_point(c));
        }
        for c in " 大é\u{3000}\u{301}་".chars() {
            assert!(!is_hostile(c), "{}", code_point(c));
        }
    }
}
