//! What the usage pages make of the meters beside the first: one for the garden, one that was taken away, one whose hours tell of a leak.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use diesel::connection::SimpleConnection;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::Language;
use mainstay::domain::ids::{AccountId, MeterId, RegisterId};
use mainstay::domain::intervals::{IntervalDay, Resolution};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::period::Period;
use mainstay::domain::quantity::Unit;
use mainstay::domain::reads::ReadQuality;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::intervals::{UsageDay, insert_usage};
use mainstay::store::meters::{self, MeterRow, NewMeterInstall, RegisterRow};
use mainstay::store::reads::find_registers;
use mainstay::store::service::list_of_accounts;
use mainstay::store::sql_types::Exact;
use rust_decimal::Decimal;

use crate::portal::understanding::two_months;
use crate::support::app::TestApp;
use crate::support::db::stamp;

const SECOND: RegisterId = RegisterId(900);

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day such as 2026-06-01")
}

/// The register of a household's electric meter, by the number that both are made from.
fn electric_register(house: &TestApp, email: &str) -> RegisterId {
    let digits: String = email.chars().filter(char::is_ascii_digit).collect();
    let key = format!("E{digits:0>6}");
    let found = house
        .database()
        .read(|conn| find_registers(conn, std::slice::from_ref(&key)));
    found[0].id
}

/// Hangs a second meter that reports by the hour beside the account's first of a service.
async fn hang(
    house: &TestApp,
    (account, commodity): (AccountId, Commodity),
    (kind, unit): (MeterKind, Unit),
    (from, until): (&str, Option<&str>),
) {
    let period = Period {
        from: day("2026-06-01"),
        until: day("2026-08-01"),
    };
    let agreed = house
        .database()
        .read(|conn| list_of_accounts(conn, &[account], period));
    let of_service = agreed.iter().find(|service| service.commodity == commodity);
    let point = of_service
        .expect("the service is agreed")
        .agreement
        .service_point_id;
    let (from_on, until_on) = (day(from), until.map(day));
    let hung = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        let meter = MeterRow {
            id: MeterId(900),
            serial: "SECOND".to_owned(),
            kind,
            size: None,
        };
        let register = RegisterRow {
            id: SECOND,
            meter_id: meter.id,
            channel: Channel::Delivered,
            external_key: "SECOND".to_owned(),
            unit,
            dials: 6,
            decimals: 0,
            multiplier: Exact(Decimal::ONE),
            resolution_minutes: Some(60),
        };
        let install = NewMeterInstall {
            meter_id: meter.id,
            service_point_id: point,
            from_on,
            until_on,
        };
        meters::insert_all_rows(tx, &[meter])?;
        meters::insert_registers(tx, &[register])?;
        meters::insert_installs(tx, &[install])
    };
    house
        .app
        .db
        .write(stamp(from), hung)
        .await
        .expect("the meter hangs");
}

/// Records a version of days of a register, each with the same hours.
async fn record(
    house: &TestApp,
    register: RegisterId,
    (first, days, version): (&str, usize, i32),
    (hours, quality): (&[i64], ReadQuality),
) {
    let all = vec![quality; hours.len()];
    let usage = IntervalDay::from_parts(Resolution::Hour, 0, hours.to_vec(), all).expect("a day");
    let days: Vec<UsageDay> = day(first)
        .iter_days()
        .take(days)
        .map(|day| UsageDay {
            register_id: register,
            day,
            version,
            usage: usage.clone(),
        })
        .collect();
    let kept = move |tx: &mut Tx<'_>| -> Result<(), StoreError> { insert_usage(tx, &days, None) };
    house
        .app
        .db
        .write(stamp(first), kept)
        .await
        .expect("the days are kept");
}

/// Records one day of a register, of which every half has a quality of its own.
async fn record_halves(
    house: &TestApp,
    register_id: RegisterId,
    (on, version): (&str, i32),
    halves: [(i64, ReadQuality); 2],
) {
    let units = halves.map(|(used, _)| [used; 12]).concat();
    let qualities = halves.map(|(_, quality)| [quality; 12]).concat();
    let usage = IntervalDay::from_parts(Resolution::Hour, 0, units, qualities);
    let days = [UsageDay {
        register_id,
        day: day(on),
        version,
        usage: usage.expect("a day"),
    }];
    let kept = move |tx: &mut Tx<'_>| -> Result<(), StoreError> { insert_usage(tx, &days, None) };
    let written = house.app.db.write(stamp(on), kept).await;
    written.expect("the day is kept");
}

