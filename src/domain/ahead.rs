//! What is likely ahead before a period ends: that the bill or the use passes a budget of one's own, and that the use reaches the next step of
//! a price that rises with it.
//!
//! Both go by days that are counted in the period itself, a week of them at the least: what earlier bills alone say is no news.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::bill_case::{AccountCase, Tariffs};
use crate::domain::commodity::Commodity;
use crate::domain::forecast::{self, Band, OWN_DAYS, SoFar};
use crate::domain::money::Money;
use crate::domain::next_bill::{Expected, Known, NextBill, expected, quantities};
use crate::domain::quantity::Unit;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::priced::{PricedBill, PricedLine};
use crate::domain::rates::{line_label, line_unit};

/// What a customer means to spend or use at the most, on each bill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Budget {
    /// For the whole bill.
    pub dollars: Option<Money>,
    /// For a service, in the unit that people know it by.
    pub units: Vec<(Commodity, Decimal)>,
}

/// A budget that will likely be passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverBudget {
    /// By the bill.
    Dollars {
        /// The budget.
        limit: Money,
        /// What the bill will come to.
        amount: Band<Money>,
    },
    /// By the use of a service.
    Units {
        /// Which.
        commodity: Commodity,
        /// Counted in.
        unit: Unit,
        /// The budget.
        limit: Decimal,
        /// What the period will use.
        used: Band<Decimal>,
    },
}

impl Budget {
    /// The budgets that the period will likely pass, that of the whole bill first; none while too few days are counted to say so.
    #[must_use]
    pub fn passed_by(&self, next: &NextBill) -> Vec<OverBudget> {
        let is_known = next.used.iter().any(|(of, ..)| next.is_by_own_days(*of));
        let of_bill = self
            .dollars
            .filter(|limit| is_known && next.amount.likely > *limit)
            .map(|limit| OverBudget::Dollars {
                limit,
                amount: next.amount,
            });
        let of_service = |(commodity, limit): &(Commodity, Decimal)| {
            let own = next.used.iter().find(|(of, ..)| of == commodity)?;
            let (commodity, unit, used, _) = *own;
            let is_passed = next.is_by_own_days(commodity)
                && commodity.shown_unit() == Some(unit)
                && used.likely > *limit;
            is_passed.then_some(OverBudget::Units {
                commodity,
                unit,
                limit: *limit,
                used,
            })
        };
        let of_services = self.units.iter().filter_map(of_service);
        of_bill.into_iter().chain(of_services).collect()
    }
}

/// A step of a price that the use will likely reach.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// The service that is measured.
    pub commodity: Commodity,
    /// Counted in.
    pub unit: Unit,
    /// What is known of the period.
    pub so_far: SoFar,
    /// The most that may be used before the step.
    pub begins_at: Decimal,
    /// About when.
    pub on: NaiveDate,
    /// Which step of the price it is, the first of them counted as one.
    pub tier: u32,
    /// The price from there on.
    pub price: Decimal,
    /// The price of what is used now.
    pub before: Decimal,
    /// How many of which unit the prices are for.
    pub per: (Decimal, Unit),
    versions: &'a [CompiledVersion],
    line: PricedLine,
}

impl Step<'_> {
    /// What the schedule calls the step.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        line_label(self.versions, &self.line, language)
    }
}

/// The dearer step of a price that is likely reached first in this period, today at the earliest; nothing while too few days are counted, and
/// where a price changes within the period, for then no one step is the next.
#[must_use]
pub fn next_step<'a>(
    case: &AccountCase,
    tariffs: &'a Tariffs,
    known: &[Known],
    today: NaiveDate,
) -> Option<Step<'a>> {
    let expected = expected(case, known)?;
    let steps = expected
        .iter()
        .filter(|one| one.so_far.days >= OWN_DAYS && one.used.likely > one.so_far.used)
        .flat_map(|one| steps_of(case, tariffs, (&expected, one)));
    let first = steps.min_by_key(|step| step.on)?;
    // The meter's days come late: what they foresee for a day that is over is near by now.
    let on = first.on.max(today);
    Some(Step { on, ..first })
}

/// A charge that will be priced in a later block than the days so far are.
struct Rise<'a> {
    place: usize,
    versions: &'a [CompiledVersion],
    now: PricedLine,
    then: PricedLine,
}

