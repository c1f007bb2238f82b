//! What a utility stands on, opened by its own people: bill cycles, places, meters, accounts.

mod accounts;
mod cycles;
mod files;
mod known;
mod meter_moves;
mod meters;
mod openings;
mod places;
