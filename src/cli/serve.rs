//! `mainstay serve`: the web server and, in the same process, the jobs.

use std::net::TcpListener;

use anyhow::Context;

use crate::app::App;
#[cfg(unix)]
use crate::cli::hand_over;
use crate::cli::{log, say};
use crate::config::Config;
use crate::domain::stamp::{Actor, ActorKind};
use crate::jobs;
use crate::secrets::random_token;
use crate::usecases::staff::{StaffError, offer_set_up};
use crate::web::sandbox::open_desk;
use crate::web::server;

pub fn run() -> anyhow::Result<()> {
    let config = Config::from_environment()?;
    let listener = listen(&config)?;
    let mut app = App::open(config)?;
    app.desk = open_desk(&app)?;
    offer_first_sign_in(&app)?;
    serve(&app, listener)
}

/// Takes the address, so that nothing is done in vain where somebody else has it.
///
/// # Errors
/// When the address is taken.
pub fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    let bind = config.bind;
    TcpListener::bind(bind).with_context(|| {
        format!("cannot listen on {bind}; stop what listens there, or set BIND to another address")
    })
}

/// Serves until told to stop.
///
/// # Errors
/// When the server fails.
pub fn serve(app: &App, listener: TcpListener) -> anyhow::Result<()> {
    jobs::deliver_notices::check(app)?;
    log()?;
    jobs::provider_events::take_over(app)?;
    #[cfg(unix)]
    let _desk = hand_over::desk::open(app)?;
    actix_web::rt::System::new().block_on(async {
        let server = server::start(app, listener)?;
        say(format!("Customers: {}/", app.config.public_url));
        say(format!("Office:    {}/office", app.config.public_url));
        let jobs = jobs::start(app);
        server.await?;
        jobs.stop().await;
        Ok(())
    })
}

/// Where nobody can sign in to the office yet: prints the token of the set-up page.
fn offer_first_sign_in(app: &App) -> anyhow::Result<()> {
    let token = random_token()?;
    let (hash, now) = (token.hash(), app.clock.world_now());
    let stamp = app.stamp(Actor::unnamed(ActorKind::Operator), None);
    match app
        .db
        .write_blocking(stamp, move |tx| offer_set_up(tx, &hash, now))
    {
        Ok(()) => {
            let address = &app.config.public_url;
            say("Nobody can sign in to the office yet. Make the first administrator here:");
            say(format!(
                "  {address}/office/set-up?token={}",
                token.reveal()
            ));
            Ok(())
        }
        Err(StaffError::AlreadySetUp) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
