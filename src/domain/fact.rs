//! A sentence as data: which message of `words`, and the facts in it.
//!
//! Whoever decides says what is to be told; one renderer in `words` knows how: it masks names, groups digits, covers
//! balances and speaks numbers as words.

use crate::domain::{
    Bilingual, CategoryCode, Finding, ItemCode, Kind, Opening, OptionCode, Period, Points,
    RuleCode, Seq, Wish,
};
use chrono::NaiveDate;
use std::fmt::Display;

/// A message of `words` with its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The message's id.
    pub id: &'static str,
    /// The facts by the names that the message gives them.
    pub facts: Vec<(&'static str, Fact)>,
}

/// Something that a sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Points that something costs, earns or moves.
    Points(Points),
    /// Points of a person; hidden while the balance is covered.
    Balance(Points),
    /// Points that came or went, with their sign.
    Change(Points),
    /// How many of something.
    Count(i64),
    /// A person's full name; it is always shown masked.
    Name(String),
    /// A reward.
    Reward(ItemCode),
    /// A reward with its variant.
    Item(ItemCode, Option<OptionCode>),
    /// A group of rewards.
    Category(CategoryCode),
    /// A rule of the rule book.
    Rule(RuleCode),
    /// So many times, hours, days or months, as a rule counts.
    Times(RuleCode, i64),
    /// The degree at a place, from 1, by which a rule gives its points.
    Degree(RuleCode, i64),
    /// So many pieces of a reward, as one counts it.
    Pieces(ItemCode, i64),
    /// A name that the config has in both languages.
    Named(Bilingual),
    /// A calendar day.
    Day(NaiveDate),
    /// Month and day of a moment of the ledger, in milliseconds since 1970.
    Date(i64),
    /// Hour and minute of such a moment, in figures.
    Clock(i64),
    /// Day and time of such a moment, in words.
    Moment(i64),
    /// A moment of the ledger, in milliseconds since 1970.
    Time(i64),
    /// When a door opens; `None` where nobody knows.
    Opening(Option<Opening>),
    /// A period of a limit or a cap.
    Period(Period),
    /// A place in the log.
    Seq(Seq),
    /// A kind of operation, by its name.
    Kind(Kind),
    /// A code or another machine word, as it stands.
    Code(String),
    /// The same in signs twice as wide.
    Wide(String),
    /// Words of others; what terminals disagree about is left out.
    Foreign(String),
    /// What a check-up found.
    Finding(Box<Finding>),
    /// What to do about it.
    Remedy(Box<Finding>),
    /// A message without facts, whose id is put together.
    Message(String),
    /// Which variant of the message it is; nobody reads it.
    Variant(&'static str),
    /// A sentence inside the sentence.
    Text(Box<Text>),
}

impl Text {
    /// The id of facts that stand side by side without a message.
    pub const ROW: &'static str = "(row)";
    /// The same, wider apart.
    pub const APART: &'static str = "(apart)";

    /// Facts side by side; empty ones take no room.
    pub fn row(facts: impl IntoIterator<Item = Fact>) -> Self {
        let facts = facts.into_iter().map(|fact| ("", fact)).collect();
        let id = Self::ROW;
        Self { id, facts }
    }

    /// Two texts, wider apart than words are.
    pub fn apart(first: Self, second: Self) -> Self {
        let facts = [first, second].map(|text| ("", Fact::from(text)));
        Self {
            id: Self::APART,
            facts: facts.into(),
        }
    }

    /// A message without facts, whose id is put together.
    pub fn message(id: String) -> Self {
        Self::row([Fact::Message(id)])
    }

    /// A machine's words, as they stand.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self::row([Fact::Code(text.into())])
    }

    /// A message without facts.
    pub const fn of(id: &'static str) -> Self {
        let facts = Vec::new();
        Self { id, facts }
    }

    /// The code of the reward or the rule that it speaks of.
    pub fn code(&self) -> Option<&str> {
        self.facts.iter().find_map(|(_, fact)| {
            if let Fact::Reward(code) | Fact::Item(code, _) = fact {
                Some(code.as_str())
            } else if let Fact::Rule(code) | Fact::Times(code, _) = fact {
                Some(code.as_str())
            } else if let Fact::Text(text) = fact {
                text.code()
            } else {
                None
            }
        })
    }

    /// The same with one more fact.
    #[must_use]
    pub fn fact(mut self, name: &'static str, fact: Fact) -> Self {
        self.facts.push((name, fact));
        self
    }

    /// Says whether it has a fact of this name.
    pub fn has(&self, name: &str) -> bool {
        self.facts.iter().any(|(known, _)| *known == name)
    }

    /// The same with a machine's word, a path or a number, as it stands.
    #[must_use]
    pub fn word(self, name: &'static str, what: impl Display) -> Self {
        self.fact(name, Fact::Code(what.to_string()))
    }

    /// The same with `points`.
    #[must_use]
    pub fn points(self, points: Points) -> Self {
        self.fact("points", Fact::Points(points))
    }

    /// The same with `count`.
    #[must_use]
    pub fn count(self, count: i64) -> Self {
        self.fact("count", Fact::Count(count))
    }

    /// The same with `many`: whether it is one, for messages that say so.
    #[must_use]
    pub fn many(self, count: i64) -> Self {
        let many = if count == 1 { "one" } else { "many" };
        self.fact("many", Fact::Variant(many))
    }

    /// The same with `name`, which is shown masked.
    #[must_use]
    pub fn name(self, name: &str) -> Self {
        self.fact("name", Fact::Name(name.to_owned()))
    }

    /// The same with `item`: a reward and its variant.
    #[must_use]
    pub fn item(self, wish: &Wish) -> Self {
        self.fact("item", Fact::item(wish))
    }

    /// The same with `item`: a reward, whatever its variant.
    #[must_use]
    pub fn reward(self, item: &ItemCode) -> Self {
        self.fact("item", Fact::Reward(item.clone()))
    }

    /// The same with `count`: so many pieces of a reward.
    #[must_use]
    pub fn pieces(self, item: &ItemCode, count: i64) -> Self {
        self.fact("count", Fact::Pieces(item.clone(), count))
    }

    /// The same with `rule`.
    #[must_use]
    pub fn rule(self, rule: &RuleCode) -> Self {
        self.fact("rule", Fact::Rule(rule.clone()))
    }

    /// The same with `page`, counted from 1, and `pages`; a page counted from 0 comes in.
    #[must_use]
    pub fn page(self, page: usize, pages: usize) -> Self {
        self.fact("page", Fact::many(page.saturating_add(1)))
            .fact("pages", Fact::many(pages))
    }

    /// The same with `seq`.
    #[must_use]
    pub fn seq(self, seq: Seq) -> Self {
        self.fact("seq", Fact::Seq(seq))
    }
}

impl Fact {
    /// How many entries, pages or the like.
    pub fn many(number: usize) -> Self {
        Self::Count(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A reward with its variant.
    pub fn item(wish: &Wish) -> Self {
        Self::Item(wish.item.clone(), wish.option.clone())
    }
}

impl From<Text> for Fact {
    fn from(text: Text) -> Self {
        Self::Text(Box::new(text))
    }
}
