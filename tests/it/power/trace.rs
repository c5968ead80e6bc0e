//! A recording: what the program asked of the disk and what it told people, in the order in which the calls ended, read from `strace`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a recording that cannot be read whole proves nothing"
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// Calls that are recorded. Those that change a file in a way that is not told apart below are there to be seen: they stop the test.
pub(super) const CALLS: &str = "trace=open,creat,openat,openat2,write,pwrite64,writev,pwritev,pwritev2,copy_file_range,sendfile,splice,\
     ftruncate,truncate,fallocate,lseek,fsync,fdatasync,sync_file_range,sync,syncfs,msync,rename,renameat,renameat2,unlink,unlinkat,rmdir,\
     mkdir,mkdirat,link,linkat,symlink,symlinkat";

/// One thing that happened. Paths are those below the folder that was recorded; the folder itself is "".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A file is there from now on, if it was not.
    Create(String),
    /// Bytes, at a place or at the end.
    Write(String, Option<u64>, Arc<[u8]>),
    /// The file has this length.
    Length(String, u64),
    /// The file has this length at least.
    Reserve(String, u64),
    /// What the file or the folder has lasts.
    Sync(String),
    /// Everything from this folder down lasts: what is sent may be on a medium of its own.
    SyncBelow(String),
    Rename(String, String),
    Unlink(String),
    MakeDir(String),
    RemoveDir(String),
    /// Bytes to a terminal or to the standard output of a command.
    Shown(Arc<[u8]>),
}

/// Where the next `write` goes.
#[derive(Clone, Copy)]
struct Place {
    at: u64,
    is_append: bool,
}

/// Reads the recording of one run of the program.
pub(super) struct Reader<'a> {
    root: &'a Path,
    /// By thread: the first part of a call during which another thread did something.
    begun: HashMap<String, String>,
    /// By descriptor, with the path that it had when it was opened.
    places: HashMap<u32, Place>,
    events: Vec<Event>,
}

/// A call that has ended well.
struct Call<'a> {
    name: &'a str,
    args: Vec<&'a str>,
    answer: &'a str,
}

impl<'a> Call<'a> {
    /// `None` for one that failed.
    fn read(text: &'a str) -> Option<Self> {
        let (name, rest) = text.split_once('(').unwrap();
        let (args, answer) = rest.rsplit_once(") ").unwrap();
        let answer = answer.trim_start().strip_prefix("= ").unwrap();
        if answer.starts_with('-') || answer.starts_with('?') {
            return None;
        }
        // Every text is in hex, so a comma is always between two arguments.
        let args = args.split(", ").collect();
        Some(Self { name, args, answer })
    }

    fn number(&self, place: usize) -> u64 {
        self.args[place].parse().unwrap()
    }

    /// The number that it answered, without what stands behind.
    fn answered(&self) -> u64 {
        let end = self.answer.find(|c: char| !c.is_ascii_digit());
        self.answer[..end.unwrap_or(self.answer.len())]
            .parse()
            .unwrap()
    }
}

/// The bytes between two signs, in hex, such as `"\x61"` or `<\x61>`.
fn between(text: &str, open: char, close: char) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(open)?;
    let (hex, after) = rest.split_once(close)?;
    assert!(!after.starts_with("..."), "a recording was cut short");
    let bytes = hex.split("\\x").skip(1);
    Some(
        bytes
            .map(|byte| u8::from_str_radix(byte, 16).unwrap())
            .collect(),
    )
}

/// Text as the recorder writes it.
pub(super) fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut hex, byte| {
        write!(hex, "\\x{byte:02x}").unwrap();
        hex
    })
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The number of a descriptor.
fn descriptor(arg: &str) -> u32 {
    arg.split('<').next().unwrap().parse().unwrap()
}

