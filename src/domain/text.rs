//! Text from outside, made harmless: names, config texts, anything a person will see.

use crate::domain::names;
use unicode_normalization::UnicodeNormalization as _;

/// The longest name that is kept, in characters.
pub const MAX_NAME_CHARS: usize = 40;

names! {
    /// A language of the station, named as on disk.
    #[derive(Default)]
    pub enum Lang {
        /// Chinese, the default.
        #[default]
        Zh = "zh",
        /// English.
        En = "en",
    }
}

impl Lang {
    /// The other one, in which the switch is labelled.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

/// A text in both languages of the station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// Chinese, the default.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Says whether a character must never reach a screen, a log, a printer or a table.
///
/// Controls (C0, DEL, C1), line and paragraph separators, bidirectional controls, zero-width
/// characters, variation selectors and tags. Source: Unicode 16, general categories Cc, Cf, Zl, Zp.
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Normalises to NFC, drops what must not be shown, and keeps at most `max_chars` characters.
///
/// ```
/// assert_eq!(wenming::domain::clean("李\u{202e}\u{1b}[2J明", 4), "李[2J");
/// ```
pub fn clean(text: &str, max_chars: usize) -> String {
    text.nfc()
        .filter(|c| !is_hostile(*c))
        .take(max_chars)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Masks a resident's name for a screen that others can see: 张三 → 张*, 张三友 → 张*友.
///
/// The parts of a name written with a middle dot are masked one by one.
pub fn mask_name(name: &str) -> String {
    let part = |part: &str| {
        let chars: Vec<char> = part.chars().collect();
        match chars.as_slice() {
            [] => String::new(),
            [_] => "*".to_owned(),
            [first, _] => format!("{first}*"),
            [first, middle @ .., last] => format!("{first}{}{last}", "*".repeat(middle.len())),
        }
    };
    let masked: Vec<String> = name.split('·').map(part).collect();
    masked.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_masked() {
        for (name, want) in [
            ("张三", "张*"),
            ("张三友", "张*友"),
            ("欧阳明文", "欧**文"),
            ("王", "*"),
            ("", ""),
            ("阿依·买买提", "阿* 买*提"),
        ] {
            assert_eq!(mask_name(name), want, "{name}");
        }
    }

    #[test]
    fn hostile_text_is_made_harmless() {
        for (text, want) in [
            ("a\u{1b}[2Jb", "a[2Jb"),
            ("a\u{9b}31mb", "a31mb"),
            ("x\u{202e}y\u{2066}z", "xyz"),
            ("\u{feff}甲\u{200d}乙\r\n", "甲乙"),
            ("e\u{301}", "é"),
        ] {
            assert_eq!(clean(text, 99), want, "{text:?}");
        }
        assert_eq!(clean(&"长".repeat(500), MAX_NAME_CHARS).chars().count(), 40);
    }
}
