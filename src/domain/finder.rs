//! How a person is found without a card: by the first letters of the syllables of the name, typed on the digits of a keypad.

use pinyin::ToPinyinMulti as _;

/// Names of more syllables are found by their first ones.
const MOST_LETTERS: usize = 8;
/// Characters have several readings; a name is found by each, up to so many.
const MOST_KEYS: usize = 8;

/// The digit of a letter on the keys of a telephone. Source: ITU-T E.161.
const fn key_of(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        'w'..='z' => '9',
        _ => return None,
    })
}

/// The digits that a character can begin with: one for each reading, of another digit than those before.
fn keys_of(character: char) -> Vec<char> {
    let readings = character.to_pinyin_multi().into_iter().flatten();
    let mut keys = Vec::new();
    for key in readings.filter_map(|reading| key_of(reading.plain().chars().next()?)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The digits by which a name is found: 张小明 is `zxm`, so 996. A word of Latin letters counts as a syllable.
pub fn finder_keys(name: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut in_word = false;
    for character in name.chars() {
        let latin = key_of(character.to_ascii_lowercase());
        let keys = match latin {
            Some(_) if in_word => Vec::new(),
            Some(key) => vec![key],
            None => keys_of(character),
        };
        in_word = latin.is_some();
        if keys.is_empty() {
            continue;
        }
        let longer = found
            .iter()
            .filter(|typed| typed.len() < MOST_LETTERS)
            .flat_map(|typed| keys.iter().map(move |key| format!("{typed}{key}")));
        let longer: Vec<String> = longer.take(MOST_KEYS).collect();
        if longer.is_empty() {
            break;
        }
        found = longer;
    }
    found.retain(|keys| !keys.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::finder_keys;

    #[test]
    fn a_name_is_found_by_the_first_letters_of_its_syllables() {
        let check = |name: &str, want: &[&str]| assert_eq!(finder_keys(name), want, "{name}");
        check("张小明", &["996"]);
        check("欧阳小芳", &["6993"]);
        // 曾 is a family's name as zēng, and céng elsewhere.
        check("曾理", &["25", "95"]);
        assert!(finder_keys("阿依古丽·买买提").contains(&"2945668".to_owned()));
        check("Anna Li", &["25"]);
        check("··", &[]);
        check("", &[]);
        assert_eq!(finder_keys("长长长长长长长长长长").len(), 8);
    }
}
