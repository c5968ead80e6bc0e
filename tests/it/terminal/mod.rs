//! The real program in real terminals: foot in cage, which stations have, and xterm. A hand touches and types through the
//! X server, a camera takes pictures, and what they show is read back: cells, colours, characters, and the disk.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that has no stage must fail, with what is missing"
)]

#[expect(dead_code, reason = "nothing is kept here")]
mod picture;
mod players;
mod stage;
mod tools;

use picture::{Picture, rgb};
use stage::{ARMS_MS, GRID, Stage, Terminal, pause};
use std::fs;
use std::path::PathBuf;
use wenming::domain::Theme;
use wenming::view::Ink;

/// What a pair of the palette has behind its letters.
fn ground(ink: Ink, theme: Theme) -> [u8; 3] {
    rgb(ink.pair(theme).1)
}

/// Two cells left of a label are the button's own, and empty.
fn button(stage: &Stage, picture: &Picture, label: &str) -> [u8; 3] {
    let (column, row) = stage.find(label);
    picture.colour((column - 1, row))
}

/// Every cell is where it is thought to be, and characters that differ look different: no empty boxes for Hanzi.
fn grid_and_characters(stage: &Stage, picture: &Picture) {
    let (columns, rows) = (usize::from(GRID.0), usize::from(GRID.1));
    assert!(stage.cell.0 > 0 && stage.cell.1 >= 42, "{:?}", stage.cell);
    assert_eq!(picture.width, columns * stage.cell.0);
    assert_eq!(picture.height, rows * stage.cell.1);
    assert_eq!(stage.rows().len(), rows);
    let (column, row) = stage.find("您好，欢迎来到积分银行");
    let hanzi: Vec<_> = [0, 1, 3, 4, 5, 6, 7, 8, 9, 10]
        .map(|n| picture.cells((column + 2 * n, row), 2))
        .into();
    for (n, one) in hanzi.iter().enumerate() {
        let page = ground(Ink::Page, Theme::Light);
        let ink = one.iter().filter(|pixel| **pixel != page).count();
        assert!((one.len() / 20..one.len() * 3 / 4).contains(&ink), "{ink}");
        assert!(!hanzi[..n].contains(one), "two Hanzi look the same");
    }
}

/// The theme is the theme of the whole glass: nothing of the other one is left anywhere.
fn themes(stage: &Stage, light: &Picture) {
    let page = |theme| ground(Ink::Page, theme);
    assert_eq!(light.colour((0, 8)), page(Theme::Light));
    assert_eq!(light.colour((63, 8)), page(Theme::Light));
    let help = button(stage, light, "叫人帮忙");
    assert_eq!(help, ground(Ink::Neutral, Theme::Light));
    stage.touch("黑底黄字");
    stage.sees(&["白底黑字"]);
    pause(300);
    let dark = stage.picture();
    assert_eq!(dark.colour((0, 8)), page(Theme::Contrast));
    let help = button(stage, &dark, "叫人帮忙");
    assert_eq!(help, ground(Ink::Neutral, Theme::Contrast));
    assert_eq!(
        dark.count(page(Theme::Light)),
        0,
        "ghosts of the light page"
    );
    stage.touch("白底黑字");
    stage.sees(&["黑底黄字"]);
    pause(300);
    let again = stage.picture();
    // The rows above have the clock.
    for row in 8..usize::from(GRID.1) {
        let wide = GRID.0.into();
        let same = light.cells((0, row), wide) == again.cells((0, row), wide);
        assert!(same, "ghosts of the dark page in row {row}");
    }
}

/// The folder of the demo's ledger.
fn data(stage: &Stage) -> PathBuf {
    let entries = fs::read_dir(stage.dir()).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    let found = paths.find(|path| path.join("station.db").exists());
    found.expect("the demo has a ledger")
}

/// A resident gets soap with a finger, an attendant confirms: on the glass, in the ledger and on paper.
fn redeems(stage: &Stage) {
    stage.types("0005591234");
    stage.sees(&["何*秀您好", "试用：按 1 到 6"]);
    stage.touch("生活用品");
    stage.sees(&["生活用品：请选一样"]);
    stage.touch("香皂");
    stage.sees(&["香皂：要多少？"]);
    // That help was called stands above the screens, but never in place of the question.
    stage.touch("叫人帮忙");
    stage.sees(&["已经叫人了", "2块"]);
    stage.touch("2块");
    stage.sees(&["要换这个吗？", "香皂  2块"]);
    pause(ARMS_MS);
    let yes = button(stage, &stage.picture(), " 要换");
    assert_eq!(yes, ground(Ink::Confirm, Theme::Light));
    stage.touch(" 要换");
    stage.sees(&["请工作人员来刷胸牌"]);
    stage.types("0009000001");
    stage.sees(&["请用手挡住键盘", "已输入 0 位"]);
    stage.keys(&["1", "3", "5", "7", "9", "0"]);
    stage.sees(&["已输入 6 位"]);
    stage.touch("确定");
    stage.sees(&["换好了：香皂  2块", "小票号 HY01-"]);
    let data = data(stage);
    let slips = data.join("paper");
    let printed = || -> String {
        let files = fs::read_dir(&slips).unwrap();
        files
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
            .collect()
    };
    for _ in 0..100 {
        if slips.exists() && printed().contains("香皂 2块") {
            break;
        }
        pause(100);
    }
    assert!(printed().contains("香皂 2块"), "{}", printed());
    let audit = stage.beside(&["audit", "--data", data.to_str().unwrap()]);
    assert!(audit.status.success(), "{audit:?}");
    stage.touch("办完了");
    stage.sees(&["您好，欢迎来到积分银行"]);
}

fn a_morning(terminal: Terminal) {
    let stage = Stage::open(terminal, &["demo"]);
    stage.sees(&["您好，欢迎来到积分银行", "叫人帮忙", "黑底黄字"]);
    let idle = stage.picture();
    grid_and_characters(&stage, &idle);
    themes(&stage, &idle);
    stage.touch("English");
    stage.sees(&["Welcome to the points bank"]);
    stage.touch("中文");
    stage.sees(&["您好，欢迎来到积分银行"]);
    redeems(&stage);
}

#[test]
fn foot_in_cage_shows_and_feels_what_the_program_means() {
    a_morning(Terminal::Foot);
}

#[test]
fn xterm_shows_and_feels_what_the_program_means() {
    a_morning(Terminal::Xterm);
}
