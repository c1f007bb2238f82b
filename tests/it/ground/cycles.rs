//! Bill cycles opened at the office: a calendar that is seen ahead, is mended before it is used, and never ends.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use chrono::{Months, NaiveDate};
use mainstay::domain::ids::CycleId;
use mainstay::domain::staff::Role;
use mainstay::jobs::calendars;
use mainstay::store::cycles;
use mainstay::store::db::{Conn, Tx};
use mainstay::usecases::billing::{BillingRunError, open_run};
use mainstay::usecases::cycles::{CycleError, Moved, move_period};

use crate::support::app::TestApp;
use crate::support::billing::{Utility, by, day, water};
use crate::support::db::TestDb;
use crate::support::page::Page;

/// The manager opens a cycle that begins on the first of July, read by a crew on the fourth day of each month.
async fn opened(house: &TestApp) -> Page {
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit("/office/bill-runs").await;
    let page = page.follow("Bill cycles").await;
    page.must_show("There is no bill cycle yet.");
    let page = page.follow("New bill cycle").await;
    page.fill("code", "N")
        .fill("name", "North side")
        .fill("read_day", "4")
        .fill("due_after", "20")
        .fill("from_on", "2026-06-04")
        .fill("periods", "3")
        .submit("Open the cycle")
        .await
}

async fn periods_of(house: &TestApp, id: CycleId) -> Vec<cycles::CyclePeriodRow> {
    let list = move |conn: &mut Conn| cycles::list_periods(conn, id);
    house.app.db.read(list).await.expect("the calendar is read")
}

/// Contract: F1, F3
#[actix_web::test]
async fn a_cycle_opened_at_the_office_has_a_calendar_of_working_days() {
    let house = TestApp::start().await;
    let page = opened(&house).await;
    page.must_show("The cycle is open");
    page.must_show("on day 4 of the month, or the next working day");
    let id = page.path.rsplit('/').next().unwrap().parse().unwrap();
    let periods = periods_of(&house, id).await;
    let reads: Vec<NaiveDate> = periods.iter().map(|period| period.read_on).collect();
    // The fourth of July 2026 is a Saturday, kept on the Friday before.
    assert_eq!(
        reads,
        [day("2026-07-06"), day("2026-08-04"), day("2026-09-04")]
    );
    assert_eq!(periods[1].from_on, periods[0].read_on);
    assert_eq!(periods[0].issue_on, day("2026-07-09"));
    assert_eq!(periods[0].due_on, day("2026-07-29"));

    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit("/office/cycles/new").await;
    let page = page
        .fill("code", "N")
        .fill("name", "Again")
        .fill("read_day", "31")
        .fill("from_on", "2026-06-01")
        .submit("Open the cycle")
        .await;
    assert_eq!(page.status, 422);
    page.must_show("Write a day of the month from 1 to 28.");
    let page = page.fill("read_day", "1").submit("Open the cycle").await;
    page.must_show("Another cycle has this code.");
    assert_eq!(page.attribute("#name", "value").as_deref(), Some("Again"));
}

/// Contract: F35
#[actix_web::test]
async fn a_read_date_is_moved_until_a_bill_run_uses_it() {
    let house = TestApp::start().await;
    let page = opened(&house).await;
    let id: CycleId = page.path.rsplit('/').next().unwrap().parse().unwrap();
    let page = page.follow("Move Jun 4 to Jul 6").await;
    let refused = page.clone().fill("read_on", "2026-08-04");
    let refused = refused.submit("Save the dates").await;
    refused.must_show("The read must be before Aug 4, 2026");
    let late = page
        .fill("read_on", "2026-07-08")
        .fill("issue_on", "2026-07-10")
        .fill("due_on", "2026-08-01")
        .submit("Save the dates")
        .await;
    late.must_show("The dates are moved.");
    let periods = periods_of(&house, id).await;
    assert_eq!(periods[0].read_on, day("2026-07-08"));
    assert_eq!(periods[0].window_closes_on, day("2026-07-09"));
    let monday = day("2026-08-03");
    assert_eq!(
        periods[0].due_on, monday,
        "the office is closed on Saturday"
    );
    assert_eq!(periods[1].from_on, day("2026-07-08"), "no day is lost");
    assert_eq!(periods[1].read_on, day("2026-08-04"), "no other read moves");

    let edit = format!("/office/cycles/{id}/periods/{}", periods[0].id);
    let next = format!("/office/cycles/{id}/periods/{}", periods[1].id);
    house.set_day("2026-07-10");
    let office = house.office().await;
    let run = office.drafts("2026-06-04").await;
    let page = office.manager.visit(&edit).await;
    page.must_show("A bill run uses this period");
    assert!(page.texts("form[action$='/periods/1'] button").is_empty());
    let open = office.manager.visit(&next).await;
    open.must_show("The period begins on Jul 8, 2026.");
    let page = run.submit("Void the run").await;
    assert!(page.shows("Voided"), "{}", page.html);
    let page = office.manager.visit(&edit).await;
    assert!(!page.shows("A bill run uses this period"));
    let elsewhere = format!("/office/cycles/999/periods/{}", periods[0].id);
    assert_eq!(office.manager.get(&elsewhere).await.status, 404);
    assert_eq!(office.clerk.get(&edit).await.status, 403);
}

