//! The hours of a service's days, all its registers together, and what in them looks like something that ran unnoticed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::domain::accounts::AccountClass;
use crate::domain::ids::{AccountId, RegisterId, ServicePointId};
use crate::domain::intervals::calendar::CivilDay;
use crate::domain::leaks::{Day, Watched};
use crate::domain::meters::Flow;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::reads::ReadQuality;
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::usage::{self, Counted};

/// How many days are looked at for what runs unnoticed: a month, and the month with which it is compared.
pub const LOOK_AT: u64 = 62;

/// What is looked into: the nights say something only of a home that had one water point all the while.
///
/// # Errors
/// A fault of the store.
pub fn watched(
    conn: &mut Conn,
    (scope, account, class): (&Scope, AccountId, AccountClass),
    commodity: Commodity,
    period: Period,
) -> Result<Watched, StoreError> {
    let agreed = usage::list_points(conn, scope, (account, commodity), period)?;
    let points: BTreeSet<ServicePointId> = agreed.into_iter().map(|(_, point)| point).collect();
    Ok(Watched {
        commodity,
        is_one_home: class == AccountClass::Residential && points.len() == 1,
    })
}

/// The unit that people know a service by, where its registers count in one that turns into it; else the registers' own.
#[must_use]
pub fn shown_unit(commodity: Commodity, counted: &Counted) -> Unit {
    let own = counted.counters.first().map(|counter| counter.unit);
    match (commodity.shown_unit(), own) {
        (Some(shown), Some(own)) if own.converts_to(shown) => shown,
        (shown, own) => own.or(shown).unwrap_or(Unit::Each),
    }
}

/// What days are added up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// The next bill: estimates are billed as well, what was fed back counts against what was taken, and a deduct meter counts nothing new.
    Bill,
    /// What runs unnoticed: only what was measured, what was fed back has no part, and what a deduct meter counts ran on purpose.
    Leaks,
}

impl For {
    fn sign(self, flow: Flow) -> Option<Decimal> {
        match (self, flow) {
            (_, Flow::Delivered) => Some(Decimal::ONE),
            (Self::Bill, Flow::Received) | (Self::Leaks, Flow::Deducted) => {
                Some(Decimal::NEGATIVE_ONE)
            }
            (Self::Bill, Flow::Deducted) | (Self::Leaks, Flow::Received) => None,
        }
    }

    fn believes(self, quality: ReadQuality) -> bool {
        self == Self::Bill || quality != ReadQuality::Estimated
    }
}

/// The hours of each day, all registers of the service that count together. An hour of which a register misses any part is not known; a
/// day on which one of them says nothing is left out.
#[must_use]
pub fn days(counted: &Counted, asked: For, (unit, zone): (Unit, Tz)) -> Vec<Day> {
    let mut found: BTreeMap<NaiveDate, (Vec<Option<Decimal>>, BTreeSet<RegisterId>)> =
        BTreeMap::new();
    for day in &counted.days {
        let counter = counted.counter_of(day);
        let Some((counter, sign)) =
            counter.and_then(|counter| Some((counter, asked.sign(counter.flow)?)))
        else {
            continue;
        };
        let civil = CivilDay::of(zone, day.day);
        let many = usize::try_from((civil.end - civil.start) / 3_600).unwrap_or_default();
        let (hours, registers) = found
            .entry(day.day)
            .or_insert_with(|| (vec![Some(Decimal::ZERO); many], BTreeSet::new()));
        for value in day.usage.values(civil) {
            let hour = (value.from.and_utc().timestamp() - civil.start) / 3_600;
            let place = usize::try_from(hour).unwrap_or_default();
            let amount = value
                .value
                .filter(|_| asked.believes(value.quality))
                .and_then(|amount| {
                    let told = Quantity {
                        amount,
                        unit: counter.unit,
                    };
                    Some(told.to(unit)?.amount * sign)
                });
            if let Some(hour) = hours.get_mut(place) {
                *hour = hour.zip(amount).map(|(sum, more)| sum + more);
            }
        }
        registers.insert(day.register_id);
    }
    let on_duty = |day: NaiveDate| {
        let counters = counted.counters.iter();
        counters
            .filter(|counter| counter.period.contains(day) && asked.sign(counter.flow).is_some())
            .count()
    };
    found
        .into_iter()
        .filter(|(day, (_, registers))| registers.len() == on_duty(*day))
        .map(|(day, (hours, _))| Day { day, hours })
        .collect()
}

/// What each day used of which every hour is known.
#[must_use]
pub fn whole_days(days: &[Day]) -> Vec<(NaiveDate, Decimal)> {
    let whole = |day: &Day| Some((day.day, day.hours.iter().copied().sum::<Option<Decimal>>()?));
    days.iter().filter_map(whole).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::domain::intervals::{IntervalDay, Resolution};
    use crate::store::intervals::UsageDay;
    use crate::store::portal::usage::Counter;

    fn day() -> NaiveDate {
        "2026-07-15".parse().unwrap()
    }

    /// One day of registers that each count the same all day long, but for the qualities of the first hours.
    fn counted(registers: &[(Flow, i64)], qualities: &[ReadQuality]) -> Counted {
        let mut counted = Counted {
            counters: Vec::new(),
            days: Vec::new(),
        };
        for ((flow, used), id) in registers.iter().zip(1..) {
            counted.counters.push(Counter {
                point: ServicePointId(1),
                register: RegisterId(id),
                unit: Unit::Gallon,
                flow: *flow,
                period: Period {
                    from: day(),
                    until: day() + Days::new(1),
                },
            });
            let mut all = vec![ReadQuality::Actual; 24];
            all[..qualities.len()].copy_from_slice(qualities);
            counted.days.push(UsageDay {
                register_id: RegisterId(id),
                day: day(),
                version: 1,
                usage: IntervalDay::from_parts(Resolution::Hour, 0, vec![*used; 24], all).unwrap(),
            });
        }
        counted
    }

    fn hours(counted: &Counted, asked: For) -> Vec<Option<i64>> {
        let days = days(counted, asked, (Unit::Gallon, chrono_tz::America::Chicago));
        let [day] = days.as_slice() else {
            panic!("{days:?}");
        };
        let whole = |hour: &Option<Decimal>| hour.map(|used| i64::try_from(used).unwrap());
        day.hours.iter().map(whole).collect()
    }

    #[test]
    fn what_is_estimated_is_billed_but_shows_no_leak() {
        use ReadQuality::{Actual, Edited, Estimated, Missing};
        let counted = counted(
            &[(Flow::Delivered, 7)],
            &[Actual, Estimated, Missing, Edited],
        );
        let measured = hours(&counted, For::Leaks);
        assert_eq!(measured[..5], [Some(7), None, None, Some(7), Some(7)]);
        let billed = hours(&counted, For::Bill);
        assert_eq!(billed[..5], [Some(7), Some(7), None, Some(7), Some(7)]);
    }

    #[test]
    fn what_is_fed_back_shows_no_leak_and_what_waters_the_garden_is_no_leak() {
        let sun = counted(&[(Flow::Delivered, 7), (Flow::Received, 9)], &[]);
        assert_eq!(hours(&sun, For::Leaks), [Some(7); 24]);
        assert_eq!(hours(&sun, For::Bill), [Some(-2); 24]);
        let garden = counted(&[(Flow::Delivered, 7), (Flow::Deducted, 6)], &[]);
        assert_eq!(hours(&garden, For::Leaks), [Some(1); 24]);
        assert_eq!(hours(&garden, For::Bill), [Some(7); 24]);
    }
}
