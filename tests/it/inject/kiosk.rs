//! The kiosk in its terminal while its disk fails: a redemption with its slip on paper, and one that is called off. What the screen told
//! is on the disk, nothing is half done, what is on the screen are words for people, and the next start is well.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise, and says what it counted"
)]

use super::deed::{Kept, settled};
use super::state::State;
use super::{Calls, Fault, counted, faults, injector, stride, words};
use crate::equipment::ours;
use crate::harness::{Kiosk, Line, PATIENCE, Room, SMALL, text};
use pty_process::blocking::Command as PtyCommand;
use rustix::process::Signal;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::sync::Mutex;
use std::thread;

/// How many faults the sample has.
const SAMPLE: usize = 8;
/// How many kiosks stand side by side where all are tried: each waits most of the time.
const SIDE_BY_SIDE: usize = 8;
/// What no person can do anything with.
const RAW: [&str; 4] = ["os error", "panicked", "I/O error", "Input/output"];
const CHIP: &str = "3C005550C2";
const CARD: &str = "0005591234";
const BADGE: &str = "0009000001";
const PIN: &str = "135790";
/// The kiosk does not go on: it is out of order, or refuses.
const ENDS: [&str; 2] = ["要歇一会儿", "这一次没有办"];

/// What the screen told, as operations.
#[derive(Debug, Default)]
struct Told {
    hold: i64,
    post: i64,
    void: i64,
}

/// A village with a printer that is a file.
fn village() -> Room {
    let room = Room::village();
    let paper = room.path().join("paper");
    let path = room.config().join("station.toml");
    let mut station = fs::read_to_string(&path).unwrap();
    let paper = paper.display();
    write!(
        station,
        "\n[printer]\nport = \"file:{paper}\"\nprofile = \"58mm\"\n"
    )
    .unwrap();
    fs::write(path, station).unwrap();
    room
}

fn start(room: &Room, fault: Fault) -> Kiosk {
    let (config, data) = (room.config(), room.data());
    let args = ["kiosk", "--config", text(&config), "--data", text(&data)];
    let args = args.map(str::to_owned);
    let command = PtyCommand::new(ours(injector()));
    let command = command.args(words(room, fault, Calls::Change, &args));
    Kiosk::start(room, command, SMALL)
}

/// Waits for a text; `None` where the kiosk is out of order, refuses, is gone, or says something else for good.
fn shows(kiosk: &mut Kiosk, text: &str) -> Option<()> {
    let ends = |screen: &str| screen.contains(text) || ENDS.iter().any(|end| screen.contains(end));
    let _settled = (0..PATIENCE).any(|_| kiosk.becomes(1, ends) || !kiosk.is_running());
    kiosk.screen().contains(text).then_some(())
}

/// From the greeting to a hold.
fn hold(kiosk: &mut Kiosk, key: &str, told: &mut Told) -> Option<()> {
    shows(kiosk, "您好，您现在有")?;
    kiosk.press("2");
    shows(kiosk, "老人午餐")?;
    shows(kiosk, "老人理发")?;
    kiosk.press(key);
    shows(kiosk, "要换这个吗")?;
    kiosk.press("1");
    shows(kiosk, "请工作人员来刷胸牌")?;
    told.hold += 1;
    Some(())
}

/// What is done there; it ends early where the kiosk does not go on.
fn work(kiosk: &mut Kiosk, line: &Line, told: &mut Told) -> Option<()> {
    shows(kiosk, "您好，欢迎来到积分银行")?;
    line.tap(CHIP);
    if shows(kiosk, "您好，您现在有").is_none() {
        // The reader may have been opened just after it.
        kiosk.key(format!("{CARD}\r"));
    }
    hold(kiosk, "1", told)?;
    line.tap(BADGE);
    shows(kiosk, "请输密码")?;
    kiosk.type_slowly(PIN);
    shows(kiosk, "已输入 6 位")?;
    kiosk.press("\r");
    shows(kiosk, "换好了")?;
    told.post += 1;
    kiosk.key(format!("{CARD}\r"));
    hold(kiosk, "2", told)?;
    // This screen calls off by the key of no digit.
    shows(kiosk, "不换了")?;
    kiosk.press("-");
    shows(kiosk, "没有换，分退给您了")?;
    told.void += 1;
    Some(())
}

