//! A house with water and gas: the account screen draws the service that is worth a look, and what of a bill is disputed is judged by the reads and
//! the use of that service alone.

use mainstay::domain::commodity::Commodity;
use mainstay::domain::ids::{AccountId, AccountNumber};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::quantity::Unit;
use mainstay::domain::staff::Role;
use mainstay::store::logins::account_number;
use serde_json::json;

use super::by_phone;
use crate::support::app::TestApp;
use crate::support::billing::{Utility, fixed, metered, register, usage, water};
use crate::support::page::Page;

/// Two months of a house whose water went up by $15.00 and whose gas went down by $2.00.
fn water_and_gas(house: &TestApp) -> (AccountId, AccountNumber) {
    house.set_day("2026-07-05");
    let utility = Utility::of(house);
    utility.sells_water();
    utility.publish(
        "2025-01-01",
        "G-1",
        "gas",
        json!({
            "measures": {"usage": "CCF"},
            "charges": [fixed("base", "8.00"), usage("use", "usage", "1.00")],
        }),
    );
    let registers = vec![register("G9", Channel::Delivered, Unit::Ccf)];
    let gas = metered(Commodity::Gas, "G-1", MeterKind::Simple, registers);
    let home = utility.household("2026-05-01", vec![water("W9"), gas]);
    let days = ["2026-05-01", "2026-06-01", "2026-07-01"];
    for (key, values) in [("W9", [0, 3_000, 9_000]), ("G9", [0, 40, 78])] {
        let reads: Vec<(&str, i64)> = days.into_iter().zip(values).collect();
        utility.reads(key, &reads);
    }
    utility.bill("2026-05-01", "2026-06-04");
    utility.bill("2026-06-01", "2026-07-04");
    let number = house.database().read(|conn| account_number(conn, home));
    (home, number)
}

/// The evidence beside a dispute of a bill, opened on the telephone, with the first line of a service marked or none.
async fn evidence(form: Page, service: Option<&str>) -> String {
    let boxes: Vec<String> = form
        .html
        .split("name=\"line_")
        .skip(1)
        .map(|rest| format!("line_{}", rest.split('"').next().unwrap()))
        .collect();
    let labels = form.texts(".marks label.check");
    let of = |service: &str| labels.iter().position(|label| label.contains(service));
    let form = match service {
        Some(service) => {
            let line = of(service).expect("a line of the service");
            form.fill(&boxes[line], "yes")
        }
        None => form,
    };
    let open = form
        .fill("came_by", "letter")
        .fill("reason", "read_wrong")
        .fill("words", "It cannot be so much.")
        .submit("Open the dispute and tell the customer")
        .await;
    open.must_show("It cannot be so much.");
    open.text("section[aria-labelledby=ev]")
}

/// Contract: F86, F89, F95
#[actix_web::test]
async fn what_jumped_is_drawn_and_a_service_in_dispute_is_judged_by_itself() {
    let house = TestApp::start().await;
    house.customer("Rosa").moved_in().await;
    let (home, number) = water_and_gas(&house);
    let csr = house.staff(Role::Csr).await;
    let screen = csr
        .visit(&format!("/office/accounts/{}", number.as_str()))
        .await;
    screen.must_show("Water, last bills");
    assert!(!screen.shows("Gas, last bills"), "gas hardly changed");

    let bills = Utility::of(&house).issued(home);
    let [may, june] = bills.as_slice() else {
        panic!("two bills, not {}", bills.len());
    };
    let form = by_phone::form(&csr, number.as_str(), june.bill.number.as_str()).await;
    let of_water = evidence(form, Some("Water")).await;
    assert!(of_water.contains("W9") && of_water.contains("Water use by month"));
    assert!(
        !of_water.contains("G9") && !of_water.contains("Gas"),
        "{of_water}"
    );
    // Where a bill is disputed as a whole, all of it is evidence.
    let form = by_phone::form(&csr, number.as_str(), may.bill.number.as_str()).await;
    let of_all = evidence(form, None).await;
    assert!(of_all.contains("W9") && of_all.contains("G9"), "{of_all}");
}
