//! Terms of their own for households whose low income is certified: who certifies it, from when they hold at both doors, and when they end.

use mainstay::domain::staff::Role;

use super::late;
use crate::support::app::TestApp;

/// Contract: F82
#[actix_web::test]
async fn low_income_gets_the_terms_that_the_policy_mandates_at_both_doors_while_it_is_certified() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    // A quarter of what is past due comes first, for everybody of the class.
    let before = rosa.visit("/more-time").await;
    before.must_show("At least $25.00");
    assert!(!before.shows("terms for low income"));

    let csr = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    let form = csr.visit(&account).await.follow("Low income").await;
    form.must_show("No low income is certified for this account.");
    let silent = form.clone().submit("Certify it").await;
    assert_eq!(silent.status, 422, "nobody wrote what was seen");
    let late_day = form
        .clone()
        .fill("last", "2027-07-17")
        .fill("words", "LIHEAP letter of July 1.")
        .submit("Certify it")
        .await;
    assert_eq!(late_day.status, 422);
    late_day.must_show("Choose a day from Jul 16, 2026 to Jul 16, 2027.");
    let filled = late_day
        .fill("last", "2026-12-31")
        .fill("words", "LIHEAP letter of July 1.");
    let done = filled.submit("Certify it").await;
    done.must_show("It is certified.")
        .must_show("LIHEAP, energy assistance")
        .must_show("LIHEAP letter of July 1.");
    // Sent twice it is one.
    let twice = filled.submit("Certify it").await;
    assert_eq!(twice.texts("ul.notes li").len(), 1);
    csr.visit(&account)
        .await
        .must_show("Low income is certified until Dec 31, 2026");

    // A fifth comes first now, at the customer's door and at the office's.
    rosa.visit("/more-time")
        .await
        .must_show("At least $20.00")
        .must_show("These are the terms for low income, which is certified until Dec 31, 2026.");
    let offer = csr.visit(&format!("{account}/arrangements/new")).await;
    offer
        .must_show("At least $20.00")
        .must_show("terms for low income");

    // Another household has what its class has.
    let ines = house
        .customer("Ines")
        .owing_due_in("$100.00", 0)
        .signed_in()
        .await;
    house.set_day("2026-07-17");
    ines.visit("/more-time").await.must_show("At least $25.00");

    // It ends before its time with a word why, and the class's terms hold again.
    let csr = house.staff(Role::Csr).await;
    let page = csr.visit(&format!("{account}/income")).await;
    let silent = page.clone().submit("End it now").await;
    assert_eq!(silent.status, 422);
    let ended = page
        .fill("end_words", "The letter was for another house.")
        .submit("End it now")
        .await;
    ended
        .must_show("It has ended.")
        .must_show("The letter was for another house.");
    rosa.visit("/more-time").await.must_show("At least $25.00");
    let manager = house.staff(Role::BillingManager).await;
    manager
        .visit(&format!("{account}?tab=audit"))
        .await
        .must_show("Low income certified")
        .must_show("Certification of low income ended");
}

/// Contract: F82
#[actix_web::test]
async fn who_only_looks_certifies_nothing() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let viewer = house.staff(Role::Viewer).await;
    let path = format!("/office/accounts/{}/income", rosa.household.number.as_str());
    let page = viewer.visit(&path).await;
    assert!(!page.shows("Certify a low income"));
    let csrf = page.attribute("input[name=csrf]", "value");
    let csrf = csrf.unwrap_or_default();
    let sneaked = viewer.post(&path, &[("csrf", csrf.as_str())]).await;
    assert_eq!(sneaked.status, 403);
}
