//! Whether somebody can leave the kiosk at its own screen: by the terminal's keys, or to a shell that the user has.

use super::subject::Subject;
use super::users;
use crate::domain::{Cause, Check, Finding};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// What foot itself does on keys and buttons, by the section of `foot.ini`: at a station each is `none`.
/// What has no key as foot comes and needs a command beside it, `pipe-…` and `regex-…`, cannot be `none` and is not here.
/// Source: foot.ini(5) of foot 1.21; `tests/it/deployed` compares the manual of the foot that it boots.
pub const BINDINGS: [(&str, &[&str]); 4] = [
    (
        "key-bindings",
        &[
            "noop",
            "scrollback-up-page",
            "scrollback-up-half-page",
            "scrollback-up-line",
            "scrollback-down-page",
            "scrollback-down-half-page",
            "scrollback-down-line",
            "scrollback-home",
            "scrollback-end",
            "clipboard-copy",
            "clipboard-paste",
            "primary-paste",
            "search-start",
            "font-increase",
            "font-decrease",
            "font-reset",
            "spawn-terminal",
            "minimize",
            "maximize",
            "fullscreen",
            "show-urls-launch",
            "show-urls-persistent",
            "show-urls-copy",
            "prompt-prev",
            "prompt-next",
            "unicode-input",
            "quit",
        ],
    ),
    (
        "search-bindings",
        &[
            "cancel",
            "commit",
            "find-prev",
            "find-next",
            "cursor-left",
            "cursor-left-word",
            "cursor-right",
            "cursor-right-word",
            "cursor-home",
            "cursor-end",
            "delete-prev",
            "delete-prev-word",
            "delete-next",
            "delete-next-word",
            "delete-to-start",
            "delete-to-end",
            "extend-char",
            "extend-to-word-boundary",
            "extend-to-next-whitespace",
            "extend-line-down",
            "extend-backward-char",
            "extend-backward-to-word-boundary",
            "extend-backward-to-next-whitespace",
            "extend-line-up",
            "clipboard-paste",
            "primary-paste",
            "unicode-input",
            "scrollback-up-page",
            "scrollback-up-half-page",
            "scrollback-up-line",
            "scrollback-down-page",
            "scrollback-down-half-page",
            "scrollback-down-line",
            "scrollback-home",
            "scrollback-end",
        ],
    ),
    ("url-bindings", &["cancel", "toggle-url-visible"]),
    (
        "mouse-bindings",
        &[
            "scrollback-up-mouse",
            "scrollback-down-mouse",
            "select-begin",
            "select-begin-block",
            "select-word",
            "select-word-whitespace",
            "select-quote",
            "select-row",
            "select-extend",
            "select-extend-character-wise",
            "primary-paste",
            "font-increase",
            "font-decrease",
        ],
    ),
];

/// A section in which every line is a key with the text that it types.
const TEXTS: &str = "text-bindings";
/// What is no action: the keys under which touches are foot's. With `none` all of them are, and the program feels nothing.
const OVERRIDE: &str = "mouse-bindings.selection-override-modifiers";
/// The most of a `foot.ini` that is read, in bytes.
const MAX_INI: u64 = 65_536;
/// How many bindings a finding names.
const NAMED: usize = 3;
/// Shells that let nobody in.
const NO_SHELLS: [&str; 2] = ["nologin", "false"];
/// Users below this number belong to services. Source: Debian's `/etc/login.defs`, `UID_MIN`.
const FIRST_PERSON: u32 = 1_000;
/// Where systemd keeps units.
const UNITS: [&str; 3] = [
    "etc/systemd/system",
    "usr/lib/systemd/system",
    "lib/systemd/system",
];

/// The bindings of a `foot.ini` that are not `none`, as `section.action`: those that it binds, then those that it
/// leaves as foot has them.
pub fn bound(ini: &str) -> Vec<String> {
    let mut section = "main";
    let (mut live, mut none) = (Vec::new(), Vec::new());
    for line in ini.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.split(']').next()) {
            section = name;
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let name = format!("{section}.{}", key.trim());
        let binds = section == TEXTS || BINDINGS.iter().any(|(own, _)| *own == section);
        if name == OVERRIDE {
            live.extend(is_none(value).then_some(name));
        } else if binds && is_none(value) {
            none.push(name);
        } else if binds || name == "main.include" {
            live.push(name);
        }
    }
    for (section, actions) in BINDINGS {
        let names = actions.iter().map(|action| format!("{section}.{action}"));
        live.extend(names.filter(|name| !none.contains(name)));
    }
    live
}

/// Says whether a value takes all keys off: `none`, for a pipe also after its command, and perhaps a comment.
fn is_none(value: &str) -> bool {
    let value = value.split(" #").next().unwrap_or_default().trim();
    let keys = match value.strip_prefix('[').and_then(|v| v.rsplit_once(']')) {
        Some((_, keys)) => keys.trim(),
        None => value,
    };
    keys == "none"
}

