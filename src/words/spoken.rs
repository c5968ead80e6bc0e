//! What is said aloud: one short text a prompt, numbers as words. No name, no card number, no PIN is ever
//! in one; a balance only where it was asked for.

use crate::domain::{Catalogue, CategoryCode, ItemCode, PassbookLine, Points, Prompt};
use crate::words::{Known, Say, counted, grouped, spelled};

/// Something to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Its id, and the name of its clip.
    pub id: String,
    /// Its words.
    pub text: String,
    /// A clip may stand for it.
    pub has_clip: bool,
}

/// Lines of the passbook that fit into the longest prompt.
const ENTRIES: usize = 2;

impl<'a> Say<'a> {
    /// The same sentences for the ear: numbers as words.
    #[must_use]
    pub const fn aloud(self) -> Self {
        Self {
            aloud: true,
            ..self
        }
    }

    /// Puts a prompt into words.
    pub fn spoken(self, prompt: &Prompt, known: Known<'_>) -> Spoken {
        let id = prompt.id();
        let text = self.aloud().prompt(&id, prompt, known);
        Spoken {
            has_clip: !prompt.is_personal(),
            id,
            text,
        }
    }

    fn prompt(self, id: &str, prompt: &Prompt, known: Known<'_>) -> String {
        let catalogue = known.catalogue;
        match prompt {
            Prompt::Idle
            | Prompt::IdleLost
            | Prompt::Home
            | Prompt::CalledOff
            | Prompt::Waiting
            | Prompt::Done
            | Prompt::Passbook
            | Prompt::Remember
            | Prompt::Pin
            | Prompt::Staff
            | Prompt::OutOfOrder
            | Prompt::Help => self.text(id),
            Prompt::Rewards(category) => {
                self.with(id, &[("category", self.category(catalogue, category))])
            }
            Prompt::Variants(item) => self.with(id, &[("item", self.reward(catalogue, item))]),
            Prompt::Quantity(wish) => self.with(
                id,
                &[(
                    "item",
                    &self.item(catalogue, &wish.item, wish.option.as_ref()),
                )],
            ),
            Prompt::Confirm(wish, total) => {
                let item = self.item(catalogue, &wish.item, wish.option.as_ref());
                let count = self.pieces(catalogue, &wish.item, wish.quantity);
                let points = self.figure(*total);
                let args = [("item", item), ("count", count), ("points", points)];
                self.with(id, &args.each_ref().map(|(k, v)| (*k, v.as_str())))
            }
            Prompt::Asking(secs) => self.with(id, &[("seconds", &self.count(*secs))]),
            // How many points someone has would follow from how many are missing.
            Prompt::Refused(refusal) if refusal.is("not-enough") => self.text("say-not-enough"),
            Prompt::Refused(refusal) => {
                let told = self.refusal(refusal, known);
                format!("{}{}{}", told.what, self.gap(), told.next)
            }
            Prompt::Balance(free, held) => {
                let some = if *held > Points::ZERO { "yes" } else { "no" };
                let (free, held) = (self.figure(*free), self.figure(*held));
                self.with(id, &[("free", &free), ("some", some), ("held", &held)])
            }
            Prompt::Change(before, after) => {
                let (before, after) = (self.figure(*before), self.figure(*after));
                self.with(id, &[("before", &before), ("after", &after)])
            }
            Prompt::Entries(lines) if lines.is_empty() => self.text("passbook-empty"),
            Prompt::Entries(lines) => {
                let lines = lines.iter().take(ENTRIES);
                let lines: Vec<String> = lines.map(|line| self.entry_of(id, line, known)).collect();
                lines.join(self.gap())
            }
        }
    }

    fn entry_of(self, id: &str, line: &PassbookLine, known: Known<'_>) -> String {
        let what = self.tell(&line.told, known);
        let way = if line.change < Points::ZERO {
            "out"
        } else {
            "in"
        };
        let change = counted(self.lang, line.change.get().saturating_abs());
        let after = self.figure(line.after);
        let args = [
            ("what", what.as_str()),
            ("way", way),
            ("change", &change),
            ("after", &after),
        ];
        self.with(id, &args)
    }

    /// What stands between two sentences.
    const fn gap(self) -> &'static str {
        match self.lang {
            crate::domain::Lang::Zh => "",
            crate::domain::Lang::En => " ",
        }
    }

    pub(super) fn category(self, catalogue: &'a Catalogue, code: &'a CategoryCode) -> &'a str {
        let found = catalogue
            .categories
            .iter()
            .find(|known| &known.code == code);
        found.map_or(code.as_str(), |found| found.name.get(self.lang))
    }

    pub(super) fn reward(self, catalogue: &'a Catalogue, code: &'a ItemCode) -> &'a str {
        let found = catalogue.item(code);
        found.map_or(code.as_str(), |found| found.name.get(self.lang))
    }

    /// Points: with commas for the eye, as words for the ear.
    pub(super) fn figure(self, points: Points) -> String {
        if self.aloud {
            counted(self.lang, points.get())
        } else {
            grouped(points)
        }
    }

    /// A number of things.
    pub(super) fn count(self, number: i64) -> String {
        if self.aloud {
            counted(self.lang, number)
        } else {
            number.to_string()
        }
    }

    /// A number that counts nothing.
    pub(super) fn plain(self, number: i64) -> String {
        if self.aloud {
            spelled(self.lang, number)
        } else {
            number.to_string()
        }
    }

    /// A time of day for the ear: 上午八点三十分.
    pub(super) fn time_aloud(self, part: &str, hour: u32, minute: u32) -> String {
        let minutes = match (minute, self.lang) {
            (0, _) => String::new(),
            (1..=9, crate::domain::Lang::Zh) => {
                format!("零{}分", spelled(self.lang, minute.into()))
            }
            (_, crate::domain::Lang::Zh) => format!("{}分", spelled(self.lang, minute.into())),
            (_, crate::domain::Lang::En) => format!(" {}", spelled(self.lang, minute.into())),
        };
        let hour = self.count(hour.into());
        let args = [("part", part), ("hour", &hour), ("minute", &minutes)];
        self.with("say-clock", &args)
    }
}
