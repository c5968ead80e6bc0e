//! The one renderer of sentences that come as data.

use crate::domain::{
    Catalogue, Fact, Finding, Lang, Period, Points, Rule, RuleUnit, Text, is_ambiguous_letter,
    mask_name,
};
use crate::words::{Say, Words, local_time, station_time};
use chrono::{Datelike as _, NaiveDate};
use unicode_width::UnicodeWidthChar as _;

/// What stands for a balance while it is covered.
const COVERED: &str = "***";

/// What the renderer knows beside the words.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The names of rewards and of their groups.
    pub catalogue: &'a Catalogue,
    /// The names of rules.
    pub rules: &'a [Rule],
    /// Balances are not to be seen.
    pub covered: bool,
}

impl<'a> Known<'a> {
    /// A station's names, with balances to be seen.
    pub const fn new(catalogue: &'a Catalogue, rules: &'a [Rule]) -> Self {
        Self {
            catalogue,
            rules,
            covered: false,
        }
    }
}

impl Say<'_> {
    /// Puts a sentence into words.
    pub fn tell(&self, text: &Text, known: Known<'_>) -> String {
        self.told(text.id, &text.facts, known)
    }

    /// Puts a message and its facts into words.
    pub(super) fn told(&self, id: &str, facts: &[(&str, Fact)], known: Known<'_>) -> String {
        let facts: Vec<(&str, String)> = facts
            .iter()
            .map(|(name, fact)| (*name, self.fact(fact, known)))
            .collect();
        let beside = match id {
            Text::ROW => Some(" "),
            Text::APART => Some("  "),
            _ => None,
        };
        if let Some(gap) = beside {
            let words = facts
                .into_iter()
                .filter(|(name, text)| name.is_empty() && !text.is_empty());
            let words: Vec<String> = words.map(|(_, text)| text).collect();
            return words.join(gap);
        }
        let args: Vec<(&str, &str)> = facts.iter().map(|(k, v)| (*k, v.as_str())).collect();
        self.with(id, &args)
    }

    fn fact(&self, fact: &Fact, known: Known<'_>) -> String {
        match fact {
            Fact::Balance(_) if known.covered => COVERED.to_owned(),
            Fact::Points(points) | Fact::Balance(points) => self.figure(*points),
            Fact::Change(points) => {
                let sign = if *points > Points::ZERO { "+" } else { "" };
                format!("{sign}{}", self.figure(*points))
            }
            Fact::Count(number) => self.count(*number),
            Fact::Name(name) => mask_name(name),
            Fact::Reward(code) => self.reward(known.catalogue, code).to_owned(),
            Fact::Item(item, option) => self.item(known.catalogue, item, option.as_ref()),
            Fact::Category(code) => self.category(known.catalogue, code).to_owned(),
            Fact::Rule(code) => {
                let rule = known.rules.iter().find(|rule| &rule.code == code);
                rule.map_or(code.as_str(), |rule| rule.name.get(self.lang))
                    .to_owned()
            }
            Fact::Times(code, count) => {
                let rule = known.rules.iter().find(|rule| &rule.code == code);
                let unit = rule.map_or(RuleUnit::Time, |rule| rule.unit).name();
                let count = self.count(*count);
                self.with("rule-times", &[("unit", unit), ("count", &count)])
            }
            Fact::Degree(code, place) => {
                let rule = known.rules.iter().find(|rule| &rule.code == code);
                let degree = rule.and_then(|rule| rule.degree(*place));
                degree.map_or_else(String::new, |degree| degree.name.get(self.lang).to_owned())
            }
            Fact::Pieces(code, count) => self.pieces(known.catalogue, code, *count),
            Fact::Named(name) => name.get(self.lang).to_owned(),
            Fact::Kind(kind) => self.kind(*kind),
            Fact::Day(day) => self.day(*day),
            Fact::Date(wall_ms) => station_time(*wall_ms).map_or_else(String::new, |wall| {
                format!("{}/{}", wall.month(), wall.day())
            }),
            Fact::Clock(wall_ms) => station_time(*wall_ms)
                .map_or_else(String::new, |wall| wall.format("%-H:%M").to_string()),
            Fact::Moment(wall_ms) => {
                station_time(*wall_ms).map_or_else(String::new, |wall| self.moment(&wall))
            }
            Fact::Time(wall_ms) => local_time(*wall_ms).chars().take(16).collect(),
            Fact::Opening(opening) => opening
                .as_ref()
                .map_or_else(|| "unknown".to_owned(), |opening| self.opening(opening)),
            Fact::Period(period) => self.period(*period),
            // A number to be looked up: no commas, also for the ear digit words.
            Fact::Seq(seq) => self.plain(seq.get()),
            Fact::Code(code) => code.clone(),
            Fact::Wide(code) => wide(code),
            Fact::Foreign(text) => plain(text),
            Fact::Finding(finding) => self.found(finding),
            Fact::Remedy(finding) => {
                let remedy = self.finding(finding).remedy;
                plain(&self.with("checkup-do", &[("remedy", &remedy)]))
            }
            Fact::Message(id) => self.text(id),
            Fact::Variant(variant) => (*variant).to_owned(),
            Fact::Text(text) => self.tell(text, known),
        }
    }

    /// How bad it is, what was looked at, and what was found.
    fn found(&self, finding: &Finding) -> String {
        let advice = self.finding(finding);
        let args = [
            ("check", advice.check.as_str()),
            ("sentence", advice.sentence.as_str()),
        ];
        let state = self.health(finding.health());
        plain(&format!("{state} {}", self.with("checkup-line", &args)))
    }

    fn day(&self, day: NaiveDate) -> String {
        let (month, day) = (i64::from(day.month()), i64::from(day.day()));
        let (month, day) = (self.plain(month), self.plain(day));
        self.with("day", &[("month", &month), ("day", &day)])
    }

    fn period(&self, period: Period) -> String {
        self.text(match period {
            Period::Day => "period-day",
            Period::Week => "period-week",
            Period::Month => "period-month",
            Period::Year => "period-year",
        })
    }
}

thread_local! {
    static WORDS: Words = Words::new();
}

/// A sentence by itself, where no names of rewards and rules are known.
pub fn told(text: &Text, lang: Lang) -> String {
    let names = Catalogue::default();
    WORDS.with(|words| words.say(lang).tell(text, Known::new(&names, &[])))
}

/// Words of others without what terminals disagree about.
pub fn plain(text: &str) -> String {
    let safe =
        |c: char| c.width().is_some() && c.width() == c.width_cjk() && !is_ambiguous_letter(c);
    text.chars()
        .map(|c| if safe(c) { c } else { '?' })
        .collect()
}

/// The full-width forms of letters and digits: as wide as a Hanzi, in every Chinese font.
fn wide(text: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c).saturating_add(0xFEE0)).unwrap_or(c),
        other => other,
    };
    text.chars().map(wide).collect()
}
