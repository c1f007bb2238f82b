//! Long work that a process does once at a time, such as a bill run. A claim keeps one process from working twice; what must never happen
//! twice is kept apart by the rows themselves.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The claims of one process on one database.
#[derive(Clone, Default)]
pub struct Claims(Arc<Mutex<BTreeSet<String>>>);

/// A claim that holds until it is dropped.
pub struct Claim {
    what: String,
    claims: Claims,
}

impl Claims {
    /// Claims a piece of work; `None` while somebody of this process has it.
    #[must_use]
    pub fn claim(&self, what: &str) -> Option<Claim> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(what.to_owned()).then(|| Claim {
            what: what.to_owned(),
            claims: self.clone(),
        })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut held = self.claims.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.remove(&self.what);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_claimed_once_until_it_is_given_up() {
        let claims = Claims::default();
        let claim = claims.claim("bill run 7");
        assert!(claim.is_some());
        assert!(claims.clone().claim("bill run 7").is_none());
        drop(claim);
        assert!(claims.claim("bill run 7").is_some());
    }
}
