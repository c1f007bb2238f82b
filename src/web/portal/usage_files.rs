//! Usage to take along: a Green Button file for other programs, every interval as CSV for spreadsheets. Both hold 13 months.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path, Query};
use chrono::{Months as MonthSpan, NaiveDate, SecondsFormat, TimeZone};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::app::App;
use crate::documents::csv;
use crate::documents::green_button::{self, Billed, Block, Point, Reading, Value};
use crate::domain::ids::{ServiceAgreementId, ServicePointId};
use crate::domain::intervals::calendar::CivilDay;
use crate::domain::meters::Flow;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::reads::ReadQuality;
use crate::store::intervals::UsageDay;
use crate::store::portal::accounts;
use crate::store::portal::bills::{self, Bill};
use crate::store::portal::usage::{self, Counted, Counter};
use crate::web::chrome::Chrome;
use crate::web::portal::usage::Asked;
use crate::web::portal::usage_view::is_metered;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult};

/// How many months a file holds: a year, and the month with which the year before began.
const MONTHS: u32 = 13;

/// The days of a file that is made on a day.
pub fn span(today: NaiveDate) -> Period {
    Period {
        from: today
            .checked_sub_months(MonthSpan::new(MONTHS))
            .unwrap_or(today),
        until: today.succ_opt().unwrap_or(today),
    }
}

/// GET /usage/{service}/green-button.xml — the service's values and bills as Green Button.
pub async fn green_button(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    path: Path<String>,
    asked: Query<Asked>,
) -> PageResult {
    let commodity = metered(&path)?;
    let period = span(app.clock.today());
    let wanted = asked.into_inner().account;
    let (account, counted, agreed, billed) = app
        .db
        .read(move |conn| {
            let scope = &customer.scope;
            let (account, _) = accounts::choose(conn, scope, wanted.as_ref())?;
            let of = (account.id, commodity);
            let counted = usage::list(conn, scope, of, period)?;
            let agreed = usage::list_points(conn, scope, of, period)?;
            let billed = bills::list_since(conn, scope, account.id, period.from)?;
            Ok::<_, PageError>((account, counted, agreed, billed))
        })
        .await?;
    if agreed.is_empty() {
        return Err(PageError::NotFound);
    }
    let zone = app.clock.zone();
    let points = points(commodity, &counted, (&agreed, &billed), zone);
    let made = (zone, app.clock.now());
    let file = green_button::feed(chrome.t, made, account.id.0, &points);
    Ok(attached(
        file.map_err(PageError::fault)?,
        "application/atom+xml; charset=utf-8",
        &format!("green-button-{commodity}.xml"),
    ))
}

/// GET /usage/{service}/intervals.csv — every interval of the service, missing ones too.
pub async fn intervals(
    app: Data<App>,
    customer: SignedIn,
    path: Path<String>,
    asked: Query<Asked>,
) -> PageResult {
    let commodity = metered(&path)?;
    let period = span(app.clock.today());
    let wanted = asked.into_inner().account;
    let counted = app
        .db
        .read(move |conn| {
            let (account, _) = accounts::choose(conn, &customer.scope, wanted.as_ref())?;
            let of = (account.id, commodity);
            Ok::<_, PageError>(usage::list(conn, &customer.scope, of, period)?)
        })
        .await?;
    if counted.counters.is_empty() {
        return Err(PageError::NotFound);
    }
    let zone = app.clock.zone();
    let rows = counted
        .days
        .iter()
        .filter_map(|day| Some((counted.counter_of(day)?, day)))
        .flat_map(|(counter, day)| lines(counter, day, zone));
    let heading = ["from", "minutes", "flow", "used", "unit", "quality"];
    csv_attached(
        csv::table(&heading, rows),
        &format!("usage-{commodity}-intervals.csv"),
    )
}

fn metered(word: &str) -> Result<Commodity, PageError> {
    let commodity = word.parse().map_err(|_unknown| PageError::NotFound)?;
    is_metered(commodity)
        .then_some(commodity)
        .ok_or(PageError::NotFound)
}

