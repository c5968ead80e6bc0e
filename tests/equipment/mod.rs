//! What tests and benches need from outside: one list, and one function that installs it or names what is missing.
//!
//! Programs are started by the names that `tool` gives, scripts find only what `only` gives them, packages of Python come
//! from `python`. None of the three lets a test pass without what it asked for.
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test and bench uses a part of it"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test without its tools must fail"
)]

pub(crate) mod list;

use list::{Kind, TOOLS, Tool};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Below `target/`: the environment of Python, folders of `only`, the lock.
const HOME: &str = env!("CARGO_TARGET_TMPDIR");

/// Where the test that boots a station stands.
const BOOT: &str = "tests/it/deployed/";

/// Who is about to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// The README's test command.
    Tests,
    /// The benches.
    Benches,
    /// The test of PC/SC readers, which links a C library.
    Pcsc,
    /// The test that boots a station, which takes root.
    Boot,
}

impl Need {
    pub(crate) const ALL: [(Self, &'static str); 4] = [
        (Self::Tests, "tests"),
        (Self::Benches, "benches"),
        (Self::Pcsc, "pcsc"),
        (Self::Boot, "boot"),
    ];

    fn of(self, tool: &Tool) -> bool {
        tool.users.iter().any(|user| match self {
            Self::Benches => user.starts_with("benches/"),
            Self::Pcsc => user.ends_with("/pcsc"),
            Self::Boot => user.starts_with(BOOT),
            Self::Tests => {
                user.starts_with("tests/") && !user.ends_with("/pcsc") && !user.starts_with(BOOT)
            }
        })
    }

    /// Equips once a process; what it said.
    pub(crate) fn equipped(self) -> &'static Result<(), String> {
        static DONE: [OnceLock<Result<(), String>>; 4] = [const { OnceLock::new() }; 4];
        let place = Self::ALL.iter().position(|(need, _)| *need == self);
        DONE[place.unwrap()].get_or_init(|| equip(self))
    }
}

impl Tool {
    /// As pip wants it: `name==version`.
    fn spec(&self) -> String {
        match self.kind {
            Kind::PyPi(version) => format!("{}=={version}", self.name),
            Kind::Program | Kind::File | Kind::Module => self.name.to_owned(),
        }
    }

    /// Its mark in the environment of Python, made when pip has installed it.
    fn mark(&self) -> PathBuf {
        environment().join(self.spec())
    }

    fn is_there(&self) -> bool {
        match self.kind {
            Kind::Program => found(self.name).is_some(),
            Kind::File => Path::new(self.name).exists(),
            Kind::Module => {
                let import = format!("import {}", self.name);
                found("python3").is_some()
                    && ran(Command::new("python3").args(["-c", &import])).is_ok()
            }
            Kind::PyPi(_) => environment().join("bin/python").exists() && self.mark().exists(),
        }
    }
}

/// The environment of Python, for all tests and benches.
fn environment() -> PathBuf {
    Path::new(HOME).join("python")
}

/// Where a program is.
fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(name));
    places.find(|place| place.is_file())
}

fn listed(name: &str) -> &'static Tool {
    let tool = TOOLS.iter().find(|tool| tool.name == name);
    tool.unwrap_or_else(|| panic!("{name} is not in tests/equipment/list.rs"))
}

/// Runs a command to its end; an error is what it said.
fn ran(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "{command:?}: {}\n{}",
        output.status,
        said.trim_end()
    ))
}

/// Says what takes long where the capture of the test does not hold it back.
fn announce(what: &str) {
    writeln!(io::stderr(), "equipment: {what}").unwrap_or_default();
}

/// Installs what is missing where that is allowed. Only one process at a time does.
///
/// # Errors
///
/// One text that names everything that is still missing, and how to get it.
pub(crate) fn equip(need: Need) -> Result<(), String> {
    let lock = File::create(Path::new(HOME).join("equipment.lock")).unwrap();
    lock.lock().unwrap();
    let missing = || -> Vec<&'static Tool> {
        let needed = TOOLS.iter().filter(|tool| need.of(tool));
        needed.filter(|tool| !tool.is_there()).collect()
    };
    let mut said = String::new();
    let packages = packages(&missing());
    if !packages.is_empty() && rustix::process::geteuid().is_root() {
        said += &apt_get(&packages).err().unwrap_or_default();
    }
    let specs = specs(&missing());
    if !specs.is_empty() && listed("ensurepip").is_there() {
        said += &pip(&specs).err().unwrap_or_default();
    }
    let still = missing();
    if still.is_empty() {
        return Ok(());
    }
    Err(message(&still, &said))
}

