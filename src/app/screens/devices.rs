//! The technician's screen of readers: what each sends, live. What it holds goes when it is left.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{Detective, PrinterSetup};
use crate::config::{ReaderFormat, ReaderSetting};
use crate::domain::{CardBits, CardId, Fact, Sighting, Text};
use crate::panel::{Body, Choice, Key, Line, OnCard, Panel, Place};
use crate::wire::{FrameFault, Raw, sent_text};
use std::collections::VecDeque;

/// So much is kept of what readers said: more than any screen shows.
const MOST_HEARD: usize = 16;

/// Something that a reader said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The reader's place in the config, from 0.
    pub index: usize,
    /// The card, or why it is none.
    pub read: Result<CardId, FrameFault>,
    /// The bytes that said so.
    pub raw: Raw,
    /// Monotonic milliseconds at which it was said.
    pub at_ms: i64,
}

impl Heard {
    /// What it says of a card, as the reader is configured.
    pub(super) fn sighting(&self, setting: &ReaderSetting) -> Sighting {
        let card = self.read.clone().ok();
        match setting.format {
            ReaderFormat::Em4100 => Sighting {
                card,
                bits: Some(CardBits::Chip),
                text: None,
            },
            ReaderFormat::Pn532 | ReaderFormat::Pcsc => Sighting {
                card,
                bits: Some(CardBits::Uid),
                text: None,
            },
            ReaderFormat::Lines | ReaderFormat::Gm65 | ReaderFormat::Wedge => Sighting {
                card,
                bits: setting
                    .line
                    .number
                    .and_then(|number| CardBits::of(number.form)),
                text: sent_text(self.raw.bytes(), &setting.line.prefix, &setting.line.suffix),
            },
        }
    }
}

/// The screen of readers, one a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    /// Which reader, its place in the config.
    pub page: usize,
    /// What was said, oldest first.
    pub heard: VecDeque<Heard>,
}

impl Devices {
    /// What the reader in front said, newest first, with the milliseconds since what it said before.
    pub fn shown(&self) -> Vec<(&Heard, Option<i64>)> {
        let own = self.heard.iter().filter(|heard| heard.index == self.page);
        let own: Vec<&Heard> = own.rev().collect();
        let before = own.iter().skip(1).map(|heard| Some(heard.at_ms));
        let gaps = own.iter().zip(before.chain([None]));
        gaps.map(|(heard, before)| (*heard, before.map(|at| heard.at_ms.saturating_sub(at))))
            .collect()
    }

    /// The buttons of the neighbours, each where there is one.
    fn neighbours(&self, readers: usize) -> impl Iterator<Item = Choice<Transition>> {
        let turn = |page| {
            let heard = self.heard.clone();
            Transition::change(Self { page, heard })
        };
        let before = self.page.checked_sub(1);
        let after = self.page.checked_add(1).filter(|page| *page < readers);
        let button = move |to: Option<usize>, digit, label, place| {
            let button = |page| Choice::new(Key::Digit(digit), Text::of(label), turn(page));
            to.map(|page| button(page).neutral().at(place))
        };
        let before = button(before, 8, "devices-before", Place::Before);
        let after = button(after, 9, "devices-after", Place::After);
        before.into_iter().chain(after)
    }

    /// Place, name and settings of the reader in front.
    fn title(&self, context: &Context<'_>, reader: &ReaderSetting) -> Text {
        let up = context.model.readers.get(self.page) == Some(&true);
        let state = Text::of(if up { "devices-up" } else { "devices-down" });
        let form = reader.line.number.map(|number| number.form.name());
        let how = [reader.format.name().to_owned(), reader.baud.to_string()];
        let how = how.into_iter().chain(form.map(str::to_owned));
        Text::of("devices-reader")
            .fact("place", Fact::many(self.page.saturating_add(1)))
            .fact("name", Fact::Foreign(reader.name.clone()))
            .fact("state", state.into())
            .fact("how", Text::row(how.map(Fact::Code)).into())
    }
}

impl State for Devices {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let readers = &context.config.station.readers;
        let mut panel = match readers.get(self.page) {
            Some(reader) => Panel::staff(self.title(context, reader), Body::Own),
            None => Panel::staff(
                Text::of("devices-none"),
                Body::Lines(vec![vec![Line::plain(Text::of("devices-none-do"))]]),
            ),
        };
        panel.card = OnCard::Looked;
        panel.pager = true;
        let panel = panel.with(self.neighbours(readers.len()));
        let detective = Transition::replace(Detective::default());
        let detective = Choice::new(Key::Digit(1), Text::of("devices-try"), detective);
        let panel = if readers.is_empty() {
            panel.gap()
        } else {
            panel.foot(detective)
        };
        let setup = PrinterSetup::new(context.config.printer.clone());
        panel.foot(Choice::new(
            Key::Digit(2),
            Text::of("check-printer"),
            Transition::replace(setup),
        ))
    }

    /// Keeps what was said and turns to its reader.
    fn heard(&mut self, heard: &Heard, _context: &Context<'_>) -> Transition {
        self.page = heard.index;
        if self.heard.len() >= MOST_HEARD {
            self.heard.pop_front();
        }
        self.heard.push_back(heard.clone());
        Transition::stay()
    }
}
