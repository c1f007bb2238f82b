//! Balances that are carried to another account, given up and recovered, or paid out by check.

use mainstay::domain::accounts::AccountStatus;
use mainstay::domain::ids::{AccountId, AccountNumber};
use mainstay::domain::staff::Role;
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;

use crate::holds::places;
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// Service has ended, and the final bill is not paid.
async fn is_closing(house: &TestApp, account: AccountId) {
    let move_on = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        let on = tx.stamp.on;
        store::accounts::mark_status(tx, account, AccountStatus::Closing, on)
    };
    let stamp = house.stamp();
    house.app.db.write(stamp, move_on).await.expect("it moves");
}

/// Sends what was looked at for approval, and somebody else approves it.
async fn sent_and_approved(looked: Page, second: &Visitor, kind: &str) {
    looked.submit("Send for approval").await;
    let waits = second.visit("/office/corrections").await.follow(kind).await;
    waits
        .submit("Approve and post it")
        .await
        .must_show("The correction is posted.");
}

/// Writes off what an account owes.
async fn gives_up((first, second): (&Visitor, &Visitor), account: &str) {
    let form = first.visit(account).await.follow("Write off").await;
    let looked = form
        .fill("reason", "uncollectable")
        .submit("Look at the entry")
        .await;
    looked.must_show("Bad debt");
    sent_and_approved(looked, second, "Write-off").await;
}

async fn pays(person: &Visitor, account: &str, amount: &str) {
    let form = person.visit(&format!("{account}/payments/new")).await;
    form.fill("amount", amount).submit("Take the payment").await;
}

/// Contract: F9
#[actix_web::test]
async fn what_is_owed_is_carried_to_another_account_fund_by_fund() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ben = house.customer("Ben").owing("$10.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let (from, to) = (
        format!("/office/accounts/{}", rosa.number.as_str()),
        format!("/office/accounts/{}", ben.number.as_str()),
    );
    let form = clerk.visit(&from).await.follow("Transfer").await;
    let form = form.fill("reason", "moved");
    let nobodys = AccountNumber::of(98_765);
    for (number, words) in [
        ("4100", "This is not a whole account number."),
        (nobodys.as_str(), "There is no account with this number."),
        (rosa.number.as_str(), "This is the same account."),
    ] {
        let refused = form
            .clone()
            .fill("to", number)
            .submit("Look at the entry")
            .await;
        assert_eq!(refused.status, 422, "{number}");
        refused.must_show(words);
    }
    let form = form.fill("to", ben.number.as_str());
    let more = form
        .clone()
        .fill("amount", "84.11")
        .submit("Look at the entry")
        .await;
    more.must_show("Only $84.10 is owed and not in dispute.");
    let looked = form.submit("Look at the entry").await;
    let shown = looked.text("#looked");
    assert!(shown.contains("Transfers between customers"), "{shown}");
    assert!(shown.contains(ben.number.as_str()), "{shown}");
    // Whose account it goes to, and what is owed there, is seen before it counts.
    let other = looked.text("section[aria-labelledby=other]");
    assert!(other.contains("Ben") && other.contains("$10.00"), "{other}");
    assert!(other.contains(ben.number.as_str()), "{other}");
    looked.submit("Post it").await;
    looked.submit("Post it").await;
    assert_eq!(house.balance(rosa.account).await, 0);
    assert_eq!(house.balance(ben.account).await, 9_410);
    // Both accounts say where it went and where it came from.
    clerk
        .visit(&from)
        .await
        .must_show(&format!("The customer moved ({})", ben.number));
    clerk
        .visit(&to)
        .await
        .must_show(&format!("The customer moved ({})", rosa.number));
    let listed = clerk
        .visit(&format!(
            "/office/corrections?state=any&account={}",
            ben.number
        ))
        .await;
    listed.must_show("Transfer to another account");
}

/// Contract: F9, F85
#[actix_web::test]
async fn a_debt_is_not_carried_out_of_its_protection() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ben = house.customer("Ben").owing("$10.00").moved_in().await;
    let (csr, clerk) = (
        house.staff(Role::Csr).await,
        house.staff(Role::BillingClerk).await,
    );
    places(&csr, &rosa, "medical_certificate").await;
    let from = format!("/office/accounts/{}", rosa.number.as_str());
    let form = clerk.visit(&from).await.follow("Transfer").await;
    let form = form.fill("reason", "moved").fill("to", ben.number.as_str());
    let refused = form.clone().submit("Look at the entry").await;
    assert_eq!(refused.status, 422);
    refused.must_show("A hold protects what is owed here.");
    assert_eq!(house.balance(ben.account).await, 1_000);
    places(&csr, &ben, "medical_certificate").await;
    let looked = form.submit("Look at the entry").await;
    looked.submit("Post it").await;
    assert_eq!(house.balance(ben.account).await, 9_410);
}

/// Contract: F9
#[actix_web::test]
async fn a_credit_that_is_carried_pays_what_is_owed_there() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let ben = house.customer("Ben").owing("$10.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let from = format!("/office/accounts/{}", rosa.number.as_str());
    pays(&clerk, &from, "50.00").await;
    let form = clerk.visit(&from).await.follow("Transfer").await;
    let form = form
        .fill("reason", "same_customer")
        .fill("to", ben.number.as_str());
    let more = form
        .clone()
        .fill("amount", "30.01")
        .submit("Look at the entry")
        .await;
    more.must_show("Only $30.00 is held for this customer.");
    form.submit("Look at the entry")
        .await
        .submit("Post it")
        .await;
    assert_eq!(house.balance(rosa.account).await, 0);
    assert_eq!(house.balance(ben.account).await, -2_000);
}

