//! `[voice]` and `[help]` in `station.toml`: which programs speak, sound and call somebody. Each is a list of
//! words that goes to no shell; without them the station is silent.

use crate::config::read::{Form, Table, Value};
use crate::domain::{Lang, is_hostile};
use std::path::{Path, PathBuf};

/// The most words of a command.
const MAX_WORDS: usize = 16;
/// The longest word of a command, in bytes.
const MAX_WORD: usize = 200;
/// Where the path of a clip goes.
pub const FILE_WORD: &str = "{file}";
/// Where the name of a sound goes.
pub const SOUND_WORD: &str = "{sound}";

/// What is heard, and who is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoiceSetting {
    /// The folder with `zh/` and `en/`, each with a clip a prompt.
    pub clips: Option<PathBuf>,
    /// What plays a clip; one word holds `{file}`.
    pub clip: Option<Vec<String>>,
    /// What speaks Chinese, its text on stdin.
    pub speak_zh: Option<Vec<String>>,
    /// What speaks English.
    pub speak_en: Option<Vec<String>>,
    /// Ticks and chimes.
    pub sounds: Sounds,
    /// What is run when a resident calls for help.
    pub help: Option<Vec<String>>,
}

/// How the station ticks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sounds {
    /// Not at all.
    #[default]
    Off,
    /// By the terminal's bell.
    Bell,
    /// By a command; a word may hold `{sound}`: tick, no, done or call.
    Command(Vec<String>),
}

impl VoiceSetting {
    /// What speaks a language.
    pub const fn speak(&self, lang: Lang) -> Option<&Vec<String>> {
        match lang {
            Lang::Zh => self.speak_zh.as_ref(),
            Lang::En => self.speak_en.as_ref(),
        }
    }

    /// Says whether anything can be said at all.
    pub const fn speaks(&self) -> bool {
        let clips = self.clip.is_some() && self.clips.is_some();
        clips || self.speak_zh.is_some() || self.speak_en.is_some()
    }
}

const VOICE: Form = Form {
    title: "[voice]",
    keys: &["clips", "clip", "speak-zh", "speak-en", "sounds"],
};
const HELP: Form = Form {
    title: "[help]",
    keys: &["command"],
};

/// Reads both tables; what is wrong is noted and left out.
pub(super) fn voice(file: &Table<'_>) -> VoiceSetting {
    let voice = file.table("voice", &VOICE);
    let get = |key| voice.as_ref().and_then(|table| table.get(key));
    let clip = get("clip").and_then(|value| {
        let words = command(value)?;
        if !words.iter().any(|word| word.contains(FILE_WORD)) {
            value.fault(
                "`clip` does not say where the clip goes",
                "write [\"aplay\", \"-q\", \"{file}\"]",
            );
            return None;
        }
        Some(words)
    });
    let clips = get("clips").and_then(|value| value.parsed(folder, "write an absolute path"));
    if let (Some(value), None) = (get("clip"), get("clips")) {
        value.fault("`clip` has no `clips`", "add the folder with zh/ and en/");
    }
    let help = file.table("help", &HELP);
    VoiceSetting {
        clips,
        clip,
        speak_zh: get("speak-zh").and_then(command),
        speak_en: get("speak-en").and_then(command),
        sounds: get("sounds").and_then(sounds).unwrap_or_default(),
        help: help
            .and_then(|table| table.need("command"))
            .and_then(command),
    }
}

fn sounds(value: Value<'_>) -> Option<Sounds> {
    if value.is_list() {
        return command(value).map(Sounds::Command);
    }
    let on = value.choice(&[(true, "bell"), (false, "off")])?;
    Some(if on { Sounds::Bell } else { Sounds::Off })
}

fn folder(text: &str) -> Option<PathBuf> {
    let fits = text.len() <= MAX_WORD && !text.chars().any(is_hostile);
    (fits && Path::new(text).is_absolute()).then(|| PathBuf::from(text))
}

/// A command: a program and its words.
fn command(value: Value<'_>) -> Option<Vec<String>> {
    let right =
        "write a list such as [\"aplay\", \"-q\", \"{file}\"], at most 16 words of 200 bytes";
    let list = value.list(right);
    let fits = |text: &str| {
        let sound = !text.is_empty() && text.len() <= MAX_WORD && !text.chars().any(is_hostile);
        sound.then(|| text.to_owned())
    };
    let count = list.len();
    let words: Vec<String> = list
        .into_iter()
        .take(MAX_WORDS)
        .filter_map(|word| word.parsed(fits, right))
        .collect();
    if count > MAX_WORDS {
        value.fault(format_args!("`{}` has {count} words", value.key()), right);
    }
    (!words.is_empty() && words.len() == count).then_some(words)
}
