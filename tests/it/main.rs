//! The one integration binary: stories through the doors, queries with teeth, and the house's own rules.
//!
//! Runs on SQLite; with `TEST_DATABASE_URL=postgres://…` (a server whose user may create databases) the same tests run on PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that meets what it did not expect fails by panicking, and may say why"
)]

mod access;
mod billing;
mod cli;
mod documents;
mod ground;
mod holds;
mod house;
mod jobs;
mod ledger;
mod level_plans;
mod more_time;
mod office;
mod orders;
mod outages;
mod payments;
mod portal;
mod rates;
mod reads;
mod requests;
mod store;
mod support;
mod told;
mod town;
