//! A file of answers for `wenming init`: one text a question, each with its line. What is asked is not known here.

use crate::config::fault::{Fault, Places};
use crate::config::file::text_of;
use crate::domain::Text;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// What one line of the file answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenAnswer {
    /// The question.
    pub key: String,
    /// The text, or the texts of a list with `;` between them; `None` for anything else.
    pub text: Option<String>,
    /// Its line, from 1.
    pub line: usize,
}

/// Reads a file of answers, in the order of its keys.
///
/// # Errors
/// It cannot be read or is not TOML: the first fault.
pub fn given_answers(file: &Path) -> Result<Vec<GivenAnswer>, Fault> {
    let text = text_of(file)?;
    let places = Places::of(&text);
    let root = DeTable::parse(&text).map_err(|error| {
        let (line, column) = places.place(error.span().map_or(0, |span| span.start));
        Fault {
            file: file.to_owned(),
            line,
            column,
            wrong: Text::of("fault-toml").word("why", error.message()),
            right: Text::of("right-answer"),
        }
    })?;
    let answers = root.get_ref().iter().map(|(key, value)| GivenAnswer {
        key: key.get_ref().to_string(),
        text: text_in(value.get_ref()),
        line: places.line(key.span().start),
    });
    Ok(answers.collect())
}

fn text_in(value: &DeValue<'_>) -> Option<String> {
    let Some(list) = value.as_array() else {
        return value.as_str().map(str::to_owned);
    };
    let texts: Option<Vec<&str>> = list.iter().map(|entry| entry.get_ref().as_str()).collect();
    texts.map(|texts| texts.join("; "))
}