/// The terminal's own keys, where its `foot.ini` is known: that of the foot that shows this station, else the config's.
pub(super) fn keys(subject: &Subject) -> Option<Finding> {
    let shipped = subject.config_dir.as_ref()?.join("deploy/foot.ini");
    let found = |cause, path: &Path, text: &str| {
        let facts = subject.about(path).detail(text);
        Some(Finding::new(Check::Terminal, cause, facts))
    };
    let (path, more) = match shown(subject) {
        Some(Shown { ini: None, .. }) => {
            return found(Cause::TerminalKeys, &shipped, "foot: no -c");
        }
        Some(Shown {
            ini: Some(ini),
            more,
        }) => (ini, more),
        None => (shipped, String::new()),
    };
    let meta = fs::metadata(&path).ok()?;
    if !meta.is_file() || meta.len() > MAX_INI {
        return found(Cause::NotLooked, &path, &path.display().to_string());
    }
    let Ok(text) = fs::read_to_string(&path) else {
        return found(Cause::NotLooked, &path, &path.display().to_string());
    };
    let live = bound(&format!("{text}\n{more}"));
    let first = live.get(..NAMED.min(live.len()))?.join(", ");
    let text = format!("{}: {}: {first}", path.display(), live.len());
    (!live.is_empty()).then(|| found(Cause::TerminalKeys, &path, &text))?
}

/// A foot that shows this station.
struct Shown {
    /// Its `foot.ini`; `None` where it takes its own.
    ini: Option<PathBuf>,
    /// What its command line changes, as lines of a `foot.ini`.
    more: String,
}

/// The running foot whose program is the kiosk of this data folder.
fn shown(subject: &Subject) -> Option<Shown> {
    let entries = fs::read_dir(subject.root.join("proc")).ok()?;
    entries.filter_map(Result::ok).find_map(|entry| {
        let line = fs::read(entry.path().join("cmdline")).ok()?;
        let line = String::from_utf8_lossy(&line).into_owned();
        let args: Vec<&str> = line.split('\0').collect();
        let data = |arg: &&str| Path::new(arg.trim_start_matches("--data=")) == subject.data;
        let is_foot = Path::new(args.first()?).file_name()? == "foot";
        (is_foot && args.contains(&"kiosk") && args.iter().any(data)).then(|| command(&args))
    })
}

/// What a command line of foot says of its settings, up to the program that it shows.
fn command(args: &[&str]) -> Shown {
    let (mut ini, mut more) = (None, String::new());
    let own = args.iter().skip(1);
    let mut own = own.take_while(|arg| Path::new(arg).file_name().is_none_or(|n| n != "wenming"));
    while let Some(arg) = own.next() {
        let (name, value) = match arg.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value)),
            _ => (*arg, None),
        };
        match name {
            "-c" | "--config" => ini = value.or_else(|| own.next().copied()).map(PathBuf::from),
            "-o" | "--override" => {
                let line = value.or_else(|| own.next().copied()).unwrap_or_default();
                let (section, line) = line.split_once('.').unwrap_or(("main", line));
                more = format!("{more}[{section}]\n{line}\n");
            }
            _ => {}
        }
    }
    Shown { ini, more }
}

/// The shell of the user as whom the station runs, where it lets somebody in.
pub(super) fn shell(subject: &Subject) -> Option<Finding> {
    subject.config_dir.as_ref()?;
    let (user, shell) = station_users(subject).into_iter().find_map(|user| {
        let shell = users::shell(&subject.root, &user)?;
        let name = Path::new(&shell).file_name()?.to_str()?;
        (!NO_SHELLS.contains(&name)).then(|| (user, shell.clone()))
    })?;
    let facts = subject.facts().user(&user);
    let facts = facts.detail(&format!("{user}: {shell}"));
    Some(Finding::new(Check::Rights, Cause::LoginShell, facts))
}

/// As whom the installed units run the kiosk; without one, who owns the data, unless that is a person who tries it out.
fn station_users(subject: &Subject) -> Vec<String> {
    let dirs = UNITS.iter().map(|dir| subject.root.join(dir));
    let files = dirs.filter_map(|dir| fs::read_dir(dir).ok()).flatten();
    let paths = files.filter_map(|entry| Some(entry.ok()?.path()));
    let units = paths.filter(|path| path.extension().is_some_and(|end| end == "service"));
    let users: Vec<String> = units.filter_map(|path| unit_user(&path)).collect();
    if !users.is_empty() {
        return users;
    }
    let owner = fs::metadata(&subject.data).map_or(0, |meta| meta.uid());
    let service = (1..FIRST_PERSON).contains(&owner);
    service
        .then(|| users::user(&subject.root, owner))
        .into_iter()
        .collect()
}

/// The user of a unit that starts the kiosk.
fn unit_user(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let mut starts = text.lines().filter(|line| line.starts_with("ExecStart="));
    starts.find(|line| line.contains("wenming") && line.contains(" kiosk"))?;
    let user = text.lines().find_map(|line| line.strip_prefix("User="))?;
    Some(user.trim().to_owned())
}
