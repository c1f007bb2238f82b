//! Aging is a function of the ledger and a day: live, and as of any past day, by due date and class.

use mainstay::domain::accounts::AccountClass;
use mainstay::domain::aging::{Bucket, Receivables};
use mainstay::domain::gl::Chart;
use mainstay::domain::ids::AccountNumber;
use mainstay::store::reports::aging::{self, HeldRow, OpenFilter, OwedRow};

use super::house::{House, charge, day};

fn aged(rows: &[OwedRow], on: &str) -> Receivables {
    Receivables::on(
        day(on),
        rows.iter().map(|row| (row.class, row.due_on, row.owed)),
    )
}

fn on(house: &House, on: &str) -> (Receivables, i64) {
    let rows = house.read(|conn| aging::owed_on(conn, day(on)));
    let held = house.read(|conn| aging::held_on(conn, Chart::standard(), day(on)));
    (aged(&rows, on), sum(&held))
}

fn sum(held: &[HeldRow]) -> i64 {
    held.iter().map(|row| row.held.cents()).sum()
}

fn bucket(receivables: &Receivables, class: AccountClass, bucket: Bucket) -> i64 {
    receivables
        .classes
        .get(&class)
        .map_or(0, |aging| aging.bucket(bucket).cents())
}

fn town() -> House {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 3_000)]); // due 26 January
    house.bill(2, 2, "2026-02-05", &[charge("WATER", "4020", 2_000)]); // due 26 February
    house.bill(4, 3, "2026-02-05", &[charge("ELECTRIC", "4020", 50_000)]);
    house.pay(2, 1, "2026-03-05", 2_500);
    house
}

#[test]
fn what_is_owed_now_is_aged_by_its_due_date_and_class() {
    let house = town();
    let rows = house.read(aging::owed_now);
    let now = aged(&rows, "2026-03-10");
    assert_eq!(bucket(&now, AccountClass::Residential, Bucket::To60), 3_000);
    assert_eq!(bucket(&now, AccountClass::Residential, Bucket::To30), 0);
    assert_eq!(bucket(&now, AccountClass::Commercial, Bucket::To30), 50_000);
    assert_eq!(now.total.total().cents(), 53_000);
    assert_eq!(sum(&house.read(aging::held_now)), 500);
    let due: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {} {}", row.due_on, row.class, row.owed.cents()))
        .collect();
    assert_eq!(
        due,
        ["2026-02-26 commercial 50000", "2026-01-26 residential 3000"]
    );
}

#[test]
fn a_past_day_is_as_it_was() {
    let house = town();
    let (then, held) = on(&house, "2026-03-01");
    assert_eq!(
        bucket(&then, AccountClass::Residential, Bucket::To60),
        3_000
    );
    assert_eq!(
        bucket(&then, AccountClass::Residential, Bucket::To30),
        2_000
    );
    assert_eq!(held, 0);
    let (before, _) = on(&house, "2026-01-06");
    assert_eq!(
        bucket(&before, AccountClass::Residential, Bucket::Current),
        3_000
    );
    assert_eq!(before.total.total().cents(), 3_000);
}

#[test]
fn now_and_today_from_the_ledger_are_the_same() {
    let house = town();
    house.return_payment(1, "2026-03-08");
    let today = day("2026-03-10");
    let live = house.read(aging::owed_now);
    assert_eq!(live, house.read(|conn| aging::owed_on(conn, today)));
    let chart = Chart::standard();
    assert_eq!(
        house.read(aging::held_now),
        house.read(|conn| aging::held_on(conn, chart, today))
    );
}

#[test]
fn a_list_of_open_entries_is_read_a_page_at_a_time() {
    let house = town();
    let filter = OpenFilter {
        class: None,
        due_from: None,
        due_until: None,
    };
    let first = house.read(|conn| aging::list_open(conn, filter, 1, 0));
    assert_eq!(first[0].number, AccountNumber::of(1));
    let rest = house.read(|conn| aging::list_open(conn, filter, 10, 1));
    assert_eq!(rest.len(), 1);
    let commercial = OpenFilter {
        class: Some(AccountClass::Commercial),
        due_until: Some(day("2026-02-26")),
        ..filter
    };
    assert_eq!(
        house.read(|conn| aging::list_open(conn, commercial, 10, 0)),
        rest
    );
}
