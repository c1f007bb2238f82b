//! Payments on a day the customer chose: charged on that day, once, and never more than is owed then; and what stops them.

use chrono::TimeDelta;
use mainstay::app::App;
use mainstay::domain::notice::{Notice, ScheduledNews};
use mainstay::domain::scheduled_payments::ScheduledState;
use mainstay::domain::staff::Role;
use mainstay::jobs::days;
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::scheduled_payments::ScheduledRow;
use mainstay::store::settings::last_day_passed;
use mainstay::usecases::payments::Next;
use mainstay::usecases::scheduled_payments::{cancel, take_step};

use super::{billed, killed_after_charging, pays_at_the_counter};
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Customer;

/// The household of the bill of $15.00 due on July 24, which saved a card; today is July 4.
async fn saved(house: &TestApp, card: &str) -> Customer {
    let rosa = billed(house).await;
    rosa.saves_card(card).await;
    rosa
}

impl Customer {
    /// Chooses an amount and a day, and looks at what would be agreed to.
    async fn chooses(&self, amount: &str, day: &str) -> Page {
        let form = self.visit("/pay").await.follow("Pay on another day").await;
        form.fill("amount", amount)
            .fill("on", day)
            .submit("Check the payment")
            .await
    }

    pub(super) async fn schedules(&self, amount: &str, day: &str) -> Page {
        let check = self.chooses(amount, day).await;
        assert_eq!(check.heading(), "Check your scheduled payment");
        check.fill("agree", "yes").submit("Schedule for").await
    }
}

impl TestApp {
    async fn scheduled_of(&self, rosa: &Customer) -> Vec<ScheduledRow> {
        let account = rosa.household.account;
        let since = "2026-01-01".parse().expect("a day");
        let read = self
            .app
            .db
            .read(move |conn| store::scheduled_payments::list(conn, account, since));
        let rows = read.await.expect("the scheduled payments can be read");
        rows.into_iter().map(|(row, _)| row).collect()
    }

    /// What was written about scheduled payments to somebody, oldest first.
    async fn scheduled_news(&self, rosa: &Customer) -> Vec<String> {
        let read = self
            .app
            .db
            .read(|conn| -> Result<_, StoreError> { store::notices::list_waiting(conn, 100) });
        let waiting = read.await.expect("the outbox can be read");
        let mine = waiting
            .iter()
            .rev()
            .filter(|row| row.recipient == rosa.household.email);
        mine.filter_map(|row| match &row.notice {
            Notice::Scheduled(told) => Some(said(&told.news)),
            _ => None,
        })
        .collect()
    }

    async fn charged(&self) -> Vec<i64> {
        let charges = self.look("charges?limit=100").await;
        let charges = charges["data"].as_array().expect("a list").clone();
        let amount = |charge: &serde_json::Value| charge["amount"].as_i64().expect("cents");
        charges.iter().map(amount).collect()
    }
}

fn said(news: &ScheduledNews) -> String {
    match news {
        ScheduledNews::Planned { amount, on, .. } => format!("planned {amount} {on}"),
        ScheduledNews::TookLess { amount, taken } => format!("took {taken} of {amount}"),
        ScheduledNews::Skipped { why, .. } => format!("skipped {why}"),
        ScheduledNews::Refused { amount, reason } => format!("refused {amount} {reason}"),
        ScheduledNews::Canceled { why, .. } => format!("canceled {why}"),
    }
}

/// Contract: F105, F101
#[actix_web::test]
async fn a_payment_on_a_chosen_day_is_charged_on_that_day_and_once() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    let check = rosa.chooses("15.00", "2026-07-20").await;
    check.must_show("never more than I owe");
    let unread = check.submit("Schedule for").await;
    assert_eq!(unread.status, 422);
    let page = unread.fill("agree", "yes").submit("Schedule for").await;
    page.must_show("We sent you a confirmation")
        .must_show("Until then you can cancel it");
    rosa.visit("/")
        .await
        .must_show("$15.00 is scheduled for Jul 20.");
    rosa.visit("/pay")
        .await
        .must_show("$15.00 is scheduled for Jul 20, 2026.");
    rosa.visit("/payments").await.must_show("Scheduled");
    for day in ["2026-07-05", "2026-07-19"] {
        house.autopays(day).await;
        assert_eq!(house.balance(rosa.household.account).await, 1_500, "{day}");
    }
    for day in ["2026-07-20", "2026-07-20", "2026-07-21"] {
        house.autopays(day).await;
        assert_eq!(house.balance(rosa.household.account).await, 0, "{day}");
    }
    assert_eq!(house.charged().await, [1_500]);
    rosa.visit(&page.path)
        .await
        .must_show("$15.00 was charged.")
        .follow("See the payment")
        .await
        .must_show("Visa \u{2022}\u{2022}4242");
    assert_eq!(
        house.scheduled_news(&rosa).await,
        ["planned $15.00 2026-07-20"]
    );
}

