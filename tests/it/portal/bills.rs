//! A bill tells how it comes about, and the home page why it differs from the one before (F102, F103, F110).

use diesel::connection::SimpleConnection;
use mainstay::domain::ids::BillNumber;
use mainstay::domain::money::Money;
use mainstay::domain::payments::{Channel, ClearedPayment, Tender};
use mainstay::store::db::Tx;
use mainstay::usecases::payments::receive_payment;
use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::billing::{Utility, by, day};
use crate::support::people::Household;

const WATER: &str = include_str!("../../../src/cli/town/schedules/W-1.1.json");

/// Two bills of one household: three thousand gallons in May, then four in June.
pub fn billed(house: &TestApp, household: &Household) -> (BillNumber, BillNumber) {
    house.set_day("2026-07-05");
    let utility = Utility::of(house);
    let mut water: Value = serde_json::from_str(WATER).expect("the town's water");
    // Without the city's franchise fee, so that the sums are easily followed.
    let charges = water["charges"].as_array_mut().expect("charges");
    charges.retain(|charge| charge["code"] != "franchise");
    utility.publish("2026-05-01", "W-1", "water", water);
    let digits: String = household
        .email
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    utility.reads(
        &format!("W{digits:0>6}-1"),
        &[
            ("2026-05-01", 0),
            ("2026-06-01", 3_000),
            ("2026-07-01", 7_000),
        ],
    );
    utility.bill("2026-05-01", "2026-06-04");
    pays_part(house, household);
    utility.bill("2026-06-01", "2026-07-04");
    let mut numbers = utility
        .issued(household.account)
        .into_iter()
        .map(|billed| billed.bill.number);
    let mut next = || numbers.next().expect("two bills");
    (next(), next())
}

/// Five dollars at the counter between the two bills.
fn pays_part(house: &TestApp, household: &Household) {
    let cleared = ClearedPayment {
        account_id: household.account,
        amount: Money::from_cents(500),
        tender: Tender::Cash,
        channel: Channel::Office,
        received_on: day("2026-06-20"),
        reference: "drawer 1".to_owned(),
        label: None,
    };
    let receive = move |tx: &mut Tx<'_>| receive_payment(tx, &cleared);
    std::thread::scope(|scope| {
        let write = || {
            house
                .app
                .db
                .write_blocking(by("Pia", "2026-06-20"), receive)
        };
        scope.spawn(write).join().expect("it is written")
    })
    .expect("the payment is taken");
}

#[actix_web::test]
async fn each_line_of_a_bill_says_how_it_comes_about() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, latest) = billed(&house, &rosa.household);
    let bill = rosa.visit("/bills").await.follow("June 2026 bill").await;
    assert_eq!(bill.text("h1"), "June 2026 bill");
    bill.must_show("First 3,000 gallons")
        .must_show("3 thousand gallons at $3.42 each")
        .must_show("$10.26");
    bill.must_show("Next 7,000 gallons")
        .must_show("1 thousand gallons at $4.86 each");
    bill.must_show("Priced by Water service (W-1).")
        .must_show("$29.32");
    // May's $24.46, five of it paid since, keep the due date they had.
    bill.must_show("Balance after your last bill")
        .must_show("Payment Jun 20")
        .must_show("of this was owed before and keeps the due date it had");
    let neighbor = house.customer("Omar").signed_in().await;
    neighbor.meets(&format!("/bills/{latest}"), 404).await;
}

#[actix_web::test]
async fn a_working_that_cannot_be_read_takes_no_page_down_but_its_bills() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (first, latest) = billed(&house, &rosa.household);
    let torn = "INSERT INTO bill_segments SELECT bill_id, 9, service_agreement_id, commodity, rate_schedule_id, quantity, unit, \
                quality, 0, 'torn' FROM bill_segments \
                WHERE position = 0 AND bill_id = (SELECT MIN(bill_id) FROM bill_segments)";
    house.database().connect().batch_execute(torn).unwrap();
    house.leaves_broken("the lines of an issued bill come out of its working again");
    for path in ["/", "/bills", "/usage", "/usage/water"] {
        rosa.meets(path, 200).await;
    }
    rosa.meets(&format!("/bills/{latest}"), 200).await;
    rosa.meets(&format!("/bills/{first}"), 500).await;
}

#[actix_web::test]
async fn the_home_page_says_why_the_bill_changed() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    billed(&house, &rosa.household);
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
            .starts_with("month,gal,quality,dollars,mean_fahrenheit\n2026-05,3000,actual,24.46,\n"),
        "{}",
        table.body
    );
}
