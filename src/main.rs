//! Words on the command line → one command.

use std::process::ExitCode;

fn main() -> ExitCode {
    mainstay::cli::run()
}
