//! A station that exports, sinks of its own, and a file system that fails when it is told to.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test that cannot set up its station must fail; names are written as they are compared"
)]

use crate::folder::names;
use crate::station::{self, Dir, assert_clean, noon};
use rustix::fs::{major, minor};
use rustix::io::Errno;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use wenming::bundle::{BundleName, Opened, Origin, open};
use wenming::config::{SinkKind, SinkSetting};
use wenming::disk::Entry;
use wenming::domain::{
    ExportNews, ExportWhy, Incarnation, Lang, Seq, SinkState, StationId, TownshipCode,
};
use wenming::shell::export::{
    Disk, Exporter, Files, Folder, Mount, Setup, StickPaths, Target, make_station_key, station_key,
};
use wenming::store::Store;

/// The label of the stick.
pub(crate) const LABEL: &str = "VPB";

/// What happens to the n-th thing that is asked of a file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It fails once.
    Once(Errno),
    /// It fails, and everything after it: the stick was pulled out.
    Pulled(Errno),
    /// A write takes half of what it was given, and fails then.
    Short,
    /// A write says that it was done and was not: the stick lies about its size.
    Lie,
    /// Nothing can be changed: the file system became read-only.
    ReadOnly,
    /// It does not come back until it is [let go](Faulty::let_go): the server of a share is gone.
    Hang,
}

#[derive(Debug)]
struct Plan {
    scope: PathBuf,
    at: usize,
    trouble: Trouble,
    count: usize,
    met: bool,
}

impl Plan {
    /// Counts what is asked, and says whether it is to go wrong.
    fn ask(&mut self, path: &Path, is_write: bool) -> Option<Trouble> {
        if !path.starts_with(&self.scope) || self.trouble == Trouble::ReadOnly {
            return None;
        }
        self.count += 1;
        let only_writes = matches!(self.trouble, Trouble::Short | Trouble::Lie);
        let pulled = self.met && matches!(self.trouble, Trouble::Pulled(_));
        if pulled || (self.count == self.at && (is_write || !only_writes)) {
            self.met = true;
            return Some(self.trouble);
        }
        None
    }

    fn error(trouble: Trouble) -> io::Error {
        match trouble {
            Trouble::Once(errno) | Trouble::Pulled(errno) => errno.into(),
            Trouble::ReadOnly => Errno::ROFS.into(),
            Trouble::Short | Trouble::Lie | Trouble::Hang => Errno::NOSPC.into(),
        }
    }
}

/// The real file system, with one trouble below one folder.
#[derive(Clone, Debug)]
pub(crate) struct Faulty {
    plan: Arc<Mutex<Plan>>,
    gone: Arc<(Mutex<bool>, Condvar)>,
}

impl Faulty {
    pub(crate) fn new(scope: &Path, at: usize, trouble: Trouble) -> Self {
        let plan = Plan {
            scope: scope.to_owned(),
            at,
            trouble,
            count: 0,
            met: false,
        };
        Self {
            plan: Arc::new(Mutex::new(plan)),
            gone: Arc::new((Mutex::new(trouble == Trouble::Hang), Condvar::new())),
        }
    }

    /// How often something was asked below the folder.
    pub(crate) fn asked(&self) -> usize {
        self.plan.lock().unwrap().count
    }

    /// Whether the trouble came.
    pub(crate) fn met(&self) -> bool {
        self.plan.lock().unwrap().met
    }

    fn pass(&self, path: &Path) -> io::Result<()> {
        let trouble = self.plan.lock().unwrap().ask(path, false);
        match trouble {
            None => Ok(()),
            Some(Trouble::Hang) => {
                let (gone, back) = &*self.gone;
                drop(back.wait_while(gone.lock().unwrap(), |gone| *gone).unwrap());
                Ok(())
            }
            Some(trouble) => Err(Plan::error(trouble)),
        }
    }

    /// The server is back.
    pub(crate) fn let_go(&self) {
        let (gone, back) = &*self.gone;
        *gone.lock().unwrap() = false;
        back.notify_all();
    }
}

struct FaultyFile<F> {
    file: F,
    path: PathBuf,
    of: Faulty,
}

impl Write for FaultyFile<Box<dyn Target>> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let trouble = self.of.plan.lock().unwrap().ask(&self.path, true);
        match trouble {
            None => self.file.write(bytes),
            Some(Trouble::Lie) => Ok(bytes.len()),
            Some(Trouble::Short) => {
                self.file.write_all(&bytes[..bytes.len() / 2])?;
                Err(Errno::NOSPC.into())
            }
            Some(trouble) => Err(Plan::error(trouble)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Target for FaultyFile<Box<dyn Target>> {
    fn sync(&mut self) -> io::Result<()> {
        self.of.pass(&self.path)?;
        self.file.sync()
    }
}

impl Read for FaultyFile<Box<dyn Read>> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.of.pass(&self.path)?;
        self.file.read(bytes)
    }
}

