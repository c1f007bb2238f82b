//! Work that was done at the door while the order was taken from the crew: it is never lost, and undone where it took somebody's service away.

use mainstay::domain::staff::Role;

use super::{account, dial, job, made, number, photo, planned};
use crate::holds::{late, served};
use crate::support::app::TestApp;

/// Contract: F98, F99
#[actix_web::test]
async fn service_that_was_turned_off_for_a_canceled_order_is_kept_and_turned_on_again() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (crew, clerk) = (house.crew().await, house.staff(Role::Csr).await);
    let order = planned(&house, &made(&clerk, &rosa, "turn_off").await).await;
    let page = job(&crew, &order).await;
    let filled = page
        .clone()
        .fill(&dial(&page), "10")
        .fill("words", "The valve is stiff.");
    let gone = order
        .fill("why", "She stays after all.")
        .submit("Cancel the order")
        .await;
    gone.must_show("The order is canceled.");
    for _ in 0..2 {
        let kept = filled.submit("Send the result").await;
        assert_eq!(kept.status, 200, "{}", kept.html);
    }
    clerk.visit(&account(&rosa)).await.must_show("off since");
    let back = gone.reload().await;
    back.must_show("Done at the door after the order had ended.")
        .must_show("The valve is stiff.");
    let list = clerk.visit("/office/orders").await;
    let rows = list.texts("tbody tr");
    assert_eq!(
        rows.len(),
        2,
        "the order for a look, and the way back: {rows:?}"
    );
    assert!(
        rows.iter()
            .any(|row| row.contains("Turn service on") && row.contains("Same day"))
    );
    let reads = clerk.visit(&format!("{}?tab=reads", account(&rosa))).await;
    reads.must_show("10");
    let audit = house.staff(Role::BillingManager).await;
    let audit = audit.visit(&format!("{}?tab=audit", account(&rosa))).await;
    audit.must_show("Order reported late as done");
    // Somebody has looked, and ends it again.
    let ended = back
        .fill("why", "Looked at.")
        .submit("Cancel the order")
        .await;
    ended.must_show("The order is canceled.");
}

/// Contract: F98
#[actix_web::test]
async fn what_was_done_before_another_got_the_order_counts_as_done() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (crew, clerk) = (house.crew().await, house.staff(Role::Csr).await);
    let order = planned(&house, &made(&clerk, &rosa, "turn_off").await).await;
    let page = job(&crew, &order).await;
    let filled = page.clone().fill(&dial(&page), "10");
    let other = house.crew().await;
    planned(&house, &order.reload().await).await;
    let theirs = other.visit("/office/field").await;
    theirs.must_show("Turn service off");
    let done = filled.submit("Send the result").await;
    done.must_show("The result is taken.");
    theirs
        .reload()
        .await
        .must_show("Nothing is left to do today.");
    order.reload().await.must_show("Done");
    clerk.visit(&account(&rosa)).await.must_show("off since");

    // Somebody who never had it brings nothing back.
    let second = planned(&house, &made(&clerk, &rosa, "re_read").await).await;
    let stranger = house.crew().await;
    let page = job(&other, &second).await;
    let refused = job(&stranger, &second).await;
    refused.must_show("This order is not yours to do now.");
    page.clone()
        .fill(&dial(&page), "12")
        .submit("Send the result")
        .await
        .must_show("The result is taken.");
}

/// Contract: F83, F98, F99
#[actix_web::test]
async fn a_shut_off_that_the_office_took_back_is_undone() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let (crew, desk) = (house.crew().await, house.staff(Role::Collector).await);
    served(&desk, &rosa.household, "2026-07-09", true).await;
    let order = planned(&house, &made(&desk, &rosa.household, "shut_off").await).await;
    let page = job(&crew, &order).await;
    let filled = page
        .clone()
        .fill(&dial(&page), "640")
        .attach("photo", "valve.jpg", &photo());
    let back = order
        .clone()
        .fill("assignee", "")
        .fill("day", "2026-07-17")
        .submit("Save the plan")
        .await;
    back.must_show("The plan is saved.");
    let refused = filled.submit("Send the result").await;
    assert_eq!(refused.status, 409, "{}", refused.html);
    refused
        .must_show("This order was taken back meanwhile: nobody is shut off here today.")
        .must_show("Service is noted as off here, and order");
    desk.visit(&account(&rosa.household))
        .await
        .must_show("off since Jul 16");
    let list = desk.visit("/office/orders").await;
    let rows = list.texts("tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains("Reconnect"), "{rows:?}");
    assert!(!rows[0].contains(&number(&order)));
}
