//! How often somebody may try: sign-ins, claims and mails by client address and by what they are about, search by member of staff.
//!
//! What is about one person or account is counted twice: tightly from one network, loosely from everywhere. So guesses spread over many
//! addresses end too, and a stranger at one address does not keep the owner out. Where strangers at many addresses use up even the loose
//! count, the owner still has a way in that nobody can use up: a mailed code for a claim, a mailed link that sets a password and signs in.
//!
//! Kept in memory, by process: a restart forgives. What is counted is hashed with a key of the process, so no address or e-mail is kept.

#[cfg(test)]
mod tests;
mod wrong;

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
use crate::domain::ids::{AccountId, LoginId, StaffId};
use crate::domain::money::Money;
use crate::web::PageError;
use crate::web::client_address::{client_address, network, wide_network};
use crate::web::limits::wrong::Wrong;

/// All limits of one server.
pub struct Limits {
    proxies: Vec<IpAddr>,
    keys: RandomState,
    clock: DefaultClock,
    /// Sign-ins, right or wrong, of one address.
    sign_ins: DefaultKeyedRateLimiter<u64>,
    /// Wrong sign-ins and codes of one person.
    failures: Twice,
    /// Wrong codes of an app for one sign-in, from wherever: six digits are guessed by whoever has days to try.
    codes: Wrong,
    /// Claims and registrations of one address, and of one account.
    claims_by_address: DefaultKeyedRateLimiter<u64>,
    claims_by_account: Twice,
    /// Claims by one amount, on whatever account and from wherever: one guess on each of many accounts is as many guesses.
    claims_by_amount: Wrong,
    /// Claims by any amount from one network: so few that an amount which some bills share is not found by trying accounts, and that nobody
    /// shuts many amounts for the rest of the town.
    amounts_by_network: Wrong,
    /// Reports of outages without a sign-in, of one address and for one account.
    reports_by_address: DefaultKeyedRateLimiter<u64>,
    reports_by_account: Twice,
    /// Payments that one address asks for without a sign-in, and for one account.
    guests_by_address: DefaultKeyedRateLimiter<u64>,
    guests_by_account: Twice,
    /// Letters asked for by one address, and to one person.
    mails_by_address: DefaultKeyedRateLimiter<u64>,
    mails_by_subject: Twice,
    /// Searches of one member of staff.
    searches: DefaultKeyedRateLimiter<u64>,
    /// Persons who used up their failures, until when.
    shut: Mutex<HashMap<u64, Instant>>,
}

/// Tries about one subject, as counted from one network and from all of them.
struct Twice {
    near: DefaultKeyedRateLimiter<u64>,
    anywhere: DefaultKeyedRateLimiter<u64>,
}

/// By what somebody claims an account, as far as it can be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guess {
    /// The code of a letter or the web code of a bill: random or signed, and strangers' tries do not count against its reader.
    Code,
    /// The postal code of its place.
    Place,
    /// An amount of its last bill.
    Amount(Money),
}

/// The keys of one subject: as tried from one network, and from all of them.
struct Keys {
    near: u64,
    anywhere: u64,
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
            failures: Twice {
                near: limiter(10, 60),
                anywhere: limiter(100, 30),
            },
            codes: Wrong::new(20, 24),
            claims_by_address: limiter(20, 60),
            claims_by_account: Twice {
                near: limiter(5, 600),
                anywhere: limiter(30, 600),
            },
            claims_by_amount: Wrong::new(10, 1),
            amounts_by_network: Wrong::new(10, 24),
            reports_by_address: limiter(60, 10),
            reports_by_account: Twice {
                near: limiter(5, 600),
                anywhere: limiter(30, 600),
            },
            guests_by_address: limiter(20, 60),
            guests_by_account: Twice {
                near: limiter(6, 300),
                anywhere: limiter(30, 300),
            },
            mails_by_address: limiter(10, 60),
            mails_by_subject: Twice {
                near: limiter(3, 600),
                anywhere: limiter(10, 600),
            },
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
    pub fn may_try(&self, request: &HttpRequest, person: &str) -> Result<(), PageError> {
        let now = Instant::now();
        let keys = self.keys_of_person(request, person);
        let shut = self.shut.lock().unwrap_or_else(PoisonError::into_inner);
        let until = [keys.near, keys.anywhere]
            .iter()
            .filter_map(|key| shut.get(key))
            .max();
        match until {
            Some(until) if *until > now => Err(too_many(until.duration_since(now))),
            Some(_) | None => Ok(()),
        }
    }

    /// Counts a wrong password or code of somebody.
    pub fn failed(&self, request: &HttpRequest, person: &str) {
        let keys = self.keys_of_person(request, person);
        for (limiter, key) in [
            (&self.failures.near, keys.near),
            (&self.failures.anywhere, keys.anywhere),
        ] {
            if let Err(not_until) = limiter.check_key(&key) {
                let until = Instant::now() + not_until.wait_time_from(self.clock.now());
                self.shut
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(key, until);
            }
        }
    }

