//! What a recording announced, and when: on the screen, in the log of events, on paper, by a command.
#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "an announcement that cannot be read must not be passed over; most events announce nothing"
)]

use super::trace::Event;
use crate::harness::SMALL;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU16;
use wenming::domain::{ExportNews, SinkState};

/// Where the log of events and the printer's paper lie.
const LOG: &str = "data/log/events.play";
pub(super) const PAPER: &str = "paper.bin";
/// What begins a slip: `ESC @`.
const BEGINS: &[u8] = b"\x1b@";

/// A slip on paper: its place in the log, and how often that came out before.
pub(super) type Slip = (i64, usize);

/// Something that must be true from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// An operation of this kind, its place in the log, the beginning of its hash.
    Booked(String, i64, String),
    /// The first byte of a slip went to the printer.
    Begun(Slip),
    /// Its last byte did.
    Whole(Slip),
    /// A bundle of this name is in the outbox and recorded.
    Exported(String),
    /// All these bundles are at the sink.
    Delivered,
    /// A command said that it was done.
    Done(&'static str),
}

/// All that was announced up to a moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// Kind and mark of each operation.
    pub(super) booked: BTreeMap<i64, (String, String)>,
    pub(super) begun: BTreeSet<Slip>,
    pub(super) whole: BTreeSet<Slip>,
    pub(super) exported: BTreeSet<String>,
    pub(super) delivered: BTreeSet<String>,
    pub(super) done: BTreeSet<&'static str>,
}

impl Told {
    /// What was announced before the event of this number.
    pub(super) fn before(facts: &[(usize, Fact)], moment: usize) -> Self {
        let mut told = Self::default();
        for (_, fact) in facts.iter().filter(|(when, _)| *when < moment) {
            match fact.clone() {
                Fact::Booked(kind, seq, mark) => {
                    let known = told.booked.insert(seq, (kind.clone(), mark.clone()));
                    // The screen and the log say the same.
                    assert!(known.is_none_or(|known| known == (kind, mark)), "{seq}");
                }
                Fact::Begun(slip) => drop(told.begun.insert(slip)),
                Fact::Whole(slip) => drop(told.whole.insert(slip)),
                Fact::Exported(file) => drop(told.exported.insert(file)),
                Fact::Delivered => told.delivered.clone_from(&told.exported),
                Fact::Done(what) => drop(told.done.insert(what)),
            }
        }
        told
    }
}

