//! `[voice]` and `[help]` in `station.toml`: which programs speak, sound and call somebody. Each is a list of
//! words that goes to no shell; without them the station is silent.

use crate::config::fields::form;
use crate::config::kind::{Choice, Kind, Parsed};
use crate::config::table::Value;
use crate::domain::{Lang, Text, is_hostile};
use serde_json::{Value as Json, json};
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

form! {
    /// What speaks and sounds.
    VOICE "[voice]" fn voice(table) -> VoiceSetting {
        /// The folder with zh/ and en/, each with a recording of every prompt; an absolute path.
        clips "clips": FOLDER, may;
        /// What plays a recording: a program and its words, one of which holds {file}.
        clip "clip": Command, may => |v, words| {
            if words.iter().any(|word| word.contains(FILE_WORD)) {
                return Some(words);
            }
            v.fault(Text::of("fault-clip"), Text::of("right-clip"));
            None
        };
        /// What speaks Chinese where there is no recording, its text on stdin.
        speak_zh "speak-zh": Command, may;
        /// What speaks English where there is no recording, its text on stdin.
        speak_en "speak-en": Command, may;
        /// "off", "bell" for the terminal's bell, or a command in which {sound} is tick, no, done or call.
        sounds "sounds": Sounded, usual(Sounds::Off);
        also json!({ "dependencies": { "clip": ["clips"] } });
        check { table.lone("clip", "clips", Text::of("right-clips")); }
    } => VoiceSetting { clips, clip, speak_zh, speak_en, sounds, help: None }
}

form! {
    /// What is run when a resident calls for help.
    HELP "[help]" fn help(table) -> Vec<String> {
        /// A program and its words.
        command "command": Command, need;
    } => command
}

/// An absolute folder.
const FOLDER: Parsed<PathBuf> = Parsed {
    pattern: "^/.{0,199}$",
    right: Text::of("right-folder-path"),
    parse: |text| {
        let fits = text.len() <= MAX_WORD && !text.chars().any(is_hostile);
        (fits && Path::new(text).is_absolute()).then(|| PathBuf::from(text))
    },
};
/// One word of a command.
const WORD: Parsed<String> = Parsed {
    pattern: "^.{1,200}$",
    right: Text::of("right-command"),
    parse: |text| {
        let sound = !text.is_empty() && text.len() <= MAX_WORD && !text.chars().any(is_hostile);
        sound.then(|| text.to_owned())
    },
};

/// A command: a program and its words.
struct Command;

impl Kind for Command {
    type Read<'a> = Vec<String>;

    fn read(&self, value: Value<'_>) -> Option<Vec<String>> {
        let list = value.list(WORD.right);
        let count = list.len();
        let words = list.into_iter().take(MAX_WORDS);
        let words: Vec<String> = words.filter_map(|word| WORD.read(word)).collect();
        if count > MAX_WORDS {
            let wrong = Text::of("fault-words").word("key", value.key());
            value.fault(wrong.word("count", count), WORD.right);
        }
        (!words.is_empty() && words.len() == count).then_some(words)
    }

    fn schema(&self) -> Json {
        json!({ "type": "array", "minItems": 1, "maxItems": MAX_WORDS, "items": WORD.schema() })
    }
}

/// A word for how the station sounds, or a command.
struct Sounded;

const SOUNDS: Choice<'_, bool> = Choice(&[(true, "bell"), (false, "off")]);

impl Kind for Sounded {
    type Read<'a> = Sounds;

    fn read(&self, value: Value<'_>) -> Option<Sounds> {
        if value.raw().as_array().is_some() {
            return Command.read(value).map(Sounds::Command);
        }
        let bell = SOUNDS.read(value)?;
        Some(if bell { Sounds::Bell } else { Sounds::Off })
    }

    fn schema(&self) -> Json {
        json!({ "anyOf": [SOUNDS.schema(), Command.schema()] })
    }
}
