//! A bill tells how it comes about, and the home page why it differs from the one before (F102, F103, F110).

use chrono::{Days, Months, NaiveDate};
use mainstay::domain::bills::{BillKind, BillStatus};
use mainstay::domain::entries::Charge;
use mainstay::domain::ids::{AccountId, BillId, BillNumber, RateScheduleId, ServiceAgreementId};
use mainstay::domain::money::Money;
use mainstay::domain::period::Period;
use mainstay::domain::premises::Commodity;
use mainstay::domain::quantity::Unit;
use mainstay::domain::rate_status::RateStatus;
use mainstay::domain::rates::facts::Facts;
use mainstay::domain::rates::working::Working;
use mainstay::store::bills::{BillLineRow, BillRow, BillSegmentRow, WholeBill, insert_whole};
use mainstay::store::db::Tx;
use mainstay::store::rates::{RateScheduleRow, insert_all_rows};
use mainstay::store::sql_types::Exact;
use mainstay::usecases::books;
use mainstay::usecases::ledger::{BillToPost, PostingError, post_bills};
use rust_decimal::Decimal;

use crate::support::app::TestApp;

const WATER: &str = include_str!("../../../src/cli/town/schedules/W-1.1.json");

/// Two bills of one household: three thousand gallons, then four.
async fn billed(house: &TestApp, account: AccountId) -> (BillNumber, BillNumber) {
    let first = house.app.clock.today() - Months::new(2);
    let wrote = house.app.db.write(house.stamp(), move |tx| {
        insert_all_rows(tx, &[schedule(tx, first)])?;
        let second = first + Months::new(1);
        let whole = [bill(account, 1, first, 3), bill(account, 2, second, 4)];
        insert_whole(tx, whole.to_vec())?;
        let on = tx.stamp.on;
        let books = books::open(tx, on)?;
        for whole in &whole {
            post_bills(tx, &books, &[to_post(&whole.bill)])?;
        }
        Ok::<(), PostingError>(())
    });
    wrote.await.expect("the bills are written");
    (BillNumber::of(1), BillNumber::of(2))
}

/// The bill as the ledger takes it.
fn to_post(bill: &BillRow) -> BillToPost {
    BillToPost {
        account: bill.account_id,
        bill: bill.id,
        on: bill.issued_on.expect("an issued bill"),
        due_on: bill.due_on,
        lines: vec![Charge {
            fund: "WATER".parse().expect("a fund of the chart"),
            gl: "4010".parse().expect("an account of the chart"),
            amount: bill.total_cents,
        }],
    }
}

fn schedule(tx: &Tx<'_>, first: NaiveDate) -> RateScheduleRow {
    RateScheduleRow {
        id: RateScheduleId(1),
        code: "W-1".to_owned(),
        version: 1,
        name: "Water service".to_owned(),
        commodity: Commodity::Water,
        effective_from: first,
        status: RateStatus::Published,
        document: WATER.to_owned(),
        drafted_by: "story".to_owned(),
        drafted_at: tx.stamp.at,
        submitted_by: Some("story".to_owned()),
        submitted_at: Some(tx.stamp.at),
        published_by: Some("second story".to_owned()),
        published_at: Some(tx.stamp.at),
    }
}

fn bill(account: AccountId, id: i64, from_on: NaiveDate, kgal: i64) -> WholeBill {
    let until_on = from_on + Months::new(1);
    let id = BillId(id);
    let line = |position: i32, quantity: i64, price: &str, charge: &str| BillLineRow {
        bill_id: id,
        position,
        segment: 0,
        charge: charge.to_owned(),
        quantity: Some(Exact(Decimal::from(quantity))),
        price: Some(Exact(price.parse().expect("a price"))),
        amount_cents: Money::from_charge(
            Decimal::from(quantity) * price.parse::<Decimal>().expect("a price"),
        )
        .expect("an amount of a household"),
    };
    let mut lines = vec![line(0, 1, "14.20", "base"), line(1, 3, "3.42", "use")];
    if kgal > 3 {
        lines.push(line(2, kgal - 3, "4.86", "use"));
    }
    let total: Money = lines.iter().map(|line| line.amount_cents).sum();
    let period = Period::new(from_on, until_on).expect("a month");
    let working = Working::of(&Facts::of(period), Vec::new());
    WholeBill {
        bill: BillRow {
            id,
            number: BillNumber::of(id.0),
            account_id: account,
            run_id: None,
            kind: BillKind::Regular,
            status: BillStatus::Issued,
            from_on,
            until_on,
            issued_on: Some(until_on),
            due_on: until_on + Days::new(20),
            previous_cents: Money::ZERO,
            total_cents: total,
            replaces_bill_id: None,
        },
        segments: vec![BillSegmentRow {
            bill_id: id,
            position: 0,
            service_agreement_id: ServiceAgreementId(1),
            commodity: Commodity::Water,
            rate_schedule_id: RateScheduleId(1),
            quantity: Some(Exact(Decimal::from(kgal))),
            unit: Some(Unit::Kgal),
            quality: "actual".to_owned(),
            amount_cents: total,
            working: serde_json::to_string(&working).expect("a working is JSON"),
        }],
        lines,
    }
}

#[actix_web::test]
async fn each_line_of_a_bill_says_how_it_comes_about() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, latest) = billed(&house, rosa.household.account).await;
    let bill = rosa.visit("/bills").await.follow("June 2026 bill").await;
    assert_eq!(bill.text("h1"), "June 2026 bill");
    bill.must_show("First 3,000 gallons")
        .must_show("3 thousand gallons at $3.42 each")
        .must_show("$10.26");
    bill.must_show("Next 7,000 gallons")
        .must_show("1 thousand gallons at $4.86 each");
    bill.must_show("Priced by Water service (W-1).")
        .must_show("$29.32");
    let neighbor = house.customer("Omar").signed_in().await;
    neighbor.meets(&format!("/bills/{latest}"), 404).await;
}

#[actix_web::test]
async fn the_home_page_says_why_the_bill_changed() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    billed(&house, rosa.household.account).await;
    let home = rosa.visit("/").await;
    home.must_show("Why your bill went up $4.86")
        .must_show("more water")
        .must_show("billing days instead of");
    home.must_show("Water use by month").must_show("4,000");
    let months = rosa.visit("/usage/water").await;
    months
        .must_show("June 2026")
        .must_show("Nothing a year earlier");
    let table = rosa.get("/usage/water.csv").await;
    assert!(
        table
            .body
            .starts_with("month,gal,quality,dollars\n2026-05,3000,actual,24.46\n"),
        "{}",
        table.body
    );
}
