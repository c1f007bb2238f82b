//! Deposits: asked for as the policy says, paid, held beside the balance, given back with interest, put on the last bill; and what each side reads.

use mainstay::domain::ids::{AccountId, AccountNumber, ServiceAgreementId};
use mainstay::domain::staff::Role;
use mainstay::jobs::deposit_interest;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::logins::account_number;
use mainstay::store::reports::journal;
use mainstay::store::service;
use mainstay::usecases::accounts::services::{ServiceError, stop_service};
use mainstay::usecases::fees::assess_late_fees_today;
use mainstay::usecases::policies::{PolicyKind, set_policy};

use crate::level_plans::{billed_three_times, bills, joins, register};
use crate::support::app::TestApp;
use crate::support::billing::{Utility, by, day, water};
use crate::support::judges::Pdf;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// Everybody who came in the last year is asked for $150.00, in three parts at the most; it earns 2 % a year.
const POLICY: &str = r#"{
  "fund": "GENERAL",
  "classes": { "residential": {
    "when": { "new_customer_days": 366, "months": 12 },
    "amount": { "fixed_cents": 15000 }, "installments": 3, "days_to_pay": 21 } },
  "interest": [{ "from_year": 2020, "percent": "2" }],
  "refund": { "months": 6, "most_late_bills": 0 } }"#;

pub(super) async fn asks_everybody(house: &TestApp) {
    let set = |tx: &mut Tx<'_>| {
        let on = tx.stamp.on;
        set_policy(tx, PolicyKind::Deposits, on, POLICY)
    };
    let set = house.app.db.write(house.stamp(), set).await;
    set.expect("the policy is set");
}

fn account(number: &AccountNumber) -> String {
    format!("/office/accounts/{}", number.as_str())
}

/// Looks at a deposit of $150.00 in so many parts, and asks for it.
pub(super) async fn asked(clerk: &Visitor, number: &AccountNumber, parts: &str) -> Page {
    let page = clerk.visit(&format!("{}/deposit", account(number))).await;
    let looked = page
        .fill("amount", "150.00")
        .fill("installments", parts)
        .submit("Look at the deposit")
        .await;
    looked.must_show("This will be posted");
    let done = looked.submit("Ask for it").await;
    done.must_show("The deposit is asked for.");
    looked
}

async fn pays(clerk: &Visitor, number: &AccountNumber, amount: &str) -> Page {
    let form = clerk
        .visit(&format!("{}/payments/new", account(number)))
        .await;
    let paid = form.fill("amount", amount).submit("Take the payment").await;
    paid.must_show("is on the account");
    paid
}

/// Looks at what giving the deposit back comes to.
async fn looks_at_release(clerk: &Visitor, number: &AccountNumber) -> Page {
    let page = clerk.visit(&format!("{}/deposit", account(number))).await;
    let looked = page
        .fill("release_note", "Paid well since.")
        .submit("Look at the release")
        .await;
    looked.must_show("This will be posted");
    looked
}

/// What stands on accounts of the books that begin so, in cents; debits are positive.
fn booked(house: &TestApp, gl: &str) -> i64 {
    let balances = house
        .database()
        .read(|conn| journal::balances(conn, day("2030-01-01")));
    let of_gl = balances
        .iter()
        .filter(|((code, _), _)| code.as_str().starts_with(gl));
    of_gl.map(|(_, amount)| amount.cents()).sum()
}

