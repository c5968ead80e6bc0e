//! Every screen that a station shows, as a picture for people: both languages, both themes, in foot in cage.

use super::device::Device;
use super::picture::rgb;
use super::stage::{ARMS_MS, Stage, Terminal, pause};
use super::technician::CHIP;
use std::cell::Cell;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use wenming::domain::{Lang, Theme};
use wenming::view::Ink;
use wenming::words::{Say, Words};

const RESIDENT: &str = "0005591234";
const POOR: &str = "0005591237";
const UNKNOWN: &str = "0005591299";
const ATTENDANT: (&str, [&str; 6]) = ("0009000001", ["1", "3", "5", "7", "9", "0"]);
/// How long the station of the tour waits before it asks whether anybody is there, in seconds.
const IDLE_SECS: u64 = 30;

/// One walk through the station.
pub(crate) struct Tour<'a> {
    stage: Stage,
    reader: Device,
    lang: Lang,
    theme: Theme,
    say: Say<'a>,
    dir: PathBuf,
    taken: Cell<usize>,
}

/// Where the pictures of one walk are.
fn gallery(lang: Lang, theme: Theme) -> PathBuf {
    let lang = match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    let theme = match theme {
        Theme::Light => "light",
        Theme::Contrast => "contrast",
    };
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    target.join("pictures").join(format!("{lang}-{theme}"))
}

/// The example station with simulated devices, a card reader on a line, places for exports, typed cards and less
/// patience, written into a folder; a voice, if it shall speak.
fn config(dir: &Path, reader: &str, speaks: bool) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/configs/simulated");
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some(("idle-secs", _)) => format!("idle-secs = {IDLE_SECS}"),
            Some(("deaf-ms", _)) => "deaf-ms = 500".to_owned(),
            Some(("min-free-mib", _)) => "min-free-mib = 0".to_owned(),
            _ => line.to_owned(),
        });
        let mut text = lines.collect::<Vec<_>>().join("\n");
        if path.ends_with("station.toml") {
            text += &format!(
                "\n[[reader]]\nname = \"counter\"\nport = \"{reader}\"\nformat = \"em4100\"\n\
                 [export]\nschedule = [\"12:00\", \"18:00\"]\n\
                 [[sink]]\nname = \"镇里\"\nkind = \"directory\"\npath = \"{}/town\"\n\
                 [[sink]]\nname = \"U盘\"\nkind = \"stick\"\nlabel = \"VPB\"\n",
                dir.display()
            );
            if speaks {
                text += "[voice]\nspeak-zh = [\"true\"]\nspeak-en = [\"true\"]\n";
            }
        }
        fs::write(dir.join(path.file_name().unwrap()), text).unwrap();
    }
}