/// The first column of a table, and the sum of another.
fn column(table: &str, amounts: usize) -> (Vec<String>, Decimal) {
    let rows = table.lines().skip(1).map(|row| row.split(',').collect());
    let rows: Vec<Vec<&str>> = rows.collect();
    let first = rows.iter().map(|row| row[0].to_owned()).collect();
    let sum = rows.iter().map(|row| row[amounts].parse::<Decimal>());
    (first, sum.map(|used| used.expect("an amount")).sum())
}

/// June 15 used 25 kWh; a meter behind the meter counts 3 of them in every hour once more.
///
/// Contract: F102, F172
#[actix_web::test]
async fn what_a_deduct_meter_counts_is_not_added_to_what_was_used() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let of_service = (rosa.household.account, Commodity::Electric);
    let kind = (MeterKind::Deduct, Unit::Kwh);
    hang(&house, of_service, kind, ("2026-06-01", None)).await;
    let days = ("2026-06-15", 1, 1);
    record(&house, SECOND, days, (&[3; 24], ReadQuality::Estimated)).await;

    let hours = rosa.get("/usage/electric/2026-06-15.csv").await.body;
    assert_eq!(column(&hours, 1).1, Decimal::from(25), "{hours}");
    let month = rosa.visit("/usage/electric/2026-06").await;
    let days = month.texts("tbody tr");
    assert!(
        days.iter()
            .all(|day| day.contains("25") && day.ends_with("Actual read")),
        "{days:?}"
    );
    let file = rosa.get("/usage/electric/green-button.xml").await.body;
    assert_eq!(file.matches("<MeterReading").count(), 1, "one register");
    let table = rosa.get("/usage/electric/intervals.csv").await.body;
    assert_eq!(table.matches(",deducted,3,kWh,").count(), 24);
    assert_eq!(table.matches(",delivered,").count(), 61 * 24);
}

/// On June 15 at noon the meter was exchanged: it had counted 2 kWh in each hour, the one in its place counted 3 and guessed the morning.
///
/// Contract: F102, F172
#[actix_web::test]
async fn the_day_of_an_exchange_has_the_hours_of_both_meters_once() {
    use ReadQuality::{Actual, Estimated, Missing};
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let of_service = (rosa.household.account, Commodity::Electric);
    let old = electric_register(&house, &rosa.household.email);
    let sql = format!(
        "UPDATE meter_installs SET until_on = '2026-06-15' WHERE meter_id = (SELECT meter_id FROM registers WHERE id = {old})"
    );
    let mut conn = house.database().connect();
    conn.batch_execute(&sql).expect("the meter is taken down");
    let kind = (MeterKind::Simple, Unit::Kwh);
    hang(&house, of_service, kind, ("2026-06-15", None)).await;
    let halves = [(2, Actual), (0, Missing)];
    record_halves(&house, old, ("2026-06-15", 2), halves).await;
    let halves = [(1, Estimated), (3, Actual)];
    record_halves(&house, SECOND, ("2026-06-15", 1), halves).await;

    let hours = rosa.get("/usage/electric/2026-06-15.csv").await.body;
    let (stamps, sum) = column(&hours, 1);
    assert_eq!((stamps.len(), sum), (24, Decimal::from(60)), "{hours}");
    let month = rosa.get("/usage/electric/2026-06.csv").await.body;
    assert!(month.contains("2026-06-15,60,actual"), "{month}");
    let table = rosa.get("/usage/electric/intervals.csv").await.body;
    let of_day = table.lines().filter(|row| row.starts_with("2026-06-15T"));
    assert_eq!(of_day.count(), 24, "each hour once");
}

/// Every day used 25 kWh. Of June 20 only the morning is known, with 24, and of June 21 nothing is known any more. On June 22 a second meter
/// counted, of which nothing is known.
///
/// Contract: F102, F172
#[actix_web::test]
async fn a_day_of_which_a_part_is_known_is_no_estimate_and_makes_no_average_smaller() {
    use ReadQuality::{Actual, Missing};
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let register = electric_register(&house, &rosa.household.email);
    for (on, halves) in [
        ("2026-06-20", [(2, Actual), (0, Missing)]),
        ("2026-06-21", [(0, Missing), (0, Missing)]),
    ] {
        record_halves(&house, register, (on, 2), halves).await;
    }
    let of_service = (rosa.household.account, Commodity::Electric);
    let (kind, hangs) = (
        (MeterKind::Simple, Unit::Kwh),
        ("2026-06-22", Some("2026-06-23")),
    );
    hang(&house, of_service, kind, hangs).await;
    let halves = [(0, Missing), (0, Missing)];
    record_halves(&house, SECOND, ("2026-06-22", 1), halves).await;
    let month = rosa.visit("/usage/electric/2026-06").await;
    let days = month.texts("tbody tr");
    for (place, used, quality) in [
        (18, "25", "Actual read"),
        (19, "24", "Part of the day"),
        (20, "—", "No read"),
        (21, "25", "Part of the day"),
    ] {
        let day = &days[place];
        assert!(day.contains(used) && day.ends_with(quality), "{day}");
    }
    let figures = month.texts("dl.stat dd");
    assert!(figures[0].starts_with("724 kWh"), "{figures:?}");
    assert!(figures[1].starts_with("25 kWh"), "{figures:?}");
    let table = rosa.get("/usage/electric/2026-06.csv").await.body;
    assert!(table.contains("2026-06-20,24,partial"), "{table}");
    assert!(table.contains("2026-06-21,,missing"), "{table}");
    assert!(table.contains("2026-06-22,25,partial"), "{table}");
}

