//! A customer finds the account with the bill that came by post, and sees it as it stands; nobody learns anything by trying.

use mainstay::domain::commodity::Commodity;

use crate::support::app::{PASSWORD, TestApp};
use crate::support::office::WATER;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// The form of a new sign-in, filled in.
async fn asked(visitor: &Visitor, account: &str, proof: &str) -> Page {
    let page = visitor.visit("/register").await;
    page.fill("account", account)
        .fill("proof", proof)
        .fill("name", "Rosa Delgado")
        .fill("email", "rosa@example.com")
        .fill("new_password", PASSWORD)
        .submit("Set up my sign-in")
        .await
}

/// Contract: F101, F102
#[actix_web::test]
async fn the_bill_in_the_letterbox_proves_whose_account_it_is() {
    let house = TestApp::start().await;
    house.set_day("2026-06-01");
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    let home = house.moves_in("Rosa", &[Commodity::Water]).await;
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    let meter = format!("W{digits:0>6}");
    office.reads(&home, &meter, "1000").await;
    house.set_day("2026-07-01");
    office.reads(&home, &meter, "5000").await;
    office.bills("2026-06-01").await.must_show("$30.79");
    let number = home.number.as_str().to_owned();

    // A wrong amount, a number that is nobody's and a number that is none are answered alike.
    let mut answers = Vec::new();
    for (account, proof) in [
        (number.as_str(), "30.78"),
        ("4100999994", "30.79"),
        ("12", "30.79"),
        (number.as_str(), "ABCDE-FGHJK"),
    ] {
        let page = asked(&house.visitor(), account, proof).await;
        answers.push((page.status, page.heading(), page.texts(".errors, .err")));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");

    let rosa = house.visitor();
    let page = asked(&rosa, &number, "$30.79").await;
    assert_eq!(page.heading(), "Check your e-mail");
    assert_eq!(
        rosa.get("/bills").await.status,
        303,
        "not before the address is proved"
    );
    let page = rosa
        .visit("/sandbox/mail")
        .await
        .follow("Confirm my address")
        .await;
    page.fill("password", PASSWORD)
        .submit("Confirm and sign in")
        .await;
    let at_home = rosa.visit("/").await;
    assert!(
        at_home.text("#balance").contains("$30.79"),
        "{}",
        at_home.html
    );
    let bill = rosa.visit("/bills").await.follow("June 2026 bill").await;
    bill.must_show("4,000 gallons");
}
