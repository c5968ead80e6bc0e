//! Whether an answer is right: each is judged by the whole config that it would make, so that `wenming check` says the same.

use super::answered::{Answers, BETWEEN, NONE};
use super::questions::{Found, Offer, QUESTIONS, Question, Way};
use super::texts::texts;
use crate::config::{Published, parse};
use crate::domain::{CardId, Shared, clean};

/// The most characters of an answer that are looked at.
const MAX_ANSWER: usize = 400;

impl Question {
    /// An answer as it is kept, empty where the question is left out.
    ///
    /// # Errors
    /// The sentence that says what would be right.
    pub(super) fn take(
        &self,
        typed: &str,
        answers: &Answers,
        found: &Found,
    ) -> Result<String, &'static str> {
        let text = match self.way {
            Way::Name => clean(typed, MAX_ANSWER),
            Way::Word | Way::List | Way::Badge | Way::Pin => clean(&narrow(typed), MAX_ANSWER),
        };
        let text = if text.is_empty() {
            self.usual(answers, found).ok_or(self.right)?
        } else {
            text
        };
        if text == NONE {
            return if self.may {
                Ok(String::new())
            } else {
                Err(self.right)
            };
        }
        let text = self.chosen(&text, found).ok_or(self.right)?;
        if self.way == Way::Badge {
            badge_fault(self, &text, answers)?;
        }
        let mut with = answers.clone();
        with.set(self.key, text.clone());
        with.fill(found);
        let config = parse(texts(&with).sources()).map_err(|_| self.right)?;
        let published = Published::of(&config);
        if !published.badges.is_empty() {
            return Err("init-badge-published");
        }
        if !published.pins.is_empty() {
            return Err("pin-published");
        }
        Ok(text)
    }

    /// Numbers are put for what they choose.
    fn chosen(&self, text: &str, found: &Found) -> Option<String> {
        let offered = self.offered(found);
        let one = |word: &str| {
            let place = word.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            place
                .and_then(|place| offered.get(place))
                .map_or_else(|| word.to_owned(), Clone::clone)
        };
        if self.offer != Offer::Partners {
            return Some(one(text));
        }
        let words =
            text.split(|c: char| c.is_whitespace() || ",、".contains(c) || BETWEEN.contains(&c));
        let words: Vec<String> = words.filter(|word| !word.is_empty()).map(one).collect();
        words
            .iter()
            .all(|word| offered.contains(word))
            .then(|| words.join(";"))
    }
}

/// What is wrong with a badge that no single field tells.
fn badge_fault(question: &Question, number: &str, answers: &Answers) -> Result<(), &'static str> {
    let badge = CardId::parse(number).ok_or(question.right)?;
    if Shared::of_text(&badge).is_some() {
        return Err("init-badge-shared");
    }
    let others = QUESTIONS
        .iter()
        .filter(|other| other.way == Way::Badge && other.key != question.key);
    let taken = others
        .filter_map(|other| CardId::parse(answers.get(other.key)))
        .any(|other| other == badge);
    if taken {
        Err("init-badge-taken")
    } else {
        Ok(())
    }
}

impl Answers {
    /// Puts for every question without an answer what usually is one, so that the whole can be judged.
    pub(super) fn fill(&mut self, found: &Found) {
        for question in &QUESTIONS {
            if self.has(question.key) || !question.is_asked(self) {
                continue;
            }
            let text = if question.may {
                String::new()
            } else {
                let usual = question.usual(self, found);
                usual.unwrap_or_else(|| question.stand_in.to_owned())
            };
            self.set(question.key, text);
        }
    }
}

/// Wide letters, digits and signs of a Chinese keyboard as plain ones.
fn narrow(text: &str) -> String {
    let plain = |c: char| match c {
        '！'..='～' => u32::from(c)
            .checked_sub(0xFEE0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        '　' => ' ',
        '。' => '.',
        c => c,
    };
    text.chars().map(plain).collect()
}
