//! The fixed amount, from joining to leaving, at the customer's door: what is asked, what is put off, and what nobody is charged or pressed for.

use super::{balance, billed_three_times, bills_month, joins, late_fees, offers_plans};
use crate::support::app::TestApp;
use crate::support::judges::Pdf;

#[actix_web::test]
async fn a_customer_joins_is_asked_even_amounts_and_leaves() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    rosa.visit("/profile").await.must_show("Level payment plan");
    let form = rosa.visit("/level-plan").await;
    let seen = form
        .fill("variant", "fixed")
        .submit("Show the amounts")
        .await;
    // (20 + 30 + 40) / 3
    assert_eq!(seen.text("#monthly"), "$30.00");
    assert_eq!(
        seen.texts("#would tbody td:nth-child(2)"),
        ["$20.00", "$30.00", "$40.00"]
    );
    assert_eq!(seen.texts("#would tbody td:nth-child(3)"), ["$30.00"; 3]);
    let refused = seen.submit("Start the plan").await;
    assert_eq!(refused.status, 422);
    refused.must_show("Check the box to agree");
    let on = refused.fill("agree", "yes").submit("Start the plan").await;
    on.must_show("The plan is on.")
        .must_show("I pay level amounts on the account");
    assert_eq!(house.told(&["budget_plan"]).len(), 1);

    // July charges $50.00 and asks $30.00.
    bills_month(&house, &rosa, 0);
    assert_eq!(balance(&house, &rosa).await, 3_000);
    let bill = rosa.visit("/bills").await.follow("July 2026 bill").await;
    bill.must_show("Under your level payment plan")
        .must_show("Actual charges $50.00")
        .must_show("This bill asks $30.00")
        .must_show("Put off in all, not due now $20.00");
    rosa.visit("/bills")
        .await
        .must_show("This bill asks $30.00");
    let home = rosa.visit("/").await;
    home.must_show("Your level payment plan asks $30.00 for this bill.");
    home.must_show("Your plan puts off $20.00 of what was charged.")
        .must_show("Owed in all $50.00");
    assert!(home.text("#balance").starts_with("$30.00"));
    // The fee is five percent of what was asked, and is charged once.
    house.set_day("2026-08-31");
    assert_eq!(late_fees(&house).await, (1, 150));
    assert_eq!(late_fees(&house).await, (0, 0));

    // August charges $40.00. (50 + 40 + 40) / 3 = 43.33 is more than 15 percent away from 30.00.
    bills_month(&house, &rosa, 1);
    assert_eq!(balance(&house, &rosa).await, 3_000 + 150 + 3_000);
    let plan = rosa.visit("/level-plan").await;
    assert_eq!(plan.text("#monthly"), "$43.33");
    assert_eq!(plan.text("#difference"), "$30.00");
    assert_eq!(plan.text("#whole"), "$91.50");

    // September charges $30.00 and asks $43.33: 30.00 - 13.33 are left, a third of it comes with the next bills, beside (30 + 40 + 50) / 3.
    bills_month(&house, &rosa, 2);
    assert_eq!(balance(&house, &rosa).await, 3_000 + 150 + 3_000 + 4_333);
    let plan = rosa.visit("/level-plan").await;
    assert_eq!(plan.text("#difference"), "$16.67");
    assert_eq!(plan.text("#monthly"), "$45.56");
    assert_eq!(house.told(&["budget_plan"]).len(), 3);

    plan.must_show("the $16.67 that is put off is asked from you by Nov 3, 2026");
    let left = plan.submit("Leave now").await;
    left.must_show("The plan has ended.");
    assert_eq!(
        balance(&house, &rosa).await,
        3_000 + 150 + 3_000 + 4_333 + 1_667
    );
    plan.submit("Leave now").await;
    assert_eq!(balance(&house, &rosa).await, 12_150);
    rosa.visit("/").await.must_show("$121.50");
}

#[actix_web::test]
async fn the_paper_of_a_bill_shows_both_amounts() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    joins(&rosa, "fixed", "spread").await;
    bills_month(&house, &rosa, 0);
    let bill = rosa.visit("/bills").await.follow("July 2026 bill").await;
    let paper = rosa.request(reqwest::Method::GET, &format!("{}/pdf", bill.path));
    let bytes = paper.send().await.unwrap().bytes().await.unwrap();
    if let Some(words) = Pdf::of(&bytes).words() {
        for (said, amount) in [
            ("Actual charges", "$50.00"),
            ("Put off by your level payment plan", "−$20.00"),
            ("This bill asks", "$30.00"),
            ("Amount to pay", "$30.00"),
            ("Put off in all, not due now", "$20.00"),
        ] {
            let is_told = |line: &str| line.contains(said) && line.contains(amount);
            assert!(words.lines().any(is_told), "{said} {amount}: {words}");
        }
    }
}

#[actix_web::test]
async fn whoever_may_not_join_reads_every_reason() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$12.00", 2)
        .signed_in()
        .await;
    offers_plans(&house).await;
    house.advance_days(5);
    let page = rosa.visit("/level-plan").await;
    page.must_show("An average needs 3 bills, and there are 0.")
        .must_show("$12.00 is past due.");
    assert!(!page.shows("Start the plan"));
    let number = rosa.household.number.as_str();
    let fields = [
        ("account", number),
        ("variant", "fixed"),
        ("seen", "30.00"),
        ("agree", "yes"),
    ];
    let token = page
        .attribute("input[name=csrf]", "value")
        .unwrap_or_default();
    let mut all = fields.to_vec();
    all.push(("csrf", token.as_str()));
    assert_eq!(rosa.post("/level-plan", &all).await.status, 422);
}

#[actix_web::test]
async fn a_bill_is_named_by_its_last_day_as_on_the_bill() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    let form = rosa.visit("/level-plan").await;
    let seen = form
        .fill("variant", "fixed")
        .submit("Show the amounts")
        .await;
    let through = seen.texts("#would tbody td:nth-child(1)");
    assert_eq!(through, ["Apr 30, 2026", "May 31, 2026", "Jun 30, 2026"]);
}
