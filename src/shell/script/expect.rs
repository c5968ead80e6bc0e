//! What a script expects, from the screen and from the disk.

use crate::domain::CardId;
use crate::shell::script::Player;
use crate::shell::script::claim::{Bundles, Expectation, single_spaced};
use crate::shell::script::step::Failed;
use crate::shell::script::world::bundles;
use crate::view::{Button, Tone};
use serde_json::{Map, Value};

impl Player {
    pub(super) fn expect(&mut self, expectation: &Expectation) -> Result<(), Failed> {
        let page = self.page();
        let lines = page.to_lines(self.area);
        // A balance is painted out of blocks, but a person reads a number.
        let shown = |text: &str| {
            lines
                .iter()
                .any(|line| single_spaced(line).contains(&single_spaced(text)))
                || page.figures().any(|figure| figure.contains(text))
        };
        let screen = || lines.join("\n");
        let (want, found) = match expectation {
            Expectation::Shown(text) => (format!("`{text}` on the screen"), screen()),
            Expectation::NotShown(text) => (format!("no `{text}` on the screen"), screen()),
            Expectation::Points(card, want) => (format!("{want} points"), self.points(card)?),
            Expectation::Holds(want) => (format!("{want} open holds"), self.holds()?),
            Expectation::Last(want) => (want.clone(), self.last()?),
            Expectation::Op(kind, want) => self.op(kind, want)?,
            Expectation::Sql(query, want) => (want.clone(), self.ask(query)?),
            Expectation::Paper(text) => {
                let paper = self.printer.slips.last().cloned();
                (format!("`{text}` on paper"), paper.unwrap_or_default())
            }
            Expectation::Slips(want) => {
                let found = self.printer.slips.len();
                (format!("{want} slips"), format!("{found} slips"))
            }
            Expectation::Heard(text) => (format!("`{text}` to be heard"), self.said.clone()),
            Expectation::Pressed(label) => (format!("pressed {label}"), self.pressed()),
            Expectation::Released => ("nothing pressed".to_owned(), self.pressed()),
            Expectation::Screen(want) => (want.clone(), self.screen_name()?),
            Expectation::Theme(want) => (want.clone(), self.theme_name()?),
            Expectation::Look(card, want) => (want.clone(), self.kept_look(card)?),
            Expectation::Outbox(want) => compared(want, &bundles(&self.data.join("outbox"))?),
            Expectation::Sink(name, want) => {
                compared(want, &self.world.at_sink(&self.config, name)?)
            }
        };
        let as_wanted = match expectation {
            Expectation::Shown(text) => shown(text),
            Expectation::NotShown(text) => !shown(text),
            Expectation::Heard(text) => found.contains(text),
            Expectation::Paper(text) => found
                .lines()
                .any(|line| single_spaced(line).contains(&single_spaced(text))),
            Expectation::Points(..)
            | Expectation::Holds(_)
            | Expectation::Last(_)
            | Expectation::Op(..)
            | Expectation::Sql(..)
            | Expectation::Slips(_)
            | Expectation::Pressed(_)
            | Expectation::Released
            | Expectation::Screen(_)
            | Expectation::Theme(_)
            | Expectation::Look(..)
            | Expectation::Outbox(_)
            | Expectation::Sink(..) => want == found,
        };
        if as_wanted {
            return Ok(());
        }
        Err(format!("want {want}; found\n{found}").into())
    }

    /// What the disk says of a card's account.
    fn points(&mut self, card: &str) -> Result<String, Failed> {
        let card = CardId::parse(card).ok_or("no card number")?;
        let store = self.station()?.store();
        let found = store.statement_by_card(&card)?;
        Ok(found.map_or_else(
            |refusal| refusal.code().to_owned(),
            |found| format!("{} points", found.free),
        ))
    }

    fn holds(&mut self) -> Result<String, Failed> {
        let store = self.station()?.store();
        let holds = store.open_holds()?;
        Ok(format!("{} open holds", holds.len()))
    }

    /// The button that looks pressed.
    fn pressed(&self) -> String {
        let page = self.touch.pressed(self.now.mono_ms).map(|(page, _)| page);
        let is_pressed = |button: &&Button| button.tone == Tone::Pressed;
        let button = page.and_then(|page| page.buttons().find(is_pressed));
        button.map_or_else(
            || "nothing pressed".to_owned(),
            |button| format!("pressed {}", button.label),
        )
    }

    /// The name of the screen in front, from the model.
    pub(super) fn screen_name(&mut self) -> Result<String, Failed> {
        let station = self.station()?;
        let name = station.model.screen.name().to_owned();
        let in_front = if station.model.asking_until_ms.is_some() {
            "asking"
        } else if station.model.notice.is_some() {
            "notice"
        } else {
            return Ok(name);
        };
        Ok(in_front.to_owned())
    }

    fn theme_name(&mut self) -> Result<String, Failed> {
        let station = self.station()?;
        Ok(station.model.theme.name().to_owned())
    }

    /// What the disk says of the look kept with a card's account.
    fn kept_look(&mut self, card: &str) -> Result<String, Failed> {
        let card = CardId::parse(card).ok_or("no card number")?;
        let store = self.station()?.store();
        let found = store.statement_by_card(&card)?;
        let look = found.map_err(|refusal| refusal.code().to_owned())?.look;
        Ok(look.map_or_else(
            || "none".to_owned(),
            |look| {
                let covers = if look.covers { " covered" } else { "" };
                format!("{} {}{covers}", look.lang.name(), look.theme.name())
            },
        ))
    }

    fn ask(&mut self, query: &str) -> Result<String, Failed> {
        Ok(self.station()?.store().ask(query)?)
    }

    /// What is wanted of the newest operation of a kind, and what it has of that.
    fn op(&mut self, kind: &str, want: &Map<String, Value>) -> Result<(String, String), Failed> {
        let newest = self.station()?.store().newest(kind)?;
        let newest = newest.ok_or_else(|| format!("no operation of the kind {kind}"))?;
        let own = want.keys().filter_map(|key| {
            let value = newest.get(key)?;
            Some((key.clone(), value.clone()))
        });
        let found = Value::Object(own.collect());
        Ok((Value::Object(want.clone()).to_string(), found.to_string()))
    }

    fn last(&mut self) -> Result<String, Failed> {
        let store = self.station()?.store();
        let last = store.last_operations(1)?;
        Ok(last.first().map_or("", |past| past.kind.name()).to_owned())
    }
}

/// What is wanted and what was found of bundles, in words that are alike when it is the same.
fn compared(want: &Bundles, found: &[String]) -> (String, String) {
    let all = found.join(" ");
    match want {
        Bundles::Count(want) if *want == found.len() => (all.clone(), all),
        Bundles::Count(want) => (format!("{want} bundles"), all),
        Bundles::Ranges(want) => (want.join(" "), all),
    }
}
