//! Corrections that were posted and are reversed: by a new entry beside the old one, once, by the same rules.

use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::overdue;
use mainstay::usecases::books;
use mainstay::usecases::fees::{self, FeeError};

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

fn account(home: &Household) -> String {
    format!("/office/accounts/{}", home.number.as_str())
}

/// The newest correction of an account, as somebody opens it.
async fn newest(person: &Visitor, home: &Household, kind: &str) -> Page {
    let list = format!(
        "/office/corrections?state=posted&account={}",
        home.number.as_str()
    );
    person.visit(&list).await.follow(kind).await
}

/// Gives an amount, and posts it.
async fn gives(person: &Visitor, home: &Household, amount: &str) {
    let form = person
        .visit(&format!("{}/adjustments/new", account(home)))
        .await;
    let looked = form
        .fill("direction", "give")
        .fill("amount", amount)
        .fill("fund", "WATER")
        .fill("reason", "billing_error")
        .submit("Look at the entry")
        .await;
    looked
        .submit("Post it")
        .await
        .must_show("The correction is posted.");
}

/// Contract: F2, F4
#[actix_web::test]
async fn a_credit_is_reversed_by_a_new_entry_and_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let (ana, ben) = (
        house.staff(Role::BillingClerk).await,
        house.staff(Role::BillingClerk).await,
    );
    gives(&ana, &rosa, "10.00").await;
    assert_eq!(house.balance(rosa.account).await, 7_410);

    let credit = newest(&ana, &rosa, "Credit").await;
    let form = credit.follow("Reverse it").await;
    let unexplained = form.submit("Look at the entry").await;
    assert_eq!(unexplained.status, 422);
    let fill = |form: &Page| {
        form.clone()
            .fill("reason", "other")
            .fill("note", "It was the neighbor\u{2019}s bill")
    };
    let (hers, his) = (
        fill(&form).submit("Look at the entry").await,
        fill(&ben.visit(&form.path).await)
            .submit("Look at the entry")
            .await,
    );
    hers.must_show("This will be posted");
    assert!(hers.text("#looked").contains("$10.00"));
    assert_eq!(house.balance(rosa.account).await, 7_410);
    let posted = hers.submit("Post it").await;
    posted.must_show("The correction is posted.");
    posted.must_show("Reversed");
    assert_eq!(house.balance(rosa.account).await, 8_410);
    // The same form again posts nothing, and somebody else is told that it is done.
    hers.submit("Post it").await;
    let told = his.submit("Post it").await;
    assert_eq!(told.status, 409);
    told.must_show("It is reversed already");
    assert_eq!(house.balance(rosa.account).await, 8_410);

    // Both stand in the ledger, the old one marked.
    let ledger = ana.visit(&account(&rosa)).await;
    ledger
        .must_show("Billing error")
        .must_show("Other, as noted: It was the neighbor\u{2019}s bill")
        .must_show("Reversed");
    let again = newest(&ana, &rosa, "Reversal").await;
    again.must_show("It reverses");
    assert!(!again.shows("Reverse it"));
}

/// Contract: F4
#[actix_web::test]
async fn a_reversal_above_a_limit_waits_for_a_second_person() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$900.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let manager = house.staff(Role::BillingManager).await;
    gives(&manager, &rosa, "250.00").await;
    let credit = newest(&clerk, &rosa, "Credit").await;
    let looked = credit
        .follow("Reverse it")
        .await
        .fill("reason", "billing_error")
        .submit("Look at the entry")
        .await;
    looked.must_show("This is more than you decide alone.");
    let sent = looked.submit("Send for approval").await;
    sent.must_show("The correction waits for a second person.");
    assert_eq!(house.balance(rosa.account).await, 65_000);
    // The account says what waits: not one more credit.
    let screen = clerk.visit(&account(&rosa)).await;
    screen.must_show("Reversal, $250.00: a second person decides");
    let waits = manager
        .visit("/office/corrections")
        .await
        .follow("Reversal")
        .await;
    waits
        .submit("Approve and post it")
        .await
        .must_show("The correction is posted.");
    assert_eq!(house.balance(rosa.account).await, 90_000);
}

