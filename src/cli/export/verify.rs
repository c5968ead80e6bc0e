//! `wenming export verify`: whether bundles are what they say, one or a whole stickful.

use crate::bundle::{BundleName, LedgerState, Opened, PublicKey, open};
use crate::cli::export::bundles::range;
use crate::cli::{Failure, counted, failed_at, say};
use crate::disk;
use crate::domain::{Lang, Text};
use crate::words::date_time;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// More than any bundle has, sealed ones included, in bytes.
const LONGEST: u64 = 128 << 20;
/// Folders inside of folders that are looked through: `up`, the township and the station below that of a stick.
const DEEP: usize = 4;

/// Arguments of `wenming export verify`.
#[derive(Args, Debug)]
pub(super) struct Verify {
    /// Bundles, each under the name that it was given, or folders with them, such as a stick
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The public key of the station that is said to have written them
    #[arg(long, value_name = "PUB.pem")]
    key: PathBuf,
    /// The town's age identity, for a sealed bundle
    #[cfg(feature = "seal")]
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
}

impl Verify {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let pem = read(&self.key, 4096)?;
        let pem = str::from_utf8(&pem).unwrap_or_default();
        let key = PublicKey::from_pem(pem.trim_start_matches(disk::MARK));
        let key = key.map_err(|fault| about(&self.key, fault))?;
        let mut bundles = Vec::new();
        for file in &self.files {
            if file.is_dir() {
                let before = bundles.len();
                collect(file, DEEP, &mut bundles)?;
                if bundles.len() == before {
                    let none = Text::of("verify-none").word("path", file.display());
                    return Err(none.into());
                }
            } else {
                bundles.push(file.clone());
            }
        }
        bundles.sort();
        let mut wrong = Vec::new();
        for file in &bundles {
            match self.check(file, &key) {
                Ok(sound) => say(&sound),
                Err(Failure(why)) => wrong.extend(why),
            }
        }
        if wrong.is_empty() {
            if bundles.len() > 1 {
                say(&counted("verify-all", bundles.len()));
            }
            return Ok(());
        }
        if bundles.len() > 1 {
            let sum = counted("verify-wrong", wrong.len());
            wrong.push(sum.word("all", bundles.len()));
        }
        Err(Failure(wrong))
    }

    fn check(&self, file: &Path, key: &PublicKey) -> Result<Text, Failure> {
        let name = file.file_name().and_then(|name| name.to_str());
        let name = BundleName::parse(name.unwrap_or_default()).map_err(|f| about(file, f))?;
        let bytes = self.unsealed(file, read(file, LONGEST)?)?;
        let opened = open(&bytes, key, &name.origin, &name).map_err(|f| about(file, f))?;
        Ok(sound(&name, &opened, key))
    }

    #[cfg(feature = "seal")]
    fn unsealed(&self, file: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let Some(path) = &self.identity else {
            return Ok(bytes);
        };
        let text = zeroize::Zeroizing::new(read(path, 4096)?);
        let lines = str::from_utf8(&text).unwrap_or_default().lines();
        let secret = lines
            .map(|line| line.trim_start_matches(disk::MARK).trim())
            .find(|line| line.starts_with("AGE-SECRET-KEY-"));
        let identity = crate::bundle::Identity::parse(secret.unwrap_or_default());
        let identity = identity.map_err(|fault| about(path, fault))?;
        let opened = identity.open(&bytes);
        opened.map_err(|fault| about(file, fault))
    }

    #[cfg(not(feature = "seal"))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the form that it has with the feature seal"
    )]
    fn unsealed(&self, _file: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
        Ok(bytes)
    }
}

/// What is wrong with a file, in the words of who found it.
fn about(path: &Path, fault: impl std::fmt::Display) -> Failure {
    format!("{}: {fault}", path.display()).into()
}

/// Every bundle in a folder and those in it, links aside.
fn collect(dir: &Path, deep: usize, bundles: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in fs::read_dir(dir).map_err(|error| about(dir, error))? {
        let entry = entry.map_err(|error| about(dir, error))?;
        let kind = entry.file_type().map_err(|error| about(dir, error))?;
        let name = entry.file_name();
        if kind.is_dir() && deep > 0 {
            collect(&entry.path(), deep.saturating_sub(1), bundles)?;
        } else if kind.is_file() && BundleName::parse(&name.to_string_lossy()).is_ok() {
            bundles.push(entry.path());
        }
    }
    Ok(())
}

fn sound(name: &BundleName, opened: &Opened, key: &PublicKey) -> Text {
    let manifest = &opened.manifest;
    let marked = match manifest.header.ledger {
        LedgerState::Whole => Text::row([]),
        LedgerState::Damaged => Text::of("verify-marked"),
    };
    Text::of("verify-sound")
        .word("file", name)
        .fact("range", range(manifest.header.from, manifest.to).into())
        .word("head", &manifest.head)
        .word("when", date_time(&manifest.header.created))
        .word("app", &manifest.header.app)
        .word("key", key.fingerprint().words(Lang::Zh))
        .fact("marked", marked.into())
}

/// A whole file of at most `most` bytes.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    disk::read(path, most).map_err(|error| failed_at(path, &error))
}
