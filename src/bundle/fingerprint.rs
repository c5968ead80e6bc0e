//! A public key's fingerprint, in words that two people can compare over the phone.
//!
//! The first eight bytes of the SHA-256 of the 32 key bytes, a word each. A word is one of sixteen
//! plain adjectives (high half) and one of sixteen plain things (low half): 大鱼, 红灯. All thirty-two
//! sound apart in Mandarin, and are few enough to be heard right. Eight words are 64 bits: who wants a
//! second key with the same words must make some 10¹⁹ keys.

use crate::domain::{Lang, hex};
use sha2::{Digest as _, Sha256};

/// How many bytes of the hash become words.
const WORDS: usize = 8;

const FIRST: [(char, &str); 16] = [
    ('大', "da"),
    ('小', "xiao"),
    ('红', "hong"),
    ('白', "bai"),
    ('黑', "hei"),
    ('双', "shuang"),
    ('老', "lao"),
    ('新', "xin"),
    ('长', "chang"),
    ('甜', "tian"),
    ('圆', "yuan"),
    ('快', "kuai"),
    ('冷', "leng"),
    ('土', "tu"),
    ('飞', "fei"),
    ('石', "shi"),
];

const SECOND: [(char, &str); 16] = [
    ('塔', "ta"),
    ('水', "shui"),
    ('鱼', "yu"),
    ('马', "ma"),
    ('牛', "niu"),
    ('花', "hua"),
    ('草', "cao"),
    ('米', "mi"),
    ('门', "men"),
    ('车', "che"),
    ('灯', "deng"),
    ('瓜', "gua"),
    ('鸡', "ji"),
    ('桥', "qiao"),
    ('豆', "dou"),
    ('饼', "bing"),
];

/// The fingerprint of a public key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of 32 key bytes.
    pub(super) fn of(key: &[u8; 32]) -> Self {
        Self(Sha256::digest(key).into())
    }

    /// The whole hash, 64 lower-case hex digits: what `sha256sum` gives for the raw key.
    pub fn hex(&self) -> String {
        hex(&self.0)
    }

    /// Eight words: `大鱼 红灯 …` or `da-yu hong-deng …`.
    pub fn words(&self, lang: Lang) -> String {
        let word = |byte: &u8| {
            let first = FIRST
                .get(usize::from(byte >> 4))
                .copied()
                .unwrap_or_default();
            let second = SECOND
                .get(usize::from(byte & 15))
                .copied()
                .unwrap_or_default();
            match lang {
                Lang::Zh => format!("{}{}", first.0, second.0),
                Lang::En => format!("{}-{}", first.1, second.1),
            }
        };
        let words: Vec<String> = self.0.iter().take(WORDS).map(word).collect();
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_byte_is_a_word_and_no_two_are_alike() {
        let all: HashSet<String> = (0..=255)
            .flat_map(|byte| {
                let print = Fingerprint([byte; 32]);
                [Lang::Zh, Lang::En].map(|lang| print.words(lang))
            })
            .collect();
        assert_eq!(all.len(), 512);
        let mut bytes = [0; 32];
        bytes[0] = 0x02;
        bytes[1] = 0x2a;
        bytes[8] = 0xff;
        let print = Fingerprint(bytes);
        assert_eq!(
            print.words(Lang::Zh),
            "大鱼 红灯 大塔 大塔 大塔 大塔 大塔 大塔"
        );
        assert!(print.words(Lang::En).starts_with("da-yu hong-deng da-ta "));
    }
}
