//! The real program in a real pseudo-terminal, with pseudo-terminals for readers: everything from
//! the key to the disk is what runs in a village.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot drive the program must fail"
)]

use crate::folder::Folder;
use pty_process::Size;
use pty_process::blocking::{Command as PtyCommand, Pts, Pty, open};
use rusqlite::Connection;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use sha2::{Digest as _, Sha256};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File, Permissions};
use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use wenming::cli::{example_config, tell_the_day};
use wenming::shell::clock::Clock;

/// Seconds that the last screen stays in a room: well below the patience.
const DONE_SECS: u32 = 8;

/// The program under test.
pub(crate) const WENMING: &str = env!("CARGO_BIN_EXE_wenming");
/// The locale of a technician who reads English.
pub(crate) const ENGLISH: [(&str, &str); 1] = [("LC_ALL", "en_US.UTF-8")];
/// The smallest screen that the kiosk promises to fit: columns and rows.
pub(crate) const SMALL: (u16, u16) = (64, 16);
/// How a person types, in milliseconds from key to key. Faster is a device.
const PACE_MS: u64 = 130;
/// How long anything may take on a busy machine, in seconds.
pub(crate) const PATIENCE: u64 = 20;

/// Waits.
pub(crate) fn pause(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}

/// Waits until something is so; says whether it became so.
pub(crate) fn until(mut what: impl FnMut() -> bool) -> bool {
    (0..PATIENCE * 50).any(|_| {
        pause(20);
        what()
    })
}

/// Runs the program with so much on its standard input, and its standard output going there.
pub(crate) fn fed(args: &[impl AsRef<OsStr>], input: &str, out: Stdio) -> Output {
    let mut child = Command::new(WENMING)
        .envs(ENGLISH)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(out)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that reads nothing may be gone already.
    let _taken = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// Noise in which every byte comes.
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    /// The next bytes.
    pub(crate) fn bytes(&mut self, n: usize) -> Vec<u8> {
        let next = || -> u8 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0.to_be_bytes().into_iter().next().unwrap()
        };
        std::iter::repeat_with(next).take(n).collect()
    }
}

/// A folder with `config/`, `data/` and the links to the readers; it goes away with the test.
pub(crate) struct Room(Folder);

impl Room {
    /// An empty one, with the example config and a reader for cards and one for lines.
    pub(crate) fn new() -> Self {
        let dir = Folder::new("room");
        // Another user must come this far.
        fs::set_permissions(&*dir, Permissions::from_mode(0o755)).unwrap();
        fs::create_dir(dir.join("config")).unwrap();
        fs::create_dir(dir.join("tmp")).unwrap();
        let room = Self(dir);
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
        for file in ["catalogue.toml", "rules.toml", "staff.toml"] {
            fs::copy(example.join(file), room.config().join(file)).unwrap();
        }
        room.write_station("em4100", 0);
        room
    }

    /// The same, with the invented village in its ledger.
    pub(crate) fn village() -> Self {
        let room = Self::new();
        let data = room.data();
        let seeded = run(["seed".as_ref(), "--data".as_ref(), data.as_os_str()]);
        assert!(seeded.status.success(), "{seeded:?}");
        // The machine of the test lives later than the village.
        let (config, now) = (example_config().unwrap(), Clock::start().now());
        tell_the_day(&data, &config, &now).unwrap();
        room.stays(DONE_SECS);
        room
    }

    /// The shortest time that the last screen may stay, in the config.
    pub(crate) fn hurry(&self) {
        self.stays(3);
    }

