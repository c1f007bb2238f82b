//! What customers ask for, and the bills they say are wrong: asked at their door, worked in the office.

mod asking;
pub mod by_phone;
mod decided;
mod disputes;
mod frozen;
mod hearings;
mod outcomes;
mod photos;
mod second_person;
mod services;
mod working;
