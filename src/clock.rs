//! The only reader of the time. A demonstration's town has a clock of its own, kept in its settings; every other database has the world's.

use std::sync::{Arc, RwLock};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use tokio::sync::watch;

/// Tells the time in UTC and the day in the utility's zone.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: Tz,
    /// How far the town's clock is ahead of the world's.
    ahead: Arc<RwLock<TimeDelta>>,
    /// Tells whoever waits that a demonstration's clock was moved on.
    moved: Arc<watch::Sender<()>>,
}

impl Clock {
    /// The world's clock, read in the utility's zone.
    #[must_use]
    pub fn new(zone: Tz) -> Self {
        Self {
            zone,
            ahead: Arc::new(RwLock::new(TimeDelta::zero())),
            moved: Arc::new(watch::Sender::new(())),
        }
    }

    /// A clock of its own in the same zone that tells this instant now.
    #[must_use]
    pub fn at(&self, now: NaiveDateTime) -> Self {
        let other = Self::new(self.zone);
        other.set(now);
        other
    }

    /// The utility's time zone.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The instant, in UTC, to the microsecond (as the databases keep it).
    #[must_use]
    pub fn now(&self) -> NaiveDateTime {
        let now = world() + self.ahead();
        now.with_timezone_micros()
    }

    /// The world's own instant, in UTC: sessions, one-time tokens and codes count by it, whatever a town's clock tells.
    #[must_use]
    pub fn world_now(&self) -> NaiveDateTime {
        world().with_timezone_micros()
    }

    /// The civil day in the utility's zone.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.day_of(self.now())
    }

    /// The civil day of an instant in the utility's zone.
    #[must_use]
    pub fn day_of(&self, at: NaiveDateTime) -> NaiveDate {
        at.and_utc().with_timezone(&self.zone).date_naive()
    }

    /// Noon of a day in the utility's zone, in UTC.
    #[must_use]
    pub fn noon_of(&self, day: NaiveDate) -> NaiveDateTime {
        let noon = day.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
        let there = noon.and_local_timezone(self.zone).earliest();
        there.map_or(noon, |instant| instant.naive_utc())
    }

    /// Moves a demonstration's clock so that it tells this instant now. Only a demonstration database may call it.
    pub fn set(&self, now: NaiveDateTime) {
        let ahead = now.and_utc() - world();
        *self
            .ahead
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = ahead;
    }

    /// Moves a demonstration's clock as [`Clock::set`] does, and wakes the jobs for the days between. Only the page of a demonstration's clock
    /// may call it.
    pub fn pass_to(&self, now: NaiveDateTime) {
        self.set(now);
        self.moved.send_replace(());
    }

    /// Whoever waits until the clock is moved on. It never is, but in a demonstration.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<()> {
        self.moved.subscribe()
    }

    /// How far the clock is ahead of the world's.
    #[must_use]
    pub fn ahead(&self) -> TimeDelta {
        *self
            .ahead
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that looks at the world's clock"
)]
fn world() -> DateTime<Utc> {
    Utc::now()
}

trait ToMicros {
    fn with_timezone_micros(self) -> NaiveDateTime;
}

impl ToMicros for DateTime<Utc> {
    fn with_timezone_micros(self) -> NaiveDateTime {
        DateTime::from_timestamp_micros(self.timestamp_micros())
            .unwrap_or(self)
            .naive_utc()
    }
}
