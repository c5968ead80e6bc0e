//! Numbers as words, as a person says them: 1280 is 一千二百八十, or one thousand two hundred eighty.

use crate::domain::Lang;

/// A count of things: 2 is 两, and so are two thousand and two ten-thousands in front.
pub fn counted(lang: Lang, number: i64) -> String {
    match lang {
        Lang::Zh => {
            let text = chinese(number);
            let (sign, rest) = match text.strip_prefix('负') {
                Some(rest) => ("负", rest),
                None => ("", text.as_str()),
            };
            let pair = rest
                .strip_prefix('二')
                .filter(|after| after.is_empty() || after.starts_with(['千', '万', '亿']));
            pair.map_or_else(|| text.clone(), |after| format!("{sign}两{after}"))
        }
        Lang::En => english(number),
    }
}

/// A number that counts nothing, such as a month: 2 is 二.
pub fn spelled(lang: Lang, number: i64) -> String {
    match lang {
        Lang::Zh => chinese(number),
        Lang::En => english(number),
    }
}

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

fn digit(number: u64) -> &'static str {
    usize::try_from(number % 10)
        .ok()
        .and_then(|place| DIGITS.get(place).copied())
        .unwrap_or_default()
}

fn chinese(number: i64) -> String {
    if number < 0 {
        return format!("负{}", chinese_of(number.unsigned_abs()));
    }
    let text = chinese_of(number.unsigned_abs());
    // 十, not 一十, where it begins.
    match text.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => text,
    }
}

fn chinese_of(number: u64) -> String {
    if number < 10 {
        return digit(number).to_owned();
    }
    let units = [
        (1_000_000_000_000, "万亿"),
        (100_000_000, "亿"),
        (10_000, "万"),
        (1_000, "千"),
        (100, "百"),
        (10, "十"),
    ];
    let (unit, word) = units
        .into_iter()
        .find(|(unit, _)| number >= *unit)
        .unwrap_or((10, "十"));
    let (many, rest) = (number / unit, number % unit);
    let head = format!("{}{word}", chinese_of(many));
    if rest == 0 {
        return head;
    }
    // An empty place is said, once.
    let gap = if rest < unit / 10 { "零" } else { "" };
    format!("{head}{gap}{}", chinese_of(rest))
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

fn english(number: i64) -> String {
    let text = english_of(number.unsigned_abs());
    if number < 0 {
        format!("minus {text}")
    } else {
        text
    }
}

fn english_of(number: u64) -> String {
    let of = |list: &[&'static str], place: u64| {
        let place = usize::try_from(place).ok();
        place
            .and_then(|place| list.get(place).copied())
            .unwrap_or_default()
    };
    if number < 20 {
        return of(&SMALL, number).to_owned();
    }
    if number < 100 {
        let tens = of(&TENS, number / 10);
        return match number % 10 {
            0 => tens.to_owned(),
            ones => format!("{tens}-{}", of(&SMALL, ones)),
        };
    }
    let units = [
        (1_000_000_000_000, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
        (1_000, "thousand"),
        (100, "hundred"),
    ];
    let (unit, word) = units
        .into_iter()
        .find(|(unit, _)| number >= *unit)
        .unwrap_or((100, "hundred"));
    let head = format!("{} {word}", english_of(number / unit));
    match number % unit {
        0 => head,
        rest => format!("{head} {}", english_of(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        for (number, zh, en) in [
            (0, "零", "zero"),
            (2, "两", "two"),
            (10, "十", "ten"),
            (12, "十二", "twelve"),
            (20, "二十", "twenty"),
            (22, "二十二", "twenty-two"),
            (100, "一百", "one hundred"),
            (105, "一百零五", "one hundred five"),
            (110, "一百一十", "one hundred ten"),
            (200, "二百", "two hundred"),
            (1_002, "一千零二", "one thousand two"),
            (1_010, "一千零一十", "one thousand ten"),
            (1_280, "一千二百八十", "one thousand two hundred eighty"),
            (2_000, "两千", "two thousand"),
            (2_202, "两千二百零二", "two thousand two hundred two"),
            (10_000, "一万", "ten thousand"),
            (12_000, "一万二千", "twelve thousand"),
            (20_002, "两万零二", "twenty thousand two"),
            (100_100, "十万零一百", "one hundred thousand one hundred"),
            (120_000, "十二万", "one hundred twenty thousand"),
            (
                999_999,
                "九十九万九千九百九十九",
                "nine hundred ninety-nine thousand nine hundred ninety-nine",
            ),
            (100_000_000, "一亿", "one hundred million"),
            (-45, "负四十五", "minus forty-five"),
        ] {
            assert_eq!(counted(Lang::Zh, number), zh);
            assert_eq!(counted(Lang::En, number), en);
        }
        assert_eq!(spelled(Lang::Zh, 2), "二");
        assert_eq!(spelled(Lang::Zh, 12), "十二");
        // No number is too big to be said.
        for number in [i64::MAX, i64::MIN] {
            for lang in [Lang::Zh, Lang::En] {
                assert!(counted(lang, number).chars().count() > 20);
            }
        }
    }
}