    /// The last screen stays so many seconds.
    fn stays(&self, secs: u32) {
        let path = self.config().join("station.toml");
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some(("done-secs", _)) => format!("done-secs = {secs}\n"),
            _ => format!("{line}\n"),
        });
        fs::write(path, lines.collect::<String>()).unwrap();
    }

    /// Writes `station.toml`: one reader, deaf to nothing, with so much room to be kept on the disk.
    pub(crate) fn write_station(&self, format: &str, min_free_mib: u32) {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config/station.toml");
        let text = fs::read_to_string(example).unwrap();
        let (head, _) = text.split_once("[[reader]]").unwrap();
        let mut text: String = head
            .lines()
            .map(|line| match line.split_once(" = ") {
                Some(("deaf-ms", _)) => "deaf-ms = 0\n".to_owned(),
                Some(("done-secs", _)) => format!("done-secs = {DONE_SECS}\n"),
                Some(("min-free-mib", _)) => format!("min-free-mib = {min_free_mib}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let port = self.port();
        let port = port.display();
        write!(
            text,
            "[[reader]]\nname = \"card\"\nport = \"{port}\"\nformat = \"{format}\"\n"
        )
        .unwrap();
        fs::write(self.config().join("station.toml"), text).unwrap();
    }

    /// Adds lines to the reader's part of the config.
    pub(crate) fn write_reader(&self, lines: &str) {
        let path = self.config().join("station.toml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, format!("{text}{lines}\n")).unwrap();
    }

    /// Takes all readers out of the config.
    pub(crate) fn without_readers(&self) {
        let path = self.config().join("station.toml");
        let text = fs::read_to_string(&path).unwrap();
        let (head, _) = text.split_once("[[reader]]").unwrap();
        fs::write(path, head).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.0.join("config")
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    /// The path at which the config looks for the reader.
    pub(crate) fn port(&self) -> PathBuf {
        self.0.join("reader")
    }

    /// The log of events, as it stands on the disk.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.data().join("log/events.play")).unwrap()
    }

    /// How often the log tells something.
    fn times_in_log(&self, what: &str) -> usize {
        fs::read_to_string(self.data().join("log/events.play"))
            .map_or(0, |log| log.matches(what).count())
    }

    /// A plain second connection, as a stranger with the `sqlite3` program has it.
    pub(crate) fn plain(&self) -> Connection {
        plain(&self.data())
    }

    /// One whole number from the disk.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        number(&self.plain(), sql)
    }

    /// What a resident has free to spend, summed from the transfers themselves.
    pub(crate) fn free(&self, account: &str) -> i64 {
        let free = "SELECT coalesce(sum(iif(t.credit = a.id, t.amount * (t.phase IN ('single', 'post')),
                      CASE t.phase WHEN 'void' THEN t.amount WHEN 'post' THEN 0 ELSE -t.amount END)), 0)
                      FROM account a JOIN transfer t ON a.id IN (t.debit, t.credit)
                     WHERE a.name = ?1 AND t.unit = 1";
        let conn = self.plain();
        conn.query_row(free, [account], |row| row.get(0)).unwrap()
    }

    /// The audit of the real program finds nothing; gives its answer.
    pub(crate) fn assert_clean(&self) -> serde_json::Value {
        assert_clean(&self.data())
    }

    /// Starts the kiosk in a terminal of this size.
    pub(crate) fn kiosk(&self, size: (u16, u16)) -> Kiosk {
        let (config, data) = (self.config(), self.data());
        let args = [
            "kiosk".as_ref(),
            "--config".as_ref(),
            config.as_os_str(),
            "--data".as_ref(),
            data.as_os_str(),
        ];
        Kiosk::spawn(self, &args, size)
    }

    /// Starts the kiosk and waits until it greets and has its reader, where one is plugged in.
    pub(crate) fn open(&self) -> Kiosk {
        let ups = self.times_in_log("# reader 0 up");
        let kiosk = self.kiosk(SMALL);
        kiosk.wait_for("您好，欢迎来到积分银行");
        if self.port().exists() {
            // What a reader said before it was opened is thrown away: a card of before is nobody's.
            let up = |_: &_| self.times_in_log("# reader 0 up") > ups;
            assert!(kiosk.becomes(PATIENCE, up), "{}", self.log());
        }
        kiosk
    }
}

/// Runs a command of the program to its end, without a terminal.
pub(crate) fn run<const N: usize>(args: [&OsStr; N]) -> Output {
    wenming(&args)
}

