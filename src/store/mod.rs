//! Floor 1 · rows. The only SQL in the house: rows and plain functions; reads take a `Conn`, writes take a `Tx`.

pub mod account_screen;
pub mod any;
pub mod audit;
pub mod db;
pub mod error;
pub mod exceptions;
pub mod ext;
pub mod labels;
pub mod logins;
pub mod migrate;
pub mod notes;
pub mod notices;
pub mod notify;
pub mod sandbox;
pub mod schema;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod sql_types;
pub mod staff;
pub mod tokens;
pub mod writer;
