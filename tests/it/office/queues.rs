//! The office's lists of work: views kept under a name, each person's own; and several rows given or dismissed at once, by boxes that are ticked.

use diesel::prelude::*;
use mainstay::domain::exceptions::{ExceptionKind, ExceptionReason, ExceptionStatus};
use mainstay::domain::ids::AccountId;
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::exceptions::{NewException, open_all};
use mainstay::store::schema::{audit_rows, exceptions};
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::page::Page;

/// Findings about an account that no read waits for.
async fn found(house: &TestApp, account: AccountId, count: usize) {
    let all: Vec<NewException> = (0..count)
        .map(|place| {
            let mut new = NewException::of(
                format!("story:{account}:{place}"),
                ExceptionKind::Read,
                ExceptionReason::NoRead,
                json!({}),
            );
            new.account_id = Some(account);
            new
        })
        .collect();
    let find = move |tx: &mut Tx<'_>| -> Result<usize, StoreError> { open_all(tx, &all) };
    let opened = house.app.db.write(house.stamp(), find).await;
    assert_eq!(opened.expect("the findings are kept"), count);
}

/// The names of the boxes on a page.
fn boxes(page: &Page, count: usize) -> Vec<String> {
    let nth = |place: usize| {
        let css = format!("tbody tr:nth-child({place}) input[type=checkbox]");
        page.attribute(&css, "name")
    };
    let names: Vec<String> = (1..=25).filter_map(nth).collect();
    assert_eq!(names.len(), count, "{names:?}");
    names
}

fn deeds(house: &TestApp, action: &str) -> i64 {
    house.database().read(|conn| {
        Ok(audit_rows::table
            .filter(audit_rows::action.eq(action))
            .count()
            .get_result(conn)?)
    })
}

/// Contract: F31, F32
#[actix_web::test]
async fn a_view_of_a_list_is_kept_under_a_name_for_whoever_keeps_it() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let list = clerk
        .visit("/office/exceptions?status=resolved&owner=me&kind=&page=1")
        .await;
    let unnamed = list.submit("Keep it").await;
    unnamed.must_show("Give the view a name.");
    let kept = list.clone().fill("name", "What I answered");
    let kept = kept.submit("Keep it").await;
    kept.must_show("The view is kept.");
    assert_eq!(kept.path, "/office/exceptions?status=resolved&owner=me");
    let here = kept.attribute("#saved a", "class");
    assert_eq!(here.as_deref(), Some("chip on"));

    // It leads there from the list as it opens, at any desk of theirs; nobody else has it.
    let plain = clerk.visit("/office/exceptions").await;
    let back = plain.follow("What I answered").await;
    assert_eq!(back.path, "/office/exceptions?status=resolved&owner=me");
    let other = house.staff(Role::BillingClerk).await;
    let theirs = other.visit("/office/exceptions").await;
    assert!(!theirs.shows("What I answered"));
    assert!(
        !clerk
            .visit("/office/requests")
            .await
            .shows("What I answered")
    );

    // The same name takes the place of what it named.
    let moved = clerk.visit("/office/exceptions?owner=nobody").await;
    let moved = moved
        .fill("name", "What I answered")
        .submit("Keep it")
        .await;
    assert_eq!(moved.texts("#saved li").len(), 1);
    let address = moved.attribute("#saved a", "href");
    assert_eq!(address.as_deref(), Some("/office/exceptions?owner=nobody"));

    // What is no filter is not kept, and another's view is not forgotten by anybody else.
    let csrf = theirs.attribute("input[name=csrf]", "value");
    let csrf = csrf.expect("a token");
    let strange = [
        ("csrf", csrf.as_str()),
        ("queue", "exceptions"),
        ("name", "Elsewhere"),
        ("query", "owner=//evil.example"),
    ];
    let refused = other.post("/office/saved-filters", &strange).await;
    assert_eq!(refused.status, 400);
    let removal = moved.attribute("#saved form", "action").expect("a form");
    other.post(&removal, &[("csrf", csrf.as_str())]).await;
    let still = clerk.visit("/office/exceptions").await;
    still.must_show("What I answered");
    let gone = still.submit("Forget the view “What I answered”").await;
    gone.must_show("The view is forgotten.");
    assert!(gone.texts("#saved li").is_empty());
    assert_eq!(deeds(&house, "saved_filter.saved"), 2);
    assert_eq!(deeds(&house, "saved_filter.removed"), 1);

    // Each list of work has its own.
    for path in [
        "/office/requests?kind=bill_dispute",
        "/office/orders?state=not_done",
        "/office/holds?within=7",
        "/office/arrangements?state=broken",
        "/office/notices?state=failed",
    ] {
        let page = clerk.visit(path).await.fill("name", "Mine");
        let kept = page.submit("Keep it").await;
        kept.must_show("The view is kept.");
        assert_eq!(kept.texts("#saved li").len(), 1, "{path}");
    }
}