/// Runs a command of the program to its end, without a terminal and with nothing on its standard input.
pub(crate) fn wenming(args: &[impl AsRef<OsStr>]) -> Output {
    Command::new(WENMING)
        .envs(ENGLISH)
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// A path as an argument of a command.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A plain connection to the ledger in a data directory.
pub(crate) fn plain(data: &Path) -> Connection {
    let conn = Connection::open(data.join("station.db")).unwrap();
    conn.busy_timeout(Duration::from_secs(PATIENCE)).unwrap();
    conn
}

/// One whole number from a connection.
pub(crate) fn number(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// `wenming audit --json` finds nothing; gives its answer.
pub(crate) fn assert_clean(data: &Path) -> serde_json::Value {
    let audit = run([
        "audit".as_ref(),
        "--json".as_ref(),
        "--data".as_ref(),
        data.as_os_str(),
    ]);
    let answer = String::from_utf8(audit.stdout).unwrap();
    assert!(audit.status.success(), "{answer}");
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer.get("ok"), Some(&true.into()));
    answer
}

/// Lower-case hex of the SHA-256 of two texts one after the other.
pub(crate) fn sha256(prev: &str, body: &str) -> String {
    let digest = Sha256::new_with_prefix(prev).chain_update(body).finalize();
    digest.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// A frame of a 125 kHz reader.
pub(crate) fn frame(number: &str) -> Vec<u8> {
    let value = u64::from_str_radix(number, 16).unwrap();
    let sum = value.to_be_bytes().into_iter().fold(0, |sum, b| sum ^ b);
    format!("\x02{number}{sum:02X}\x03").into_bytes()
}

/// A reader: the end that the test holds, and the end that the kiosk opens. Both close when it goes.
pub(crate) struct Line {
    master: Pty,
    // Without it, writing would fail while the kiosk has not opened the line yet.
    _slave: Pts,
}

impl Line {
    /// Plugs a new one in at the path that the config names.
    pub(crate) fn plug(room: &Room) -> Self {
        Self::plug_at(room, &room.port())
    }

    /// Plugs a new one in at another path.
    pub(crate) fn plug_at(room: &Room, port: &Path) -> Self {
        let (master, slave) = open().unwrap();
        let mut modes = tcgetattr(&slave).unwrap();
        modes.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &modes).unwrap();
        let name = rustix::pty::ptsname(&master, Vec::new()).unwrap();
        let link = room.path().join("reader.new");
        symlink(name.to_str().unwrap(), &link).unwrap();
        fs::rename(link, port).unwrap();
        Self {
            master,
            _slave: slave,
        }
    }

    /// Sends bytes.
    pub(crate) fn send(&self, bytes: &[u8]) {
        (&self.master).write_all(bytes).unwrap();
    }

    /// Gives what the program wrote to it, after waiting for that for so long at most.
    pub(crate) fn receive(&self, within_ms: i64) -> Vec<u8> {
        let wait = Timespec {
            tv_sec: within_ms / 1_000,
            tv_nsec: within_ms % 1_000 * 1_000_000,
        };
        let mut fds = [PollFd::new(&self.master, PollFlags::IN)];
        if poll(&mut fds, Some(&wait)).unwrap_or(0) == 0 {
            return Vec::new();
        }
        let mut buffer = [0; 512];
        let n = (&self.master).read(&mut buffer).unwrap_or(0);
        buffer.get(..n).unwrap().to_vec()
    }

    /// Holds a card to it.
    pub(crate) fn tap(&self, number: &str) {
        self.send(&frame(number));
    }
}

/// What came out of the terminal.
struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

/// The program in a terminal. It is killed when it goes, by its own id.
pub(crate) struct Kiosk {
    child: Child,
    pty: Arc<Pty>,
    pts: Option<Pts>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    errors: PathBuf,
}

impl Kiosk {
    /// Starts the program. What it says on stderr goes to a file beside the config.
    pub(crate) fn spawn(room: &Room, args: &[&OsStr], size: (u16, u16)) -> Self {
        let command = PtyCommand::new(WENMING).args(args);
        Self::start(room, command, size)
    }

    /// Starts any command, such as one that starts the program elsewhere.
    pub(crate) fn start(room: &Room, command: PtyCommand, size: (u16, u16)) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let errors = room.path().join(format!("stderr-{n}"));
        let mut options = File::options();
        options.append(true).create_new(true).mode(0o600);
        let stderr = options.open(&errors).unwrap();
        let (pty, pts) = open().unwrap();
        pty.resize(Size::new(size.1, size.0)).unwrap();
        let child = command
            .envs(ENGLISH)
            .env("TERM", "xterm-256color")
            .env("TMPDIR", room.path().join("tmp"))
            .stderr(stderr)
            .spawn_borrowed(&pts)
            .unwrap();
        let [columns, rows] = [size.0, size.1].map(|n| NonZeroU16::new(n).unwrap());
        let seen = Seen {
            parser: vt100::Parser::new(rows, columns, 0),
            bytes: Vec::new(),
        };
        let (pty, seen) = (
            Arc::new(pty),
            Arc::new((Mutex::new(seen), Condvar::default())),
        );
        let stop = Arc::new(AtomicBool::new(false));
        let thread = thread::spawn({
            let (pty, seen, stop) = (Arc::clone(&pty), Arc::clone(&seen), Arc::clone(&stop));
            move || feed(&pty, &seen, &stop)
        });
        Self {
            child,
            pty,
            pts: Some(pts),
            seen,
            stop,
            thread: Some(thread),
            errors,
        }
    }

    /// The process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        let seen = self.seen.0.lock().unwrap();
        seen.parser.screen().contents()
    }

    /// Every byte that came out so far.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    /// What was said on stderr.
    pub(crate) fn errors(&self) -> String {
        fs::read_to_string(&self.errors).unwrap()
    }

    /// Waits until the screen is as wanted; says whether it became so.
    pub(crate) fn becomes(&self, secs: u64, wanted: impl Fn(&str) -> bool) -> bool {
        self.becomes_within(Duration::from_secs(secs), wanted)
    }

    /// Waits so long until the screen is as wanted; says whether it became so.
    pub(crate) fn becomes_within(&self, within: Duration, wanted: impl Fn(&str) -> bool) -> bool {
        let (seen, changed) = &*self.seen;
        let seen = seen.lock().unwrap();
        let still = |seen: &mut Seen| !wanted(&seen.parser.screen().contents());
        let (_guard, ended) = changed.wait_timeout_while(seen, within, still).unwrap();
        !ended.timed_out()
    }

    /// Waits until the screen shows a text.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_at_most(text, PATIENCE);
    }

    /// Waits until the screen shows a text, for so many seconds.
    pub(crate) fn wait_at_most(&self, text: &str, secs: u64) {
        let shown = self.becomes(secs, |screen| screen.contains(text));
        let (screen, errors) = (self.screen(), self.errors());
        assert!(
            shown,
            "no {text} within {secs} s on\n{screen}\nstderr: {errors}"
        );
    }

    /// Waits until the screen no longer shows a text.
    pub(crate) fn wait_without(&self, text: &str) {
        let gone = self.becomes(PATIENCE, |screen| !screen.contains(text));
        assert!(gone, "still {text} on\n{}", self.screen());
    }

    /// Column and row of a text on the screen, from 0. A picture may come in pieces, so it waits.
    pub(crate) fn find(&self, text: &str) -> (u16, u16) {
        self.wait_for(text);
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.parser.screen();
        let (rows, columns) = screen.size();
        let from = |row, column| -> String {
            (column..columns.get())
                .filter_map(|column| screen.cell(row, column))
                .map(vt100::Cell::contents)
                .collect()
        };
        let found = (0..rows.get())
            .flat_map(|row| (0..columns.get()).map(move |column| (column, row)))
            .find(|(column, row)| {
                let cell = screen.cell(*row, *column).unwrap();
                cell.has_contents() && from(*row, *column).starts_with(text)
            });
        let shown = screen.contents();
        drop(seen);
        found.unwrap_or_else(|| panic!("no {text} on\n{shown}"))
    }

    /// Sends bytes at once, as a terminal sends a key or a device its burst.
    pub(crate) fn key(&self, bytes: impl AsRef<[u8]>) {
        (&*self.pty).write_all(bytes.as_ref()).unwrap();
    }

    /// Presses a key as a person does: not sooner after the last one than a hand can.
    pub(crate) fn press(&self, key: &str) {
        pause(90);
        self.key(key);
    }

    /// Types as a person does.
    pub(crate) fn type_slowly(&self, text: &str) {
        for c in text.chars() {
            pause(PACE_MS);
            self.key(c.to_string());
        }
    }

    /// Presses and releases a finger on the first place that shows a text.
    pub(crate) fn touch(&self, text: &str) {
        let (column, row) = self.find(text);
        let (column, row) = (column + 1, row + 1);
        self.key(format!("\x1b[<0;{column};{row}M"));
        self.key(format!("\x1b[<0;{column};{row}m"));
    }

    /// Gives the terminal another size. The picture is kept at the first one.
    pub(crate) fn resize(&self, (columns, rows): (u16, u16)) {
        self.pty.resize(Size::new(rows, columns)).unwrap();
    }

    /// Sends a signal to the program and to nobody else.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Kills it from another thread while this one drives it; [`Self::cut`] must follow.
    pub(crate) fn killer(&self) -> impl FnOnce() + Send + use<> {
        let pid = Pid::from_child(&self.child);
        // Nobody has waited for the child yet, so the id is still its own.
        move || kill_process(pid, Signal::KILL).unwrap()
    }

    /// Cuts it off: kill -9, then waits until it is gone and all that it had painted is read.
    pub(crate) fn cut(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        pause(50);
    }

    /// Says whether it still runs, and is not stopped.
    pub(crate) fn is_running(&mut self) -> bool {
        if self.child.try_wait().unwrap().is_some() {
            return false;
        }
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let (_, state) = stat.rsplit_once(") ").unwrap();
        !state.starts_with(['T', 't', 'Z', 'X'])
    }

    /// Waits for its end; gives the exit code.
    pub(crate) fn exit_code(&mut self, secs: u64) -> Option<i32> {
        for _ in 0..secs * 100 {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote last is still on its way through the terminal.
                pause(150);
                return status.code();
            }
            pause(10);
        }
        panic!("still running after {secs} s with\n{}", self.screen());
    }

    /// Says whether the terminal itself is as a shell has it: lines, echo, signals.
    pub(crate) fn is_cooked(&self) -> bool {
        let modes = tcgetattr(self.pts.as_ref().unwrap()).unwrap().local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    /// Holds the terminal against what a person needs after the program: everything is given back.
    pub(crate) fn assert_given_back(&self) {
        assert!(self.is_cooked(), "the terminal is still raw");
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.parser.screen();
        assert!(!screen.alternate_screen(), "still the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "pastes are still bracketed");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse is still taken"
        );
        let text = String::from_utf8_lossy(&seen.bytes);
        for end in ["\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?2004l"] {
            assert!(text.contains(end), "no {end:?}");
        }
    }

    /// Takes the terminal away, as when its window is closed.
    pub(crate) fn hang_up(mut self) -> Child {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().unwrap().join().unwrap();
        self.pts = None;
        // The last hold on the terminal goes with this; the child must outlive it.
        let (replacement, _) = open().unwrap();
        self.pty = Arc::new(replacement);
        let mut other = Command::new(WENMING);
        let ended = other.arg("--help").stdout(Stdio::null()).spawn().unwrap();
        std::mem::replace(&mut self.child, ended)
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

/// Reads what the program paints until the test is over.
fn feed(pty: &Pty, seen: &(Mutex<Seen>, Condvar), stop: &AtomicBool) {
    let mut buffer = [0; 16_384];
    let wait = Timespec {
        tv_sec: 0,
        tv_nsec: 20_000_000,
    };
    while !stop.load(Ordering::Relaxed) {
        let mut fds = [PollFd::new(pty, PollFlags::IN)];
        if poll(&mut fds, Some(&wait)).unwrap_or(0) == 0 {
            continue;
        }
        let Ok(n) = (&mut &*pty).read(&mut buffer) else {
            return;
        };
        let mut to = seen.0.lock().unwrap();
        let painted = buffer.get(..n).unwrap_or_default();
        to.bytes.extend_from_slice(painted);
        to.parser.process(painted);
        seen.1.notify_all();
    }
}
