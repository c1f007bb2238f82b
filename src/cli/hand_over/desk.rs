//! The server's side: takes commands from the socket while it serves, each on a thread of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;

use crate::app::App;
use crate::cli::Handed;
use crate::cli::hand_over::{Asked, Told, Work, socket};

/// The most bytes that a command's words may have.
const MOST: u64 = 256 * 1024;

/// How long a caller may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);

/// The open desk; nobody can hand anything over once it is gone.
pub struct OpenDesk {
    at: PathBuf,
}

impl Drop for OpenDesk {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.at) {
            tracing::warn!("{} was left behind: {error}", self.at.display());
        }
    }
}

/// Takes commands for the database of this process, where it is one that needs it.
///
/// # Errors
/// Where the socket cannot be made beside the file.
pub fn open(app: &App) -> anyhow::Result<Option<OpenDesk>> {
    let Some(at) = socket::path(&app.config.database_url) else {
        return Ok(None);
    };
    let listener = socket::listen(&at)
        .with_context(|| format!("the socket {} cannot be made", at.display()))?;
    let app = app.clone();
    std::thread::Builder::new()
        .name("hand-over".to_owned())
        .spawn(move || take_all(&app, &listener))?;
    Ok(Some(OpenDesk { at }))
}

fn take_all(app: &App, listener: &UnixListener) {
    for caller in listener.incoming() {
        let app = app.clone();
        let served = caller.and_then(|caller| {
            std::thread::Builder::new()
                .name("handed-over".to_owned())
                .spawn(move || {
                    if let Err(error) = serve(&app, caller) {
                        tracing::warn!("a command that was handed over went wrong: {error:#}");
                    }
                })
        });
        if let Err(error) = served {
            tracing::warn!("a caller was not heard: {error}");
        }
    }
}

fn serve(app: &App, caller: UnixStream) -> anyhow::Result<()> {
    caller.set_read_timeout(Some(PATIENCE))?;
    let mut line = String::new();
    BufReader::new((&caller).take(MOST)).read_line(&mut line)?;
    let asked: Asked = serde_json::from_str(&line).context("the words cannot be read")?;
    let told = match run(app, &asked, &caller) {
        Ok(()) => Told::Done,
        Err(error) => Told::Failed(format!("{error:#}")),
    };
    tell(&caller, &told)
}

/// Runs the command. A caller that went away is no reason to stop: the work is wanted all the same.
fn run(app: &App, asked: &Asked, caller: &UnixStream) -> anyhow::Result<()> {
    let command = Handed::parse(&asked.words)?;
    let mut is_there = true;
    let mut say = |line: String| {
        if is_there && let Err(error) = tell(caller, &Told::Line(line)) {
            tracing::info!("whoever handed a command over went away: {error:#}");
            is_there = false;
        }
    };
    tracing::info!("runs a command that was handed over");
    command.run(&mut Work {
        db: &app.db,
        clock: &app.clock,
        folder: &asked.folder,
        say: &mut say,
    })
}

fn tell(mut caller: &UnixStream, told: &Told) -> anyhow::Result<()> {
    let mut line = serde_json::to_string(told)?;
    line.push('\n');
    Ok(caller.write_all(line.as_bytes())?)
}
