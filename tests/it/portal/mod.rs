//! What customers find behind their own door.

mod accounts;
mod afternoon;
mod bills;
mod claiming;
mod home;
mod understanding;
mod usage;
