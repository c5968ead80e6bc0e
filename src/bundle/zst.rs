//! The zstd around the tar: one frame with a checksum, unpacked in a stream that counts.

use super::MAX_UNPACKED;
use super::fault::{BundleError, BundleFault};
use std::borrow::Cow;
use std::io::{self, BufReader, Read as _, Write as _};
use zstd::stream::{read::Decoder, write::Encoder};
use zstd::zstd_safe::get_frame_content_size;

/// What a zstd frame begins with.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// How hard to compress: a log is half hex digits of hashes, which higher levels make slower and not smaller
/// (a million operations, 411 MB: 78 MB at 1, 90 MB at 3).
const LEVEL: i32 = 1;
/// The largest window, as a power of two: 8 MiB, what every decoder must be able to have.
const WINDOW_LOG: u32 = 23;

/// Compresses pieces as one frame that says its size and ends with a checksum.
pub(super) fn compress(pieces: &[Cow<'_, [u8]>]) -> Result<Vec<u8>, BundleError> {
    let pack = || -> io::Result<Vec<u8>> {
        let size: usize = pieces.iter().map(|piece| piece.len()).sum();
        let mut encoder = Encoder::new(Vec::with_capacity(size / 2), LEVEL)?;
        encoder.include_checksum(true)?;
        encoder.set_pledged_src_size(u64::try_from(size).ok())?;
        for piece in pieces {
            encoder.write_all(piece)?;
        }
        encoder.finish()
    };
    pack().map_err(|error| BundleError::Compress(error.to_string()))
}

/// A stream of unpacked bytes that stops at the first wrong thing.
pub(super) struct Unpacker<'a> {
    decoder: Decoder<'static, BufReader<&'a [u8]>>,
    at: u64,
}

impl<'a> Unpacker<'a> {
    /// Looks at the frame's header before anything is unpacked.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, BundleFault> {
        if !bytes.starts_with(&MAGIC) {
            return Err(BundleFault::Magic);
        }
        let damaged = BundleFault::Damaged { at: 0 };
        let descriptor = *bytes
            .get(MAGIC.len())
            .ok_or(BundleFault::Truncated { at: 0 })?;
        // Bits 4 and 3 are unused, bit 2 announces the checksum, bits 1 and 0 a dictionary.
        if descriptor & 0b1_1111 != 0b0_0100 {
            return Err(damaged);
        }
        match get_frame_content_size(bytes) {
            Ok(Some(size)) if size > MAX_UNPACKED => return Err(BundleFault::Unpacked(size)),
            Ok(_) => {}
            Err(_) => return Err(BundleFault::Truncated { at: 0 }),
        }
        let decoder = || -> io::Result<Decoder<'static, BufReader<&'a [u8]>>> {
            let mut decoder = Decoder::new(bytes)?.single_frame();
            decoder.window_log_max(WINDOW_LOG)?;
            Ok(decoder)
        };
        let decoder = decoder().map_err(|_| damaged)?;
        Ok(Self { decoder, at: 0 })
    }

    /// How many bytes came out so far.
    pub(super) const fn at(&self) -> u64 {
        self.at
    }

    /// Fills a buffer to its end.
    pub(super) fn fill(&mut self, buffer: &mut [u8]) -> Result<(), BundleFault> {
        let mut rest = buffer;
        while !rest.is_empty() {
            match self.some(rest)? {
                0 => return Err(BundleFault::Truncated { at: self.at }),
                n => rest = rest.get_mut(n..).unwrap_or_default(),
            }
        }
        Ok(())
    }

    /// Makes sure that nothing follows, neither in the frame nor after it.
    pub(super) fn end(&mut self) -> Result<(), BundleFault> {
        let mut one = [0];
        if self.some(&mut one)? > 0 {
            return Err(BundleFault::Trailing);
        }
        let source = self.decoder.get_mut();
        match source.read(&mut one) {
            Ok(0) => Ok(()),
            Ok(_) | Err(_) => Err(BundleFault::Trailing),
        }
    }

    fn some(&mut self, buffer: &mut [u8]) -> Result<usize, BundleFault> {
        let n = self.decoder.read(buffer).map_err(|error| {
            if error.kind() == io::ErrorKind::UnexpectedEof {
                BundleFault::Truncated { at: self.at }
            } else {
                BundleFault::Damaged { at: self.at }
            }
        })?;
        self.at = self.at.saturating_add(u64::try_from(n).unwrap_or(u64::MAX));
        if self.at > MAX_UNPACKED {
            return Err(BundleFault::Unpacked(self.at));
        }
        Ok(n)
    }
}
