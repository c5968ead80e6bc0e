//! The same questions answered by a file, for scripts: every wrong answer is named at once, with its line.

use super::answered::Answers;
use super::questions::{Found, QUESTIONS, Way};
use crate::cli::Failure;
use crate::config::{GivenAnswer, given_answers};
use crate::domain::{Pin, clean};
use crate::words::Say;
use std::path::Path;

/// The most characters of a key that are quoted.
const MAX_SHOWN: usize = 40;

/// Reads a file of answers.
///
/// # Errors
/// Every answer that is wrong or missing. No answer is quoted: one may be a PIN.
pub(super) fn read(file: &Path, say: Say<'_>, found: &Found) -> Result<Answers, Failure> {
    let mut given = given_answers(file).map_err(|fault| fault.told())?;
    let shown = file.display();
    let mut answers = Answers::default();
    let mut faults: Vec<(usize, String)> = Vec::new();
    for question in &QUESTIONS {
        if !question.is_asked(&answers) {
            continue;
        }
        let place = given.iter().position(|answer| answer.key == question.key);
        let (text, line) = match place.map(|place| given.remove(place)) {
            Some(GivenAnswer { text, line, .. }) => (text, line),
            None => (Some(String::new()), 0),
        };
        let right = match text {
            None => "init-answers-text",
            // A PIN that stands in a file is read by many; and no hash is one.
            Some(text) if question.way == Way::Pin && is_clear(&text) => "init-answers-clear-pin",
            Some(text) => match question.take(&text, &answers, found) {
                Ok(answer) => {
                    answers.set(question.key, answer);
                    continue;
                }
                Err("init-pin-right") => "init-answers-hash",
                Err(right) => right,
            },
        };
        faults.push((line, said(question.key, &say.text(right))));
    }
    // A question may be left out because of what is wrong before it; then its answer is not.
    let is_question = |key: &str| QUESTIONS.iter().any(|question| question.key == key);
    if !faults.is_empty() {
        given.retain(|answer| !is_question(&answer.key));
    }
    let unasked = say.text("init-answers-unasked");
    for GivenAnswer { key, line, .. } in given {
        faults.push((line, said(&clean(&key, MAX_SHOWN), &unasked)));
    }
    if faults.is_empty() {
        return Ok(answers);
    }
    faults.sort_by_key(|(line, _)| *line);
    let lines = faults.iter().map(|(line, what)| match line {
        0 => format!("{shown}: {what}"),
        line => format!("{shown}:{line}: {what}"),
    });
    let lines: Vec<String> = std::iter::once(say.text("init-answers-wrong"))
        .chain(lines)
        .collect();
    Err(Failure::from(lines.join("\n")))
}

/// Says whether somebody wrote a PIN and no hash.
fn is_clear(text: &str) -> bool {
    Pin::parse(text.trim()).is_some()
}

fn said(key: &str, what: &str) -> String {
    format!("{key}: {what}")
}
