//! Why bytes are no card, as a technician needs to know it; a resident needs to know less.

use crate::domain::{CardFault, Shared, names};
use std::fmt;

names! {
    /// What is wrong with what a reader sent. The names are stable words for scripts and logs.
    pub enum FrameFault {
        /// The checksum does not agree with the data.
        Checksum = "checksum",
        /// The frame ended, or the line fell silent, before all of it had come; a text with fewer characters than any number.
        TooShort = "too-short",
        /// More bytes than any frame or line has.
        TooLong = "too-long",
        /// A byte that the frame has no place for.
        BadByte = "bad-byte",
        /// Text came, but no end mark after it.
        NoEnd = "no-end-of-line",
        /// Neither UTF-8 nor GB18030, or with controls and invisible characters.
        NotText = "not-text",
        /// Text, but neither a card number nor a code of ours.
        NoCard = "no-card",
        /// The same, with characters that ours never have.
        Foreign = "foreign-text",
        /// Without the prefix or the suffix that the config names.
        NoFrame = "no-prefix-or-suffix",
        /// A number, but not in the form that the config names.
        OtherForm = "other-number-form",
        /// 24 bits of a card, which several cards share.
        Short = "24-bit",
        /// A code of another town.
        OtherTown = "other-town",
        /// A code whose check characters do not agree, or that is not whole.
        CodeCheck = "code-check",
        /// An identifier that the card makes up anew each time.
        RandomId = "random-id",
        /// An identifier of zeros or ones only: the card has none.
        BlankId = "blank-id",
        /// The identifier with which blank and copied cards are sold.
        FactoryId = "factory-id",
        /// The front part of an identifier, which many cards share.
        CutId = "cut-id",
        /// A card without an identifier, or one that was lifted before it could tell.
        NoUid = "no-uid",
        /// An identifier of a length that no card has.
        IdLength = "id-length",
        /// The scanner is set to frame its data with a length.
        ProtocolMode = "protocol-mode",
        /// A reader of citizens' identity cards, which is not supported on purpose.
        IdCardReader = "id-card-reader",
    }
}

impl fmt::Display for FrameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FrameFault {
    /// Says whether a frame was whole and only its number is no one card's.
    pub(super) const fn is_of_number(self) -> bool {
        matches!(
            self,
            Self::BlankId | Self::FactoryId | Self::CutId | Self::RandomId
        )
    }
}

impl From<FrameFault> for CardFault {
    fn from(fault: FrameFault) -> Self {
        match fault {
            FrameFault::TooLong => Self::TooLong,
            FrameFault::NotText | FrameFault::Foreign | FrameFault::NoCard => Self::NotText,
            FrameFault::OtherTown => Self::OtherTown,
            FrameFault::CodeCheck => Self::CheckFailed,
            FrameFault::BlankId => Shared::Blank.into(),
            FrameFault::FactoryId => Shared::Factory.into(),
            FrameFault::CutId => Shared::Cut.into(),
            FrameFault::RandomId => Shared::Random.into(),
            FrameFault::Checksum
            | FrameFault::TooShort
            | FrameFault::BadByte
            | FrameFault::NoEnd
            | FrameFault::NoFrame
            | FrameFault::OtherForm
            | FrameFault::Short
            | FrameFault::NoUid
            | FrameFault::IdLength
            | FrameFault::ProtocolMode
            | FrameFault::IdCardReader => Self::Unreadable,
        }
    }
}

impl From<Shared> for FrameFault {
    fn from(shared: Shared) -> Self {
        match shared {
            Shared::Blank => Self::BlankId,
            Shared::Factory => Self::FactoryId,
            Shared::Cut => Self::CutId,
            Shared::Random => Self::RandomId,
        }
    }
}

impl From<CardFault> for FrameFault {
    /// What reading a code finds, in the technician's words.
    fn from(fault: CardFault) -> Self {
        match fault {
            CardFault::TooLong => Self::TooLong,
            CardFault::NotText => Self::NotText,
            CardFault::OtherTown => Self::OtherTown,
            // What claims to be a code of ours and is none: half of one, or one that was misread.
            CardFault::Unreadable | CardFault::CheckFailed => Self::CodeCheck,
            CardFault::Shared => Self::FactoryId,
        }
    }
}
