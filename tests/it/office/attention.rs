//! What needs attention on the account screen: each thing that waits for a person in one line, with the page on which it is worked.

use mainstay::domain::staff::Role;

use super::corrections_by_two::sent;
use super::deposits::{asked, asks_everybody};
use crate::holds::places;
use crate::portal::bills::billed;
use crate::requests::by_phone;
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// The lines of the list that lead somewhere.
const LINES: &str = "section[aria-labelledby=c6] .task a";

async fn screen(clerk: &Visitor, of: &Household) -> Page {
    let address = format!("/office/accounts/{}", of.number.as_str());
    clerk.visit(&address).await
}

/// Whether a line begins so.
fn has(page: &Page, begins: &str) -> bool {
    page.texts(LINES)
        .iter()
        .any(|line| line.starts_with(begins))
}

/// A check over the counter that the bank sends back.
async fn bounces(csr: &Visitor, clerk: &Visitor, rosa: &Household, amount: &str) -> Page {
    let form = format!("/office/accounts/{}/payments/new", rosa.number.as_str());
    let form = csr.visit(&form).await;
    let paid = form
        .fill("amount", amount)
        .fill("tender", "check")
        .submit("Take the payment")
        .await;
    let back = clerk.visit(&paid.path).await.follow("Take it back").await;
    let done = back
        .fill("why", "returned")
        .fill("reason", "Not sufficient funds")
        .submit("Take the payment back")
        .await;
    done.must_show("The payment is taken back.");
    done
}

/// Contract: F89, F93, F95
#[actix_web::test]
async fn all_that_waits_for_a_person_is_one_line_each_with_the_page_where_it_is_worked() {
    let house = TestApp::start().await;
    asks_everybody(&house).await;
    let rosa = house.customer("Rosa").signed_in().await.household;
    let number = rosa.number.clone();
    let csr = house.staff(Role::Csr).await;
    screen(&csr, &rosa)
        .await
        .must_show("Nothing waits for a person.");
    let clerk = house.staff(Role::BillingClerk).await;
    asked(&clerk, &number, "1").await;
    let (_, june) = billed(&house, &rosa);
    house.owes(rosa.account, "$900.00", 20).await;
    let form = by_phone::form(&csr, number.as_str(), june.as_str()).await;
    let dispute = form
        .fill("came_by", "letter")
        .fill("reason", "read_wrong")
        .fill("words", "The dial showed 5,000 on the first.")
        .submit("Open the dispute and tell the customer")
        .await;
    let hold = places(&csr, &rosa, "medical_certificate").await;
    sent(&clerk, &rosa, "250.00").await;
    let payment = bounces(&csr, &clerk, &rosa, "100.00").await;

    let page = screen(&csr, &rosa).await;
    assert!(has(&page, "The bank took $100.00 back on"));
    let bank = page.follow("The bank took $100.00 back").await;
    assert_eq!(bank.path, payment.path);
    assert!(has(&page, "This bill looks wrong"));
    let open = page.follow("This bill looks wrong").await;
    assert_eq!(open.path, dispute.path);
    let second = page
        .follow("Credit, $250.00: a second person decides")
        .await;
    assert!(second.path.starts_with("/office/corrections/"));
    let lines = page.texts(LINES).join("\n");
    assert!(!lines.contains("deposit"), "it is not due yet: {lines}");
    assert!(!lines.contains("Medical"), "it goes on for weeks: {lines}");
    assert!(!page.shows("Nothing waits for a person."));

    // Seven weeks on the deposit is past its day, and the certificate is about to end.
    house.set_day("2026-08-21");
    let csr = house.staff(Role::Csr).await;
    let page = screen(&csr, &rosa).await;
    let deposit = page.follow("The deposit was due on").await;
    assert!(deposit.path.ends_with("/deposit"));
    let ending = page.follow("Medical certificate ends on").await;
    assert_eq!(ending.path, hold.path);
    let count = page.text("section[aria-labelledby=c6] .badge.bad");
    let tasks = page.texts("section[aria-labelledby=c6] .task");
    assert_eq!(count, tasks.len().to_string());

    // What came since answers for what went back.
    let form = format!("/office/accounts/{}/payments/new", number.as_str());
    let form = csr.visit(&form).await;
    let paid = form
        .fill("amount", "50.00")
        .submit("Take the payment")
        .await;
    paid.must_show("is on the account");
    let page = screen(&csr, &rosa).await;
    assert!(!has(&page, "The bank took"));
}
