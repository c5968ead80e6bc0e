//! What is heard: the exact words of every screen, when they are said, and the thread that has them said.
#![expect(
    clippy::unwrap_used,
    reason = "a station that cannot be built fails the test"
)]

use crate::common;

use crate::equipment::only;
use crate::folder::Folder;
use common::screens::{example, is_pictured, now, screens};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::Duration;
use wenming::app::{Aid, Aloud, Answer, Effect, Event, Key, Model, Screen, Way, update};
use wenming::config::{Config, VoiceSetting};
use wenming::domain::{CardFault, Lang, Now, Prompt, Sound};
use wenming::shell::clock::Clock;
use wenming::shell::voice::{Audible, CAP, Mouth, Order, Try, Voice, call, say, sound};
use wenming::words::{Known, Spoken, Words, source};

const LANGS: [(Lang, &str); 2] = [(Lang::Zh, "zh"), (Lang::En, "en")];
/// Parts of the name of the resident on every screen, and of everybody's in the config.
const NAMES: [&str; 3] = ["迪丽热巴", "迪力木拉提", "陈"];
/// The resident's balances, as words and as figures.
const BALANCES: [&str; 8] = [
    "九十九万",
    "九十四万",
    "nine hundred ninety-nine thousand",
    "nine hundred forty thousand",
    "999,999",
    "999999",
    "940,005",
    "940005",
];

fn spoken(config: &Config, lang: Lang, prompt: &Prompt) -> Spoken {
    let known = Known::new(&config.catalogue, &config.rules);
    Words::new().say(lang).spoken(prompt, known)
}

/// Every screen's own prompt, and what is read where somebody asks, one line each.
fn lines(config: &Config, lang: Lang) -> Vec<(String, Spoken)> {
    let mut lines = Vec::new();
    for (name, model) in screens(config, lang) {
        let prompt = model.prompt(config, &now());
        lines.push((name.clone(), spoken(config, lang, &prompt)));
        if let Some(prompt) = model.figures(config, &now()) {
            lines.push((format!("{name} read"), spoken(config, lang, &prompt)));
        }
    }
    let help = spoken(config, lang, &Prompt::Help);
    let last = spoken(config, lang, &Prompt::Asking(10));
    lines.extend([("help".to_owned(), help), ("asking last".to_owned(), last)]);
    lines
}

#[test]
fn every_screen_has_its_words() {
    for (lang, tag) in LANGS {
        let mut text = String::new();
        let lines = lines(&example(), lang).into_iter();
        for (name, spoken) in lines.filter(|(name, _)| is_pictured(name)) {
            writeln!(text, "{name}: [{}] {}", spoken.id, spoken.text).unwrap();
        }
        insta::assert_snapshot!(format!("spoken-{tag}"), text);
    }
}

#[test]
fn nothing_private_is_said_unasked_and_no_digit_ever() {
    let mut config = example();
    for item in &mut config.catalogue.items {
        // What a village calls its rewards is its own.
        item.name.en.retain(|c| !c.is_ascii_digit());
        item.name.zh.retain(|c| !c.is_ascii_digit());
        for option in &mut item.options {
            option.name.en.retain(|c| !c.is_ascii_digit());
            option.name.zh.retain(|c| !c.is_ascii_digit());
        }
    }
    for (lang, _) in LANGS {
        for (name, spoken) in lines(&config, lang) {
            let text = &spoken.text;
            assert!(!text.is_empty(), "{name}");
            assert!(
                !text.contains(|c: char| c.is_ascii_digit()),
                "{name}: {text}"
            );
            assert!(
                text.chars().count() < if name.ends_with(" read") { 300 } else { 200 },
                "{name} is too long: {text}"
            );
            let asked = name.ends_with(" read");
            assert_eq!(spoken.has_clip, !asked, "{name}");
            for private in NAMES {
                assert!(!text.contains(private), "{name}: {text}");
            }
            let tells = BALANCES.iter().any(|balance| text.contains(balance));
            let empty = name == "passbook-empty read";
            assert_eq!(tells, asked && !empty, "{name}: {text}");
        }
    }
}

