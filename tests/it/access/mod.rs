//! Coming in: claims, sign-ins, passwords, sessions and staff, as people meet them at the doors.

mod claims;
mod closing;
mod device;
mod factors;
mod letters;
mod passkeys;
mod passwords;
mod security;
mod sessions;
mod sharing;
mod staff;
mod town;
