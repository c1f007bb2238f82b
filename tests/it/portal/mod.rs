//! What customers find behind their own door.

mod bills;
mod home;