fn lines(counter: &Counter, day: &UsageDay, zone: Tz) -> Vec<[String; 6]> {
    let minutes = day.usage.resolution().minutes().to_string();
    let values = day.usage.values(CivilDay::of(zone, day.day));
    let line = |value: crate::domain::intervals::IntervalValue| {
        [
            zone.from_utc_datetime(&value.from)
                .to_rfc3339_opts(SecondsFormat::Secs, false),
            minutes.clone(),
            counter.flow.as_str().to_owned(),
            value
                .value
                .map(|used| used.normalize().to_string())
                .unwrap_or_default(),
            counter.unit.to_string(),
            value.quality.to_string(),
        ]
    };
    values.map(line).collect()
}

/// Each point with the intervals of its registers, or, where none reports by itself, with what its bills say, and its bills.
fn points(
    commodity: Commodity,
    counted: &Counted,
    (agreed, bills): (&[(ServiceAgreementId, ServicePointId)], &[Bill]),
    zone: Tz,
) -> Vec<Point> {
    let mut found: BTreeMap<ServicePointId, Point> = BTreeMap::new();
    for (_, point) in agreed {
        found.entry(*point).or_insert_with(|| Point {
            id: point.0,
            commodity,
            readings: readings(counted, *point, zone),
            billed: Vec::new(),
        });
    }
    for bill in bills.iter().rev().filter(|bill| bill.canceled_on.is_none()) {
        for (point, billed) in billed(bill, agreed, zone) {
            if let Some(point) = found.get_mut(&point) {
                add(&mut point.billed, billed);
            }
        }
    }
    for point in found.values_mut().filter(|point| point.readings.is_empty()) {
        point.readings = by_bill(&point.billed);
    }
    found.into_values().collect()
}

/// A bill tells of a point once, also where it has several parts of it: the summary of a bill has one address.
fn add(bills: &mut Vec<Billed>, part: Billed) {
    match bills.last_mut().filter(|last| last.id == part.id) {
        Some(bill) => {
            bill.amount += part.amount;
            bill.used = both(bill.used, part.used);
            bill.is_estimated |= part.is_estimated;
        }
        None => bills.push(part),
    }
}

/// Two amounts in the unit of the first; nothing where the second cannot be told in it.
fn both(one: Option<(Decimal, Unit)>, other: Option<(Decimal, Unit)>) -> Option<(Decimal, Unit)> {
    let (Some((used, unit)), Some((amount, in_unit))) = (one, other) else {
        return one.or(other);
    };
    let more = Quantity {
        amount,
        unit: in_unit,
    };
    Some((used + more.to(unit)?.amount, unit))
}

/// What a deduct meter counts stays out: the standard has no word for it, and whoever adds up would count it twice.
fn readings(counted: &Counted, point: ServicePointId, zone: Tz) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for day in &counted.days {
        let is_of_point =
            |counter: &&Counter| counter.point == point && counter.flow != Flow::Deducted;
        let Some(counter) = counted.counter_of(day).filter(is_of_point) else {
            continue;
        };
        let seconds = day.usage.resolution().seconds();
        let register = Some(day.register_id.0);
        let block = block(day, zone);
        match readings.last_mut().filter(|last| last.register == register) {
            Some(last) => {
                last.seconds = last.seconds.filter(|same| *same == seconds);
                last.blocks.extend(block);
            }
            None => readings.push(Reading {
                register,
                is_received: counter.flow == Flow::Received,
                unit: counter.unit,
                seconds: Some(seconds),
                blocks: block.into_iter().collect(),
            }),
        }
    }
    readings
}

/// A day with what is known of it; nothing where nothing is.
fn block(day: &UsageDay, zone: Tz) -> Option<Block> {
    let civil = CivilDay::of(zone, day.day);
    let seconds = day.usage.resolution().seconds();
    let values: Vec<Value> = day
        .usage
        .values(civil)
        .filter_map(|value| {
            Some(Value {
                start: value.from.and_utc().timestamp(),
                seconds,
                amount: value.value?,
                quality: value.quality,
            })
        })
        .collect();
    (!values.is_empty()).then_some(Block {
        start: civil.start,
        seconds: civil.end - civil.start,
        values,
    })
}

