//! The office while a town's history passes: who acts, on which day, and never later than the present.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::cli::town::foundation::{Crew, stamp};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store::db::{Db, Tx};
use crate::store::error::StoreError;

/// What everybody in a town's history needs.
pub struct Office<'a> {
    /// The database.
    pub db: &'a Db,
    /// The utility's zone.
    pub zone: Tz,
    /// The present, in UTC.
    pub now: NaiveDateTime,
    /// The present day.
    pub today: NaiveDate,
    /// The people of the office.
    pub crew: Crew,
}

impl Office<'_> {
    /// Somebody acts on a day, at an hour of the utility's clocks.
    #[must_use]
    pub fn stamp(&self, by: &Actor, on: NaiveDate, hour: u32) -> Stamp {
        let mut stamp = stamp(self.zone, by, on, hour);
        stamp.at = stamp.at.min(self.now);
        stamp
    }

    /// The clerk acts on a day.
    #[must_use]
    pub fn clerk(&self, on: NaiveDate, hour: u32) -> Stamp {
        self.stamp(&self.crew.clerk, on, hour)
    }

    /// The program acts by itself on a day.
    #[must_use]
    pub fn clock(&self, on: NaiveDate, hour: u32) -> Stamp {
        self.stamp(&Actor::unnamed(ActorKind::Clock), on, hour)
    }

    /// One change.
    ///
    /// # Errors
    /// What the change refuses, or a fault.
    pub fn write<T, E>(
        &self,
        stamp: Stamp,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.db.write_blocking(stamp, work)
    }
}
