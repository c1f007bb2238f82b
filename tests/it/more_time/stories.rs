//! What is agreed is what was shown, draws no late fee, is paid with its installments whatever else falls due, and ends when it is paid.

use mainstay::domain::money::Money;
use mainstay::store::autopay::owing;
use mainstay::store::db::{Conn, Tx};
use mainstay::usecases::bill_cancellation::cancel_bill;

use super::{agrees, late};
use crate::portal::bills::billed;
use crate::support::app::TestApp;
use crate::support::billing::{Utility, day};

/// Contract: F34, F76, F77, F80
#[actix_web::test]
async fn an_arrangement_is_shown_to_the_cent_before_it_counts_and_is_paid_to_the_end() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let home = rosa.visit("/").await;
    home.must_show("$100.00 is past due")
        .must_show("Pay $100.00");
    let offers = home.follow("More time to pay").await;
    assert_eq!(offers.path, "/more-time");
    offers
        .must_show("Pay $100.00 by Tuesday, July 21")
        .must_show("Pay $100.00 by Monday, July 27")
        .must_show("At least $25.00, at most $90.00.");
    let monthly = offers.texts("a.row-link .num b");
    assert_eq!(monthly[..4], ["$75.00", "$37.50", "$25.00", "$18.75"]);
    let check = offers.follow("3 monthly payments").await;
    let rows = check.texts("#payments tbody tr");
    assert_eq!(
        rows,
        [
            "Jul 20, 2026 $25.00",
            "Aug 24, 2026 $25.00",
            "Sep 24, 2026 $25.00",
            "Oct 26, 2026 $25.00"
        ]
    );
    let refused = check.submit("Agree").await;
    assert_eq!(refused.status, 422);
    refused.must_show("Check the box to agree.");
    let agreed = refused.fill("agree", "yes").submit("Agree").await;
    agreed
        .must_show("In force")
        .must_show("$100.00 left to pay")
        .must_show("I agree to pay $100.00 on the account ending")
        .must_show("$25.00 by Jul 20, 2026; $25.00 by Aug 24, 2026;")
        .must_show("Pay $25.00");
    assert_eq!(house.told(&["arrangement"]).len(), 1, "the copy");

    let home = rosa.visit("/").await;
    home.must_show("$25.00 is due Jul 20 of your payment arrangement.")
        .must_show("Pay $25.00");
    assert!(!home.shows("past due"));
    house.reminds().await;
    assert!(house.told(&["past_due", "due_soon"]).is_empty());

    // A bill comes beside it: both are asked for, and one payment pays both.
    house.set_day("2026-07-18");
    house.owes(rosa.household.account, "$30.00", 20).await;
    rosa.visit("/")
        .await
        .must_show("$30.00 of it is not in the agreement and is due Aug 7.");
    let form = rosa.visit("/pay").await;
    assert_eq!(form.attribute("#amount", "value").as_deref(), Some("55.00"));
    house.takes(&rosa, 2_500).await;
    house.set_day("2026-07-20");
    house.takes(&rosa, 5_500).await;
    let states = agreed.reload().await.texts("td .badge");
    assert_eq!(states, ["Paid", "Paid", "To come", "To come"]);
    house.set_day("2026-09-20");
    assert_eq!(house.late_fees().await, (0, 0), "the bill was paid, too");

    // Five days before, once.
    house.looks().await;
    house.looks().await;
    assert_eq!(house.told(&["arrangement"]).len(), 2);
    house.set_day("2026-09-29");
    house.looks().await;
    agreed.reload().await.must_show("Late");
    rosa.visit("/")
        .await
        .must_show("$25.00 of your payment arrangement is late. Pay it by Sep 29 to keep it.");
    assert_eq!(house.told(&["arrangement"]).len(), 3, "it is late");
    assert_eq!(house.late_fees().await, (0, 0));

    // The rest is paid early: kept.
    house.takes(&rosa, 5_000).await;
    house.looks().await;
    house.looks().await;
    let kept = agreed.reload().await;
    kept.must_show("Everything it covered is paid.");
    assert_eq!(kept.texts("td .badge"), ["Paid"; 4]);
    assert_eq!(house.told(&["arrangement"]).len(), 4);
    assert_eq!(house.balance(rosa.household.account).await, 0);
    let again = rosa.visit("/more-time").await;
    again.must_show("You owe nothing that is not in dispute.");
    again.must_show("Kept");
}

