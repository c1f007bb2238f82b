//! Mainstay: a customer portal and a utility's back office on one exact ledger.

pub mod adapters;
pub mod domain;
pub mod store;
