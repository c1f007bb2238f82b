//! When bills fall due: on a day on which the office is open, and no earlier than the law leaves to pay.

use mainstay::domain::accounts::AccountClass;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::usecases::billing::rebill::{cancel_and_rebill, plan};
use mainstay::usecases::policies::{PolicyKind, set_policy};

use crate::support::billing::{Utility, by, day, dollars, water};
use crate::support::db::TestDb;

/// Contract: F30
#[test]
fn a_due_date_on_a_holiday_is_the_next_working_day() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 900)]);
    // Issued late; twenty days on is Memorial Day.
    utility.bill("2026-01-01", "2026-05-05");
    assert_eq!(utility.latest(rosa).bill.due_on, day("2026-05-26"));
    utility.assert_sound();
}

/// Contract: F30
#[test]
fn a_day_on_which_the_office_is_closed_in_a_calendar_of_an_earlier_build_is_no_due_date() {
    use diesel::prelude::*;
    use mainstay::store::schema::cycle_periods;
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 900)]);
    let (period, memorial) = (utility.period("2026-01-01"), day("2026-05-25"));
    let set = move |tx: &mut Tx<'_>| -> Result<usize, StoreError> {
        Ok(diesel::update(cycle_periods::table.find(period))
            .set(cycle_periods::due_on.eq(memorial))
            .execute(tx.conn())?)
    };
    let changed = database.db.write_blocking(by("Cora", "2026-01-02"), set);
    assert_eq!(changed.unwrap(), 1);
    utility.bill("2026-01-01", "2026-02-04");
    assert_eq!(utility.latest(rosa).bill.due_on, day("2026-05-26"));
    utility.assert_sound();
}

/// Contract: F30, F37
#[test]
fn no_bill_is_due_before_the_law_of_its_class_lets_it() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let home = utility.household("2026-01-01", vec![water("A")]);
    let shop = utility.moves_in("2026-01-01", AccountClass::Commercial, vec![water("B")]);
    for key in ["A", "B"] {
        utility.reads(key, &[("2026-01-01", 0), ("2026-02-01", 9_000)]);
    }
    let policy = r#"{"bounds": {"least_cents": 0, "most_cents": 1000000},
        "due_floors": [{"classes": ["residential"], "days": 30, "source": "City code 12-3"}]}"#;
    database
        .db
        .write_blocking(by("Marta", "2026-01-02"), move |tx: &mut Tx<'_>| {
            set_policy(tx, PolicyKind::Bills, day("2026-01-02"), policy)
        })
        .unwrap();
    utility.bill("2026-01-01", "2026-02-04");
    assert_eq!(utility.latest(shop).bill.due_on, day("2026-02-24"));
    let bill = utility.latest(home).bill;
    assert_eq!(bill.due_on, day("2026-03-06"), "thirty days from issue");

    // A bill in its place that asks for no more keeps the day only as far as the law lets a bill of today.
    let (id, on) = (bill.id, day("2026-02-20"));
    let shown = database
        .db
        .read_blocking(move |conn| plan(conn, id, on))
        .unwrap();
    let seal = shown.seal();
    database
        .db
        .write_blocking(by("Clara", "2026-02-20"), move |tx: &mut Tx<'_>| {
            cancel_and_rebill(tx, id, "mistyped", &seal)
        })
        .unwrap();
    let again = utility.latest(home).bill;
    assert_eq!(again.total_cents, dollars("55.00"));
    assert_eq!(
        again.due_on,
        day("2026-03-23"),
        "thirty days from a Friday end on a Sunday"
    );
    utility.assert_sound();
}