/// Contract: F34, F80
#[actix_web::test]
async fn an_extension_moves_the_day_and_nothing_else() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$80.00", 5)
        .signed_in()
        .await;
    let agreed = agrees(&rosa, "Pay $80.00 by Thursday, July 16").await;
    agreed
        .must_show("Payment extension")
        .must_show("by Jul 16, 2026");
    house.set_day("2026-07-15");
    assert_eq!(house.late_fees().await, (0, 0), "due on July 6 by itself");
    rosa.visit("/")
        .await
        .must_show("$80.00 is due Jul 16 with your extension.");
    // Autopay takes what is due by the day of a bill.
    let account = rosa.household.account;
    let due_by = |by: &'static str| move |conn: &mut Conn| owing(conn, account, day(by));
    let early = house.app.db.read(due_by("2026-07-15")).await.unwrap();
    assert_eq!(early.due, Money::ZERO);
    let then = house.app.db.read(due_by("2026-07-16")).await.unwrap();
    assert_eq!((then.due.cents(), then.balance.cents()), (8_000, 8_000));
    // Three days of grace, then the clock of the late fee goes on.
    house.set_day("2026-07-19");
    house.looks().await;
    agreed.reload().await.must_show("In force");
    house.takes(&rosa, 8_000).await;
    house.set_day("2026-07-20");
    house.looks().await;
    agreed.reload().await.must_show("Kept");
}

/// Contract: F76
#[actix_web::test]
async fn sent_twice_it_is_made_once_and_two_at_once_are_one() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let check = rosa.visit("/more-time").await.follow("2 monthly").await;
    let other = rosa.visit("/more-time").await.follow("3 monthly").await;
    let (form, other) = (check.fill("agree", "yes"), other.fill("agree", "yes"));
    let (first, second) =
        futures_util::future::join(form.submit("Agree"), other.submit("Agree")).await;
    let made: Vec<_> = [&first, &second]
        .into_iter()
        .filter(|page| page.heading() == "Payment arrangement")
        .collect();
    assert_eq!(made.len(), 1, "{} {}", first.path, second.path);
    let refused = if first.path == made[0].path {
        &second
    } else {
        &first
    };
    assert_eq!(refused.status, 422);
    refused.must_show("One is in force already.");
    // The form that made it, sent again, leads to what it made.
    let winner = if first.path == made[0].path {
        form
    } else {
        other
    };
    let again = winner.submit("Agree").await;
    assert_eq!(again.path, made[0].path);
    assert_eq!(house.told(&["arrangement"]).len(), 1);
}

/// Contract: F76
#[actix_web::test]
async fn what_changed_since_it_was_seen_is_seen_again() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let check = rosa.visit("/more-time").await.follow("2 monthly").await;
    house.takes(&rosa, 1_000).await;
    let again = check.fill("agree", "yes").submit("Agree").await;
    assert_eq!(again.status, 409);
    again
        .must_show("Look at the new dates and amounts.")
        .must_show("$90.00");
    let agreed = again.fill("agree", "yes").submit("Agree").await;
    // What was chosen stays: $25.00 first, the rest in two.
    agreed
        .must_show("$90.00 left to pay")
        .must_show("$25.00 by Jul 20, 2026; $32.50 by Aug 24, 2026; $32.50 by Sep 24, 2026");
}

/// Contract: F42, F76
#[actix_web::test]
async fn a_bill_that_is_taken_back_makes_the_rest_smaller() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    // May's bill of $24.46, of which $5.00 were paid, and June's of $29.32, due July 24.
    let (may, _) = billed(&house, &rosa.household);
    let account = rosa.household.account;
    house.owes(account, "$21.22", 20).await;
    let offers = rosa.visit("/more-time").await;
    offers.must_show("You owe $70.00, not counting what is in dispute.");
    // A quarter of the $19.46 that is past due, to the cent.
    offers.must_show("At least $4.87");
    let agreed = agrees(&rosa, "2 monthly payments").await;
    agreed.must_show("$4.87 by Jul 8, 2026; $32.56 by Jul 24, 2026; $32.57 by Aug 24, 2026");
    rosa.visit(&format!("/bills/{may}"))
        .await
        .must_show("In arrangement");

    let june = Utility::of(&house).latest(account).bill.id;
    let cancel = move |tx: &mut Tx<'_>| cancel_bill(tx, june, "the wrong meter");
    let canceled = house.app.db.write(house.stamp(), cancel).await;
    canceled.expect("the bill is canceled");
    let seen = agreed.reload().await;
    seen.must_show("$40.68 left to pay")
        .must_show("$8.11 left")
        .must_show("Next: $8.11 by Jul 24, 2026");
    house.set_day("2026-07-20");
    assert_eq!(house.late_fees().await, (0, 0));
}

/// Contract: F89, F76
#[actix_web::test]
async fn a_dispute_sets_the_end_aside() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, june) = billed(&house, &rosa.household);
    house.owes(rosa.household.account, "$21.22", 20).await;
    let agreed = agrees(&rosa, "2 monthly payments").await;
    let bill = rosa.visit(&format!("/bills/{june}")).await;
    let form = bill.follow("Does something look wrong?").await;
    form.fill("reason", "too_much_use")
        .fill("words", "We were away in June.")
        .submit("Dispute this amount")
        .await
        .must_show("$29.32 in dispute");
    let seen = agreed.reload().await;
    seen.must_show("$40.68 left to pay")
        .must_show("Next: $4.87 by Jul 8, 2026");
    rosa.visit("/").await.must_show("Pay $4.87");
}
