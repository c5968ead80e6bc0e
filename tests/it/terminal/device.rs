//! A simulated device on a line of its own, beside the program on the stage.

use super::players::Player;
use super::stage::Stage;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{ChildStdin, ChildStdout, Stdio};

/// A simulated device beside the stage.
pub(crate) struct Device {
    orders: ChildStdin,
    port: String,
    _said: BufReader<ChildStdout>,
    _player: Player,
}

impl Device {
    /// Starts one.
    pub(crate) fn play(stage: &Stage, name: &str) -> Self {
        let mut child = stage
            .program()
            .args(["device", "sim", name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut port).unwrap();
        Self {
            orders: child.stdin.take().unwrap(),
            port: port.trim().to_owned(),
            _said: said,
            _player: Player(child),
        }
    }

    /// The path of its line.
    pub(crate) fn port(&self) -> &str {
        &self.port
    }

    /// Gives it an order.
    pub(crate) fn says(&self, order: &str) {
        let mut orders = &self.orders;
        writeln!(orders, "{order}").unwrap();
    }
}
