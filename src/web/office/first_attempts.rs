//! How many bills arrived by the first way tried, for the office's first page. In a small house that is counted whenever somebody looks; where
//! counting takes long, what was counted last is shown, and counted anew behind it after a minute.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use crate::app::App;
use crate::store::bill_deliveries;
use crate::store::error::StoreError;

/// Nobody waits for a count that took longer when it was made last.
const LONG: Duration = Duration::from_millis(200);

/// So long a count that took long is shown before it is made again.
const KEPT: Duration = Duration::from_secs(60);

/// Bills that went out, and how many of them arrived by the first way tried.
pub type Attempts = (i64, i64);

/// What was counted last. One for a server, as `Data<FirstAttempts>`.
#[derive(Default)]
pub struct FirstAttempts {
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    last: Option<Counted>,
    is_counting: bool,
}

#[derive(Clone, Copy)]
struct Counted {
    since: NaiveDate,
    attempts: Attempts,
    at: Instant,
    took: Duration,
}

/// Says that somebody counts, until it is dropped.
struct Counting(Arc<Mutex<Known>>);

impl Drop for Counting {
    fn drop(&mut self) {
        locked(&self.0).is_counting = false;
    }
}

impl FirstAttempts {
    /// Of bills that were issued since a day; nothing while they are counted for the first time on somebody else's behalf.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn since(&self, app: &App, since: NaiveDate) -> Result<Option<Attempts>, StoreError> {
        let (last, counting) = self.begin(since);
        let shown = last.map(|last| last.attempts);
        let Some(counting) = counting else {
            return Ok(shown);
        };
        let counted = actix_web::rt::spawn(count(app.clone(), since, counting));
        if last.is_some_and(|last| last.took > LONG) {
            return Ok(shown);
        }
        let counted = counted.await;
        Ok(Some(counted.map_err(|gone| {
            StoreError::Abandoned(gone.to_string())
        })??))
    }

    /// What was counted last of the same days, and the right to count anew, where that is due and nobody else does.
    fn begin(&self, since: NaiveDate) -> (Option<Counted>, Option<Counting>) {
        let mut known = locked(&self.known);
        let last = known.last.filter(|last| last.since == since);
        let is_kept = last.is_some_and(|last| last.took > LONG && last.at.elapsed() < KEPT);
        if is_kept || known.is_counting {
            return (last, None);
        }
        known.is_counting = true;
        (last, Some(Counting(Arc::clone(&self.known))))
    }
}

async fn count(app: App, since: NaiveDate, counting: Counting) -> Result<Attempts, StoreError> {
    let begun = Instant::now();
    let read = app
        .db
        .read(move |conn| bill_deliveries::first_attempts(conn, since));
    let attempts = read.await?;
    locked(&counting.0).last = Some(Counted {
        since,
        attempts,
        at: Instant::now(),
        took: begun.elapsed(),
    });
    Ok(attempts)
}

fn locked(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}