    /// Counts a code of an app that is about to be looked at, beside a password that was right.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn begin_code(&self, login: LoginId) -> Result<(), PageError> {
        let begun = self.codes.begin(self.key(&login.0), Instant::now());
        begun.map_err(too_many)
    }

    /// The code that was just counted was right.
    pub fn code_was_right(&self, login: LoginId) {
        self.codes.forgive(self.key(&login.0));
    }

    /// How many codes of a sign-in were wrong within a day.
    pub fn wrong_codes(&self, login: LoginId) -> usize {
        self.codes.count(self.key(&login.0), Instant::now())
    }

    /// Counts a claim of an address on an account, whether or not there is such an account. An amount can be guessed, so all claims by one
    /// count together: those on the account, and those by the same amount on any other.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn claim(
        &self,
        request: &HttpRequest,
        account: &str,
        guess: Guess,
    ) -> Result<(), PageError> {
        self.count(&self.claims_by_address, self.address_key(request))?;
        let digits: String = account.chars().filter(char::is_ascii_digit).collect();
        let by_code = guess == Guess::Code;
        if let Guess::Amount(amount) = guess {
            self.begin_amount(request, amount)?;
        }
        let keys = self.keys_of(request, &(digits, by_code));
        self.count(&self.claims_by_account.near, keys.near)?;
        if by_code {
            return Ok(());
        }
        self.count(&self.claims_by_account.anywhere, keys.anywhere)
    }

    fn begin_amount(&self, request: &HttpRequest, amount: Money) -> Result<(), PageError> {
        let now = Instant::now();
        let network = self.wide_key(request);
        let of_network = self.amounts_by_network.begin(network, now);
        of_network.map_err(too_many)?;
        let of_amount = self.claims_by_amount.begin(self.key(&amount.cents()), now);
        of_amount.map_err(|wait| {
            self.amounts_by_network.forgive(network);
            too_many(wait)
        })
    }

    /// The claim that was just counted was right: it is no guess by its amount.
    pub fn was_right(&self, request: &HttpRequest, guess: Guess) {
        if let Guess::Amount(amount) = guess {
            self.amounts_by_network.forgive(self.wide_key(request));
            self.claims_by_amount.forgive(self.key(&amount.cents()));
        }
    }

    /// Counts a report of an outage without a sign-in. It has a count of its own: who reports keeps no neighbor behind the same address from
    /// paying.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn outage_report(&self, request: &HttpRequest, account: &str) -> Result<(), PageError> {
        self.count(&self.reports_by_address, self.address_key(request))?;
        let digits: String = account.chars().filter(char::is_ascii_digit).collect();
        let keys = self.keys_of(request, &digits);
        self.count(&self.reports_by_account.near, keys.near)?;
        self.count(&self.reports_by_account.anywhere, keys.anywhere)
    }

    /// Counts a payment that an address asks for without a sign-in.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn guest_payment(
        &self,
        request: &HttpRequest,
        account: AccountId,
    ) -> Result<(), PageError> {
        self.count(&self.guests_by_address, self.address_key(request))?;
        let keys = self.keys_of(request, &account.0);
        self.count(&self.guests_by_account.near, keys.near)?;
        self.count(&self.guests_by_account.anywhere, keys.anywhere)
    }

    /// Counts a letter that an address asks for, to somebody who may or may not be known to us.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn mail(&self, request: &HttpRequest, subject: &str) -> Result<(), PageError> {
        self.count(&self.mails_by_address, self.address_key(request))?;
        let keys = self.keys_of_person(request, subject);
        self.count(&self.mails_by_subject.near, keys.near)?;
        self.count(&self.mails_by_subject.anywhere, keys.anywhere)
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
            &self.failures.near,
            &self.failures.anywhere,
            &self.claims_by_address,
            &self.claims_by_account.near,
            &self.claims_by_account.anywhere,
            &self.reports_by_address,
            &self.reports_by_account.near,
            &self.reports_by_account.anywhere,
            &self.guests_by_address,
            &self.guests_by_account.near,
            &self.guests_by_account.anywhere,
            &self.mails_by_address,
            &self.mails_by_subject.near,
            &self.mails_by_subject.anywhere,
            &self.searches,
        ] {
            limiter.retain_recent();
        }
        let now = Instant::now();
        self.codes.tidy(now);
        self.claims_by_amount.tidy(now);
        self.amounts_by_network.tidy(now);
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

    fn keys_of(&self, request: &HttpRequest, subject: &impl Hash) -> Keys {
        Keys {
            near: self.key(&(self.address_key(request), subject)),
            anywhere: self.key(subject),
        }
    }

    fn keys_of_person(&self, request: &HttpRequest, person: &str) -> Keys {
        self.keys_of(request, &person.trim().to_lowercase())
    }

    fn wide_key(&self, request: &HttpRequest) -> u64 {
        self.key(&client_address(request, &self.proxies).map(wide_network))
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
