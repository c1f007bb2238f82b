//! "May this account be shut off today?" at the office: every reason why not, and what makes it possible.

use mainstay::domain::shutoff::ShutoffPolicy;
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::usecases::policies::{PolicyKind, set_policy};

use super::{account, late, places, served};
use crate::support::app::TestApp;

/// Contract: F83, F86
#[actix_web::test]
async fn it_is_possible_when_every_rule_is_met_and_on_that_day_alone() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let server = house.server().await;
    let screen = clerk.visit(&account(&rosa.household)).await;
    let strip = screen.text("#shutoff");
    assert!(strip.starts_with("No"), "{strip}");
    assert!(strip.contains("written notice not yet given"), "{strip}");

    // A notice of five days, in whose days nothing follows, by a Saturday.
    let soon = served(&server, &rosa.household, "2026-07-15", true).await;
    soon.must_show("It may not be shut off today")
        .must_show("the written notice counts from Jul 20, 2026");
    house.set_day("2026-07-18");
    let clerk = house.counter().await;
    let path = format!("{}/shutoff", account(&rosa.household));
    let page = clerk.visit(&path).await;
    page.must_show("the written notice counts from Jul 20, 2026")
        .must_show("not on a Saturday");
    house.set_day("2026-07-20");
    let clerk = house.counter().await;
    let page = clerk.visit(&path).await;
    page.must_show("It may be shut off today")
        .must_show("Tomorrow it is asked anew.")
        .must_show("83 Illinois Administrative Code 280");
    let screen = clerk.visit(&account(&rosa.household)).await;
    assert_eq!(screen.text("#shutoff"), "Possible");

    places(&clerk, &rosa.household, "medical_certificate").await;
    let screen = clerk.visit(&account(&rosa.household)).await;
    let strip = screen.text("#shutoff");
    assert_eq!(strip, "No medical certificate until Sep 17, 2026");
}

/// Contract: F83
#[actix_web::test]
async fn a_notice_counts_with_its_proof_and_for_what_was_due_when_it_was_given() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let server = house.server().await;
    let early = served(&server, &rosa.household, "2026-07-06", true).await;
    early.must_show("written notice not yet given for what is past due now");
    let unproven = served(&server, &rosa.household, "2026-07-08", false).await;
    unproven
        .must_show("no proof that the written notice arrived")
        .must_show("Given to her at the door.");
    let proven = served(&server, &rosa.household, "2026-07-09", true).await;
    proven.must_show("It may be shut off today");

    for (field, value, why) in [
        ("way", "phone", "This is served"),
        (
            "on",
            "2026-07-17",
            "Choose a day from Jul 15, 2025 to Jul 16, 2026.",
        ),
        ("words", "", "Write to whom and by whom it was served."),
    ] {
        let refused = proven
            .clone()
            .fill("what", "written")
            .fill("way", "hand")
            .fill("on", "2026-07-09")
            .fill("words", "To her.")
            .fill(field, value)
            .submit("Record it")
            .await;
        assert_eq!(refused.status, 422, "{field}");
        refused.must_show(why);
    }
    // The same form twice records it once.
    let twice = proven
        .fill("what", "contact")
        .fill("way", "phone")
        .fill("on", "2026-07-16")
        .fill("words", "She will pay on Friday.");
    twice.clone().submit("Record it").await;
    let page = twice.submit("Record it").await;
    let said = page.texts("ul.notes li");
    let calls = said.iter().filter(|one| one.contains("pay on Friday"));
    assert_eq!(calls.count(), 1);
}

/// Contract: F80, F83
#[actix_web::test]
async fn nothing_past_due_money_on_its_way_and_more_time_keep_it_away() {
    let house = TestApp::start().await;
    let quiet = house.customer("Omar").moved_in().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let server = house.server().await;
    let strip = clerk.visit(&account(&quiet)).await.text("#shutoff");
    assert_eq!(strip, "No nothing is past due");
    served(&server, &rosa.household, "2026-07-09", true).await;

    let check = rosa.visit("/more-time").await;
    let check = check.follow("3 monthly payments").await;
    check.fill("agree", "yes").submit("Agree").await;
    let strip = clerk
        .visit(&account(&rosa.household))
        .await
        .text("#shutoff");
    assert_eq!(strip, "No $100.00 is in an arrangement");

    let little = house
        .customer("Inés")
        .owing_due_in("$49.99", 0)
        .moved_in()
        .await;
    house.set_day("2026-07-17");
    let clerk = house.counter().await;
    let strip = clerk.visit(&account(&little)).await.text("#shutoff");
    assert_eq!(strip, "No $49.99 counts, and it takes $50.00");
}

/// Contract: F83
#[actix_web::test]
async fn who_only_looks_sees_the_answer_and_records_nothing() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let viewer = house.staff(Role::Viewer).await;
    let path = format!("{}/shutoff", account(&rosa.household));
    let page = viewer.visit(&path).await;
    page.must_show("It may not be shut off today");
    assert!(!page.shows("Record what was served"));
    let csrf = page.attribute("input[name=csrf]", "value");
    let csrf = csrf.unwrap_or_default();
    let sneaked = viewer.post(&path, &[("csrf", csrf.as_str())]).await;
    assert_eq!(sneaked.status, 403);
}

/// Contract: F73, F83
#[actix_web::test]
async fn a_rule_is_stricter_from_the_day_its_policy_says() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let server = house.server().await;
    served(&server, &rosa.household, "2026-07-09", true)
        .await
        .must_show("It may be shut off today");
    let shipped = serde_json::to_string(&ShutoffPolicy::default()).unwrap();
    let stricter = shipped.replace("\"least_owed_cents\":5000", "\"least_owed_cents\":20000");
    assert_ne!(shipped, stricter);
    let set = move |tx: &mut Tx<'_>| {
        let on = tx.stamp.on;
        set_policy(tx, PolicyKind::Shutoff, on, &stricter)
    };
    let set = house.app.db.write(house.stamp(), set).await;
    set.expect("it is set");
    let path = format!("{}/shutoff", account(&rosa.household));
    clerk
        .visit(&path)
        .await
        .must_show("$100.00 counts, and it takes $200.00");
}

/// Contract: F73
#[actix_web::test]
async fn what_is_wrong_in_a_policy_is_named_by_its_place() {
    let house = TestApp::start().await;
    let manager = house.staff(Role::BillingManager).await;
    for (kind, right, wrong, why) in [
        (
            "holds",
            "\"renewal_days\": 30",
            "\"renewal_days\": 0",
            "renewal_days",
        ),
        ("holds", "\"stops\"", "\"keeps\"", "keeps"),
        (
            "shutoff",
            "\"valid_days\": 60",
            "\"valid_days\": 0",
            "valid_days",
        ),
        ("shutoff", "\"12-01\"", "\"12-32\"", "12-32"),
    ] {
        let form = manager.visit(&format!("/office/policies/{kind}")).await;
        let shipped = form.text("#document");
        assert!(shipped.contains(right), "{kind}: {shipped}");
        let refused = form
            .clone()
            .fill("document", &shipped.replacen(right, wrong, 1))
            .submit("Save as a new version")
            .await;
        assert_eq!(refused.status, 422, "{kind}: {wrong}");
        refused.must_show(why);
        let kept = form.fill("document", &shipped);
        let kept = kept.submit("Save as a new version").await;
        assert_eq!(kept.status, 200, "{kind}");
    }
}
