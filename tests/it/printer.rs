//! The real program with a printer that is there, away, out of paper, slow or cut off: the booking stands whatever the
//! printer does, one redemption gives one receipt, and what did not come out is said.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot drive the program must fail"
)]

use crate::common::escpos::{Mark, printed};
use crate::harness::{Kiosk, Line, Room, pause, run};
use pty_process::blocking::{Pts, Pty, open};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

const CHIP: &str = "3C005550C2";
const BADGE: &str = "0009000001";
const PIN: &str = "135790";
const WELCOME: &str = "您好，欢迎来到积分银行";
const COMES: &str = "小票正在打印";
const LATER: &str = "小票没打出来，但这一笔已经记好了";

/// A village whose printer is at this port.
fn village(port: &str) -> Room {
    let room = Room::village();
    let path = room.config().join("station.toml");
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    write!(file, "\n[printer]\nport = \"{port}\"\nprofile = \"58mm\"\n").unwrap();
    room
}

/// A lunch for 20 points, up to the done screen; gives the receipt's number in the log.
fn lunch(room: &Room, kiosk: &Kiosk, line: &Line) -> i64 {
    line.tap(CHIP);
    kiosk.wait_for("您好，您现在有");
    kiosk.press("2");
    kiosk.wait_for("老人午餐");
    kiosk.press("1");
    kiosk.wait_for("要换这个吗");
    kiosk.press("1");
    kiosk.wait_for("请工作人员来刷胸牌");
    line.tap(BADGE);
    sign_in(kiosk);
    kiosk.wait_for("换好了");
    room.number("SELECT max(seq) FROM operation WHERE kind = 'post'")
}

fn sign_in(kiosk: &Kiosk) {
    kiosk.wait_for("请输密码");
    kiosk.type_slowly(PIN);
    kiosk.wait_for("已输入 6 位");
    kiosk.press("\r");
}

/// From the welcome to the list of operations.
fn operations(kiosk: &Kiosk, line: &Line) {
    // The same badge again at once would be the same tap.
    pause(4_000);
    line.tap(BADGE);
    kiosk.becomes(20, |screen| {
        screen.contains("请输密码") || screen.contains("下班")
    });
    if kiosk.screen().contains("请输密码") {
        sign_in(kiosk);
    }
    kiosk.wait_for("下班");
    kiosk.press("3");
    kiosk.wait_for("最近的操作（");
}

/// Waits for a file of the queue.
fn wait_for_job(room: &Room, name: &str) {
    let path = room.data().join("print").join(name);
    for _ in 0..2_000 {
        if path.exists() {
            return;
        }
        pause(10);
    }
    let names: Vec<_> = fs::read_dir(room.data().join("print"))
        .map(|entries| entries.map(|entry| entry.unwrap().file_name()).collect())
        .unwrap_or_default();
    assert!(path.exists(), "no {name} among {names:?}\n{}", room.log());
}

/// The slips in a stream of bytes, questions about the status taken out, as text.
fn slips(bytes: &[u8]) -> Vec<String> {
    let mut plain = Vec::new();
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        if let [0x10, 0x04, 1..=4, after @ ..] = rest {
            rest = after;
        } else {
            plain.push(*first);
            rest = after;
        }
    }
    let mut starts: Vec<usize> = (0..plain.len())
        .filter(|at| {
            plain
                .get(*at..)
                .is_some_and(|rest| rest.starts_with(&[0x1B, 0x40]))
        })
        .collect();
    starts.push(plain.len());
    let slips = starts
        .windows(2)
        .map(|pair| plain.get(pair[0]..pair[1]).unwrap());
    slips.map(|slip| printed(slip, 384).picture()).collect()
}

