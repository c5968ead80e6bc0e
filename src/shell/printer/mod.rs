//! The receipt printer: a queue on disk and a thread beside everything else. It changes no booking and waits for nobody.

mod line;
mod queue;
mod worker;

pub use line::{Line, trouble};
pub use queue::{JobState, Queue};
pub use worker::{JOB_MS, PrinterWorker, Sent, print};
