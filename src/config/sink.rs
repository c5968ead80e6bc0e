//! `[[sink]]` in `station.toml`: where bundles go beside the outbox.

use crate::config::code::Unique;
use crate::config::fields::form;
use crate::config::kind::{Choice, Parsed, Tables, each};
use crate::config::label::Label;
use crate::config::table::Table;
use crate::domain::{Text, is_hostile};
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

/// Things that two sinks may not share.
#[derive(Default)]
pub(super) struct Claims {
    names: Unique,
    paths: Unique,
    sticks: Unique,
}

/// All sinks of a station.
pub(super) const SINKS: Tables = Tables::at_most(MAX_SINKS, &SINK, Text::of("right-few"));

/// Reads every sink; what is wrong is noted and left out.
pub(super) fn sinks(tables: &[Table<'_>]) -> Vec<SinkSetting> {
    let mut claims = Claims::default();
    each(tables, |table| sink(table, &mut claims))
}

form! {
    /// A place to which every bundle is sent until HQ has acknowledged it.
    SINK "[[sink]]" fn sink(table, claims: &mut Claims) -> SinkSetting {
        /// The name on the screen, unique, at most 12 cells; a Chinese character takes 2.
        name "name": Label(NAME_CELLS), need => |v, name| Some(claims.names.first(v, "sink", name));
        /// A folder, a USB stick (at most one), or a store on the network.
        kind "kind": Choice(&KINDS), need => |v, kind| {
            if kind == Kind::Stick {
                claims.sticks.first(v, "kind", "stick");
            }
            Some(kind)
        };
        /// The folder, an absolute path.
        path "path": PATH, need if "kind" in ["directory"] => |v, path| {
            claims.paths.claim(v, "folder", &path.to_string_lossy());
            Some(path)
        };
        /// The label of the stick's file system, 1 to 16 letters, digits, - or _.
        label "label": LABEL, need if "kind" in ["stick"];
        /// The address of the store, such as https://s3.example.org.
        endpoint "endpoint": ENDPOINT, need if "kind" in ["s3"];
        /// The bucket, 3 to 63 of a-z 0-9 . -
        bucket "bucket": BUCKET, need if "kind" in ["s3"];
        /// The region, us-east-1 where the store has none.
        region "region": REGION, need if "kind" in ["s3"];
        /// The file with the access key, an absolute path, readable by the program's user only.
        key_file "key-file": PATH, need if "kind" in ["s3"];
    } => {
        let kind = match kind {
            Kind::Directory => SinkKind::Directory { path: path? },
            Kind::Stick => SinkKind::Stick { label: label? },
            Kind::S3 => SinkKind::S3 { endpoint: endpoint?, bucket: bucket?, region: region?, key_file: key_file? },
        };
        SinkSetting { name, kind }
    }
}

const PATH: Parsed<PathBuf> = Parsed {
    pattern: r"^(/([^/.][^/]*|\.|\.[^/.][^/]*|\.\.[^/]+)?)+$",
    right: Text::of("right-path"),
    parse: path,
};
const LABEL: Parsed<String> = Parsed {
    pattern: "^[0-9A-Za-z_-]{1,16}$",
    right: Text::of("right-label"),
    parse: stick,
};
const ENDPOINT: Parsed<String> = Parsed {
    pattern: r"^(https://[0-9A-Za-z.-][0-9A-Za-z.:-]*|http://(127\.0\.0\.1|localhost)(:[0-9A-Za-z.:-]*)?)/?$",
    right: Text::of("right-endpoint"),
    parse: endpoint,
};
const BUCKET: Parsed<String> = Parsed {
    pattern: "^[0-9a-z][0-9a-z.-]{1,61}[0-9a-z]$",
    right: Text::of("right-bucket"),
    parse: bucket,
};
const REGION: Parsed<String> = Parsed {
    pattern: "^[0-9a-z-]{1,40}$",
    right: Text::of("right-region"),
    parse: region,
};

fn path(text: &str) -> Option<PathBuf> {
    let path = Path::new(text);
    let up = path.components().any(|part| part == Component::ParentDir);
    let fits = text.len() <= MAX_PATH && path.is_absolute() && !up;
    (fits && !text.chars().any(is_hostile)).then(|| path.to_owned())
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