fn free(room: &Room) -> i64 {
    let account: String = room
        .plain()
        .query_row(
            "SELECT name FROM account WHERE id = (SELECT account FROM resident WHERE name = '何云秀')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    room.free(&account)
}

#[test]
fn a_receipt_comes_out_once_and_a_reprint_is_marked_and_counted() {
    let base = Room::new();
    let paper = base.path().join("paper.bin");
    let room = village(&format!("file:{}", paper.display()));
    let line = Line::plug(&room);
    let kiosk = room.open();
    let seq = lunch(&room, &kiosk, &line);
    kiosk.wait_for(COMES);
    wait_for_job(&room, &format!("HY01-{seq}.sent"));
    let first = slips(&fs::read(&paper).unwrap());
    assert_eq!(first.len(), 1);
    for part in ["禾月服务站", "老人午餐 1份", "还剩下     140分", "何*秀"] {
        assert!(first[0].contains(part), "no {part} on\n{}", first[0]);
    }
    assert!(!first[0].contains("重印"));

    // The file in the spool says the same, and the ledger knows the mark.
    let text = fs::read_to_string(room.data().join(format!("receipts/HY01-{seq}.txt"))).unwrap();
    let sql = "SELECT substr(hash, 1, 8) FROM operation WHERE seq = ?1";
    let mark: String = room
        .plain()
        .query_row(sql, [seq], |row| row.get(0))
        .unwrap();
    for says in [&text, &first[0]] {
        assert!(says.contains(&format!("HY01-{seq}  {mark}")), "{says}");
    }
    assert!(first[0].contains(&format!("WR1:HY01-{seq}:{}", mark.to_uppercase())));

    for copy in 1..=2 {
        kiosk.press("\r");
        kiosk.wait_for(WELCOME);
        operations(&kiosk, &line);
        kiosk.press("1");
        kiosk.wait_for("重印小票");
        kiosk.press("3");
        kiosk.wait_for("重印小票，正在打印");
        wait_for_job(&room, &format!("HY01-{seq}-R{copy}.sent"));
        kiosk.press("0");
        kiosk.wait_for(WELCOME);
    }
    let all = slips(&fs::read(&paper).unwrap());
    assert_eq!(all.len(), 3);
    assert!(all[1].contains("重印 第1次"), "{}", all[1]);
    assert!(all[2].contains("重印 第2次"), "{}", all[2]);

    // Counted by anyone with the sqlite3 program; nothing moved.
    let counted = format!(
        "SELECT count(*) FROM operation WHERE kind = 'reprint' AND nlegs = 0 AND actor = 'A001'
            AND json_extract(body, '$.what.about') = {seq}"
    );
    assert_eq!(room.number(&counted), 2);
    assert_eq!(free(&room), 140);
    room.assert_clean();
}

#[test]
fn a_slip_that_a_power_cut_took_before_it_was_made_comes_at_the_next_start_and_once() {
    let base = Room::new();
    let paper = base.path().join("paper.bin");
    let room = village(&format!("file:{}", paper.display()));
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    let seq = lunch(&room, &kiosk, &line);
    wait_for_job(&room, &format!("HY01-{seq}.sent"));
    kiosk.cut();
    // As if the power had gone right after the commit: no slip, no job, no paper.
    fs::remove_file(room.data().join(format!("receipts/HY01-{seq}.txt"))).unwrap();
    fs::remove_file(room.data().join(format!("print/HY01-{seq}.sent"))).unwrap();
    fs::remove_file(&paper).unwrap();
    for _ in 0..2 {
        let mut kiosk = room.open();
        wait_for_job(&room, &format!("HY01-{seq}.sent"));
        kiosk.cut();
    }
    let slips = slips(&fs::read(&paper).unwrap());
    assert_eq!(slips.len(), 1);
    assert!(slips[0].contains(&format!("HY01-{seq}")), "{}", slips[0]);
    assert_eq!(free(&room), 140);
    room.assert_clean();
}

/// A printer on the network: what it does with a connection, and every byte that it was given.
struct Net {
    address: SocketAddr,
    got: Arc<Mutex<Vec<u8>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Clone, Copy)]
enum Habit {
    /// Takes everything and says nothing.
    Good,
    /// Takes so many bytes and hangs up.
    Drops(usize),
    /// Keeps the connection and never closes it.
    Holds,
}

impl Net {
    fn plug(address: SocketAddr, habit: Habit) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let got = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let thread = thread::spawn({
            let (got, stop) = (Arc::clone(&got), Arc::clone(&stop));
            move || {
                while !stop.load(Ordering::Relaxed) {
                    match listener.accept() {
                        Ok((stream, _)) => serve(stream, habit, &got, &stop),
                        Err(_) => pause(10),
                    }
                }
            }
        });
        Self {
            address,
            got,
            stop,
            thread: Some(thread),
        }
    }

    fn slips(&self) -> Vec<String> {
        slips(&self.got.lock().unwrap())
    }

    fn unplug(mut self) -> SocketAddr {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().unwrap().join().unwrap();
        self.address
    }
}

