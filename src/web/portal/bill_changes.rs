//! Against which earlier bill a bill is compared: the one before it, or the one of the same month a year earlier.

use chrono::{Datelike, Days};

use crate::domain::ids::AccountId;
use crate::domain::scope::Scope;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::bills::{self, Bill};
use crate::web::portal::behind::Behind;
use crate::web::portal::why::{Why, why};

/// A year and a bill's period before it.
const LOOK_BACK: u64 = 460;
/// All causes are told one by one on the bill's own page.
const ALL: usize = usize::MAX;

/// What changed, and against what else it can be looked at.
pub struct Changes {
    pub why: Why,
    /// Whether it is compared with the same month a year earlier.
    pub is_year: bool,
    /// Whether there is a bill to choose of each kind.
    pub has_last: bool,
    pub has_year: bool,
}

/// The bill that another is compared with.
pub struct Chosen {
    pub bill: Bill,
    is_year: bool,
    has_last: bool,
    has_year: bool,
}

impl Chosen {
    /// What changed from it to a bill.
    pub fn changes(&self, t: Words, bill: &Bill, behind: &Behind) -> Changes {
        Changes {
            why: why(t, (&self.bill, bill), behind, ALL),
            is_year: self.is_year,
            has_last: self.has_last,
            has_year: self.has_year,
        }
    }
}

/// The bill to compare with that is asked for; where there is no such bill, the other one; nothing for a first bill or one that was taken
/// back.
pub fn choose(
    conn: &mut Conn,
    (scope, account): (&Scope, AccountId),
    bill: &Bill,
    wants_year: bool,
) -> Result<Option<Chosen>, StoreError> {
    if bill.canceled_on.is_some() {
        return Ok(None);
    }
    let since = bill
        .from_on
        .checked_sub_days(Days::new(LOOK_BACK))
        .unwrap_or(bill.from_on);
    let all = bills::list_since(conn, scope, account, since)?;
    let is_comparable = |other: &&Bill| other.canceled_on.is_none() && other.shares_place(bill);
    let standing = || all.iter().filter(is_comparable);
    let last = standing().find(|other| other.until_on <= bill.from_on);
    let month = bill.last_day();
    let year = standing().find(|other| {
        let day = other.last_day();
        (day.year() + 1, day.month()) == (month.year(), month.month())
    });
    let (chosen, is_year) = match (wants_year, last, year) {
        (true, _, Some(year)) | (false, None, Some(year)) => (year, true),
        (_, Some(last), _) => (last, false),
        (_, None, None) => return Ok(None),
    };
    Ok(Some(Chosen {
        bill: chosen.clone(),
        is_year,
        has_last: last.is_some(),
        has_year: year.is_some(),
    }))
}
