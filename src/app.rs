//! What every door is handed: the database, the clock and the configuration. Adapters join it here.

use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::domain::stamp::{Actor, Stamp};
use crate::store::db::Db;

/// The house's shared things. Cloning is cheap.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The utility's clock.
    pub clock: Clock,
    /// How the program was asked to run.
    pub config: Arc<Config>,
    /// Whether the database is a demonstration's: it has a clock of its own, and production refuses it.
    pub is_demonstration: bool,
}

impl App {
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
