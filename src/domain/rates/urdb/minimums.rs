//! The least that months and years of bills come to.

use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::rates::numbers::{OutOfRange, Ratio};
use crate::domain::rates::priced::PricingError;
use crate::domain::rates::urdb::bills::MonthBill;
use crate::domain::rates::urdb::measures::sum;
use crate::domain::rates::urdb::tariff::{Dated, Span};
use crate::domain::rates::urdb::to_schedule::Metering;

/// The months of a year.
pub(super) const YEAR: usize = 12;

/// Raises months to their minimum, and the last month of each year to that of the year; then rounds each total once. Where all generation is
/// sold, the minimum is of what is bought: the pay for what is sold comes off afterwards.
///
/// A year is twelve months from the load's first on: a calendar year where the load begins in January. Months left over after the last whole
/// year carry no minimum of it: the database gives one for a year, and what a year falls short of is known at its end.
pub(super) fn apply(
    minimums: &[Dated],
    metering: Metering,
    bills: &mut [MonthBill],
) -> Result<(), PricingError> {
    let sold = |bill: &MonthBill| {
        let credit = bill.metering.and_then(|metering| metering.credit);
        credit
            .filter(|_| metering == Metering::BuyAllSellAll)
            .map_or(Decimal::ZERO, |(_, credit)| credit)
    };
    for bill in bills.iter_mut() {
        bill.total = plus(bill.total, sold(bill))?;
    }
    for minimum in minimums {
        match minimum.per {
            Span::Month => each_month(minimum.amount, bills),
            Span::Day => {
                let least = Ratio::of(minimum.amount)
                    .times_decimal(Decimal::from(365))?
                    .over(Decimal::from(12))?
                    .divided()?;
                each_month(least, bills);
            }
            Span::Year => each_year(minimum.amount, bills)?,
        }
    }
    for bill in bills {
        bill.total = plus(bill.total, -sold(bill))?;
        bill.total_cents = Money::from_charge(bill.total)?.cents();
    }
    Ok(())
}

fn plus(amount: Decimal, more: Decimal) -> Result<Decimal, OutOfRange> {
    amount.checked_add(more).ok_or(OutOfRange)
}

fn each_month(least: Decimal, bills: &mut [MonthBill]) {
    for bill in bills {
        bill.total = bill.total.max(least);
    }
}

fn each_year(least: Decimal, bills: &mut [MonthBill]) -> Result<(), OutOfRange> {
    for year in bills.chunks_exact_mut(YEAR) {
        let billed = sum(year.iter().map(|bill| bill.total))?;
        let shortfall = plus(least, -billed)?;
        if let Some(last) = year.last_mut() {
            last.total = plus(last.total, shortfall.max(Decimal::ZERO))?;
        }
    }
    Ok(())
}
