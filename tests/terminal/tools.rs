//! What a picture takes: an X server without a screen, two terminals, a hand, a camera, fonts. All from Debian.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Every package, with a program of it that shows that it is there; fonts have a file instead.
const PACKAGES: [(&str, &str); 9] = [
    ("xvfb", "/usr/bin/Xvfb"),
    ("xterm", "/usr/bin/xterm"),
    ("cage", "/usr/bin/cage"),
    ("foot", "/usr/bin/foot"),
    ("xdotool", "/usr/bin/xdotool"),
    ("x11-utils", "/usr/bin/xwininfo"),
    ("x11-xserver-utils", "/usr/bin/xrefresh"),
    ("imagemagick", "/usr/bin/import"),
    (
        "fonts-noto-cjk",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    ),
];

/// The font of Latin letters in xterm; fontconfig's own dependency names it.
const LATIN: (&str, &str) = (
    "fonts-dejavu-core",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
);

fn missing() -> Vec<&'static str> {
    let all = PACKAGES.iter().chain([&LATIN]);
    all.filter(|(_, file)| !Path::new(file).exists())
        .map(|(package, _)| *package)
        .collect()
}

fn apt_get(args: &[&str]) -> Option<Output> {
    Command::new("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-q", "-y", "-o", "DPkg::Lock::Timeout=300"])
        .args(args)
        .output()
        .ok()
}

/// Installs what is missing where that is allowed, and fails with its names where it is not.
pub(crate) fn equip() {
    static EQUIPPED: OnceLock<()> = OnceLock::new();
    EQUIPPED.get_or_init(|| {
        let wanted = missing();
        if wanted.is_empty() {
            return;
        }
        let mut said = String::new();
        if rustix::process::geteuid().is_root() {
            let install = [&["install", "--no-install-recommends"], wanted.as_slice()].concat();
            for args in [&["update"], install.as_slice()] {
                if let Some(output) = apt_get(args) {
                    said = String::from_utf8_lossy(&output.stderr).into_owned();
                }
            }
        }
        let still = missing().join(" ");
        assert!(
            still.is_empty(),
            "missing for pictures of real terminals: apt-get install --no-install-recommends {still}\n{said}"
        );
    });
}

/// Runs a program to its end and gives what it said.
pub(crate) fn run(display: &str, program: &str, args: &[&str]) -> Vec<u8> {
    let output = Command::new(program)
        .env("DISPLAY", display)
        .args(args)
        .output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {args:?}: {errors}");
    output.stdout
}
