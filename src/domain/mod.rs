//! Floor 0 · rules. Values in, values out: no SQL, clock, network, chance or waiting.
#![deny(clippy::wildcard_enum_match_arm, missing_docs)]

pub mod accounts;
pub mod aging;
pub mod allocation;
pub mod billing;
pub mod bills;
pub mod commodity;
pub mod customers;
pub mod entries;
pub mod exceptions;
pub mod feed;
pub mod fees;
pub mod gl;
pub mod ids;
pub mod intervals;
pub mod ledger;
pub mod meters;
pub mod money;
pub mod notes;
pub mod notice;
pub mod payments;
pub mod period;
pub mod premises;
pub mod quantity;
pub mod rate_status;
pub mod rates;
pub mod reads;
pub mod scope;
pub mod search;
pub mod sessions;
pub mod staff;
pub mod stamp;
pub mod text_enum;
pub mod vee;
pub mod why;
