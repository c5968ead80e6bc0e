//! A day at a kiosk, which a recording takes down: what residents and an attendant do.
#![expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "names are written in one way"
)]

use super::record::WELCOME;
use crate::crash::{self, PIN_KEYS, Readers};
use crate::folder::names;
use crate::harness::{Kiosk, Room, pause, until};

/// Redemptions of a day: two days write more than the log takes before it goes into the ledger.
const REDEMPTIONS: u64 = 24;
/// The same card sooner is the same tap; in milliseconds, and a little more.
const SAME_TAP_MS: u64 = 1_600;

/// A day at the kiosk.
pub(super) struct Day<'a> {
    room: &'a Room,
    readers: &'a Readers,
    kiosk: &'a Kiosk,
    taps: u64,
}

impl<'a> Day<'a> {
    pub(super) const fn new(room: &'a Room, readers: &'a Readers, kiosk: &'a Kiosk) -> Self {
        Self {
            room,
            readers,
            kiosk,
            taps: 0,
        }
    }

    /// Redemptions with receipts, one called off, one printed again, two exports; until all is on paper.
    pub(super) fn work(&mut self) {
        for round in 0..REDEMPTIONS {
            self.redeem(round);
            match round {
                3 | 9 => self.export(),
                5 => self.call_off(round),
                7 => self.reprint(),
                _ => {}
            }
        }
        self.printed();
    }

    /// A card, at a reader where it has not been lately.
    fn tap(&mut self, card: &str) {
        self.readers.hold(self.taps, card);
        self.taps += 1;
    }

    fn sign_in(&self) {
        self.kiosk.wait_for("请输密码");
        for key in PIN_KEYS {
            self.kiosk.press(key);
        }
        self.kiosk.wait_for("已输入 4 位");
        self.kiosk.press("\r");
    }

    /// Up to the screen that waits for a badge.
    fn hold(&mut self, round: u64) {
        let [one, two, three, four] = crash::KEYPAD;
        self.tap(crash::RESIDENT);
        self.kiosk.wait_for("您好，您现在有");
        self.kiosk.press(two);
        self.kiosk.wait_for("香皂一块");
        self.kiosk.press([three, four][usize::from(round % 2 == 1)]);
        self.kiosk.wait_for("要换这个吗");
        self.kiosk.press(one);
        self.kiosk.wait_for(crash::WAITING);
    }

    fn redeem(&mut self, round: u64) {
        self.hold(round);
        self.tap(crash::BADGE);
        if round == 0 {
            self.sign_in();
        }
        self.kiosk.wait_for("小票号");
    }

    fn call_off(&mut self, round: u64) {
        self.hold(round);
        self.kiosk.press("-");
        self.kiosk.wait_for("没有换，分退给您了");
        self.leave();
        pause(SAME_TAP_MS);
    }

    /// From the last receipt to the desk.
    fn desk(&mut self) {
        self.kiosk.press("\r");
        self.kiosk.wait_for(WELCOME);
        pause(SAME_TAP_MS);
        self.tap(crash::BADGE);
        self.sign_in();
        self.kiosk.wait_for("下班");
    }

    fn leave(&self) {
        self.kiosk.press(".");
        self.kiosk.wait_for(WELCOME);
    }

    fn export(&mut self) {
        let ended = || self.room.log().matches("# export: Ended").count();
        let before = ended();
        self.desk();
        self.kiosk.press("6");
        self.kiosk.wait_for("导出：把账送到总行");
        self.kiosk.press("1");
        assert!(until(|| ended() > before), "{}", self.room.log());
        self.kiosk.wait_for("share：送到了");
        self.leave();
    }

    fn reprint(&mut self) {
        self.printed();
        self.desk();
        self.kiosk.press("3");
        self.kiosk.wait_for("最近的操作（");
        self.kiosk.press("1");
        self.kiosk.wait_for("重印小票");
        self.kiosk.press("3");
        self.kiosk.wait_for("重印小票，正在打印");
        self.leave();
    }

    /// Waits until everything has come out.
    fn printed(&self) {
        let print = self.room.data().join("print");
        let is_sent = |name: &String| name.ends_with(".sent");
        let all = || names(&print).iter().all(is_sent);
        assert!(until(all), "{}", self.room.log());
    }
}
