//! The model of a file system by itself: what may be lost is sometimes lost and sometimes not, and nothing else is.
#![expect(
    clippy::unwrap_used,
    reason = "an image that cannot be looked at proves nothing"
)]

use super::cuts::dice;
use super::image;
use super::model::{Model, Promise};
use super::trace::{Event, Reader};
use crate::folder::Folder;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn write(path: &str, text: &str) -> Event {
    Event::Write(path.to_owned(), None, Arc::from(text.as_bytes()))
}

fn sync(path: &str) -> Event {
    Event::Sync(path.to_owned())
}

fn create(path: &str) -> Event {
    Event::Create(path.to_owned())
}

fn rename(from: &str, to: &str) -> Event {
    Event::Rename(from.to_owned(), to.to_owned())
}

/// All files below, as `name=text`.
fn tree(path: &Path, below: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            found.push(format!("{name}/"));
            found.extend(tree(&entry.path(), &format!("{name}/")));
        } else {
            let bytes = fs::read(entry.path()).unwrap();
            found.push(format!("{name}={}", String::from_utf8_lossy(&bytes)));
        }
    }
    found.sort();
    found
}

/// Every disk that a cut after these events may leave, in some hundred draws.
fn disks(promise: Promise, events: &[Event]) -> BTreeSet<String> {
    let mut model = Model::empty(promise);
    for event in events {
        model.follow(event);
    }
    let draws = (0..300).map(|image| {
        let folder = Folder::new("disk");
        image::write(&model, dice(7, image), &folder);
        tree(&folder, "").join(" ")
    });
    draws.collect()
}

#[track_caller]
fn check(promise: Promise, events: &[Event], want: &[&str]) {
    let want: BTreeSet<String> = want.iter().map(|&disk| disk.to_owned()).collect();
    assert_eq!(disks(promise, events), want, "{promise:?} {events:?}");
}

#[test]
fn what_was_synced_lasts_and_what_was_not_may_go() {
    use Promise::{Journal, Strict};
    let made = [create("a"), write("a", "x")];
    let kept = [create("a"), write("a", "x"), sync("a"), sync("")];
    for promise in [Journal, Strict] {
        check(promise, &made, &["", "a=", "a=\0", "a=x"]);
        check(promise, &kept, &["a=x"]);
    }
    // A sync of the file: its name lasts by it only where all names do.
    check(Journal, &kept[..3], &["a=x"]);
    check(Strict, &kept[..3], &["", "a=x"]);
}

#[test]
fn names_change_in_order_or_in_any() {
    use Promise::{Journal, Strict};
    let two = [
        create("a"),
        create("b"),
        sync(""),
        rename("a", "c"),
        rename("b", "d"),
    ];
    check(Journal, &two, &["a= b=", "b= c=", "c= d="]);
    check(Strict, &two, &["a= b=", "b= c=", "a= d=", "c= d="]);
    let folder = |name: &str| Event::MakeDir(name.to_owned());
    // What is synced in a folder goes with the folder's own name.
    let lost = [folder("f"), create("f/a"), sync("f/a"), sync("f")];
    check(Strict, &lost, &["", "f/ f/a="]);
    check(Journal, &lost, &["f/ f/a="]);
    let over = [
        create("a"),
        write("a", "old"),
        sync("a"),
        sync(""),
        create("p"),
        write("p", "new"),
        sync("p"),
        rename("p", "a"),
    ];
    check(Strict, &over, &["a=new", "a=old", "a=old p=new"]);
}

#[test]
fn a_long_write_is_torn_where_blocks_meet() {
    let long = "x".repeat(4096 * 3);
    let events = [create("a"), sync(""), write("a", &long)];
    let disks = disks(Promise::Strict, &events);
    assert!(disks.len() > 20, "{}", disks.len());
    for disk in disks {
        let content = disk.strip_prefix("a=").unwrap();
        assert_eq!(content.len() % 512, 0);
        for block in content.as_bytes().chunks(512) {
            assert!(block.iter().all(|byte| *byte == block[0]), "{block:?}");
        }
    }
}

#[test]
fn a_recording_is_read_whole() {
    let hex = super::trace::hex;
    let (data, file, outside) = (hex("/r/data"), hex("/r/data/a"), hex("/tmp/b"));
    let (part, text) = (hex("part"), hex("ab"));
    let recording = format!(
        "7  openat(AT_FDCWD<{outside}>, \"{file}\", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 5<{file}>\n\
         7  write(5<{file}>, \"{text}\", 2 <unfinished ...>\n\
         8  fsync(6<{data}>) = 0\n\
         7  <... write resumed>) = 1\n\
         7  write(5<{file}>, \"{text}\", 2) = 2\n\
         7  pwrite64(5<{file}>, \"{text}\", 2, 4096) = 2\n\
         7  fsync(5<{file}>) = -1 EIO (Input/output error)\n\
         7  renameat2(6<{data}>, \"{part}\", 6<{data}>, \"{text}\", RENAME_NOREPLACE) = 0\n\
         7  unlink(\"{outside}\") = 0\n\
         7  +++ exited with 0 +++\n"
    );
    let bytes = |text: &str| Arc::from(text.as_bytes());
    let at = |place, text| Event::Write("data/a".to_owned(), Some(place), bytes(text));
    let want = [
        create("data/a"),
        Event::Length("data/a".to_owned(), 0),
        sync("data"),
        at(0, "a"),
        at(1, "ab"),
        at(4096, "ab"),
        rename("data/part", "data/ab"),
    ];
    assert_eq!(Reader::new(Path::new("/r")).read(&recording), want);
}

#[test]
fn the_same_numbers_give_the_same_image() {
    let mut model = Model::empty(Promise::Strict);
    for event in [create("a"), write("a", &"y".repeat(9_000)), create("b")] {
        model.follow(&event);
    }
    let image = |number| {
        let folder = Folder::new("disk");
        image::write(&model, dice(7, number), &folder);
        tree(&folder, "")
    };
    let all: Vec<_> = (0..50).map(image).collect();
    assert_eq!(all, (0..50).map(image).collect::<Vec<_>>());
}
