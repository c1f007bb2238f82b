//! What customers find behind their own door.

mod afternoon;
mod bills;
mod home;
mod understanding;
