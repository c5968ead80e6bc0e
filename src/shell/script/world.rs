//! What a played station finds around it: its shared folders, a stick and how the system tells of it.
//!
//! All of it lies in one folder of the script's own, so that the config of a real station can be played
//! without touching its shares. There is no network.

use crate::bundle::BundleName;
use crate::config::{Config, Fault, SinkKind, load};
use crate::disk;
use crate::domain::Lang;
use crate::shell::export::{Setup, StickPaths};
use crate::shell::script::step::Failed;
use crate::words;
use rustix::fs::{major, minor};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Component, Path, PathBuf};

/// The folder of a store on the network; nobody makes it.
const NETWORK: &str = "network";

/// The largest file of a config folder that is copied, in bytes.
const LONGEST: u64 = 1 << 20;

/// The root of the machine that a check-up looks at: nothing stands there.
const MACHINE: &str = "machine";

/// The script's own copy of a config folder.
const CONFIG: &str = "config";

/// The script's own copy of a config folder, and the config that it is.
pub(super) struct OwnConfig {
    pub(super) dir: PathBuf,
    pub(super) config: Config,
}

/// The surroundings of a played station, in a folder.
pub(super) struct World {
    root: PathBuf,
}

impl World {
    /// Surroundings without a stick.
    pub(super) fn new(root: &Path) -> io::Result<Self> {
        let world = Self {
            root: root.to_owned(),
        };
        for part in ["by-label", "udev", "stick", MACHINE] {
            disk::make_dir_synced(&root.join(part))?;
        }
        fs::write(world.sticks().mountinfo, "")?;
        Ok(world)
    }

    /// Where this world's system says what is plugged in.
    pub(super) fn sticks(&self) -> StickPaths {
        StickPaths {
            by_label: self.root.join("by-label"),
            mountinfo: self.root.join("mountinfo"),
            udev: self.root.join("udev"),
        }
    }

    /// The root of the machine.
    pub(super) fn machine(&self) -> PathBuf {
        self.root.join(MACHINE)
    }

    /// Reads a config folder, and copies it.
    pub(super) fn own(&self, dir: &Path) -> Result<OwnConfig, Failed> {
        let config = load(dir).map_err(|faults| {
            let told = |fault: &Fault| words::told(&fault.told(), Lang::En);
            let faults: Vec<String> = faults.iter().map(told).collect();
            faults.join("\n")
        })?;
        let dir = self.copy(dir)?;
        Ok(OwnConfig { dir, config })
    }

    /// Copies the files of a config folder into this world, in place of those that were copied before.
    fn copy(&self, dir: &Path) -> io::Result<PathBuf> {
        let copy = self.root.join(CONFIG);
        if copy.exists() {
            fs::remove_dir_all(&copy)?;
        }
        disk::make_dir_synced(&copy)?;
        for entry in fs::read_dir(dir)? {
            let path = entry?.path();
            if let (true, Some(name)) = (path.is_file(), path.file_name()) {
                disk::copy(&path, &copy.join(name), LONGEST)?;
            }
        }
        Ok(copy)
    }

    /// Puts the sinks of a config into this world. A store on the network is one that is not there.
    pub(super) fn settle(&self, mut config: Config) -> io::Result<Config> {
        for sink in &mut config.export.sinks {
            match &mut sink.kind {
                SinkKind::Directory { path } => {
                    let mut folder = self.root.join("share");
                    folder.extend(path.components().filter(|part| match part {
                        Component::Normal(_) => true,
                        Component::Prefix(_)
                        | Component::RootDir
                        | Component::CurDir
                        | Component::ParentDir => false,
                    }));
                    disk::make_dir_synced(&folder)?;
                    *path = folder;
                }
                SinkKind::Stick { .. } => {}
                SinkKind::S3 { .. } => {
                    let path = self.root.join(NETWORK);
                    sink.kind = SinkKind::Directory { path };
                }
            }
        }
        Ok(config)
    }