/// Contract: F105
#[actix_web::test]
async fn a_day_that_can_not_be_chosen_is_refused_with_the_reason() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    for (day, why) in [
        ("2026-07-04", "Choose Jul 5, 2026 or a later day."),
        ("2026-07-01", "Choose Jul 5, 2026 or a later day."),
        ("2026-09-03", "Choose a day up to Sep 2, 2026."),
        ("soon", "Choose a day, as"),
    ] {
        let page = rosa.chooses("15.00", day).await;
        assert_eq!(page.status, 422, "{day}");
        page.must_show(why);
    }
    let page = rosa.chooses("0.10", "2026-07-20").await;
    assert_eq!(page.status, 422);
    let last = rosa.chooses("15.00", "2026-09-02").await;
    assert_eq!(last.heading(), "Check your scheduled payment");
    assert!(house.scheduled_of(&rosa).await.is_empty());
}

/// Contract: F105
#[actix_web::test]
async fn the_same_form_sent_twice_schedules_once_and_an_equal_payment_is_asked_about() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    let form = rosa.chooses("15.00", "2026-07-20").await;
    let form = form.fill("agree", "yes");
    let first = form.submit("Schedule for").await;
    let again = form.submit("Schedule for").await;
    assert_eq!(first.path, again.path);
    assert_eq!(house.scheduled_of(&rosa).await.len(), 1);

    let doubted = rosa.schedules("15.00", "2026-07-21").await;
    assert_eq!(doubted.status, 422);
    doubted.must_show("You have already scheduled a payment of $15.00.");
    let other = doubted.fill("again", "yes").submit("Schedule for").await;
    assert_ne!(other.path, first.path);
    assert_eq!(house.scheduled_of(&rosa).await.len(), 2);
    // Two of them pay what is owed once.
    house.autopays("2026-07-20").await;
    house.autopays("2026-07-21").await;
    assert_eq!(house.charged().await, [1_500]);
    assert_eq!(
        house.scheduled_news(&rosa).await.last().map(String::as_str),
        Some("skipped nothing_owed")
    );
}

/// Contract: F101, F105
#[actix_web::test]
async fn paid_meanwhile_it_takes_what_is_left_or_nothing_and_says_so() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    let page = rosa.schedules("15.00", "2026-07-20").await;
    pays_at_the_counter(&house, &rosa, 400).await;
    house.autopays("2026-07-20").await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
    assert_eq!(house.charged().await, [1_100]);
    rosa.visit(&page.path)
        .await
        .must_show("$11.00 was charged, not $15.00");
    assert_eq!(
        house.scheduled_news(&rosa).await,
        ["planned $15.00 2026-07-20", "took $11.00 of $15.00"]
    );

    let house = TestApp::start().await;
    let omar = saved(&house, "4242424242424242").await;
    let page = omar.schedules("15.00", "2026-07-20").await;
    pays_at_the_counter(&house, &omar, 1_500).await;
    house.autopays("2026-07-20").await;
    assert!(house.charged().await.is_empty());
    omar.visit(&page.path)
        .await
        .must_show("Nothing was charged: nothing was owed on the day");
}

#[actix_web::test]
async fn it_can_be_canceled_until_it_has_begun() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    let page = rosa.schedules("15.00", "2026-07-20").await;
    house.set_day("2026-07-20");
    let canceled = page.submit("Cancel this payment").await;
    canceled.must_show("Nothing is charged on that day.");
    // Pressed twice, it stays canceled.
    page.submit("Cancel this payment").await;
    house.autopays("2026-07-20").await;
    assert!(house.charged().await.is_empty());
    assert_eq!(
        house.scheduled_news(&rosa).await,
        ["planned $15.00 2026-07-20", "canceled stopped"]
    );

    let late = rosa.schedules("15.00", "2026-07-22").await;
    house.autopays("2026-07-22").await;
    late.submit("Cancel this payment")
        .await
        .must_show("it can't be canceled any more");
    assert_eq!(house.charged().await, [1_500]);
}