/// Whether words are a mark: eight digits in hex.
fn is_mark(word: &str) -> bool {
    word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `# post 1546 0b745993` in the log.
fn booked(line: &str) -> Option<Fact> {
    let mut words = line.strip_prefix("# ")?.split_whitespace();
    let (kind, seq, mark) = (words.next()?, words.next()?, words.next()?);
    let is_all = is_mark(mark) && words.next().is_none();
    is_all.then_some(())?;
    Some(Fact::Booked(
        kind.to_owned(),
        seq.parse().ok()?,
        mark.to_owned(),
    ))
}

/// `# export: Written(BundleNote { seq: …, file: "…", …` and `# export: Sink { index: 0, state: Done }` in the log; a command says
/// `VPB1-….tar.zst: 3 operations, …` and `share: everything is there`.
fn exported(line: &str) -> Option<Fact> {
    let (index, state) = (0, SinkState::Done);
    let sent = format!("# export: {:?}", ExportNews::Sink { index, state });
    if line == sent || line == "share: everything is there" {
        return Some(Fact::Delivered);
    }
    if let Some((file, _)) = line.split_once(": ").filter(|_| line.starts_with("VPB1-")) {
        return Some(Fact::Exported(file.to_owned()));
    }
    let (_, rest) = line.split_once("# export: Written(")?;
    let (_, rest) = rest.split_once("file: \"")?;
    let (file, _) = rest.split_once('"')?;
    Some(Fact::Exported(file.to_owned()))
}

/// The receipt's number on the screen, and its mark.
fn receipt(screen: &str) -> Option<Fact> {
    let (_, rest) = screen.split_once("小票号 HY01-")?;
    let mut words = rest.lines().next()?.split_whitespace();
    let (seq, mark) = (words.next()?.parse().ok()?, words.next()?);
    is_mark(mark).then(|| Fact::Booked("post".to_owned(), seq, mark.to_owned()))
}

/// Commands that say on their standard output that they are done.
const SAYINGS: [(&str, &str); 3] = [
    (" operations, head ", "seed"),
    ("public key   ", "keys"),
    ("written and checked", "backup"),
];

/// The number in the bytes of a slip, which is printed plain: `HY01-1546`.
fn number(slip: &[u8]) -> i64 {
    let text: String = slip.iter().map(|byte| char::from(*byte)).collect();
    let (_, rest) = text.split_once("HY01-").unwrap();
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap();
    rest.get(..end).unwrap().parse().unwrap()
}

/// Where slips begin and end among the pieces that went to the printer, each with the moment of its event.
fn slips(pieces: &[(usize, Vec<u8>)]) -> Vec<(usize, Fact)> {
    let mut slips: Vec<(usize, usize, Vec<u8>)> = Vec::new();
    for (moment, bytes) in pieces {
        if bytes.starts_with(BEGINS) {
            slips.push((*moment, *moment, Vec::new()));
        }
        let (_, last, slip) = slips.last_mut().unwrap();
        *last = *moment;
        slip.extend_from_slice(bytes);
    }
    let mut copies = BTreeMap::new();
    let mut facts = Vec::new();
    for (first, last, bytes) in slips {
        let seq = number(&bytes);
        let copy: &mut usize = copies.entry(seq).or_default();
        facts.push((first, Fact::Begun((seq, *copy))));
        facts.push((last, Fact::Whole((seq, *copy))));
        *copy += 1;
    }
    facts
}

/// How often each kind of thing was announced. One that is read no more would be promised no more.
pub(super) fn kinds(facts: &[(usize, Fact)]) -> BTreeMap<&'static str, usize> {
    let mut kinds = BTreeMap::new();
    for (_, fact) in facts {
        let kind = match fact {
            Fact::Booked(..) => "booked",
            Fact::Begun(_) => "begun",
            Fact::Whole(_) => "whole",
            Fact::Exported(_) => "exported",
            Fact::Delivered => "delivered",
            Fact::Done(what) => what,
        };
        *kinds.entry(kind).or_default() += 1;
    }
    kinds
}

/// Slips in what a printer got.
pub(super) fn printed(paper: &[u8]) -> Vec<i64> {
    let starts = paper.windows(2).enumerate();
    let starts = starts.filter(|(_, two)| *two == BEGINS);
    starts
        .map(|(start, _)| number(paper.get(start..).unwrap()))
        .collect()
}

/// Everything that a recording announced, with the number of its event.
pub(super) fn facts(events: &[Event]) -> Vec<(usize, Fact)> {
    let (mut facts, mut pieces) = (Vec::new(), Vec::new());
    let [rows, columns] = [SMALL.1, SMALL.0].map(|n| NonZeroU16::new(n).unwrap());
    let mut screen = vt100::Parser::new(rows, columns, 0);
    for (moment, event) in events.iter().enumerate() {
        match event {
            Event::Shown(bytes) => {
                screen.process(bytes);
                let shown = screen.screen().contents();
                facts.extend(receipt(&shown).map(|fact| (moment, fact)));
                let said = String::from_utf8_lossy(bytes);
                facts.extend(said.lines().filter_map(exported).map(|fact| (moment, fact)));
                let said = SAYINGS.iter().filter(|(says, _)| said.contains(says));
                facts.extend(said.map(|(_, what)| (moment, Fact::Done(what))));
            }
            Event::Write(path, _, bytes) if path == LOG => {
                let text = String::from_utf8_lossy(bytes);
                let told = |line: &str| booked(line).or_else(|| exported(line));
                facts.extend(text.lines().filter_map(told).map(|fact| (moment, fact)));
            }
            Event::Write(path, _, bytes) if path == PAPER => pieces.push((moment, bytes.to_vec())),
            _ => {}
        }
    }
    facts.extend(slips(&pieces));
    facts.sort_by_key(|(moment, _)| *moment);
    facts
}
