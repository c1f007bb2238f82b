//! Words on the command line → one command.

use std::process::ExitCode;

/// For this code and for the C libraries within (SQLite, libpq, OpenSSL): a bill run asks for millions of small blocks on
/// several threads, and the system's allocator slows down as they come and go.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    mainstay::cli::run()
}
