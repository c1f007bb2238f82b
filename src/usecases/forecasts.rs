//! The next bill of an account before it is made, from its case as the bill run would load it. Changes nothing.

use std::sync::Arc;

use chrono::{Months, NaiveDate};

use crate::domain::bill_case::AccountCase;
use crate::domain::degree_days::{Climate, YEARS};
use crate::domain::forecast::Extra;
use crate::domain::ids::AccountId;
use crate::domain::next_bill::{self, Known, NextBill};
use crate::domain::period::Period;
use crate::domain::rates::facts::CycleRange;
use crate::domain::scope::Scope;
use crate::store::accounts::{self, AccountRow};
use crate::store::cycles::{self, CycleRow};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::weather;
use crate::usecases::billing::load::{Frame, cases};
use crate::usecases::billing::tariffs::{TariffError, TariffShelf};
use crate::usecases::billing::terms::{self, Terms};

/// The next bill of an account in scope: the first period of its cycle that ends after what is billed. Also what the `extra` use
/// of a service costs in it. Nothing where it cannot be told honestly: no earlier bill and no days, or a service that is priced by the hour.
///
/// # Errors
/// A published schedule that cannot be read, or the database's.
pub fn next_bill(
    (conn, shelf): (&mut Conn, &TariffShelf),
    (scope, account): (&Scope, AccountId),
    (billed_until, today): (Option<NaiveDate>, NaiveDate),
    known: &[Known],
    extra: Option<Extra>,
) -> Result<Option<NextBill>, TariffError> {
    if !scope.holds(account) {
        return Err(StoreError::Missing("account").into());
    }
    let row = accounts::get(conn, account)?;
    let since = billed_until.unwrap_or(today);
    let history = cycles::history(conn, account)?;
    let cycle = cycles::get(conn, history.on(since))?;
    let periods = cycles::list_periods(conn, cycle.id)?;
    let next = periods.iter().find(|period| period.read_on > since);
    let Some(period) = next.map(cycles::CyclePeriodRow::period) else {
        return Ok(None);
    };
    let own = history.within(cycle.id, period);
    if own.is_none_or(|own| own.from > today) {
        return Ok(None);
    }
    let tariffs = shelf.load(conn)?;
    let terms = terms::with(conn, tariffs, today)?;
    let mut found = cases_of(conn, (&cycle, period), &terms, std::slice::from_ref(&row))?;
    let case = found.pop();
    Ok(case.and_then(|case| next_bill::of(&case, &terms.tariffs, known, extra)))
}

/// The first day whose weather a forecast looks at.
#[must_use]
pub fn first_weather_day(today: NaiveDate) -> NaiveDate {
    let years = u32::try_from(YEARS).unwrap_or_default();
    let months = Months::new(12 * (years + 1));
    today.checked_sub_months(months).unwrap_or(today)
}

/// The climate at the utility's station, as far back as a forecast looks. One query.
///
/// # Errors
/// The database's.
pub fn climate(conn: &mut Conn, today: NaiveDate) -> Result<Arc<Climate>, StoreError> {
    let period = Period {
        from: first_weather_day(today),
        until: today,
    };
    Ok(Arc::new(Climate::of(&weather::list(conn, period)?)))
}

/// The cases of accounts of one cycle for a period that is not over, in their order.
///
/// # Errors
/// A stored document that cannot be read, or the database's.
pub fn cases_of(
    conn: &mut Conn,
    (cycle, period): (&CycleRow, Period),
    terms: &Terms,
    accounts: &[AccountRow],
) -> Result<Vec<AccountCase>, StoreError> {
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    let frame = Frame {
        period,
        of: Some(cycle.id),
        cycle: CycleRange {
            least_days: count(cycle.least_days),
            most_days: count(cycle.most_days),
            months: count(cycle.months),
        },
        terms,
    };
    let mut found = cases(conn, &frame, accounts)?;
    for service in found.iter_mut().flat_map(|case| &mut case.services) {
        // A meter that was taken away before has no part in this bill.
        service
            .registers
            .retain(|register| register.part_of(period).is_some());
    }
    Ok(found)
}
