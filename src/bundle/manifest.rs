//! The manifest: who wrote which part of which log, and what each file must be.
//!
//! A Frictionless Data Package, version 2, in canonical JSON. The signature is over these bytes, and they
//! hold the hashes of the other files, so one signature vouches for everything.

use super::FORMAT;
use super::fault::BundleFault;
use super::heartbeat::HEARTBEAT;
use super::name::{BundleName, Origin};
use super::tape::OPERATIONS;
use crate::domain::json::{Value, int, map, text};
use crate::domain::{ChainHash, Incarnation, Seq, StationId, TownshipCode, hex, names};
use chrono::{DateTime, FixedOffset, SecondsFormat};
use sha2::{Digest as _, Sha256};

/// The key of the manifest that is ours; all others are those of Data Package.
const OURS: &str = "vpb";
/// Where the profiles of Data Package, version 2, live.
const PROFILES: &str = "https://datapackage.org/profiles/2.0/";

names! {
    /// What a bundle is.
    pub enum Kind {
        /// A station's operations, on their way to the town.
        Export = "export",
    }
}

names! {
    /// What the station's own audit said before it wrote the bundle.
    pub enum LedgerState {
        /// Everything was as it must be.
        Whole = "whole",
        /// Something was not. The bundle still travels: it is evidence.
        Damaged = "damaged",
    }
}

/// What a caller knows before the first operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Whose log.
    pub origin: Origin,
    /// The place of the first operation, also where there is none yet.
    pub from: Seq,
    /// The hash of the operation before it.
    pub prev: ChainHash,
    /// What the station's audit said.
    pub ledger: LedgerState,
    /// The newest snapshot of the town that the station has applied; 0 for none.
    pub snapshot_seen: i64,
    /// The version of the program.
    pub app: String,
    /// When it was written, by a clock that may be wrong: a remark, to the second.
    pub created: DateTime<FixedOffset>,
}

/// What a bundle says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// What it is.
    pub kind: Kind,
    /// What was known before its first operation.
    pub header: Header,
    /// The place of the last operation; one less than `from` where there is none.
    pub to: Seq,
    /// The hash of the last operation; `prev` where there is none.
    pub head: ChainHash,
}

impl Manifest {
    /// The name of the file.
    pub fn name(&self, sealed: bool) -> BundleName {
        BundleName {
            origin: self.header.origin.clone(),
            from: self.header.from,
            to: self.to,
            sealed,
        }
    }

    /// How many operations there are.
    pub const fn count(&self) -> i64 {
        let before = self.header.from.get().saturating_sub(1);
        self.to.get().saturating_sub(before)
    }

    /// The bytes of `datapackage.json` for these two tables.
    pub(super) fn render(&self, operations: &[u8], heartbeat: &[u8]) -> String {
        let Header { origin, from, .. } = &self.header;
        let name = format!(
            "vpb{FORMAT}-{}-{}-i{}-{from}-{}",
            origin.township.as_str().to_ascii_lowercase(),
            origin.station.as_str().to_ascii_lowercase(),
            origin.incarnation,
            self.to,
        );
        let seq = field("seq", "integer", [("minimum", int(1))]);
        let body = field("body", "string", [("pattern", text("^\\{.*\\}$"))]);
        let hash = field("hash", "string", [("pattern", text("^[0-9a-f]{64}$"))]);
        let key = field("key", "string", [("pattern", text("^[a-z0-9.-]{1,40}$"))]);
        let value = field("value", "string", [("maxLength", int(200))]);
        let resources = vec![
            table(OPERATIONS, operations, ("seq", vec![seq, body, hash])),
            table(HEARTBEAT, heartbeat, ("key", vec![key, value])),
        ];
        Value::Map(map([
            ("$schema", profile("datapackage.json")),
            ("created", text(self.created())),
            ("name", text(name)),
            ("resources", Some(Value::List(resources))),
            (OURS, Some(self.ours())),
        ]))
        .render()
    }

    fn created(&self) -> String {
        let created = &self.header.created;
        created.to_rfc3339_opts(SecondsFormat::Secs, false)
    }

    fn ours(&self) -> Value {
        let Header {
            origin,
            from,
            prev,
            ledger,
            snapshot_seen,
            app,
            ..
        } = &self.header;
        Value::Map(map([
            ("app", text(app.as_str())),
            ("from", int(from.get())),
            ("head", text(self.head.as_str())),
            ("incarnation", int(origin.incarnation.get().into())),
            ("kind", text(self.kind.name())),
            ("ledger", text(ledger.name())),
            ("prev", text(prev.as_str())),
            ("snapshot_seen", int(*snapshot_seen)),
            ("station", text(origin.station.as_str())),
            ("to", int(self.to.get())),
            ("township", text(origin.township.as_str())),
            ("v", int(FORMAT.into())),
        ]))
    }