impl Tour<'_> {
    pub(crate) const fn reader(&self) -> &Device {
        &self.reader
    }

    pub(crate) fn text(&self, id: &str) -> String {
        self.say.text(id)
    }

    /// A sentence up to its first figure or name.
    fn start(&self, id: &str) -> String {
        let text = self.say.with(id, &[]);
        let end = text.find('{').unwrap_or(text.len());
        text[..end].trim_end().to_owned()
    }

    /// Waits for what is no sentence of the program.
    pub(crate) fn reads(&self, text: &str) {
        self.stage.sees(&[text]);
    }

    pub(crate) fn sees(&self, id: &str) {
        self.stage.sees(&[&self.start(id)]);
    }

    /// Takes a picture, which must be of one theme and not of the other.
    pub(crate) fn shot(&self, name: &str) {
        let other = match self.theme {
            Theme::Light => Theme::Contrast,
            Theme::Contrast => Theme::Light,
        };
        let picture = self.stage.picture();
        let page = |theme| picture.count(rgb(Ink::Page.pair(theme).1));
        let all = picture.width * picture.height;
        assert!(page(self.theme) > all / 5, "{name}");
        // Letters of the light page are black like the page of the other.
        assert!(page(other) < all / 4, "{name}");
        let n = self.taken.replace(self.taken.get() + 1);
        picture.save(&self.dir.join(format!("{n:02}-{name}.png")));
    }

    pub(crate) fn keys(&self, keys: &[&str]) {
        self.stage.keys(keys);
    }

    /// Language and theme are the person's; on the idle screen they are nobody's.
    pub(crate) fn dress(&self) {
        pause(800);
        let other = match self.theme {
            Theme::Light => "theme-contrast",
            Theme::Contrast => "theme-light",
        };
        if !self
            .stage
            .rows()
            .concat()
            .contains(&self.text("idle-welcome"))
        {
            self.keys(&["slash"]);
            self.sees("idle-welcome");
        }
        if !self.stage.rows().concat().contains(&self.text(other)) {
            self.keys(&["plus"]);
            self.stage.sees(&[&self.text(other)]);
        }
    }

    /// Ends a session; the question whether to keep the look is answered with no.
    fn finish(&self) {
        self.keys(&["period"]);
        pause(500);
        if self
            .stage
            .rows()
            .concat()
            .contains(&self.text("remember-ask"))
        {
            self.shot("remember");
            self.keys(&["2"]);
        }
        self.stage
            .sees(&[&Words::new().say(Lang::Zh).text("idle-welcome")]);
        self.dress();
    }

    fn sign_in(&self, card: &str) {
        self.stage.types(card);
        self.stage.sees(&[&self.text("home-passbook")]);
    }

    fn resident(&self) {
        self.shot("idle");
        self.stage.types(UNKNOWN);
        self.sees("refusal-card-unknown");
        self.shot("notice");
        self.keys(&["1"]);
        self.dress();
        self.reader.says(&format!("card {CHIP}"));
        self.stage.sees(&[&self.text("home-passbook")]);
        self.shot("home");
        self.keys(&["9"]);
        pause(500);
        self.shot("home-covered");
        self.keys(&["9", "9"]);
        self.keys(&["1"]);
        self.sees("page-on");
        self.shot("rewards");
        self.keys(&["9"]);
        self.sees("page-back");
        self.shot("rewards-on");
        self.keys(&["0", "4", "1"]);
        pause(500);
        self.shot("variants");
        self.keys(&["0", "0", "1", "4"]);
        pause(500);
        self.shot("quantity");
        self.keys(&["2"]);
        self.shot("confirm-unarmed");
        self.sees("confirm-ask");
        pause(ARMS_MS);
        self.shot("confirm");
        self.keys(&["1"]);
        self.sees("waiting-what");
        pause(ARMS_MS);
        self.shot("waiting");
        self.stage.types(ATTENDANT.0);
        self.sees("pin-shield");
        self.shot("pin");
        self.keys(&ATTENDANT.1);
        self.shot("pin-full");
        self.keys(&["Return"]);
        self.stage.sees(&["HY01-"]);
        self.shot("done");
        self.reader.says("gone");
        self.finish();
        self.sign_in(RESIDENT);
        self.keys(&["5"]);
        pause(800);
        self.shot("passbook");
        self.keys(&["9"]);
        pause(500);
        self.shot("passbook-on");
        self.keys(&["0"]);
        self.sees("home-passbook");
        self.finish();
        self.sign_in(POOR);
        self.keys(&["1", "4"]);
        self.sees("notice-ok");
        self.shot("not-enough");
        self.keys(&["1", "0"]);
        self.sees("home-passbook");
        pause(IDLE_SECS * 1_000 + 500);
        self.sees("asking-what");
        self.shot("asking");
        self.keys(&["1"]);
        self.sees("home-passbook");
        self.finish();
        // One that stays open, for the attendant's list.
        self.sign_in(RESIDENT);
        self.keys(&["1", "4", "1"]);
        self.sees("confirm-ask");
        pause(ARMS_MS);
        self.keys(&["1"]);
        self.sees("waiting-what");
        self.finish();
        self.shot("idle-holds");
        self.keys(&["asterisk"]);
        self.sees("help-called");
        self.shot("idle-help");
    }

    pub(crate) fn desk(&self, (badge, pin): (&str, [&str; 6])) {
        let (menu, asks) = (self.text("desk-off-duty"), self.text("pin-shield"));
        // A badge that a busy machine typed in pieces is typed again, as its owner would.
        for _ in 0..3 {
            self.stage.types(badge);
            pause(800);
            let shown = self.stage.rows().concat();
            if shown.contains(&asks) {
                self.keys(&pin);
                self.keys(&["Return"]);
                break;
            }
            if shown.contains(&menu) {
                break;
            }
        }
        self.stage.sees(&[&self.text("desk-off-duty")]);
    }

    /// Back, as often as it takes.
    pub(crate) fn to_the_desk(&self) {
        pause(500);
        for _ in 0..4 {
            if self
                .stage
                .rows()
                .concat()
                .contains(&self.text("desk-off-duty"))
            {
                return;
            }
            self.keys(&["0"]);
            pause(500);
        }
    }

    fn staff(&self) {
        self.desk(ATTENDANT);
        self.shot("desk");
        self.keys(&["1"]);
        pause(800);
        self.shot("holds");
        self.keys(&["1"]);
        self.sees("holds-post");
        pause(ARMS_MS);
        self.shot("choose");
        self.to_the_desk();
        self.keys(&["3"]);
        pause(800);
        self.shot("operations");
        self.keys(&["1"]);
        pause(500);
        self.shot("not-reversible");
        self.keys(&["1", "2"]);
        pause(ARMS_MS);
        self.shot("reverse");
        self.to_the_desk();
        self.keys(&["6"]);
        self.sees("exports-title");
        self.shot("exports");
        self.keys(&["1"]);
        pause(2_000);
        self.shot("exports-done");
        self.to_the_desk();
        self.keys(&["0"]);
        self.dress();
    }
}

