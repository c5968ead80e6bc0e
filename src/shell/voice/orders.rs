//! From what shall be heard to the commands that do it: the clip, else the voice, else nothing.

use crate::config::{FILE_WORD, SOUND_WORD, VoiceSetting};
use crate::domain::{Lang, Sound};
use crate::shell::voice::{Order, Try};
use crate::words::Spoken;
use std::path::PathBuf;

/// What the station wants heard since it was last asked; the newest of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audible {
    /// Something to be said.
    pub say: Option<(Spoken, Lang)>,
    /// What is being said shall end.
    pub hush: bool,
    /// A sound.
    pub sound: Option<Sound>,
    /// Somebody shall come.
    pub call: bool,
}

/// How often the terminal's bell rings for a sound.
pub(super) const fn rings(sound: Sound) -> u8 {
    match sound {
        Sound::Tick => 1,
        Sound::No => 2,
        Sound::Done | Sound::Call => 3,
    }
}

/// The clip of a prompt in a language.
fn clip(setting: &VoiceSetting, id: &str, lang: Lang) -> Option<PathBuf> {
    let path = setting.clips.as_ref()?.join(lang.name());
    Some(path.join(format!("{id}.wav")))
}

/// What says a prompt: its clip where the village recorded one, then the voice.
pub fn say(setting: &VoiceSetting, spoken: &Spoken, lang: Lang) -> Order {
    let file = clip(setting, &spoken.id, lang).filter(|_| spoken.has_clip);
    let path = file.as_ref().and_then(|path| path.to_str());
    let locale = match lang {
        Lang::Zh => "zh_CN.UTF-8",
        Lang::En => "en_US.UTF-8",
    };
    let mut tries = Vec::new();
    if let (Some(words), Some(path)) = (&setting.clip, path) {
        tries.push(Try {
            needs: Some(PathBuf::from(path)),
            words: words
                .iter()
                .map(|word| word.replace(FILE_WORD, path))
                .collect(),
            stdin: String::new(),
        });
    }
    if let Some(words) = setting.speak(lang) {
        tries.push(Try {
            needs: None,
            words: words.clone(),
            stdin: spoken.text.clone(),
        });
    }
    Order {
        tries,
        env: vec![
            ("LANG", locale.to_owned()),
            ("MESSAGE_ID", spoken.id.clone()),
            ("CLIP", path.unwrap_or_default().to_owned()),
        ],
    }
}

/// What makes a sound.
pub fn sound(words: &[String], sound: Sound) -> Order {
    let name = sound.name();
    let words = words.iter().map(|word| word.replace(SOUND_WORD, name));
    Order {
        tries: vec![Try {
            needs: None,
            words: words.collect(),
            stdin: String::new(),
        }],
        env: vec![("MESSAGE_ID", name.to_owned())],
    }
}

/// What calls somebody, where the config says.
pub fn call(setting: &VoiceSetting) -> Option<Order> {
    let words = setting.help.clone()?;
    Some(Order {
        tries: vec![Try {
            needs: None,
            words,
            stdin: String::new(),
        }],
        env: vec![("MESSAGE_ID", "help".to_owned())],
    })
}
