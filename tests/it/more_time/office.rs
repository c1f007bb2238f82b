//! The office sees who is on an arrangement and whether it is kept, makes one by the same rules, and ends one with a reason.

use mainstay::domain::staff::Role;

use super::{agrees, late};
use crate::support::app::TestApp;

/// Contract: F76, F93
#[actix_web::test]
async fn a_clerk_makes_what_the_policy_allows_and_a_manager_ends_it_with_a_reason() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    let form = clerk.visit(&account).await.follow("More time").await;
    form.must_show("Give more time to pay");
    let chosen = form.follow("2 monthly payments").await;
    chosen.must_show("$25.00 by Jul 20, 2026; $37.50 by Aug 24, 2026; $37.50 by Sep 24, 2026");
    let refused = chosen.submit("Make it").await;
    assert_eq!(refused.status, 422);
    let chosen = refused.fill("agree", "yes");
    let made = chosen.submit("Make it").await;
    made.must_show("In force")
        .must_show("made by The billing_clerk in the office");
    // Sent twice it is the same one.
    assert_eq!(chosen.submit("Make it").await.path, made.path);
    let screen = clerk.visit(&account).await;
    assert!(screen.text("#arranged").contains("$100.00"));
    screen.must_show("next due Jul 20");
    assert!(
        !made.shows("End it and tell the customer"),
        "a clerk may not"
    );
    let token = made
        .attribute("input[name=csrf]", "value")
        .expect("a token");
    let cancel = format!("{}/cancellation", made.path);
    let fields = [("csrf", token.as_str()), ("reason", "Because.")];
    assert_eq!(clerk.post(&cancel, &fields).await.status, 403);

    house.set_day("2026-07-21");
    let manager = house.staff(Role::BillingManager).await;
    let list = manager.visit("/office/arrangements?state=open").await;
    list.must_show("Late");
    manager.visit(&account).await.must_show("a payment is late");
    let page = manager.visit(&made.path).await;
    let refused = page.submit("End it and tell the customer").await;
    refused.must_show("Write the reason.");
    let ended = refused
        .fill("reason", "The account is taken over by an agency.")
        .submit("End it and tell the customer")
        .await;
    ended
        .must_show("Canceled")
        .must_show("The account is taken over by an agency.");
    assert_eq!(house.told(&["arrangement"]).len(), 2);
    let audit = manager.visit(&format!("{account}?tab=audit")).await;
    audit
        .must_show("Arrangement made")
        .must_show("Arrangement ended early");
    let number = made.path.trim_start_matches("/office/arrangements/");
    rosa.visit(&format!("/more-time/{number}"))
        .await
        .must_show("We ended it.");
    // The clock of the late fee goes on from that day.
    house.set_day("2026-07-26");
    assert_eq!(house.late_fees().await, (0, 0));
    house.set_day("2026-07-27");
    assert_eq!(house.late_fees().await, (1, 500));
}

/// Contract: F76, F93
#[actix_web::test]
async fn installments_fall_on_the_customers_paydays_at_both_doors() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.staff(Role::Csr).await;
    let new = format!(
        "/office/accounts/{}/arrangements/new",
        rosa.household.number.as_str()
    );
    let asked = clerk
        .visit(&new)
        .await
        .fill("every", "two_weeks")
        .fill("payday", "2026-07-24")
        .submit("Show the amounts")
        .await;
    // The days and cents are shown before anybody agrees.
    let chosen = asked.follow("3 payments, every two weeks").await;
    chosen.must_show(
        "$25.00 by Jul 20, 2026; $25.00 by Jul 24, 2026; $25.00 by Aug 7, 2026; $25.00 by Aug 21, 2026",
    );
    let strange = asked
        .fill("payday", "2026-07-01")
        .submit("Show the amounts")
        .await;
    assert_eq!(strange.status, 422);
    strange.must_show("Choose a next payday from Jul 16, 2026 to Aug 30, 2026.");

    let hers = rosa
        .visit("/more-time")
        .await
        .fill("every", "two_weeks")
        .fill("payday", "2026-07-24")
        .submit("Show the amounts")
        .await;
    hers.must_show("Then each payday");
    let check = hers.follow("3 payments, every two weeks").await;
    check.must_show("Aug 7, 2026");
    let back = check.follow("Change").await;
    let payday = back.attribute("#payday", "value");
    assert_eq!(payday.as_deref(), Some("2026-07-24"));
    let agreed = check.fill("agree", "yes").submit("Agree").await;
    agreed
        .must_show("In force")
        .must_show("Jul 24, 2026")
        .must_show("Aug 21, 2026");
    // What was shown at the other door is gone by then: one is in force.
    let late = chosen.fill("agree", "yes").submit("Make it").await;
    assert_eq!(late.status, 422);
}

/// Contract: F76
#[actix_web::test]
async fn the_words_are_in_the_customers_language() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .speaking_spanish()
        .owing_due_in("$100.00", 5)
        .signed_in()
        .await;
    house.set_day("2026-07-16");
    let csr = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    let form = csr.visit(&format!("{account}/arrangements/new")).await;
    let chosen = form.follow("by Tuesday, July 21").await;
    chosen.must_show("Acepto pagar $100.00 de la cuenta terminada en");
    let made = chosen.clone().fill("agree", "yes").submit("Make it").await;
    let number = made.path.trim_start_matches("/office/arrangements/");
    let seen = rosa.visit(&format!("/more-time/{number}")).await;
    seen.must_show("Prórroga de pago").must_show("Acepto pagar");
    // Read aloud on a page in English, they are Spanish.
    for page in [chosen, made] {
        assert!(page.html.contains("lang=\"es-US\">Acepto"));
    }
}

/// Contract: F76
#[actix_web::test]
async fn who_only_looks_may_not_make_one() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    agrees(&rosa, "3 monthly payments").await;
    let viewer = house.staff(Role::Viewer).await;
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    viewer
        .meets(&format!("{account}/arrangements/new"), 403)
        .await;
    let list = viewer.visit("/office/arrangements").await;
    assert_eq!(list.texts("tbody tr").len(), 1);
}
