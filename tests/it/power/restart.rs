//! The real program on a disk after a power cut: it greets, prints nothing again, ends, and exports what is new.
#![expect(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test that cannot drive the program must fail, and names are written in one way"
)]

use super::judge::{GAPS, UP, allowed};
use super::record::{HERE, Recording, WELCOME};
use super::told::{PAPER, Told, printed};
use crate::crash::OPEN_HOLDS;
use crate::exporting::bundles;
use crate::folder::names;
use crate::harness::{PATIENCE, Room, SMALL, run, until};
use rustix::process::Signal;
use std::collections::BTreeMap;
use std::fs;

/// What is wrong, in words.
pub(super) fn faults(recording: &Recording, told: &Told, room: &Room) -> Vec<String> {
    let mut faults = Vec::new();
    let here = room.path().to_str().unwrap();
    for (name, text) in &recording.config {
        fs::write(room.config().join(name), text.replace(HERE, here)).unwrap();
    }
    fs::create_dir_all(room.path().join("share")).unwrap();
    let open = room.number(OPEN_HOLDS);
    let before = bundles(&room.path().join(UP));

    let mut kiosk = room.kiosk(SMALL);
    let counted = format!("有{open}笔等您确认");
    let greets =
        |screen: &str| screen.contains(WELCOME) && (open == 0 || screen.contains(&counted));
    if !kiosk.becomes(PATIENCE, greets) {
        let (screen, said) = (kiosk.screen(), kiosk.errors());
        return vec![format!("does not greet with {open} holds: {screen} {said}")];
    }
    let print = room.data().join("print");
    if !until(|| !names(&print).iter().any(|name| name.ends_with(".wait"))) {
        faults.push(format!(
            "{:?} wait for a printer that is well",
            names(&print)
        ));
    }
    kiosk.signal(Signal::TERM);
    let code = kiosk.exit_code(PATIENCE);
    if code != Some(0) {
        faults.push(format!("ends with {code:?}: {}", kiosk.errors()));
    }
    on_paper(told, room, &mut faults);

    let (config, data) = (room.config(), room.data());
    if !data.join("keys/station.key").exists() {
        let made = run(["keys".as_ref(), "--data".as_ref(), data.as_ref()]);
        if !made.status.success() {
            faults.push(format!("keys: {made:?}"));
        }
    }
    let dirs = [
        "--config".as_ref(),
        config.as_ref(),
        "--data".as_ref(),
        data.as_ref(),
    ];
    let [a, b, c, d] = dirs;
    let exported = run(["export".as_ref(), "now".as_ref(), a, b, c, d]);
    if !exported.status.success() {
        faults.push(format!("export now: {exported:?}"));
    }
    let (outbox, after) = (
        bundles(&data.join("outbox")),
        bundles(&room.path().join(UP)),
    );
    if let Some((file, _)) = before
        .iter()
        .find(|(file, was)| after.get(*file) != Some(*was))
    {
        faults.push(format!("{file} was overwritten"));
    }
    if after != outbox || after.is_empty() {
        faults.push(format!("sent {after:?} of {outbox:?}"));
    }
    if room.number(GAPS) != 0 {
        faults.push("bundles leave something out or have it twice".to_owned());
    }
    room.assert_clean();
    faults
}

/// Whatever is on paper, before and after the cut, was asked for so often.
fn on_paper(told: &Told, room: &Room, faults: &mut Vec<String>) {
    let paper = fs::read(room.path().join(PAPER)).unwrap_or_default();
    let mut times: BTreeMap<i64, usize> = BTreeMap::new();
    let earlier = told.begun.iter().map(|(seq, _)| *seq);
    for seq in earlier.chain(printed(&paper)) {
        *times.entry(seq).or_default() += 1;
    }
    let conn = room.plain();
    for (seq, times) in times {
        let allowed = allowed(&conn, seq);
        if times > allowed {
            faults.push(format!(
                "HY01-{seq} was printed {times} times instead of {allowed}"
            ));
        }
    }
}
