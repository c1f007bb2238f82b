//! One record from the first day of service to the payment: every step of the walk is on the account's screen and in the audit trail.

use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::Language;
use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::office::{ELECTRIC, GAS, WATER, hourly_electricity};

/// Contract: F1, F2, F4, F10, F22, F38, F40, F56, F131, F132, F157
///
/// June, by hand. Water 4,000 gallons: 14.20 + 3 x 3.42 + 1 x 4.86 = 29.32; 5% of it is 1.466, so 1.47; together 30.79.
/// Electricity 30 days of 25 kWh: 9.50 + 750 x 0.1123 = 9.50 + 84.225 = 93.73, the half cent rounded up. Gas 20 CCF of 1.037 therms:
/// 11.00 + 20.74 x 0.8125 = 11.00 + 16.85125 = 27.85. In all 152.37.
#[actix_web::test]
async fn from_the_meter_to_the_payment_it_is_one_record() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    for document in [WATER, ELECTRIC, GAS] {
        office.publishes(document, "2025-01-01").await;
    }
    let services = [Commodity::Water, Commodity::Electric, Commodity::Gas];
    let home = house.moves_in("Rosa", &services).await;
    let number = home.number.as_str().to_owned();
    let (water, electric, gas) = meters(&home.email);
    for (meter, value) in [(&water, "1000"), (&gas, "300")] {
        office
            .reads(&home, meter, value)
            .await
            .must_show("The read is saved.");
    }

    house.set_day("2026-07-02");
    for (meter, value) in [(&water, "5000"), (&gas, "320")] {
        let page = office.read_on(&home, meter, ("2026-07-01", value)).await;
        page.must_show("The read is saved.");
    }
    let june = hourly_electricity(&electric, "2026-06-01", 30);
    office
        .takes("cmep", "june.txt", &june)
        .await
        .must_show("The file is imported.");
    let run = office.bills("2026-06-01").await;
    run.must_show("$152.37");

    let rosa = house.signs_in(home, Language::English).await;
    let home_page = rosa.visit("/").await;
    assert!(
        home_page.text("#balance").contains("$152.37"),
        "{}",
        home_page.html
    );
    let page = rosa.visit("/pay").await.submit("Check the payment").await;
    let page = page.submit("Pay $152.37").await;
    let receipt = page
        .fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $152.37")
        .await;
    receipt.must_show("Posted");
    house.settles().await;

    // The clerk's one screen, without going anywhere else.
    let screen = office
        .clerk
        .visit(&format!("/office/accounts/{number}"))
        .await;
    assert!(screen.text("#balance").starts_with("$0.00"));
    for meter in [&water, &electric, &gas] {
        screen.must_show(meter);
    }
    let ledger = screen.follow("Ledger").await;
    ledger.must_show("$152.37").must_show("Visa");
    let bills = screen.follow("Bills").await;
    bills.must_show("Paid").must_show("$152.37");
    screen
        .follow("Payments")
        .await
        .must_show("Visa")
        .must_show("$152.37");
    screen
        .follow("Audit")
        .await
        .must_show("Bill issued")
        .must_show("Read recorded");
    screen
        .follow("Reads")
        .await
        .must_show("5000 gal")
        .must_show("320");
    screen.follow("Usage").await.must_show("750 kWh");

    // What was billed, when, against what service and which read.
    let at = bills.attribute("a[href^='/office/bills/']", "href");
    let bill = office.clerk.visit(&at.expect("the bill has a page")).await;
    for words in [
        "W-RES", "E-RES", "G-RES", "$30.79", "$93.73", "$27.85", "5000", "1000",
    ] {
        bill.must_show(words);
    }

    // The trail wrote itself, with who did each step.
    let auditor = house.staff(Role::Compliance).await;
    let trail = auditor
        .visit(&format!("/office/audit?account={number}"))
        .await;
    for deed in [
        "account.opened",
        "read.recorded",
        "login.account_added",
        "payment.requested",
        "payment.succeeded",
        "bill.issued",
    ] {
        trail.must_show(deed);
    }
    trail.must_show("The billing_clerk").must_show("Rosa");
    let runs = auditor.visit("/office/audit?action=bill_run").await;
    for deed in [
        "bill_run.opened",
        "bill_run.chunk_drafted",
        "bill_run.chunk_issued",
    ] {
        runs.must_show(deed);
    }
    runs.must_show("The billing_manager");
    let rates = auditor.visit("/office/audit?action=rate").await;
    rates.must_show("Rate drafted").must_show("Rate published");
    auditor
        .visit("/office/audit?action=import")
        .await
        .must_show("File taken in");
}

/// The meters of the first household, as they are numbered.
fn meters(email: &str) -> (String, String, String) {
    let number: u32 = email
        .trim_start_matches(|letter: char| !letter.is_ascii_digit())
        .split('@')
        .next()
        .and_then(|digits| digits.parse().ok())
        .expect("the address has the household's number");
    let of = |letter: &str| format!("{letter}{number:06}");
    (of("W"), of("E"), of("G"))
}

/// Contract: F37, F38, F101
#[actix_web::test]
async fn a_payment_of_this_afternoon_is_on_the_next_bill() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    let home = house.moves_in("Rosa", &[Commodity::Water]).await;
    let (water, _, _) = meters(&home.email);
    office.reads(&home, &water, "1000").await;
    house.set_day("2026-07-01");
    office.reads(&home, &water, "5000").await;
    office.bills("2026-06-01").await;
    let rosa = house.signs_in(home, Language::English).await;
    let page = rosa.visit("/pay").await.fill("amount", "10.79");
    let page = page
        .submit("Check the payment")
        .await
        .submit("Pay $10.79")
        .await;
    let page = page
        .fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123");
    page.submit("Pay $10.79").await.must_show("Posted");
    house.settles().await;
    assert!(rosa.visit("/").await.text("#balance").contains("$20.00"));

    // July: 4,500 gallons. 14.20 + 10.26 + 1.5 x 4.86 = 31.75; 5% is 1.5875, so 1.59; together 33.34, and $20.00 owed before.
    house.set_day("2026-08-01");
    office.reads(&rosa.household, &water, "9500").await;
    office.bills("2026-07-01").await;
    let bill = rosa.visit("/bills").await.follow("July 2026 bill").await;
    bill.must_show("$33.34")
        .must_show("$20.00")
        .must_show("$53.34");
    assert!(rosa.visit("/").await.text("#balance").contains("$53.34"));
}
