//! The sandbox's doors: the API that our own adapter and outside judges call, and the page where a customer pays with test numbers.
//!
//! They exist only where the sandbox stands in for the processor: never in production, never beside a key, never beyond this machine.

mod api;
mod page;

use crate::adapters::desk::{Desk, DeskError};
use crate::adapters::stripe::is_live_key;
use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::error::StoreError;
use crate::usecases::sandbox::till;
use crate::web::doors::{Doors, Key};

/// Every door of the sandbox. Where it doesn't stand in, each answers that there is nothing.
#[must_use]
pub fn routes() -> Doors {
    Doors::at("/sandbox")
        .get("/v1/{tail:.*}", Key::Anyone, api::call)
        .post("/v1/{tail:.*}", Key::Anyone, api::call)
        .get("/checkout/{id}", Key::Anyone, page::show)
        .post("/checkout/{id}", Key::Anyone, page::pay)
        .post(
            "/checkout/{id}/authentication",
            Key::Anyone,
            page::authenticate,
        )
}

/// Why the desk can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// A demonstration must not move real money.
    #[error("a demonstration database can't be used with a live key: unset STRIPE_SECRET_KEY")]
    LiveDemonstration,
    /// A test key moves no money, and debts would count as paid.
    #[error(
        "production needs a live key: STRIPE_SECRET_KEY is a test key, by which no money moves"
    )]
    TestKeyInProduction,
    /// The adapter can't be made.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Opens the place where payments are taken: the processor where there is a key, the sandbox where it may stand in, otherwise none.
///
/// # Errors
/// A key that must not be used here, or a fault.
pub fn open_desk(app: &App) -> Result<Option<Desk>, NotOpened> {
    let config = &app.config;
    if let Some(key) = &config.stripe_key {
        if app.is_demonstration && is_live_key(key) {
            return Err(NotOpened::LiveDemonstration);
        }
        if config.is_production && !is_live_key(key) {
            return Err(NotOpened::TestKeyInProduction);
        }
        let secrets = config.stripe_webhook_secrets.clone();
        let base = config.stripe_api_base.clone();
        return Ok(Some(Desk::of_stripe(key.clone(), secrets, base)?));
    }
    if !config.may_use_sandbox() {
        return Ok(None);
    }
    let stamp = app.stamp(Actor::unnamed(ActorKind::Operator), None);
    let keys = app.db.write_blocking(stamp, till::keys)?;
    let address = format!("http://{}", config.bind);
    let desk = Desk::of_sandbox(&address, keys.secret_key, keys.webhook_secret)?;
    Ok(Some(desk))
}
