//! `wenming do`: commands from a file, one JSON object a line, through the same door as the screen's. docs/COMMANDS.md.

use crate::cli::{Failure, counted, failed_at, is_unheard, lang, print, read_config, uncommitted};
use crate::config::Config;
use crate::disk;
use crate::domain::{
    Booked, CardId, Lang, OddSign, OpId, Phase, Refusal, StaffId, Text, is_hostile,
};
use crate::services::{Actor, Command, Order, Signature};
use crate::shell::clock::Clock;
use crate::store::{Store, StoreError, Writer};
use crate::words::{self, Known, Words};
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use std::io::{BufRead, BufReader, Read as _};
use std::path::PathBuf;

/// Commands that share one commit: enough that the sync costs little beside them.
const BATCH: usize = 200;
/// The longest line, in bytes: longer than any command, short enough to be kept.
const MAX_LINE: u64 = 16_384;
/// The longest id of a line, in characters.
const MAX_ID: usize = 64;

/// Arguments of `wenming do`.
#[derive(Args, Debug)]
pub(super) struct Do {
    /// One JSON object a line
    file: PathBuf,
    #[command(flatten)]
    dirs: super::Dirs,
}

/// A line of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// Names the command for ever: the same id again is answered with what the first one did.
    id: String,
    /// The kind of operation.
    kind: String,
    /// Who signs.
    staff: StaffId,
    /// The second person who signs.
    second: Option<StaffId>,
    /// Somebody's card, instead of the account in `what.who`.
    card: Option<String>,
    /// The part of the body that belongs to the kind.
    #[serde(default)]
    what: Map<String, Value>,
}

