//! Why bytes are no card, as a technician needs to know it; a resident needs to know less.

use crate::domain::CardFault;
use std::fmt;

/// What is wrong with what a reader sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameFault {
    /// The checksum does not agree with the data.
    Checksum,
    /// The frame ended, or the line fell silent, before all of it had come.
    TooShort,
    /// More bytes than any frame or line has.
    TooLong,
    /// A byte that the frame has no place for.
    BadByte,
    /// Text came, but no end mark after it.
    NoEnd,
    /// Neither UTF-8 nor GB18030, or with controls and invisible characters.
    NotText,
    /// Text, but neither a card number nor a code of ours.
    NoCard,
    /// The same, with characters that ours never have.
    Foreign,
    /// Without the prefix or the suffix that the config names.
    NoFrame,
    /// A number, but not in the form that the config names.
    OtherForm,
    /// 24 bits of a card, which several cards share.
    Short,
    /// A code of another town.
    OtherTown,
    /// A code whose check characters do not agree.
    CodeCheck,
    /// An identifier that the card makes up anew each time.
    RandomId,
    /// A card without an identifier, or one that was lifted before it could tell.
    NoUid,
    /// An identifier of a length that no card has.
    IdLength,
    /// The scanner is set to frame its data with a length.
    ProtocolMode,
    /// A reader of citizens' identity cards, which is not supported on purpose.
    IdCardReader,
}

impl FrameFault {
    /// Every fault.
    pub const ALL: [Self; 18] = [
        Self::Checksum,
        Self::TooShort,
        Self::TooLong,
        Self::BadByte,
        Self::NoEnd,
        Self::NotText,
        Self::NoCard,
        Self::Foreign,
        Self::NoFrame,
        Self::OtherForm,
        Self::Short,
        Self::OtherTown,
        Self::CodeCheck,
        Self::RandomId,
        Self::NoUid,
        Self::IdLength,
        Self::ProtocolMode,
        Self::IdCardReader,
    ];

    /// A stable word for scripts and logs; `Say::frame_fault` has the sentence and the remedy.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Checksum => "checksum",
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::BadByte => "bad-byte",
            Self::NoEnd => "no-end-of-line",
            Self::NotText => "not-text",
            Self::NoCard => "no-card",
            Self::Foreign => "foreign-text",
            Self::NoFrame => "no-prefix-or-suffix",
            Self::OtherForm => "other-number-form",
            Self::Short => "24-bit",
            Self::OtherTown => "other-town",
            Self::CodeCheck => "code-check",
            Self::RandomId => "random-id",
            Self::NoUid => "no-uid",
            Self::IdLength => "id-length",
            Self::ProtocolMode => "protocol-mode",
            Self::IdCardReader => "id-card-reader",
        }
    }
}

impl fmt::Display for FrameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<FrameFault> for CardFault {
    fn from(fault: FrameFault) -> Self {
        match fault {
            FrameFault::TooLong => Self::TooLong,
            FrameFault::NotText | FrameFault::Foreign => Self::NotText,
            FrameFault::OtherTown => Self::OtherTown,
            FrameFault::CodeCheck => Self::CheckFailed,
            FrameFault::Checksum
            | FrameFault::TooShort
            | FrameFault::BadByte
            | FrameFault::NoEnd
            | FrameFault::NoCard
            | FrameFault::NoFrame
            | FrameFault::OtherForm
            | FrameFault::Short
            | FrameFault::RandomId
            | FrameFault::NoUid
            | FrameFault::IdLength
            | FrameFault::ProtocolMode
            | FrameFault::IdCardReader => Self::Unreadable,
        }
    }
}

impl From<CardFault> for FrameFault {
    /// What reading a code finds, in the technician's words.
    fn from(fault: CardFault) -> Self {
        match fault {
            CardFault::Unreadable => Self::NoCard,
            CardFault::TooLong => Self::TooLong,
            CardFault::NotText => Self::NotText,
            CardFault::OtherTown => Self::OtherTown,
            CardFault::CheckFailed => Self::CodeCheck,
        }
    }
}