#[actix_web::test]
async fn a_payment_killed_between_call_and_record_is_posted_once() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    rosa.schedules("15.00", "2026-07-20").await;
    house.set_day("2026-07-20");
    let id = house.scheduled_of(&rosa).await[0].id;
    let step = move |tx: &mut Tx<'_>| take_step(tx, id);
    let asked = house.app.db.write(house.stamp(), step).await;
    let Ok(Next::Charge(payment)) = asked else {
        panic!("a payment is asked for: {asked:?}");
    };
    // It has begun: nobody takes it back any more.
    let back = move |tx: &mut Tx<'_>| cancel(tx, id);
    assert!(house.app.db.write(house.stamp(), back).await.is_err());
    killed_after_charging(&house, payment).await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    for _ in 0..2 {
        house.autopays("2026-07-20").await;
    }
    assert_eq!(house.balance(rosa.household.account).await, 0);
    assert_eq!(house.charged().await, [1_500]);
    assert!(house.scheduled_of(&rosa).await.is_empty());
}

#[actix_web::test]
async fn asked_for_and_never_opened_it_is_decided_anew() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    rosa.schedules("15.00", "2026-07-20").await;
    house.set_day("2026-07-20");
    let id = house.scheduled_of(&rosa).await[0].id;
    let step = move |tx: &mut Tx<'_>| take_step(tx, id);
    let asked = house.app.db.write(house.stamp(), step).await;
    assert!(matches!(asked, Ok(Next::Charge(_))), "{asked:?}");
    pays_at_the_counter(&house, &rosa, 400).await;
    house.autopays("2026-07-20").await;
    assert_eq!(house.charged().await, [1_100]);
    assert_eq!(house.balance(rosa.household.account).await, 0);
}

#[actix_web::test]
async fn a_removed_way_to_pay_takes_its_scheduled_payments_with_it() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    let page = rosa.schedules("15.00", "2026-07-20").await;
    let check = rosa.visit("/payment-methods").await;
    let check = check.follow("Remove Visa").await;
    check.must_show("A payment scheduled with it is canceled.");
    check.submit("Remove").await;
    house.autopays("2026-07-20").await;
    assert!(house.charged().await.is_empty());
    rosa.visit(&page.path)
        .await
        .must_show("the card or bank account was removed");
    assert_eq!(
        house.scheduled_news(&rosa).await.last().map(String::as_str),
        Some("canceled removed")
    );
}

#[actix_web::test]
async fn a_refusal_is_told_and_not_tried_again() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4000000000000341").await;
    let page = rosa.schedules("15.00", "2026-07-20").await;
    for day in ["2026-07-20", "2026-07-21", "2026-07-23"] {
        house.autopays(day).await;
    }
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    rosa.visit(&page.path).await.must_show("Refused");
    let row = &house.scheduled_of(&rosa).await[0];
    assert_eq!((row.state, row.attempts), (ScheduledState::Stopped, 1));
    assert_eq!(
        house.scheduled_news(&rosa).await,
        [
            "planned $15.00 2026-07-20",
            "refused $15.00 generic_decline"
        ]
    );
}

/// Contract: F63
#[actix_web::test]
async fn autopay_takes_only_what_a_scheduled_payment_leaves() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    rosa.joins("", "").await;
    let check = rosa.chooses("10.00", "2026-07-24").await;
    check.must_show("Autopay takes only what this payment leaves.");
    rosa.schedules("10.00", "2026-07-24").await;
    rosa.visit("/autopay")
        .await
        .must_show("Included: $5.00 on Jul 24, 2026.");
    for day in ["2026-07-21", "2026-07-24", "2026-07-25"] {
        house.autopays(day).await;
    }
    assert_eq!(house.balance(rosa.household.account).await, 0);
    let mut charged = house.charged().await;
    charged.sort_unstable();
    assert_eq!(charged, [500, 1_000]);
    assert_eq!(
        house.news(&rosa).await,
        ["joined", "ahead $5.00 2026-07-24"]
    );
}

/// Contract: F63
#[actix_web::test]
async fn canceled_in_time_autopay_tells_anew_and_takes_it_all() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    rosa.joins("", "").await;
    let page = rosa.schedules("10.00", "2026-07-24").await;
    house.autopays("2026-07-21").await;
    page.submit("Cancel this payment").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.charged().await, [1_500]);
    assert_eq!(
        house.news(&rosa).await,
        [
            "joined",
            "ahead $5.00 2026-07-24",
            "ahead $15.00 2026-07-24"
        ]
    );
}

