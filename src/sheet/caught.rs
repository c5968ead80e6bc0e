//! `rust_xlsxwriter` panics where a file of its own cannot be written. Here that becomes an error as any other.
//!
//! Its files are nameless ones beside the workbook, so a full stick is enough. Source: its `xmlwriter.rs`, `expect(XML_WRITE_ERROR)`.

use rust_xlsxwriter::XlsxError;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set while the library works: what it panics about is said by us. Some of it works in threads of its own.
static AT_WORK: AtomicBool = AtomicBool::new(false);

/// Runs a piece of the library's work; a panic in it is an error.
///
/// # Errors
/// [`XlsxError`] as the work says, [`XlsxError::IoError`] for a panic.
pub(super) fn caught<T>(work: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, XlsxError> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !AT_WORK.load(Ordering::Relaxed) {
                before(panic);
            }
        }));
    });
    AT_WORK.store(true, Ordering::Relaxed);
    // What the work leaves half done is only dropped afterwards.
    let done = catch_unwind(AssertUnwindSafe(work));
    AT_WORK.store(false, Ordering::Relaxed);
    done.unwrap_or_else(
        |_| Err(io::Error::other("a part of the workbook cannot be written").into()),
    )
}

/// A writer that keeps its first failure and takes everything from then on, for who cannot bear one.
pub(super) struct Patient<W> {
    pub(super) out: W,
    pub(super) failed: Option<io::Error>,
}

impl<W: Write> Patient<W> {
    fn tried(&mut self, work: impl FnOnce(&mut W) -> io::Result<()>) {
        if self.failed.is_none() {
            self.failed = work(&mut self.out).err();
        }
    }
}

impl<W: Write> Write for Patient<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.tried(|out| out.write_all(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tried(Write::flush);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_the_next_work_goes_on() {
        let broken = caught::<()>(|| panic!("no space"));
        let error = broken.unwrap_err().to_string();
        assert_eq!(error, "a part of the workbook cannot be written");
        assert_eq!(caught(|| Ok(7)).unwrap(), 7);
    }

    #[test]
    fn the_first_failure_is_kept() {
        let mut room = [0_u8; 4];
        let mut out = Patient {
            out: room.as_mut_slice(),
            failed: None,
        };
        out.write_all(b"123").unwrap();
        assert!(out.failed.is_none());
        out.write_all(b"45678").unwrap();
        out.write_all(b"9").unwrap();
        let kind = out.failed.unwrap().kind();
        assert_eq!(kind, io::ErrorKind::WriteZero);
    }
}
