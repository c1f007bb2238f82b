//! The one integration binary: stories through the doors, queries with teeth, and the house's own rules.
//!
//! Runs on SQLite; with `TEST_DATABASE_URL=postgres://…` (a server whose user may create databases) the same tests run on PostgreSQL.

mod access;
mod house;
mod ledger;
mod rates;
mod reads;
mod store;
mod support;
