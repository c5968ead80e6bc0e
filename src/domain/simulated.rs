//! Which devices the program can play itself.

/// A device that can be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SimKind {
    /// A 125 kHz reader that only talks.
    Rdm6300,
    /// A 13.56 MHz reader that must be asked.
    Pn532,
    /// A scanner of the GROW family.
    Gm65,
    /// A receipt printer.
    Printer,
}

impl SimKind {
    /// Every device with its name behind `sim:` in the config.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Rdm6300, "rdm6300"),
        (Self::Pn532, "pn532"),
        (Self::Gm65, "gm65"),
        (Self::Printer, "printer"),
    ];

    /// The device of a name.
    pub fn parse(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == name);
        found.map(|(kind, _)| *kind)
    }

    /// Its name behind `sim:`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rdm6300 => "rdm6300",
            Self::Pn532 => "pn532",
            Self::Gm65 => "gm65",
            Self::Printer => "printer",
        }
    }
}
