//! An age recipient, checked letter by letter: a bundle sealed for a slip of the pen opens nowhere.

/// The letters of bech32 in the order of their values. Source: BIP 173.
const LETTERS: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/// The letters of an X25519 recipient: 52 of the key, 6 of the checksum. Source: age-encryption.org/v1.
const DATA_LETTERS: usize = 58;

/// Says whether this is an age recipient whose checksum is right.
pub(super) fn is_recipient(text: &str) -> bool {
    let Some(data) = text.strip_prefix("age1") else {
        return false;
    };
    let place = |letter: u8| LETTERS.iter().position(|known| *known == letter);
    let values: Option<Vec<u32>> = data
        .bytes()
        .map(|letter| place(letter).and_then(|value| u32::try_from(value).ok()))
        .collect();
    values.is_some_and(|values| values.len() == DATA_LETTERS && polymod("age", &values) == 1)
}

/// The checksum over prefix and data; 1 when it is right. Source: BIP 173.
fn polymod(prefix: &str, data: &[u32]) -> u32 {
    let high = prefix.bytes().map(|b| u32::from(b >> 5));
    let low = prefix.bytes().map(|b| u32::from(b & 31));
    let values = high.chain([0]).chain(low).chain(data.iter().copied());
    values.fold(1, |sum, value| {
        let top = sum >> 25;
        let shifted = ((sum & 0x01ff_ffff) << 5) ^ value;
        [
            0x3b6a_57b2,
            0x2650_8e6d,
            0x1ea1_19fa,
            0x3d42_33dd,
            0x2a14_62b3,
        ]
        .into_iter()
        .enumerate()
        .filter(|(bit, _)| (top >> bit) & 1 == 1)
        .fold(shifted, |sum, (_, generator)| sum ^ generator)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: the README of age.
    const GOOD: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    #[test]
    fn one_wrong_letter_anywhere_is_seen() {
        assert!(is_recipient(GOOD));
        for at in 0..GOOD.len() {
            let mut wrong = GOOD.to_owned();
            let other = if wrong[at..].starts_with('q') {
                "p"
            } else {
                "q"
            };
            wrong.replace_range(at..=at, other);
            assert!(!is_recipient(&wrong), "{wrong}");
        }
    }

    #[test]
    fn a_part_or_another_key_is_none() {
        for text in [
            "",
            "age1",
            "ssh-ed25519 AAAA",
            &GOOD[..61],
            &GOOD.to_uppercase(),
        ] {
            assert!(!is_recipient(text), "{text}");
        }
    }
}
