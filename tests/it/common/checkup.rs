//! The screens on which a check-up shows itself, with the longest sentences it can have.

use crate::common::screens::{Drive, now};
use wenming::app::{Event, Model};
use wenming::config::{Config, Port, ReaderFormat, ReaderSetting};
use wenming::domain::{Cause, Check, Checkup, Facts, Finding, Lang, Role};

fn checkup(findings: Vec<Finding>) -> Checkup {
    Checkup {
        wall_ms: now().wall.timestamp_millis() - 60_000,
        findings,
    }
}

/// Everything that can be found at once, with facts as long as a config allows.
fn all() -> Vec<Finding> {
    let facts = Facts::default()
        .user("wenming")
        .group("dialout")
        .path(&format!(
            "/dev/serial/by-path/{}",
            "pci-0000:00:14.0".repeat(9)
        ));
    let found = |check: Check| {
        let own = check.causes();
        let facts = facts.clone();
        own.chain([Cause::NotLooked, Cause::Silent])
            .map(move |cause| Finding::new(check, cause, facts.clone()))
    };
    Check::ALL
        .into_iter()
        .flat_map(|(check, _)| found(check))
        .collect()
}

/// What a usual bad day looks like.
fn some() -> Vec<Finding> {
    let usual = |check, cause| Finding::new(check, cause, Facts::usual(cause));
    vec![
        Finding::well(Check::Config, "YUNDAO HY01"),
        usual(Check::Staff, Cause::ExamplePins),
        usual(Check::Card, Cause::PortDenied),
        usual(Check::Scanner, Cause::PortMissing),
        usual(Check::Printer, Cause::NoneConfigured),
        usual(Check::Disk, Cause::DiskLow),
    ]
}

fn reader(name: &str, format: ReaderFormat) -> ReaderSetting {
    let port = Port::parse(&format!("/dev/{name}")).unwrap();
    ReaderSetting::plain(name, port, format)
}

impl Drive<'_> {
    fn told(&mut self, findings: Vec<Finding>) -> &mut Self {
        self.event(Event::Checkup(checkup(findings)))
    }

    fn checkups(&mut self) {
        self.desk(Role::Technician).model.readers = vec![true, false];
        self.shot("desk-dots-lost").model.readers = vec![true, true];
        self.shot("desk-dots-ready");
        self.digit(6).shot("checkup-none");
        self.digit(1).shot("checkup-running");
        self.told(vec![Finding::well(Check::Disk, "")])
            .shot("checkup-well");
        self.told(some()).shot("checkup");
        self.digit(9).shot("checkup-on");
        self.digit(9).shot("checkup-last");
        self.digit(0).shot("desk-checkup-look");
        self.restart_with(2).told(some()).shot("idle-checkup");
        self.desk(Role::Technician).told(all());
        self.digit(6);
        let pages = all().len().div_ceil(2);
        for page in 0..pages {
            self.shot(&format!("checkup-all-{page}")).digit(9);
        }
    }
}

/// A station with a card reader and a scanner, and what it is found to have.
pub(crate) fn checking(config: &Config, lang: Lang) -> (Config, Vec<(String, Model)>) {
    let mut config = config.clone();
    config.station.readers = vec![
        reader("card", ReaderFormat::Em4100),
        reader("scanner", ReaderFormat::Lines),
    ];
    let mut drive = Drive::new(&config, Model::new(2, Lang::default(), &now()));
    drive.checkups();
    let mut shots = drive.shots;
    for (_, model) in &mut shots {
        model.lang = lang;
    }
    (config, shots)
}