/// The newest credit of an account, as somebody looks at what would reverse it.
async fn looked_at(person: &Visitor, home: &Household) -> Page {
    newest(person, home, "Credit")
        .await
        .follow("Reverse it")
        .await
        .fill("reason", "billing_error")
        .submit("Look at the entry")
        .await
}

/// Contract: F4
#[actix_web::test]
async fn what_is_reversed_counts_toward_the_limit_of_its_kind() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$900.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let manager = house.staff(Role::BillingManager).await;
    gives(&manager, &rosa, "150.00").await;
    looked_at(&clerk, &rosa)
        .await
        .submit("Post it")
        .await
        .must_show("The correction is posted.");
    // The second one alone is within the limit, both together are not.
    gives(&manager, &rosa, "150.00").await;
    let looked = looked_at(&clerk, &rosa).await;
    looked.must_show("This is more than you decide alone.");
    assert_eq!(house.balance(rosa.account).await, 75_000);
}

/// Contract: F8
#[actix_web::test]
async fn a_waived_fee_is_asked_for_again() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 1)
        .moved_in()
        .await;
    let clerk = house.staff(Role::Csr).await;
    house.advance_days(60);
    let charge = |tx: &mut Tx<'_>| -> Result<_, FeeError> {
        let on = tx.stamp.on;
        let books = books::open(tx, on).expect("the books open");
        fees::assess_late_fees(tx, &books, on, None)
    };
    let charged = house.app.db.write(house.stamp(), charge).await;
    charged.expect("the fee is charged");
    let owed = house.balance(rosa.account).await;
    let form = clerk.visit(&account(&rosa)).await.follow("Waive fee").await;
    let looked = form
        .fill("reason", "courtesy")
        .submit("Look at the entry")
        .await;
    looked.submit("Post it").await;
    assert_eq!(house.balance(rosa.account).await, 8_410);
    let ledger = clerk.visit(&account(&rosa)).await;
    ledger.must_show("Fee waived");

    let looked = newest(&clerk, &rosa, "Waiver of a late fee")
        .await
        .follow("Reverse it")
        .await
        .fill("reason", "our_mistake")
        .submit("Look at the entry")
        .await;
    looked
        .submit("Post it")
        .await
        .must_show("The correction is posted.");
    assert_eq!(house.balance(rosa.account).await, owed);
    let account = rosa.account;
    let counted = house
        .app
        .db
        .read(move |conn| overdue::waivers(conn, account))
        .await;
    assert_eq!(
        counted.expect("they are read"),
        [],
        "it uses up no courtesy"
    );
    // Whoever may not waive a fee may not ask for it again either.
    let viewer = house.staff(Role::Viewer).await;
    let path = newest(&viewer, &rosa, "Waiver of a late fee").await.path;
    viewer.meets(&format!("{path}/reversal"), 403).await;
}

/// Contract: F9
#[actix_web::test]
async fn what_was_carried_is_carried_back() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ben = house.customer("Ben").owing("$10.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let form = clerk.visit(&account(&rosa)).await.follow("Transfer").await;
    let looked = form
        .fill("reason", "wrong_account")
        .fill("to", ben.number.as_str())
        .submit("Look at the entry")
        .await;
    looked.submit("Post it").await;
    assert_eq!(house.balance(ben.account).await, 9_410);
    let looked = newest(&clerk, &rosa, "Transfer to another account")
        .await
        .follow("Reverse it")
        .await
        .fill("reason", "wrong_account")
        .submit("Look at the entry")
        .await;
    looked
        .submit("Post it")
        .await
        .must_show("The correction is posted.");
    assert_eq!(house.balance(rosa.account).await, 8_410);
    assert_eq!(house.balance(ben.account).await, 1_000);
}
