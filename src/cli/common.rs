//! What every command needs: where things are, how it prints, why it failed.

use crate::cli::example_config;
use crate::cli::secret::Stopped;
use crate::config::{Config, Fault, ScheduleFault};
use crate::domain::{Lang, Text};
use crate::shell::export::ExportFault;
use crate::shell::kiosk::KioskError;
use crate::shell::script::ScriptError;
use crate::store::{StoreError, io_told};
use crate::words;
use clap::{Args, ValueEnum};
use rustix::io::Errno;
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

/// The language that `--lang` named, if it was there.
static CHOSEN: OnceLock<Lang> = OnceLock::new();

/// Takes `--lang`.
pub(super) fn choose(lang: Option<LangArg>) {
    if let Some(lang) = lang {
        CHOSEN.set(lang.into()).unwrap_or_default();
    }
}

/// The language of what the village sees, tables and slips: the one that was chosen, else Chinese.
pub(super) fn chosen() -> Lang {
    CHOSEN.get().copied().unwrap_or_default()
}

/// The language in which whoever typed the command is answered: the one that was chosen, else that of the locale.
#[expect(
    clippy::disallowed_methods,
    reason = "the locale is how a system says which language its user reads"
)]
pub(super) fn lang() -> Lang {
    CHOSEN.get().copied().unwrap_or_else(|| {
        let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let mut set = variables.iter().filter_map(|name| std::env::var(name).ok());
        of_locale(&set.find(|value| !value.is_empty()).unwrap_or_default())
    })
}

/// A locale without a language, such as C.UTF-8, is that of most stations: they are answered in Chinese.
fn of_locale(locale: &str) -> Lang {
    let language = locale.split(['_', '.', '@']).next().unwrap_or_default();
    match language {
        "" | "C" | "POSIX" | "zh" => Lang::Zh,
        _ => Lang::En,
    }
}

/// A sentence in the language of the answer.
pub(super) fn told(text: &Text) -> String {
    words::told(text, lang())
}

/// Prints a sentence.
pub(super) fn say(text: &Text) {
    print(&told(text));
}

/// Why a command failed, one sentence a line. It is put into words where it is shown.
#[derive(Debug)]
pub(super) struct Failure(pub(super) Vec<Text>);

impl From<Text> for Failure {
    fn from(text: Text) -> Self {
        Self(vec![text])
    }
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Text::verbatim(text).into()
    }
}

impl From<&str> for Failure {
    fn from(text: &str) -> Self {
        Text::verbatim(text).into()
    }
}

impl From<ScheduleFault> for Failure {
    fn from(ScheduleFault { wrong, right }: ScheduleFault) -> Self {
        Self(vec![wrong, right])
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        error.told().into()
    }
}

impl From<ExportFault> for Failure {
    fn from(fault: ExportFault) -> Self {
        match fault {
            ExportFault::Store(error) => error.into(),
            ExportFault::NoKey => Text::of("command-no-key").into(),
            ExportFault::OtherPublicKey(path) => Text::of("command-other-key")
                .word("path", path.display())
                .into(),
            ExportFault::Key(_)
            | ExportFault::Bundle(_)
            | ExportFault::Seal(_)
            | ExportFault::Unread { .. }
            | ExportFault::Unsure { .. }
            | ExportFault::Outbox(..) => fault.to_string().into(),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        error.to_string().into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let own = error.get_ref();
        if own.and_then(|own| own.downcast_ref::<Stopped>()).is_some() {
            return Text::of("command-stopped").into();
        }
        io_told(&error).into()
    }
}

impl From<Errno> for Failure {
    fn from(error: Errno) -> Self {
        io::Error::from(error).into()
    }
}

impl From<KioskError> for Failure {
    fn from(error: KioskError) -> Self {
        match error {
            KioskError::Terminal(error) => {
                Text::of("kiosk-terminal").fact("why", io_told(&error).into())
            }
            KioskError::Ledger { data, why } => Text::of("kiosk-ledger")
                .word("why", why)
                .word("data", data.display()),
        }
        .into()
    }
}

impl From<ScriptError> for Failure {
    fn from(error: ScriptError) -> Self {
        match error {
            ScriptError::Step { line, what } => Text::of("script-step")
                .word("line", line)
                .word("what", what)
                .into(),
            ScriptError::Ledger(error) => error.into(),
            ScriptError::World(error) => error.into(),
        }
    }
}

/// Why a commit failed. One whose sync failed may be on the disk all the same, and then this is said as well.
pub(super) fn uncommitted(error: &StoreError, unsure: Text) -> Failure {
    let unsure = matches!(error, StoreError::Disk(_)).then_some(unsure);
    Failure([error.told()].into_iter().chain(unsure).collect())
}

/// Says why a command failed; its exit code.
pub(super) fn failed(Failure(lines): &Failure) -> ExitCode {
    let lines: Vec<String> = lines.iter().map(told).collect();
    // Where even stderr is gone, the exit code still tells.
    writeln!(io::stderr(), "wenming: {}", lines.join("\n")).unwrap_or_default();
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
    (error.kind() != io::ErrorKind::BrokenPipe)
        .then(|| Text::of("command-unheard").word("why", error).into())
}

/// What to say of a file that is whole and has its name, where the folder's sync failed.
pub(super) fn unsure(path: &Path, error: &io::Error) -> Text {
    let text = Text::of("command-unsure").word("path", path.display());
    text.fact("why", io_told(error).into())
}

/// What to say of a file with which the system did not do what was asked.
pub(super) fn failed_at(path: &Path, error: &io::Error) -> Failure {
    let text = Text::of("command-at").word("path", path.display());
    text.fact("why", io_told(error).into()).into()
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
pub(super) fn named(faults: &[Fault]) -> Failure {
    let mut lines = vec![counted("command-faults", faults.len())];
    lines.extend(faults.iter().map(Fault::told));
    Failure(lines)
}

/// A sentence about so many of something.
pub(super) fn counted(id: &'static str, n: usize) -> Text {
    let count = i64::try_from(n).unwrap_or(i64::MAX);
    Text::of(id).count(count).many(count)
}

/// A number with its noun.
pub(super) fn count(n: usize, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{plural}")
}
