//! Made-up towns: the demonstration that a newcomer walks through, and the crowd that a bench counts. Both are built by the program's own
//! use cases, so that no row in them could not have come about at a utility.

pub mod asking;
pub mod bank_payment;
mod by_itself;
pub mod chance;
pub mod characters;
pub mod correcting;
pub mod demo;
pub mod dwellings;
pub mod foundation;
pub mod history;
pub mod holding;
pub mod homes;
mod leaving;
pub mod levelling;
pub mod load;
pub mod mail;
pub mod more_time;
pub mod moving;
pub mod office;
pub mod paper;
mod paying;
pub mod people;
pub mod reading;
pub mod securing;
pub mod shapes;
pub mod sharing;
pub mod till;
pub mod walking;
pub mod weather;
pub mod working_off;
mod works;
