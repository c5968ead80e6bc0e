//! The first day of a village that has paper and a list of people, from an empty folder: set up, people, budget, a card, points by a
//! rule, a reward. Everything is typed or put on the reader, as a new technician and the manager do it.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test that cannot drive the program must fail; this one holds a watch"
)]

use crate::harness::{Kiosk, Line, Room, pause, text, until};
use crate::init::{MANAGER_BADGE, MANAGER_PIN, TECHNICIAN_PIN, Talk, bare, describe, employ};
use rustix::process::Signal;
use std::fs;
use std::time::{Duration, Instant};

const TECHNICIAN_BADGE: &str = "0009000012";
const CARD: &str = "0009876543";
/// What the issue of a first day allows.
const MOST_STEPS: u32 = 12;
const MOST_TIME: Duration = Duration::from_mins(10);

/// The list of the village, as a spreadsheet saves it.
const PEOPLE: &str = "\u{feff}编号,姓名,出生年,身份,账户,户号,监护人编号,卡号,本人同意\r\n\
1,秦石山,1951,村民,个人,H-0001,,,是\r\n\
2,秦小苗,2015,未成年人,个人,H-0001,1,,是\r\n\
3,罗青,1988,党员,个人,H-0002,,0009876000,是\r\n";

/// Somebody at the kiosk with a watch.
struct Day<'a> {
    kiosk: Kiosk,
    line: &'a Line,
    /// Commands and tasks so far.
    steps: u32,
}

impl Day<'_> {
    /// A task or a sign-in begins.
    fn step(&mut self) {
        self.steps += 1;
    }

    /// Presses a button once its screen has been seen.
    fn choose(&self, button: &str) {
        self.kiosk.wait_for(button);
        pause(900);
        self.kiosk.touch(button);
    }

    fn types(&self, question: &str, number: &str) {
        self.kiosk.wait_for(question);
        pause(900);
        self.kiosk.type_slowly(&format!("{number}\r"));
    }

    fn taps(&self, question: &str, card: &str) {
        self.kiosk.wait_for(question);
        pause(900);
        self.line.tap(card);
    }
}

/// The manager signs in, the budget comes by a letter that the technician has read as well.
fn grant(day: &mut Day<'_>) {
    day.step();
    day.taps("您好，欢迎来到积分银行", MANAGER_BADGE);
    day.types("林一山，请输密码", MANAGER_PIN);
    day.step();
    day.choose("更多");
    day.choose("拨分文件");
    day.types("文件是几号", "202607");
    day.types("拨给本站多少分", "5000");
    day.choose("一直有效");
    day.taps("还要一位工作人员看过文件", TECHNICIAN_BADGE);
    day.types("方小河，请输密码", TECHNICIAN_PIN);
    day.kiosk.wait_for("202607号文件，拨给本站5,000分");
    day.choose("记上");
}

/// The first resident gets a card, and points for a good deed.
fn card_and_points(day: &mut Day<'_>) {
    day.step();
    day.choose("更多");
    day.choose("发卡");
    day.types("给谁发卡？", "1");
    day.choose("秦*山");
    day.taps("请把新卡放上来", CARD);
    // The same card at once is the same tap.
    pause(4_000);
    day.taps("请把同一张卡再放一次", CARD);
    day.choose("记上");
    day.kiosk.wait_for("记好了");
    day.step();
    day.kiosk.press("\x7f");
    day.choose("记分");
    day.taps("给谁记分？", CARD);
    day.choose("志愿服务");
    day.choose("看望独居老人");
    day.types("几次", "4");
    day.choose("记上");
    day.kiosk.wait_for("记好了");
}

/// The resident takes a lunch, the manager's badge confirms.
fn redeem(day: &mut Day<'_>) {
    day.step();
    day.kiosk.press(".");
    day.taps("您好，欢迎来到积分银行", CARD);
    day.kiosk.wait_for("秦*山您好");
    day.choose("为老服务");
    day.choose("老人午餐");
    day.kiosk.wait_for("要换这个吗？");
    pause(1_500);
    day.kiosk.press("1");
    day.taps("请工作人员来刷胸牌", MANAGER_BADGE);
    day.kiosk.wait_for("换好了：老人午餐");
}

#[test]
fn from_an_empty_folder_to_the_first_redemption() {
    let began = Instant::now();
    let room = Room::new();
    let line = Line::plug(&room);
    let (above, dir) = bare(&room);
    let data = room.data();
    let (config, data_arg) = (text(&dir).to_owned(), text(&data).to_owned());
    let mut talk = Talk::begin(&room, &["init", &config, "--data", &data_arg]);
    describe(&mut talk, &room.port());
    employ(&mut talk, &line);
    assert_eq!(talk.kiosk.exit_code(20), Some(0), "{}", talk.kiosk.errors());

    let list = above.join("people.csv");
    fs::write(&list, PEOPLE).unwrap();
    let both = ["--config", &config, "--data", &data_arg];
    let roster = ["import", "roster", text(&list), "--by", "M001"];
    let args: Vec<_> = roster.iter().chain(&both).map(AsRef::as_ref).collect();
    let mut import = Kiosk::spawn(&room, &args, (120, 60));
    assert_eq!(import.exit_code(20), Some(0), "{}", import.errors());

    let kiosk = ["kiosk"];
    let args: Vec<_> = kiosk.iter().chain(&both).map(AsRef::as_ref).collect();
    let kiosk = Kiosk::spawn(&room, &args, (64, 16));
    // Three commands so far.
    let mut day = Day {
        kiosk,
        line: &line,
        steps: 3,
    };
    day.kiosk.wait_for("您好，欢迎来到积分银行");
    assert!(
        until(|| room.log().contains("# reader 0 up")),
        "{}",
        room.log()
    );
    grant(&mut day);
    card_and_points(&mut day);
    redeem(&mut day);
    let (steps, took) = (day.steps, began.elapsed());
    eprintln!(
        "first day: {steps} commands and tasks, {} s",
        took.as_secs()
    );
    assert!(
        steps <= MOST_STEPS && took <= MOST_TIME,
        "{steps} in {took:?}"
    );
    day.kiosk.signal(Signal::TERM);
    assert_eq!(day.kiosk.exit_code(5), Some(0));

    let log = "SELECT group_concat(kind, ' ') FROM (SELECT kind FROM operation
               WHERE kind IN ('account-opened', 'card-issued', 'budget-letter', 'award', 'hold', 'post') ORDER BY seq)";
    let told: String = room.plain().query_row(log, [], |row| row.get(0)).unwrap();
    assert_eq!(
        told,
        "account-opened account-opened card-issued account-opened budget-letter card-issued award hold post"
    );
    let left = "SELECT b.credits - b.debits - b.held FROM balance b JOIN resident r ON r.account = b.account WHERE r.name = '秦石山'";
    assert_eq!(room.number(left), 4 * 6 - 20);
    room.assert_clean();
}
