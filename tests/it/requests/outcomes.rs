//! How a dispute ends: each lawful outcome is priced from the evidence before anybody chooses it, is looked at before it counts, and is carried
//! out in one go.

use mainstay::domain::ids::BillNumber;
use mainstay::domain::money::Money;
use mainstay::domain::payments::{Channel, ClearedPayment, Tender};
use mainstay::domain::staff::Role;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::ledger::balance;
use mainstay::store::open_items::remaining_of;
use mainstay::usecases::payments::receive_payment;

use super::disputes::dispute;
use crate::portal::bills::billed;
use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::page::Page;
use crate::support::people::{Customer, Household};
use crate::support::visitor::Visitor;

/// Four months of a hundred gallons a day, and June with twice as much: $40.00 instead of $25.00.
pub(super) fn leaked(house: &TestApp, household: &Household) -> BillNumber {
    house.set_day("2026-07-05");
    let utility = Utility::of(house);
    utility.sells_water();
    let digits: String = household
        .email
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    utility.reads(
        &format!("W{digits:0>6}-1"),
        &[
            ("2026-02-01", 0),
            ("2026-03-01", 2_800),
            ("2026-04-01", 5_900),
            ("2026-05-01", 8_900),
            ("2026-06-01", 12_000),
            ("2026-07-01", 18_000),
        ],
    );
    for (from, on) in [
        ("2026-02-01", "2026-03-04"),
        ("2026-03-01", "2026-04-04"),
        ("2026-04-01", "2026-05-04"),
        ("2026-05-01", "2026-06-04"),
        ("2026-06-01", "2026-07-04"),
    ] {
        utility.bill(from, on);
    }
    utility.latest(household.account).bill.number
}

/// Rosa disputes a bill as a whole, and the manager looks at it.
pub(super) async fn disputed(
    house: &TestApp,
    rosa: &Customer,
    bill: &BillNumber,
) -> (Visitor, Page) {
    let page = rosa.visit(&format!("/bills/{bill}")).await;
    let open = dispute(&page, "").await;
    let manager = house.staff(Role::BillingManager).await;
    let bench = manager.visit(&format!("/office{}", open.path)).await;
    (manager, bench)
}

pub(super) fn owed(house: &TestApp, rosa: &Customer) -> Money {
    let account = rosa.household.account;
    house
        .database()
        .read(|conn: &mut Conn| balance(conn, account, None))
}

async fn pays(house: &TestApp, rosa: &Customer, cents: i64) {
    let cleared = ClearedPayment {
        account_id: rosa.household.account,
        amount: Money::from_cents(cents),
        tender: Tender::Cash,
        channel: Channel::Office,
        received_on: house.stamp().on,
        reference: "drawer 7".to_owned(),
        label: None,
    };
    let receive = move |tx: &mut Tx<'_>| receive_payment(tx, &cleared);
    let paid = house.app.db.write(house.stamp(), receive).await;
    paid.expect("the payment is taken");
}

