//! A thread that runs one command at a time: a newer order ends the older one with its whole process group,
//! nothing runs longer than the cap, and whoever orders never waits.

use crate::domain::clean;
use crate::shell::clock::Clock;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The longest that anything is heard.
pub const CAP: Duration = Duration::from_secs(15);
/// How often a running command is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// Where programs are found; nothing of the station's own surroundings reaches them.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";
/// What a sound server is found by, passed on where it is set.
const PASSED: [&str; 2] = ["XDG_RUNTIME_DIR", "HOME"];
/// The longest text, in characters: it fits into a pipe, so that nobody waits for its reader.
const MAX_TEXT: usize = 1_000;

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// A file without which there is nothing to try.
    pub needs: Option<PathBuf>,
    /// The program and its words; no shell reads them.
    pub words: Vec<String>,
    /// What it gets on stdin.
    pub stdin: String,
}

/// Something to be run: the first try that works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// In order.
    pub tries: Vec<Try>,
    /// What the command is told by its surroundings.
    pub env: Vec<(&'static str, String)>,
}

/// What waits for the thread: at most one order, the newest.
#[derive(Default)]
struct Slot {
    /// An order; one without tries is silence.
    next: Option<Order>,
    closed: bool,
}

type Shared = Arc<(Mutex<Slot>, Condvar)>;

/// The handle of the thread. What it runs ends when this is dropped.
pub struct Mouth {
    shared: Shared,
    thread: Option<thread::JoinHandle<()>>,
}

impl Mouth {
    /// Starts the thread. `cap` is [`CAP`] but in tests; `tell` takes a remark for the technician, once a program.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        name: &str,
        clock: Clock,
        cap: Duration,
        tell: impl Fn(String) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let shared = Shared::default();
        let mut work = Work {
            shared: Arc::clone(&shared),
            clock,
            cap_ms: i64::try_from(cap.as_millis()).unwrap_or(i64::MAX),
            name: name.to_owned(),
            tell,
            told: BTreeSet::new(),
        };
        let thread = thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || work.run())?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// Runs this and ends what runs.
    pub fn order(&self, order: Order) {
        self.put(order);
    }

    /// Ends what runs.
    pub fn hush(&self) {
        self.put(Order::default());
    }

    fn put(&self, order: Order) {
        lock(&self.shared).next = Some(order);
        self.shared.1.notify_one();
    }
}

impl Drop for Mouth {
    fn drop(&mut self) {
        lock(&self.shared).closed = true;
        self.shared.1.notify_one();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap_or_default();
        }
    }
}

fn lock(shared: &Shared) -> MutexGuard<'_, Slot> {
    shared.0.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    Well,
    Badly,
    /// By a newer order or by the cap.
    Cut,
}

struct Work<T> {
    shared: Shared,
    clock: Clock,
    cap_ms: i64,
    name: String,
    tell: T,
    told: BTreeSet<String>,
}

impl<T: Fn(String) -> bool> Work<T> {
    fn run(&mut self) {
        while let Some(order) = self.next() {
            for attempt in &order.tries {
                if attempt.needs.as_ref().is_some_and(|file| !file.is_file()) {
                    continue;
                }
                match self.run_one(attempt, &order.env) {
                    Ok(Ended::Well | Ended::Cut) => break,
                    Ok(Ended::Badly) => self.complain(attempt, "it failed"),
                    Err(error) => self.complain(attempt, &error.to_string()),
                }
            }
        }
    }

    /// Waits for an order; `None` when there will be no more.
    fn next(&self) -> Option<Order> {
        let mut slot = lock(&self.shared);
        loop {
            if slot.closed {
                return None;
            }
            if let Some(order) = slot.next.take() {
                return Some(order);
            }
            let woken = self.shared.1.wait(slot);
            slot = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn run_one(&self, attempt: &Try, env: &[(&'static str, String)]) -> io::Result<Ended> {
        let [program, words @ ..] = attempt.words.as_slice() else {
            return Ok(Ended::Well);
        };
        let until_ms = self.clock.now().mono_ms.saturating_add(self.cap_ms);
        let passed = PASSED
            .iter()
            .filter_map(|name| Some((name, std::env::var_os(name)?)));
        let mut child = Command::new(program)
            .args(words)
            .env_clear()
            .env("PATH", PATH)
            .envs(passed)
            .envs(env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            let text = clean(&attempt.stdin, MAX_TEXT);
            // Who does not want to hear it may close it.
            stdin.write_all(text.as_bytes()).unwrap_or_default();
        }
        let ended = self.watch(&child, until_ms);
        // Its children go with it, also when it left them behind. Nobody has waited for it yet, so the group
        // is still its own.
        kill_process_group(Pid::from_child(&child), Signal::KILL).unwrap_or_default();
        let status = child.wait()?;
        Ok(match ended {
            Ended::Well | Ended::Badly if status.success() => Ended::Well,
            Ended::Well | Ended::Badly => Ended::Badly,
            Ended::Cut => Ended::Cut,
        })
    }

    /// Waits until the command has ended, something newer is ordered, or time is up.
    fn watch(&self, child: &Child, until_ms: i64) -> Ended {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        loop {
            match waitid(WaitId::Pid(Pid::from_child(child)), options) {
                Ok(None) => {}
                Ok(Some(_)) | Err(_) => return Ended::Well,
            }
            let slot = lock(&self.shared);
            if slot.closed || slot.next.is_some() || self.clock.now().mono_ms >= until_ms {
                return Ended::Cut;
            }
            drop(self.shared.1.wait_timeout(slot, LOOK));
        }
    }

    /// Tells the technician, once a program.
    fn complain(&mut self, attempt: &Try, why: &str) {
        let program = attempt.words.first().cloned().unwrap_or_default();
        if self.told.insert(program.clone()) {
            (self.tell)(format!("{}: {program}: {why}", self.name));
        }
    }
}
