//! Corrections by hand at the desk: looked at first, limited by job, posted once.

use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::usecases::books;
use mainstay::usecases::fees::{self, FeeError};

use crate::support::app::TestApp;

/// Contract: F2, F4
#[actix_web::test]
async fn an_adjustment_is_looked_at_and_then_posted_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let form = clerk.visit(&account).await.follow("Adjust").await;
    let form = form
        .fill("direction", "give")
        .fill("amount", "10.00")
        .fill("fund", "WATER");
    let unexplained = form.clone().submit("Look at the entry").await;
    assert_eq!(unexplained.status, 422);
    let looked = form
        .fill("reason", "leak")
        .fill("note", "On our side of the meter")
        .submit("Look at the entry")
        .await;
    looked.must_show("This will be posted");
    let shown = looked.text("#looked");
    assert!(shown.contains("$10.00"), "{shown}");
    assert!(
        shown.contains("WATER") && shown.contains("Billing adjustments"),
        "{shown}"
    );
    assert_eq!(house.balance(rosa.account).await, 8_410);

    let posted = looked.submit("Post it").await;
    posted.must_show("The correction is posted.");
    assert_eq!(house.balance(rosa.account).await, 7_410);
    looked.submit("Post it").await;
    assert_eq!(house.balance(rosa.account).await, 7_410);
    let entry = clerk
        .visit(&account)
        .await
        .follow("Leak adjustment: On our side of the meter")
        .await;
    let made = entry.text("#posted");
    assert!(
        made.contains("$10.00") && made.contains("WATER") && made.contains("Billing adjustments"),
        "{made}"
    );
}

/// Contract: F4
#[actix_web::test]
async fn a_form_that_somebody_goes_back_to_never_says_that_it_posted_what_it_did_not() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let new = format!("/office/accounts/{}/adjustments/new", rosa.number.as_str());
    let form = clerk.visit(&new).await;
    let form = form
        .fill("direction", "give")
        .fill("fund", "WATER")
        .fill("reason", "leak");
    let first = form.clone().fill("amount", "10.00");
    let looked = first.submit("Look at the entry").await;
    looked.submit("Post it").await;
    assert_eq!(house.balance(rosa.account).await, 7_410);
    let refused = form
        .fill("amount", "20.00")
        .submit("Look at the entry")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("This form has ordered another correction already.");
    assert_eq!(house.balance(rosa.account).await, 7_410);
    let looked = refused.submit("Look at the entry").await;
    looked
        .submit("Post it")
        .await
        .must_show("The correction is posted.");
    assert_eq!(house.balance(rosa.account).await, 5_410);
}

/// Contract: F4
#[actix_web::test]
async fn each_job_decides_up_to_its_limit() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$900.00").moved_in().await;
    let form = format!("/office/accounts/{}/adjustments/new", rosa.number.as_str());
    let order = async |role: Role| {
        let person = house.staff(role).await;
        let page = person.visit(&form).await;
        page.fill("amount", "250.00")
            .fill("fund", "WATER")
            .fill("reason", "goodwill")
            .submit("Look at the entry")
            .await
    };
    let larger = order(Role::BillingClerk).await;
    larger.must_show("This is more than you decide alone.");
    let own = order(Role::BillingManager).await;
    own.must_show("This will be posted");
    assert_eq!(house.balance(rosa.account).await, 90_000);
}

/// Contract: F4
#[actix_web::test]
async fn a_limit_cannot_be_passed_in_small_steps() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$900.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let new = format!("/office/accounts/{}/adjustments/new", rosa.number.as_str());
    let order = async |amount: &str| {
        let form = clerk.visit(&new).await;
        form.fill("direction", "give")
            .fill("amount", amount)
            .fill("fund", "WATER")
            .fill("reason", "goodwill")
            .submit("Look at the entry")
            .await
    };
    order("150.00").await.submit("Post it").await;
    assert_eq!(house.balance(rosa.account).await, 75_000);
    // What is left of the limit is said before anything is written.
    let said = clerk.visit(&new).await.texts("form .kv dd");
    let left = ["$50.00", "$150.00"].map(str::to_owned);
    assert!(left.iter().all(|one| said.contains(one)), "{said:?}");
    let larger = order("50.01").await;
    larger.must_show("This is more than you decide alone.");
    larger.submit("Send for approval").await;
    assert_eq!(house.balance(rosa.account).await, 75_000);
    order("50.00").await.submit("Post it").await;
    assert_eq!(house.balance(rosa.account).await, 70_000);
}