impl<'a> Reader<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self {
            root,
            begun: HashMap::new(),
            places: HashMap::new(),
            events: Vec::new(),
        }
    }

    /// Reads what `strace -f -y -xx` wrote.
    pub(super) fn read(mut self, recording: &str) -> Vec<Event> {
        for line in recording.lines() {
            let (thread, rest) = line.split_once(' ').unwrap();
            let rest = rest.trim_start();
            if rest.starts_with("+++") || rest.starts_with("---") {
                continue;
            }
            if let Some(first) = rest.strip_suffix(" <unfinished ...>") {
                self.begun.insert(thread.to_owned(), first.to_owned());
            } else if let Some(resumed) = rest.strip_prefix("<... ") {
                let (_, second) = resumed.split_once(" resumed>").unwrap();
                let first = self.begun.remove(thread).unwrap();
                self.take(&format!("{first}{second}"));
            } else {
                self.take(rest);
            }
        }
        self.events
    }

    /// A path below the folder; `None` outside, and for the index that all connections share: it is made anew at each start.
    fn below(&self, path: &str) -> Option<String> {
        let path = Path::new(path).strip_prefix(self.root).ok()?;
        let path = path.to_str().unwrap().to_owned();
        (!path.ends_with("-shm")).then_some(path)
    }

    /// The path of an open file; `None` for one that has no name any more.
    fn of_descriptor(&self, arg: &str) -> Option<String> {
        let path = text(between(arg, '<', '>')?);
        if arg.ends_with("(deleted)") || path.ends_with(" (deleted)") {
            return None;
        }
        self.below(&path)
    }

    /// The path that a pair of a folder's descriptor and a name means.
    fn at(&self, folder: &str, name: &str) -> Option<String> {
        let name = text(between(name, '"', '"')?);
        if name.starts_with('/') {
            return self.below(&name);
        }
        let folder = text(between(folder, '<', '>')?);
        self.below(&format!("{folder}/{name}"))
    }

    /// The path that an argument names.
    fn named(&self, name: &str) -> Option<String> {
        let path = text(between(name, '"', '"')?);
        assert!(path.starts_with('/'), "{path} is not whole");
        self.below(&path)
    }

    fn take(&mut self, line: &str) {
        let Some(call) = Call::read(line) else {
            return;
        };
        let event = match call.name {
            "openat" => return self.opened(&call),
            "lseek" => return self.moved(&call),
            "write" => self.written(&call),
            "pwrite64" => self.of_descriptor(call.args[0]).map(|path| {
                let bytes = between(call.args[1], '"', '"').unwrap();
                let bytes = &bytes[..usize::try_from(call.answered()).unwrap()];
                Event::Write(path, Some(call.number(3)), bytes.into())
            }),
            "ftruncate" => self
                .of_descriptor(call.args[0])
                .map(|path| Event::Length(path, call.number(1))),
            "fallocate" => self.of_descriptor(call.args[0]).map(|path| {
                assert_eq!(call.args[1], "0", "{line}");
                Event::Reserve(path, call.number(2) + call.number(3))
            }),
            "fsync" | "fdatasync" => self.of_descriptor(call.args[0]).map(Event::Sync),
            "sync" => Some(Event::SyncBelow(String::new())),
            "syncfs" => self.of_descriptor(call.args[0]).map(Event::SyncBelow),
            "rename" => Self::renamed(self.named(call.args[0]), self.named(call.args[1])),
            "renameat" | "renameat2" => Self::renamed(
                self.at(call.args[0], call.args[1]),
                self.at(call.args[2], call.args[3]),
            ),
            "unlink" => self.named(call.args[0]).map(Event::Unlink),
            "unlinkat" => self.at(call.args[0], call.args[1]).map(|path| {
                let is_folder = call.args[2].contains("AT_REMOVEDIR");
                let gone = [Event::Unlink, Event::RemoveDir][usize::from(is_folder)];
                gone(path)
            }),
            "rmdir" => self.named(call.args[0]).map(Event::RemoveDir),
            "mkdir" => self.named(call.args[0]).map(Event::MakeDir),
            "mkdirat" => self.at(call.args[0], call.args[1]).map(Event::MakeDir),
            other => {
                let root = hex(self.root.to_str().unwrap());
                assert!(
                    !line.contains(&root),
                    "the recorder does not know {other}: {line}"
                );
                None
            }
        };
        self.events.extend(event);
    }

    fn renamed(from: Option<String>, to: Option<String>) -> Option<Event> {
        assert_eq!(from.is_some(), to.is_some(), "{from:?} to {to:?}");
        Some(Event::Rename(from?, to?))
    }

    fn opened(&mut self, call: &Call<'_>) {
        let Some(path) = self.at(call.args[0], call.args[1]) else {
            return;
        };
        let flags = call.args[2];
        assert!(
            !flags.contains("SYNC"),
            "the recorder does not know {flags}"
        );
        let is_append = flags.contains("O_APPEND");
        let number = descriptor(call.answer);
        self.places.insert(number, Place { at: 0, is_append });
        if flags.contains("O_CREAT") {
            self.events.push(Event::Create(path.clone()));
        }
        if flags.contains("O_TRUNC") {
            self.events.push(Event::Length(path, 0));
        }
    }

    fn moved(&mut self, call: &Call<'_>) {
        if self.of_descriptor(call.args[0]).is_some() {
            let place = self.places.get_mut(&descriptor(call.args[0])).unwrap();
            place.at = call.answered();
        }
    }

    fn written(&mut self, call: &Call<'_>) -> Option<Event> {
        let number = descriptor(call.args[0]);
        let bytes = between(call.args[1], '"', '"').unwrap();
        let length = usize::try_from(call.answered()).unwrap();
        let bytes: Arc<[u8]> = bytes[..length].into();
        let Some(path) = self.of_descriptor(call.args[0]) else {
            let to = text(between(call.args[0], '<', '>')?);
            let is_shown = to.starts_with("/dev/pts/") || to.starts_with("/dev/tty") || number == 1;
            return is_shown.then_some(Event::Shown(bytes));
        };
        let Some(place) = self.places.get_mut(&number) else {
            panic!("{path} was never opened");
        };
        let at = place.at;
        place.at += call.answered();
        let at = (!place.is_append).then_some(at);
        Some(Event::Write(path, at, bytes))
    }
}
