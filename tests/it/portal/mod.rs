//! What customers find behind their own door.

mod accounts;
mod bills;
mod home;
