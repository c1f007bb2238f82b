//! The next bill of an account before it is made: its case as the bill run would load it, its use as far as it is counted, priced by the
//! bill's own engine. Changes nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::bill_case::{AccountCase, Tariffs};
use crate::domain::commodity::Commodity;
use crate::domain::forecast::{self, Band, SoFar, band};
use crate::domain::ids::{AccountId, ServiceAgreementId};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::facts::CycleRange;
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::{accounts, cycles};
use crate::usecases::billing::load::{Frame, cases};
use crate::usecases::billing::tariffs::{TariffError, TariffShelf};
use crate::usecases::billing::terms;

/// What is known of one metered service.
#[derive(Debug, Clone)]
pub struct Known {
    /// Which.
    pub commodity: Commodity,
    /// In which unit.
    pub unit: Unit,
    /// The use of each day that is counted whole, in order.
    pub days: Vec<(NaiveDate, Decimal)>,
    /// The daily use of earlier bills.
    pub a_day: Vec<Decimal>,
}

/// What the next bill will likely come to.
#[derive(Debug, Clone)]
pub struct NextBill {
    /// The days it will bill.
    pub period: Period,
    /// What it will come to.
    pub amount: Band<Money>,
    /// What the use of each service will come to, and how many days of it are counted.
    pub used: Vec<(Commodity, Unit, Band<Decimal>, u32)>,
    /// How much of it is for the extra use asked about.
    pub extra: Option<Money>,
}

/// The next bill of an account in scope: the first period of its cycle that ends after what is billed. Also what `extra` units a day of a
/// service cost in it. Nothing where it cannot be told honestly: no earlier bill and no days, or a service that is priced by the hour.
///
/// # Errors
/// A published schedule that cannot be read, or the database's.
pub fn next_bill(
    (conn, shelf): (&mut Conn, &TariffShelf),
    (scope, account): (&Scope, AccountId),
    (billed_until, today): (Option<NaiveDate>, NaiveDate),
    known: &[Known],
    extra: Option<(Commodity, Decimal)>,
) -> Result<Option<NextBill>, TariffError> {
    if !scope.holds(account) {
        return Err(StoreError::Missing("account").into());
    }
    let row = accounts::get(conn, account)?;
    let cycle = cycles::get(conn, row.cycle_id)?;
    let periods = cycles::list_periods(conn, row.cycle_id)?;
    let ends_later = |until: NaiveDate| move |end: NaiveDate| end > until;
    let is_next = ends_later(billed_until.unwrap_or(today));
    let next = periods.iter().find(|period| is_next(period.read_on));
    let Some(period) = next
        .map(cycles::CyclePeriodRow::period)
        .filter(|next| next.from <= today)
    else {
        return Ok(None);
    };
    let tariffs = shelf.load(conn)?;
    let terms = terms::with(conn, tariffs, today)?;
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    let frame = Frame {
        period,
        cycle: CycleRange {
            least_days: count(cycle.least_days),
            most_days: count(cycle.most_days),
            months: count(cycle.months),
        },
        terms: &terms,
    };
    let mut found = cases(conn, &frame, std::slice::from_ref(&row))?;
    let Some(case) = found.pop() else {
        return Ok(None);
    };
    Ok(decided(&case, &terms.tariffs, known, extra))
}

/// A metered service with the band of its use.
struct Expected<'a> {
    agreement: ServiceAgreementId,
    known: &'a Known,
    days: u32,
    used: Band<Decimal>,
    counted: u32,
}

/// The band of each metered service; nothing where one is not known, or where two meters of one commodity would each be given the
/// other's use.
fn expected<'a>(case: &AccountCase, known: &'a [Known]) -> Option<Vec<Expected<'a>>> {
    let mut expected: Vec<Expected<'a>> = Vec::with_capacity(known.len());
    for service in &case.services {
        if service.registers.is_empty() {
            continue;
        }
        let of_commodity = |known: &&Known| known.commodity == service.commodity;
        let known = known.iter().find(of_commodity)?;
        if expected
            .iter()
            .any(|other| other.known.commodity == service.commodity)
        {
            return None;
        }
        let part = forecast::part_of(service)?;
        let within = known.days.iter().filter(|(day, _)| part.contains(*day));
        let so_far = within.fold(SoFar::default(), |sum, (_, used)| SoFar {
            days: sum.days + 1,
            used: sum.used + used,
        });
        expected.push(Expected {
            agreement: service.agreement,
            known,
            days: part.days(),
            used: band(part.days(), so_far, &known.a_day)?,
            counted: so_far.days,
        });
    }
    Some(expected)
}

fn decided(
    case: &AccountCase,
    tariffs: &Tariffs,
    known: &[Known],
    extra: Option<(Commodity, Decimal)>,
) -> Option<NextBill> {
    let expected = expected(case, known)?;
    let priced = |amount: &dyn Fn(&Expected<'_>) -> Decimal| {
        let used: BTreeMap<ServiceAgreementId, Quantity> = expected
            .iter()
            .map(|one| {
                let quantity = Quantity {
                    amount: amount(one).max(Decimal::ZERO),
                    unit: one.known.unit,
                };
                (one.agreement, quantity)
            })
            .collect();
        forecast::total(case, tariffs, &used)
    };
    let likely = priced(&|one| one.used.likely)?;
    let without = extra.and_then(|(commodity, a_day)| {
        priced(&|one| {
            let days = Decimal::from(one.days);
            if one.known.commodity == commodity {
                one.used.likely - a_day * days
            } else {
                one.used.likely
            }
        })
    });
    Some(NextBill {
        period: case.period,
        amount: Band {
            low: priced(&|one| one.used.low)?,
            likely,
            high: priced(&|one| one.used.high)?,
        },
        used: expected
            .iter()
            .map(|one| (one.known.commodity, one.known.unit, one.used, one.counted))
            .collect(),
        extra: without.map(|without| likely - without),
    })
}
