//! What happens next. Every event goes into [`update`], every wish comes out of it as an effect;
//! nothing else changes the model, and nothing here touches a disk, a port, a screen or a clock.

mod aid;
mod checkup;
mod context;
mod effect;
mod event;
mod export;
mod model;
mod printer;
mod screens;
mod update;
mod way;

pub use crate::panel::{Aid, Key, LINES_A_PAGE};
pub use aid::{CoverView, HelpView};
pub use checkup::CheckupView;
pub use effect::{Aloud, Effect, TypedPin, Which};
pub use event::{Answer, Event, SettingKept, Spot, StationFault};
pub use export::{ExportView, Stick, StickNews, is_trouble};
pub use model::{Duty, Model};
pub use printer::PrinterView;
pub use screens::{
    AfterPin, Agree, ByNumber, CheckupList, Choose, Close, Confirm, Cosign, Desk, Detective,
    DetectiveEnd, DetectiveRemark, DetectiveStep, Devices, Done, Exports, Heard, Holds, Home, Idle,
    Lists, More, Operations, Passbook, PinPad, PrinterSetup, PrinterStep, Quantity, Remember,
    Reverse, Rewards, Screen, Tap, Variants, Waiting, Why, Working,
};
pub use update::update;
pub use way::{MOST_UNKNOWN, Way, Ways};
