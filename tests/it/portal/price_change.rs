//! New prices come into force in the middle of a bill: its lines keep the names of their blocks, and the reasons why it changed tell what the
//! use did apart from what the prices did (F101, F103).

use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::people::Household;

/// The town's water before and after a change of its prices.
const WATER: [&str; 2] = [
    include_str!("../../../src/cli/town/schedules/W-1.1.json"),
    include_str!("../../../src/cli/town/schedules/W-1.2.json"),
];

/// Three thousand gallons in May at the old prices, four in June, whose second half has the new ones.
///
/// May: 14.20 + 3 x 3.42 = 24.46. June, half at each price, with blocks of half the size: base 7.10 + 7.45, first block 5.13 + 5.37, next
/// block 2.43 + 2.55 (4.975 in all, of which the last slice has the cent): 30.03.
fn billed(house: &TestApp, household: &Household) {
    house.set_day("2026-07-05");
    let utility = Utility::of(house);
    for (document, from) in WATER.iter().zip(["2026-05-01", "2026-06-16"]) {
        let mut water: Value = serde_json::from_str(document).expect("the town's water");
        // Without the city's franchise fee, so that the sums are easily followed.
        let charges = water["charges"].as_array_mut().expect("charges");
        charges.retain(|charge| charge["code"] != "franchise");
        utility.publish(from, "W-1", "water", water);
    }
    let digits: String = household
        .email
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let reads = [
        ("2026-05-01", 0),
        ("2026-06-01", 3_000),
        ("2026-07-01", 7_000),
    ];
    utility.reads(&format!("W{digits:0>6}-1"), &reads);
    utility.bill("2026-05-01", "2026-06-04");
    utility.bill("2026-06-01", "2026-07-04");
}

/// Contract: F37, F101
#[actix_web::test]
async fn a_bill_cut_by_new_prices_keeps_the_names_of_its_blocks() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    billed(&house, &rosa.household);
    let bill = rosa.visit("/bills").await.follow("June 2026 bill").await;
    let lines = bill.texts(".bill-lines tbody tr");
    for (name, old, new) in [
        (
            "First 3,000 gallons",
            "1.5 thousand gallons at $3.42 each",
            "1.5 thousand gallons at $3.58 each",
        ),
        (
            "Next 7,000 gallons",
            "0.5 thousand gallons at $4.86 each",
            "0.5 thousand gallons at $5.09 each",
        ),
    ] {
        for (days, working) in [("Jun 1 to Jun 15", old), ("Jun 16 to Jun 30", new)] {
            let has_all =
                |line: &String| [name, days, working].iter().all(|said| line.contains(said));
            assert!(lines.iter().any(has_all), "{name}, {days}: {lines:?}");
        }
    }
    bill.must_show("$30.03");
}

/// 1,000 gallons more in the block that the old version would have put them in: 4.86, of which a day less takes 10.26 / 31 = 0.33 off, so
/// that the use of a day comes to 5.19. The prices: half a month's base 0.35, and 15.48 for what would have been 15.12 before.
///
/// Contract: F101, F103
#[actix_web::test]
async fn use_and_prices_are_told_apart_where_prices_change_within_the_bill() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    billed(&house, &rosa.household);
    let bill = rosa.visit("/bills").await.follow("June 2026 bill").await;
    for page in [rosa.visit("/").await, bill] {
        let lines = page.texts("ul.why li");
        for (words, amount) in [
            ("You used 37 gallons more water a day", "+ $5.19"),
            ("The prices of water went up", "+ $0.71"),
            ("30 billing days instead of 31", "− $0.33"),
        ] {
            let is_told = |line: &String| line.contains(words) && line.contains(amount);
            assert!(lines.iter().any(is_told), "{words} {amount}: {lines:?}");
        }
        assert_eq!(lines.len(), 5, "{lines:?}");
    }
}
