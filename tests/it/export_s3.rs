//! A store that speaks S3: a real one of other people's making, and one of ours that misbehaves.
#![cfg(feature = "s3")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops at the first surprise"
)]

use crate::equipment::{ours, python};
use crate::exporting::{Exporting, bundles, failure, sink};
use crate::station::Dir;
use std::fs::{self, File, Permissions};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use wenming::config::{SinkKind, SinkSetting};
use wenming::domain::{SinkFault, SinkState};

/// A station whose only sink is a store at an address.
fn station(endpoint: &str) -> Exporting {
    let mut station = Exporting::new();
    let key_file = station.around.path().join("s3.key");
    fs::write(&key_file, "AKIATEST\nsecret\n").unwrap();
    fs::set_permissions(&key_file, Permissions::from_mode(0o600)).unwrap();
    station.setup.sinks = vec![SinkSetting {
        name: "store".to_owned(),
        kind: SinkKind::S3 {
            endpoint: endpoint.to_owned(),
            bucket: "vpb".to_owned(),
            region: "us-east-1".to_owned(),
            key_file,
        },
    }];
    station
}

/// One answer of the store that misbehaves.
#[derive(Clone, Copy, Debug)]
enum Answer {
    /// As a store does.
    Right,
    /// A status with words.
    Say(u16, &'static str),
    /// What is put is kept, and the answer is lost.
    Lose,
    /// Nothing, for longer than anyone waits.
    Hang,
    /// What is kept is not what was put.
    Change,
}

/// Puts in order, each answered as told; what was put, by its path.
#[derive(Debug, Default)]
struct Kept {
    puts: Vec<Answer>,
    objects: Vec<(String, Vec<u8>)>,
    asked: Vec<String>,
}

/// A store of one thread a request, on a port of its own.
fn store(puts: &[Answer]) -> (String, Arc<Mutex<Kept>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let kept = Arc::new(Mutex::new(Kept {
        puts: puts.to_vec(),
        ..Kept::default()
    }));
    let shared = Arc::clone(&kept);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let kept = Arc::clone(&shared);
            thread::spawn(move || answer(stream.unwrap(), &kept));
        }
    });
    (address, kept)
}

fn answer(mut stream: TcpStream, kept: &Mutex<Kept>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while lines.read_line(&mut head).unwrap_or(0) > 2 {}
    let mut words = head.split_whitespace();
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let path = target.split('?').next().unwrap().to_owned();
    let lower = head.to_ascii_lowercase();
    let length = lower.split_once("content-length: ").map(|(_, rest)| rest);
    let length = length.and_then(|rest| rest.lines().next()?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    lines.read_exact(&mut body).unwrap();
    let mut kept = kept.lock().unwrap();
    kept.asked.push(method.to_owned());
    let found = kept.objects.iter().find(|(key, _)| *key == path);
    let found = found.map(|(_, bytes)| bytes.clone());
    let (status, said) = match (method, found) {
        ("PUT", _) => {
            assert!(lower.contains("if-none-match: *"), "{head}");
            assert!(target.contains("if-none-match"), "the header is signed");
            let how = if kept.puts.is_empty() {
                Answer::Right
            } else {
                kept.puts.remove(0)
            };
            let taken = kept.objects.iter().any(|(key, _)| *key == path);
            match how {
                Answer::Right | Answer::Lose if taken => (412, Vec::new()),
                Answer::Right => {
                    kept.objects.push((path, body));
                    (200, Vec::new())
                }
                Answer::Lose => {
                    kept.objects.push((path, body));
                    return;
                }
                Answer::Change => {
                    body.reverse();
                    kept.objects.push((path, body));
                    (200, Vec::new())
                }
                Answer::Say(status, words) => (status, words.as_bytes().to_vec()),
                Answer::Hang => {
                    drop(kept);
                    thread::sleep(Duration::from_mins(5));
                    return;
                }
            }
        }
        (_, Some(bytes)) => (200, bytes),
        (_, None) => (404, b"<Error><Code>NoSuchKey</Code></Error>".to_vec()),
    };
    let size = said.len();
    let head =
        format!("HTTP/1.1 {status} x\r\ncontent-length: {size}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap_or_default();
    if method != "HEAD" {
        stream.write_all(&said).unwrap_or_default();
    }
}

#[test]
fn everything_is_put_once_and_read_back() {
    let (address, kept) = store(&[]);
    let station = station(&address);
    for runs in 1..=3 {
        let news = station.run();
        assert_eq!(failure(&news), None);
        assert_eq!(sink(&news, 0), SinkState::Done);
        let kept = kept.lock().unwrap();
        assert_eq!(kept.objects.len(), runs);
        let puts = kept.asked.iter().filter(|method| *method == "PUT");
        assert_eq!(puts.count(), runs, "what is there is not put again");
        for (name, _) in bundles(&station.outbox()) {
            let path = format!("/vpb/up/YUNDAO/HY01/{name}");
            let (_, bytes) = kept.objects.iter().find(|(key, _)| *key == path).unwrap();
            assert_eq!(*bytes, fs::read(station.outbox().join(name)).unwrap());
        }
    }
}

#[test]
fn a_store_that_misbehaves_is_said_and_the_next_run_heals() {
    const SKEWED: &str = "<Error><Code>RequestTimeTooSkewed</Code>\
        <Message>The difference is too large.\u{1b}[2J</Message></Error>";
    let refused = |words: &str| SinkState::Failed(SinkFault::Refused(words.to_owned()));
    let busy = Answer::Say(503, "<Error><Code>SlowDown</Code></Error>");
    for (puts, want) in [
        (vec![busy, busy, busy], SinkState::Done),
        (vec![busy; 4], refused("503 SlowDown")),
        (vec![Answer::Lose], SinkState::Done),
        (vec![Answer::Lose; 4], SinkState::Done),
        (
            vec![Answer::Say(403, SKEWED)],
            refused("403 RequestTimeTooSkewed: The difference is too large.[2J"),
        ),
        (
            vec![Answer::Say(507, "<Code>XMinioStorageFull</Code>"); 4],
            SinkState::Failed(SinkFault::Full),
        ),
        (vec![Answer::Say(301, "")], refused("301")),
    ] {
        let (address, _) = store(&puts);
        let station = station(&address);
        let news = station.run();
        assert_eq!(failure(&news), None, "{puts:?}");
        assert_eq!(sink(&news, 0), want, "{puts:?}");
        assert_eq!(sink(&station.run(), 0), SinkState::Done, "{puts:?}");
    }
    let (address, _) = store(&[Answer::Change]);
    let fault = SinkState::Failed(SinkFault::Different);
    assert_eq!(sink(&station(&address).run(), 0), fault);
}

#[test]
fn a_store_that_is_silent_or_away_does_not_keep_anyone() {
    let (address, _) = store(&[Answer::Hang; 8]);
    let absent = SinkState::Failed(SinkFault::Absent);
    assert_eq!(sink(&station(&address).run(), 0), absent);
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    assert_eq!(sink(&station(&address).run(), 0), absent);
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let (address, kept) = store(&[]);
    let station = station(&address);
    let path = station.around.path().join("s3.key");
    let words = |state| match state {
        SinkState::Failed(SinkFault::Refused(words)) => words,
        other => format!("{other:?}"),
    };
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    assert!(words(sink(&station.run(), 0)).contains("chmod 600"));
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    fs::write(&path, "one line\n").unwrap();
    assert!(words(sink(&station.run(), 0)).contains("two lines"));
    fs::remove_file(&path).unwrap();
    assert!(words(sink(&station.run(), 0)).contains("s3.key"));
    assert!(kept.lock().unwrap().asked.is_empty());
}

/// Runs a script of Python to its end.
fn runs(python: &Path, script: &str) {
    let output = Command::new(ours(python)).args(["-c", script]).output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {said}");
}

/// The server of the real store. It is killed when it goes, by its own id.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().unwrap_or_default();
        self.0.wait().map(|_| ()).unwrap_or_default();
    }
}

