//! What follows from the use so far: something that likely runs unnoticed, what the next bill will likely come to, how similar homes did.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::Data;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::domain::accounts::AccountClass;
use crate::domain::forecast::{Band, Extra};
use crate::domain::ids::{RegisterId, ServicePointId};
use crate::domain::intervals::calendar::CivilDay;
use crate::domain::leaks::{self, Day, Finding, Watched};
use crate::domain::meters::Flow;
use crate::domain::money::Money;
use crate::domain::neighbors::Similar;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::reads::ReadQuality;
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::accounts::Account;
use crate::store::portal::bills::Bill;
use crate::store::portal::usage::{self, Counted};
use crate::usecases::billing::tariffs::TariffShelf;
use crate::usecases::forecasts::{self, Known, NextBill};
use crate::web::PageError;
use crate::web::portal::similar_homes::SimilarHomes;
use crate::web::portal::usage::shown_unit;
use crate::web::portal::usage_view::shown;

/// How many days are looked at for what runs unnoticed: a month, and the month with which it is compared.
const LOOK_AT: u64 = 62;
/// Days between this bill's end and the end of the same bill a year earlier, give or take.
const YEAR: i64 = 365;
const ABOUT: i64 = 20;

/// What the page says of one service beside its months.
pub struct Outlook {
    pub leak: Option<Leak>,
    pub next: Option<Next>,
    pub similar: Option<Similar>,
}

/// Something that likely runs unnoticed.
pub struct Leak {
    pub finding: Finding,
    /// What it costs on the next bill, where that can be told.
    pub costs: Option<Money>,
}

impl Leak {
    pub fn an_hour(&self) -> Decimal {
        self.finding
            .a_day
            .checked_div(Decimal::from(24))
            .unwrap_or_default()
    }
}

/// What the next bill will likely come to.
pub struct Next {
    pub period: Period,
    pub amount: Band<Money>,
    pub used: Option<Band<Decimal>>,
    /// The days of this service that are counted.
    pub counted: u32,
}

impl Next {
    fn of(next: &NextBill, chosen: Commodity) -> Self {
        let mut services = next.used.iter();
        let own = services.find(|(commodity, ..)| *commodity == chosen);
        Self {
            period: next.period,
            amount: next.amount,
            used: own.map(|(_, _, used, _)| *used),
            counted: own.map_or(0, |(_, _, _, counted)| *counted),
        }
    }

    pub fn last_day(&self) -> NaiveDate {
        self.period.until.pred_opt().unwrap_or(self.period.until)
    }
}

/// One metered service with the days that are counted and how they went.
struct Service {
    commodity: Commodity,
    unit: Unit,
    days: Vec<Day>,
}

/// What was read before, for all who ask.
#[derive(Clone)]
pub struct Shelves {
    pub tariffs: Data<TariffShelf>,
    pub similar: Data<SimilarHomes>,
}

/// Reads what the page says of a service: a fixed number of questions for each metered service of the account.
pub fn load(
    (conn, shelves): (&mut Conn, &Shelves),
    (scope, account): (&Scope, &Account),
    (bills, services, chosen): (&[Bill], &[Commodity], Commodity),
    (today, zone): (NaiveDate, Tz),
) -> Result<Outlook, PageError> {
    let standing: Vec<&Bill> = bills
        .iter()
        .filter(|bill| bill.canceled_on.is_none())
        .collect();
    let period = Period {
        from: today.checked_sub_days(Days::new(LOOK_AT)).unwrap_or(today),
        until: today,
    };
    let mut known = Vec::with_capacity(services.len());
    let mut finding = None;
    for commodity in services {
        let counted = usage::list(conn, scope, (account.id, *commodity), period)?;
        let unit = shown_unit(*commodity, &counted);
        let service = Service {
            commodity: *commodity,
            unit,
            days: days(&counted, For::Bill, (unit, zone)),
        };
        if *commodity == chosen {
            let watched = watched(conn, (scope, account), chosen, period)?;
            let measured = days(&counted, For::Leaks, (unit, zone));
            finding = leaks::find(watched, &measured, today);
        }
        known.push(service.known(&standing));
    }
    let extra = finding.map(|finding| Extra {
        commodity: chosen,
        a_day: finding.a_day,
        since: finding.since,
    });
    let until = standing.first().map(|bill| bill.until_on);
    let next = forecasts::next_bill(
        (conn, &shelves.tariffs),
        (scope, account.id),
        (until, today),
        &known,
        extra,
    )
    .map_err(PageError::fault)?;
    let own = known.iter().find(|one| one.commodity == chosen);
    let similar = match (standing.first(), own) {
        (Some(bill), Some(own)) => {
            let of = (bill.id, chosen, own.unit);
            shelves.similar.of(conn, (scope, account.id, today), of)?
        }
        _ => None,
    };
    Ok(Outlook {
        leak: finding.map(|finding| Leak {
            finding,
            costs: next
                .as_ref()
                .and_then(|next| next.extra)
                .filter(|costs| costs.is_positive()),
        }),
        next: next.map(|next| Next::of(&next, chosen)),
        similar,
    })
}

impl Service {
    /// The days counted whole, and the daily use of the last bill and of the bill a year before the next.
    fn known(self, standing: &[&Bill]) -> Known {
        let mut unit = self.unit;
        let mut a_day = Vec::new();
        let end = standing.first().map(|bill| bill.until_on);
        for (place, bill) in standing.iter().enumerate() {
            let back = end.map_or(0, |end| (end - bill.until_on).num_days());
            // The bill that will follow ends about a month later than the last one.
            let is_year_before = (back + 30 - YEAR).abs() <= ABOUT;
            if place > 0 && !is_year_before {
                continue;
            }
            let days = Period::new(bill.from_on, bill.until_on).map_or(0, Period::days);
            let of_service = bill
                .services
                .iter()
                .filter(|service| service.commodity == self.commodity)
                .filter_map(|service| shown(service.commodity, service.quantity, service.unit));
            if let Some((used, in_unit)) =
                of_service.reduce(|(sum, unit), (more, _)| (sum + more, unit))
            {
                if self.days.is_empty() {
                    unit = in_unit;
                }
                a_day.extend(
                    used.checked_div(Decimal::from(days))
                        .filter(|_| unit == in_unit),
                );
            }
        }
        let whole = self
            .days
            .iter()
            .filter_map(|day| Some((day.day, day.hours.iter().copied().sum::<Option<Decimal>>()?)));
        Known {
            commodity: self.commodity,
            unit,
            days: whole.collect(),
            a_day,
        }
    }
}

/// What is looked into: the nights say something only of a home that had one water point all the while.
fn watched(
    conn: &mut Conn,
    (scope, account): (&Scope, &Account),
    commodity: Commodity,
    period: Period,
) -> Result<Watched, StoreError> {
    let agreed = usage::list_points(conn, scope, (account.id, commodity), period)?;
    let points: BTreeSet<ServicePointId> = agreed.into_iter().map(|(_, point)| point).collect();
    Ok(Watched {
        commodity,
        is_one_home: account.class == AccountClass::Residential && points.len() == 1,
    })
}

/// What days are added up for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
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
fn days(counted: &Counted, asked: For, (unit, zone): (Unit, Tz)) -> Vec<Day> {
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

#[cfg(test)]
mod tests {
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
