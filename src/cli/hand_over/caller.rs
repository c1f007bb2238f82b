//! The caller's side: hands the words over, and repeats what the server says.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};

use crate::cli::hand_over::{Asked, Told, socket};
use crate::cli::{note, say};

/// How often a server that owns the file but does not listen yet is tried again, and how long in between.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// Hands this command over if a server listens.
pub fn try_server(url: &str) -> anyhow::Result<Option<ExitCode>> {
    let Some(at) = socket::path(url) else {
        return Ok(None);
    };
    let connected = socket::connect(&at)
        .with_context(|| format!("the server's socket {} cannot be used", at.display()))?;
    connected.map(hand_over).transpose()
}

/// Tries for a moment: whoever owns the file may be a server that is just opening.
pub fn wait_for_server(url: &str) -> anyhow::Result<Option<ExitCode>> {
    for _ in 0..TRIES {
        std::thread::sleep(PAUSE);
        if let Some(code) = try_server(url)? {
            return Ok(Some(code));
        }
    }
    Ok(None)
}

fn hand_over(mut server: UnixStream) -> anyhow::Result<ExitCode> {
    let asked = Asked {
        words: std::env::args().collect(),
        folder: std::env::current_dir()?,
    };
    let mut line = serde_json::to_string(&asked)?;
    line.push('\n');
    server.write_all(line.as_bytes())?;
    for line in BufReader::new(server).lines() {
        let Ok(line) = line else { break };
        match serde_json::from_str(&line).context("the server's answer cannot be read")? {
            Told::Line(text) => say(text),
            Told::Done => return Ok(ExitCode::SUCCESS),
            Told::Failed(why) => {
                note(format_args!("mainstay: {why}"));
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    bail!(
        "the server stopped before the work was done; what it had done is kept: run the same command again to finish it"
    )
}
