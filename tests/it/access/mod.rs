//! Coming in: claims, sign-ins, passwords, sessions and staff, as people meet them at the doors.

mod claims;
mod closing;
mod factors;
mod guests;
mod letters;
mod passwords;
mod security;
mod sessions;
pub mod sharing;
mod staff;
mod town;
