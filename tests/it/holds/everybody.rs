//! What is declared for everybody: a time without shut-offs, and how cold or hot the days ahead are.

use mainstay::domain::staff::Role;

use super::{account, late, served};
use crate::support::app::TestApp;

/// Contract: F83, F85
#[actix_web::test]
async fn a_moratorium_protects_whom_it_is_for_until_it_is_ended() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let server = house.server().await;
    served(&server, &rosa.household, "2026-07-09", true)
        .await
        .must_show("It may be shut off today");
    let page = clerk.visit("/office/moratoria").await;
    assert!(!page.shows("Declare one"), "that is for managers");
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit("/office/moratoria").await;
    let silent = page
        .clone()
        .fill("from", "2026-07-16")
        .fill("last", "2026-07-31")
        .submit("Declare it")
        .await;
    assert_eq!(silent.status, 422);
    let gas = page
        .clone()
        .fill("service", "gas")
        .fill("from", "2026-07-16")
        .fill("last", "2026-07-31")
        .fill("reason", "The pipeline is down.")
        .submit("Declare it")
        .await;
    gas.must_show("The moratorium is declared.");
    let strip = clerk
        .visit(&account(&rosa.household))
        .await
        .text("#shutoff");
    assert_eq!(strip, "Possible", "she has water");

    let filled = gas
        .fill("from", "2026-07-16")
        .fill("last", "2026-07-31")
        .fill("reason", "Heat: the county's advice of today.");
    filled.clone().submit("Declare it").await;
    let declared = filled.submit("Declare it").await;
    let all = declared.texts("ul.notes > li");
    assert_eq!(all.len(), 2, "the same form declares once: {all:?}");
    let strip = clerk
        .visit(&account(&rosa.household))
        .await
        .text("#shutoff");
    assert_eq!(strip, "No moratorium until Jul 31, 2026");
    rosa.visit("/")
        .await
        .must_show("Your service is protected until")
        .must_show("Nobody is shut off in this time.");

    let path = declared.attribute("form[action*='/end']", "action");
    let path = path.expect("a form that ends the last one");
    let csrf = declared.attribute("input[name=csrf]", "value").unwrap();
    let id = path.split('/').nth(3).expect("a number").to_owned();
    let why = format!("why-{id}");
    let fields = [("csrf", csrf.as_str()), (why.as_str(), "It is cool again.")];
    assert_eq!(manager.post(&path, &fields).await.status, 303);
    let own = clerk.visit("/office/moratoria").await;
    let csrf = own.attribute("input[name=csrf]", "value").unwrap();
    let fields = [("csrf", csrf.as_str()), (why.as_str(), "It is cool again.")];
    let other = clerk.post(&path, &fields).await;
    assert_eq!(other.status, 403, "a clerk ends none");
    let ended = manager.visit("/office/moratoria").await;
    ended.must_show("It is cool again.");
    let strip = clerk
        .visit(&account(&rosa.household))
        .await
        .text("#shutoff");
    assert_eq!(strip, "Possible");
}

/// Contract: F83
#[actix_web::test]
async fn a_moratorium_begins_today_or_later_and_ends() {
    let house = TestApp::start().await;
    house.set_day("2026-07-16");
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit("/office/moratoria").await;
    for (from, last, why) in [
        ("2026-07-15", "2026-07-20", "It begins today or later."),
        (
            "2026-07-20",
            "2026-07-18",
            "The last day comes before the first.",
        ),
        (
            "2026-07-16",
            "2027-07-16",
            "The policy gives it until Jan 15, 2027",
        ),
        ("2026-07-16", "", "Write a date"),
    ] {
        let refused = page
            .clone()
            .fill("from", from)
            .fill("last", last)
            .fill("reason", "Heat.")
            .submit("Declare it")
            .await;
        assert_eq!(refused.status, 422, "{from} to {last}");
        refused.must_show(why);
    }
    page.reload().await.must_show("None was declared.");
}

/// Contract: F83
#[actix_web::test]
async fn a_forecast_is_noted_of_the_days_ahead() {
    let house = TestApp::start().await;
    house.set_day("2026-07-16");
    let clerk = house.server().await;
    let page = clerk.visit("/office/moratoria").await;
    page.must_show("No forecast is noted for the days ahead.");
    for (day, low, high, why) in [
        ("2026-07-15", "70", "96", "Choose a day from Jul 16, 2026"),
        ("2026-07-16", "98", "70", "The lowest temperature is above"),
        ("2026-07-16", "warm", "98", "Write degrees Fahrenheit"),
    ] {
        let refused = page
            .clone()
            .fill("day", day)
            .fill("low", low)
            .fill("high", high)
            .submit("Note the forecast")
            .await;
        assert_eq!(refused.status, 422, "{day} {low} {high}");
        refused.must_show(why);
    }
    let noted = page
        .clone()
        .fill("day", "2026-07-16")
        .fill("low", "70")
        .fill("high", "96")
        .submit("Note the forecast")
        .await;
    noted.must_show("70 °F to 96 °F");
    let better = noted
        .fill("day", "2026-07-16")
        .fill("low", "-4")
        .fill("high", "91.5")
        .submit("Note the forecast")
        .await;
    let lines = better.texts("ul.lines li");
    assert_eq!(lines.len(), 1, "the strictest one counts: {lines:?}");
    assert!(lines[0].contains("\u{2212}4 °F to 96 °F"), "{lines:?}");
}

/// Contract: F83
#[actix_web::test]
async fn a_forecast_that_was_noted_days_ago_is_to_be_noted_again() {
    let house = TestApp::start().await;
    house.set_day("2026-07-16");
    let clerk = house.server().await;
    let page = clerk.visit("/office/moratoria").await;
    let noted = page
        .fill("day", "2026-07-20")
        .fill("low", "70")
        .fill("high", "96")
        .submit("Note the forecast")
        .await;
    noted.must_show("Jul 16, 2026");
    assert!(!noted.shows("Note it again"));
    house.set_day("2026-07-17");
    let clerk = house.server().await;
    let next = clerk.visit("/office/moratoria").await;
    assert!(!next.shows("Note it again"), "yesterday's still counts");
    house.set_day("2026-07-18");
    let clerk = house.server().await;
    let old = clerk.visit("/office/moratoria").await;
    old.must_show("70 °F to 96 °F").must_show("Note it again");
    let again = old
        .fill("day", "2026-07-20")
        .fill("low", "71")
        .fill("high", "95")
        .submit("Note the forecast")
        .await;
    again.must_show("70 °F to 96 °F").must_show("Jul 18, 2026");
    assert!(!again.shows("Note it again"));
}
