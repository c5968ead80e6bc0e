//! The questions at a terminal, one after the other: what is wrong is said at once and asked again.

use super::answered::Answers;
use super::questions::{Found, QUESTIONS, Question, Way};
use super::texts::texts;
use crate::cli::pin::weak;
use crate::cli::secret::{ask, line};
use crate::cli::{Failure, told};
use crate::config::parse;
use crate::domain::{CardId, Pin};
use crate::shell::clock::Clock;
use crate::shell::reader::{ReaderNews, ReaderPort, decoder, spawn};
use crate::store::hash_pin;
use crate::words::Say;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::{self, ErrorKind, Write as _};
use std::sync::mpsc::{Receiver, sync_channel};
use zeroize::Zeroizing;

/// How long the keyboard is waited for before the reader is looked at.
const LOOK: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 50_000_000,
};
/// News of a reader that may wait.
const WAITING: usize = 64;

/// Asks everything, at a terminal that is [`Asking`](crate::cli::secret::Asking). Nothing is written before the last answer.
///
/// # Errors
/// The technician stopped, or the terminal failed.
pub(super) fn ask_all(say: Say<'_>, found: &Found) -> Result<Answers, Failure> {
    let mut asker = Asker {
        say,
        found,
        answers: Answers::default(),
        reader: None,
    };
    tell(&say.text("init-welcome"));
    for question in &QUESTIONS {
        if question.is_asked(&asker.answers) {
            let answer = asker.answer(question).map_err(|error| {
                let ends = [ErrorKind::UnexpectedEof, ErrorKind::Interrupted];
                if ends.contains(&error.kind()) {
                    Failure::from(say.text("init-stopped"))
                } else {
                    error.into()
                }
            })?;
            asker.answers.set(question.key, answer);
        }
    }
    Ok(asker.answers)
}

/// Who asks, and what is answered so far.
struct Asker<'a> {
    say: Say<'a>,
    found: &'a Found,
    answers: Answers,
    /// The reader that was named, from the first badge on.
    reader: Option<Receiver<ReaderNews>>,
}

impl Asker<'_> {
    /// Asks one question until its answer is right.
    fn answer(&mut self, question: &Question) -> io::Result<String> {
        loop {
            let typed = match question.way {
                Way::Pin => match self.pin(question)? {
                    Some(hash) => hash,
                    None => continue,
                },
                Way::Badge => {
                    self.show(question);
                    self.badge()?
                }
                Way::Name | Way::Word | Way::List => {
                    self.show(question);
                    line()?
                }
            };
            match question.take(&typed, &self.answers, self.found) {
                Ok(answer) => return Ok(answer),
                Err(right) => self.wrong(&self.say.text(right)),
            }
        }
    }

    /// Says what would be right.
    fn wrong(&self, right: &str) {
        tell(&self.say.with("init-wrong", &[("right", right)]));
    }

    /// The question, what it offers, and what Enter alone means.
    fn show(&self, question: &Question) {
        tell(&format!("\n{}", self.say.text(question.ask)));
        for (place, name) in question.offered(self.found).iter().enumerate() {
            tell(&format!("  {}  {name}", place.saturating_add(1)));
        }
        let usual = question.usual(&self.answers, self.found);
        let usual = usual.map_or_else(String::new, |usual| format!("[{usual}] "));
        write!(io::stderr(), "{usual}> ").unwrap_or_default();
    }

    /// A PIN as its hash, asked twice; `None` after what was wrong is said.
    fn pin(&self, question: &Question) -> io::Result<Option<Zeroizing<String>>> {
        tell(&format!("\n{}", self.say.text(question.ask)));
        let typed = ask("> ")?;
        let today = Clock::start().now().date();
        let pin = match Pin::choose(typed.trim(), today, None) {
            Ok(pin) => pin,
            Err(why) => {
                self.wrong(&told(&weak(why)));
                return Ok(None);
            }
        };
        tell(&self.say.text("init-pin-again"));
        if ask("> ")?.trim() != pin.digits() {
            self.wrong(&self.say.text("init-pin-differs"));
            return Ok(None);
        }
        let hash = hash_pin(&pin).map_err(io::Error::other)?;
        Ok(Some(Zeroizing::new(hash)))
    }

    /// A number that is typed, or of a card that is held to the reader meanwhile.
    fn badge(&mut self) -> io::Result<Zeroizing<String>> {
        if self.reader.is_none() {
            self.reader = self.listen();
        }
        let Some(reader) = &self.reader else {
            return line();
        };
        loop {
            let stdin = io::stdin();
            let mut typed = [PollFd::new(&stdin, PollFlags::IN)];
            match poll(&mut typed, Some(&LOOK)) {
                Ok(0) => {}
                Ok(_) => return line(),
                // A signal says nothing about the keyboard.
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            while let Ok(news) = reader.try_recv() {
                if let Some(card) = self.heard(news) {
                    return Ok(Zeroizing::new(card.as_str().to_owned()));
                }
            }
        }
    }

    /// Tells what a reader has to say; a card that it read.
    fn heard(&self, news: ReaderNews) -> Option<CardId> {
        match news {
            ReaderNews::Up { .. } => tell(&self.say.text("init-reader-up")),
            ReaderNews::Down { why, .. } => {
                tell(&self.say.with("init-reader-down", &[("why", &why)]));
            }
            ReaderNews::Card { read: Ok(card), .. } => {
                tell(&self.say.text("init-badge-read"));
                return Some(card);
            }
            ReaderNews::Card {
                read: Err(fault), ..
            } => {
                let (sentence, remedy) = self.say.frame_fault(fault);
                tell(&format!("{sentence}. {remedy}"));
            }
            ReaderNews::Remark { .. } | ReaderNews::Gone { .. } => {}
        }
        None
    }

    /// Opens the reader that was named; `None` where there is none to be heard.
    fn listen(&self) -> Option<Receiver<ReaderNews>> {
        let mut answers = self.answers.clone();
        answers.fill(self.found);
        let config = parse(texts(&answers).sources()).ok()?;
        let setting = config
            .station
            .readers
            .first()
            .filter(|setting| setting.port.sim().is_none())?;
        let port = ReaderPort {
            index: 0,
            port: setting.port.clone(),
            baud: setting.baud,
            decoder: decoder(setting, &config.station.township),
        };
        let (send, news) = sync_channel(WAITING);
        spawn(port, move |heard| send.send(heard).is_ok()).ok()?;
        Some(news)
    }
}

/// Says a line beside the answer of the command, as `wenming pin` does.
fn tell(text: &str) {
    writeln!(io::stderr(), "{text}").unwrap_or_default();
}
