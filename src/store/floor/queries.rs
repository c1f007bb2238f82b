//! How many queries a page costs: counted at the connections themselves, past everything of ours.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use crate::store::error::StoreError;

static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static COUNT: AtomicU64 = AtomicU64::new(0);

/// Lets every connection that is opened from now on be counted.
///
/// # Errors
/// `Unavailable` where the connections cannot be watched.
pub fn watch() -> Result<(), StoreError> {
    let watcher = || -> Option<Box<dyn Instrumentation>> { Some(Box::new(see)) };
    set_default_instrumentation(watcher).map_err(|error| StoreError::Unavailable(error.to_string()))
}

/// The queries that are made while `work` runs, beginnings and ends of transactions left out.
pub fn count<T>(work: impl FnOnce() -> T) -> (T, u64) {
    COUNT.store(0, Ordering::SeqCst);
    IS_COUNTING.store(true, Ordering::SeqCst);
    let done = work();
    IS_COUNTING.store(false, Ordering::SeqCst);
    (done, COUNT.load(Ordering::SeqCst))
}

fn see(event: InstrumentationEvent<'_>) {
    if let InstrumentationEvent::StartQuery { query, .. } = event
        && IS_COUNTING.load(Ordering::Relaxed)
    {
        let text = query.to_string();
        let is_bound = ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"]
            .iter()
            .any(|word| text.trim_start().starts_with(word));
        COUNT.fetch_add(u64::from(!is_bound), Ordering::SeqCst);
    }
}
