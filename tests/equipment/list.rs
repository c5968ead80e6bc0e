//! Everything from outside that a test or a bench starts or reads. `tests/house.rs` keeps it complete.

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
const PLAYERS: &str = "tests/terminal/players";
const OUTSIDE: &str = "tests/bundle_outside";

/// The list.
pub(crate) const TOOLS: &[Tool] = &[
    // In every Debian, but not on every machine.
    program(
        "cat",
        "coreutils",
        &[PLAYERS, "tests/voice", "tests/kiosk_voice"],
    ),
    program("cp", "coreutils", &["tests/disk", "tests/export_cli"]),
    program("cut", "coreutils", &[OUTSIDE]),
    program(
        "env",
        "coreutils",
        &["tests/doctor/screen", "tests/kiosk_export", "tests/voice"],
    ),
    program("false", "coreutils", &["tests/voice", "tests/kiosk_voice"]),
    program("find", "findutils", &["tests/export_cli"]),
    program("head", "coreutils", &["tests/export_cli"]),
    program("ls", "coreutils", &["tests/export_cli"]),
    program("mkdir", "coreutils", &["tests/export_cli"]),
    program(
        "mount",
        "mount",
        &["tests/disk", "tests/export_cli", "tests/doctor/machine"],
    ),
    program("mv", "coreutils", &[PLAYERS, "tests/voice"]),
    program("nsenter", "util-linux", &["tests/disk"]),
    program("rm", "coreutils", &["tests/export_cli"]),
    program("setpriv", "util-linux", &[PLAYERS, "tests/doctor/lines"]),
    program(
        "sh",
        "dash",
        &[
            "tests/disk",
            "tests/export_cli",
            "tests/doctor/machine",
            "tests/voice",
            "tests/kiosk_voice",
            OUTSIDE,
            PLAYERS,
        ],
    ),
    program("sha256sum", "coreutils", &[OUTSIDE]),
    program(
        "sleep",
        "coreutils",
        &[
            "tests/disk",
            "tests/doctor/machine",
            "tests/voice",
            "tests/kiosk_voice",
            PLAYERS,
        ],
    ),
    program("tar", "tar", &[OUTSIDE]),
    program("touch", "coreutils", &["tests/kiosk_voice"]),
    program("tr", "coreutils", &[OUTSIDE]),
    program("truncate", "coreutils", &["tests/export_cli"]),
    program(
        "unshare",
        "util-linux",
        &["tests/disk", "tests/export_cli", "tests/doctor/machine"],
    ),
    // Bundles, receipts and tables, read by programs that know nothing of us.
    program("openssl", "openssl", &[OUTSIDE]),
    program("sqlite3", "sqlite3", &[OUTSIDE, "benches/export_town"]),
    program("zstd", "zstd", &[OUTSIDE]),
    program("zbarimg", "zbar-tools", &["tests/paper"]),
    // Real terminals, and pictures of them.
    program("Xvfb", "xvfb", &[PLAYERS]),
    program("cage", "cage", &[PLAYERS]),
    program("convert", "imagemagick", &["tests/terminal/picture"]),
    program("foot", "foot", &[PLAYERS]),
    program("import", "imagemagick", &["tests/terminal/stage"]),
    program("xdotool", "xdotool", &["tests/terminal/stage"]),
    program("xrefresh", "x11-xserver-utils", &["tests/terminal/stage"]),
    program("xterm", "xterm", &[PLAYERS]),
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
        &[EQUIPMENT, "tests/paper", "benches/redeem", "benches/start"],
    ),
    tool("ensurepip", Kind::Module, "python3-venv", &[EQUIPMENT]),
    pypi(
        "adafruit-circuitpython-pn532",
        "2.4.9",
        &["tests/sim_pn532"],
    ),
    pypi("duckdb", "2.0.0", &[OUTSIDE]),
    pypi("frictionless", "5.21.0", &[OUTSIDE]),
    pypi("jsonschema", "4.26.0", &["tests/config_faults/schema"]),
    pypi("moto[server,s3]", "5.2.5", &["tests/export_s3"]),
    pypi("openpyxl", "3.1.5", &["tests/export_people/run"]),
    pypi("pyserial", "3.5", &["tests/sim_pn532"]),
    pypi("python-escpos", "3.1", &["tests/paper"]),
    pypi("textual", "8.2.8", &["benches/start"]),
    // What only benches need.
    program("cc", "gcc", &["benches/start"]),
    program("ldd", "libc-bin", &["benches/start"]),
    program("strace", "strace", &["benches/redeem"]),
    // What only the test of PC/SC needs, to be built and to run.
    program("pkg-config", "pkgconf", &["tests/pcsc"]),
    program("pcscd", "pcscd", &["tests/pcsc"]),
    tool(
        "/usr/include/PCSC/winscard.h",
        Kind::File,
        "libpcsclite-dev",
        &["tests/pcsc"],
    ),
    tool(
        "/usr/lib/pcsc/drivers/serial/libifdvpcd.so",
        Kind::File,
        "vsmartcard-vpcd",
        &["tests/pcsc"],
    ),
];
