//! What customers find behind their own door.

mod home;