/// A real folder, with the trouble that comes to it.
#[derive(Debug)]
struct FaultyFolder {
    folder: Box<dyn Folder>,
    of: Faulty,
}

impl FaultyFolder {
    fn boxed(folder: Box<dyn Folder>, of: &Faulty) -> Box<dyn Folder> {
        let of = of.clone();
        Box::new(Self { folder, of })
    }

    fn pass(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.folder.path().join(name);
        self.of.pass(&path)?;
        Ok(path)
    }

    /// The same for what changes something.
    fn change(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.pass(name)?;
        let plan = self.of.plan.lock().unwrap();
        if plan.trouble == Trouble::ReadOnly && path.starts_with(&plan.scope) {
            return Err(Plan::error(plan.trouble));
        }
        drop(plan);
        Ok(path)
    }
}

impl Files for Faulty {
    fn folder(&self, path: &Path) -> io::Result<Box<dyn Folder>> {
        self.pass(path)?;
        Ok(FaultyFolder::boxed(Disk.folder(path)?, self))
    }

    fn stick(&self, mount: &Mount) -> io::Result<Box<dyn Folder>> {
        self.pass(&mount.point)?;
        Ok(FaultyFolder::boxed(Disk.stick(mount)?, self))
    }
}

impl Folder for FaultyFolder {
    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn enter(&self, name: &str) -> io::Result<Box<dyn Folder>> {
        self.pass(name)?;
        Ok(Self::boxed(self.folder.enter(name)?, &self.of))
    }

    fn look(&self, name: &str) -> io::Result<Option<Entry>> {
        self.pass(name)?;
        self.folder.look(name)
    }

    fn create(&self, name: &str) -> io::Result<Box<dyn Target>> {
        let path = self.change(name)?;
        Ok(Box::new(FaultyFile {
            file: self.folder.create(name)?,
            path,
            of: self.of.clone(),
        }))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read>> {
        let path = self.pass(name)?;
        Ok(Box::new(FaultyFile {
            file: self.folder.open(name)?,
            path,
            of: self.of.clone(),
        }))
    }

    fn list(&self) -> io::Result<Vec<String>> {
        self.pass("")?;
        self.folder.list()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.change(from)?;
        self.folder.rename(from, to)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.change(name)?;
        self.folder.remove(name)
    }

    fn make_dir(&self, name: &str) -> io::Result<bool> {
        self.pass(name)?;
        self.folder.make_dir(name)
    }

    fn sync(&self) -> io::Result<()> {
        self.pass("")?;
        self.folder.sync()
    }

    fn flush(&self) -> io::Result<()> {
        // Asks no more of the machine than the test needs.
        self.pass("").map(drop)
    }
}

/// A station with a key, a directory and a stick.
pub(crate) struct Exporting {
    pub(crate) dir: Dir,
    pub(crate) around: Dir,
    pub(crate) setup: Setup,
}

/// Files in memory, by their path below a folder.
type Kept = Vec<(PathBuf, Vec<u8>)>;

/// Reads a folder with everything in it.
fn keep(base: &Path, below: &Path, kept: &mut Kept) {
    for entry in fs::read_dir(base.join(below)).unwrap() {
        let entry = entry.unwrap();
        let path = below.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            keep(base, &path, kept);
        } else {
            kept.push((path.clone(), fs::read(base.join(path)).unwrap()));
        }
    }
}