/// `docs/VOICE.md` lists what a village can record, with its words.
#[test]
fn the_list_of_clips_is_whole() {
    let doc = include_str!("../../docs/VOICE.md");
    let ids: BTreeSet<&str> = doc
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|rest| rest.split_once('`'))
        .map(|(id, _)| id)
        .collect();
    let mut want: BTreeSet<String> = Prompt::IDS.iter().map(|id| (*id).to_owned()).collect();
    for personal in ["say-balance", "say-change", "say-entry"] {
        assert!(want.remove(personal));
    }
    let refusals = common::refusals::refusals();
    want.extend(
        refusals
            .iter()
            .map(|refusal| format!("refusal-{}", refusal.code())),
    );
    let want: BTreeSet<&str> = want.iter().map(String::as_str).collect();
    assert_eq!(ids, want);
    for (lang, _) in LANGS {
        let source = source(lang);
        let said: BTreeMap<&str, &str> = source
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .collect();
        for id in &ids {
            let row = doc
                .lines()
                .find(|line| line.starts_with(&format!("| `{id}`")));
            let next = format!("{id}-next");
            let texts = [said.get(id), said.get(&*next)].into_iter().flatten();
            let texts: Vec<_> = texts.collect();
            // What is put together as it is said is recorded in other words.
            let fixed = !texts.iter().any(|text| text.contains('{'));
            for text in texts.into_iter().filter(|_| fixed) {
                assert!(
                    row.unwrap().contains(text),
                    "{id} is not listed as it is said: {text}"
                );
            }
        }
    }
}

/// A station that is driven by hand.
struct Drive {
    config: Config,
    model: Model,
    now: Now,
}

impl Drive {
    fn new() -> Self {
        let mut config = example();
        config.voice.speak_zh = Some(vec!["say".to_owned()]);
        let now = now();
        let model = Model::new(0, Lang::Zh, &now);
        Self { config, model, now }
    }

    /// Somebody has just come.
    fn session() -> Self {
        let mut drive = Self::new();
        let home = screens(&drive.config, Lang::Zh)
            .into_iter()
            .find(|(name, _)| name == "home");
        drive.model = home.unwrap().1;
        drive.model.touched_ms = drive.now.mono_ms;
        drive
    }

    fn event(&mut self, event: Event) -> Vec<Aloud> {
        self.after(2_000, event)
    }

    fn after(&mut self, ms: i64, event: Event) -> Vec<Aloud> {
        self.now.mono_ms += ms;
        let effects = update(&mut self.model, &self.config, &self.now, event);
        let heard = effects.into_iter().filter_map(|effect| {
            let Effect::Aloud(aloud) = effect else {
                return None;
            };
            Some(aloud)
        });
        heard.collect()
    }

    fn press(&mut self, ms: i64, key: Key) -> Vec<Aloud> {
        self.after(ms, Event::Key(key, self.now.mono_ms + ms))
    }

    fn key(&mut self, key: Key) -> Vec<Aloud> {
        self.press(2_000, key)
    }
}

fn said(prompt: Prompt) -> Aloud {
    Aloud::Say(prompt, Lang::Zh)
}

const TICK: Aloud = Aloud::Sound(Sound::Tick);
const NO: Aloud = Aloud::Sound(Sound::No);

#[test]
fn keys_tick_and_screens_speak_when_they_come() {
    let mut drive = Drive::session();
    let heard = drive.key(Key::Digit(1));
    assert!(
        matches!(
            heard.as_slice(),
            [TICK, Aloud::Say(Prompt::Rewards(_), Lang::Zh)]
        ),
        "{heard:?}"
    );
    // An answer that changes no words says none.
    assert_eq!(
        drive.event(Event::Answer(Answer::Shelf(BTreeMap::new()))),
        []
    );
    assert_eq!(drive.key(Key::Enter), [NO]);
    assert_eq!(drive.key(Key::Back), [TICK, said(Prompt::Home)]);
    let heard = drive.key(Key::Language);
    assert_eq!(heard, [TICK, Aloud::Say(Prompt::Home, Lang::En)]);
    // Deaf keys are not heard either.
    assert_eq!(drive.press(30, Key::Digit(1)), []);
    drive.key(Key::Language);
    let fault = Event::Card(Way::Burst, Err(CardFault::Unreadable));
    for _ in 0..2 {
        let heard = drive.event(fault.clone());
        assert!(
            matches!(heard.as_slice(), [NO, Aloud::Say(Prompt::Refused(_), _)]),
            "{heard:?}"
        );
    }
    assert_eq!(drive.key(Key::Digit(1)), [TICK, said(Prompt::Home)]);
    // What was being said ends with the session.
    drive.model.lang = Lang::Zh;
    assert_eq!(drive.key(Key::Finish), [TICK, Aloud::Hush]);
}

