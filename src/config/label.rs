//! Texts that a person will see: harmless, of one width on every terminal, short enough.

use crate::config::read::{Form, Table, Value};
use crate::config::suggest::shown;
use crate::domain::{Bilingual, clean, is_hostile};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

const BILINGUAL: Form = Form {
    title: "{ zh, en }",
    keys: &["zh", "en"],
};

/// The value of `key` in both languages, each at most `max_cells` wide.
pub(super) fn bilingual(value: Value<'_>, max_cells: usize) -> Option<Bilingual> {
    let table: Table<'_> = value.table(&BILINGUAL)?;
    let zh = table.need("zh").and_then(|text| label(text, max_cells));
    let en = table.need("en").and_then(|text| label(text, max_cells));
    Some(Bilingual { zh: zh?, en: en? })
}

/// A text of at most `max_cells` terminal cells, normalised and without blanks at its ends.
pub(super) fn label(value: Value<'_>, max_cells: usize) -> Option<String> {
    let raw = value.text()?;
    let key = value.key();
    if let Some(c) = raw.chars().find(|c| is_hostile(*c)) {
        value.fault(
            format_args!("`{key}` holds {}, which is invisible", code_point(c)),
            "write the text without it",
        );
        return None;
    }
    let text = clean(raw, usize::MAX);
    if let Some(c) = text.chars().find(|c| c.width() != c.width_cjk()) {
        value.fault(
            format_args!(
                "`{key}` holds `{c}` ({}), which some terminals draw twice as wide",
                code_point(c)
            ),
            "write the text without it",
        );
        return None;
    }
    let cells = text.width();
    if cells == 0 {
        value.fault(format_args!("`{key}` is empty"), "write a text");
        return None;
    }
    if cells > max_cells {
        value.fault(
            format_args!("`{key}` \"{}\" is {cells} cells wide", shown(&text)),
            format_args!("at most {max_cells} fit, a Chinese character takes 2"),
        );
        return None;
    }
    Some(text)
}

fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}
