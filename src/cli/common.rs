//! What every command needs: where things are, how it prints, why it failed.

use crate::cli::example_config;
use crate::config::{Config, Fault};
use crate::domain::Lang;
use clap::{Args, ValueEnum};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;

/// Where the config and the ledger are.
#[derive(Args, Clone, Debug)]
pub(super) struct Dirs {
    /// The folder with station.toml, catalogue.toml, rules.toml and staff.toml
    #[arg(long, value_name = "DIR", default_value = "kiosk-config")]
    pub(super) config: PathBuf,
    /// The folder with the ledger, made when it is not there
    #[arg(long, value_name = "DIR", default_value = "data")]
    pub(super) data: PathBuf,
}

/// A language on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

/// Why a command failed, as the technician reads it.
#[derive(Debug)]
pub(super) struct Failure(pub(super) String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Says why a command failed; its exit code.
pub(super) fn failed(Failure(text): &Failure) -> ExitCode {
    // Where even stderr is gone, the exit code still tells.
    writeln!(io::stderr(), "wenming: {text}").unwrap_or_default();
    ExitCode::from(1)
}

/// The first failure of standard output, which there is once a program.
static UNHEARD: OnceLock<io::Error> = OnceLock::new();

/// Prints lines. That they cannot be written is said when the command ends; see [`unheard`].
pub(super) fn print(text: &str) {
    heard(writeln!(io::stdout(), "{text}"));
}

/// Notes what became of something printed.
pub(super) fn heard(printed: io::Result<()>) {
    if let Err(error) = printed {
        UNHEARD.set(error).unwrap_or_default();
    }
}

/// Says whether nothing that is printed arrives any more, so that who would print for ever ends.
pub(super) fn is_unheard() -> bool {
    UNHEARD.get().is_some()
}

/// Why an answer did not arrive whole. A reader that went away, such as `head`, is no failure.
pub(super) fn unheard() -> Option<Failure> {
    heard(io::stdout().flush());
    let error = UNHEARD.get()?;
    (error.kind() != io::ErrorKind::BrokenPipe).then(|| {
        Failure(format!(
            "the answer cannot be written to standard output: {error}; only the answer is lost; write it elsewhere"
        ))
    })
}

/// What to say of a file that is whole and has its name, where the folder's sync failed.
pub(super) fn unsure(path: &Path, error: &io::Error) -> String {
    let path = path.display();
    format!(
        "{path}: written and whole, perhaps not yet on the medium: {error}. Run `sync`; take another medium if that fails"
    )
}

/// Reads a config, or says every fault.
pub(super) fn read_config(dir: &Path) -> Result<Config, Failure> {
    crate::config::load(dir).map_err(|faults| named(&faults))
}

/// The example that is built in.
pub(super) fn built_in() -> Result<Config, Failure> {
    example_config().map_err(|faults| named(&faults))
}

/// All faults of a config, one a line.
fn named(faults: &[Fault]) -> Failure {
    let mut lines = vec![format!("{} in the config", count(faults.len(), "fault"))];
    lines.extend(faults.iter().map(ToString::to_string));
    Failure(lines.join("\n"))
}

/// A number with its noun.
pub(super) fn count(n: usize, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{plural}")
}