fn serve(mut stream: TcpStream, habit: Habit, got: &Mutex<Vec<u8>>, stop: &AtomicBool) {
    stream.set_nonblocking(false).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(20)))
        .unwrap();
    let mut buffer = [0; 64];
    let mut taken = 0;
    while !stop.load(Ordering::Relaxed) {
        match stream.read(&mut buffer) {
            Ok(0) if matches!(habit, Habit::Holds) => pause(20),
            Ok(0) => return,
            Ok(n) => {
                taken += n;
                got.lock().unwrap().extend(buffer.get(..n).unwrap());
                // Unread bytes make the system answer with a reset, as a printer that is switched off does.
                if matches!(habit, Habit::Drops(most) if taken > most) {
                    return;
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return,
        }
    }
}

/// A port of an address of its own. It stays free while no printer is there: what others connect from is 127.0.0.1.
fn anywhere() -> SocketAddr {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    SocketAddr::from(([127, 0, 77, n], 0))
}

#[test]
fn without_its_printer_the_booking_stands_and_the_slip_comes_when_the_printer_does() {
    let address = Net::plug(anywhere(), Habit::Good).unplug();
    let room = village(&format!("tcp:{address}"));
    let line = Line::plug(&room);
    let kiosk = room.open();
    kiosk.wait_for("打印机没有接好");
    let seq = lunch(&room, &kiosk, &line);
    kiosk.wait_for(LATER);
    assert_eq!(free(&room), 140);
    kiosk.press("\r");
    kiosk.wait_for("有1张小票没打出来");
    operations(&kiosk, &line);
    kiosk.wait_for("等打印");
    kiosk.press("0");
    kiosk.wait_for("操作，1张小票没打");
    kiosk.press("0");

    let net = Net::plug(address, Habit::Good);
    wait_for_job(&room, &format!("HY01-{seq}.sent"));
    kiosk.wait_without("没打出来");
    pause(4_000);
    let slips = net.slips();
    assert_eq!(slips.len(), 1, "{slips:?}");
    assert!(slips[0].contains(&format!("HY01-{seq}")));
    room.assert_clean();
}

#[test]
fn a_printer_that_dies_in_the_middle_never_prints_a_second_receipt_by_itself() {
    let net = Net::plug(anywhere(), Habit::Drops(100));
    let room = village(&format!("tcp:{}", net.address));
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    let seq = lunch(&room, &kiosk, &line);
    kiosk.wait_for(LATER);
    assert_eq!(free(&room), 140);
    wait_for_job(&room, &format!("HY01-{seq}.sending"));
    kiosk.cut();
    drop(kiosk);
    let address = net.unplug();

    // A good printer in its place, a new start of the program: nothing comes, and the list says why.
    let net = Net::plug(address, Habit::Good);
    let kiosk = room.open();
    kiosk.wait_for("有1张小票没打出来");
    operations(&kiosk, &line);
    kiosk.wait_for("可能没打全");
    pause(4_000);
    assert_eq!(net.slips().len(), 0);
    kiosk.press("1");
    kiosk.wait_for("重印小票");
    kiosk.press("3");
    wait_for_job(&room, &format!("HY01-{seq}-R1.sent"));
    kiosk.press("0");
    kiosk.wait_for(WELCOME);
    kiosk.wait_without("没打出来");
    let slips = net.slips();
    assert_eq!(slips.len(), 1);
    assert!(slips[0].contains("重印 第1次"), "{}", slips[0]);
    room.assert_clean();
}

#[test]
fn a_power_cut_while_printing_never_gives_two_receipts() {
    let net = Net::plug(anywhere(), Habit::Holds);
    let room = village(&format!("tcp:{}", net.address));
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    let seq = lunch(&room, &kiosk, &line);
    wait_for_job(&room, &format!("HY01-{seq}.sending"));
    kiosk.cut();
    drop(kiosk);
    let printed_before = net.slips().len();
    let address = net.unplug();
    let net = Net::plug(address, Habit::Good);
    for _ in 0..2 {
        let mut kiosk = room.open();
        kiosk.wait_for("有1张小票没打出来");
        pause(1_500);
        kiosk.cut();
    }
    let slips = printed_before + net.slips().len();
    assert!(slips <= 1, "{slips} receipts for one redemption");
    assert_eq!(net.slips().len(), 0);
    assert!(
        room.data()
            .join(format!("print/HY01-{seq}.sending"))
            .exists()
    );
    assert_eq!(free(&room), 140);
    room.assert_clean();
}

/// A printer on a serial line that answers about itself; while it prints, which takes so long, it only listens.
struct Serial {
    got: Arc<Mutex<Vec<u8>>>,
    out_of_paper: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    path: PathBuf,
}

impl Serial {
    fn plug(out_of_paper: bool, prints: Duration) -> Self {
        let (master, slave) = open().unwrap();
        let mut modes = tcgetattr(&slave).unwrap();
        modes.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &modes).unwrap();
        let path = rustix::pty::ptsname(&master, Vec::new()).unwrap();
        let path = PathBuf::from(path.to_str().unwrap());
        let got = Arc::new(Mutex::new(Vec::new()));
        let out_of_paper = Arc::new(AtomicBool::new(out_of_paper));
        let stop = Arc::new(AtomicBool::new(false));
        let thread = thread::spawn({
            let (got, out, stop) = (
                Arc::clone(&got),
                Arc::clone(&out_of_paper),
                Arc::clone(&stop),
            );
            move || answer(&master, &slave, (&got, &out, &stop), prints)
        });
        Self {
            got,
            out_of_paper,
            stop,
            thread: Some(thread),
            path,
        }
    }
}

