//! The stick and the shared folder are anybody's: whatever has a name of ours there is put aside, nothing is written where a link
//! leads, nothing is waited for without end, and the bundles arrive all the same.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot set up its station must fail"
)]

use crate::exporting::{Exporting, Faulty, Trouble, bundles, failure, sink};
use crate::folder::names;
use crate::harness::until;
use crate::station::noon;
use rustix::fs::{CWD, FileType as Type, Mode, makedev, mknodat};
use rustix::io::Errno;
use std::fs::{self, File, FileType};
use std::os::unix::fs::{FileTypeExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;
use wenming::config::SinkKind;
use wenming::domain::{ExportNews, ExportWhy, Lang, SinkFault, SinkState};
use wenming::shell::export::{Disk, Exporter, Files};
use wenming::store::Store;

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Obstacle {
    /// A link to a folder of the machine.
    LinkToFolder,
    /// A link to a file of the machine.
    LinkToFile,
    /// A link that leads nowhere.
    LinkToNothing,
    Pipe,
    Socket,
    Device,
    EmptyFolder,
    FullFolder,
    /// A file with a few bytes.
    File,
    /// A file of 200 GB that holds nothing.
    Sparse,
}

const ALL: [Obstacle; 10] = [
    Obstacle::LinkToFolder,
    Obstacle::LinkToFile,
    Obstacle::LinkToNothing,
    Obstacle::Pipe,
    Obstacle::Socket,
    Obstacle::Device,
    Obstacle::EmptyFolder,
    Obstacle::FullFolder,
    Obstacle::File,
    Obstacle::Sparse,
];

/// What a hostile run leads to.
enum Wanted {
    /// It has this name now, is what it was, and the technician reads what it is.
    Aside(&'static str),
    /// It is a folder as any other.
    Kept,
    /// It is what an interrupted run leaves, and is removed.
    Swept,
}

/// By the level of the path: of folders only folders are right, of files only our own.
fn wanted(obstacle: Obstacle, level: &str) -> Wanted {
    let is_folder_level = !level.contains("VPB1");
    match obstacle {
        Obstacle::LinkToFolder | Obstacle::LinkToFile | Obstacle::LinkToNothing => {
            Wanted::Aside("a link")
        }
        Obstacle::Pipe => Wanted::Aside("a named pipe"),
        Obstacle::Socket => Wanted::Aside("a socket"),
        Obstacle::Device => Wanted::Aside("a device"),
        Obstacle::EmptyFolder | Obstacle::FullFolder if is_folder_level => Wanted::Kept,
        Obstacle::EmptyFolder | Obstacle::FullFolder => Wanted::Aside("a folder"),
        Obstacle::File | Obstacle::Sparse if level.contains(".part") => Wanted::Swept,
        Obstacle::File | Obstacle::Sparse => Wanted::Aside("another file"),
    }
}

impl Obstacle {
    fn put(self, path: &Path, elsewhere: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match self {
            Self::LinkToFolder => symlink(elsewhere, path).unwrap(),
            Self::LinkToFile => symlink(elsewhere.join("theirs"), path).unwrap(),
            Self::LinkToNothing => symlink(elsewhere.join("nothing"), path).unwrap(),
            Self::Pipe => node(path, Type::Fifo),
            // The name of a socket is short; it is bound elsewhere and moved here.
            Self::Socket => {
                let short = elsewhere.with_file_name("s");
                drop(UnixListener::bind(&short).unwrap());
                fs::rename(short, path).unwrap();
            }
            Self::Device => node(path, Type::CharacterDevice),
            Self::EmptyFolder => fs::create_dir(path).unwrap(),
            Self::FullFolder => {
                fs::create_dir(path).unwrap();
                fs::write(path.join("theirs"), b"theirs").unwrap();
            }
            Self::File => fs::write(path, b"theirs").unwrap(),
            Self::Sparse => File::create(path).unwrap().set_len(200 << 30).unwrap(),
        }
    }

    fn is(self, kind: FileType) -> bool {
        match self {
            Self::LinkToFolder | Self::LinkToFile | Self::LinkToNothing => kind.is_symlink(),
            Self::Pipe => kind.is_fifo(),
            Self::Socket => kind.is_socket(),
            Self::Device => kind.is_char_device(),
            Self::EmptyFolder | Self::FullFolder => kind.is_dir(),
            Self::File | Self::Sparse => kind.is_file(),
        }
    }
}

/// Anybody may make a pipe, and the device without a number.
fn node(path: &Path, kind: Type) {
    mknodat(CWD, path, kind, Mode::RUSR | Mode::WUSR, makedev(0, 0)).unwrap();
}

/// A run with what the technician is told.
fn run(station: &Exporting, files: Box<dyn Files>) -> (Vec<ExportNews>, Vec<String>) {
    let mut store = Store::open(station.dir.path()).unwrap();
    let (say, hear) = channel();
    let mut exporter = Exporter::new(station.setup.clone(), files)
        .remarking(move |what| say.send(what.to_owned()).unwrap());
    let mut news = Vec::new();
    exporter.run(&noon(), ExportWhy::Stick, &mut store, &mut |one| {
        news.push(one);
    });
    (news, hear.try_iter().collect())
}

/// The first bundle of a station, and every level of the path to it below a sink.
fn levels() -> Vec<String> {
    let station = Exporting::new();
    station.run();
    let name = names(&station.outbox()).remove(0);
    let file = format!("up/YUNDAO/HY01/{name}");
    let part = format!("{file}.part");
    ["up", "up/YUNDAO", "up/YUNDAO/HY01", &file, &part]
        .map(str::to_owned)
        .to_vec()
}

#[test]
fn whatever_is_in_the_way_is_put_aside_and_everything_arrives() {
    for level in levels() {
        for obstacle in ALL {
            hostile(&level, obstacle);
        }
    }
}

fn hostile(level: &str, obstacle: Obstacle) {
    let told = format!("{obstacle:?} at {level}");
    let station = Exporting::new();
    let elsewhere = station.around.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("theirs"), b"theirs").unwrap();
    let sinks = ["share", "mounted"].map(|sink| station.around.path().join(sink));
    for sink in &sinks {
        obstacle.put(&sink.join(level), &elsewhere);
    }
    let (news, remarks) = run(&station, Box::new(Disk));
    assert_eq!(failure(&news), None, "{told}");
    for place in [0, 1] {
        assert_eq!(sink(&news, place), SinkState::Done, "{told}");
    }
    assert!(news.contains(&ExportNews::MayRemove), "{told}");
    // Everything is where it belongs, and what was said to be there is.
    station.assert_right();
    assert_eq!(bundles(&station.stick()), bundles(&station.outbox()));
    for sink in &sinks {
        let mut way = sink.clone();
        for part in ["up", "YUNDAO", "HY01"] {
            way.push(part);
            assert!(fs::symlink_metadata(&way).unwrap().is_dir(), "{told}");
        }
        let aside = sink.join(format!("{level}.wrong"));
        let there = fs::symlink_metadata(&aside);
        let path = sink.join(level).display().to_string();
        let said: Vec<&String> = remarks.iter().filter(|one| one.contains(&path)).collect();
        match wanted(obstacle, level) {
            Wanted::Aside(what) => {
                assert!(obstacle.is(there.unwrap().file_type()), "{told}");
                assert_eq!(said.len(), 1, "{told}: {remarks:?}");
                let name = aside.file_name().unwrap().to_str().unwrap();
                assert!(
                    said[0].contains(&format!("was {what}, ")),
                    "{told}: {said:?}"
                );
                assert!(said[0].contains(&format!("called {name}.")), "{said:?}");
            }
            Wanted::Kept | Wanted::Swept => {
                assert!(there.is_err(), "{told}");
                assert!(said.is_empty(), "{told}: {remarks:?}");
            }
        }
    }
    // Where links lead, nothing was written and nothing removed.
    assert_eq!(names(&elsewhere), ["theirs"], "{told}");
    assert_eq!(fs::read(elsewhere.join("theirs")).unwrap(), b"theirs");
    // The second time nothing is in the way any more.
    let (news, remarks) = run(&station, Box::new(Disk));
    assert_eq!(sink(&news, 1), SinkState::Done, "{told}");
    assert_eq!(remarks, Vec::<String>::new(), "{told}");
}

#[test]
fn nine_that_were_put_aside_are_not_the_last() {
    let station = Exporting::new();
    station.run();
    let (name, sha256) = bundles(&station.stick()).pop_first().unwrap();
    for again in 0..12 {
        fs::remove_file(station.stick().join(&name)).unwrap();
        Obstacle::Pipe.put(&station.stick().join(&name), &station.stick());
        let news = station.run();
        assert_eq!(sink(&news, 1), SinkState::Done, "{again}");
        assert_eq!(bundles(&station.stick())[&name], sha256, "{again}");
    }
    let aside = names(&station.stick());
    let aside = aside.iter().filter(|name| name.contains(".wrong"));
    assert_eq!(aside.count(), 12);
}

#[test]
fn what_cannot_be_renamed_is_named_in_both_languages() {
    for (lang, words) in [
        (Lang::En, "is a link, not ours, and cannot be renamed"),
        (Lang::Zh, "是一个链接，不是我们的，也改不了名字，请拿开"),
    ] {
        let mut named = 0;
        for at in 1..8 {
            let mut station = Exporting::new();
            station.setup.lang = lang;
            let mounted = station.around.path().join("mounted");
            symlink("/", mounted.join("up")).unwrap();
            let files = Faulty::new(&mounted, at, Trouble::Once(Errno::BUSY));
            let (news, _) = run(&station, Box::new(files));
            assert_eq!(sink(&news, 0), SinkState::Done);
            if let SinkState::Failed(SinkFault::InTheWay(why)) = sink(&news, 1)
                && why.contains(words)
            {
                assert!(why.contains("mounted/up"), "{why}");
                named += 1;
            }
        }
        assert_eq!(named, 1, "{lang:?}");
    }
}

#[test]
fn a_sink_that_never_answers_holds_up_no_other() {
    let station = Exporting::new();
    let share = station.around.path().join("share");
    let slow = SinkState::Failed(SinkFault::Slow);
    for at in [1, 2, 5, 9] {
        let files = Faulty::new(&share, at, Trouble::Hang);
        let mut store = Store::open(station.dir.path()).unwrap();
        let mut exporter = Exporter::new(station.setup.clone(), Box::new(files.clone()))
            .sending(Duration::from_millis(300));
        let mut run = || {
            let mut news = Vec::new();
            exporter.run(&noon(), ExportWhy::Asked, &mut store, &mut |one| {
                news.push(one);
            });
            assert_eq!(failure(&news), None);
            assert_eq!(sink(&news, 1), SinkState::Done, "{at}");
            sink(&news, 0)
        };
        assert_eq!(run(), slow, "{at}");
        // Nobody else is sent after the one who is still there.
        let asked = files.asked();
        assert_eq!(run(), slow, "{at}");
        assert_eq!(files.asked(), asked, "{at}");
        files.let_go();
        assert!(until(|| run() == SinkState::Done), "{at}");
        assert_eq!(bundles(&station.share()), bundles(&station.outbox()));
    }
    station.assert_right();
}

#[test]
fn labels_are_compared_without_case() {
    let mut station = Exporting::new();
    let vpb = |label: &str| SinkKind::Stick {
        label: label.to_owned(),
    };
    for label in ["vpb", "Vpb", "VPB"] {
        station.setup.sinks[1].kind = vpb(label);
        assert_eq!(sink(&station.run(), 1), SinkState::Done, "{label}");
    }
    station.setup.sinks[1].kind = vpb("VPB2");
    let absent = SinkState::Failed(SinkFault::Absent);
    assert_eq!(sink(&station.run(), 1), absent);
    // Two that differ in case only are two of one name.
    station.plug(&[
        ("sdb1", "-", "mounted", "rw"),
        ("sdc1", "8:33", "share", "rw"),
    ]);
    let other = station.around.path().join("udev/b8:33");
    fs::write(other, "E:ID_FS_LABEL_ENC=vpb\n").unwrap();
    station.setup.sinks[1].kind = vpb("VPB");
    let two = SinkState::Failed(SinkFault::Ambiguous);
    assert_eq!(sink(&station.run(), 1), two);
}

#[test]
fn what_lies_in_the_outbox_and_is_not_ours_is_put_aside() {
    for obstacle in ALL {
        let station = Exporting::new();
        station.run();
        let name = names(&station.outbox()).remove(0);
        let path: PathBuf = station.outbox().join(&name);
        fs::remove_file(&path).unwrap();
        let elsewhere = station.around.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        obstacle.put(&path, &elsewhere);
        let (news, remarks) = run(&station, Box::new(Disk));
        assert_eq!(failure(&news), None, "{obstacle:?}");
        let aside = station.outbox().join(format!("{name}.wrong"));
        let kind = fs::symlink_metadata(aside).unwrap().file_type();
        assert!(obstacle.is(kind), "{obstacle:?}");
        assert!(remarks.iter().any(|one| one.contains(&name)), "{remarks:?}");
        assert!(names(&elsewhere).is_empty(), "{obstacle:?}");
        station.assert_right();
    }
}
