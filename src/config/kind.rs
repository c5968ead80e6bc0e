//! The kinds of values that fields have: each reads its value, or notes a fault, and says the same as a JSON schema.

use crate::config::form::{Form, with};
use crate::config::table::{Table, Value};
use crate::domain::{Points, Text};
use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use std::ops::RangeInclusive;

/// What a field's value may be.
pub(super) trait Kind {
    /// What is made of it.
    type Read<'a>;

    /// Reads a value; `None` after a fault.
    fn read<'a>(&self, value: Value<'a>) -> Option<Self::Read<'a>>;

    /// The JSON schema of the value.
    fn schema(&self) -> Json;
}

/// A whole number of a range.
pub(super) struct Whole(pub(super) RangeInclusive<i64>);

impl Kind for Whole {
    type Read<'a> = i64;

    fn read(&self, value: Value<'_>) -> Option<i64> {
        let number = value
            .raw()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| self.0.contains(number));
        if number.is_none() {
            let (least, most) = (self.0.start(), self.0.end());
            let right = Text::of("right-whole").word("least", least);
            value.wrong(right.word("most", most));
        }
        number
    }

    fn schema(&self) -> Json {
        json!({ "type": "integer", "minimum": self.0.start(), "maximum": self.0.end() })
    }
}

/// Points, a whole number of a range.
pub(super) struct InPoints(pub(super) RangeInclusive<i64>);

impl Kind for InPoints {
    type Read<'a> = Points;

    fn read(&self, value: Value<'_>) -> Option<Points> {
        Whole(self.0.clone()).read(value).map(Points::new)
    }

    fn schema(&self) -> Json {
        Whole(self.0.clone()).schema()
    }
}

/// One of the words that stand for the values of an enum.
pub(super) struct Choice<'k, T>(pub(super) &'k [(T, &'static str)]);

impl<T: Copy> Kind for Choice<'_, T> {
    type Read<'a> = T;

    fn read(&self, value: Value<'_>) -> Option<T> {
        let text = value.text()?;
        let found = self.0.iter().find(|(_, name)| *name == text);
        if found.is_none() {
            value.none_of(text, self.0.iter().map(|(_, name)| *name));
        }
        found.map(|(value, _)| *value)
    }

    fn schema(&self) -> Json {
        let words: Vec<&str> = self.0.iter().map(|(_, name)| *name).collect();
        json!({ "type": "string", "enum": words })
    }
}

/// `true` or `false`.
pub(super) struct Flag;

impl Kind for Flag {
    type Read<'a> = bool;

    fn read(&self, value: Value<'_>) -> Option<bool> {
        let flag = value.raw().as_bool();
        if flag.is_none() {
            value.wrong(Text::of("right-flag"));
        }
        flag
    }

    fn schema(&self) -> Json {
        json!({ "type": "boolean" })
    }
}

/// A calendar day.
pub(super) struct Day;

impl Kind for Day {
    type Read<'a> = NaiveDate;

    fn read(&self, value: Value<'_>) -> Option<NaiveDate> {
        let date = value.raw().as_datetime().and_then(|moment| {
            let date = moment.date.filter(|_| moment.time.is_none())?;
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        });
        if date.is_none() {
            value.wrong(Text::of("right-day"));
        }
        date
    }

    /// Editors give a schema the days of TOML as texts.
    fn schema(&self) -> Json {
        json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
    }
}

/// A text that `parse` takes.
pub(super) struct Parsed<T> {
    /// A regular expression that everything fits which `parse` takes. Without lookaround: not every editor has it.
    pub(super) pattern: &'static str,
    /// What would be right.
    pub(super) right: Text,
    /// Reads it.
    pub(super) parse: fn(&str) -> Option<T>,
}

impl<T> Kind for Parsed<T> {
    type Read<'a> = T;

    fn read(&self, value: Value<'_>) -> Option<T> {
        let parsed = (self.parse)(value.text()?);
        if parsed.is_none() {
            value.wrong(self.right.clone());
        }
        parsed
    }

    fn schema(&self) -> Json {
        json!({ "type": "string", "pattern": self.pattern })
    }
}

/// A text that no fault may quote.
pub(super) struct Secret<T> {
    /// The text.
    pub(super) text: Parsed<T>,
    /// What is wrong with any other.
    pub(super) wrong: Text,
}

impl<T> Kind for Secret<T> {
    type Read<'a> = T;

    fn read(&self, value: Value<'_>) -> Option<T> {
        let parsed = value.raw().as_str().and_then(self.text.parse);
        if parsed.is_none() {
            value.fault_bare(self.wrong.clone(), self.text.right.clone());
        }
        parsed
    }

    fn schema(&self) -> Json {
        self.text.schema()
    }
}

/// A table.
pub(super) struct Sub(pub(super) &'static Form);

impl Kind for Sub {
    type Read<'a> = Table<'a>;

    fn read<'a>(&self, value: Value<'a>) -> Option<Table<'a>> {
        value.table(self.0)
    }

    fn schema(&self) -> Json {
        self.0.schema()
    }
}

/// The tables of a repeated key such as `[[item]]`, in the order of the file.
pub(super) struct Tables {
    form: &'static Form,
    most: Option<(usize, Text)>,
}

impl Tables {
    /// Any number of them.
    pub(super) const fn of(form: &'static Form) -> Self {
        Self { form, most: None }
    }

    /// At most so many, of which `right` says what to do with more.
    pub(super) const fn at_most(most: usize, form: &'static Form, right: Text) -> Self {
        let most = Some((most, right));
        Self { form, most }
    }
}

impl Kind for Tables {
    type Read<'a> = Vec<Table<'a>>;

    fn read<'a>(&self, value: Value<'a>) -> Option<Vec<Table<'a>>> {
        if value.raw().as_array().is_none() {
            value.wrong(Text::of("right-tables").word("table", self.form.title));
            return None;
        }
        let tables = value.entries().into_iter();
        let tables: Vec<_> = tables.filter_map(|at| at.table(self.form)).collect();
        if let Some((most, right)) = &self.most
            && let Some(table) = tables.get(*most)
        {
            let wrong = Text::of("fault-many").word("count", tables.len());
            table.fault(
                wrong.word("table", self.form.title),
                right.clone().word("most", most),
            );
        }
        Some(tables)
    }

    fn schema(&self) -> Json {
        let schema = json!({ "type": "array", "items": self.form.schema() });
        match &self.most {
            Some((most, _)) => with(schema, "maxItems", *most),
            None => schema,
        }
    }
}

/// What is made of each table; what has a fault is left out.
pub(super) fn each<'a, T>(
    tables: &[Table<'a>],
    read: impl FnMut(&Table<'a>) -> Option<T>,
) -> Vec<T> {
    tables.iter().filter_map(read).collect()
}