/// Contract: F12
#[actix_web::test]
async fn a_deposit_is_paid_held_and_given_back_with_its_interest() {
    let house = TestApp::start().await;
    asks_everybody(&house).await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (id, number) = (rosa.household.account, rosa.household.number.clone());
    let clerk = house.staff(Role::BillingClerk).await;
    let empty = clerk.visit(&account(&number)).await.follow("Deposit").await;
    empty
        .must_show("No deposit was ever asked for on this account.")
        .must_show("New customer");
    let too_much = empty
        .fill("amount", "150.01")
        .submit("Look at the deposit")
        .await;
    assert_eq!(too_much.status, 422);
    too_much.must_show("up to $150.00");
    assert_eq!(house.balance(id).await, 0);

    let looked = asked(&clerk, &number, "1").await;
    let shown = looked.text("#looked");
    assert!(shown.contains("Customer deposits asked for"), "{shown}");
    assert_eq!(house.balance(id).await, 15_000);
    looked.submit("Ask for it").await;
    assert_eq!(house.balance(id).await, 15_000, "the form was sent twice");
    rosa.visit("/")
        .await
        .must_show("$150.00 of what you owe is a deposit");
    house
        .visitor()
        .visit("/sandbox/mail")
        .await
        .must_show("We ask for a deposit")
        .must_show("The reason: New customer.");

    pays(&clerk, &number, "150.00").await;
    assert_eq!(house.balance(id).await, 0);
    assert_eq!(booked(&house, "2210"), -15_000, "it is held");
    assert_eq!(booked(&house, "2220"), 0);
    assert_eq!(booked(&house, "4"), 0, "and is nobody's revenue");
    let screen = clerk.visit(&account(&number)).await;
    let strip = screen.text("#deposit");
    assert!(
        strip.contains("$150.00") && strip.contains("Held"),
        "{strip}"
    );
    rosa.visit("/")
        .await
        .must_show("We hold a deposit of $150.00 for you.");

    // 184 days to the end of the year, then ten more.
    house.set_day("2027-01-11");
    for _round in 0..2 {
        let job = deposit_interest::run(house.app.clone()).await;
        job.expect("interest is posted");
        assert_eq!(booked(&house, "5030"), 151);
    }
    house.owes(id, "$20.00", 20).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let queue = clerk.visit("/office/deposits").await;
    queue.must_show("may be given back").must_show("$151.51");
    assert!(queue.text("#ripe").starts_with('1'));
    let looked = looks_at_release(&clerk, &number).await;
    let shown = looked.text("#looked");
    assert!(shown.contains("$0.08"), "{shown}");
    let unsaid = clerk
        .visit(&format!("{}/deposit", account(&number)))
        .await
        .submit("Look at the release")
        .await;
    assert_eq!(unsaid.status, 422);
    looked
        .submit("Give it back")
        .await
        .must_show("The deposit is given back.");
    assert_eq!(house.balance(id).await, 2_000 - 15_159);
    looked.submit("Give it back").await;
    assert_eq!(house.balance(id).await, 2_000 - 15_159);
    house
        .visitor()
        .visit("/sandbox/mail")
        .await
        .must_show("Your deposit was given back");
    assert_eq!((booked(&house, "2210"), booked(&house, "5030")), (0, 159));
    let screen = clerk.visit(&account(&number)).await;
    screen
        .must_show("Deposit given back: Paid well since.")
        .must_show("Interest on the deposit");
    assert!(screen.text("#deposit").contains("Given back"));
    // What is left is a credit like any other: it is paid out by a check.
    let refund = clerk
        .visit(&format!("{}/deposit", account(&number)))
        .await
        .follow("Pay out credit")
        .await;
    refund
        .fill("reason", "asked_for")
        .fill("way", "check")
        .submit("Look at the entry")
        .await
        .submit("Post it")
        .await
        .must_show("The correction is posted.");
    assert_eq!(house.balance(id).await, 0);
}

/// Contract: F12, F98
#[actix_web::test]
async fn what_is_not_paid_is_waived_and_an_order_says_how_the_deposit_stands() {
    let house = TestApp::start().await;
    asks_everybody(&house).await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let form = clerk
        .visit(&format!("{}/orders/new", account(&rosa.number)))
        .await;
    let order = form.fill("kind", "leak").submit("Make the order").await;
    order.must_show("no deposit");
    asked(&clerk, &rosa.number, "3").await;
    order
        .reload()
        .await
        .must_show("deposit of $150.00 asked for, not paid");
    pays(&clerk, &rosa.number, "60.00").await;
    order
        .reload()
        .await
        .must_show("deposit: $60.00 held, $90.00 still to be paid");
    assert_eq!(house.balance(rosa.account).await, 9_000);

    let page = clerk
        .visit(&format!("{}/deposit", account(&rosa.number)))
        .await;
    let unsaid = page.submit("Look at the waiver").await;
    assert_eq!(unsaid.status, 422);
    unsaid.must_show("Write why, in a few words.");
    let looked = unsaid
        .fill("waive_note", "Hardship")
        .submit("Look at the waiver")
        .await;
    looked.must_show("This will be posted");
    assert_eq!(house.balance(rosa.account).await, 9_000);
    let done = looked.submit("Waive it").await;
    done.must_show("What was not paid of the deposit is waived.")
        .must_show("Deposit waived: Hardship");
    assert_eq!(house.balance(rosa.account).await, 0);
    assert_eq!(booked(&house, "2210"), -6_000);
    assert_eq!(booked(&house, "2220"), 0);
    order.reload().await.must_show("deposit of $60.00 held");
}

