//! Floor 2 · verbs. One public function per thing a person or the clock can make happen. Transactions live here; nothing here waits.
#![deny(clippy::wildcard_enum_match_arm, missing_docs)]

pub mod exceptions;
pub mod notes;
