//! Stories of paying: a customer at the portal, the sandbox behind it, and everything that goes wrong between the two.

mod autopay;
mod clearing;
mod events;
mod judges;
mod quick_pay;
mod receipts;
mod refunds;
mod sandbox;
mod saved;
mod stories;
mod till;
mod together;
mod told;