    /// Reads the part that is ours. The rest is judged by rendering it again.
    pub(super) fn read(json: &Value) -> Result<Self, BundleFault> {
        let ours = json.get(OURS).ok_or(BundleFault::Manifest("vpb"))?;
        match ours.get("v").and_then(Value::as_int) {
            Some(v) if v == i64::from(FORMAT) => {}
            Some(v) if v > i64::from(FORMAT) => return Err(BundleFault::Newer(v)),
            Some(_) | None => return Err(BundleFault::Manifest("vpb.v")),
        }
        let number = |key: &str| ours.get(key).and_then(Value::as_int);
        let word = |key: &str| ours.get(key).and_then(Value::as_text);
        let fault = BundleFault::Manifest;
        let created = json.get("created").and_then(Value::as_text);
        let incarnation = number("incarnation").and_then(|n| u16::try_from(n).ok());
        let manifest = Self {
            kind: [Kind::Export]
                .into_iter()
                .find(|kind| word("kind") == Some(kind.name()))
                .ok_or(fault("vpb.kind"))?,
            header: Header {
                origin: Origin {
                    township: word("township")
                        .and_then(TownshipCode::parse)
                        .ok_or(fault("vpb.township"))?,
                    station: word("station")
                        .and_then(StationId::parse)
                        .ok_or(fault("vpb.station"))?,
                    incarnation: incarnation
                        .and_then(Incarnation::new)
                        .ok_or(fault("vpb.incarnation"))?,
                },
                from: number("from")
                    .filter(|from| *from >= 1)
                    .map(Seq::new)
                    .ok_or(fault("vpb.from"))?,
                prev: word("prev")
                    .and_then(ChainHash::parse)
                    .ok_or(fault("vpb.prev"))?,
                ledger: [LedgerState::Whole, LedgerState::Damaged]
                    .into_iter()
                    .find(|state| word("ledger") == Some(state.name()))
                    .ok_or(fault("vpb.ledger"))?,
                snapshot_seen: number("snapshot_seen")
                    .filter(|seen| *seen >= 0)
                    .ok_or(fault("vpb.snapshot_seen"))?,
                app: word("app")
                    .filter(|app| is_app(app))
                    .ok_or(fault("vpb.app"))?
                    .to_owned(),
                created: created
                    .and_then(|text| DateTime::parse_from_rfc3339(text).ok())
                    .ok_or(fault("created"))?,
            },
            to: number("to").map(Seq::new).ok_or(fault("vpb.to"))?,
            head: word("head")
                .and_then(ChainHash::parse)
                .ok_or(fault("vpb.head"))?,
        };
        if manifest.count() < 0 {
            return Err(fault("vpb.to"));
        }
        Ok(manifest)
    }
}

/// Says whether a text can stand for the program's version.
pub(super) fn is_app(app: &str) -> bool {
    (1..=40).contains(&app.len()) && app.bytes().all(|b| b.is_ascii_graphic())
}

/// What the manifest says of its `n`th file: its size and hash.
pub(super) fn described(json: &Value, n: usize) -> Result<(i64, &str), BundleFault> {
    let resources = json.get("resources").and_then(Value::as_list);
    let file = resources.and_then(|files| files.get(n));
    let bytes = file
        .and_then(|file| file.get("bytes"))
        .and_then(Value::as_int);
    let hash = file
        .and_then(|file| file.get("hash"))
        .and_then(Value::as_text);
    bytes.zip(hash).ok_or(BundleFault::Manifest("resources"))
}

/// The hash of a file as the manifest writes it.
pub(super) fn file_hash(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

fn profile(file: &str) -> Option<Value> {
    text(format!("{PROFILES}{file}"))
}

/// A column of a table.
fn field(name: &str, of: &str, constraint: [(&str, Option<Value>); 1]) -> Value {
    Value::Map(map([
        ("constraints", Some(Value::Map(map(constraint)))),
        ("name", text(name)),
        ("type", text(of)),
    ]))
}

/// A file of the package: `data/operations.csv` is the table `operations`.
fn table(path: &str, content: &[u8], (key, fields): (&str, Vec<Value>)) -> Value {
    let name = path.trim_start_matches("data/").trim_end_matches(".csv");
    let schema = map([
        ("$schema", profile("tableschema.json")),
        ("fields", Some(Value::List(fields))),
        // None: an empty cell is an empty text, and the constraints above apply to it.
        ("missingValues", Some(Value::List(Vec::new()))),
        (
            "primaryKey",
            Some(Value::List(text(key).into_iter().collect())),
        ),
    ]);
    let dialect = map([
        ("$schema", profile("tabledialect.json")),
        ("lineTerminator", text("\n")),
    ]);
    Value::Map(map([
        ("$schema", profile("dataresource.json")),
        (
            "bytes",
            int(i64::try_from(content.len()).unwrap_or(i64::MAX)),
        ),
        ("dialect", Some(Value::Map(dialect))),
        ("encoding", text("utf-8")),
        ("format", text("csv")),
        ("hash", text(file_hash(content))),
        ("mediatype", text("text/csv")),
        ("name", text(name)),
        ("path", text(path)),
        ("schema", Some(Value::Map(schema))),
        ("type", text("table")),
    ]))
}