/// Contract: F4
#[actix_web::test]
async fn an_adjustment_that_could_mean_something_else_is_refused() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let admin = house.staff(Role::Administrator).await;
    let new = format!("/office/accounts/{}/adjustments/new", rosa.number.as_str());
    let form = admin.visit(&new).await;
    let form = form
        .fill("direction", "charge")
        .fill("amount", "10.00")
        .fill("fund", "WATER")
        .fill("reason", "billing_error");
    let slips = [
        ("amount", "-10.00", "more than nothing"),
        ("amount", "12,50", "a point before the cents"),
        ("amount", "1.000,00", "a point before the cents"),
        (
            "amount",
            "-92233720368547758.08",
            "a point before the cents",
        ),
        ("amount", "92233720368547758.07", "a point before the cents"),
        ("due_on", "2020-01-01", "Choose a day from today"),
        ("due_on", "2199-01-01", "Choose a day from today"),
        ("due_on", "0202-11-27", "Write a date"),
        ("fund", "POOL", "Choose"),
        ("direction", "sideways", "Choose"),
        ("reason", "leak", "Choose"),
        ("reason", "other", "Write why, in a few words."),
    ];
    for (field, typed, words) in slips {
        let refused = form
            .clone()
            .fill(field, typed)
            .submit("Look at the entry")
            .await;
        assert_eq!(refused.status, 422, "{field}: {typed}");
        refused.must_show(words);
    }
    assert_eq!(house.balance(rosa.account).await, 8_410);
}

/// Contract: F60
#[actix_web::test]
async fn a_credit_is_paid_out_and_never_more_than_is_held() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let page = clerk.visit(&format!("{account}/payments/new")).await;
    page.fill("amount", "50.00")
        .submit("Take the payment")
        .await;
    assert_eq!(house.balance(rosa.account).await, -3_000);

    let form = clerk.visit(&account).await.follow("Pay out credit").await;
    let form = form.fill("reason", "account_ended");
    let refused = form
        .clone()
        .fill("amount", "30.01")
        .submit("Look at the entry")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("Only $30.00 is held for this customer.");
    let looked = form.submit("Look at the entry").await;
    looked.submit("Post it").await;
    looked.submit("Post it").await;
    assert_eq!(house.balance(rosa.account).await, 0);
    let told = clerk.visit(&format!("{account}?tab=contacts")).await;
    told.must_show("Refund");
}

/// Contract: F8
#[actix_web::test]
async fn a_late_fee_is_waived_as_a_courtesy() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 1)
        .moved_in()
        .await;
    let clerk = house.staff(Role::Csr).await;
    house.advance_days(60);
    let charged = house
        .app
        .db
        .write(house.stamp(), |tx: &mut Tx<'_>| -> Result<_, FeeError> {
            let on = tx.stamp.on;
            let books = books::open(tx, on).expect("the books open");
            fees::assess_late_fees(tx, &books, on, None)
        })
        .await
        .expect("the fee is charged");
    assert_eq!(charged.fees, 1);
    assert!(house.balance(rosa.account).await > 8_410);

    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let form = clerk.visit(&account).await.follow("Waive fee").await;
    let looked = form
        .fill("reason", "courtesy")
        .submit("Look at the entry")
        .await;
    looked.must_show("This will be posted");
    looked.submit("Post it").await;
    assert_eq!(house.balance(rosa.account).await, 8_410);
    looked.submit("Post it").await;
    assert_eq!(house.balance(rosa.account).await, 8_410);
    clerk
        .visit(&format!("{account}/waivers/new"))
        .await
        .must_show("There is no late fee on this account that could be waived.");
}
