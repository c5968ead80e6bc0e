//! A machine that boots the tree: systemd as its first process, in namespaces of its own, without a network. What it writes
//! is in memory and goes with it.

use super::hand::{pause, until};
use super::tree::Tree;
use crate::equipment::tool;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// What there is on no machine in a namespace: a screen, a seat, a terminal of the kernel. Everything else is the unit's own.
const HEADLESS: &str = "[Service]\n\
    Environment=WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman\n\
    StandardInput=null\nTTYPath=\nUtmpIdentifier=\n";
const UNIT: &str = "/etc/systemd/system/wenming.service";
pub(crate) const INI: &str = "/etc/wenming/deploy/foot.ini";

/// A booted machine.
pub(crate) struct Machine {
    pub(crate) tree: Tree,
    /// systemd-nspawn.
    keeper: Child,
    /// The machine's first process, as this machine counts.
    first: u32,
}

/// systemd-nspawn on this tree.
fn nspawn(tree: &Tree) -> Command {
    let mut command = Command::new(tool("systemd-nspawn"));
    // An old hierarchy of this machine's need not be the booted one's.
    command.env("SYSTEMD_NSPAWN_UNIFIED_HIERARCHY", "1");
    command.args(["--quiet", "--register=no", "--private-network"]);
    command.args(["--volatile=overlay", "--link-journal=no"]);
    if !Path::new("/run/systemd/system").exists() {
        command.arg("--keep-unit");
    }
    let program = env!("CARGO_BIN_EXE_wenming");
    let config = concat!(env!("CARGO_MANIFEST_DIR"), "/kiosk-config");
    command.arg(format!("--bind-ro={program}:/mnt/wenming"));
    command.arg(format!("--bind-ro={config}:/mnt/kiosk-config"));
    command.arg(format!("--machine=wenming-{}", std::process::id()));
    command.arg("--directory").arg(&tree.0);
    command.stdin(Stdio::null());
    command
}

/// Boots the tree; or says why this machine cannot.
pub(crate) fn boot(tree: Tree) -> Result<Machine, String> {
    let tried = nspawn(&tree).arg("/bin/true").output();
    let tried = tried.map_err(|error| error.to_string())?;
    if !tried.status.success() {
        let said = String::from_utf8_lossy(&tried.stderr).into_owned();
        let last = said.lines().last().unwrap_or("no word");
        return Err(format!("systemd-nspawn: {last}"));
    }
    let ours = nspawn(&tree).args(["/mnt/wenming", "--version"]).output();
    let ours = ours.map_err(|error| error.to_string())?;
    assert!(
        ours.status.success(),
        "the program does not start on this system: {}",
        String::from_utf8_lossy(&ours.stderr)
    );
    let console = tree.0.with_file_name("console.log");
    let console = File::create(console).unwrap();
    let keeper = nspawn(&tree)
        .args(["--boot", "systemd.unit=multi-user.target"])
        .stdout(console.try_clone().unwrap())
        .stderr(console)
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut machine = Machine {
        tree,
        keeper,
        first: 0,
    };
    let up = until(|| {
        // An earlier child of systemd-nspawn's prepares the machine and goes.
        machine.first = machine.child()?;
        let said = machine.run(&["systemctl", "is-system-running"]);
        let state = String::from_utf8_lossy(&said.stdout).into_owned();
        ["running", "degraded"]
            .contains(&state.trim())
            .then_some(())
    });
    assert!(up.is_some(), "no system: {}", machine.console());
    Ok(machine)
}

impl Machine {
    /// The process that systemd-nspawn keeps now.
    fn child(&self) -> Option<u32> {
        let children = format!("/proc/{0}/task/{0}/children", self.keeper.id());
        let text = fs::read_to_string(children).ok()?;
        text.split_whitespace().next()?.parse().ok()
    }

    fn console(&self) -> String {
        fs::read_to_string(self.tree.0.with_file_name("console.log")).unwrap()
    }

    /// A program in the machine, as its root.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(tool("nsenter"));
        command.args(["--mount", "--uts", "--ipc", "--net", "--pid", "--target"]);
        command.arg(self.first.to_string()).arg("--").args(args);
        command.stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a program prints that must do what it should.
    pub(crate) fn says(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text).into_owned();
        assert!(
            output.status.success(),
            "{args:?}: {text}\n{}",
            self.journal()
        );
        text
    }

    pub(crate) fn journal(&self) -> String {
        let said = self.run(&["journalctl", "--no-pager", "--lines=40"]);
        String::from_utf8_lossy(&said.stdout).into_owned()
    }

    /// A file of the machine, seen from outside.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.first));
        root.join(path.trim_start_matches('/'))
    }

    /// Installs the station as the unit's first lines say, with the readers and the PINs of the example.
    pub(crate) fn install(&self) {
        let unit = include_str!("../../../kiosk-config/deploy/wenming.service");
        let steps = unit.lines().filter_map(|line| line.strip_prefix("#   "));
        for step in steps {
            // What apt-get would install is in the tree; the folder of the package is bound to /mnt.
            if step.starts_with("apt-get") || step.starts_with("systemctl") {
                continue;
            }
            let step = format!(
                "umask 022 && cd /mnt && mkdir -p /etc/sysusers.d /etc/udev/rules.d && {step}"
            );
            self.says(&["sh", "-euc", &step]);
        }
        let drop_in = self.path(&format!("{UNIT}.d"));
        fs::create_dir_all(&drop_in).unwrap();
        fs::write(drop_in.join("headless.conf"), HEADLESS).unwrap();
        self.says(&["systemctl", "daemon-reload"]);
        let faults = self.says(&["systemd-analyze", "verify", UNIT]);
        assert_eq!(faults, "", "systemd-analyze verify");
        self.says(&["foot", "--check-config", "-c", INI]);
        assert!(
            self.says(&["getent", "passwd", "wenming"])
                .ends_with(":/usr/sbin/nologin\n")
        );
    }

    /// Takes both locks away: foot has its own keys again, the user a shell.
    pub(crate) fn open_up(&self) {
        let path = self.path(INI);
        let text = fs::read_to_string(&path).unwrap();
        let (look, _) = text.split_once("[key-bindings]").unwrap();
        fs::write(&path, look).unwrap();
        self.says(&["usermod", "--shell", "/bin/bash", "wenming"]);
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _off = self
            .command(&["systemctl", "poweroff", "--force", "--force"])
            .output();
        for _ in 0..100 {
            if self.keeper.try_wait().is_ok_and(|ended| ended.is_some()) {
                return;
            }
            pause(50);
        }
        let _gone = self.keeper.kill().and_then(|()| self.keeper.wait());
    }
}
