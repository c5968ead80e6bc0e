//! Texts that a person will see: harmless, of one width on every terminal, short enough.

use crate::config::fields::form;
use crate::config::kind::Kind;
use crate::config::suggest::shown;
use crate::config::table::Value;
use crate::domain::{
    Bilingual, Text, clean, code_point, has_loose_marks, is_ambiguous_letter, is_hostile,
};
use serde_json::{Value as Json, json};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// A text of at most so many terminal cells, normalised and without blanks at its ends.
pub(super) struct Label(pub(super) usize);

impl Kind for Label {
    type Read<'a> = String;

    fn read(&self, value: Value<'_>) -> Option<String> {
        let raw = value.text()?;
        let about = |id| Text::of(id).word("key", value.key());
        if let Some(c) = raw.chars().find(|c| is_hostile(*c)) {
            value.fault_bare(
                about("fault-unseen").word("point", code_point(c)),
                Text::of("right-without"),
            );
            return None;
        }
        if has_loose_marks(raw) {
            value.fault_bare(about("fault-marks"), Text::of("right-marks"));
            return None;
        }
        let text = clean(raw, usize::MAX);
        let ambiguous = |c: &char| c.width() != c.width_cjk() || is_ambiguous_letter(*c);
        if let Some(c) = text.chars().find(ambiguous) {
            let wrong = about("fault-two-widths").word("sign", c);
            value.fault_bare(
                wrong.word("point", code_point(c)),
                Text::of("right-without"),
            );
            return None;
        }
        let (cells, most) = (text.width(), self.0);
        if cells == 0 {
            value.fault_bare(about("fault-empty"), Text::of("right-some-text"));
            return None;
        }
        if cells > most {
            value.fault_bare(
                about("fault-wide")
                    .word("text", shown(&text))
                    .word("cells", cells),
                Text::of("right-cells").word("most", most),
            );
            return None;
        }
        Some(text)
    }

    /// A schema counts characters, so it lets twice as many Chinese ones through as fit.
    fn schema(&self) -> Json {
        json!({
            "type": "string",
            "maxLength": self.0,
            "pattern": r"\S",
            "not": { "pattern": r"[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]" },
        })
    }
}

form! {
    /// The same text in both languages.
    BILINGUAL "{ zh, en }" fn both(table, cells: usize) -> Bilingual {
        /// In Chinese.
        zh "zh": Label(usize::MAX), need as Label(cells);
        /// In English.
        en "en": Label(usize::MAX), need as Label(cells);
    }
}

/// A text in both languages, each at most so many cells wide.
pub(super) struct Both(pub(super) usize);

impl Kind for Both {
    type Read<'a> = Bilingual;

    fn read(&self, value: Value<'_>) -> Option<Bilingual> {
        both(&value.table(&BILINGUAL)?, self.0)
    }

    fn schema(&self) -> Json {
        BILINGUAL.schema_of(|_| Label(self.0).schema())
    }
}