/// Contract: F31, F32, F33
#[actix_web::test]
async fn several_findings_are_given_and_dismissed_at_once_but_none_whose_read_waits() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    // A read that fell waits for somebody's look.
    let at = format!("/office/accounts/{}/reads/new", rosa.number.as_str());
    let page = clerk.visit(&at).await.fill("value", "100");
    page.submit("Save the read").await;
    house.advance_days(30);
    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk.visit(&at).await.fill("value", "40");
    let page = page.submit("Save the read").await.fill("again", "40");
    page.submit("Save the read")
        .await
        .must_show("waits in the exceptions queue");
    let waiting = clerk.visit("/office/exceptions").await.texts("tbody tr");
    assert!(!waiting.is_empty(), "the read waits");
    found(&house, rosa.account, 3).await;

    let list = clerk.visit("/office/exceptions").await;
    let all = boxes(&list, waiting.len() + 3);
    let none = list.submit("Give them").await;
    none.must_show("Choose one row or more first.");
    let mut picked = list.clone();
    for name in &all[..2] {
        picked = picked.fill(name, "yes");
    }
    let given = picked.submit("Give them").await;
    given.must_show("2 were given.");
    let mine = clerk.visit("/office/exceptions?owner=me").await;
    assert_eq!(mine.texts("tbody tr").len(), 2);
    assert_eq!(deeds(&house, "exception.taken"), 2);

    // One reason for all of them; the one whose read waits is left.
    let mut picked = clerk.visit("/office/exceptions").await;
    for name in &all {
        picked = picked.fill(name, "yes");
    }
    let silent = picked.submit("Nothing is to be done").await;
    silent.must_show("Say what was done, or why nothing is.");
    let done = picked
        .fill("reason", "The meters were changed on the day.")
        .submit("Nothing is to be done")
        .await;
    done.must_show("3 were dismissed.").must_show("left:");
    assert_eq!(deeds(&house, "exception.dismissed"), 3);
    let open: i64 = house.database().read(|conn| {
        Ok(exceptions::table
            .filter(exceptions::status.eq(ExceptionStatus::Open))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(usize::try_from(open).ok(), Some(waiting.len()));
    clerk
        .visit("/office/exceptions")
        .await
        .must_show("The register fell");
}

/// Contract: F31, F93
#[actix_web::test]
async fn requests_and_orders_are_given_to_a_colleague_at_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let ines = house.customer("Ines").signed_in().await;
    for customer in [&rosa, &ines] {
        let form = customer.visit("/requests/new/meter_reread").await;
        form.fill("service", "water").submit("Send request").await;
    }
    let crew = house.staff(Role::FieldSupervisor).await;
    let clerk = house.staff(Role::Csr).await;
    let list = clerk.visit("/office/requests").await;
    let mut picked = list.clone();
    for name in boxes(&list, 2) {
        picked = picked.fill(&name, "yes");
    }
    let colleague = list.attribute("#bulk-to option:last-child", "value");
    let given = picked
        .fill("to", &colleague.expect("a colleague"))
        .submit("Give them")
        .await;
    given.must_show("2 were given.");
    let rows = given.texts("tbody tr");
    assert!(
        rows.iter().all(|row| row.contains("The field_supervisor")),
        "{rows:?}"
    );

    // Of two orders only one has a day: the other is left.
    let orders = clerk.visit("/office/orders").await;
    let order = orders.follow("Read the meter again").await;
    order
        .fill("day", "2026-07-08")
        .submit("Save the plan")
        .await
        .must_show("The plan is saved.");
    let list = clerk.visit("/office/orders").await;
    let mut picked = list.clone();
    for name in boxes(&list, 2) {
        picked = picked.fill(&name, "yes");
    }
    let given = picked.submit("Give them").await;
    given.must_show("1 was given.").must_show("1 was left");
    let mine = crew.visit("/office/orders?assignee=me").await;
    assert_eq!(mine.texts("tbody tr").len(), 1);
}
