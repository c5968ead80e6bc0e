//! The four TOML files of a station and the fifth that it may do without, read into checked values. Every fault at once, with its place.
//!
//! `load` reads all of them. From below: `fault` and `form` (what a table may hold, as data), `table` (a TOML tree with
//! places), `kind` (what a value may be), `fields` (the macro that declares a table's fields once), `label`, `code`,
//! `hours`, `prices`; `never` (keys that no file has on purpose); one file each for what the files mean: `station`, `catalogue`,
//! `rules` with `repeat` and the fair rules in `fair`, `staff`, `notices`; of
//! `station.toml` the readers stand apart in `reader` and `port`, the printer in `printer`, voice and help in `voice`, the
//! exports in `export`, `schedule` and `sink`. `answers` reads what `wenming init` is told by a file. `schema` tells editors the same. Nothing changes after loading.

mod answers;
mod catalogue;
mod code;
mod edit;
mod export;
mod fair;
mod fault;
mod fields;
mod file;
mod form;
mod hours;
mod kind;
mod label;
mod load;
mod never;
mod notices;
mod port;
mod prices;
mod printer;
mod published;
mod reader;
mod recipient;
mod repeat;
mod rules;
mod schedule;
mod schema;
mod sink;
mod staff;
mod station;
mod suggest;
mod table;
mod voice;

pub use answers::{GivenAnswer, given_answers};
pub use edit::{ChangeFault, SettingChange, proposed};
pub use export::ExportSetting;
pub use fault::Fault;
pub use load::{Config, Sources, Survey, load, parse, survey};
pub use notices::{Activity, ActivityDay, Announcement, Honour, Notices};
pub use port::Port;
pub use printer::{PrinterPort, PrinterSetting};
pub use published::Published;
pub use reader::{LineSetting, ReaderFormat, ReaderSetting, ScannerAsk};
pub use schedule::{Schedule, ScheduleFault};
pub use schema::{schema, schema_names};
pub use sink::{SinkKind, SinkSetting};
pub use station::{ScreenSetting, Station};
pub use voice::{FILE_WORD, SOUND_WORD, Sounds, VoiceSetting};
