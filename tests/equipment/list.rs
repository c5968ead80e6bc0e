//! Everything from outside that a test or a bench starts or reads. `tests/it/programs.rs` keeps it complete.

/// How to see whether something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A program in `PATH`.
    Program,
    /// A file at this path.
    File,
    /// A module that the `python3` in `PATH` can import.
    Module,
    /// A package of `PyPI` of this version, in an environment under `target/`.
    PyPi(&'static str),
}

/// One thing that is needed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tool {
    /// The name of the program, the path of the file, or the name of the package.
    pub(crate) name: &'static str,
    /// How to see it.
    pub(crate) kind: Kind,
    /// The Debian package that has it; empty for a package of `PyPI`.
    pub(crate) package: &'static str,
    /// The files below `tests/` and `benches/` that need it, without `.rs`.
    pub(crate) users: &'static [&'static str],
}

type Users = &'static [&'static str];

const fn tool(name: &'static str, kind: Kind, package: &'static str, users: Users) -> Tool {
    Tool {
        name,
        kind,
        package,
        users,
    }
}

const fn program(name: &'static str, package: &'static str, users: Users) -> Tool {
    tool(name, Kind::Program, package, users)
}

const fn pypi(name: &'static str, version: &'static str, users: Users) -> Tool {
    tool(name, Kind::PyPi(version), "", users)
}

const EQUIPMENT: &str = "tests/equipment/mod";
const PLAYERS: &str = "tests/it/terminal/players";
const MACHINE: &str = "tests/it/deployed/machine";
const TREE: &str = "tests/it/deployed/tree";
const OUTSIDE: &str = "tests/it/bundle_outside";

