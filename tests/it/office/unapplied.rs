//! Money that pays nothing yet and broken arrangements as lists of work: given to somebody and answered, several rows at once; and
//! every level payment plan in one list.

use mainstay::domain::staff::Role;
use mainstay::jobs::arrangements;

use crate::holds::late;
use crate::level_plans::{billed_three_times, joins};
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::told::ladder::{mails_leave, refused};

/// The boxes of the rows of a list, by their names.
fn boxes(page: &Page) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = page.html.as_str();
    while let Some(at) = rest.find("name=\"pick-") {
        rest = &rest[at + 6..];
        let end = rest.find('"').expect("a name ends");
        all.push(rest[..end].to_owned());
    }
    all
}

/// Contract: F56, F160
#[actix_web::test]
async fn held_money_is_given_to_somebody_and_paid_out_from_its_list() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let form = format!("/office/accounts/{}/payments/new", rosa.number.as_str());
    let page = clerk.visit(&form).await.fill("tender", "cash");
    page.fill("amount", "50.00")
        .submit("Take the payment")
        .await;
    let manager = house.staff(Role::BillingManager).await;
    let list = manager
        .visit("/office/receivables")
        .await
        .follow("Unapplied money")
        .await;
    list.must_show("$30.00 on 1 account.").must_show("Rosa");
    let names = boxes(&list);
    assert_eq!(names.len(), 1);
    let given = list
        .clone()
        .fill(&names[0], "yes")
        .submit("Give them")
        .await;
    let rows = given.texts("tbody tr");
    assert!(!rows[0].contains("Nobody"), "{rows:?}");
    let refund = given.follow("Refund").await;
    let looked = refund
        .fill("reason", "overpaid")
        .fill("way", "bank")
        .submit("Look at the entry")
        .await;
    looked
        .submit("Post it")
        .await
        .must_show("The correction is posted.");
    manager
        .visit("/office/receivables/unapplied")
        .await
        .must_show("Nothing is held for anybody.");
}

/// Contract: F84, F86
#[actix_web::test]
async fn a_broken_arrangement_waits_until_somebody_has_answered() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let check = rosa.visit("/more-time").await;
    let check = check.follow("3 monthly payments").await;
    check.fill("agree", "yes").submit("Agree").await;
    house.set_day("2026-07-27");
    let looked = arrangements::run(house.app.clone()).await;
    looked.expect("the arrangements are looked at");
    let manager = house.staff(Role::BillingManager).await;
    let list = manager.visit("/office/arrangements?state=waiting").await;
    let names = boxes(&list);
    assert_eq!(names.len(), 1, "{}", list.html);
    let silent = list
        .clone()
        .fill(&names[0], "yes")
        .submit("Nothing is to be done")
        .await;
    assert_eq!(boxes(&silent).len(), 1, "an answer says why");
    let answered = list
        .fill(&names[0], "yes")
        .fill("reason", "She pays on Friday.")
        .submit("Nothing is to be done")
        .await;
    assert!(boxes(&answered).is_empty());
    let all = manager.visit("/office/arrangements").await;
    all.must_show("She pays on Friday.");
    let audit = format!(
        "/office/accounts/{}?tab=audit",
        rosa.household.number.as_str()
    );
    manager
        .visit(&audit)
        .await
        .must_show("Arrangement dealt with in a list");
}

/// Contract: F54
#[actix_web::test]
async fn every_level_plan_stands_in_one_list() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    joins(&rosa, "fixed", "spread").await;
    let manager = house.staff(Role::BillingManager).await;
    let list = manager
        .visit("/office/receivables")
        .await
        .follow("Level payment plans")
        .await;
    list.must_show("1 plan")
        .must_show("$30.00")
        .must_show("0 of 3")
        .must_show("in 2 bills");
    list.follow("Rosa").await.must_show("Level payment plan");
}

/// Contract: F49, F55
#[actix_web::test]
async fn deliveries_that_failed_are_given_to_somebody_and_answered_at_once() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 1)
        .signed_in()
        .await;
    refused(&house, &rosa, 1);
    house.set_day("2026-07-06");
    house.reminds().await;
    mails_leave(&house).await;
    let manager = house.staff(Role::BillingManager).await;
    let list = manager.visit("/office/notices?state=waiting").await;
    let names = boxes(&list);
    assert_eq!(names.len(), 1, "{}", list.html);
    let given = list
        .clone()
        .fill(&names[0], "yes")
        .submit("Give them")
        .await;
    assert_eq!(boxes(&given).len(), 1, "it waits for its owner");
    let answered = given
        .fill(&names[0], "yes")
        .fill("reason", "The letter is on its way.")
        .submit("Nothing is to be done")
        .await;
    assert!(boxes(&answered).is_empty(), "{}", answered.html);
    manager
        .visit("/office/notices")
        .await
        .must_show("The letter is on its way.");
}
