//! Texts that a person will see: harmless, of one width on every terminal, short enough.

use crate::config::fields::form;
use crate::config::kind::Kind;
use crate::config::suggest::shown;
use crate::config::table::Value;
use crate::domain::{
    Bilingual, clean, code_point, has_loose_marks, is_ambiguous_letter, is_hostile,
};
use serde_json::{Value as Json, json};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// A text of at most so many terminal cells, normalised and without blanks at its ends.
pub(super) struct Label(pub(super) usize);

impl Kind for Label {
    type Read<'a> = String;

    fn read(&self, value: Value<'_>) -> Option<String> {
        let raw = value.text()?;
        let key = value.key();
        if let Some(c) = raw.chars().find(|c| is_hostile(*c)) {
            value.fault_bare(
                format_args!("`{key}` holds {}, which is invisible", code_point(c)),
                "write the text without it",
            );
            return None;
        }
        if has_loose_marks(raw) {
            value.fault_bare(
                format_args!("`{key}` holds marks that belong to no letter, or too many for one"),
                "write each letter with the marks it has in a book",
            );
            return None;
        }
        let text = clean(raw, usize::MAX);
        let ambiguous = |c: &char| c.width() != c.width_cjk() || is_ambiguous_letter(*c);
        if let Some(c) = text.chars().find(ambiguous) {
            value.fault_bare(
                format_args!(
                    "`{key}` holds `{c}` ({}), which some terminals draw twice as wide",
                    code_point(c)
                ),
                "write the text without it",
            );
            return None;
        }
        let (cells, most) = (text.width(), self.0);
        if cells == 0 {
            value.fault_bare(format_args!("`{key}` is empty"), "write a text");
            return None;
        }
        if cells > most {
            value.fault_bare(
                format_args!("`{key}` \"{}\" is {cells} cells wide", shown(&text)),
                format_args!("at most {most} fit, a Chinese character takes 2"),
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