/// Contract: F35, F155
#[actix_web::test]
async fn a_calendar_goes_on_by_itself_eighteen_months_ahead() {
    let house = TestApp::start().await;
    let page = opened(&house).await;
    let id: CycleId = page.path.rsplit('/').next().unwrap().parse().unwrap();
    calendars::run(house.app.clone()).await.expect("a round");
    let periods = periods_of(&house, id).await;
    let ahead = house.app.clock.today() + Months::new(18);
    assert!(periods.last().unwrap().read_on >= ahead);
    let follow = |pair: &[cycles::CyclePeriodRow]| pair[0].read_on == pair[1].from_on;
    assert!(periods.windows(2).all(follow), "without a gap");
    let count = periods.len();
    calendars::run(house.app.clone()).await.expect("a round");
    assert_eq!(periods_of(&house, id).await.len(), count, "once");

    house.set_day("2027-07-01");
    calendars::run(house.app.clone()).await.expect("a round");
    let later = periods_of(&house, id).await;
    assert_eq!(later.len(), count + 12);
    let reads = |rows: &[cycles::CyclePeriodRow]| -> Vec<NaiveDate> {
        rows.iter().map(|row| row.read_on).collect()
    };
    assert_eq!(reads(&later[..count]), reads(&periods), "none moved");
    let page = house.staff(Role::Administrator).await;
    let page = page.visit("/office/audit?action=cycle.extended").await;
    page.must_show("Calendar of a cycle extended");
}

/// Contract: F22
#[actix_web::test]
async fn bills_of_a_moved_period_are_for_its_days() {
    let house = TestApp::start().await;
    let utility = Utility::open(&house.app.db);
    utility.sells_water();
    let account = utility.household("2026-01-01", vec![water("W1")]);
    let manager = house.staff(Role::BillingManager).await;
    let edit = format!(
        "/office/cycles/{}/periods/{}",
        utility.cycle(),
        utility.period("2026-01-01")
    );
    let page = manager.visit(&edit).await;
    let page = page
        .fill("read_on", "2026-02-03")
        .fill("issue_on", "2026-02-05")
        .fill("due_on", "2026-02-26")
        .submit("Save the dates")
        .await;
    page.must_show("The dates are moved.");
    utility.reads("W1", &[("2026-01-01", 100), ("2026-02-03", 3_400)]);
    utility.bill("2026-01-01", "2026-02-05");
    let bill = utility.latest(account);
    assert_eq!(bill.bill.until_on, day("2026-02-03"));
    assert_eq!(bill.bill.due_on, day("2026-02-26"));
    assert_eq!(bill.charged("use").to_string(), "$16.50", "3,300 gallons");
}

/// Contract: F25
#[test]
fn no_dates_are_moved_under_a_run_that_is_being_opened() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let (cycle, period) = (utility.cycle(), utility.period("2026-01-01"));
    let (opened, begins) = mpsc::channel();
    let db = database.db.clone();
    let opening = thread::spawn(move || {
        db.write_blocking(by("Bill", "2026-02-04"), move |tx: &mut Tx<'_>| {
            let run = open_run(tx, period)?;
            opened.send(()).expect("somebody waits");
            // The other looks while this is not written yet.
            thread::sleep(Duration::from_millis(500));
            Ok::<_, BillingRunError>(run)
        })
    });
    begins.recv().expect("the run is being opened");
    let to = Moved {
        read_on: day("2026-02-02"),
        issue_on: day("2026-02-05"),
        due_on: day("2026-02-25"),
    };
    let other = move |tx: &mut Tx<'_>| move_period(tx, (cycle, period), to);
    let moved = database.db.write_blocking(by("Cora", "2026-02-04"), other);
    let run = opening.join().expect("nobody panics");
    run.expect("the run is opened");
    assert!(matches!(moved, Err(CycleError::Used)), "{moved:?}");
}
