//! How often somebody may try: sign-ins, claims and mails by client address and by what they are about, search by member of staff.
//!
//! Kept in memory, by process: a restart forgives. What is counted is hashed with a key of the process, so no address or e-mail is kept.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::HttpRequest;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::Config;
use crate::domain::ids::StaffId;
use crate::web::PageError;
use crate::web::client_address::{client_address, network};

/// All limits of one server.
pub struct Limits {
    proxies: Vec<IpAddr>,
    keys: RandomState,
    clock: DefaultClock,
    /// Sign-ins, right or wrong, of one address.
    sign_ins: DefaultKeyedRateLimiter<u64>,
    /// Wrong sign-ins and codes of one person.
    failures: DefaultKeyedRateLimiter<u64>,
    /// Claims and registrations of one address, and of one account.
    claims_by_address: DefaultKeyedRateLimiter<u64>,
    claims_by_account: DefaultKeyedRateLimiter<u64>,
    /// Letters asked for by one address, and to one person.
    mails_by_address: DefaultKeyedRateLimiter<u64>,
    mails_by_subject: DefaultKeyedRateLimiter<u64>,
    /// Searches of one member of staff.
    searches: DefaultKeyedRateLimiter<u64>,
    /// Persons who used up their failures, until when.
    shut: Mutex<HashMap<u64, Instant>>,
}

impl Limits {
    /// Fresh limits; the configured proxies tell whose address counts.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self {
            proxies: config.trusted_proxies.clone(),
            keys: RandomState::new(),
            clock: DefaultClock::default(),
            sign_ins: limiter(60, 2),
            failures: limiter(10, 60),
            claims_by_address: limiter(20, 60),
            claims_by_account: limiter(5, 600),
            mails_by_address: limiter(10, 60),
            mails_by_subject: limiter(3, 600),
            searches: limiter(60, 1),
            shut: Mutex::default(),
        }
    }

    /// Counts a sign-in of an address.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn sign_in(&self, request: &HttpRequest) -> Result<(), PageError> {
        self.count(&self.sign_ins, self.address_key(request))
    }

    /// Whether somebody may still try: asked before a password is checked, and again after, so that tries at once count too.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn may_try(&self, person: &str) -> Result<(), PageError> {
        let now = Instant::now();
        let key = self.key(&person.trim().to_lowercase());
        let shut = self.shut.lock().unwrap_or_else(PoisonError::into_inner);
        match shut.get(&key) {
            Some(until) if *until > now => Err(too_many(until.duration_since(now))),
            Some(_) | None => Ok(()),
        }
    }

    /// Counts a wrong password or code of somebody.
    pub fn failed(&self, person: &str) {
        let key = self.key(&person.trim().to_lowercase());
        if let Err(not_until) = self.failures.check_key(&key) {
            self.shut
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(
                    key,
                    Instant::now() + not_until.wait_time_from(self.clock.now()),
                );
        }
    }

    /// Counts a claim of an address on an account, whether or not there is such an account.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn claim(&self, request: &HttpRequest, account: &str) -> Result<(), PageError> {
        self.count(&self.claims_by_address, self.address_key(request))?;
        let digits: String = account.chars().filter(char::is_ascii_digit).collect();
        self.count(&self.claims_by_account, self.key(&digits))
    }

    /// Counts a letter that an address asks for, to somebody who may or may not be known to us.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn mail(&self, request: &HttpRequest, subject: &str) -> Result<(), PageError> {
        self.count(&self.mails_by_address, self.address_key(request))?;
        self.count(
            &self.mails_by_subject,
            self.key(&subject.trim().to_lowercase()),
        )
    }

    /// Counts a search of a member of staff.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn search(&self, staff: StaffId) -> Result<(), PageError> {
        self.count(&self.searches, self.key(&staff))
    }

    /// Forgets whoever has not tried for long; the server calls it now and then.
    pub fn tidy(&self) {
        for limiter in [
            &self.sign_ins,
            &self.failures,
            &self.claims_by_address,
            &self.claims_by_account,
            &self.mails_by_address,
            &self.mails_by_subject,
            &self.searches,
        ] {
            limiter.retain_recent();
        }
        let now = Instant::now();
        self.shut
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, until| *until > now);
    }

    fn count(&self, limiter: &DefaultKeyedRateLimiter<u64>, key: u64) -> Result<(), PageError> {
        limiter
            .check_key(&key)
            .map_err(|not_until| too_many(not_until.wait_time_from(self.clock.now())))
    }

    fn key(&self, subject: &impl Hash) -> u64 {
        self.keys.hash_one(subject)
    }

    fn address_key(&self, request: &HttpRequest) -> u64 {
        self.key(&client_address(request, &self.proxies).map(network))
    }
}

/// `burst` tries at once, then one more every so many seconds.
fn limiter(burst: u32, seconds: u64) -> DefaultKeyedRateLimiter<u64> {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(Duration::from_secs(seconds))
        .unwrap_or(Quota::per_minute(burst))
        .allow_burst(burst);
    RateLimiter::keyed(quota)
}

fn too_many(wait: Duration) -> PageError {
    let minutes = u32::try_from(wait.as_secs().div_ceil(60)).unwrap_or(u32::MAX);
    PageError::TooMany {
        minutes: minutes.max(1),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn limits() -> Limits {
        Limits::new(&Config::read(&|_| None).unwrap())
    }

    fn from(address: &str) -> HttpRequest {
        let peer = format!("{address}:1").parse().unwrap();
        TestRequest::get().peer_addr(peer).to_http_request()
    }

    #[test]
    fn after_ten_wrong_passwords_somebody_has_to_wait_and_nobody_else() {
        let limits = limits();
        for _ in 0..11 {
            assert!(limits.may_try("rosa@example.com").is_ok());
            limits.failed("Rosa@example.com ");
        }
        let refusal = limits.may_try("rosa@example.com");
        assert!(matches!(refusal, Err(PageError::TooMany { minutes: 1 })));
        assert!(limits.may_try("juan@example.com").is_ok());
        limits.tidy();
        assert!(limits.may_try("rosa@example.com").is_err());
    }

    #[test]
    fn an_account_is_not_guessed_from_many_addresses() {
        let limits = limits();
        for last in 1..=5 {
            let request = from(&format!("192.0.2.{last}"));
            assert!(limits.claim(&request, "4100-27160-4").is_ok());
        }
        assert!(limits.claim(&from("192.0.2.6"), "4100271604").is_err());
        assert!(limits.claim(&from("192.0.2.6"), "4100-27161-2").is_ok());
    }
}
