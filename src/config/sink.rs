//! `[[sink]]` in `station.toml`: where bundles go beside the outbox.

use crate::config::code::Unique;
use crate::config::label::label;
use crate::config::read::{Form, Table, Value};
use crate::domain::is_hostile;
use std::path::{Component, Path, PathBuf};

/// The most cells of a sink's name.
const NAME_CELLS: usize = 12;
/// The most sinks; each has a line on the screen.
const MAX_SINKS: usize = 4;
/// The longest path or address, in bytes.
const MAX_PATH: usize = 200;
/// The longest label of a file system. Source: ext4; vfat has 11, exFAT 15.
const MAX_LABEL: usize = 16;

/// A place to which every bundle is sent until HQ has acknowledged it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinkSetting {
    /// The name on the screen, unique, at most 12 cells.
    pub name: String,
    /// What it is.
    pub kind: SinkKind,
}

/// What a sink is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SinkKind {
    /// A folder, such as one on a network drive.
    Directory {
        /// Absolute, and unique.
        path: PathBuf,
    },
    /// A USB stick, found by the label of its file system. At most one sink is a stick.
    Stick {
        /// 1 to 16 letters, digits, `-` or `_`.
        label: String,
    },
    /// A store on the network that speaks S3.
    S3 {
        /// `https://host`, or `http://` on this machine.
        endpoint: String,
        /// 3 to 63 of `a-z 0-9 . -`.
        bucket: String,
        /// 1 to 40 of `a-z 0-9 -`.
        region: String,
        /// The file with the access key, absolute.
        key_file: PathBuf,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Directory,
    Stick,
    S3,
}

const KINDS: [(Kind, &str); 3] = [
    (Kind::Directory, "directory"),
    (Kind::Stick, "stick"),
    (Kind::S3, "s3"),
];

const SINK: Form = Form {
    title: "[[sink]]",
    keys: &[
        "name", "kind", "path", "label", "endpoint", "bucket", "region", "key-file",
    ],
};

impl Kind {
    /// The keys that only this kind has.
    const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Directory => &["path"],
            Self::Stick => &["label"],
            Self::S3 => &["endpoint", "bucket", "region", "key-file"],
        }
    }
}

/// Things that two sinks may not share.
#[derive(Default)]
struct Claims {
    names: Unique,
    paths: Unique,
    sticks: Unique,
}

/// Reads every sink; what is wrong is noted and left out.
pub(super) fn sinks(file: &Table<'_>) -> Vec<SinkSetting> {
    let mut claims = Claims::default();
    let tables = file.tables("sink", &SINK);
    if let Some(table) = tables.get(MAX_SINKS) {
        table.fault(
            format_args!("there are {} [[sink]]", tables.len()),
            format_args!("at most {MAX_SINKS} work, take the others out"),
        );
    }
    tables
        .iter()
        .filter_map(|table| sink(table, &mut claims))
        .collect()
}

/// Reads one sink. Every key is read before the first `?`.
fn sink(table: &Table<'_>, claims: &mut Claims) -> Option<SinkSetting> {
    let name = table.need("name").and_then(|value| {
        let name = label(value, NAME_CELLS)?;
        let thing = format!("sink name \"{name}\"");
        claims.names.claim(value, &thing, &name);
        Some(name)
    });
    let kind = table.need("kind").and_then(|value| {
        let kind = value.choice(&KINDS)?;
        others(table, kind);
        self::kind(table, value, kind, claims)
    });
    Some(SinkSetting {
        name: name?,
        kind: kind?,
    })
}

/// Notes keys that belong to another kind.
fn others(table: &Table<'_>, kind: Kind) {
    for (other, name) in KINDS {
        for key in other.keys() {
            if let Some(value) = table.get(key).filter(|_| other != kind) {
                value.fault(
                    format_args!("`{key}` belongs to kind = \"{name}\""),
                    "leave it out, or change the kind",
                );
            }
        }
    }
}

fn kind(table: &Table<'_>, at: Value<'_>, kind: Kind, claims: &mut Claims) -> Option<SinkKind> {
    match kind {
        Kind::Directory => {
            let value = table.need("path")?;
            let path = path(value)?;
            let text = path.to_string_lossy();
            claims.paths.claim(value, "this folder", &text);
            Some(SinkKind::Directory { path })
        }
        Kind::Stick => {
            claims.sticks.claim(at, "kind \"stick\"", "stick");
            let right = "write 1 to 16 letters, digits, - or _, as on the stick";
            let label = table.need("label").and_then(|v| v.parsed(stick, right));
            Some(SinkKind::Stick { label: label? })
        }
        Kind::S3 => {
            let endpoint = table.need("endpoint").and_then(|v| {
                v.parsed(endpoint, "write an address such as https://s3.example.org")
            });
            let bucket = table.need("bucket").and_then(|v| {
                let right = "write 3 to 63 of a-z 0-9 . -, beginning and ending with a-z 0-9";
                v.parsed(bucket, right)
            });
            let region = table.need("region").and_then(|v| {
                let right = "write 1 to 40 of a-z 0-9 -, us-east-1 where the store has none";
                v.parsed(region, right)
            });
            let key_file = table.need("key-file").and_then(path);
            Some(SinkKind::S3 {
                endpoint: endpoint?,
                bucket: bucket?,
                region: region?,
                key_file: key_file?,
            })
        }
    }
}

fn path(value: Value<'_>) -> Option<PathBuf> {
    let path = |text: &str| {
        let path = Path::new(text);
        let up = path.components().any(|part| part == Component::ParentDir);
        let fits = text.len() <= MAX_PATH && path.is_absolute() && !up;
        (fits && !text.chars().any(is_hostile)).then(|| path.to_owned())
    };
    value.parsed(path, "write a path that begins with / and has no ..")
}

fn stick(text: &str) -> Option<String> {
    let fits = (1..=MAX_LABEL).contains(&text.len());
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (fits && text.bytes().all(sign)).then(|| text.to_owned())
}

/// An address without path, user or query. Only to this machine may it go without TLS.
fn endpoint(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let host = rest.strip_suffix('/').unwrap_or(rest);
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':');
    let name = host.split(':').next().unwrap_or_default();
    let here = matches!(name, "127.0.0.1" | "localhost");
    let safe = scheme == "https" || (scheme == "http" && here);
    let fits = text.len() <= MAX_PATH && !name.is_empty() && host.bytes().all(sign);
    (safe && fits).then(|| format!("{scheme}://{host}"))
}

fn bucket(text: &str) -> Option<String> {
    let end = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let sign = |b: u8| end(&b) || matches!(b, b'.' | b'-');
    let ends = text.as_bytes().first().is_some_and(end) && text.as_bytes().last().is_some_and(end);
    let fits = (3..=63).contains(&text.len()) && ends;
    (fits && text.bytes().all(sign)).then(|| text.to_owned())
}

fn region(text: &str) -> Option<String> {
    let sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let fits = (1..=40).contains(&text.len());
    (fits && text.bytes().all(sign)).then(|| text.to_owned())
}
