//! The call bar: a call that is begun stands on every page until it is wrapped up, once, or given up; and what the calls come to.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use mainstay::domain::staff::Role;
use mainstay::store::schema::{audit_rows, calls, notes};

use crate::portal::bills::billed;
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// The clock goes on by minutes.
fn wait(house: &TestApp, minutes: i64) {
    let later = house.app.clock.now() + TimeDelta::minutes(minutes);
    house.app.clock.set(later);
}

async fn screen(clerk: &Visitor, of: &Household) -> Page {
    let address = format!("/office/accounts/{}", of.number.as_str());
    clerk.visit(&address).await
}

async fn wrapped_up(page: &Page, topic: &str, solved: &str, text: &str) -> Page {
    let filled = page
        .clone()
        .fill("call_topic", topic)
        .fill("call_solved", solved)
        .fill("call_text", text);
    filled.submit("End the call").await
}

/// What is kept of calls: what about, whether solved, and how many seconds each lasted.
fn kept(house: &TestApp) -> Vec<(Option<String>, Option<bool>, Option<i64>)> {
    let rows: Vec<(
        Option<String>,
        Option<bool>,
        NaiveDateTime,
        Option<NaiveDateTime>,
    )> = calls::table
        .order(calls::id)
        .select((
            calls::topic,
            calls::is_solved,
            calls::began_at,
            calls::ended_at,
        ))
        .load(&mut house.database().connect())
        .unwrap();
    rows.into_iter()
        .map(|(topic, solved, began, ended)| {
            (topic, solved, ended.map(|at| (at - began).num_seconds()))
        })
        .collect()
}

fn notes_kept(house: &TestApp) -> Vec<(String, String)> {
    notes::table
        .order(notes::id)
        .select((notes::kind, notes::text))
        .load(&mut house.database().connect())
        .unwrap()
}

fn deeds(house: &TestApp) -> Vec<String> {
    audit_rows::table
        .filter(audit_rows::action.like("call.%"))
        .order(audit_rows::id)
        .select(audit_rows::action)
        .load(&mut house.database().connect())
        .unwrap()
}

/// Contract: F93, F94, F168
#[actix_web::test]
async fn a_call_is_timed_classified_and_wrapped_up_from_any_page() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let page = screen(&clerk, &rosa).await.submit("Call begins").await;
    page.must_show("The call has begun.");
    assert!(page.text(".call-bar").contains("On a call with Rosa"));
    assert!(!page.shows("Call begins"), "one is open");

    wait(&house, 6);
    let elsewhere = clerk.visit("/office/requests").await;
    let seconds: i64 = elsewhere
        .attribute("[data-running]", "data-running")
        .unwrap()
        .parse()
        .unwrap();
    assert!((360..420).contains(&seconds), "{seconds} s so far");
    assert_eq!(elsewhere.follow("Rosa,").await.heading(), "Rosa");
    let other = house.staff(Role::Csr).await;
    assert!(
        other.visit("/office").await.texts(".call-bar").is_empty(),
        "it is the clerk's alone"
    );

    // What is missing is said, and what was written stays.
    let refused = wrapped_up(&elsewhere, "", "", "The meter was estimated twice.").await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.texts(".errors li").len(), 2);
    assert_eq!(refused.text("textarea"), "The meter was estimated twice.");
    assert_eq!(kept(&house), [(None, None, None)]);
    let done = wrapped_up(
        &refused,
        "bill_in_error",
        "yes",
        "The meter was estimated twice.",
    )
    .await;
    done.must_show("The call is wrapped up and its note is saved.");
    done.must_show("The meter was estimated twice.");
    assert!(done.texts(".call-bar").is_empty() && done.shows("Call begins"));

    // Sent again it changes nothing.
    let again = wrapped_up(
        &elsewhere,
        "bill_in_error",
        "yes",
        "The meter was estimated twice.",
    )
    .await;
    again.must_show("The call is wrapped up and its note is saved.");
    let once = [(
        "phone".to_owned(),
        "The meter was estimated twice.".to_owned(),
    )];
    assert_eq!(notes_kept(&house), once);
    // Other words for a call that has ended are handed back, to be saved as a note.
    let late = wrapped_up(&elsewhere, "payment", "no", "She pays on Friday.").await;
    assert_eq!(late.status, 409);
    late.must_show("Your words are still here");
    assert_eq!(notes_kept(&house), once);
    late.submit("Save note")
        .await
        .must_show("She pays on Friday.");
    assert_eq!(notes_kept(&house).len(), 2);
    let (topic, solved, seconds) = kept(&house).remove(0);
    assert_eq!(
        (topic.as_deref(), solved),
        (Some("bill_in_error"), Some(true))
    );
    assert!(seconds.is_some_and(|seconds| (360..480).contains(&seconds)));
    assert_eq!(deeds(&house), ["call.begun", "call.wrapped_up"]);
}

