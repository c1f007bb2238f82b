//! Floor 3 · the operator's door: one file per command.

pub mod price;