/// Contract: F9
#[actix_web::test]
async fn what_is_given_up_is_asked_for_again_when_money_comes() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let collector = house.staff(Role::Collector).await;
    let manager = house.staff(Role::BillingManager).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    // Nothing is given up while the account is served.
    let served = collector.visit(&format!("{account}/write-offs/new")).await;
    let refused = served
        .fill("reason", "uncollectable")
        .submit("Look at the entry")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("Service has not ended.");

    is_closing(&house, rosa.account).await;
    gives_up((&collector, &manager), &account).await;
    assert_eq!(house.balance(rosa.account).await, 0);
    manager.visit(&account).await.must_show("Written off");

    assert!(
        manager
            .visit(&account)
            .await
            .text("#given-up")
            .contains("$84.10")
    );
    pays(&clerk, &account, "50.00").await;
    assert_eq!(house.balance(rosa.account).await, 0);
    assert!(
        manager
            .visit(&account)
            .await
            .text("#given-up")
            .contains("$34.10")
    );
    // What is still given up comes back with the next payment; the rest is a credit.
    pays(&clerk, &account, "40.00").await;
    assert_eq!(house.balance(rosa.account).await, -590);
}

/// Contract: F60
#[actix_web::test]
async fn a_credit_is_paid_out_by_a_check_that_is_noted_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    pays(&clerk, &account, "50.00").await;
    let form = clerk.visit(&account).await.follow("Pay out credit").await;
    let looked = form
        .fill("reason", "overpaid")
        .fill("way", "check")
        .submit("Look at the entry")
        .await;
    looked.submit("Post it").await;
    assert_eq!(house.balance(rosa.account).await, 0);

    let list = clerk.get("/office/refund-checks.csv").await;
    assert!(
        list.body.contains("Rosa") && list.body.contains("30.00"),
        "{}",
        list.body
    );
    let page = clerk.visit("/office/refund-checks").await;
    page.must_show("Rosa");
    let field = page.attribute("td input.input", "name").expect("a field");
    let unnamed = page.clone().submit("Note it $30.00").await;
    assert_eq!(unnamed.status, 422);
    let noted = page.fill(&field, "1047").submit("Note it $30.00").await;
    noted.must_show("The check is noted.");
    noted.must_show("1047");
    noted.must_show("No refund waits for a check.");
}

/// Contract: F60
#[actix_web::test]
async fn a_check_that_was_lost_is_taken_back_once_by_somebody_else() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    pays(&clerk, &account, "50.00").await;
    let form = clerk.visit(&account).await.follow("Pay out credit").await;
    let looked = form
        .fill("reason", "overpaid")
        .fill("way", "check")
        .submit("Look at the entry")
        .await;
    looked.submit("Post it").await;
    let page = clerk.visit("/office/refund-checks").await;
    let number = page.attribute("input[name^='check-']", "name");
    let why = page.attribute("input[name^='void-']", "name");
    let (number, why) = (number.expect("a number"), why.expect("a reason"));
    let noted = page.fill(&number, "1047").submit("Note it $30.00").await;
    let own = noted
        .fill(&why, "Lost in the mail")
        .submit("Take the check back $30.00")
        .await;
    assert_eq!(own.status, 422);
    own.must_show("You wrote this check.");
    assert_eq!(house.balance(rosa.account).await, 0);

    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit("/office/refund-checks").await;
    let unexplained = page.clone().submit("Take the check back $30.00").await;
    assert_eq!(unexplained.status, 422);
    let form = page.fill(&why, "Lost in the mail");
    for _ in 0..2 {
        let done = form.submit("Take the check back $30.00").await;
        done.must_show("The check is taken back")
            .must_show("taken back Jul");
        assert_eq!(house.balance(rosa.account).await, -3_000);
    }
    let audit = manager.visit(&format!("{account}?tab=audit")).await;
    audit.must_show("Refund check taken back");
    // It may be paid out anew.
    clerk
        .visit(&account)
        .await
        .follow("Pay out credit")
        .await
        .must_show("$30.00");
}

/// Contract: F9
#[actix_web::test]
async fn what_was_given_up_by_mistake_is_owed_again_as_far_as_it_was_not_paid() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let admin = house.staff(Role::Administrator).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    is_closing(&house, rosa.account).await;
    let manager = house.staff(Role::BillingManager).await;
    gives_up((&admin, &manager), &account).await;
    pays(&clerk, &account, "50.00").await;
    assert_eq!(house.balance(rosa.account).await, 0);

    // What she paid since stays paid: the rest is asked for, and the account is a debtor's once more.
    let list = format!(
        "/office/corrections?state=posted&account={}",
        rosa.number.as_str()
    );
    let form = admin
        .visit(&list)
        .await
        .follow("Write-off")
        .await
        .follow("Reverse it")
        .await;
    let looked = form
        .fill("reason", "other")
        .fill("note", "Her executor wrote: the estate pays")
        .submit("Look at the entry")
        .await;
    assert!(looked.text("#looked").contains("$34.10"));
    sent_and_approved(looked, &manager, "Reversal").await;
    assert_eq!(house.balance(rosa.account).await, 3_410);
    let screen = admin.visit(&account).await;
    screen.must_show("Closing");
    assert_eq!(screen.texts("#given-up"), Vec::<String>::new());
    // The payment that comes now pays the debt, and no credit is left of it.
    pays(&clerk, &account, "34.10").await;
    assert_eq!(house.balance(rosa.account).await, 0);
}
