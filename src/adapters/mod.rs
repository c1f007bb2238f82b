//! Floor 1 · outside. One struct per neighbor; everything here waits on a machine that is not ours.

pub mod ami;
pub mod bounces;
pub mod desk;
pub mod dkim;
pub mod email;
pub mod line_file;
pub mod mail_folder;
pub mod route_file;
pub mod setup;
pub mod stripe;
pub mod texts;
pub mod weather;
pub mod webhook_sender;