fn walk(lang: Lang, theme: Theme) {
    let words = Words::new();
    let stage = Stage::prepare(Terminal::Foot, |_| ());
    let reader = Device::play(&stage, "rdm6300");
    // One theme with a voice, the other without: the buttons at the bottom are four or three.
    config(&stage.dir(), reader.port(), theme == Theme::Contrast);
    let town = stage.dir().join("town");
    fs::create_dir(&town).unwrap();
    fs::set_permissions(&town, Permissions::from_mode(0o777)).unwrap();
    let seeded = stage.beside(&["seed", "--data", stage.dir().join("data").to_str().unwrap()]);
    assert!(seeded.status.success(), "{seeded:?}");
    stage.play(&["kiosk", "--config", "{dir}", "--data", "{dir}/data"]);
    let dir = gallery(lang, theme);
    let _old = fs::remove_dir_all(&dir);
    let tour = Tour {
        stage,
        reader,
        lang,
        theme,
        say: words.say(lang),
        dir,
        taken: Cell::new(0),
    };
    tour.stage
        .sees(&[&words.say(Lang::Zh).text("idle-welcome")]);
    // Ten seconds after the start the check-up has spoken.
    pause(11_000);
    tour.dress();
    tour.resident();
    tour.staff();
    tour.technician();
}

/// A station whose ledger is no ledger.
fn out_of_order() {
    let stage = Stage::prepare(Terminal::Foot, |home| config(home, "/dev/null", false));
    let data = stage.dir().join("data");
    let seeded = stage.beside(&["seed", "--data", data.to_str().unwrap()]);
    assert!(seeded.status.success(), "{seeded:?}");
    fs::write(data.join("station.db"), vec![7; 40_960]).unwrap();
    stage.play(&["kiosk", "--config", "{dir}", "--data", "{dir}/data"]);
    stage.sees(&[&Words::new().say(Lang::Zh).text("out-title")]);
    let path = gallery(Lang::Zh, Theme::Light).join("90-out-of-order.png");
    stage.picture().save(&path);
}

/// Walks all four ways at once.
pub(crate) fn pictures_of_every_screen() {
    std::thread::scope(|scope| {
        for theme in [Theme::Light, Theme::Contrast] {
            for lang in [Lang::Zh, Lang::En] {
                scope.spawn(move || walk(lang, theme));
            }
        }
    });
    out_of_order();
}