/// Contract: F12, F73
#[actix_web::test]
async fn an_unpaid_deposit_bears_no_late_fee_and_shuts_nobody_off() {
    let house = TestApp::start().await;
    asks_everybody(&house).await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    asked(&clerk, &rosa.number, "3").await;
    house.advance_days(70);
    let assess = |tx: &mut Tx<'_>| assess_late_fees_today(tx, None);
    let charged = house.app.db.write(house.stamp(), assess).await;
    assert_eq!(charged.expect("the fees are assessed").fees, 0);
    let clerk = house.staff(Role::BillingClerk).await;
    let answer = clerk
        .visit(&format!("{}/shutoff", account(&rosa.number)))
        .await;
    answer
        .must_show("It may not be shut off today")
        .must_show("$100.00 is a deposit");
    // Nor is it carried away, or agreed upon beside its own parts.
    let manager = house.staff(Role::BillingManager).await;
    let other = house.customer("Omar").moved_in().await;
    let form = manager
        .visit(&format!("{}/transfers/new", account(&rosa.number)))
        .await;
    let refused = form
        .fill("to", other.number.as_str())
        .fill("reason", "moved")
        .submit("Look at the entry")
        .await;
    assert_eq!(refused.status, 422);
    assert_eq!(house.balance(rosa.account).await, 15_000);
}

/// Contract: F12
#[actix_web::test]
async fn two_who_give_a_deposit_back_at_once_give_it_back_once() {
    let house = TestApp::start().await;
    asks_everybody(&house).await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let manager = house.staff(Role::BillingManager).await;
    asked(&clerk, &rosa.number, "1").await;
    pays(&clerk, &rosa.number, "150.00").await;
    let (hers, his) = (
        looks_at_release(&clerk, &rosa.number).await,
        looks_at_release(&manager, &rosa.number).await,
    );
    let (one, two) = tokio::join!(hers.submit("Give it back"), his.submit("Give it back"));
    let done = [&one, &two].map(|page| page.shows("The deposit is given back."));
    assert_ne!(done[0], done[1], "one of them did it");
    let late = if done[0] { &two } else { &one };
    late.must_show("The deposit was given back already.");
    assert_eq!(house.balance(rosa.account).await, -15_000);
    assert_eq!(booked(&house, "2210"), 0);
}

/// Contract: F12
#[actix_web::test]
async fn a_payment_that_comes_back_is_no_deposit_any_more() {
    let house = TestApp::start().await;
    asks_everybody(&house).await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    asked(&clerk, &rosa.number, "1").await;
    let paid = pays(&clerk, &rosa.number, "150.00").await;
    let page = clerk.visit(&paid.path).await.follow("Take it back").await;
    page.fill("why", "returned")
        .fill("reason", "Not sufficient funds")
        .submit("Take the payment back")
        .await
        .must_show("The payment is taken back.");
    assert_eq!(
        (booked(&house, "2210"), booked(&house, "2220")),
        (0, -15_000)
    );
    let page = clerk
        .visit(&format!("{}/deposit", account(&rosa.number)))
        .await;
    page.must_show("Payment taken back").must_show("Asked for");
    assert!(!page.shows("Give the deposit back"));
}

/// Contract: F12
#[actix_web::test]
async fn nobody_is_asked_for_what_the_policy_does_not_say() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").speaking_spanish().signed_in().await;
    let number = rosa.household.number.clone();
    let clerk = house.staff(Role::BillingClerk).await;
    let path = format!("{}/deposit", account(&number));
    let page = clerk.visit(&path).await;
    page.must_show("None: the policy asks this account for no deposit");
    assert!(!page.shows("Look at the deposit"));
    let token = page.attribute("input[name=csrf]", "value");
    let csrf = token.unwrap_or_default();
    let forced = [
        ("csrf", csrf.as_str()),
        ("key", "7"),
        ("reason", "paid_late"),
        ("amount", "10.00"),
        ("installments", "1"),
    ];
    let refused = clerk.post(&path, &forced).await;
    assert_eq!(refused.status, 422);
    assert_eq!(house.balance(rosa.household.account).await, 0);
    // Who only answers customers sees it, and asks for nothing.
    let csr = house.staff(Role::Csr).await;
    let page = csr.visit(&path).await;
    page.must_show("What the policy says");
    let token = page.attribute("input[name=csrf]", "value");
    let csrf = token.unwrap_or_default();
    let refused = csr.post(&path, &[("csrf", csrf.as_str())]).await;
    assert_eq!(refused.status, 403);

    asks_everybody(&house).await;
    asked(&clerk, &number, "3").await;
    rosa.visit("/")
        .await
        .must_show("De lo que debe, $150.00 es un depósito");
}