/// The answer to a line.
#[derive(Debug, Default, Serialize)]
struct Answer {
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// Why a line is no command.
struct BadLine(String);

impl From<serde_json::Error> for BadLine {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

impl Do {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let config = read_config(&self.dirs.config)?;
        let file = disk::open(&self.file).map_err(|error| failed_at(&self.file, &error))?;
        let mut store = Store::open_existing(&self.dirs.data)?;
        store.hold_free(config.station.min_free_mib);
        let clock = Clock::start();
        let words = Words::new();
        let say = |refusal: &Refusal| {
            let known = Known::new(&config.catalogue, &config.rules);
            words.say(lang()).refusal(refusal, known).what
        };
        let mut reader = BufReader::new(file);
        let (mut number, mut refused) = (0, 0);
        loop {
            let lines =
                batch(&mut reader, number).map_err(|error| failed_at(&self.file, &error))?;
            let Some((last, _)) = lines.last() else {
                break;
            };
            number = *last;
            let now = clock.now();
            let answers = store.write(&now, |writer| {
                let lines = lines.iter();
                lines
                    .map(|(number, line)| answer(writer, (&config, &say), (*number, line)))
                    .collect::<Result<Vec<_>, _>>()
            });
            let unsure = Text::of("do-unsure").word("line", number);
            let answers = answers.map_err(|error| uncommitted(&error, unsure))?;
            // Only now are they on disk.
            for answer in &answers {
                refused += usize::from(!answer.ok);
                print(&serde_json::to_string(answer)?);
            }
            // Whoever cannot read the answers must not have more booked in silence.
            if is_unheard() {
                return Err(Text::of("do-stopped").word("line", number).into());
            }
        }
        match refused {
            0 => Ok(()),
            _ => Err(counted("do-refused", refused).word("all", number).into()),
        }
    }
}

/// The next lines with their numbers, from 1; empty ones are passed over. None at the end of the file.
fn batch(reader: &mut impl BufRead, mut number: usize) -> std::io::Result<Vec<(usize, Vec<u8>)>> {
    let mut lines = Vec::new();
    while lines.len() < BATCH {
        let mut line = Vec::new();
        if reader.take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        if line.len() as u64 == MAX_LINE && line.last() != Some(&b'\n') {
            // The rest of a line that no command has is passed over; with this sign its beginning is none either.
            if reader.skip_until(b'\n')? > 1 {
                line.push(0);
            }
        }
        // Files that were put together can have a byte order mark before any line.
        if line.starts_with(disk::MARK_BYTES) {
            line.drain(..disk::MARK_BYTES.len());
        }
        if !line.trim_ascii().is_empty() {
            lines.push((number, line));
        }
    }
    Ok(lines)
}

/// The key of an id: the same for ever.
fn key(id: &str) -> OpId {
    let digest = Sha256::new()
        .chain_update(b"wenming do ")
        .chain_update(id)
        .finalize();
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(digest) {
        *to = from;
    }
    OpId::new(bytes)
}

/// Books a line, or says why not. Only a ledger that fails ends the run.
fn answer(
    writer: &mut Writer<'_>,
    (config, say): (&Config, &impl Fn(&Refusal) -> String),
    (number, line): (usize, &[u8]),
) -> Result<Answer, StoreError> {
    let mut answer = Answer {
        line: number,
        ..Answer::default()
    };
    let order = match serde_json::from_slice::<Line>(line) {
        Ok(line) => {
            answer.id = Some(line.id.clone());
            order(writer, line)?
        }
        Err(error) => Err(BadLine(no_json(line, &error))),
    };
    let order = match order {
        Ok(order) => order,
        Err(BadLine(why)) => {
            (answer.code, answer.why) = (Some("bad-line"), Some(why));
            return Ok(answer);
        }
    };
    match writer.attempt(|writer| writer.book(config.books(), &order))? {
        Ok(Ok(booked)) => done(&mut answer, &booked),
        Ok(Err(refusal)) => {
            (answer.code, answer.why) = (Some(refusal.code()), Some(say(&refusal)));
        }
        Err(why) => (answer.code, answer.why) = (Some("guard"), Some(why)),
    }
    Ok(answer)
}

/// Why a line is no command of ours, and the sign in it that only looks like one of JSON's.
fn no_json(line: &[u8], error: &serde_json::Error) -> String {
    let outside = |(place, part): (usize, &str)| (place % 2 == 0).then(|| OddSign::first(part))?;
    let text = String::from_utf8_lossy(line);
    match text.split('"').enumerate().find_map(outside) {
        Some(sign) => format!("{}; {error}", words::told(&sign.told(), Lang::En)),
        None => error.to_string(),
    }
}

fn done(answer: &mut Answer, booked: &Booked) {
    answer.ok = true;
    answer.seq = Some(booked.seq.get());
    answer.points = Some(booked.points.get());
    answer.after = Some(booked.after.get());
    answer.mark = Some(booked.mark.clone());
}

/// What a line wants.
fn order(writer: &Writer<'_>, mut line: Line) -> Result<Result<Order, BadLine>, StoreError> {
    if !(1..=MAX_ID).contains(&line.id.chars().count()) {
        return Ok(Err(BadLine(format!("id: 1 to {MAX_ID} characters"))));
    }
    // An id that only looks like another would book the same thing twice.
    if let Some(sign) = line
        .id
        .chars()
        .find(|c| is_hostile(*c))
        .and_then(OddSign::of)
    {
        let sign = words::told(&sign.told(), Lang::En);
        return Ok(Err(BadLine(format!("id: {sign}"))));
    }
    if let Some(card) = &line.card {
        let Some(card) = CardId::parse(card) else {
            return Ok(Err(BadLine("card: no card number".to_owned())));
        };
        match writer.account_of(&card)? {
            Ok(account) => line
                .what
                .insert("who".to_owned(), account.to_string().into()),
            Err(refusal) => return Ok(Err(BadLine(format!("card: {}", refusal.code())))),
        };
    }
    // `@` and an id stand for the place of what that line did.
    for (name, value) in &mut line.what {
        let Some(id) = value.as_str().and_then(|text| text.strip_prefix('@')) else {
            continue;
        };
        match writer.place_of(key(id))? {
            Some(seq) => *value = seq.get().into(),
            None => return Ok(Err(BadLine(format!("{name}: nothing was done as {id:?}")))),
        }
    }
    Ok(command(&line).map(|(command, signed)| Order {
        key: key(&line.id),
        signed,
        command,
    }))
}

fn command(line: &Line) -> Result<(Command, Signature), BadLine> {
    let read = Command::read(&line.kind, Value::Object(line.what.clone()));
    let command = read.ok_or_else(|| BadLine(format!("kind: {:?} is none", line.kind)))??;
    // What is held is held by its holder; the member of staff signs when it is posted.
    let holder = match (command.kind().phase(), command.who()) {
        (Phase::Hold, Some(who)) => Some(Actor::Holder(who)),
        (Phase::Hold | Phase::Single | Phase::Post | Phase::Void, _) => None,
    };
    let signed = Signature {
        actor: holder.unwrap_or_else(|| Actor::Staff(line.staff.clone())),
        second: line.second.clone(),
    };
    Ok((command, signed))
}