#[test]
fn it_is_said_again_and_figures_are_read_only_on_request() {
    let mut drive = Drive::session();
    for key in [Key::Digit(7), Key::Aid(Aid::Again)] {
        assert_eq!(drive.key(key), [said(Prompt::Home), TICK]);
    }
    let heard = drive.key(Key::Digit(8));
    assert!(
        heard.iter().any(|aloud| matches!(aloud, Aloud::Say(Prompt::Balance(free, _), _) if free.get() == 999_999)),
        "{heard:?}"
    );
    // On idle there are no figures, and on a PIN pad digits are the PIN's.
    drive.key(Key::Finish);
    assert!(matches!(drive.model.screen, Screen::Idle(_)));
    assert!(
        !drive
            .key(Key::Aid(Aid::Read))
            .iter()
            .any(|a| matches!(a, Aloud::Say(..)))
    );
    assert!(drive.key(Key::Digit(7)).contains(&said(Prompt::Idle)));
    let pin = screens(&drive.config, Lang::Zh)
        .into_iter()
        .find(|(name, _)| name == "pin");
    drive.model = pin.unwrap().1;
    assert_eq!(drive.key(Key::Digit(7)), [TICK]);
    assert!(drive.key(Key::Aid(Aid::Again)).contains(&said(Prompt::Pin)));
    // A station without a voice offers none of it.
    let mut mute = Drive::session();
    mute.config.voice = VoiceSetting::default();
    for digit in [7, 8] {
        assert_eq!(mute.key(Key::Digit(digit)), [NO], "{digit}");
    }
}

#[test]
fn the_countdown_is_said_at_its_start_and_near_its_end() {
    let mut drive = Drive::session();
    let mut heard = Vec::new();
    let ends = (0..130).find(|second| {
        heard.extend(
            drive
                .after(1_000, Event::Tick)
                .into_iter()
                .map(|aloud| (*second, aloud)),
        );
        matches!(drive.model.screen, Screen::Idle(_))
    });
    let want = [
        (89, said(Prompt::Asking(30))),
        (109, said(Prompt::Asking(10))),
        (119, Aloud::Hush),
    ];
    assert_eq!((heard.as_slice(), ends), (want.as_slice(), Some(119)));
}

#[test]
fn help_is_called_once_in_a_while_and_wanted_until_a_badge_comes() {
    let mut drive = Drive::session();
    let calls = |heard: &[Aloud]| heard.iter().filter(|aloud| **aloud == Aloud::Call).count();
    let first = drive.key(Key::Help);
    assert_eq!(
        first,
        [said(Prompt::Help), Aloud::Call, Aloud::Sound(Sound::Call)]
    );
    let second = drive.key(Key::Help);
    assert_eq!((calls(&second), &second[0]), (0, &said(Prompt::Help)));
    assert_eq!(calls(&drive.press(10_000, Key::Help)), 1);
    // Before a notice and while it asks, too; the notice stays.
    drive.event(Event::Card(Way::Burst, Err(CardFault::Unreadable)));
    assert_eq!(calls(&drive.press(10_000, Key::Help)), 1);
    assert!(drive.model.notice.is_some());
    drive.key(Key::Digit(1));
    drive.key(Key::Finish);
    assert!(matches!(drive.model.screen, Screen::Idle(_)));
    assert!(drive.model.help.wanted && !drive.model.help.called);
    let staff = drive.config.staff[0].staff.clone();
    drive.event(Event::Answer(Answer::Badge(Ok(wenming::domain::Shown {
        staff,
        by: wenming::domain::ShownBy::Badge,
    }))));
    assert!(!drive.model.help.wanted);
}

/// A commit that takes half a minute takes nothing from the screen that tells of it.
#[test]
fn a_slow_commit_takes_nobodys_time() {
    let mut drive = Drive::session();
    let done = screens(&drive.config, Lang::Zh)
        .into_iter()
        .find(|(name, _)| name == "done");
    drive.model = done.unwrap().1;
    drive.model.shown_ms = drive.now.mono_ms;
    drive.now.mono_ms += 30_000;
    let now_ms = drive.now.mono_ms;
    drive.model.excuse(now_ms - 30_000, now_ms);
    drive.after(19_000, Event::Tick);
    assert!(matches!(drive.model.screen, Screen::Done(_)));
    drive.after(1_000, Event::Tick);
    assert!(matches!(drive.model.screen, Screen::Idle(_)));
}

