//! What a utility stands on, opened by its own people: bill cycles, places, meters, accounts.

mod accounts;
mod cycles;
mod deposits;
mod ended_service;
mod files;
mod finding;
mod inventory;
mod known;
mod meter_moves;
mod meters;
mod openings;
mod places;
