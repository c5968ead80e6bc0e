//! The rules of the bank. Pure: nothing here asks the time, touches a disk or knows a screen.
#![deny(clippy::arithmetic_side_effects)]

mod catalogue;
mod chain;
mod checkup;
mod detective;
mod export;
mod fact;
mod finder;
mod hours;
mod ids;
pub mod json;
mod kind;
mod ledger;
mod limit;
mod look;
mod member;
mod names;
mod number;
mod odd;
mod pin;
mod points;
mod printer;
mod prompt;
mod redemption;
mod refusal;
mod report;
mod rule;
mod shared;
mod sign;
mod simulated;
mod staff;
mod statement;
mod tally;
mod text;
mod time;
mod today;
mod via;

pub use catalogue::{
    Catalogue, Category, Item, ItemKind, ItemOption, Partner, Prices, Supply, Wish,
};
pub use chain::{ChainHash, chain_hash, hex, is_chain_hash};
pub use checkup::{Cause, Check, Checkup, Code, CodeFault, Facts, Finding, Health};
pub use detective::{
    CardBits, CardMiss, CardNumber, Sighting, Verdict, compare, find_reading, numbers_in,
    numbers_of,
};
pub use export::{BundleNote, ExportNews, ExportStatus, ExportWhy, SinkFault, SinkState};
pub use fact::{Fact, Text};
pub use finder::finder_keys;
pub use hours::{Hours, Opening, Span};
pub use ids::{
    AccountId, BootId, Bucket, CardId, CategoryCode, CommitteeCode, HouseholdCode, Incarnation,
    ItemCode, LetterCode, OpId, OptionCode, PartnerCode, RuleCode, Seq, StaffId, StationId,
    TownshipCode,
};
pub use kind::{AccountWay, Kind, Signed, UnitClass};
pub use ledger::{AccountKind, Leg, Phase, UnitCode};
pub use limit::{Limit, Period};
pub use look::{Look, Theme};
pub use member::{CardKind, HolderKind, Member, MemberGroup, Person, SENIOR_AGE};
pub(crate) use names::names;
pub use number::{
    Form, NumberFault, NumberForm, NumberReading, forms_of_chip, forms_of_printed, forms_of_uid,
    is_short_number,
};
pub use odd::OddSign;
pub use pin::{FREE_TRIES, Pin, TRIES_A_DAY, WeakPin, wait_minutes};
pub use points::Points;
pub use printer::{PrinterNews, PrinterState, PrinterTrouble, SlipKey, Unprinted};
pub use prompt::{Prompt, Sound};
pub use redemption::{Standing, Terms, decide, split};
pub use refusal::{CardFault, Refusal, no};
pub use report::{
    BalanceLine, DayReport, Flow, PartnerLine, ReportDays, ReportLine, RewardLine, StockLine,
};
pub use rule::{
    Books, Direction, Remedy, Rule, RuleCap, RuleCategory, RuleChoice, RuleCounts, RulePath,
    RuleScope, RuleUnit,
};
pub use shared::Shared;
pub use sign::{code_point, is_ambiguous_letter, is_hostile};
pub use simulated::SimKind;
pub use staff::{Role, Shown, ShownBy, Staff, StaffEntry, TriedPins};
pub use statement::{Booked, OpenHold, PassbookLine, PassbookPage, PastOperation, Statement};
pub use tally::{About, Logged, Net, Tally};
pub use text::{
    Bilingual, Lang, MAX_NAME_CHARS, clean, clean_name, has_loose_marks, mask_name, seen,
};
pub use time::{LATEST_MS, Now, RELEASED_MS, SLACK_MS, Stamp};
pub use today::{AHEAD_MS, Doubt, Today, begin_ms};
pub use via::Via;
