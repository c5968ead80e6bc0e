//! What happens next. Every event goes into [`update`], every wish comes out of it as an effect;
//! nothing else changes the model, and nothing here touches a disk, a port, a screen or a clock.

mod aid;
mod checkup;
mod effect;
mod event;
mod export;
mod model;
mod printer;
mod scene;
mod screens;
mod update;
mod way;

pub use aid::{Aid, CoverView, HelpView};
pub use checkup::CheckupView;
pub use effect::{Aloud, Effect, TypedPin, VoidBy};
pub use event::{Answer, Event, Key, SettingKept, Spot, StationFault};
pub use export::{ExportView, Stick, StickNews, is_trouble};
pub use model::{Duty, Model, Screen};
pub use printer::PrinterView;
pub use screens::{
    AfterPin, CheckupList, Choose, Confirm, Desk, DeskNews, Detective, DetectiveEnd,
    DetectiveRemark, DetectiveStep, Devices, Done, Exports, Heard, HoldAction, Holds, Home, Idle,
    LINES_A_PAGE, Operations, Passbook, PinPad, PrinterSetup, PrinterStep, Quantity, Remember,
    Reverse, Rewards, Tap, Variants, Waiting, choices_a_page, page_of, pages_of,
};
pub use update::update;
pub use way::{MOST_UNKNOWN, Way, Ways};
