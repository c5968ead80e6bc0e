//! The card-format detective: one card at two readers. Which number is printed on it, and how a reader must be told
//! to read so that both give the same card.
//!
//! A form is proposed only where this one card proves it. A number that two forms explain, or that 24 bits would
//! explain as well, proves nothing: then another card is wanted, or another setting at the reader.

use crate::domain::{
    CardId, Form, NumberForm, NumberReading, forms_of_chip, forms_of_printed, forms_of_uid,
    is_short_number, names,
};

/// The highest number of 24 bits, and one more.
const SHORT_END: u64 = 1 << 24;
/// The forms that stand for one card each, decimal ones first: they are what is printed.
const FORMS: [NumberForm; 6] = [
    NumberForm::Dec10,
    NumberForm::Halves,
    NumberForm::Dec13,
    NumberForm::Dec12,
    NumberForm::Hex10,
    NumberForm::Uid,
];

/// What a reader knows of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardBits {
    /// All 40 bits of a 125 kHz card.
    Chip,
    /// The low 32 bits, as ten decimal digits.
    Low,
    /// The identifier of a 13.56 MHz card.
    Uid,
}

impl CardBits {
    /// What a number of this form holds.
    pub const fn of(form: NumberForm) -> Option<Self> {
        match form {
            NumberForm::Hex10 | NumberForm::Dec13 | NumberForm::Dec12 => Some(Self::Chip),
            NumberForm::Dec10 | NumberForm::Halves => Some(Self::Low),
            NumberForm::Uid => Some(Self::Uid),
            NumberForm::Dec8 | NumberForm::Site => None,
        }
    }

    fn forms(self, card: &CardId) -> Vec<Form> {
        match self {
            Self::Chip => forms_of_chip(card),
            Self::Low => forms_of_printed(card),
            Self::Uid => forms_of_uid(card),
        }
    }
}

/// A number that may be printed on the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardNumber {
    /// The form's name.
    pub form: &'static str,
    /// The number as it is printed.
    pub number: String,
    /// The numbers under which such a card is on file.
    pub ids: Vec<CardId>,
    /// What was known of the card.
    pub bits: CardBits,
}

impl CardNumber {
    /// Says whether a card, of which so much is known, is the one on which this is printed.
    ///
    /// Where only 32 bits were known, a whole chip that has them is it; else the card itself must be on file.
    fn is(&self, card: &CardId, bits: Option<CardBits>) -> bool {
        let whole = self.bits == CardBits::Low && bits == Some(CardBits::Chip);
        let low = if whole { low_of(card) } else { None };
        self.ids.contains(card) || low.is_some_and(|low| self.ids.contains(&low))
    }

    /// Says whether several cards share it.
    pub fn is_short(&self) -> bool {
        NumberForm::parse(self.form).is_some_and(NumberForm::is_short)
    }
}

/// Every number of a card that a reader gave as configured.
pub fn numbers_of(card: &CardId, bits: CardBits) -> Vec<CardNumber> {
    let forms = bits.forms(card);
    let low = forms.iter().find(|(form, _)| *form == "8H10D").cloned();
    let number = |(form, number): Form| {
        let on_file = match form {
            "8H10D-no-zeros" | "4H+4H" => low.as_ref().map(|(_, number)| number.clone()),
            "13D" | "12D" | "6H8D" | "2H+4H" => None,
            _ => Some(number.clone()),
        };
        let mut ids = vec![card.clone()];
        let printed = on_file.and_then(|number| CardId::parse(&number));
        ids.extend(printed.filter(|printed| printed != card));
        CardNumber {
            form,
            number,
            ids,
            bits,
        }
    };
    forms.into_iter().map(number).collect()
}

/// Every number of the cards for which a text may stand whose form nobody has named yet.
pub fn numbers_in(text: &str) -> Vec<CardNumber> {
    let mut numbers: Vec<CardNumber> = Vec::new();
    for (reading, card) in readings(text, true)
        .into_iter()
        .chain(readings(text, false))
    {
        let Some(bits) = CardBits::of(reading.form) else {
            continue;
        };
        for number in numbers_of(&card, bits) {
            let common = matches!(number.form, "8H10D" | "4H+4H" | "13D" | "10H" | "UID");
            let known = numbers.iter().any(|known| known.number == number.number);
            if common && !known {
                numbers.push(number);
            }
        }
    }
    numbers
}

/// Every reading under which a text is a number of one card, with that card.
fn readings(text: &str, zeros: bool) -> Vec<(NumberReading, CardId)> {
    // A reader that drops zeros sends none in front.
    let padded = |part: &str| part.len() > 1 && part.starts_with('0');
    if !zeros && text.split([',', ' ']).any(padded) {
        return Vec::new();
    }
    let turns = [false, true];
    let all = FORMS.into_iter().flat_map(|form| {
        turns.map(|reversed| NumberReading {
            form,
            reversed,
            zeros,
        })
    });
    // Without zeros 12 digits are a case of 13, and an identifier never loses any.
    let own = |reading: &NumberReading| {
        zeros || !matches!(reading.form, NumberForm::Dec12 | NumberForm::Uid)
    };
    all.filter(own)
        .filter_map(|reading| Some((reading, reading.read(text).ok()?)))
        .collect()
}