/// The list.
pub(crate) const TOOLS: &[Tool] = &[
    // In every Debian, but not on every machine.
    program(
        "cat",
        "coreutils",
        &[PLAYERS, "tests/it/voice", "tests/it/kiosk_voice"],
    ),
    program("cp", "coreutils", &["tests/it/disk", "tests/it/export_cli"]),
    program("cc", "gcc", &["benches/start", "tests/it/inject/mod"]),
    program("cut", "coreutils", &[OUTSIDE]),
    program(
        "env",
        "coreutils",
        &[
            "tests/it/doctor/screen",
            "tests/it/kiosk_export",
            "tests/it/voice",
        ],
    ),
    program(
        "false",
        "coreutils",
        &["tests/it/voice", "tests/it/kiosk_voice"],
    ),
    program("find", "findutils", &["tests/it/export_cli"]),
    program("head", "coreutils", &["tests/it/export_cli"]),
    program("ls", "coreutils", &["tests/it/export_cli"]),
    program("mkdir", "coreutils", &["tests/it/export_cli"]),
    program(
        "mount",
        "mount",
        &[
            "tests/it/disk",
            "tests/it/export_cli",
            "tests/it/doctor/machine",
        ],
    ),
    program("mv", "coreutils", &[PLAYERS, "tests/it/voice"]),
    program("nsenter", "util-linux", &["tests/it/disk", MACHINE]),
    program("rm", "coreutils", &["tests/it/export_cli"]),
    program("setpriv", "util-linux", &[PLAYERS, "tests/it/doctor/lines"]),
    program(
        "sh",
        "dash",
        &[
            "tests/it/bounds",
            "tests/it/disk",
            "tests/it/export_cli",
            "tests/it/doctor/machine",
            "tests/it/voice",
            "tests/it/kiosk_voice",
            OUTSIDE,
            PLAYERS,
        ],
    ),
    program("sha256sum", "coreutils", &[OUTSIDE]),
    program(
        "sleep",
        "coreutils",
        &[
            "tests/it/disk",
            "tests/it/doctor/machine",
            "tests/it/voice",
            "tests/it/kiosk_voice",
            PLAYERS,
        ],
    ),
    program("tar", "tar", &[OUTSIDE]),
    program("touch", "coreutils", &["tests/it/kiosk_voice"]),
    program("tr", "coreutils", &[OUTSIDE]),
    program("truncate", "coreutils", &["tests/it/export_cli"]),
    program(
        "unshare",
        "util-linux",
        &[
            "tests/it/disk",
            "tests/it/export_cli",
            "tests/it/doctor/machine",
        ],
    ),
    // Bundles, receipts and tables, read by programs that know nothing of us.
    program("openssl", "openssl", &[OUTSIDE]),
    program(
        "sqlite3",
        "sqlite3",
        &["tests/it/disk", OUTSIDE, "benches/export_town"],
    ),
    program("zstd", "zstd", &[OUTSIDE]),
    program("zbarimg", "zbar-tools", &["tests/it/paper"]),
    // Real terminals, and pictures of them.
    program("Xvfb", "xvfb", &[PLAYERS]),
    program("Xwayland", "xwayland", &[PLAYERS]),
    program("cage", "cage", &[PLAYERS]),
    program("convert", "imagemagick", &["tests/it/terminal/picture"]),
    program("foot", "foot", &[PLAYERS]),
    program("import", "imagemagick", &["tests/it/terminal/stage"]),
    program("xdotool", "xdotool", &["tests/it/terminal/stage"]),
    program(
        "xrefresh",
        "x11-xserver-utils",
        &["tests/it/terminal/stage"],
    ),
    program("xterm", "xterm", &[PLAYERS]),
    program("xprop", "x11-utils", &["tests/it/terminal/stage"]),
    program("xwininfo", "x11-utils", &[PLAYERS]),
    tool(
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        Kind::File,
        "fonts-noto-cjk",
        &[PLAYERS],
    ),
    tool(
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        Kind::File,
        "fonts-dejavu-core",
        &[PLAYERS],
    ),
    // Python, and what pip installs for it.
    program(
        "python3",
        "python3",
        &[
            EQUIPMENT,
            "tests/it/paper",
            "benches/redeem",
            "benches/start",
        ],
    ),
    tool("ensurepip", Kind::Module, "python3-venv", &[EQUIPMENT]),
    pypi(
        "adafruit-circuitpython-pn532",
        "2.4.9",
        &["tests/it/sim_pn532"],
    ),
    pypi("duckdb", "2.0.0", &[OUTSIDE]),
    pypi("frictionless", "5.21.0", &[OUTSIDE]),
    pypi("jsonschema", "4.26.0", &["tests/it/config_faults/schema"]),
    pypi("moto[server,s3]", "5.2.5", &["tests/it/export_s3"]),
    pypi("openpyxl", "3.1.5", &["tests/it/export_people/run"]),
    pypi("pyserial", "3.5", &["tests/it/sim_pn532"]),
    pypi("python-escpos", "3.1", &["tests/it/paper"]),
    pypi("textual", "8.2.8", &["benches/start"]),
    // What only benches need.
    program("ldd", "libc-bin", &["benches/start"]),
    program(
        "strace",
        "strace",
        &[
            "benches/redeem",
            "tests/it/start_faults",
            "tests/it/print_load",
            "tests/it/power/record",
        ],
    ),
    // What only the test that boots a station needs.
    program("apt-get", "apt", &[TREE]),
    program("debootstrap", "debootstrap", &[TREE]),
    program("systemd-analyze", "systemd", &["tests/it/deployed/files"]),
    program("systemd-nspawn", "systemd-container", &[MACHINE]),
    program("timeout", "coreutils", &[TREE]),
    program("zcat", "gzip", &[TREE]),
    // What only the test of PC/SC needs, to be built and to run.
    program("pkg-config", "pkgconf", &["tests/it/pcsc"]),
    program("pcscd", "pcscd", &["tests/it/pcsc"]),
    tool(
        "/usr/include/PCSC/winscard.h",
        Kind::File,
        "libpcsclite-dev",
        &["tests/it/pcsc"],
    ),
    tool(
        "/usr/lib/pcsc/drivers/serial/libifdvpcd.so",
        Kind::File,
        "vsmartcard-vpcd",
        &["tests/it/pcsc"],
    ),
];