/// Starts the server on a port that the system chooses, and waits until it answers there.
fn serve(python: &Path, log: &Path) -> (Server, String) {
    let child = Command::new(ours(&python.with_file_name("moto_server")))
        .args(["-H", "127.0.0.1", "-p", "0"])
        .stdout(Stdio::null())
        .stderr(File::create(log).unwrap())
        .spawn();
    let mut server = Server(child.unwrap());
    for _ in 0..600 {
        let said = fs::read_to_string(log).unwrap();
        // It names its address as soon as it listens.
        let address = said
            .split_whitespace()
            .find(|word| word.starts_with("http://127.0.0.1:"));
        let port = address.and_then(|address| address.strip_prefix("http://"));
        if let Some(port) = port.filter(|port| TcpStream::connect(port).is_ok()) {
            let address = format!("http://{port}");
            return (server, address);
        }
        if let Some(status) = server.0.try_wait().unwrap() {
            panic!("moto_server ended with {status} and said: {said}");
        }
        thread::sleep(Duration::from_millis(100));
    }
    let said = fs::read_to_string(log).unwrap();
    panic!("moto_server did not listen within a minute and said: {said}");
}

#[test]
fn a_real_store_takes_bundles_and_gives_them_back() {
    let python = python(&["moto[server,s3]"]);
    let log = Dir::new();
    fs::create_dir_all(log.path()).unwrap();
    let (_server, address) = serve(&python, &log.path().join("moto.log"));
    let station = station(&address);
    // No such bucket: the store's own word.
    let SinkState::Failed(SinkFault::Refused(words)) = sink(&station.run(), 0) else {
        panic!("a bucket out of nothing");
    };
    assert!(words.contains("NoSuchBucket"), "{words}");
    let make = format!(
        "import boto3; boto3.client('s3', endpoint_url='{address}', region_name='us-east-1', \
         aws_access_key_id='a', aws_secret_access_key='b').create_bucket(Bucket='vpb')"
    );
    runs(&python, &make);
    for _ in 0..2 {
        let news = station.run();
        assert_eq!(failure(&news), None);
        assert_eq!(sink(&news, 0), SinkState::Done);
    }
    // Another program reads them byte for byte.
    let out = station.around.path().join("out");
    fs::create_dir(&out).unwrap();
    let read = format!(
        "import boto3\ns3 = boto3.client('s3', endpoint_url='{address}', region_name='us-east-1', \
         aws_access_key_id='a', aws_secret_access_key='b')\n\
         for o in s3.list_objects_v2(Bucket='vpb', Prefix='up/YUNDAO/HY01/')['Contents']:\n    \
         s3.download_file('vpb', o['Key'], '{}/' + o['Key'].rsplit('/', 1)[1])\n",
        out.display()
    );
    runs(&python, &read);
    assert_eq!(bundles(&out), bundles(&station.outbox()));
    assert_eq!(bundles(&out).len(), 3);
}