/// Contract: F88, F89, F90, F92
#[actix_web::test]
async fn a_leak_is_priced_by_the_policy_before_anybody_asks_and_forgiven_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    assert_eq!(owed(&house, &rosa), Money::from_cents(14_000));
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    // Normal are 3,000 gallons; half of the 3,000 above them is priced no more, at half a cent.
    bench
        .must_show("$7.50 is credited")
        .must_show("Nothing changes on the account.")
        .must_show("The bill comes out the same from today’s reads and rates.")
        .must_show("$100.00 of the account is not in dispute.")
        .must_show("Disputed services and how each line was worked out")
        .must_show("Reads of this bill, and who took them")
        .must_show("Rita");
    let looked = manager
        .visit(&format!("{}/outcomes/leak_adjustment", bench.path))
        .await;
    looked
        .must_show("6,000 gal")
        .must_show("3,000 gal")
        .must_show("50 % of it, 1,500 gal, is priced no more")
        .must_show("$7.50");
    assert_eq!(
        owed(&house, &rosa),
        Money::from_cents(14_000),
        "only looked at"
    );
    let done = looked.submit("Carry it out and tell the customer").await;
    done.must_show("The bill stands, and $7.50 is credited for the leak.");
    assert_eq!(owed(&house, &rosa), Money::from_cents(13_250));
    let told = rosa.visit(bench.path.trim_start_matches("/office")).await;
    told.must_show("$7.50 is credited for the leak")
        .must_show("credited the share of the leak that our policy forgives");
    let audit = manager
        .visit(&format!(
            "/office/accounts/{}?tab=audit",
            rosa.household.number.as_str()
        ))
        .await;
    audit
        .must_show("Dispute ended with a remedy")
        .must_show("Account adjusted");

    // Sent again, nothing is given again: the dispute has ended.
    let token = done.attribute("input[name=csrf]", "value").unwrap();
    let again = format!("{}/outcomes/leak_adjustment", bench.path);
    let fields = [("csrf", token.as_str()), ("reasons", "again")];
    let answer = manager.post(&again, &fields).await;
    assert_eq!(answer.status, 303);
    let back = manager.visit(&bench.path).await;
    assert!(back.path.ends_with(&bench.path), "{}", back.path);
    assert_eq!(owed(&house, &rosa), Money::from_cents(13_250));
}

/// Contract: F59, F88, F89
#[actix_web::test]
async fn what_is_given_for_a_leak_pays_the_bill_that_it_is_for() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    let looked = manager
        .visit(&format!("{}/outcomes/leak_adjustment", bench.path))
        .await;
    looked
        .submit("Carry it out and tell the customer")
        .await
        .must_show("is credited for the leak");
    let bill = june.bill();
    let left = house
        .database()
        .read(|conn: &mut Conn| remaining_of(conn, bill));
    // Four bills of $25.00 are older, and are owed as before.
    assert_eq!(left, Money::from_cents(3_250));
}

/// Contract: F36, F41, F88, F89
#[actix_web::test]
async fn a_corrected_read_bills_again_what_was_seen_and_nothing_else() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, june) = billed(&house, &rosa.household);
    let before = owed(&house, &rosa);
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    let digits: String = rosa
        .household
        .email
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let utility = Utility::of(&house);
    let register = format!("W{digits:0>6}-1");
    utility.read(&register, "2026-07-01", 6_000).unwrap();
    let looked = manager
        .visit(&format!("{}/outcomes/rebilled", bench.path))
        .await;
    looked.must_show("$29.32").must_show("$24.46");
    // The read is corrected once more: what was seen is no longer so, and is shown again.
    utility.read(&register, "2026-07-01", 5_000).unwrap();
    let shown = looked.submit("Carry it out and tell the customer").await;
    assert_eq!(shown.status, 422);
    shown.must_show("The figures have changed since you saw them.");
    assert_eq!(owed(&house, &rosa), before);
    let done = shown.submit("Carry it out and tell the customer").await;
    done.must_show("It is canceled, and a corrected bill takes its place.");
    let after = owed(&house, &rosa);
    assert!(after < before, "{after} is less than {before}");
    let page = rosa.visit(&format!("/bills/{june}")).await;
    assert!(!page.shows("is in dispute"));
    rosa.visit(bench.path.trim_start_matches("/office"))
        .await
        .must_show("We billed the period again from the reads and rates as they are now.");
}

/// Contract: F88, F89
#[actix_web::test]
async fn a_billing_error_is_given_back_with_interest_from_the_day_it_was_paid() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    pays(&house, &rosa, 14_000).await;
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    house.set_day("2026-08-04");
    let form = manager
        .visit(&format!("{}/outcomes/refund", bench.path))
        .await;
    let more = form.fill("amount", "40.01").submit("Work it out").await;
    assert_eq!(more.status, 422);
    more.must_show("No more than $40.00 is in dispute.");
    let looked = more.fill("amount", "10").submit("Work it out").await;
    // $10.00 for 30 days at six percent a year: 4.93 cents.
    looked.must_show("$0.05").must_show("$10.05");
    assert_eq!(owed(&house, &rosa), Money::ZERO, "only looked at");
    let done = looked.submit("Carry it out and tell the customer").await;
    done.must_show("$10.05 is credited to the account, with interest on what was paid of it");
    assert_eq!(owed(&house, &rosa), Money::from_cents(-1_005));
}