/// The Debian packages of tools, each once.
fn packages(tools: &[&Tool]) -> Vec<&'static str> {
    let named = tools.iter().map(|tool| tool.package);
    let mut packages: Vec<&str> = named.filter(|package| !package.is_empty()).collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}

/// The packages of `PyPI` among tools.
fn specs(tools: &[&Tool]) -> Vec<String> {
    let pypi = tools.iter().filter(|tool| tool.package.is_empty());
    pypi.map(|tool| tool.spec()).collect()
}

fn apt_get(packages: &[&str]) -> Result<(), String> {
    announce(&format!("apt-get install {}", packages.join(" ")));
    let run = |args: &[&str]| {
        ran(Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-q", "-y", "-o", "DPkg::Lock::Timeout=300"])
            .args(args))
    };
    // Lists that cannot be fetched may still be there from before.
    let updated = run(&["update"]);
    let install = [&["install", "--no-install-recommends"], packages].concat();
    run(&install).map_err(|said| updated.err().unwrap_or_default() + &said)
}

fn pip(specs: &[String]) -> Result<(), String> {
    announce(&format!("pip install {}", specs.join(" ")));
    let home = environment();
    let python = home.join("bin/python");
    if !python.exists() {
        let make = ["-m", "venv", "--clear"];
        ran(Command::new("python3").args(make).arg(&home))?;
    }
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    ran(Command::new(&python).args(install).args(specs))?;
    for spec in specs {
        fs::write(home.join(spec), "").map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Everything that is missing, in one text.
fn message(missing: &[&Tool], said: &str) -> String {
    let mut text = "this machine lacks what these need:\n".to_owned();
    for tool in missing {
        let users = tool.users.join(", ");
        let _fits = writeln!(text, "  {:<36} {users}", tool.spec());
    }
    let packages = packages(missing);
    if !packages.is_empty() {
        let install = "apt-get install --no-install-recommends";
        let _fits = writeln!(
            text,
            "as root on Debian:\n  {install} {}",
            packages.join(" ")
        );
    }
    if !specs(missing).is_empty() {
        text += "what has a version comes from PyPI: pip puts it under target/ as soon as python3-venv and a network are there\n";
    }
    text + said
}

/// The name of a program to start, or the path of a file to read, that is surely there.
///
/// # Panics
///
/// When it is missing and cannot be installed, or is not in the list.
#[track_caller]
pub(crate) fn tool(name: &str) -> &str {
    let tool = listed(name);
    if !tool.is_there() {
        let needs = Need::ALL.iter().find(|(need, _)| need.of(tool));
        // What is wrong is said once, by the test `equipment`.
        let _said = needs.unwrap().0.equipped();
    }
    assert!(
        tool.is_there(),
        "{name} is missing: `cargo test --test equipment` names all that is, and how to get it"
    );
    name
}

/// For who leaves out what this machine cannot do, a bench or the test that boots: whether a tool is there.
pub(crate) fn has(name: &str) -> bool {
    let tool = listed(name);
    let need = [Need::Benches, Need::Boot].into_iter();
    let mut need = need.filter(|need| need.of(tool));
    tool.is_there() || (need.all(|need| need.equipped().is_ok()) && tool.is_there())
}

/// A `PATH` with these tools and no others, for scripts.
#[track_caller]
pub(crate) fn only(names: &[&str]) -> OsString {
    let folder = Path::new(HOME).join(format!("only-{}", names.join("-")));
    fs::create_dir_all(&folder).unwrap();
    for name in names {
        let program = found(tool(name)).unwrap();
        let link = folder.join(name);
        // Another test may make the same one; one that leads nowhere is from before.
        if !link.exists() {
            let _none = fs::remove_file(&link);
            let _there = symlink(program, &link);
        }
        assert!(link.exists(), "{}", link.display());
    }
    folder.into_os_string()
}

/// The Python that has these packages of `PyPI`.
#[track_caller]
pub(crate) fn python(packages: &[&str]) -> PathBuf {
    for package in packages {
        tool(package);
    }
    environment().join("bin/python")
}

/// A program that is made here, under `target/` or in a temporary folder: the one under test, or one that pip brought.
#[track_caller]
pub(crate) fn ours(program: &Path) -> &Path {
    let target = Path::new(HOME).parent().unwrap();
    assert!(
        program.starts_with(target) || program.starts_with(std::env::temp_dir()),
        "{} is from outside: list it in tests/equipment/list.rs",
        program.display()
    );
    program
}
