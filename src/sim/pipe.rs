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
    /// Milliseconds a byte; 0 where a frame arrives at once.
    pace_ms: i64,
}

impl Pipe {
    /// A line on which every byte takes so many milliseconds.
    pub(super) fn paced(pace_ms: i64) -> Self {
        Self {
            pace_ms,
            ..Self::default()
        }
    }

    /// Sends bytes from a moment on, after what is under way.
    pub(super) fn send(&mut self, bytes: &[u8], from_ms: i64, slow: bool) {
        let under_way = self.bytes.back().map_or(i64::MIN, |(at, _)| *at);
        let pace_ms = if slow { SLOW_MS } else { self.pace_ms };
        let mut at_ms = from_ms.max(under_way);
        for byte in bytes {
            self.bytes.push_back((at_ms, *byte));
            at_ms = at_ms.saturating_add(pace_ms);
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