/// Contract: F88, F89
#[actix_web::test]
async fn what_was_never_paid_earns_no_interest() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    // The four bills before June's, and $10.00 of its $40.00.
    pays(&house, &rosa, 11_000).await;
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    house.set_day("2026-08-04");
    let form = manager
        .visit(&format!("{}/outcomes/refund", bench.path))
        .await;
    let looked = form.fill("amount", "30").submit("Work it out").await;
    looked.must_show("$30.00");
    let done = looked.submit("Carry it out and tell the customer").await;
    done.must_show("$30.00 is credited to the account");
    assert_eq!(owed(&house, &rosa), Money::ZERO);
}

/// Contract: F89, F160
#[actix_web::test]
async fn a_courtesy_stays_within_the_limit_of_the_job_and_is_not_for_everybody() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    let (_, bench) = disputed(&house, &rosa, &june).await;
    let address = format!("{}/outcomes/goodwill", bench.path);
    let csr = house.staff(Role::Csr).await;
    let seen = csr.visit(&bench.path).await;
    seen.must_show("$7.50 is credited")
        .must_show("A dispute is decided by somebody who can correct the bill.");
    assert_eq!(csr.get(&address).await.status, 403);
    let clerk = house.staff(Role::BillingClerk).await;
    let looked = clerk
        .visit(&address)
        .await
        .fill("amount", "5")
        .fill("reasons", "Because you were patient.")
        .submit("Work it out")
        .await;
    // Another amount than the one that was shown is shown before it counts.
    let other = looked
        .fill("amount", "6")
        .submit("Carry it out and tell the customer")
        .await;
    assert_eq!(other.status, 422);
    assert_eq!(owed(&house, &rosa), Money::from_cents(14_000));
    let done = other
        .fill("amount", "5")
        .submit("Carry it out and tell the customer")
        .await;
    assert_eq!(done.status, 422);
    let done = done.submit("Carry it out and tell the customer").await;
    done.must_show("The bill stands, and $5.00 is credited as a courtesy.");
    assert_eq!(owed(&house, &rosa), Money::from_cents(13_500));
}

/// Contract: F88, F92
#[actix_web::test]
async fn a_re_read_is_ordered_once_and_the_dispute_goes_on() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    let theirs = bench.path.trim_start_matches("/office").to_owned();
    let form = bench
        .fill("service", "water")
        .fill("reread_words", "We read your meter again this week.");
    let (first, second) = (
        form.submit("Order it and tell the customer").await,
        form.submit("Order it and tell the customer").await,
    );
    first.must_show("The meter is read again: request");
    second.must_show("$40.00 in dispute");
    let queue = manager.visit("/office/requests?kind=meter_reread").await;
    assert_eq!(
        queue.texts("tbody tr").len(),
        1,
        "ordered twice, it is one order"
    );
    rosa.visit(&theirs)
        .await
        .must_show("We read your meter again this week.");
}

/// Contract: F169, F180, F186
#[actix_web::test]
async fn the_question_about_disputes_is_answered_from_the_books() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    let figures = async || {
        let page = manager.visit("/office/answers").await;
        page.texts("#disputes dd")
    };
    let open = figures().await;
    assert_eq!(open[0], "1", "one came: {open:?}");
    assert!(open[1].starts_with('1'), "and is open: {open:?}");
    assert!(open[2].starts_with('0') && open[3] == "–", "{open:?}");
    manager
        .visit(&format!("{}/outcomes/leak_adjustment", bench.path))
        .await
        .submit("Carry it out and tell the customer")
        .await
        .must_show("The bill stands, and $7.50 is credited for the leak.");
    let decided = figures().await;
    assert!(decided[1].starts_with('0'), "{decided:?}");
    assert_eq!(decided[2], "1 100% by the promised day");
    assert_eq!(decided[3], "0.0", "decided on its day");
}
