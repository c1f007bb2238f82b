//! Coming in: claims, sign-ins, passwords, sessions and staff, as people meet them at the doors.

mod claims;
mod closing;
mod device;
mod factors;
mod guests;
mod letters;
mod passkeys;
mod passwords;
mod security;
mod sessions;
pub mod sharing;
mod staff;
mod town;
