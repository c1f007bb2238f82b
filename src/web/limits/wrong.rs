//! Wrong claims by what they are counted: an amount, or the network they come from.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many wrong claims in a period, by what they are counted. Each is counted before it is looked at, so that tries at once count, too; one
/// that turned out right is taken off again.
pub(super) struct Wrong {
    most: usize,
    period: Duration,
    tries: Mutex<HashMap<u64, VecDeque<Instant>>>,
}

impl Wrong {
    /// At most so many in so many hours.
    pub(super) fn new(most: usize, hours: u64) -> Self {
        Self {
            most,
            period: Duration::from_secs(hours * 3_600),
            tries: Mutex::default(),
        }
    }

    /// Counts a try, or says how long to wait.
    pub(super) fn begin(&self, key: u64, now: Instant) -> Result<(), Duration> {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let of_key = tries.entry(key).or_default();
        of_key.retain(|at| now.duration_since(*at) < self.period);
        match of_key.front() {
            Some(first) if of_key.len() >= self.most => {
                Err(self.period.saturating_sub(now.duration_since(*first)))
            }
            Some(_) | None => {
                of_key.push_back(now);
                Ok(())
            }
        }
    }

    /// How many were counted within the period.
    pub(super) fn count(&self, key: u64, now: Instant) -> usize {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let is_young = |at: &&Instant| now.duration_since(**at) < self.period;
        tries
            .get(&key)
            .map_or(0, |of_key| of_key.iter().filter(is_young).count())
    }

    /// Takes off the last one, which was right.
    pub(super) fn forgive(&self, key: u64) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_key) = tries.get_mut(&key) {
            of_key.pop_back();
        }
    }

    /// Forgets what was not tried within the period.
    pub(super) fn tidy(&self, now: Instant) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let is_young = |at: &Instant| now.duration_since(*at) < self.period;
        tries.retain(|_, of_key| of_key.back().is_some_and(is_young));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_later_an_amount_may_be_tried_again() {
        let (tries, now) = (Wrong::new(3, 1), Instant::now());
        let hour = Duration::from_secs(3_600);
        for _ in 0..3 {
            assert!(tries.begin(1, now).is_ok());
        }
        assert_eq!(tries.begin(1, now), Err(hour));
        assert!(tries.begin(2, now).is_ok());
        assert!(tries.begin(1, now + hour).is_ok());
    }
}