/// Contract: F93, F168
#[actix_web::test]
async fn nobody_has_two_calls_at_once_and_one_begun_by_mistake_counts_nowhere() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let ines = house.customer("Ines").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let stale = screen(&clerk, &ines).await;
    let first = screen(&clerk, &rosa).await;
    let open = first.submit("Call begins").await;
    first
        .submit("Call begins")
        .await
        .must_show("The call has begun.");
    let refused = stale.submit("Call begins").await;
    refused.must_show("Another call is still open");
    assert_eq!(refused.heading(), "Ines");
    assert_eq!(refused.follow("Rosa,").await.heading(), "Rosa");
    assert_eq!(deeds(&house), ["call.begun"]);

    // Another member of staff neither wraps it up nor gives it up.
    let other = house.staff(Role::Csr).await;
    let token = other
        .visit("/office")
        .await
        .attribute("input[name=csrf]", "value")
        .unwrap();
    let action = open.attribute(".call-bar details form", "action").unwrap();
    let sent = [
        ("csrf", token.as_str()),
        ("call_topic", "payment"),
        ("call_solved", "yes"),
        ("call_text", "Not mine."),
    ];
    assert_eq!(other.post(&action, &sent).await.status, 404);
    assert_eq!(
        other
            .post(&action.replace("/end", "/withdrawal"), &sent)
            .await
            .status,
        404
    );

    let gone = open.submit("Begun by mistake").await;
    gone.must_show("The call is given up. It counts nowhere.");
    open.submit("Begun by mistake")
        .await
        .must_show("It counts nowhere.");
    assert_eq!(deeds(&house), ["call.begun", "call.given_up"]);
    assert!(notes_kept(&house).is_empty());
    let next = stale.submit("Call begins").await;
    assert!(
        next.text(".call-bar").contains("Ines"),
        "the next one may begin"
    );
    let manager = house.staff(Role::BillingManager).await;
    let figures = manager.visit("/office/service-figures").await;
    figures.must_show("No call was wrapped up in these days.");
}

/// Contract: F112, F168
#[actix_web::test]
async fn the_time_of_a_complaint_is_measured_and_a_forgotten_call_is_left_out() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let taken = [
        (4, "high_bill", "yes"),
        (8, "bill_in_error", "no"),
        (180, "high_bill", "yes"),
        (2, "payment", "yes"),
    ];
    for (minutes, topic, solved) in taken {
        let page = screen(&clerk, &rosa).await.submit("Call begins").await;
        wait(&house, minutes);
        wrapped_up(&page, topic, solved, &format!("About {topic}.")).await;
    }
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit("/office/service-figures").await;
    assert_eq!(
        page.texts("#topics-table tbody th"),
        ["Bill in error", "High bill", "Payment"]
    );
    let high = page.texts("#topics-table tbody tr:nth-child(2) td");
    assert_eq!(
        high,
        ["2", "100.0%", "4.0"],
        "the long one counts, and takes no time"
    );
    let complaints = page.texts("#topics-table tfoot tr:nth-child(1) td");
    assert_eq!(complaints, ["3", "66.7%", "6.0"]);
    let all = page.texts("#topics-table tfoot tr:nth-child(2) td");
    assert_eq!(all, ["4", "75.0%", "4.7"]);
    page.must_show("A complaint about a bill took 6.0 minutes on average.");
    page.must_show("more than two hours was forgotten");
    let july = page.texts("#by-month tbody tr:first-child td");
    assert_eq!(july[0], "4", "each left the note of a telephone contact");

    house.advance_days(100);
    let page = manager.visit("/office/service-figures").await;
    page.must_show("No call was wrapped up in these days.");
}

/// Contract: F132
#[actix_web::test]
async fn who_may_not_write_takes_no_call_and_spanish_staff_read_the_bar_in_spanish() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let viewer = house.staff(Role::Viewer).await;
    assert!(!screen(&viewer, &rosa).await.shows("Call begins"));
    let clerk = house.staff(Role::Csr).await;
    let page = screen(&clerk, &rosa).await.submit("Call begins").await;
    let page = page.submit("Español").await;
    assert!(page.text(".call-bar").contains("En llamada con Rosa"));
}

