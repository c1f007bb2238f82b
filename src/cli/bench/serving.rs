//! The real server in this process, on a port of its own and a thread of its own.

use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc;
use std::thread::JoinHandle;

use actix_web::dev::{Server, ServerHandle};
use anyhow::Context;

use crate::app::App;
use crate::config::Config;
use crate::web::sandbox::open_desk;
use crate::web::server;

/// A server on a thread of its own.
pub struct Serving {
    handle: ServerHandle,
    thread: JoinHandle<std::io::Result<()>>,
}

impl Serving {
    /// Starts what `make` makes.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(
        make: impl FnOnce() -> std::io::Result<Server> + Send + 'static,
    ) -> anyhow::Result<Self> {
        let (send, receive) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                let server = make()?;
                if send.send(server.handle()).is_err() {
                    return Ok(());
                }
                server.await
            })
        });
        let handle = receive.recv().context("the server did not start")?;
        Ok(Self { handle, thread })
    }

    /// Stops it.
    ///
    /// # Errors
    /// What the server ended with.
    pub fn stop(self) -> anyhow::Result<()> {
        drop(self.handle.stop(false));
        match self.thread.join() {
            Ok(ended) => Ok(ended?),
            Err(_panic) => anyhow::bail!("the server panicked"),
        }
    }
}

/// Opens a database as `mainstay serve` does, and a port that the house is not served on yet.
///
/// # Errors
/// When the database or a port cannot be opened.
pub fn open(database: &str) -> anyhow::Result<(App, TcpListener, SocketAddr)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let at = listener.local_addr()?;
    let config = Config::read(&|name| match name {
        "BIND" => Some(at.to_string()),
        "DATABASE_URL" => Some(database.to_owned()),
        _ => None,
    })?;
    let mut app = App::open(config)?;
    app.desk = open_desk(&app)?;
    Ok((app, listener, at))
}

/// Serves the house.
///
/// # Errors
/// When the server does not start.
pub fn serve(app: &App, listener: TcpListener) -> anyhow::Result<Serving> {
    let theirs = app.clone();
    Serving::start(move || server::start(&theirs, listener))
}
