//! What a disk may have after the power went: of what was not synced, some is lost, some is torn, and some came in another order.
#![expect(
    clippy::unwrap_used,
    reason = "an image that cannot be written proves nothing"
)]

use super::model::{Change, Content, File, Model, Names, Node, Promise, ROOT, Thing, apply};
use crate::crash::Dice;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

/// What of a file's unsynced changes arrived.
#[derive(Clone, Copy)]
enum Fate {
    All,
    None,
    /// The first ones, and a part of the next.
    First,
    /// Any blocks, in any order.
    Some,
}

impl Fate {
    fn draw(dice: &mut Dice) -> Self {
        let index = usize::try_from(dice.below(6)).unwrap();
        let fates = [
            Self::All,
            Self::None,
            Self::First,
            Self::Some,
            Self::First,
            Self::Some,
        ];
        *fates.get(index).unwrap()
    }
}

/// A block of a write: where it goes, and its bytes.
type Block<'a> = (u64, &'a [u8]);

/// Cuts a write where blocks of the disk meet.
fn blocks(at: u64, mut bytes: &[u8], size: u64) -> Vec<Block<'_>> {
    let (mut at, mut blocks) = (at, Vec::new());
    while !bytes.is_empty() {
        let room = usize::try_from(size - at % size).unwrap();
        let (block, rest) = bytes.split_at(room.min(bytes.len()));
        blocks.push((at, block));
        at += u64::try_from(block.len()).unwrap();
        bytes = rest;
    }
    blocks
}

/// What of blocks arrives.
fn arrive(content: &mut Content, mut written: Vec<Block<'_>>, fate: Fate, dice: &mut Dice) {
    match fate {
        Fate::All => {}
        Fate::None => written.clear(),
        Fate::First => {
            let count = u64::try_from(written.len()).unwrap();
            written.truncate(usize::try_from(dice.below(count + 1)).unwrap());
        }
        Fate::Some => {
            let lost = dice.below(8) + 1;
            written.retain(|_| dice.below(9) >= lost);
            for last in (1..written.len()).rev() {
                let with = dice.below(u64::try_from(last).unwrap() + 1);
                written.swap(last, usize::try_from(with).unwrap());
            }
        }
    }
    for (at, bytes) in written {
        content.put(at, bytes);
    }
}

/// The content of a file after the cut.
fn content(file: &File, dice: &mut Dice) -> Content {
    let mut content = file.lasting.clone();
    if file.since.is_empty() {
        return content;
    }
    let fate = Fate::draw(dice);
    let size = if dice.below(2) == 0 { 512 } else { 4096 };
    let mut written = Vec::new();
    for change in &file.since {
        let length = match change {
            Change::Write(at, bytes) => {
                written.extend(blocks(*at, bytes, size));
                continue;
            }
            Change::Length(length) | Change::Reserve(length) => *length,
        };
        arrive(&mut content, std::mem::take(&mut written), fate, dice);
        // What came after a length that was lost went to blocks that nothing leads to.
        if matches!(fate, Fate::None) || (!matches!(fate, Fate::All) && dice.below(2) == 0) {
            return content;
        }
        match change {
            Change::Length(_) => content.cut(length),
            Change::Write(..) | Change::Reserve(_) => content.reserve(length),
        }
    }
    arrive(&mut content, written, fate, dice);
    // The length may arrive without what it promises.
    if dice.below(4) == 0 {
        content.reserve(file.length);
    }
    content
}

/// The names of all folders after the cut, as far as they differ from what lasts.
fn names(model: &Model, dice: &mut Dice) -> BTreeMap<Node, Names> {
    let count = u64::try_from(model.since.len()).unwrap();
    let first = match dice.below(4) {
        0 => 0,
        1 => count,
        _ => dice.below(count + 1),
    };
    let kept = dice.below(5) + 1;
    let mut changed = BTreeMap::new();
    for (n, change) in (0..).zip(&model.since) {
        let lasts = match model.promise() {
            Promise::Journal => n < first,
            Promise::Strict => dice.below(6) < kept,
        };
        if !lasts {
            continue;
        }
        for naming in change {
            let names = changed.entry(naming.folder);
            apply(
                names.or_insert_with(|| lasting(model, naming.folder)),
                naming,
            );
        }
    }
    changed
}

fn lasting(model: &Model, folder: Node) -> Names {
    match model.thing(folder) {
        Thing::Folder(folder) => folder.lasting.clone(),
        Thing::File(_) => Names::new(),
    }
}

/// An image that is being written.
struct Image<'a> {
    model: &'a Model,
    names: BTreeMap<Node, Names>,
    dice: Dice,
}

impl Image<'_> {
    fn write(&mut self, node: Node, path: &Path) {
        let model = self.model;
        match model.thing(node) {
            Thing::File(file) => {
                let content = content(file, &mut self.dice);
                let mut how = OpenOptions::new();
                let how = how.write(true).create_new(true).mode(0o600);
                let mut to = how.open(path).unwrap();
                to.write_all(&content.bytes).unwrap();
                to.set_len(content.length).unwrap();
            }
            Thing::Folder(_) => {
                let made = fs::DirBuilder::new().mode(0o700).create(path);
                assert!(made.is_ok() || node == ROOT, "{made:?}");
                // One that was moved may have two names, and the same in both.
                let names = self.names.get(&node).cloned();
                for (name, node) in names.unwrap_or_else(|| lasting(model, node)) {
                    self.write(node, &path.join(name));
                }
            }
        }
    }

    /// The index that all connections share is memory: after a cut it is absent, old, or noise.
    fn write_index(&mut self, data: &Path) {
        if !data.join("station.db").exists() {
            return;
        }
        let noise = match self.dice.below(3) {
            0 => return,
            1 => vec![0; 32_768],
            _ => (0..32_768)
                .map(|_| u8::try_from(self.dice.below(256)).unwrap())
                .collect(),
        };
        let mut how = OpenOptions::new();
        let how = how.write(true).create_new(true).mode(0o600);
        let mut to = how.open(data.join("station.db-shm")).unwrap();
        to.write_all(&noise).unwrap();
    }
}

/// Writes what the disk may have after a cut at this moment. The same numbers give the same image.
pub(super) fn write(model: &Model, mut dice: Dice, into: &Path) {
    let names = names(model, &mut dice);
    let mut image = Image { model, names, dice };
    image.write(ROOT, into);
    image.write_index(&into.join("data"));
}
