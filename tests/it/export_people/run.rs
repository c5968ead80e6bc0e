//! Runs the program on a station's folder, and other people's programs on what it wrote.

use crate::equipment;
use crate::folder::names;
use crate::station::Dir;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder for exports that goes away with the test.
pub(crate) struct Out(Dir);

impl Out {
    pub(crate) fn new() -> Self {
        let dir = Dir::new();
        Self(dir)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        names(self.0.path())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names().is_empty()
    }
}

/// A run of `wenming export csv` that is about to be made.
pub(crate) struct Run {
    command: Command,
    pin: Option<String>,
}

fn wenming(dir: &Dir, what: &str, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenming"));
    command.envs(crate::harness::ENGLISH);
    command.args(["export", what, "--data"]).arg(dir.path());
    // Away from the example config, so that rewards are shown by their codes.
    command.args(args).current_dir(std::env::temp_dir());
    command
}

pub(crate) fn export(dir: &Dir, out: &Out, args: &[&str]) -> Run {
    let mut command = wenming(dir, "csv", args);
    command.arg("--to-dir").arg(out.path(""));
    Run { command, pin: None }
}

impl Run {
    pub(crate) fn with_pin(mut self, pin: &str) -> Self {
        self.pin = Some(format!("{pin}\n"));
        self
    }

    fn run(mut self) -> Output {
        let piped = self
            .command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that needs no PIN, or refuses before it, may be gone already.
        let _gone = stdin.write_all(self.pin.unwrap_or_default().as_bytes());
        drop(stdin);
        child.wait_with_output().unwrap()
    }

    pub(crate) fn ok(self) {
        let output = self.run();
        assert!(output.status.success(), "{}", error(&output));
    }

    /// What it says when it refuses.
    pub(crate) fn refused(self) -> String {
        self.code(1)
    }

    pub(crate) fn code(self, code: i32) -> String {
        let output = self.run();
        assert_eq!(output.status.code(), Some(code), "{}", error(&output));
        error(&output)
    }
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) fn summary(dir: &Dir, args: &[&str]) -> String {
    let output = wenming(dir, "summary", args).output().unwrap();
    assert!(output.status.success(), "{}", error(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// A text without line ends.
pub(crate) fn strip(text: &str) -> String {
    text.lines().collect()
}

/// The cells of a CSV text, read by the letter of RFC 4180.
pub(crate) fn lines(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.strip_prefix('\u{feff}').unwrap().chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => row.last_mut().unwrap().push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted && chars.next_if_eq(&'\n').is_some() => rows.push(vec![String::new()]),
            c => row.last_mut().unwrap().push(c),
        }
    }
    assert_eq!(rows.pop().unwrap(), [""], "the last line has no end");
    rows
}

/// What a script of `tests/it/export_people` prints about a file.
pub(crate) fn read_by(script: &str, path: &Path) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/export_people");
    let output = Command::new(equipment::python(&["openpyxl"]))
        .arg(folder.join(script))
        .arg(path)
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", error(&output));
    String::from_utf8(output.stdout).unwrap()
}