/// One life of a kiosk with a fault; what came of it in a word, else what is wrong.
fn live(kept: &Kept, fault: Fault) -> Result<String, String> {
    let room = &kept.room;
    kept.put_back();
    let before = State::of(room);
    let line = Line::plug(room);
    let mut told = Told::default();
    let mut kiosk = start(room, fault);
    let is_done = work(&mut kiosk, &line, &mut told).is_some();
    let last = kiosk.screen();
    let is_calm = is_done || !last.trim().is_empty() || !kiosk.is_running();
    if kiosk.is_running() {
        kiosk.signal(Signal::TERM);
    }
    let code = kiosk.exit_code(PATIENCE);
    let painted = String::from_utf8_lossy(&kiosk.bytes()).into_owned();
    if !matches!(code, Some(0 | 1)) {
        return Err(format!("exit code {code:?}: {}", kiosk.errors()));
    }
    if let Some(raw) = RAW.into_iter().find(|raw| painted.contains(raw)) {
        return Err(format!("{raw} on the screen"));
    }
    if !is_calm {
        return Err("nothing on the screen".to_owned());
    }
    drop(kiosk);
    if fault.at > 0 && !counted(room).iter().any(|call| call.starts_with('!')) {
        return Ok("not met".to_owned());
    }
    let state = settled(room)?;
    let new = |kind: &str| {
        let count = |of: &State| of.operations.get(kind).copied().unwrap_or(0);
        count(&state) - count(&before)
    };
    for (kind, told) in [
        ("hold", told.hold),
        ("post", told.post),
        ("void", told.void),
    ] {
        // One step may be on disk whose screen was not seen any more.
        if !(told..=told + 1).contains(&new(kind)) {
            return Err(format!("{} of {kind} on disk: {told:?}", new(kind)));
        }
    }
    let mut again = start(room, Fault::NONE);
    again.wait_for("您好，欢迎来到积分银行");
    again.signal(Signal::TERM);
    let code_again = again.exit_code(PATIENCE);
    if code_again != Some(0) {
        return Err(format!("the next start: {code_again:?} {}", again.errors()));
    }
    settled(room)?;
    if fault.at == 0 && !is_done {
        return Err(format!("{told:?}, on the screen:\n{last}"));
    }
    let went = if is_done { "all done" } else { "ended early" };
    Ok(format!("{}, {went}", code.unwrap()))
}

#[test]
fn what_the_screen_tells_is_on_a_disk_that_fails() {
    let first = Kept::new(village());
    assert_eq!(live(&first, Fault::NONE), Ok("0, all done".to_owned()));
    let calls = counted_whole(&first);
    let tried = faults(&calls, Calls::Change, 0);
    // A life takes seconds.
    let apart = match stride() {
        Some(_) => 1,
        None => tried.len().div_ceil(SAMPLE),
    };
    let tried: Vec<Fault> = tried.into_iter().step_by(apart).collect();
    let runs = tried.len();
    let left = Mutex::new(tried);
    let ends = Mutex::new((BTreeMap::<String, usize>::new(), Vec::new()));
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE.min(runs) {
            scope.spawn(|| {
                let kept = Kept::new(village());
                while let Some(fault) = { left.lock().unwrap().pop() } {
                    let end = live(&kept, fault);
                    let call = counted(&kept.room);
                    let call = call.into_iter().find(|call| call.starts_with('!'));
                    let mut ends = ends.lock().unwrap();
                    let word = end.clone().unwrap_or_else(|_| "WRONG".to_owned());
                    *ends.0.entry(word).or_default() += 1;
                    if let Err(why) = end {
                        ends.1.push(format!("{fault} ({call:?}): {why}"));
                    }
                }
            });
        }
    });
    let (met, wrong) = ends.into_inner().unwrap();
    println!("| kiosk | Change | {} | {runs} | {met:?} |", calls.len());
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let missed = met.get("not met").copied().unwrap_or(0);
    assert!(2 * missed < runs, "{missed} of {runs} met nothing");
}

/// The calls of a life without faults; the report of its second start is left out.
fn counted_whole(kept: &Kept) -> Vec<String> {
    kept.put_back();
    let line = Line::plug(&kept.room);
    let mut kiosk = start(&kept.room, Fault::NONE);
    work(&mut kiosk, &line, &mut Told::default()).unwrap();
    kiosk.signal(Signal::TERM);
    assert_eq!(kiosk.exit_code(PATIENCE), Some(0));
    counted(&kept.room)
}
