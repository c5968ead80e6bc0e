//! Text from outside, made harmless: names, config texts, anything a person will see.

use crate::domain::names;
use crate::domain::sign::is_hostile;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// The longest name that is kept, in characters.
pub const MAX_NAME_CHARS: usize = 40;
/// The most marks on one letter. A Tibetan syllable piles up four: two letters below, a vowel, a sign.
const MAX_MARKS: usize = 4;

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

/// Normalises to NFC and drops what nobody may see: hostile characters, marks without a letter, and those that are
/// too many for one.
///
/// Whatever comes from outside goes through here before it is measured, masked, compared, kept or shown.
pub fn seen(text: &str) -> String {
    let mut marks = MAX_MARKS;
    let kept = |c: &char| {
        if !is_combining_mark(*c) {
            marks = if c.is_whitespace() { MAX_MARKS } else { 0 };
            return true;
        }
        marks = marks.saturating_add(1);
        marks <= MAX_MARKS
    };
    text.nfc()
        .filter(|c| !is_hostile(*c))
        .filter(kept)
        .nfc()
        .collect()
}

/// What is [`seen`] of a text, at most `max_chars` characters of it, without blanks at its ends.
///
/// ```
/// assert_eq!(wenming::domain::clean("李\u{202e}\u{1b}[2J明", 4), "李[2J");
/// ```
pub fn clean(text: &str, max_chars: usize) -> String {
    let text: String = seen(text).chars().take(max_chars).collect();
    text.trim().to_owned()
}

/// A person's name as it is kept: clean, every blank in it one ordinary one, at most [`MAX_NAME_CHARS`].
pub fn clean_name(name: &str) -> String {
    let name = seen(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(MAX_NAME_CHARS).collect();
    name.trim_end().to_owned()
}

/// Says whether a letter in a text has more marks than are shown, or a mark has no letter.
pub fn has_loose_marks(text: &str) -> bool {
    let marks = |text: &str| text.nfd().filter(|c| is_combining_mark(*c)).count();
    marks(&seen(text)) < marks(text)
}

/// The dots between the parts of a name, as keyboards and registers write them.
const DOTS: [char; 7] = ['·', '•', '‧', '∙', '⋅', '・', '･'];

/// Masks a resident's name for a screen that others can see: 张三 → 张*, 张三友 → 张*友.
///
/// What counts is what a person sees: letters with their marks. Blanks do not count, so that 李　强 is 李* as well. The parts of
/// a name written with a middle dot are masked one by one.
pub fn mask_name(name: &str) -> String {
    let name = clean_name(name);
    let part = |part: &str| {
        let letters = part
            .graphemes(true)
            .filter(|letter| !letter.trim().is_empty());
        let letters: Vec<&str> = letters.collect();
        match letters.as_slice() {
            [] => String::new(),
            [_] => "*".to_owned(),
            [first, _] => format!("{first}*"),
            [first, middle @ .., last] => format!("{first}{}{last}", "*".repeat(middle.len())),
        }
    };
    let masked: Vec<String> = name.split(DOTS).map(part).collect();
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
            ("阿依‧买买提", "阿* 买*提"),
            ("李\u{200b}强", "李*"),
            ("王\u{fe0f}芳", "王*"),
            ("葛\u{e0100}城", "葛*"),
            ("\u{feff}张三", "张*"),
            ("张三\u{feff}友\u{200d}", "张*友"),
            ("李\u{3164}强", "李*"),
            ("李\u{3000}强", "李*"),
            ("李 \u{a0}强", "李*"),
            ("e\u{301}o\u{308}", "é*"),
            ("x\u{301}y\u{301}z\u{301}", "x\u{301}*ź"),
            ("བསྟན་འཛིན", "བ*****ན"),
            ("\u{301}\u{200b}", ""),
            ("王\u{200b}", "*"),
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
            ("e\u{200b}\u{301}", "é"),
            ("\u{301}甲", "甲"),
            ("甲 \u{301}乙", "甲 乙"),
            ("སྒྲུབ", "སྒྲུབ"),
        ] {
            assert_eq!(clean(text, 99), want, "{text:?}");
            assert_eq!(seen(&seen(text)), seen(text), "{text:?}");
        }
        let piled = format!("x{}y", "\u{335}".repeat(200));
        assert_eq!(clean(&piled, 99), format!("x{}y", "\u{335}".repeat(4)));
        assert!(has_loose_marks(&piled) && has_loose_marks("\u{301}x"));
        assert!(!has_loose_marks("Nguyễn") && !has_loose_marks("སྒྲུབ"));
        assert_eq!(clean_name(" 李 \u{3000}\u{200b}强 "), "李 强");
        assert_eq!(clean(&"长".repeat(500), MAX_NAME_CHARS).chars().count(), 40);
    }
}
