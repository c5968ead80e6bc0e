//! Bytes on their way to the host, each with its moment.

use std::collections::VecDeque;

/// The most bytes that wait for a host which does not read; then the oldest are lost, as in a serial port.
const MOST_WAITING: usize = 4096;
/// The pace of a device that is slow.
const SLOW_MS: i64 = 10;

/// The way to the host.
#[derive(Default)]
pub(super) struct Pipe {
    bytes: VecDeque<(i64, u8)>,
    /// Milliseconds for so many bytes; none where a frame arrives at once.
    pace: Option<(i64, usize)>,
}

impl Pipe {
    /// A line on which so many bytes take some milliseconds.
    pub(super) fn paced(ms: i64, bytes: usize) -> Self {
        Self {
            pace: Some((ms, bytes)),
            ..Self::default()
        }
    }

    /// Sends bytes from a moment on, after what is under way.
    pub(super) fn send(&mut self, bytes: &[u8], from_ms: i64, slow: bool) {
        let under_way = self.bytes.back().map_or(i64::MIN, |(at, _)| *at);
        let mut at_ms = from_ms.max(under_way);
        for (n, byte) in (1_usize..).zip(bytes) {
            self.bytes.push_back((at_ms, *byte));
            at_ms = match self.pace {
                _ if slow => at_ms.saturating_add(SLOW_MS),
                Some((ms, every)) if n % every == 0 => at_ms.saturating_add(ms),
                Some(_) | None => at_ms,
            };
        }
        while self.bytes.len() > MOST_WAITING {
            self.bytes.pop_front();
        }
    }

    /// Takes what has arrived by now, so many bytes at most.
    pub(super) fn take(&mut self, now_ms: i64, most: usize) -> Vec<u8> {
        let arrived = self.bytes.iter().take_while(|(at, _)| *at <= now_ms);
        let count = arrived.count().min(most);
        self.bytes.drain(..count).map(|(_, byte)| byte).collect()
    }

    /// When the next byte arrives.
    pub(super) fn next_ms(&self) -> Option<i64> {
        self.bytes.front().map(|(at, _)| *at)
    }

    /// Loses what is under way.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
    }
}
