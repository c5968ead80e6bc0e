//! What the tests of the real program share.

pub(crate) mod kiosk;
