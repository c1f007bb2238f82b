//! The floor under a bill run: its final rows written once more, as plainly as each database can, into fresh tables of the same schema and
//! at the same commit size. For measurements alone (`mainstay bench bills`); nothing of the house goes through here.

pub mod fresh;
pub mod postgres;
pub mod queries;
pub mod room;
pub mod sqlite;

use std::time::Duration;

/// What writing the rows once more took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Written {
    /// How many rows.
    pub rows: u64,
    /// How many commits.
    pub commits: u64,
    /// The time of the writing alone.
    pub took: Duration,
}
