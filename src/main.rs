//! Arguments in, command out.

use std::process::ExitCode;

fn main() -> ExitCode {
    wenming::cli::main()
}