/// Contract: F103
#[actix_web::test]
async fn a_meter_that_was_taken_away_has_no_part_in_the_next_bill() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let of_service = (rosa.household.account, Commodity::Water);
    let kind = (MeterKind::Deduct, Unit::Gallon);
    hang(&house, of_service, kind, ("2026-06-01", Some("2026-06-10"))).await;
    let page = rosa.visit("/usage/water").await;
    page.must_show("Your next bill, as it looks now");
}

/// On November 1, 2026 the clocks go back: the hour from one to two comes twice.
///
/// Contract: F102, F172
#[actix_web::test]
async fn a_day_of_25_hours_has_25_rows_that_can_be_told_apart() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    house.set_day("2026-11-02");
    let register = electric_register(&house, &rosa.household.email);
    let hours: Vec<i64> = (1..=25).collect();
    let days = ("2026-11-01", 1, 1);
    record(&house, register, days, (&hours, ReadQuality::Actual)).await;

    let table = rosa.get("/usage/electric/2026-11-01.csv").await.body;
    let (stamps, sum) = column(&table, 1);
    assert_eq!((stamps.len(), sum), (25, Decimal::from(325)), "{table}");
    assert_eq!(stamps[1], "2026-11-01T01:00:00-05:00");
    assert_eq!(stamps[2], "2026-11-01T01:00:00-06:00");
    assert_eq!(stamps.iter().collect::<BTreeSet<_>>().len(), 25);
    let month = rosa.get("/usage/electric/2026-11.csv").await.body;
    assert!(month.contains("2026-11-01,325,actual"), "{month}");
    let intervals = rosa.get("/usage/electric/intervals.csv").await.body;
    let own: Vec<&str> = intervals
        .lines()
        .filter(|row| row.starts_with("2026-11-01T"))
        .collect();
    let stamps: BTreeSet<&str> = own.iter().filter_map(|row| row.split(',').next()).collect();
    assert_eq!((own.len(), stamps.len()), (25, 25), "{own:?}");
}

/// Water runs through every night from July 20 on, measured or only estimated, at a home or at a shop.
///
/// Contract: F103, F107
#[actix_web::test]
async fn a_leak_is_told_to_a_home_while_it_is_measured_and_goes_on() {
    const TOLD: &str = "Water is running day and night";
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let of_service = (rosa.household.account, Commodity::Water);
    let kind = (MeterKind::Simple, Unit::Gallon);
    hang(&house, of_service, kind, ("2026-06-01", None)).await;
    let still = [
        0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 0, 0,
    ];
    let runs = still.map(|used| used + 2);
    record(
        &house,
        SECOND,
        ("2026-06-10", 40, 1),
        (&still, ReadQuality::Actual),
    )
    .await;
    record(
        &house,
        SECOND,
        ("2026-07-20", 13, 1),
        (&runs, ReadQuality::Estimated),
    )
    .await;
    let page = rosa.visit("/usage/water").await;
    assert!(!page.shows(TOLD), "estimates tell of no leak");
    record(
        &house,
        SECOND,
        ("2026-07-20", 13, 2),
        (&runs, ReadQuality::Actual),
    )
    .await;
    let page = rosa.visit("/usage/water").await;
    page.must_show(TOLD).must_show("Since Jul 20");
    let asking = page.follow("It is repaired: ask for a leak adjustment");
    assert!(
        asking
            .await
            .path
            .starts_with("/requests/new/leak_adjustment")
    );

    let class = |class: &str| {
        let sql = format!("UPDATE accounts SET class = '{class}'");
        let mut conn = house.database().connect();
        conn.batch_execute(&sql).expect("the class is changed");
    };
    class("small_commercial");
    let page = rosa.visit("/usage/water").await;
    assert!(!page.shows(TOLD), "a shop may work at night");
    class("residential");
    let today = house.app.clock.today();
    for (later, is_told) in [(2, true), (3, false)] {
        house.set_day(&(today + Days::new(later)).to_string());
        let page = rosa.visit("/usage/water").await;
        assert_eq!(page.shows(TOLD), is_told, "{later} days later");
    }
}
