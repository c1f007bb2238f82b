//! What the stories are told with: a database of their own, a house to visit, people who live there.

pub mod app;
pub mod billing;
pub mod db;
pub mod form;
pub mod judges;
pub mod office;
pub mod page;
pub mod page_rules;
pub mod people;
pub mod process;
pub mod servers;
pub mod visitor;
