//! Read-only SQL over the whole house, for reports, exports and the check of the books.

pub mod aging;
pub mod answers;
pub mod broken;
pub mod broken_budget;
pub mod broken_by_hand;
pub mod broken_deposits;
pub mod broken_ground;
pub mod broken_holds;
pub mod damage;
pub mod journal;
pub mod service;
