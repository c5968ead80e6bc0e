//! A store on the network that speaks S3: create-only puts, read back and compared, tried again for a
//! while. Keys are those of the other sinks, `up/TOWN/STATION/NAME`.

use super::deposit::{Watch, sha256, size};
use super::load::Load;
use super::not_sent::{MAX_WORDS, NotSent};
use super::outbox::Held;
use crate::config::SinkKind;
use crate::disk;
use crate::domain::{SinkFault, Text, clean};
use crate::shell::clock::Clock;
use crate::store::io_told;
use rusty_s3::actions::{GetObject, HeadObject, PutObject, S3Action as _};
use rusty_s3::{Bucket, Credentials, UrlStyle};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::thread;
use std::time::Duration;
use ureq::{Agent, Error};

/// How long a signed request is good for.
const GOOD_FOR: Duration = Duration::from_mins(10);
/// How long the store may take to connect, and to move a byte in either direction.
const SILENCE: Duration = Duration::from_secs(15);
/// How long one request may take.
const ONE: Duration = Duration::from_mins(10);
/// The first pause before a request is tried again; each later one is twice as long.
const PAUSE: Duration = Duration::from_millis(500);
/// How often a request is tried.
const TRIES: u32 = 4;
/// After this time nothing is tried again, in milliseconds.
const DEADLINE_MS: i64 = 300_000;
/// The longest file of keys, in bytes.
const KEY_FILE: u64 = 4096;
/// The longest answer that is read: more than any bundle.
const LONGEST: u64 = 128 << 20;

/// A store that is being talked to.
struct Store {
    agent: Agent,
    bucket: Bucket,
    credentials: Credentials,
    clock: Clock,
}

/// An answer: its status and what came with it.
struct Reply {
    status: u16,
    length: Option<u64>,
    body: Vec<u8>,
}

/// Brings everything of the outbox to the store.
pub(super) fn send(load: &Load, kind: &SinkKind, watch: &mut dyn Watch) -> Result<(), NotSent> {
    let store = Store::new(kind)?;
    for held in &load.held {
        let key = held.name.key();
        if store.has(&key, held)? {
            watch.step(held.bytes.saturating_mul(2))?;
            continue;
        }
        let bytes = load.content(&held.name.to_string())?;
        store.put(&key, &bytes)?;
        watch.step(size(&bytes))?;
        store.compare(&key, held)?;
        watch.step(size(&bytes))?;
    }
    Ok(())
}

impl Store {
    fn new(kind: &SinkKind) -> Result<Self, NotSent> {
        let SinkKind::S3 {
            endpoint,
            bucket,
            region,
            key_file,
        } = kind
        else {
            return Err(SinkFault::Absent.into());
        };
        let url = endpoint
            .parse()
            .map_err(|_| NotSent::Refused(Text::of("sink-address").word("address", endpoint)))?;
        let bucket = Bucket::new(url, UrlStyle::Path, bucket.clone(), region.clone());
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(ONE))
            .timeout_connect(Some(SILENCE))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .timeout_per_write(Some(SILENCE))
            .build();
        Ok(Self {
            agent: Agent::new_with_config(agent),
            bucket: bucket.map_err(|error| NotSent::Refused(Text::verbatim(error.to_string())))?,
            credentials: credentials(key_file).map_err(NotSent::Refused)?,
            clock: Clock::start(),
        })
    }

    /// Says whether the store has this bundle: it was read back when it was put, so its size tells.
    fn has(&self, key: &str, held: &Held) -> Result<bool, SinkFault> {
        let reply = self.patiently(|| {
            let action = HeadObject::new(&self.bucket, Some(&self.credentials), key);
            let url = action.sign(GOOD_FOR);
            reply(self.agent.head(url.as_str()).call(), false)
        })?;
        match reply.status {
            200 if reply.length == Some(held.bytes) => Ok(true),
            // Another file of this name is either as good, or wrong and never overwritten.
            200 => self.compare(key, held).map(|()| true),
            // No, or a no without words: the put is answered with words.
            _ => Ok(false),
        }
    }

    /// Puts a bundle where nothing is. One that is there, by an answer that was lost, is compared next.
    fn put(&self, key: &str, bytes: &[u8]) -> Result<(), SinkFault> {
        let reply = self.patiently(|| {
            let mut action = PutObject::new(&self.bucket, Some(&self.credentials), key);
            action.headers_mut().insert("if-none-match", "*");
            let url = action.sign(GOOD_FOR);
            let request = self.agent.put(url.as_str()).header("if-none-match", "*");
            reply(request.send(bytes), true)
        })?;
        match reply.status {
            200 | 201 | 204 | 412 => Ok(()),
            _ => Err(said(&reply)),
        }
    }

    /// Reads a bundle back.
    fn compare(&self, key: &str, held: &Held) -> Result<(), SinkFault> {
        let reply = self.patiently(|| {
            let action = GetObject::new(&self.bucket, Some(&self.credentials), key);
            let url = action.sign(GOOD_FOR);
            reply(self.agent.get(url.as_str()).call(), true)
        })?;
        if reply.status != 200 {
            return Err(said(&reply));
        }
        let found = sha256(&reply.body);
        if found == held.sha256 || held.also.contains(&found) {
            Ok(())
        } else {
            Err(SinkFault::Different)
        }
    }

    /// Asks until the store says yes or no, or the time is over.
    fn patiently(&self, ask: impl Fn() -> Result<Reply, Error>) -> Result<Reply, SinkFault> {
        let mut pause = PAUSE;
        for again in 1..=TRIES {
            let answer = ask();
            let late = self.clock.now().mono_ms >= DEADLINE_MS;
            let last = again == TRIES || late;
            match answer {
                Ok(reply) if !is_passing(reply.status) || last => return Ok(reply),
                Err(error) if last => return Err(silent(&error)),
                Ok(_) | Err(_) => thread::sleep(pause),
            }
            pause = pause.saturating_mul(2);
        }
        Err(SinkFault::Absent)
    }
}

