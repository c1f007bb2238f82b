//! What every door is handed: the database, the clock and the configuration. Adapters join it here.

use std::sync::Arc;

use crate::adapters::desk::Desk;
use crate::adapters::stripe::is_live_key;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::alerts::is_quiet;
use crate::domain::stamp::{Actor, Stamp};
use crate::i18n::name_house;
use crate::secrets::{HashError, Token, random_token};
use crate::store::db::{Access, Db};
use crate::store::error::StoreError;
use crate::store::settings;

/// The house's shared things. Cloning is cheap.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The utility's clock.
    pub clock: Clock,
    /// How the program was asked to run.
    pub config: Arc<Config>,
    /// Where payments are taken; nothing where there is no key and the sandbox may not stand in.
    pub desk: Option<Desk>,
    /// Whether the database is a demonstration's: it has a clock of its own, and production refuses it.
    pub is_demonstration: bool,
}

/// Why the house does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The people and the money of a demonstration are made up.
    #[error("this is a demonstration's database; production needs one of its own")]
    DemonstrationInProduction,
    /// Everybody knows the passwords of a demonstration.
    #[error("a demonstration is for this machine alone: set BIND to 127.0.0.1 and a port, not {0}")]
    DemonstrationInTheOpen(std::net::SocketAddr),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl App {
    /// Opens the house: its database, and a demonstration's clock as it was left.
    ///
    /// # Errors
    /// `DemonstrationInProduction`, or the database's failure.
    pub fn open(config: Config) -> Result<Self, OpenError> {
        name_house(config.name.clone(), config.short_name.clone());
        let db = Db::open(&config.database_url, Access::Own)?;
        let (is_demonstration, ahead) = db.read_blocking(|conn| {
            let ahead = settings::clock_ahead(conn)?;
            Ok::<_, StoreError>((settings::is_demonstration(conn)?, ahead))
        })?;
        if is_demonstration && config.is_production {
            return Err(OpenError::DemonstrationInProduction);
        }
        let clock = Clock::new(config.zone);
        if is_demonstration {
            clock.set(clock.world_now() + ahead);
        }
        Ok(Self {
            db,
            clock,
            config: Arc::new(config),
            desk: None,
            is_demonstration,
        })
    }

    /// Refuses to serve a demonstration to anybody but this machine's own people.
    ///
    /// # Errors
    /// `DemonstrationInTheOpen`.
    pub fn may_serve(&self) -> Result<(), OpenError> {
        if self.is_demonstration && !self.config.bind.ip().is_loopback() {
            return Err(OpenError::DemonstrationInTheOpen(self.config.bind));
        }
        Ok(())
    }

    /// Whether payments go to the built-in sandbox.
    #[must_use]
    pub fn has_sandbox(&self) -> bool {
        self.desk
            .as_ref()
            .is_some_and(|desk| desk.sandbox.is_some())
    }

    /// Whether payments are taken by which no money moves: by the sandbox, or with a test key of the processor.
    #[must_use]
    pub fn has_test_payments(&self) -> bool {
        let key = self.config.stripe_key.as_deref();
        self.has_sandbox() || key.is_some_and(|key| !is_live_key(key))
    }

    /// A fresh secret of the house, for whoever keeps one.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn fresh_token(&self) -> Result<Token, HashError> {
        random_token()
    }

    /// Whether no text is sent at this hour of the utility's zone.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let local = self.clock.now().and_utc().with_timezone(&self.clock.zone());
        is_quiet(local.naive_local())
    }

    /// Who acts now, on the utility's civil day.
    #[must_use]
    pub fn stamp(&self, by: Actor, request_id: Option<String>) -> Stamp {
        let at = self.clock.now();
        Stamp {
            by,
            at,
            on: self.clock.day_of(at),
            request_id,
        }
    }
}
