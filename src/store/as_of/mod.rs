//! An account as it was known at a moment: what had been posted, issued, read, told, placed and decided by then, and nothing that came after. Where only
//! the newest of something is kept, this reads nothing of it, and the page says so.

use chrono::{NaiveDate, NaiveDateTime};

mod in_force;
mod money;
mod owed;
mod standing;

pub use self::in_force::{InForce, list_in_force};
pub use self::money::{
    list_bills, list_entries, list_notices, list_open_items, list_payments, list_use,
};
pub use self::owed::{arrangement, due, owed};
pub use self::standing::{Account, Person, Served, find, list_contacts, list_people, list_served};

/// A moment, and the civil day it lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Then {
    /// The instant, in UTC: what was recorded by then is known, that instant included.
    pub at: NaiveDateTime,
    /// The civil day in the utility's zone: what is kept by days stands as on this one.
    pub on: NaiveDate,
}
