//! The screens that the printer shows itself on, with the widest data they can have.

use crate::common::screens::{Drive, now, operations, posted, widest_wish};
use wenming::app::{Answer, Event, Model};
use wenming::config::{Config, PrinterPort, PrinterSetting};
use wenming::domain::{Lang, PrinterNews, PrinterState, PrinterTrouble, Role, Seq, Unprinted};

impl Drive<'_> {
    /// The printer has this to say, of as many slips as there are fates.
    fn printer(&mut self, state: PrinterState, slips: &[(i64, Unprinted)]) -> &mut Self {
        let unprinted = slips.iter().map(|(seq, what)| (Seq::new(*seq), *what));
        self.event(Event::Printer(PrinterNews {
            state,
            unprinted: unprinted.collect(),
        }))
    }
}

/// A station with a printer, and what residents and attendants see of it.
pub(crate) fn printing(config: &Config, lang: Lang) -> (Config, Vec<(String, Model)>) {
    let mut config = config.clone();
    let port = PrinterPort::parse("/dev/usb/lp0").unwrap();
    config.printer = PrinterSetting::of(port, "58mm");
    let (config, wish) = (&config, widest_wish(&config, lang));
    let mut drive = Drive::new(config, Model::new(1, Lang::default(), &now()));
    let attention = PrinterState::Attention;
    for (trouble, name) in PrinterTrouble::ALL {
        drive
            .restart()
            .printer(attention(trouble), &[])
            .shot(&format!("idle-printer-{name}"));
    }
    let slips: Vec<(i64, Unprinted)> = (0..12).map(|n| (123_456 - n, Unprinted::Failed)).collect();
    drive
        .restart()
        .printer(PrinterState::Ready, &slips)
        .shot("idle-slips");
    posted(&mut drive, lang);
    drive.printer(PrinterState::Unknown, &[]);
    drive.shot("done-slip-comes");
    posted(&mut drive, lang);
    drive
        .printer(
            attention(PrinterTrouble::PaperOut),
            &[(123_457, Unprinted::Waiting)],
        )
        .shot("done-slip-later");
    drive
        .desk(Role::Technician)
        .printer(PrinterState::Ready, &slips)
        .shot("desk-slips");
    let list = operations(&wish);
    let mended = list.iter().find(|past| past.reversible).unwrap().clone();
    let fates = [Unprinted::Waiting, Unprinted::Failed, Unprinted::Perhaps];
    let fates: Vec<(i64, Unprinted)> = (0..)
        .zip(fates)
        .map(|(n, what)| (123_456 - n, what))
        .collect();
    drive
        .answer(Answer::Operations(list))
        .printer(PrinterState::Ready, &fates)
        .shot("operations-slips");
    drive
        .desk(Role::Attendant)
        .answer(Answer::Operations(vec![wenming::domain::PastOperation {
            kind: wenming::domain::Kind::post("post").undoable(),
            ..mended
        }]))
        .digit(1)
        .shot("reverse-reprint");
    let shots = drive
        .shots
        .into_iter()
        .map(|(name, mut model)| {
            model.lang = lang;
            (name, model)
        })
        .collect();
    (config.clone(), shots)
}
