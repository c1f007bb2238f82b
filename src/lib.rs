//! Mainstay: a customer portal and a utility's back office on one exact ledger.

pub mod adapters;
pub mod app;
pub mod clock;
pub mod config;
pub mod domain;
pub mod store;