async fn stop(house: &TestApp, account: AccountId, on: &'static str) {
    let find = move |conn: &mut Conn| -> Result<ServiceAgreementId, StoreError> {
        Ok(service::list_after(conn, account, day(on))?[0].0.id)
    };
    let id = house.app.db.read(find).await.expect("it is served");
    let stop = move |tx: &mut Tx<'_>| stop_service(tx, account, id, day(on)).map(drop);
    let stopped: Result<(), ServiceError> = house.app.db.write(by("Cora", on), stop).await;
    stopped.expect("service ends");
}

/// Contract: F12, F19
#[actix_web::test]
async fn the_last_bill_says_what_is_left_after_the_deposit() {
    let house = TestApp::start().await;
    house.set_day("2026-01-05");
    asks_everybody(&house).await;
    let utility = Utility::open(&house.app.db);
    utility.sells_water();
    let account_id = utility.household("2026-01-01", vec![water("MAIN")]);
    let find = move |conn: &mut Conn| account_number(conn, account_id);
    let home = Household {
        account: account_id,
        number: house.app.db.read(find).await.expect("it has a number"),
        email: String::new(),
    };
    let clerk = house.staff(Role::BillingClerk).await;
    asked(&clerk, &home.number, "3").await;
    pays(&clerk, &home.number, "100.00").await;
    utility.reads("MAIN", &[("2026-01-01", 0), ("2026-01-20", 2_000)]);
    stop(&house, home.account, "2026-01-20").await;
    house.set_day("2026-02-04");
    utility.bill("2026-01-01", "2026-02-04");

    // $100.00 for thirty days at 2 %.
    let bill = utility.latest(home.account).bill;
    assert_eq!(bill.previous_cents.cents(), -10_016);
    let left = bill.total_cents.cents() - 10_016;
    assert_eq!(house.balance(home.account).await, left);
    assert_eq!((booked(&house, "2210"), booked(&house, "2220")), (0, 0));
    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk
        .visit(&format!("{}/deposit", account(&home.number)))
        .await;
    page.must_show("Deposit put on the last bill")
        .must_show("Given back");
    utility.assert_sound();
}

/// Contract: F12
#[actix_web::test]
async fn a_deposit_and_a_level_plan_never_stand_in_each_others_way_in_the_books() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    asks_everybody(&house).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let ben = house.customer("Ben").moved_in().await;
    // The first rows of both kinds have the same numbers.
    asked(&clerk, &ben.number, "3").await;
    joins(&rosa, "fixed", "spread").await;
    bills(&house, &rosa, ("2026-07-01", "2026-08-01"), 20_000);
    rosa.visit("/level-plan").await.submit("Leave now").await;
    assert_eq!(house.balance(rosa.household.account).await, 5_000);
    assert_eq!(house.balance(ben.account).await, 15_000);
}

/// Contract: F12, F47, F53
#[actix_web::test]
async fn the_next_bill_says_by_name_what_was_asked_for_as_a_deposit() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    asks_everybody(&house).await;
    let utility = Utility::of(&house);
    utility.sells_water();
    utility.reads(&register(&rosa), &[("2026-07-01", 0)]);
    let clerk = house.staff(Role::BillingClerk).await;
    asked(&clerk, &rosa.household.number, "3").await;
    let page = format!("{}/deposit", account(&rosa.household.number));
    let page = clerk.visit(&page).await;
    page.must_show("$150.00, due from Jul 22 on");
    bills(&house, &rosa, ("2026-07-01", "2026-08-01"), 8_000);

    // What the bill asks for is what the account owes: $50.00 of water and the three parts, each with the day it is due.
    assert_eq!(house.balance(rosa.household.account).await, 20_000);
    let number = utility.latest(rosa.household.account).bill.number;
    let page = rosa.visit(&format!("/bills/{number}")).await;
    let path = format!("/bills/{number}/pdf");
    let file = rosa.request(reqwest::Method::GET, &path).send().await;
    let file = file.expect("the server answers").bytes().await;
    let words = Pdf::of(&file.expect("the file arrives")).words();
    let paper = words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    for said in [
        "Deposit asked for on Jul 1, due Jul 22",
        "Deposit asked for on Jul 1, due Aug 22",
        "Deposit asked for on Jul 1, due Sep 22",
        "$150.00",
        "$200.00",
    ] {
        page.must_show(said);
        if let Some(paper) = &paper {
            assert!(paper.contains(said), "{said}: {paper}");
        }
    }
}
