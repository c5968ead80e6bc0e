//! Programs that a stage runs to their end.

use crate::equipment::tool;
use std::process::Command;

/// Runs a program to its end and gives what it said.
pub(crate) fn run(display: &str, program: &str, args: &[&str]) -> Vec<u8> {
    let output = Command::new(tool(program))
        .env("DISPLAY", display)
        .args(args)
        .output();
    let output = output.unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {args:?}: {errors}");
    output.stdout
}
