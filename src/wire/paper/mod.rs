//! Paper: a slip as a value, and what a receipt printer is told so that it comes out (ESC/POS).

mod escpos;
mod gb;
mod profile;
mod qr;
mod slip;
mod status;

pub use escpos::escpos;
pub use gb::{gb_bytes, paper_width};
pub use profile::{Cut, PROFILES, Profile, QrPrint};
pub use qr::{MAX_QR_BYTES, qr_module, qr_rows};
pub use slip::{Align, Part, Row, Size, Slip};
pub use status::{STATUS_ASKED, Status};
