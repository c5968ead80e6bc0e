//! `wenming device print`: asks the receipt printer how it is, and prints a test sheet by the code that prints receipts.

use crate::cli::{Failure, chosen, print as say_line, read_config};
use crate::config::{PrinterPort, PrinterSetting};
use crate::domain::{PrinterState, StationId};
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
                say_line(&format!(
                    "{count} bytes sent to {}; {}",
                    setting.port,
                    told(state)
                ));
                say_line(
                    "Look at the paper: the two ruler rows end at the same edge, nothing is missing, the code scans.",
                );
                Ok(())
            }
            Sent::Not(trouble, why) => Err(Failure::from(format!(
                "nothing was printed on {}: {} ({why})",
                setting.port,
                trouble.name()
            ))),
            Sent::Perhaps(trouble, why) => Err(Failure::from(format!(
                "the sheet on {} may be incomplete: {} ({why})",
                setting.port,
                trouble.name()
            ))),
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
            Failure::from(format!(
                "{} has no [printer]; name one with --port and --profile",
                self.config.join("station.toml").display()
            ))
        })?;
        Ok((setting, config.station.id))
    }
}

fn ask(setting: &PrinterSetting, clock: Clock) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::from(format!("{}: {error}", setting.port));
    let mut line = Line::open(setting, clock).map_err(failed)?;
    let state = line.status().map_err(failed)?;
    line.close().map_err(failed)?;
    let told = told(state);
    match state {
        PrinterState::Attention(_) => Err(Failure::from(format!("{}: {told}", setting.port))),
        PrinterState::Absent | PrinterState::Unknown | PrinterState::Ready => {
            say_line(&format!("{}: {told}", setting.port));
            Ok(())
        }
    }
}

fn told(state: PrinterState) -> String {
    match state {
        PrinterState::Absent => "there is none".to_owned(),
        PrinterState::Unknown => {
            "it can be reached and says nothing of itself, as most do".to_owned()
        }
        PrinterState::Ready => "it is ready".to_owned(),
        PrinterState::Attention(trouble) => format!("it wants a person: {}", trouble.name()),
    }
}