/// The path of a program, as a config has it.
fn program(name: &str) -> String {
    let path = Path::new(&only(&[name])).join(name);
    path.display().to_string()
}

/// A folder with programs that pretend to speak; it goes with the test.
struct Stage {
    dir: Folder,
    told: Arc<Mutex<Vec<String>>>,
}

impl Stage {
    fn new() -> Self {
        let dir = Folder::new("voice");
        fs::create_dir_all(dir.join("clips/zh")).unwrap();
        let told = Arc::default();
        Self { dir, told }
    }

    fn mouth(&self, cap: Duration) -> Mouth {
        let told = Arc::clone(&self.told);
        let tell = move |why| {
            told.lock().unwrap().push(why);
            true
        };
        Mouth::start("voice", Clock::start(), cap, tell).unwrap()
    }

    fn told(&self) -> Vec<String> {
        self.told.lock().unwrap().clone()
    }

    /// A speaker that writes down what it gets, and then does something.
    fn speaker(&self, name: &str, then: &str) -> Vec<String> {
        let script = self.dir.join(name);
        let out = self.heard_path();
        let path = only(&["cat", "sleep", "mv", "env"]);
        let text = format!(
            "PATH='{}'\ntext=$(cat)\necho \"{name} $MESSAGE_ID $LANG ${{CLIP##*/}} $1 [$text]\" >> '{}'\n{then}\n",
            path.display(),
            out.display()
        );
        fs::write(&script, text).unwrap();
        vec![program("sh"), script.display().to_string()]
    }

    fn heard_path(&self) -> PathBuf {
        self.dir.join("heard")
    }

