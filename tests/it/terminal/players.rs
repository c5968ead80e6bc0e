//! Who plays on a stage: the X server and the terminals as a station starts them.

use super::stage::{GRID, LOOK_MS, pause};
use super::tools::run;
use crate::equipment::{ours, tool};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{self, File, Permissions};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The font of a station with a screen of 15.6 inches, in pixels.
const FONT_PX: u16 = 42;
/// The user that cage runs as when the test is root, which cage refuses to be.
pub(crate) const NOBODY: u32 = 65_534;

/// A process that goes with the stage: asked first, then made to.
pub(crate) struct Player(pub(crate) Child);

impl Drop for Player {
    fn drop(&mut self) {
        let pid = Pid::from_child(&self.0);
        let _gone = kill_process(pid, Signal::TERM);
        for _ in 0..20 {
            if !matches!(self.0.try_wait(), Ok(None)) {
                return;
            }
            pause(LOOK_MS);
        }
        self.0.kill().unwrap_or_default();
        self.0.wait().map(|_| ()).unwrap_or_default();
    }
}

/// Starts the X server, which chooses its own number.
pub(crate) fn serve(dir: &Path) -> (Player, String) {
    let mut child = Command::new(tool("Xvfb"))
        .args([
            "-displayfd",
            "1",
            "-nolisten",
            "tcp",
            "-screen",
            "0",
            "2048x1200x24",
        ])
        .stdout(Stdio::piped())
        .stderr(File::create(dir.join("xvfb.log")).unwrap())
        .spawn()
        .unwrap();
    let mut number = String::new();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    said.read_line(&mut number).unwrap();
    assert!(!number.trim().is_empty(), "Xvfb did not start");
    (Player(child), format!(":{}", number.trim()))
}

/// The fonts of Hanzi and of Latin letters.
const FONTS: [&str; 2] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
];

/// What the terminal runs: it waits to be told the arguments, none of which has a blank.
pub(crate) fn script(dir: &Path) {
    for name in FONTS.iter().chain(&["sh", "sleep", "cat", "mv"]) {
        let _there = tool(name);
    }
    let home = dir.join("home");
    let path = dir.join("run");
    let (dir, home) = (dir.to_str().unwrap(), home.to_str().unwrap());
    let text = format!(
        "#!/bin/sh\nuntil [ -e {dir}/go ]; do sleep 0.05; done\nTMPDIR={home}; export TMPDIR\ncd {home}\n\
         exec {dir}/wenming $(cat {dir}/go)\n"
    );
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
}

/// A command as the user who may run cage, with a home and a place for Wayland's socket.
pub(crate) fn as_user(program: &str, home: &Path) -> Command {
    let path = Path::new(program);
    let mut command = Command::new(if path.is_absolute() {
        ours(path)
    } else {
        Path::new(tool(program))
    });
    if rustix::process::geteuid().is_root() {
        command = Command::new(tool("setpriv"));
        let nobody = NOBODY.to_string();
        command
            .args(["--reuid", &nobody, "--regid", &nobody, "--clear-groups"])
            .arg(program);
    }
    // The checkout may lie where that user may not go, as below `/root`.
    command
        .current_dir(home)
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", home)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("WAYLAND_DISPLAY");
    command
}

/// How far to raise the glyphs, in hundredths of the font's size, so that they stand where `kiosk-config/deploy/foot.ini` puts
/// them: a foot of Debian 12, 1.13, does not centre them in a line of a given height as later ones do.
pub(crate) fn raise() -> u16 {
    let said = run("", "foot", &["--version"]);
    let said = String::from_utf8_lossy(&said).into_owned();
    if said.contains(" 1.13.") { 27 } else { 12 }
}

/// foot, full screen in cage, and cage as a window of the X server.
pub(crate) fn foot(dir: &Path, display: &str) -> Child {
    let home = dir.join("home");
    let home_text = home.to_str().unwrap();
    let ini = format!(
        "[main]\nfont=Noto Sans Mono CJK SC:pixelsize={FONT_PX}\nline-height={}px\nvertical-letter-offset=-{}px\npad=0x0\n\
         [tweak]\noverflowing-glyphs=no\n[scrollback]\nlines=0\n[mouse]\nhide-when-typing=yes\n\
         [key-bindings]\npipe-visible=[sh -c \"cat > {home_text}/part; mv {home_text}/part {home_text}/dump\"] F12\n",
        FONT_PX * 113 / 100,
        FONT_PX * raise() / 100,
    );
    let path = dir.join("foot.ini");
    fs::write(&path, ini).unwrap();
    let log = File::create(dir.join("log")).unwrap();
    // cage starts the one, and an X server of its own, although nobody uses it.
    let _inside = [tool("foot"), tool("Xwayland")];
    as_user("cage", &home)
        .args(["--", "foot", "-d", "info", "-F", "-c"])
        .args([&path, &dir.join("run")])
        .env("DISPLAY", display)
        .env("WLR_BACKENDS", "x11")
        .env("WLR_RENDERER", "pixman")
        .env("WLR_X11_OUTPUTS", "1")
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}

/// xterm, whose cells are as tall as its font wants them.
pub(crate) fn xterm(dir: &Path, display: &str) -> Child {
    let home = dir.join("home");
    let dump = home.join("dump");
    let dump = dump.to_str().unwrap();
    let (columns, rows) = GRID;
    let mut command = as_user("xterm", &home);
    command
        .env("DISPLAY", display)
        .args(["-geometry", &format!("{columns}x{rows}+0+0")])
        .args(["-b", "0", "-bw", "0", "+sb", "-u8"])
        .args(["-fa", &format!("DejaVu Sans Mono:pixelsize={FONT_PX}")])
        .args(["-fd", &format!("Noto Sans Mono CJK SC:pixelsize={FONT_PX}")]);
    for resource in [
        "pointerMode: 3",
        "printModeImmediate: 0",
        "printOptsImmediate: 0",
        "VT100.translations: #override <Key>F12: print-immediate()",
        &format!("printFileImmediate: {dump}"),
    ] {
        command.args(["-xrm", &format!("XTerm*{resource}")]);
    }
    command
        .arg("-e")
        .arg(dir.join("run"))
        .stdout(Stdio::null())
        .stderr(File::create(dir.join("log")).unwrap())
        .spawn()
        .unwrap()
}

/// The one window of some size that the server shows.
pub(crate) fn window(display: &str) -> Option<String> {
    let children = Command::new(tool("xwininfo"))
        .env("DISPLAY", display)
        .args(["-root", "-children"])
        .output()
        .unwrap();
    let children = String::from_utf8_lossy(&children.stdout).into_owned();
    let ids = children.lines().filter_map(|line| {
        let id = line.trim_start().split(' ').next()?;
        let large = !line.contains(" 1x1+") && id.starts_with("0x");
        large.then(|| id.to_owned())
    });
    // A window may go between the two questions.
    let mut shown = ids.filter(|id| {
        let said = Command::new(tool("xwininfo"))
            .env("DISPLAY", display)
            .args(["-id", id])
            .output()
            .unwrap();
        String::from_utf8_lossy(&said.stdout).contains("IsViewable")
    });
    shown.next()
}
