//! Every sentence a person reads, in Chinese and English. Fluent files beside this one and beside each service are
//! compiled in, and `tests/it/words.rs` holds them against each other and against the screens.

mod almanac;
mod checkup;
mod count;
mod device;
mod format;
mod passbook;
mod receipt;
mod refusal;
mod sheet_test;
mod spoken;
mod summary;
mod tell;

pub use almanac::solar_term;
pub use checkup::Advice;
pub use count::{counted, spelled};
pub use format::{date_time, grouped, local_time, station_time};
pub use passbook::passbook_slip;
pub use receipt::{SlipHead, receipt_slip};
pub use refusal::Told;
pub use sheet_test::test_slip;
pub use spoken::Spoken;
pub use summary::summary_slip;
pub use tell::{Known, plain, told};

use crate::domain::Lang;
use crate::services::WORDS;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

/// The Fluent files of a language, as written: those of screens and paper, of faults, and of the services.
pub fn source(lang: Lang) -> String {
    let all = [
        [include_str!("zh.ftl"), include_str!("en.ftl")],
        [include_str!("faults/zh.ftl"), include_str!("faults/en.ftl")],
    ];
    let all = all.into_iter().chain(WORDS);
    let files = all.map(|[zh, en]| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    });
    files.collect()
}

/// The sentences of both languages.
pub struct Words {
    zh: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Default for Words {
    fn default() -> Self {
        Self::new()
    }
}

impl Words {
    /// Reads the compiled-in files. A message that does not parse is left out; the tests see to it.
    pub fn new() -> Self {
        let [zh, en] = [Lang::Zh, Lang::En].map(bundle);
        Self { zh, en }
    }

    /// The sentences of one language.
    pub fn say(&self, lang: Lang) -> Say<'_> {
        let bundle = match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        };
        Say {
            lang,
            aloud: false,
            bundle,
        }
    }
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let mut bundle = FluentBundle::new(tag.parse().into_iter().collect());
    // Isolation marks are invisible in a browser and rubbish in a terminal.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source(lang)).unwrap_or_else(|(part, _)| part);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The sentences of one language.
#[derive(Clone, Copy)]
pub struct Say<'a> {
    /// Which language.
    pub lang: Lang,
    /// For the ear: numbers come as words.
    aloud: bool,
    bundle: &'a FluentBundle<FluentResource>,
}

impl Say<'_> {
    /// A sentence without arguments.
    pub fn text(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A sentence with arguments. They are text: numbers come formatted.
    ///
    /// An unknown id gives the id itself, so that a fault is seen and nothing breaks.
    pub fn with(&self, id: &str, args: &[(&str, &str)]) -> String {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            fluent.set(*name, FluentValue::from(*value));
        }
        let pattern = self.bundle.get_message(id).and_then(|m| m.value());
        debug_assert!(pattern.is_some(), "no sentence {id}");
        let mut errors = Vec::new();
        let text = pattern.map_or_else(
            || id.to_owned(),
            |pattern| {
                self.bundle
                    .format_pattern(pattern, Some(&fluent), &mut errors)
                    .into_owned()
            },
        );
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        text
    }
}
