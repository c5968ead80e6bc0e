//! What stands in a bundle's way: it gets another name, and the technician a sentence.
//!
//! Nothing that we have not made is opened, followed or removed: whoever can write on a stick may have put it there.

use super::files::Folder;
use crate::disk::Entry;
use crate::domain::Lang;
use crate::words::Words;
use rustix::io::Errno;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// What the name of a thing ends with that has a name of ours and is not ours.
const WRONG: &str = ".wrong";
/// How many such names are counted; further ones end with chance, which nobody can have taken before.
const COUNTED: u32 = 9;
/// How often chance is tried.
const TRIES: u32 = 4;

/// Something that had a name of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aside {
    /// Where it was.
    pub(super) path: PathBuf,
    /// What it is.
    pub(super) entry: Entry,
    /// What it is called now; `None` where it could not be renamed.
    pub(super) now: Option<String>,
}

/// Why something is still in the way.
#[derive(Debug)]
pub(super) enum Stays {
    /// It cannot be renamed: a mounted file system, or somebody else's by the rules of the folder.
    Obstacle(Aside),
    /// The system said no.
    Io(io::Error),
}

impl From<io::Error> for Stays {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Gives a thing that is not ours another name; it is never removed.
pub(super) fn put_aside(dir: &dyn Folder, name: &str, entry: Entry) -> Result<Aside, Stays> {
    let mut aside = Aside {
        path: dir.path().join(name),
        entry,
        now: None,
    };
    for again in 1..=COUNTED + TRIES {
        let end = match again {
            1 => String::new(),
            2..=COUNTED => again.to_string(),
            _ => {
                let chance = getrandom::u32().map_err(io::Error::other)?;
                format!("-{chance:08x}")
            }
        };
        let to = format!("{name}{WRONG}{end}");
        match dir.rename(name, &to) {
            Ok(()) => {
                dir.sync()?;
                aside.now = Some(to);
                return Ok(aside);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) if is_kept(&error) => break,
            Err(error) => return Err(error.into()),
        }
    }
    Err(Stays::Obstacle(aside))
}

/// Says whether an answer is about this one thing and not about the whole file system.
fn is_kept(error: &io::Error) -> bool {
    let kept = [Errno::BUSY, Errno::PERM, Errno::XDEV];
    Errno::from_io_error(error).is_some_and(|errno| kept.contains(&errno))
}

impl Aside {
    /// What was done, and what the technician should do.
    pub(super) fn sentence(&self, words: &Words, lang: Lang) -> String {
        let say = words.say(lang);
        let what = say.text(match self.entry {
            Entry::File(_) => "thing-file",
            Entry::Folder => "thing-folder",
            Entry::Link => "thing-link",
            Entry::Pipe => "thing-pipe",
            Entry::Socket => "thing-socket",
            Entry::Device => "thing-device",
        });
        let path = self.path.display().to_string();
        let (path, what) = (("path", path.as_str()), ("what", what.as_str()));
        match &self.now {
            Some(now) => say.with("sink-aside", &[path, what, ("now", now)]),
            None => say.with("sink-obstacle", &[path, what]),
        }
    }
}