/// Contract: F169, F170
#[actix_web::test]
async fn what_disputes_take_is_measured_and_set_beside_fifteen_minutes_each() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let manager = house.staff(Role::BillingManager).await;
    let before = manager.visit("/office/service-figures").await;
    assert!(
        before.texts("#dispute-hours").is_empty(),
        "nothing is measured"
    );
    let page = screen(&clerk, &rosa).await.submit("Call begins").await;
    wait(&house, 6);
    wrapped_up(&page, "bill_in_error", "yes", "The read was right.").await;
    let figures = manager.visit("/office/service-figures").await;
    let said = figures.text("#dispute-hours");
    assert!(
        said.contains("take 15.") && said.contains("at 15 minutes each they take 37.5."),
        "{said}"
    );
    assert!(said.contains("60% less time"), "{said}");
    // What takes longer is said as plainly.
    let page = screen(&clerk, &rosa).await.submit("Call begins").await;
    wait(&house, 28);
    wrapped_up(&page, "high_bill", "no", "She wants to be heard.").await;
    let figures = manager.visit("/office/service-figures").await;
    let said = figures.text("#dispute-hours");
    assert!(said.contains("more time"), "{said}");
}

/// Contract: F93, F94, F132
#[actix_web::test]
async fn who_calls_is_asked_what_the_account_knows_and_the_mark_stays_with_the_call() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    billed(&house, &rosa);
    let clerk = house.staff(Role::Csr).await;
    let people = format!("/office/accounts/{}/people", rosa.number.as_str());
    let edit = clerk.visit(&people).await.follow("Change Rosa").await;
    edit.fill("kind", "phone")
        .fill("value", "217-555-0133")
        .submit("Add a contact")
        .await
        .must_show("The change is saved.");
    assert!(screen(&clerk, &rosa).await.texts("#identity").is_empty());

    let page = screen(&clerk, &rosa).await.submit("Call begins").await;
    let asked = page.text("#identity");
    for words in ["Ask who is calling", "Rosa", "sent out Jul 4, 2026", "0133"] {
        assert!(asked.contains(words), "{words}: {asked}");
    }
    assert!(!asked.contains("555"), "the last four alone: {asked}");
    // Every page works meanwhile, and its bar says that nobody asked yet.
    let elsewhere = clerk.visit("/office/requests").await;
    let bar = elsewhere.text(".call-bar");
    assert!(bar.contains("Identity not checked"), "{bar}");
    let back = elsewhere.follow("Identity not checked").await;
    assert_eq!(back.heading(), "Rosa");

    let done = back.submit("Identity checked").await;
    done.must_show("It is kept with the call.");
    assert!(done.texts("#identity").is_empty());
    assert!(done.text(".call-bar").contains("Identity checked"));
    back.submit("Identity checked").await;
    assert_eq!(deeds(&house), ["call.begun", "call.identity_checked"]);
    let marked: Vec<Option<NaiveDateTime>> = calls::table
        .select(calls::identity_checked_at)
        .load(&mut house.database().connect())
        .unwrap();
    assert!(matches!(marked[..], [Some(_)]));
    let gone = done.submit("Begun by mistake").await;
    gone.must_show("It counts nowhere.");
    assert_eq!(back.submit("Identity checked").await.status, 200);
}

/// Contract: F93, F168
#[actix_web::test]
async fn a_call_that_was_left_open_is_shown_the_next_day_and_a_manager_ends_it() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let page = screen(&clerk, &rosa).await.submit("Call begins").await;
    let left = "This call was left open.";
    assert!(!page.text(".call-bar").contains(left));
    let manager = house.staff(Role::BillingManager).await;
    assert!(!manager.visit("/office").await.shows("Open calls"));
    clerk.meets("/office/calls", 403).await;

    house.advance_days(1);
    let morning = clerk.visit("/office").await;
    assert!(morning.text(".call-bar").contains(left));
    manager
        .visit("/office")
        .await
        .must_show("Open calls")
        .must_show("left open");
    let list = manager.visit("/office/calls").await;
    list.must_show("The csr").must_show("left open");
    let form = list.follow("Rosa,").await;
    assert_eq!(form.heading(), "End an open call");
    let refused = wrapped_up(&form, "", "", "She asked when the bill comes.").await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.text("textarea"), "She asked when the bill comes.");
    let ended = wrapped_up(&refused, "other", "yes", "She asked when the bill comes.").await;
    ended
        .must_show("The call is wrapped up and its note is saved.")
        .must_show("Nobody has a call open.");
    assert_eq!(notes_kept(&house).len(), 1);
    assert_eq!(deeds(&house), ["call.begun", "call.wrapped_up"]);
    assert!(clerk.visit("/office").await.texts(".call-bar").is_empty());

    // One that was begun by mistake counts nowhere, whoever says so.
    screen(&clerk, &rosa).await.submit("Call begins").await;
    let list = manager.visit("/office/calls").await;
    let form = list.follow("Rosa,").await;
    let gone = form.submit("Begun by mistake").await;
    gone.must_show("It counts nowhere.");
    assert_eq!(
        form.submit("Begun by mistake").await.heading(),
        "Open calls"
    );
    assert_eq!(notes_kept(&house).len(), 1);
}
