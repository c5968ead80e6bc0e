//! The words of a script: one step a line, `#` begins a remark.

use crate::app::{Aid, Key};
use crate::disk::MARK;
use crate::domain::{Lang, OddSign};
use crate::shell::script::claim::{Expectation, expectation};
use crate::shell::script::device::{AtPrinter, AtReader, at_printer, at_reader, duration};
use crate::view::Finger;
use crate::words;
use chrono::NaiveDateTime;
use std::error::Error;
use std::path::PathBuf;

/// Why a step cannot be done, in words.
pub(super) type Failed = Box<dyn Error>;

/// With what a card or a code is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// The card itself, at the first reader that reads chips.
    Card,
    /// Its number, at the first scanner.
    Scan,
    /// Its number, typed by a device.
    Burst,
    /// Its number, typed by a person.
    Typed,
}

impl Means {
    /// The word of a script.
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "tap" => Self::Card,
            "scan" => Self::Scan,
            "burst" => Self::Burst,
            "typed" => Self::Typed,
            _ => return None,
        })
    }
}

/// What a hand does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// A card or a code, in the bytes of whatever gives it.
    Tap(Means, Vec<u8>),
    /// A member of staff puts down a badge.
    Badge(String),
    /// A member of staff puts down the badge and types the PIN where it is asked.
    Sign(String, String),
    /// The choice with this label, on whichever page.
    Choose(String),
    /// Points for a card by a rule, so many times.
    Record(String, String, String),
    /// Keys, one after the other.
    Press(Vec<Key>),
    /// Digits at the PIN pad, and Enter.
    Pin(String),
    /// The button with this label.
    TouchLabel(String),
    /// A cell, from 1.
    TouchCell(u16, u16),
    /// One thing that a finger does at a cell, from 1.
    Finger(Finger, (u16, u16)),
}

/// What becomes of the stick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StickStep {
    /// It is plugged in.
    In,
    /// It is pulled out.
    Out,
    /// The town took the bundles off it.
    Emptied,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A hand does something, a second after the last.
    Hand(Hand),
    /// A hand does something so soon after the last, in milliseconds.
    Within(i64, Hand),
    /// Raw bytes on the first reader's line, then silence.
    Garbage(Vec<u8>),
    /// A hand at a simulated reader; its place from 1.
    Reader(usize, AtReader),
    /// A hand at the simulated printer.
    Printer(AtPrinter),
    /// Something becomes of the stick.
    Stick(StickStep),
    /// The town has everything up to this operation, or else up to the end of the newest bundle.
    Acknowledge(Option<i64>),
    /// Time passes, in milliseconds.
    Wait(i64),
    /// The wall clock is set; nothing else moves.
    Clock(NaiveDateTime),
    /// The process dies and the station starts again from disk.
    Crash,
    /// The power goes for so many milliseconds; then the station starts again from disk.
    Off(i64),
    /// The config is read again from here.
    Reload(PathBuf),
    /// The terminal gets a size.
    Size(u16, u16),
    /// Print the screen.
    Screen,
    /// Print the last operations and how many holds are open.
    Ledger,
    /// Something shall be so.
    Expect(Expectation),
}

/// Reads a line; `None` for blanks and remarks.
pub(super) fn parse(line: &str) -> Option<Result<Step, String>> {
    // Scripts that were put together from files can have a byte order mark before any line.
    let line = line.trim_start_matches(MARK);
    let line = match line.split_once(" #") {
        Some((step, _)) => step.trim(),
        None => line.trim(),
    };
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let odd = |why: String| match OddSign::in_word(line) {
        Some(sign) => format!("{}; {why}", words::told(&sign.told(), Lang::En)),
        None => why,
    };
    Some(step(word, rest.trim()).map_err(odd))
}

