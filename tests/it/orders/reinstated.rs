//! The whole way of a debt: arranged, missed, given notice of, shut off, paid and turned on again, each step held to its rule by the house itself.

use mainstay::domain::staff::Role;
use mainstay::jobs::arrangements;

use super::{account, dial, job, made, photo, planned};
use crate::holds::{late, served};
use crate::support::app::TestApp;

/// Contract: F84, F86, F186
#[actix_web::test]
async fn arrangement_notice_shut_off_and_the_way_back_are_one_track() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let check = rosa.visit("/more-time").await;
    let check = check.follow("3 monthly payments").await;
    check.fill("agree", "yes").submit("Agree").await;
    let desk = house.staff(Role::Collector).await;
    served(&desk, &rosa.household, "2026-07-09", true).await;
    // It is tracked: while it is kept nobody is sent.
    house.crew().await;
    let form = format!("{}/orders/new", account(&rosa.household));
    desk.visit(&form)
        .await
        .must_show("No shut-off may be ordered for this account")
        .must_show("$100.00 is in an arrangement");

    // It is missed: the debt is due anew, and no earlier notice speaks of it.
    house.set_day("2026-07-27");
    let looked = arrangements::run(house.app.clone()).await;
    looked.expect("the arrangements are looked at");
    house.set_day("2026-07-28");
    let desk = house.staff(Role::Collector).await;
    let order = made(&desk, &rosa.household, "shut_off").await;
    let refused = planned(&house, &order).await;
    assert_eq!(refused.status, 422);
    refused.must_show("written notice not yet given for what is past due now");
    // The notice is enforced: five days by hand.
    served(&desk, &rosa.household, "2026-07-28", true)
        .await
        .must_show("the written notice counts from Aug 2, 2026");
    house.set_day("2026-08-03");
    let (desk, crew) = (house.staff(Role::Collector).await, house.crew().await);
    let order = planned(&house, &desk.visit(&order.path).await).await;
    order.must_show("It may be handed out today.");
    let page = job(&crew, &order).await;
    let done = page
        .clone()
        .fill(&dial(&page), "640")
        .attach("photo", "valve.jpg", &photo())
        .submit("Send the result")
        .await;
    done.must_show("The result is taken.");

    // The way back is managed: a payment orders it, it is due the same day, and the page says so until it is done.
    let form = format!("{}/payments/new", account(&rosa.household));
    let page = desk.visit(&form).await.fill("tender", "cash");
    page.submit("Take the payment").await;
    let screen = desk.visit(&account(&rosa.household)).await;
    screen
        .must_show("off since Aug 3")
        .must_show("to be turned on again by Aug 3");
    let manager = house.staff(Role::BillingManager).await;
    let answers = manager
        .visit("/office/service-figures")
        .await
        .follow("Three questions, answered")
        .await;
    let figures = answers.texts("#shut-offs dd");
    assert_eq!(figures[0], "0", "arrangements in force: {figures:?}");
    assert_eq!(figures[1], "2", "notices with proof");
    assert!(figures[2].starts_with('0'), "none waits: {figures:?}");
    assert_eq!(figures[3], "1", "one was shut off");
    assert!(figures[4].contains("1 still to do"), "{figures:?}");
    let order = desk.visit("/office/orders").await.follow("Reconnect").await;
    let order = planned(&house, &order).await;
    let page = job(&crew, &order).await;
    let on = page
        .clone()
        .fill(&dial(&page), "640")
        .submit("Send the result")
        .await;
    on.must_show("The result is taken.");
    let answers = manager.visit("/office/answers").await;
    let figures = answers.texts("#shut-offs dd");
    assert!(figures[4].contains("100% on the same day"), "{figures:?}");
    let trail = answers.texts("#trail dd");
    assert!(!trail[0].starts_with('0'), "{trail:?}");
    assert!(
        !desk
            .visit(&account(&rosa.household))
            .await
            .shows("off since")
    );
}