    fn heard(&self) -> Vec<String> {
        let text = fs::read_to_string(self.heard_path()).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Waits until so many lines were heard.
    fn wait_heard(&self, count: usize) -> Vec<String> {
        assert!(until(|| self.heard().len() >= count), "{:?}", self.heard());
        self.heard()
    }

    /// The ids that a speaker wrote down.
    fn pids(&self) -> Vec<String> {
        let text = fs::read_to_string(self.dir.join("pids")).unwrap_or_default();
        text.split_whitespace().map(str::to_owned).collect()
    }

    /// A command line that leaves a child behind and sleeps, and writes down both.
    fn sleeping(&self) -> String {
        let pids = self.dir.join("pids");
        let pids = pids.display();
        format!("sleep 60 & echo $! >> '{pids}'\necho $$ >> '{pids}'\nsleep 61")
    }
}

fn until(what: impl Fn() -> bool) -> bool {
    (0..500).any(|_| {
        sleep(Duration::from_millis(20));
        what()
    })
}

fn lives(pid: &str) -> bool {
    let stat = fs::read_to_string(Path::new("/proc").join(pid).join("stat")).unwrap_or_default();
    stat.rsplit_once(") ")
        .is_some_and(|(_, state)| !state.starts_with(['Z', 'X']))
}

fn text(id: &str, words: Vec<String>) -> Order {
    let spoken = Spoken {
        id: id.to_owned(),
        text: format!("text of {id}"),
        has_clip: true,
    };
    let setting = VoiceSetting {
        speak_zh: Some(words),
        ..VoiceSetting::default()
    };
    say(&setting, &spoken, Lang::Zh)
}

#[test]
fn a_newer_prompt_ends_the_older_one_with_all_its_children() {
    let stage = Stage::new();
    let mouth = stage.mouth(CAP);
    let slow = stage.speaker("slow", &stage.sleeping());
    let quick = stage.speaker("quick", "");
    mouth.order(text("say-one", slow.clone()));
    assert!(until(|| stage.pids().len() == 2));
    assert!(stage.pids().iter().all(|pid| lives(pid)));
    let clock = Clock::start();
    mouth.order(text("say-two", quick));
    let heard = stage.wait_heard(2);
    assert!(clock.now().mono_ms < 5_000);
    assert_eq!(
        heard,
        [
            "slow say-one zh_CN.UTF-8   [text of say-one]",
            "quick say-two zh_CN.UTF-8   [text of say-two]"
        ]
    );
    assert!(until(|| !stage.pids().iter().any(|pid| lives(pid))));
    // Silence, and the end of the station, end it as well.
    mouth.order(text("say-three", slow.clone()));
    assert!(until(|| stage.pids().len() == 4));
    mouth.hush();
    assert!(until(|| !stage.pids().iter().any(|pid| lives(pid))));
    mouth.order(text("say-four", slow));
    assert!(until(|| stage.pids().len() == 6));
    drop(mouth);
    assert!(until(|| !stage.pids().iter().any(|pid| lives(pid))));
    assert_eq!(stage.told(), [""; 0]);
}

#[test]
fn what_was_cut_off_is_not_tried_in_another_way() {
    let stage = Stage::new();
    let mouth = stage.mouth(Duration::from_millis(1_500));
    let mut both = text("say-home", stage.speaker("first", &stage.sleeping()));
    both.tries
        .extend(text("say-home", stage.speaker("second", "")).tries);
    mouth.order(both);
    let heard = stage.wait_heard(1);
    let gone = || stage.pids().len() == 2 && !stage.pids().iter().any(|pid| lives(pid));
    assert!(until(gone), "{:?}", stage.pids());
    sleep(Duration::from_millis(800));
    assert_eq!(stage.heard(), heard, "the cap is for all of it");
}

#[test]
fn who_leaves_is_not_talked_after() {
    let stage = Stage::new();
    let voice = Voice::start(Clock::start(), |_| true).unwrap();
    let setting = VoiceSetting {
        speak_zh: Some(stage.speaker("speaker", &stage.sleeping())),
        ..VoiceSetting::default()
    };
    let spoken = Spoken {
        id: "say-home".to_owned(),
        text: "text".to_owned(),
        has_clip: false,
    };
    let say = Audible {
        say: Some((spoken, Lang::Zh)),
        ..Audible::default()
    };
    voice.perform(&setting, &say);
    assert!(until(|| stage.pids().len() == 2));
    sleep(Duration::from_millis(500));
    assert!(stage.pids().iter().all(|pid| lives(pid)), "nothing ends it");
    let hush = Audible {
        hush: true,
        ..Audible::default()
    };
    voice.perform(&setting, &hush);
    assert!(until(|| !stage.pids().iter().any(|pid| lives(pid))));
    assert_eq!(stage.heard().len(), 1);
}

#[test]
fn a_text_fits_into_a_pipe_whoever_reads_it() {
    let stage = Stage::new();
    let mouth = stage.mouth(CAP);
    let mut order = text("say-home", stage.speaker("speaker", ""));
    order.tries[0].stdin = "文\n".repeat(50_000);
    mouth.order(order);
    let heard = stage.wait_heard(1).concat();
    let (_, heard) = heard.split_once('[').unwrap();
    let characters = heard.trim_end_matches(']').chars().count();
    assert!((900..=1_000).contains(&characters), "{characters}");
}

#[test]
fn of_many_orders_the_newest_is_heard() {
    let stage = Stage::new();
    let mouth = stage.mouth(CAP);
    let quick = stage.speaker("quick", "sleep 60");
    for n in 0..50 {
        mouth.order(text(&format!("say-{n}"), quick.clone()));
    }
    assert!(until(|| stage
        .heard()
        .iter()
        .any(|line| line.contains("say-49"))));
    let heard = stage.heard();
    assert!(
        heard.len() < 50 && heard.last().unwrap().contains("say-49"),
        "{heard:?}"
    );
}

#[test]
fn nothing_is_heard_for_longer_than_the_cap() {
    assert_eq!(CAP, Duration::from_secs(15));
    let stage = Stage::new();
    let mouth = stage.mouth(Duration::from_millis(700));
    let clock = Clock::start();
    mouth.order(text("say-one", stage.speaker("slow", &stage.sleeping())));
    assert!(until(|| stage.pids().len() == 2));
    assert!(until(|| !stage.pids().iter().any(|pid| lives(pid))));
    let lasted = clock.now().mono_ms;
    assert!((700..6_000).contains(&lasted), "{lasted:?}");
    // A cut prompt has not failed.
    mouth.order(text("say-two", stage.speaker("quick", "")));
    stage.wait_heard(2);
    assert_eq!(stage.told(), [""; 0]);
}

#[test]
fn a_clip_comes_before_the_voice_and_failures_are_told_once() {
    let stage = Stage::new();
    let mouth = stage.mouth(CAP);
    let mut clip = stage.speaker("clip", "");
    clip.push("{file}".to_owned());
    let mut setting = VoiceSetting {
        clips: Some(stage.dir.join("clips")),
        clip: Some(clip),
        speak_zh: Some(stage.speaker("voice", "")),
        ..VoiceSetting::default()
    };
    let spoken = |id: &str, has_clip| Spoken {
        id: id.to_owned(),
        text: "words".to_owned(),
        has_clip,
    };
    let file = stage.dir.join("clips/zh/say-home.wav");
    fs::write(&file, "sound").unwrap();
    let mut count = 0;
    let mut hear = |setting: &VoiceSetting, id: &str, has_clip| {
        mouth.order(say(setting, &spoken(id, has_clip), Lang::Zh));
        count += 1;
        stage.wait_heard(count).pop().unwrap()
    };
    let path = file.display();
    assert_eq!(
        hear(&setting, "say-home", true),
        format!("clip say-home zh_CN.UTF-8 say-home.wav {path} []")
    );
    assert_eq!(
        hear(&setting, "say-idle", true),
        "voice say-idle zh_CN.UTF-8 say-idle.wav  [words]"
    );
    // Figures are never left to a clip.
    assert_eq!(
        hear(&setting, "say-home", false),
        "voice say-home zh_CN.UTF-8   [words]"
    );
    // A player that fails, then one that is not there: the voice speaks, and the log has one line each.
    for (player, n) in [(&*program("false"), 1), ("/no/such/player", 2)] {
        setting.clip = Some(vec![player.to_owned(), "{file}".to_owned()]);
        for _ in 0..3 {
            assert!(hear(&setting, "say-home", true).starts_with("voice say-home"));
        }
        assert_eq!(stage.told().len(), n, "{:?}", stage.told());
        assert!(
            stage
                .told()
                .last()
                .unwrap()
                .starts_with(&format!("voice: {player}: "))
        );
    }
    // Neither clip nor voice is silence, and no failure.
    setting.speak_zh = None;
    mouth.order(say(&setting, &spoken("say-idle", true), Lang::Zh));
    mouth.order(say(
        &VoiceSetting::default(),
        &spoken("say-idle", true),
        Lang::En,
    ));
    sleep(Duration::from_millis(100));
    assert_eq!((stage.heard().len(), stage.told().len()), (count, 2));
}

#[test]
fn a_command_sees_no_more_of_the_station_than_it_needs() {
    let stage = Stage::new();
    let mouth = stage.mouth(CAP);
    let out = stage.dir.join("env");
    let words = stage.speaker(
        "printer",
        &format!("env > '{0}.part'; mv '{0}.part' '{0}'", out.display()),
    );
    mouth.order(text("say-home", words));
    assert!(until(|| out.exists()));
    let found = fs::read_to_string(&out).unwrap();
    let names: BTreeSet<&str> = found
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name)
        .collect();
    let known = [
        "LANG",
        "MESSAGE_ID",
        "CLIP",
        "PATH",
        "XDG_RUNTIME_DIR",
        "HOME",
        "PWD",
        "OLDPWD",
        "SHLVL",
        "_",
    ];
    assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
    assert!(std::env::vars_os().count() > names.len());
}

#[test]
fn sounds_and_calls_are_commands_as_well() {
    let words = vec!["play".to_owned(), "/sounds/{sound}.wav".to_owned()];
    let names: Vec<Vec<Try>> = Sound::ALL
        .iter()
        .map(|(kind, _)| sound(&words, *kind).tries)
        .collect();
    let second: Vec<&str> = names
        .iter()
        .map(|tries| tries[0].words[1].as_str())
        .collect();
    assert_eq!(
        second,
        [
            "/sounds/tick.wav",
            "/sounds/no.wav",
            "/sounds/done.wav",
            "/sounds/call.wav"
        ]
    );
    assert_eq!(call(&VoiceSetting::default()), None);
    let setting = VoiceSetting {
        help: Some(vec!["ring".to_owned()]),
        ..VoiceSetting::default()
    };
    assert_eq!(call(&setting).unwrap().tries[0].words, ["ring"]);
}