/// Statuses that another try may change.
const fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 409 | 425 | 429 | 500..=599)
}

fn reply(
    answer: Result<ureq::http::Response<ureq::Body>, Error>,
    read: bool,
) -> Result<Reply, Error> {
    let mut response = answer?;
    let length = response.headers().get("content-length");
    let length = length.and_then(|text| text.to_str().ok()?.parse().ok());
    let body = if read {
        let body = response.body_mut().with_config().limit(LONGEST);
        body.read_to_vec()?
    } else {
        Vec::new()
    };
    Ok(Reply {
        status: response.status().as_u16(),
        length,
        body,
    })
}

/// The store's own words for its no, such as a clock that is wrong.
fn said(reply: &Reply) -> SinkFault {
    let text = String::from_utf8_lossy(&reply.body);
    let part = |tag: &str| {
        let (_, rest) = text.split_once(&format!("<{tag}>"))?;
        rest.split_once(&format!("</{tag}>")).map(|(part, _)| part)
    };
    let words = match (part("Code"), part("Message")) {
        (Some(code), Some(message)) => format!("{} {code}: {message}", reply.status),
        (Some(code), None) => format!("{} {code}", reply.status),
        (None, _) => reply.status.to_string(),
    };
    match part("Code") {
        Some("QuotaExceeded" | "XMinioStorageFull") => SinkFault::Full,
        Some(_) | None => SinkFault::Refused(clean(&words, MAX_WORDS)),
    }
}

/// What it means that no answer came.
fn silent(error: &Error) -> SinkFault {
    let is_away = matches!(
        error,
        Error::Io(_) | Error::Timeout(_) | Error::HostNotFound | Error::ConnectionFailed
    );
    if is_away {
        SinkFault::Absent
    } else {
        SinkFault::Refused(clean(&error.to_string(), MAX_WORDS))
    }
}

/// The access key and the secret: the first two lines of a file that only we can open.
fn credentials(path: &Path) -> Result<Credentials, Text> {
    let about = |id| Text::of(id).word("path", path.display());
    let unread = |error: &io::Error| about("sink-keys-unread").fact("why", io_told(error).into());
    let meta = fs::metadata(path).map_err(|error| unread(&error))?;
    if meta.mode() & 0o077 != 0 {
        return Err(about("sink-keys-open"));
    }
    let text = disk::read_text(path, KEY_FILE).map_err(|error| unread(&error))?;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    match (lines.next(), lines.next()) {
        (Some(key), Some(secret)) => Ok(Credentials::new(key, secret)),
        _ => Err(about("sink-keys-lines")),
    }
}