fn step(word: &str, rest: &str) -> Result<Step, String> {
    let wrong = |right: &str| format!("`{word} {rest}` is no step; write {right}");
    if let Some(means) = Means::parse(word) {
        return escaped(rest)
            .map(|bytes| Step::Hand(Hand::Tap(means, bytes)))
            .ok_or_else(|| wrong("`tap 0005591234` or `scan WB1:…`, `\\x1b` for a byte"));
    }
    match word {
        "badge" => Ok(Step::Hand(Hand::Badge(rest.to_owned()))),
        "press" => rest
            .split_whitespace()
            .map(key)
            .collect::<Option<_>>()
            .map(|keys| Step::Hand(Hand::Press(keys)))
            .ok_or_else(|| {
                wrong("digits, enter, back, help, finish, language, theme, again, read or cover")
            }),
        "sign" => rest
            .split_once(' ')
            .map(|(id, pin)| Step::Hand(Hand::Sign(id.to_owned(), pin.to_owned())))
            .ok_or_else(|| wrong("`sign A001 135790`")),
        "choose" if !rest.is_empty() => Ok(Step::Hand(Hand::Choose(rest.to_owned()))),
        "record" => record(rest).ok_or_else(|| wrong("`record 0005591234 VS-PATROL 2`")),
        "pin" => Ok(Step::Hand(Hand::Pin(rest.to_owned()))),
        "touch" => Ok(Step::Hand(cell(rest).map_or_else(
            || Hand::TouchLabel(rest.to_owned()),
            |(column, row)| Hand::TouchCell(column, row),
        ))),
        "down" => finger(Finger::Down, rest),
        "drag" => finger(Finger::Drag, rest),
        "up" => finger(Finger::Up, rest),
        "scroll" => finger(Finger::Scroll, rest),
        "reader" => reader(rest).ok_or_else(|| {
            wrong(
                "`reader garbage 02 37`, `reader 1 out`, or back, card CARD, half CARD, \
                 bad-checksum CARD, twice CARD, cut CARD, lies CARD 30s, storm 60s, slow 60s",
            )
        }),
        "printer" => at_printer(rest)
            .map(Step::Printer)
            .ok_or_else(|| wrong("`printer out`, or open, gone, slow, back")),
        "stick" => match rest {
            "in" => Ok(Step::Stick(StickStep::In)),
            "out" => Ok(Step::Stick(StickStep::Out)),
            "emptied" => Ok(Step::Stick(StickStep::Emptied)),
            _ => Err(wrong("`stick in`, `stick out` or `stick emptied`")),
        },
        "acknowledge" => {
            acknowledge(rest).ok_or_else(|| wrong("`acknowledge 1288` or `acknowledge last`"))
        }
        "off" => duration(rest)
            .map(Step::Off)
            .ok_or_else(|| wrong("`off 7h`")),
        "wait" => duration(rest)
            .map(Step::Wait)
            .ok_or_else(|| wrong("`wait 45s`")),
        "within" => within(rest).ok_or_else(|| wrong("`within 50ms press 1`"))?,
        "clock" => NaiveDateTime::parse_from_str(rest, "%Y-%m-%dT%H:%M")
            .map(Step::Clock)
            .map_err(|_| wrong("`clock 2026-11-21T09:00`")),
        "crash" => Ok(Step::Crash),
        "reload" => Ok(Step::Reload(rest.into())),
        "size" => rest
            .split_once('x')
            .and_then(|(c, r)| Some(Step::Size(c.parse().ok()?, r.parse().ok()?)))
            .ok_or_else(|| wrong("`size 64x16`")),
        "screen" => Ok(Step::Screen),
        "ledger" => Ok(Step::Ledger),
        _ => expectation(word, rest, wrong).map(Step::Expect),
    }
}

fn record(rest: &str) -> Option<Step> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    let [card, rule, times] = *words.as_slice() else {
        return None;
    };
    let times = times.parse::<u32>().ok()?.to_string();
    Some(Step::Hand(Hand::Record(
        card.to_owned(),
        rule.to_owned(),
        times,
    )))
}

/// An operation's number, or `last`.
fn acknowledge(rest: &str) -> Option<Step> {
    if rest == "last" {
        return Some(Step::Acknowledge(None));
    }
    let seq = rest.parse().ok().filter(|seq| *seq > 0)?;
    Some(Step::Acknowledge(Some(seq)))
}

fn key(name: &str) -> Option<Key> {
    Some(match name {
        "enter" => Key::Enter,
        "back" => Key::Back,
        "help" => Key::Help,
        "finish" => Key::Finish,
        "language" => Key::Language,
        "theme" => Key::Theme,
        "again" => Key::Aid(Aid::Again),
        "read" => Key::Aid(Aid::Read),
        "cover" => Key::Aid(Aid::Cover),
        _ => Key::Digit(name.parse().ok().filter(|digit| *digit <= 9)?),
    })
}

