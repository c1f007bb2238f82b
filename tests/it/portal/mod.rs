//! What customers find behind their own door.

mod accounts;
mod afternoon;
mod bill_pdf;
pub mod bills;
mod claiming;
mod forecast_weather;
mod home;
mod live_view;
mod price_change;
mod understanding;
mod usage;
mod usage_meters;
mod weather;
