//! Mainstay: a customer portal and a utility's back office on one exact ledger.
#![doc = include_str!("README.md")]
// One macro of the schema counts all tables of the house, one after the other.
#![recursion_limit = "256"]

pub mod adapters;
pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod documents;
pub mod domain;
pub mod i18n;
pub mod jobs;
pub mod secrets;
pub mod store;
pub mod usecases;
pub mod web;