impl Drop for Serial {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}

/// Answers every question as the makers' manuals have it; keeps what is printed.
fn answer(
    master: &Pty,
    _slave: &Pts,
    (got, out, stop): (&Mutex<Vec<u8>>, &AtomicBool, &AtomicBool),
    prints: Duration,
) {
    let wait = Timespec {
        tv_sec: 0,
        tv_nsec: 10_000_000,
    };
    let mut buffer = [0; 256];
    let mut question = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let mut fds = [PollFd::new(master, PollFlags::IN)];
        if poll(&mut fds, Some(&wait)).unwrap_or(0) == 0 {
            continue;
        }
        let Ok(n) = (&mut &*master).read(&mut buffer) else {
            continue;
        };
        for byte in buffer.iter().take(n) {
            got.lock().unwrap().push(*byte);
            question.push(*byte);
            if let [slip @ .., 0x10, 0x04, n @ 1..=4] = question.as_slice() {
                if !slip.is_empty() {
                    thread::sleep(prints);
                }
                let dry = out.load(Ordering::Relaxed);
                let says = match (n, dry) {
                    (1, true) => 0x1E,
                    (2, true) => 0x32,
                    (4, true) => 0x72,
                    (1, false) => 0x16,
                    _ => 0x12,
                };
                // A byte at 9600 bits a second, and a little for a slow chip.
                pause(5);
                (&mut &*master).write_all(&[says]).unwrap();
                question.clear();
            }
        }
    }
}

#[test]
fn a_printer_without_paper_gets_no_byte_of_a_slip_until_it_has_some() {
    let printer = Serial::plug(true, Duration::ZERO);
    let room = village(&printer.path.display().to_string());
    let line = Line::plug(&room);
    let kiosk = room.open();
    kiosk.wait_for("打印机没有纸了");
    let seq = lunch(&room, &kiosk, &line);
    kiosk.wait_for(LATER);
    assert_eq!(free(&room), 140);
    pause(4_000);
    assert_eq!(slips(&printer.got.lock().unwrap()).len(), 0);
    printer.out_of_paper.store(false, Ordering::Relaxed);
    wait_for_job(&room, &format!("HY01-{seq}.sent"));
    kiosk.wait_without("没打出来");
    let slips = slips(&printer.got.lock().unwrap());
    assert_eq!(slips.len(), 1);
    assert!(slips[0].contains("还剩下     140分"), "{}", slips[0]);
    room.assert_clean();
}

