//! Floor 2 · verbs. One public function for each thing that a person or the clock can make happen: load, decide, write, tell, in one
//! transaction that a door hands in. Nothing here waits on a network or looks at a clock.
#![deny(clippy::wildcard_enum_match_arm, missing_docs)]

pub mod alerts;
pub mod arrangements;
pub mod authenticators;
pub mod autopay;
pub mod bill_cancellation;
pub mod bill_papers;
pub mod books;
pub mod bounces;
pub mod corrections;
pub mod exceptions;
pub mod fees;
pub mod forecasts;
pub mod guests;
pub mod hours;
pub mod integrity;
pub mod ledger;
pub mod login_closing;
pub mod login_email;
pub mod logins;
pub mod mappings;
pub mod meters;
pub mod notes;
pub mod notices;
pub mod outages;
pub mod passkeys;
pub mod payment_methods;
pub mod places;
pub mod policies;
pub mod print;
pub mod quick_pay;
pub mod rates;
pub mod read_entry;
pub mod reads;
pub mod requests;
pub mod reversals;
pub mod scheduled_payments;
pub mod second_factor;
pub mod service;
pub mod sessions;
pub mod setup;
pub mod sharing;
pub mod staff;
pub mod text_numbers;

pub mod accounts;
pub mod billing;
pub mod cycles;
pub mod disputes;
pub mod payments;
pub mod sandbox;
pub mod town;
pub mod weather;