fn steps_of<'a>(
    case: &AccountCase,
    tariffs: &'a Tariffs,
    (all, one): (&[Expected<'_>], &Expected<'_>),
) -> Vec<Step<'a>> {
    let at = |used: Decimal| {
        let amount = |other: &Expected<'_>| {
            if other.agreement == one.agreement {
                used
            } else {
                other.used.likely
            }
        };
        forecast::priced(case, tariffs, &quantities(all, &amount))
    };
    let Some((now, then)) = at(one.so_far.used).zip(at(one.used.likely)) else {
        return Vec::new();
    };
    let mut rises = Vec::new();
    for (place, ((tariff, now), (_, then))) in now.iter().zip(&then).enumerate() {
        let of_service = risen(now, then).into_iter().map(|(now, then)| Rise {
            place,
            versions: &tariff.versions,
            now,
            then,
        });
        rises.extend(of_service);
    }
    let is_reached = |rise: &Rise<'_>, used: Decimal| {
        let bills = at(used)?;
        let (_, bill) = bills.get(rise.place)?;
        let highest = highest(bill, &rise.now)?;
        Some(highest.block > rise.now.block)
    };
    let told = |rise: Rise<'a>| {
        let begins_at = last_before(one, |used| is_reached(&rise, used))?;
        step(one, rise, begins_at)
    };
    rises.into_iter().filter_map(told).collect()
}

/// The charges of a service whose units get dearer between two amounts of use: the line of the last unit now, and that of the first unit
/// after the next step.
fn risen(now: &PricedBill, then: &PricedBill) -> Vec<(PricedLine, PricedLine)> {
    let is_cut = |line: &PricedLine| {
        let mut lines = then.lines.iter();
        lines.any(|other| {
            other.version != line.version
                || (other.charge == line.charge && other.slice != line.slice)
        })
    };
    let next_of = |line: &PricedLine| {
        let later = then
            .lines
            .iter()
            .filter(|other| is_same_charge(other, line) && other.block > line.block);
        later.min_by_key(|other| other.block).copied()
    };
    let mut found: Vec<(PricedLine, PricedLine)> = Vec::new();
    for line in now.lines.iter().filter(|line| line.period.is_none()) {
        let is_last = highest(now, line).is_some_and(|last| last.block == line.block);
        let dearer = next_of(line).filter(|next| a_unit(next) > a_unit(line));
        if let Some(next) = dearer.filter(|_| is_last && !is_cut(line)) {
            found.push((*line, next));
        }
    }
    found
}

fn is_same_charge(one: &PricedLine, other: &PricedLine) -> bool {
    (one.version, one.charge, one.period) == (other.version, other.charge, other.period)
}

fn highest<'a>(bill: &'a PricedBill, of: &PricedLine) -> Option<&'a PricedLine> {
    let own = bill.lines.iter().filter(|line| is_same_charge(line, of));
    own.max_by_key(|line| line.block)
}

fn a_unit(line: &PricedLine) -> Decimal {
    line.price.checked_div(line.per_units).unwrap_or(line.price)
}

/// The most whole units, from what is used to what is likely, at which the step is not reached: halved until one is left.
fn last_before(
    one: &Expected<'_>,
    is_reached: impl Fn(Decimal) -> Option<bool>,
) -> Option<Decimal> {
    let mut below = one.so_far.used.floor().to_i64()?;
    let mut above = one.used.likely.ceil().to_i64()?;
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        if is_reached(Decimal::from(middle))? {
            above = middle;
        } else {
            below = middle;
        }
    }
    Some(Decimal::from(below))
}

fn step<'a>(one: &Expected<'_>, rise: Rise<'a>, begins_at: Decimal) -> Option<Step<'a>> {
    let unit = line_unit(rise.versions, &rise.then)?;
    // A thousand gallons are told as gallons, the unit of the rest of the sentence.
    let per = if unit == Unit::Kgal {
        (rise.then.per_units * Decimal::ONE_THOUSAND, Unit::Gallon)
    } else {
        (rise.then.per_units, unit)
    };
    Some(Step {
        commodity: one.known.commodity,
        unit: one.known.unit,
        so_far: one.so_far,
        begins_at,
        on: day_of(one, begins_at)?,
        tier: u32::from(rise.then.block.unwrap_or_default()) + 1,
        price: rise.then.price,
        before: a_unit(&rise.now) * rise.then.per_units,
        per,
        versions: rise.versions,
        line: rise.then,
    })
}

/// The day on which an amount is likely used, the days that are not counted yet using as much each.
fn day_of(one: &Expected<'_>, amount: Decimal) -> Option<NaiveDate> {
    let part = one.part;
    let within = one.known.days.iter().map(|(day, _)| *day);
    let last = within.filter(|day| part.contains(*day)).max()?;
    let left = Decimal::from(part.days().saturating_sub(one.so_far.days));
    let a_day = (one.used.likely - one.so_far.used).checked_div(left)?;
    let more = (amount - one.so_far.used).max(Decimal::ZERO);
    let days = more.checked_div(a_day)?.floor().to_u64()?;
    let on = last.checked_add_days(Days::new(days + 1))?;
    Some(on.min(part.until.pred_opt()?))
}

#[cfg(test)]
#[path = "ahead_tests.rs"]
mod tests;
