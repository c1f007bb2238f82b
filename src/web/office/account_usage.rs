//! Usage by bill, as the account screen lists it: what each service was billed for, in the unit people know, beside the year before.

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::ids::{AccountId, ServiceAgreementId};
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::store::bills::{self, PastSegment};
use crate::store::db::Conn;
use crate::store::error::StoreError;

/// How many months of usage are read: two years and one bill more.
const MONTHS: u32 = 26;

/// What one service used in one billed period.
#[derive(Debug, Clone)]
pub struct UsageLine {
    /// The agreement.
    pub agreement: ServiceAgreementId,
    /// The service.
    pub commodity: Commodity,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day not billed any more.
    pub until_on: NaiveDate,
    /// How much.
    pub amount: Decimal,
    /// Of what.
    pub unit: Unit,
    /// How good the reads were.
    pub quality: String,
}

impl UsageLine {
    /// The days billed.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.until_on - self.from_on).num_days()
    }

    /// The use of a day, for reading.
    #[must_use]
    pub fn a_day(&self) -> Decimal {
        let days = Decimal::from(self.days().max(1));
        self.amount.checked_div(days).unwrap_or_default()
    }
}

/// An account's metered usage, newest first. One query.
pub fn list(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<UsageLine>, StoreError> {
    let days = Period {
        from: since(on),
        until: on,
    };
    Ok(lines(bills::list_past_use(conn, &[account], days)?))
}

/// From which day on usage is read, as of a day.
#[must_use]
pub fn since(on: NaiveDate) -> NaiveDate {
    on - Months::new(MONTHS)
}

/// What was billed, the oldest first, as lines in the unit people know, the newest first.
#[must_use]
pub fn lines(billed: Vec<PastSegment>) -> Vec<UsageLine> {
    let mut lines: Vec<UsageLine> = billed
        .into_iter()
        .filter_map(|past| {
            let (amount, unit) = past.quantity.zip(past.unit)?;
            let counted = Quantity {
                amount: amount.0,
                unit,
            };
            let shown = past
                .commodity
                .shown_unit()
                .and_then(|unit| counted.to(unit))
                .unwrap_or(counted);
            Some(UsageLine {
                agreement: past.agreement,
                commodity: past.commodity,
                from_on: past.from_on,
                until_on: past.until_on,
                amount: shown.amount,
                unit: shown.unit,
                quality: past.quality,
            })
        })
        .collect();
    lines.reverse();
    lines
}
