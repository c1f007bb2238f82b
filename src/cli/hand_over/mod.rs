//! One process owns a SQLite file. A command that writes hands its words to the server that owns it, over a socket beside the file; the
//! server runs them with the same code and sends back what they say. Where no server runs, the command takes the file itself.
//!
//! Both sides speak lines of JSON: the caller sends one `Asked`, the server answers with any number of `Told`.

#[cfg(unix)]
mod caller;
#[cfg(unix)]
pub mod desk;
#[cfg(unix)]
mod socket;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

use crate::app::{App, OpenError};
use crate::cli::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store::db::{Access, Db};
use crate::store::error::StoreError;
use crate::store::settings;

/// What a caller asks for.
#[derive(Debug, Serialize, Deserialize)]
struct Asked {
    /// The words of the command line, the program's name first.
    words: Vec<String>,
    /// The folder from which the caller names its files.
    folder: PathBuf,
}

/// What the server answers, piece by piece; the last piece is one of the two ends.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Told {
    /// A line for the console.
    Line(String),
    /// It is done.
    Done,
    /// It failed, and why.
    Failed(String),
}

/// What a command that writes works with: here, or at the server's.
pub struct Work<'a> {
    /// The database.
    pub db: &'a Db,
    /// The utility's clock.
    pub clock: &'a Clock,
    /// The folder from which files are named.
    pub folder: &'a Path,
    /// Where it speaks.
    pub say: &'a mut dyn FnMut(String),
}

impl Work<'_> {
    /// The operator, now.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        let at = self.clock.now();
        Stamp {
            by: Actor::unnamed(ActorKind::Operator),
            at,
            on: self.clock.day_of(at),
            request_id: None,
        }
    }

    /// A file as its namer means it.
    #[must_use]
    pub fn file(&self, named: &Path) -> PathBuf {
        self.folder.join(named)
    }
}

/// A command of the command line that may be handed over.
pub trait Command {
    /// Does what was asked.
    ///
    /// # Errors
    /// What the person at the console reads.
    fn run(&self, work: &mut Work<'_>) -> anyhow::Result<()>;
}

/// Runs a command that writes: at the server that owns the file, or here.
pub fn run(command: &impl Command) -> anyhow::Result<ExitCode> {
    let config = Config::from_environment()?;
    #[cfg(unix)]
    let url = config.database_url.clone();
    #[cfg(unix)]
    if let Some(code) = caller::try_server(&url)? {
        return Ok(code);
    }
    let app = match App::open(config) {
        Ok(app) => app,
        #[cfg(unix)]
        Err(OpenError::Fault(error)) => match caller::wait_for_server(&url)? {
            Some(code) => return Ok(code),
            None => return Err(error.into()),
        },
        Err(error) => return Err(error.into()),
    };
    command.run(&mut Work {
        db: &app.db,
        clock: &app.clock,
        folder: &std::env::current_dir()?,
        say: &mut |line| say(line),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Runs a command that only looks, beside whoever owns the database.
pub fn look(command: &impl Command) -> anyhow::Result<ExitCode> {
    let config = Config::from_environment()?;
    let db = Db::open(&config.database_url, Access::Look)?;
    let clock = Clock::new(config.zone);
    let ahead = db.read_blocking(|conn| {
        let is_demonstration = settings::is_demonstration(conn)?;
        if is_demonstration {
            settings::clock_ahead(conn).map(Some)
        } else {
            Ok::<_, StoreError>(None)
        }
    })?;
    if let Some(ahead) = ahead {
        clock.set(clock.world_now() + ahead);
    }
    command.run(&mut Work {
        db: &db,
        clock: &clock,
        folder: &std::env::current_dir()?,
        say: &mut |line| say(line),
    })?;
    Ok(ExitCode::SUCCESS)
}
