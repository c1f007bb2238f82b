//! Usage by bill, as the account screen lists it: what each service was billed for, in the unit people know, beside the year before.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::ids::{AccountId, ServiceAgreementId};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::past_use::{self, PastSegment};

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
    /// What it came to.
    pub cost: Money,
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
    Ok(lines(past_use::list_past_use(conn, &[account], days)?))
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
                cost: past.cost,
            })
        })
        .collect();
    lines.reverse();
    lines
}

/// The service whose use is worth a look: the first that a finding is about, else the one whose cost changed most with its latest bill, else the
/// first. The lines are newest first.
#[must_use]
pub fn telling(lines: &[UsageLine], found: &[ServiceAgreementId]) -> Option<Commodity> {
    let of =
        |agreement: &ServiceAgreementId| lines.iter().find(|line| line.agreement == *agreement);
    if let Some(line) = found.iter().find_map(of) {
        return Some(line.commodity);
    }
    let mut telling = lines.first()?.commodity;
    let mut most = Money::ZERO;
    for line in lines {
        if let Some(change) = change(lines, line.commodity)
            && change > most
        {
            (telling, most) = (line.commodity, change);
        }
    }
    Some(telling)
}

/// By how much the latest bill of a service differs from the one before, whichever way; none where there is no other.
fn change(lines: &[UsageLine], commodity: Commodity) -> Option<Money> {
    let mut bills: BTreeMap<NaiveDate, Money> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.commodity == commodity) {
        *bills.entry(line.until_on).or_default() += line.cost;
    }
    let mut newest = bills.into_values().rev();
    let (last, before) = (newest.next()?, newest.next()?);
    Some((last - before).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(commodity: Commodity, until: &str, cents: i64) -> UsageLine {
        let until_on: NaiveDate = until.parse().unwrap();
        UsageLine {
            agreement: ServiceAgreementId(if commodity == Commodity::Gas { 2 } else { 1 }),
            commodity,
            from_on: until_on - Months::new(1),
            until_on,
            amount: Decimal::ONE,
            unit: Unit::Gallon,
            quality: "actual".to_owned(),
            cost: Money::from_cents(cents),
        }
    }

    #[test]
    fn what_a_finding_is_about_is_looked_at_and_else_what_changed_most() {
        let lines = [
            line(Commodity::Gas, "2026-07-01", 4_100),
            line(Commodity::Water, "2026-07-01", 9_000),
            line(Commodity::Gas, "2026-06-01", 4_000),
            line(Commodity::Water, "2026-06-01", 3_000),
        ];
        assert_eq!(telling(&lines, &[]), Some(Commodity::Water));
        let of_gas = [ServiceAgreementId(9), ServiceAgreementId(2)];
        assert_eq!(telling(&lines, &of_gas), Some(Commodity::Gas));
        assert_eq!(telling(&lines[..2], &[]), Some(Commodity::Gas), "the first");
        assert_eq!(telling(&[], &of_gas), None);
    }
}
