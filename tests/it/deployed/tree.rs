//! A Debian 13 in a folder, made by debootstrap from the mirror that this machine's apt uses, once.

use super::{PACKAGES, STAGE, STATION};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The release.
const SUITE: &str = "trixie";
/// How long its making may take, in seconds; a near mirror needs one minute.
const LIMIT: &str = "900";

/// The files of a whole system. They are never written again.
pub(crate) struct Tree(pub(crate) PathBuf);

/// What a program printed, or what it complained about.
fn said(program: &str, args: &[&str]) -> Result<String, String> {
    let output = Command::new(program)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(args)
        .output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    let last = text.lines().rev().find(|line| !line.trim().is_empty());
    Err(format!("{program}: {}", last.unwrap_or("failed")))
}

/// Installs what the machine needs where that is allowed.
fn equip() -> Result<(), String> {
    let missing = || -> Vec<&str> {
        let absent = PACKAGES
            .iter()
            .filter(|(_, file)| !Path::new(file).exists());
        absent.map(|(package, _)| *package).collect()
    };
    let wanted = missing();
    if wanted.is_empty() {
        return Ok(());
    }
    let options = ["-qy", "-o", "DPkg::Lock::Timeout=300"];
    // An old list may be good enough.
    let _updated = said("apt-get", &[&options[..], &["update"]].concat());
    let install = ["install", "--no-install-recommends"];
    said("apt-get", &[&options[..], &install, &wanted].concat())?;
    let still = missing().join(" ");
    if still.is_empty() {
        Ok(())
    } else {
        Err(format!("missing: {still}"))
    }
}

/// Where this machine's apt finds Debian's own packages.
fn mirror() -> Result<String, String> {
    let format = "$(LABEL) $(REPO_URI)";
    let all = said("apt-get", &["indextargets", "--format", format])?;
    let debian = all.lines().find_map(|line| line.strip_prefix("Debian "));
    debian
        .map(str::to_owned)
        .ok_or_else(|| "apt has no source of Debian's packages".to_owned())
}

/// The system, made now if it is not there.
pub(crate) fn tree() -> Result<Tree, String> {
    if !rustix::process::geteuid().is_root() {
        return Err("that takes root".to_owned());
    }
    equip()?;
    let packages = [&STATION[..], &STAGE].concat().join(",");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let dir = target.join("debian-13");
    let (root, stamp) = (dir.join("tree"), dir.join("packages"));
    if fs::read_to_string(&stamp).is_ok_and(|text| text == packages) {
        return Ok(Tree(root));
    }
    let _old = fs::remove_file(&stamp);
    let _old = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).map_err(|error| error.to_string())?;
    let include = format!("--include={packages}");
    let path = root.to_str().unwrap();
    let url = mirror()?;
    let bootstrap = ["--variant=minbase", &include, SUITE, path, &url];
    let timed = ["-k", "10", LIMIT, "debootstrap"];
    said("timeout", &[&timed[..], &bootstrap].concat())?;
    let _room = fs::remove_dir_all(root.join("var/cache/apt/archives"));
    fs::write(stamp, packages).map_err(|error| error.to_string())?;
    Ok(Tree(root))
}

impl Tree {
    /// The keys and buttons of foot as it comes, with their sections: `key-bindings`, `Control+Shift+n`.
    pub(crate) fn combos(&self) -> Vec<(String, String)> {
        let text = fs::read_to_string(self.0.join("etc/xdg/foot/foot.ini")).unwrap();
        let mut section = "";
        let mut all = Vec::new();
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']');
            }
            let binding = line.strip_prefix("# ").and_then(|l| l.split_once('='));
            let Some((_, value)) =
                binding.filter(|_| section.ends_with("-bindings") && section != "text-bindings")
            else {
                continue;
            };
            let keys = value.rsplit(']').next().unwrap().split('#').next().unwrap();
            let keys = keys.split_whitespace().filter(|key| *key != "none");
            all.extend(keys.map(|key| (section.to_owned(), key.to_owned())));
        }
        all
    }

    /// The actions of a section, as the manual of this foot has them.
    pub(crate) fn actions(&self, section: &str) -> Vec<String> {
        let page = self.0.join("usr/share/man/man5/foot.ini.5.gz");
        let text = said("zcat", &[page.to_str().unwrap()]).unwrap();
        let title = format!(".SH SECTION: {section}\n");
        let (_, rest) = text.split_once(&title).unwrap();
        let (own, _) = rest.split_once("\n.SH ").unwrap();
        let lines: Vec<&str> = own.lines().collect();
        let heads = lines.windows(2).filter(|pair| pair[1].starts_with(".RS"));
        let heads = heads.filter_map(|pair| pair[0].strip_prefix("\\fB")?.strip_suffix("\\fR"));
        let names = heads.flat_map(|line| line.split("\\fR, \\fB"));
        names.map(|name| name.replace("\\-", "-")).collect()
    }
}
