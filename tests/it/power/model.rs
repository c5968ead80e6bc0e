//! A file system as it is at one moment of a recording: what lasts, and what a power cut may take.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a recording that the model does not follow proves nothing"
)]

use super::trace::Event;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// What a file system promises beyond the standard. Of contents both promise only what a sync of that file asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Promise {
    /// Names change in order, and a sync of anything makes all earlier names last, as on ext4 and xfs.
    Journal,
    /// A name lasts once its own folder was synced; until then any of the changes may be lost and later ones kept.
    Strict,
}

/// A file or a folder, by its place in the model.
pub(super) type Node = usize;

/// Names in a folder.
pub(super) type Names = BTreeMap<String, Node>;

/// The root of the tree.
pub(super) const ROOT: Node = 0;

/// What a file has: bytes, and zeros behind them up to its length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) bytes: Vec<u8>,
    pub(super) length: u64,
}

/// A change of a file that may not last.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Write(u64, Arc<[u8]>),
    Length(u64),
    Reserve(u64),
}

impl Content {
    fn of(mut bytes: Vec<u8>) -> Self {
        let length = u64::try_from(bytes.len()).unwrap();
        let end = bytes.iter().rposition(|byte| *byte != 0);
        bytes.truncate(end.map_or(0, |end| end + 1));
        Self { bytes, length }
    }

    pub(super) fn put(&mut self, at: u64, bytes: &[u8]) {
        let from = usize::try_from(at).unwrap();
        let to = from + bytes.len();
        if self.bytes.len() < to {
            self.bytes.resize(to, 0);
        }
        self.bytes.get_mut(from..to).unwrap().copy_from_slice(bytes);
        self.reserve(u64::try_from(to).unwrap());
    }

    pub(super) fn cut(&mut self, length: u64) {
        self.bytes.truncate(usize::try_from(length).unwrap());
        self.length = length;
    }

    pub(super) fn reserve(&mut self, length: u64) {
        self.length = self.length.max(length);
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Write(at, bytes) => self.put(*at, bytes),
            Change::Length(length) => self.cut(*length),
            Change::Reserve(length) => self.reserve(*length),
        }
    }
}

/// A file: what lasts, and in order what was done to it since.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    pub(super) lasting: Content,
    pub(super) since: Vec<Change>,
    /// Its length for the program.
    pub(super) length: u64,
}

/// A folder: what it has for the program, and what of that lasts.
#[derive(Clone, Debug, Default)]
pub(super) struct Folder {
    now: Names,
    pub(super) lasting: Names,
}

#[derive(Clone, Debug)]
pub(super) enum Thing {
    File(File),
    Folder(Folder),
}

/// One name of a folder that means something else, or nothing, from now on.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    pub(super) folder: Node,
    pub(super) name: String,
    pub(super) node: Option<Node>,
}

/// The model.
#[derive(Clone, Debug)]
pub(super) struct Model {
    promise: Promise,
    things: Vec<Thing>,
    /// Changes of names that may not last, in order. A rename is one change.
    pub(super) since: Vec<Vec<Naming>>,
}

impl Model {
    /// Nothing but the root.
    pub(super) fn empty(promise: Promise) -> Self {
        Self {
            promise,
            things: vec![Thing::Folder(Folder::default())],
            since: Vec::new(),
        }
    }

    /// The same under another promise.
    pub(super) fn with(&self, promise: Promise) -> Self {
        Self {
            promise,
            ..self.clone()
        }
    }

    /// Takes over what lies in a folder, all of it lasting; at the top only what is named.
    pub(super) fn load_top(&mut self, path: &Path, tops: &[&str]) {
        self.load(path, ROOT, &|name| tops.contains(&name));
    }