/// Contract: F63, F89
#[actix_web::test]
async fn autopay_before_it_pays_the_debt_once_and_what_is_in_dispute_stays() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    rosa.joins("20", "").await;
    rosa.schedules("15.00", "2026-07-24").await;
    for day in ["2026-07-17", "2026-07-20", "2026-07-24"] {
        house.autopays(day).await;
    }
    assert_eq!(house.charged().await, [1_500]);

    let house = TestApp::start().await;
    let omar = saved(&house, "4242424242424242").await;
    omar.schedules("15.00", "2026-07-24").await;
    super::disputed::disputes(&omar, "5").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.charged().await, [1_000]);
    assert_eq!(house.balance(omar.household.account).await, 500);
}

#[actix_web::test]
async fn a_neighbor_sees_and_cancels_nothing_of_it() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    let page = rosa.schedules("15.00", "2026-07-20").await;
    let ivan = house.customer("Ivan").signed_in().await;
    ivan.meets(&page.path, 404).await;
    let key = page.path.rsplit('/').next().expect("a key");
    let cancel = format!("/payments/scheduled/{key}/cancellation");
    let own = ivan.visit("/pay").await;
    let csrf = own.attribute("[name=csrf]", "value").expect("a token");
    let answer = ivan.post(&cancel, &[("csrf", &csrf)]).await;
    assert_eq!(answer.status, 404);
    assert_eq!(
        house.scheduled_of(&rosa).await[0].state,
        ScheduledState::Planned
    );
}

/// Contract: F64
#[actix_web::test]
async fn the_office_sees_it_and_cancels_it_for_a_customer_who_calls() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    rosa.schedules("15.00", "2026-07-20").await;
    let number = rosa.household.number.as_str().to_owned();
    let clara = house.staff(Role::Csr).await;
    let account = clara.visit(&format!("/office/accounts/{number}")).await;
    account.must_show("$15.00 on Jul 20, 2026");
    let canceled = account.submit("Cancel it now").await;
    canceled.must_show("The scheduled payment is canceled");
    house.autopays("2026-07-20").await;
    assert!(house.charged().await.is_empty());
}

/// Contract: F63, F100
#[actix_web::test]
async fn a_demonstrations_clock_passes_every_day_between() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    rosa.schedules("15", "2026-07-10").await;
    let clock = &house.app.clock;
    let woken = clock.watch();
    // Sixteen days on: the day of the payment and the three after it are over.
    days::run(house.app.clone()).await.expect("today passes");
    clock.pass_to(clock.now() + TimeDelta::days(16));
    assert!(woken.has_changed().expect("the clock is there"));
    // The program ended before the days passed; another goes on where it was.
    let again = App {
        clock: clock.at(clock.now()),
        ..house.app.clone()
    };
    days::run(again).await.expect("the days pass");
    assert_eq!(house.charged().await, [1_500]);
    assert!(house.scheduled_of(&rosa).await.is_empty(), "it was made");
    let passed = house.database().read(last_day_passed);
    assert_eq!(passed, Some(clock.today()), "each day once");
}

/// Contract: F63, F100
#[actix_web::test]
async fn who_cancels_what_autopay_counted_on_is_told_that_something_is_left() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    rosa.joins("", "").await;
    let made = rosa.schedules("10", "2026-07-23").await;
    for day in ["2026-07-20", "2026-07-21", "2026-07-22"] {
        house.autopays(day).await;
    }
    // Autopay takes $5.00 on July 24, and has said so.
    made.submit("Cancel this payment")
        .await
        .must_show("on Jul 24, 2026 it takes no more than we told you");
    house.autopays("2026-07-24").await;
    assert_eq!(house.charged().await, [500]);
}

/// Contract: F63
#[actix_web::test]
async fn a_form_sent_again_says_how_the_payment_stands() {
    let house = TestApp::start().await;
    let rosa = saved(&house, "4242424242424242").await;
    let check = rosa.chooses("10", "2026-07-10").await.fill("agree", "yes");
    let made = check.submit("Schedule for").await;
    made.must_show("Scheduled. We sent you a confirmation.");
    // Another spelling of the same key is the same form.
    let key = check.attribute("input[name=key]", "value").expect("a key");
    let loud = check.clone().fill("key", &key.to_uppercase());
    assert_eq!(loud.submit("Schedule for").await.path, made.path);
    assert_eq!(house.scheduled_of(&rosa).await.len(), 1);
    made.submit("Cancel this payment").await;
    let again = check.submit("Schedule for").await;
    assert_eq!(again.path, made.path);
    again.must_show("It was canceled.");
    assert!(!again.shows("We sent you a confirmation."));
}