#[test]
fn the_last_screen_stays_while_its_slip_is_printed_and_no_longer() {
    let printer = Serial::plug(false, Duration::from_secs(6));
    let room = village(&printer.path.display().to_string());
    room.hurry();
    let line = Line::plug(&room);
    let kiosk = room.open();
    let seq = lunch(&room, &kiosk, &line);
    kiosk.wait_for(COMES);
    wait_for_job(&room, &format!("HY01-{seq}.sending"));
    assert!(
        !kiosk.becomes(5, |screen| !screen.contains(COMES)),
        "blank in the middle of a print:\n{}",
        kiosk.screen()
    );
    wait_for_job(&room, &format!("HY01-{seq}.sent"));
    // It was shown for longer than it must be, so nothing keeps it any more.
    let blank = |screen: &str| screen.contains(WELCOME);
    assert!(kiosk.becomes(5, blank), "{}", kiosk.screen());
    assert!(
        !kiosk.screen().contains("工作人员"),
        "nothing to look after:\n{}",
        kiosk.screen()
    );
    assert_eq!(slips(&printer.got.lock().unwrap()).len(), 1);
    room.assert_clean();
}

#[test]
fn a_printer_that_falls_silent_over_a_slip_is_not_believed_to_have_printed_it() {
    let printer = Serial::plug(false, Duration::from_secs(16));
    let room = village(&printer.path.display().to_string());
    let line = Line::plug(&room);
    let kiosk = room.open();
    let seq = lunch(&room, &kiosk, &line);
    kiosk.wait_for(COMES);
    kiosk.wait_for(LATER);
    wait_for_job(&room, &format!("HY01-{seq}.sending"));
    assert_eq!(free(&room), 140);
    kiosk.press("\r");
    kiosk.wait_for("有1张小票没打出来");
    room.assert_clean();
}

#[test]
fn a_printer_that_prints_is_still_there_a_minute_later() {
    let base = Room::new();
    let paper = base.path().join("paper.bin");
    let room = village(&format!("file:{}", paper.display()));
    room.hurry();
    let line = Line::plug(&room);
    let kiosk = room.open();
    let seq = lunch(&room, &kiosk, &line);
    wait_for_job(&room, &format!("HY01-{seq}.sent"));
    // Printed at once: the screen goes when its time is over, not when a print that hangs would be given up.
    let blank = |screen: &str| screen.contains(WELCOME);
    assert!(kiosk.becomes(15, blank), "{}", kiosk.screen());
    assert!(
        !kiosk.becomes(65, |screen| screen.contains("打印机")),
        "{}",
        kiosk.screen()
    );
    assert_eq!(slips(&fs::read(&paper).unwrap()).len(), 1);
}

#[test]
fn the_test_sheet_goes_the_way_of_receipts() {
    let room = Room::new();
    let paper = room.path().join("sheet.bin");
    let port = format!("file:{}", paper.display());
    let print = |port: &str, test: &str| {
        run([
            "device".as_ref(),
            "print".as_ref(),
            "--port".as_ref(),
            port.as_ref(),
            "--profile".as_ref(),
            "80mm".as_ref(),
            test.as_ref(),
        ])
    };
    let done = print(&port, "--test");
    assert!(done.status.success(), "{done:?}");
    let sheet = printed(&fs::read(&paper).unwrap(), 576);
    assert!(
        sheet
            .marks
            .iter()
            .any(|mark| matches!(mark, Mark::Code { .. }))
    );
    assert!(
        sheet
            .picture()
            .contains("123456789012345678901234567890123456789012345678")
    );

    let gone = print("tcp:127.0.0.1:1", "--test");
    assert_eq!(gone.status.code(), Some(1));
    let said = String::from_utf8(gone.stderr).unwrap();
    assert!(
        said.contains("nothing was printed on tcp:127.0.0.1:1"),
        "{said}"
    );
    // A kiosk without a printer says where to put one.
    let config = room.config();
    let none = run([
        "device".as_ref(),
        "print".as_ref(),
        "--config".as_ref(),
        config.as_os_str(),
    ]);
    let said = String::from_utf8(none.stderr).unwrap();
    assert!(said.contains("station.toml has no [printer]"), "{said}");
}