fn cell(rest: &str) -> Option<(u16, u16)> {
    let (column, row) = rest.split_once(',')?;
    let from_one = |text: &str| text.trim().parse().ok().filter(|n: &u16| *n > 0);
    Some((from_one(column)?, from_one(row)?))
}

fn finger(finger: Finger, rest: &str) -> Result<Step, String> {
    cell(rest)
        .map(|at| Step::Hand(Hand::Finger(finger, at)))
        .ok_or_else(|| format!("`{rest}` is no cell; write `down 12,9`, column and row from 1"))
}

fn reader(rest: &str) -> Option<Step> {
    let (first, rest) = rest.split_once(' ')?;
    if first == "garbage" {
        let bytes = rest
            .split_whitespace()
            .map(|hex| u8::from_str_radix(hex, 16).ok());
        return bytes.collect::<Option<_>>().map(Step::Garbage);
    }
    let place = first.parse().ok().filter(|n| *n > 0)?;
    Some(Step::Reader(place, at_reader(rest)?))
}

fn within(rest: &str) -> Option<Result<Step, String>> {
    let (time, rest) = rest.split_once(' ')?;
    let ms = duration(time)?;
    match parse(rest)? {
        Ok(Step::Hand(hand)) => Some(Ok(Step::Within(ms, hand))),
        Ok(_) => None,
        Err(what) => Some(Err(what)),
    }
}

/// Text as bytes, with `\xNN` for one that cannot be written.
fn escaped(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\x") {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(after.get(..2)?, 16).ok()?);
        rest = after.get(2..)?;
    }
    bytes.extend_from_slice(rest.as_bytes());
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::script::claim::Bundles;

    #[test]
    fn lines_are_steps() {
        for (line, want) in [
            (
                "tap 0005591234   # a card",
                Step::Hand(Hand::Tap(Means::Card, b"0005591234".to_vec())),
            ),
            (
                "scan a\\x1b[2J",
                Step::Hand(Hand::Tap(Means::Scan, b"a\x1b[2J".to_vec())),
            ),
            (
                "press 3 enter",
                Step::Hand(Hand::Press(vec![Key::Digit(3), Key::Enter])),
            ),
            (
                "touch 换东西",
                Step::Hand(Hand::TouchLabel("换东西".into())),
            ),
            ("touch 12,34", Step::Hand(Hand::TouchCell(12, 34))),
            ("reader garbage 02 37", Step::Garbage(vec![2, 0x37])),
            ("reader 1 out", Step::Reader(1, AtReader::Out)),
            ("stick emptied", Step::Stick(StickStep::Emptied)),
            ("acknowledge 12", Step::Acknowledge(Some(12))),
            ("acknowledge last", Step::Acknowledge(None)),
            ("off 7h", Step::Off(25_200_000)),
            (
                "expect-outbox 2",
                Step::Expect(Expectation::Outbox(Bundles::Count(2))),
            ),
            (
                "expect-sink U盘 1-12 13-12",
                Step::Expect(Expectation::Sink(
                    "U盘".into(),
                    Bundles::Ranges(vec!["1-12".into(), "13-12".into()]),
                )),
            ),
            ("wait 2m", Step::Wait(120_000)),
            (
                "within 50ms press 1",
                Step::Within(50, Hand::Press(vec![Key::Digit(1)])),
            ),
            (
                "expect 余额 160",
                Step::Expect(Expectation::Shown("余额 160".into())),
            ),
        ] {
            assert_eq!(parse(line), Some(Ok(want)), "{line}");
        }
        for line in ["", "   ", "# remark"] {
            assert_eq!(parse(line), None);
        }
        for line in [
            "pres 1",
            "press ten",
            "wait 5",
            "size 64",
            "within x",
            "reader 0 out",
            "printer on",
            "off",
            "off 7",
            "stick",
            "acknowledge",
            "acknowledge 0",
            "expect-outbox",
            "expect-outbox 1-",
            "expect-outbox 1-2 x",
            "expect-sink U盘",
        ] {
            assert!(matches!(parse(line), Some(Err(_))), "{line}");
        }
    }
}