fn billed<'a>(
    bill: &'a Bill,
    agreed: &'a [(ServiceAgreementId, ServicePointId)],
    zone: Tz,
) -> impl Iterator<Item = (ServicePointId, Billed)> + 'a {
    let first = |day: NaiveDate| CivilDay::of(zone, day).start;
    let (start, end, issued) = (
        first(bill.from_on),
        first(bill.until_on),
        first(bill.issued_on),
    );
    bill.services.iter().filter_map(move |service| {
        let (_, point) = agreed
            .iter()
            .find(|(agreement, _)| *agreement == service.agreement)?;
        let told = Billed {
            id: bill.id.0,
            start,
            seconds: end - start,
            amount: service.amount,
            used: service
                .quantity
                .zip(service.unit)
                .map(|(used, unit)| (used.0, unit)),
            is_estimated: service.is_estimated(),
            issued,
        };
        Some((*point, told))
    })
}

/// What bills say was used, as values of their periods.
fn by_bill(billed: &[Billed]) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for bill in billed {
        let Some((amount, unit)) = bill.used else {
            continue;
        };
        let quality = if bill.is_estimated {
            ReadQuality::Estimated
        } else {
            ReadQuality::Actual
        };
        let block = Block {
            start: bill.start,
            seconds: bill.seconds,
            values: vec![Value {
                start: bill.start,
                seconds: bill.seconds,
                amount,
                quality,
            }],
        };
        match readings.iter_mut().find(|reading| reading.unit == unit) {
            Some(reading) => reading.blocks.push(block),
            None => readings.push(Reading {
                register: None,
                is_received: false,
                unit,
                seconds: None,
                blocks: vec![block],
            }),
        }
    }
    readings
}

/// A table to keep.
pub fn csv_attached(table: Result<Vec<u8>, csv::CsvError>, name: &str) -> PageResult {
    let bytes = table.map_err(PageError::fault)?;
    Ok(attached(bytes, "text/csv; charset=utf-8", name))
}

fn attached(bytes: Vec<u8>, kind: &str, name: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .body(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::bills::BillKind;
    use crate::domain::ids::{BillId, BillNumber, RateScheduleId};
    use crate::domain::money::Money;
    use crate::store::portal::bills::Service;
    use crate::store::sql_types::Exact;

    /// A part of the bill for the one agreement, in cents and units.
    fn part(position: i32, cents: i64, (used, unit): (i64, Unit), quality: &str) -> Service {
        Service {
            position,
            agreement: ServiceAgreementId(5),
            point: ServicePointId(7),
            commodity: Commodity::Electric,
            schedule: RateScheduleId(1),
            quantity: Some(Exact(Decimal::from(used))),
            unit: Some(unit),
            quality: quality.to_owned(),
            amount: Money::from_cents(cents),
        }
    }

    #[test]
    fn a_bill_with_two_parts_of_a_point_is_summed_up_once() {
        let day = |text: &str| text.parse().unwrap();
        let bill = Bill {
            id: BillId(9),
            number: BillNumber::of(1),
            kind: BillKind::Regular,
            from_on: day("2026-06-01"),
            until_on: day("2026-07-01"),
            issued_on: day("2026-07-03"),
            due_on: day("2026-07-23"),
            previous: Money::ZERO,
            total: Money::from_cents(5_000),
            canceled_on: None,
            put_off: None,
            services: vec![
                part(1, 3_000, (300, Unit::Kwh), "actual"),
                part(2, 2_000, (200, Unit::Kwh), "estimated"),
            ],
        };
        let counted = Counted {
            counters: Vec::new(),
            days: Vec::new(),
        };
        let agreed = [(ServiceAgreementId(5), ServicePointId(7))];
        let bills = [bill];
        let zone = chrono_tz::America::Chicago;
        let points = points(Commodity::Electric, &counted, (&agreed, &bills), zone);
        let [point] = points.as_slice() else {
            panic!("{points:?}");
        };
        let [billed] = point.billed.as_slice() else {
            panic!("{:?}", point.billed);
        };
        assert_eq!(billed.amount, Money::from_cents(5_000));
        assert_eq!(billed.used, Some((Decimal::from(500), Unit::Kwh)));
        assert!(billed.is_estimated);
    }

    #[test]
    fn parts_in_two_units_are_told_in_the_first_or_not_at_all() {
        let gallons = Some((Decimal::from(1_000), Unit::Gallon));
        let kilogallons = Some((Decimal::from(2), Unit::Kgal));
        assert_eq!(
            both(gallons, kilogallons),
            Some((Decimal::from(3_000), Unit::Gallon))
        );
        assert_eq!(both(gallons, None), gallons);
        assert_eq!(both(gallons, Some((Decimal::ONE, Unit::Kwh))), None);
    }
}
