//! What the customer's pages read. Every function takes the scope of a session: no page can show a neighbor's account by mistake.
//! The home page asks eight questions of the database, whatever the size of the account, and a few more where there is something to tell.

pub mod accounts;
pub mod bill_lines;
pub mod bill_meters;
pub mod bills;
pub mod holds;
pub mod neighbors;
pub mod outages;
pub mod owed;
pub mod owing;
pub mod payments;
mod presence;
pub mod requests;
pub mod usage;
pub mod visits;