    /// Mounts the stick that the config names, as the system would tell it; or the system tells of none.
    pub(super) fn plug(&self, config: &Config, is_in: bool) -> Result<(), Failed> {
        let label = config
            .export
            .sinks
            .iter()
            .find_map(|sink| match &sink.kind {
                SinkKind::Stick { label } => Some(label),
                SinkKind::Directory { .. } | SinkKind::S3 { .. } => None,
            });
        let label = label.ok_or("station.toml has no sink of the kind stick")?;
        let paths = self.sticks();
        // Its folder lies on a disk of this machine.
        let disk = fs::metadata(self.root.join("stick"))?;
        let device = format!("{}:{}", major(disk.dev()), minor(disk.dev()));
        let mut table = String::new();
        if is_in {
            let point = escaped(&self.root.join("stick"));
            table = format!("36 35 {device} / {point} rw - vfat /dev/sdb1 rw\n");
        }
        let entry = format!("E:ID_FS_LABEL_ENC={label}\n");
        fs::write(paths.udev.join(format!("b{device}")), entry)?;
        Ok(fs::write(paths.mountinfo, table)?)
    }

    /// The town has taken the bundles off the stick.
    pub(super) fn empty_stick(&self) -> Result<(), Failed> {
        let folder = self.root.join("stick/up");
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// The bundles of this station that lie at a sink, as `from-to`, in order.
    pub(super) fn at_sink(&self, config: &Config, name: &str) -> Result<Vec<String>, Failed> {
        let sink = config.export.sinks.iter().find(|sink| sink.name == name);
        let sink = sink.ok_or_else(|| format!("station.toml has no sink {name}"))?;
        let base = match &sink.kind {
            SinkKind::Directory { path } => path.clone(),
            SinkKind::Stick { .. } => self.root.join("stick"),
            SinkKind::S3 { .. } => self.root.join(NETWORK),
        };
        let origin = Setup::new(config, String::new()).origin;
        bundles(&base.join(BundleName::folder(&origin)))
    }
}

/// The bundles in a folder, as `from-to`, in order; none where there is no folder. Nothing else may lie
/// there.
pub(super) fn bundles(dir: &Path) -> Result<Vec<String>, Failed> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        let name = BundleName::parse(&name).map_err(|_| format!("{name} is no bundle"))?;
        names.push((name.from, name.to));
    }
    names.sort_unstable();
    let range = |(from, to)| format!("{from}-{to}");
    Ok(names.into_iter().map(range).collect())
}

/// A path as it stands in mountinfo. Source: proc(5).
fn escaped(path: &Path) -> String {
    let text = path.to_string_lossy();
    [
        ("\\", "\\134"),
        (" ", "\\040"),
        ("\t", "\\011"),
        ("\n", "\\012"),
    ]
    .iter()
    .fold(text.into_owned(), |text, (sign, code)| {
        text.replace(sign, code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::example_config;
    use crate::config::SinkSetting;

    /// Whatever a config names, what is written stays in the script's own folder.
    #[test]
    fn sinks_lie_in_the_folder_of_the_script() -> Result<(), io::Error> {
        let root = std::env::temp_dir().join(format!("wenming-world-{}", std::process::id()));
        let world = World::new(&root)?;
        let mut config =
            example_config().map_err(|faults| io::Error::other(format!("{faults:?}")))?;
        let directory = |path: &str| SinkKind::Directory { path: path.into() };
        let store = SinkKind::S3 {
            endpoint: "https://s3.example.org".to_owned(),
            bucket: "vpb".to_owned(),
            region: "us-east-1".to_owned(),
            key_file: "/etc/wenming/s3.key".into(),
        };
        config.export.sinks = [directory("/srv/vpb"), directory("/srv/../../vpb"), store]
            .map(|kind| SinkSetting {
                name: "x".to_owned(),
                kind,
            })
            .into();
        let settled = world.settle(config)?;
        let kinds: Vec<SinkKind> = settled
            .export
            .sinks
            .into_iter()
            .map(|sink| sink.kind)
            .collect();
        let inside = |path: &str| SinkKind::Directory {
            path: root.join(path),
        };
        assert_eq!(
            kinds,
            ["share/srv/vpb", "share/srv/vpb", "network"].map(inside)
        );
        assert!(root.join("share/srv/vpb").is_dir());
        assert!(!root.join("network").exists(), "a store that is not there");
        fs::remove_dir_all(&root)
    }
}