names! {
    /// Why one card shows no form.
    pub enum CardMiss {
        /// The reader sends 24 bits, which several cards share.
        Short = "short",
        /// The reader sends 32 bits, and on file are the 40 that are printed.
        Fewer = "fewer",
        /// Several forms explain this card: another one tells more.
        Ambiguous = "ambiguous",
        /// No form makes it this card: it is another one, or a form that nobody knows.
        Other = "other",
    }
}

/// Finds how a text must be read to be the card on which this is printed.
///
/// # Errors
/// Why this card does not show it.
pub fn find_reading(text: &str, printed: &CardNumber) -> Result<NumberReading, CardMiss> {
    if is_short_number(text) {
        return Err(CardMiss::Short);
    }
    for zeros in [true, false] {
        let all = readings(text, zeros).into_iter();
        let hits = all.filter(|(reading, card)| printed.is(card, CardBits::of(reading.form)));
        let mut hits: Vec<NumberReading> = hits.map(|(reading, _)| reading).collect();
        if hits.iter().any(|hit| hit.form == NumberForm::Dec10) {
            // Of 32 bits a reader of 40 would soon send more, and be refused; the other way round it would be believed.
            hits.retain(|hit| zeros || hit.form != NumberForm::Dec13);
        }
        match hits.as_slice() {
            [] => {}
            [_] if !zeros && is_small(text) => return Err(CardMiss::Ambiguous),
            [reading] => return Ok(*reading),
            [_, _, ..] => return Err(CardMiss::Ambiguous),
        }
    }
    Err(if is_short_of(text, &printed.ids) {
        CardMiss::Short
    } else if is_low_of(text, &printed.ids) {
        CardMiss::Fewer
    } else {
        CardMiss::Other
    })
}

/// The low 32 bits of a chip as they are printed.
fn low_of(chip: &CardId) -> Option<CardId> {
    let forms = forms_of_chip(chip);
    let low = forms.into_iter().find(|(form, _)| *form == "8H10D")?;
    CardId::parse(&low.1)
}

/// Says whether a number without zeros in front could as well be one of 24 bits.
fn is_small(text: &str) -> bool {
    if let Some((high, _)) = text.split_once([',', ' ']) {
        return high.len() <= 3 && high.parse::<u64>().is_ok_and(|high| high <= 0xFF);
    }
    let radix = if text.bytes().all(|b| b.is_ascii_digit()) {
        10
    } else {
        16
    };
    u64::from_str_radix(text, radix).is_ok_and(|number| number < SHORT_END)
}

/// Says whether a text is the 24-bit number of one of these cards.
fn is_short_of(text: &str, ids: &[CardId]) -> bool {
    let forms = ids
        .iter()
        .flat_map(|id| [CardBits::Chip, CardBits::Low].map(|bits| bits.forms(id)));
    let short = |(form, number): &Form| {
        let dropped = number.trim_start_matches('0');
        matches!(*form, "6H8D" | "2H+4H") && (number == text || dropped == text)
    };
    forms.flatten().any(|form| short(&form))
}

/// Says whether a text is the 32-bit number of one of these cards, of which 40 bits are on file.
fn is_low_of(text: &str, ids: &[CardId]) -> bool {
    let low: Vec<CardId> = ids.iter().filter_map(low_of).collect();
    let all = [true, false].map(|zeros| readings(text, zeros));
    all.iter().flatten().any(|(_, card)| low.contains(card))
}

/// One card at one reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sighting {
    /// The card as the reader gives it now; `None` where it is none.
    pub card: Option<CardId>,
    /// What the reader knows of it, where its config says so.
    pub bits: Option<CardBits>,
    /// The number as it was sent, where the config can say how to read it.
    pub text: Option<String>,
}

impl Sighting {
    /// The numbers that may be printed on this card.
    pub fn numbers(&self) -> Vec<CardNumber> {
        match (&self.card, self.bits, &self.text) {
            (Some(card), Some(bits), _) => numbers_of(card, bits),
            (_, _, Some(text)) => numbers_in(text),
            _ => Vec::new(),
        }
    }

    /// Says whether the reader gives the card that this number is printed on.
    pub fn is(&self, printed: &CardNumber) -> bool {
        let card = self.card.as_ref();
        card.is_some_and(|card| printed.is(card, self.bits))
    }
}

/// What two sightings of one card come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both readers give the same card.
    Same,
    /// One of them must be told how to read.
    Read {
        /// It is the first one.
        first: bool,
        /// How.
        reading: NumberReading,
    },
    /// It cannot be told.
    Miss(CardMiss),
}

/// Compares one card at two readers, of which the first gave the number that is printed on it.
pub fn compare(first: &Sighting, printed: &CardNumber, second: &Sighting) -> Verdict {
    let told = |first, found: Result<NumberReading, CardMiss>| match found {
        Ok(reading) => Verdict::Read { first, reading },
        Err(miss) => Verdict::Miss(miss),
    };
    if let (Some(text), false) = (&first.text, first.is(printed)) {
        return told(true, find_reading(text, printed));
    }
    if second.is(printed) {
        return Verdict::Same;
    }
    if let Some(text) = &second.text {
        return told(false, find_reading(text, printed));
    }
    match (&first.text, &second.card, second.bits) {
        (Some(text), Some(card), Some(bits)) => {
            let numbers = numbers_of(card, bits).into_iter();
            let mut numbers = numbers.filter(|number| matches!(number.form, "8H10D" | "UID"));
            let found = numbers.find_map(|number| find_reading(text, &number).ok());
            told(true, found.ok_or(CardMiss::Other))
        }
        _ => Verdict::Miss(CardMiss::Other),
    }
}
