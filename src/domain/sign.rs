//! Signs that are not what a person takes them for: unseen ones and those of two widths.

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

/// A character by its number: `U+3000`.
pub fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

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