    fn load(&mut self, path: &Path, into: Node, is_wanted: &dyn Fn(&str) -> bool) {
        for entry in fs::read_dir(path).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let kind = entry.file_type().unwrap();
            if !is_wanted(&name) || name.ends_with("-shm") {
                continue;
            }
            let node = if kind.is_dir() {
                let node = self.add(Thing::Folder(Folder::default()));
                self.load(&entry.path(), node, &|_| true);
                node
            } else if kind.is_file() {
                let lasting = Content::of(fs::read(entry.path()).unwrap());
                let length = lasting.length;
                self.add(Thing::File(File {
                    lasting,
                    length,
                    since: Vec::new(),
                }))
            } else {
                // A link to a reader.
                continue;
            };
            let folder = self.folder(into);
            folder.now.insert(name.clone(), node);
            folder.lasting.insert(name, node);
        }
    }

    fn add(&mut self, thing: Thing) -> Node {
        self.things.push(thing);
        self.things.len() - 1
    }

    pub(super) fn thing(&self, node: Node) -> &Thing {
        self.things.get(node).unwrap()
    }

    fn folder(&mut self, node: Node) -> &mut Folder {
        match self.things.get_mut(node).unwrap() {
            Thing::Folder(folder) => folder,
            Thing::File(_) => panic!("{node} is a file"),
        }
    }

    fn file(&mut self, path: &str) -> &mut File {
        let node = self.find(path);
        let node = node.unwrap_or_else(|| panic!("{path} is not there"));
        match self.things.get_mut(node).unwrap() {
            Thing::File(file) => file,
            Thing::Folder(_) => panic!("{path} is a folder"),
        }
    }

    fn find(&self, path: &str) -> Option<Node> {
        let mut steps = path.split('/').filter(|step| !step.is_empty());
        steps.try_fold(ROOT, |node, step| match self.thing(node) {
            Thing::Folder(folder) => folder.now.get(step).copied(),
            Thing::File(_) => None,
        })
    }

    /// The folder above, and the name in it.
    fn above<'p>(&self, path: &'p str) -> (Node, &'p str) {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        (self.find(above).unwrap(), name)
    }

    /// Takes a change of names over, for the program at once.
    fn name(&mut self, changed: &[(&str, Option<Node>)]) {
        let mut change = Vec::new();
        for (path, node) in changed {
            let (folder, name) = self.above(path);
            let name = name.to_owned();
            match node {
                Some(node) => self.folder(folder).now.insert(name.clone(), *node),
                None => self.folder(folder).now.remove(&name),
            };
            change.push(Naming {
                folder,
                name,
                node: *node,
            });
        }
        self.since.push(change);
    }

    /// Follows the recording by one event.
    pub(super) fn follow(&mut self, event: &Event) {
        match event {
            Event::Create(path) if self.find(path).is_some() => {}
            Event::Create(path) => {
                let node = self.add(Thing::File(File::default()));
                self.name(&[(path, Some(node))]);
            }
            Event::MakeDir(path) => {
                let node = self.add(Thing::Folder(Folder::default()));
                self.name(&[(path, Some(node))]);
            }
            Event::Write(path, at, bytes) => {
                let file = self.file(path);
                let at = at.unwrap_or(file.length);
                let end = at + u64::try_from(bytes.len()).unwrap();
                file.length = file.length.max(end);
                file.since.push(Change::Write(at, Arc::clone(bytes)));
            }
            Event::Length(path, length) => {
                let file = self.file(path);
                if file.length != *length {
                    file.since.push(Change::Length(*length));
                    file.length = *length;
                }
            }
            Event::Reserve(path, length) => {
                let file = self.file(path);
                file.since.push(Change::Reserve(*length));
                file.length = file.length.max(*length);
            }
            Event::Rename(from, to) => {
                let node = self.find(from).unwrap();
                self.name(&[(from, None), (to, Some(node))]);
            }
            Event::Unlink(path) | Event::RemoveDir(path) => self.name(&[(path, None)]),
            Event::Sync(path) => {
                let node = self.find(path).unwrap();
                self.sync(&[node], self.promise == Promise::Journal);
            }
            Event::SyncBelow(path) => {
                let node = self.find(path).unwrap();
                self.sync(&self.below(node), false);
            }
            Event::Shown(_) => {}
        }
    }

    /// This and everything in it.
    fn below(&self, node: Node) -> Vec<Node> {
        let mut all = vec![node];
        if let Thing::Folder(folder) = self.thing(node) {
            all.extend(folder.now.values().flat_map(|node| self.below(*node)));
        }
        all
    }

    /// Makes these last, and all names if so.
    fn sync(&mut self, nodes: &[Node], all_names: bool) {
        for node in nodes {
            if let Thing::File(file) = self.things.get_mut(*node).unwrap() {
                for change in file.since.drain(..) {
                    file.lasting.change(&change);
                }
            }
        }
        let lasts = |naming: &mut Naming| all_names || nodes.contains(&naming.folder);
        let mut lasting = Vec::new();
        for change in &mut self.since {
            lasting.extend(change.extract_if(.., lasts));
        }
        self.since.retain(|change| !change.is_empty());
        for naming in lasting {
            let names = &mut self.folder(naming.folder).lasting;
            apply(names, &naming);
        }
    }

    /// What the file system promises.
    pub(super) const fn promise(&self) -> Promise {
        self.promise
    }
}

/// Makes a change of a name.
pub(super) fn apply(names: &mut Names, naming: &Naming) {
    match naming.node {
        Some(node) => names.insert(naming.name.clone(), node),
        None => names.remove(&naming.name),
    };
}
