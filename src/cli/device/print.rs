//! `wenming device print`: asks the receipt printer how it is, and prints a test sheet by the code that prints receipts.

use crate::cli::{Failure, chosen, read_config, say as answer};
use crate::config::{PrinterPort, PrinterSetting};
use crate::domain::{Fact, PrinterState, PrinterTrouble, StationId, Text};
use crate::shell::clock::Clock;
use crate::shell::printer::{Line, Sent, print};
use crate::wire::paper::{PROFILES, escpos};
use crate::words::{SlipHead, Words, date_time, test_slip};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `wenming device print`.
#[derive(Args, Debug)]
pub(super) struct Print {
    /// Print the test sheet: Chinese, a ruler, a QR code, the cut
    #[arg(long)]
    test: bool,
    /// The folder with the config, for its [printer]
    #[arg(long, value_name = "DIR", default_value = "kiosk-config")]
    config: PathBuf,
    /// Another port than that of the config; then no config is read
    #[arg(long, value_name = "PORT", requires = "profile", value_parser = port)]
    port: Option<PrinterPort>,
    /// The paper at that port: 58mm, 80mm or 42col
    #[arg(long, value_name = "NAME", requires = "port", value_parser = profile)]
    profile: Option<&'static str>,
}

fn port(text: &str) -> Result<PrinterPort, String> {
    PrinterPort::parse(text).ok_or_else(|| {
        "write /dev/usb/lp0, /dev/serial/by-id/..., tcp:192.168.1.50:9100, file:/... or sim:printer".to_owned()
    })
}

fn profile(text: &str) -> Result<&'static str, String> {
    let known = PROFILES.map(|(_, name)| name);
    let found = known.into_iter().find(|name| *name == text);
    found.ok_or_else(|| format!("write one of {}", known.join(", ")))
}

impl Print {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let (setting, station) = self.setting()?;
        let clock = Clock::start();
        if !self.test {
            return ask(&setting, clock);
        }
        let words = Words::new();
        let say = words.say(chosen());
        let when = date_time(&clock.now().wall);
        let head = SlipHead {
            station: &station,
            name: "",
            when: &when,
        };
        let slip = test_slip(&say, &setting.profile, head, setting.name);
        let bytes = escpos(&slip, &setting.profile);
        let count = bytes.len();
        match print(&setting, clock, &bytes, || Ok(())) {
            Sent::Done(state) => {
                answer(
                    &Text::of("print-sent")
                        .word("bytes", count)
                        .word("port", &setting.port)
                        .fact("state", told(state).into()),
                );
                answer(&Text::of("print-look"));
                Ok(())
            }
            Sent::Not(problem, why) => {
                Err(failed(Text::of("print-not"), &setting, problem, &why).into())
            }
            Sent::Perhaps(problem, why) => {
                Err(failed(Text::of("print-perhaps"), &setting, problem, &why).into())
            }
        }
    }

    /// The printer, and the station that the sheet names.
    fn setting(&self) -> Result<(PrinterSetting, StationId), Failure> {
        if let (Some(port), Some(profile)) = (&self.port, self.profile) {
            let setting = PrinterSetting::of(port.clone(), profile);
            let station = StationId::parse("TEST");
            return setting
                .zip(station)
                .ok_or_else(|| Failure::from(format!("no profile {profile}")));
        }
        let config = read_config(&self.config)?;
        let setting = config.printer.ok_or_else(|| {
            let path = self.config.join("station.toml");
            Failure::from(Text::of("print-none").word("path", path.display()))
        })?;
        Ok((setting, config.station.id))
    }
}

fn ask(setting: &PrinterSetting, clock: Clock) -> Result<(), Failure> {
    let lost = |error: std::io::Error| Failure::from(format!("{}: {error}", setting.port));
    let mut line = Line::open(setting, clock).map_err(lost)?;
    let state = line.status().map_err(lost)?;
    line.close().map_err(lost)?;
    let is_well = !matches!(state, PrinterState::Attention(_));
    let state = told(state);
    let text = Text::of("print-state").word("port", &setting.port);
    let text = text.fact("state", state.into());
    if is_well {
        answer(&text);
        Ok(())
    } else {
        Err(text.into())
    }
}

/// That a sheet did not come out, or not whole.
fn failed(text: Text, setting: &PrinterSetting, problem: PrinterTrouble, why: &str) -> Text {
    text.word("port", &setting.port)
        .fact("problem", trouble(problem))
        .word("why", why)
}

fn trouble(problem: PrinterTrouble) -> Fact {
    Fact::Message(format!("printer-trouble-{}", problem.name()))
}

fn told(state: PrinterState) -> Text {
    match state {
        PrinterState::Absent => Text::of("print-absent"),
        PrinterState::Unknown => Text::of("print-unknown"),
        PrinterState::Ready => Text::of("print-ready"),
        PrinterState::Attention(problem) => {
            Text::of("print-attention").fact("problem", trouble(problem))
        }
    }
}