/// Writes what was read into another folder, private.
fn put_back(kept: &Kept, base: &Path) {
    for (path, bytes) in kept {
        let path = base.join(path);
        let above = path.parent().unwrap();
        fs::create_dir_all(above).unwrap();
        fs::set_permissions(above, fs::Permissions::from_mode(0o700)).unwrap();
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    fs::set_permissions(base, fs::Permissions::from_mode(0o700)).unwrap();
}

impl Exporting {
    /// A station that has not exported yet.
    pub(crate) fn new() -> Self {
        static FRESH: OnceLock<Kept> = OnceLock::new();
        let fresh = FRESH.get_or_init(|| {
            let dir = Dir::new();
            drop(station::open(&dir));
            make_station_key(dir.path()).unwrap();
            let mut kept = Kept::new();
            keep(dir.path(), Path::new(""), &mut kept);
            kept
        });
        Self::like(fresh, &Kept::new())
    }

    /// A station that has exported once, and where something happened since.
    pub(crate) fn used() -> Self {
        static USED: OnceLock<(Kept, Kept)> = OnceLock::new();
        let (data, sinks) = USED.get_or_init(|| {
            let used = Self::new();
            used.run();
            used.happen();
            let (mut data, mut sinks) = (Kept::new(), Kept::new());
            keep(used.dir.path(), Path::new(""), &mut data);
            for folder in ["share", "mounted"] {
                keep(used.around.path(), Path::new(folder), &mut sinks);
            }
            (data, sinks)
        });
        Self::like(data, sinks)
    }

    fn like(data: &Kept, sinks: &Kept) -> Self {
        let (dir, around) = (Dir::new(), Dir::new());
        fs::create_dir_all(around.path()).unwrap();
        put_back(data, dir.path());
        put_back(sinks, around.path());
        for folder in ["share", "mounted", "by-label", "udev"] {
            fs::create_dir_all(around.path().join(folder)).unwrap();
        }
        let origin = Origin {
            township: TownshipCode::parse("YUNDAO").unwrap(),
            station: StationId::parse("HY01").unwrap(),
            incarnation: Incarnation::FIRST,
        };
        let sink = |name: &str, kind| SinkSetting {
            name: name.to_owned(),
            kind,
        };
        let setup = Setup {
            origin,
            recipient: None,
            sinks: vec![
                sink(
                    "share",
                    SinkKind::Directory {
                        path: around.path().join("share"),
                    },
                ),
                sink(
                    "stick",
                    SinkKind::Stick {
                        label: LABEL.to_owned(),
                    },
                ),
            ],
            config: "00".repeat(32),
            readers: vec![true, false],
            unknown: Some((41, 2)),
            sticks: StickPaths {
                by_label: around.path().join("by-label"),
                mountinfo: around.path().join("mountinfo"),
                udev: around.path().join("udev"),
            },
            lang: Lang::En,
        };
        let station = Self { dir, around, setup };
        station.plug(&[("sdb1", "-", "mounted", "rw")]);
        station
    }

    /// The device of the folder that a stick is played by.
    pub(crate) fn device(&self, folder: &str) -> String {
        let device = fs::metadata(self.around.path().join(folder)).map_or(0, |meta| meta.dev());
        format!("{}:{}", major(device), minor(device))
    }

    /// Plugs sticks in: device, number, folder, `rw` or `ro`. Where the number is `-` it is that of the folder.
    pub(crate) fn plug(&self, sticks: &[(&str, &str, &str, &str)]) {
        let around = self.around.path();
        let link = around.join("by-label").join(LABEL);
        fs::remove_file(&link).unwrap_or_default();
        let mut table = "22 1 0:1 / / rw - rootfs rootfs rw\n".to_owned();
        for (device, number, folder, mode) in sticks {
            let number = match *number {
                "-" => self.device(folder),
                number => number.to_owned(),
            };
            let node = around.join(device);
            fs::write(&node, "").unwrap();
            if !link.exists() {
                std::os::unix::fs::symlink(&node, &link).unwrap();
            }
            let label = format!("E:ID_FS_TYPE=vfat\nE:ID_FS_LABEL_ENC={LABEL}\n");
            fs::write(around.join("udev").join(format!("b{number}")), label).unwrap();
            let point = around.join(folder);
            writeln!(
                table,
                "36 35 {number} / {} rw,relatime shared:1 - vfat {} {mode},uid=0",
                point.display(),
                node.display()
            )
            .unwrap();
        }
        fs::write(around.join("mountinfo"), table).unwrap();
    }

    pub(crate) fn share(&self) -> PathBuf {
        self.around.path().join("share/up/YUNDAO/HY01")
    }

    pub(crate) fn stick(&self) -> PathBuf {
        self.around.path().join("mounted/up/YUNDAO/HY01")
    }

    pub(crate) fn outbox(&self) -> PathBuf {
        self.dir.path().join("outbox")
    }

    /// One export on the real file system.
    pub(crate) fn run(&self) -> Vec<ExportNews> {
        self.run_on(Box::new(Disk), ExportWhy::Asked)
    }

    pub(crate) fn run_on(&self, files: Box<dyn Files>, why: ExportWhy) -> Vec<ExportNews> {
        let mut store = Store::open(self.dir.path()).unwrap();
        let mut news = Vec::new();
        let mut exporter = Exporter::new(self.setup.clone(), files);
        exporter.run(&noon(), why, &mut store, &mut |one| news.push(one));
        assert_eq!(news.first(), Some(&ExportNews::Started(why)));
        let status = store.export_status().unwrap();
        assert_eq!(news.last(), Some(&ExportNews::Ended(status)));
        news
    }

    /// Something happens at the station.
    pub(crate) fn happen(&self) {
        let mut store = Store::open(self.dir.path()).unwrap();
        store.clock_fault(&noon(), 7).unwrap();
    }

    /// Opens a bundle by the station's public key.
    pub(crate) fn opened(&self, path: &Path) -> Opened {
        let key = station_key(self.dir.path()).unwrap().unwrap().public();
        let name = path.file_name().unwrap().to_str().unwrap();
        let name = BundleName::parse(name).unwrap();
        let bytes = fs::read(path).unwrap();
        open(&bytes, &key, &self.setup.origin, &name)
            .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
    }

    /// Everything that has a bundle's name is a sound one, whose operations are those of the ledger.
    pub(crate) fn assert_sound(&self, dir: &Path) {
        let conn = self.dir.plain();
        for (name, _) in bundles(dir) {
            for entry in self.opened(&dir.join(&name)).operations {
                let same: bool = conn
                    .query_row(
                        "SELECT body = ?2 AND hash = ?3 FROM operation WHERE seq = ?1",
                        (entry.seq.get(), &entry.body, &entry.hash),
                        |row| row.get(0),
                    )
                    .unwrap();
                assert!(same, "{name}: operation {}", entry.seq);
            }
        }
    }

    /// Outbox, ledger and sinks are exactly right: nothing is missing, unfinished, or unrecorded.
    pub(crate) fn assert_right(&self) {
        assert_clean(&Store::open_existing(self.dir.path()).unwrap());
        let waiting = bundles(&self.outbox());
        let recorded = self.recorded();
        for (name, sha256) in &waiting {
            let known = recorded.get(name).is_some_and(|all| all.contains(sha256));
            assert!(known, "{name} is not recorded");
        }
        for dir in [self.outbox(), self.share(), self.stick()] {
            self.assert_sound(&dir);
            for name in names(&dir) {
                assert!(!name.ends_with(".part"), "{}: {name}", dir.display());
            }
        }
        let store = Store::open_existing(self.dir.path()).unwrap();
        let status = store.export_status().unwrap();
        let acknowledged = status.acknowledged.map_or(0, Seq::get);
        let last = status.last.unwrap();
        let covered = covered(&self.outbox(), acknowledged);
        assert_eq!(covered, last.to.get(), "{waiting:?}");
        for dir in [self.share(), self.stick()] {
            let there = bundles(&dir);
            for (name, sha256) in &waiting {
                let known = &recorded[name];
                let found = there.get(name);
                assert!(
                    found == Some(sha256) || found.is_some_and(|found| known.contains(found)),
                    "{name} is not in {}",
                    dir.display()
                );
            }
        }
    }

    /// Files and hashes that the ledger tells of, by plain SQL.
    pub(crate) fn recorded(&self) -> BTreeMap<String, Vec<String>> {
        let conn = self.dir.plain();
        let mut query = conn
            .prepare(
                "SELECT json_extract(body, '$.what.file'), json_extract(body, '$.what.sha256')
                 FROM operation WHERE kind = 'bundle-written' ORDER BY seq",
            )
            .unwrap();
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        let mut recorded: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows {
            let (name, sha256): (String, String) = row.unwrap();
            recorded.entry(name).or_default().push(sha256);
        }
        recorded
    }
}

/// What has a bundle's name in a folder, with its SHA-256.
pub(crate) fn bundles(dir: &Path) -> BTreeMap<String, String> {
    let is_bundle = |name: &String| BundleName::parse(name).is_ok();
    let names = names(dir).into_iter().filter(is_bundle);
    names
        .map(|name| {
            let digest = Sha256::digest(fs::read(dir.join(&name)).unwrap());
            let sha256 = wenming::domain::hex(&digest);
            (name, sha256)
        })
        .collect()
}

/// Where the bundles in a folder end that follow one another from a place on.
pub(crate) fn covered(dir: &Path, from: i64) -> i64 {
    let mut ranges: Vec<(i64, i64)> = bundles(dir)
        .keys()
        .map(|name| BundleName::parse(name).unwrap())
        .map(|name| (name.from.get(), name.to.get()))
        .collect();
    ranges.sort_unstable();
    ranges.iter().fold(
        from,
        |end, (from, to)| {
            if *from <= end + 1 { end.max(*to) } else { end }
        },
    )
}

/// What became of a sink.
pub(crate) fn sink(news: &[ExportNews], wanted: usize) -> SinkState {
    let state = news.iter().find_map(|one| match one {
        ExportNews::Sink { index, state } if *index == wanted => Some(state.clone()),
        _ => None,
    });
    state.unwrap()
}

/// Why nothing could be written, if so.
pub(crate) fn failure(news: &[ExportNews]) -> Option<String> {
    news.iter().find_map(|one| match one {
        ExportNews::Failed(why) => Some(why.clone()),
        _ => None,
    })
}
