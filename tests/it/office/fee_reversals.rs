//! A whole day of wrong fees taken back, also those that were paid.

use mainstay::domain::staff::Role;
use mainstay::jobs::fee_reversals;
use mainstay::store::db::Tx;
use mainstay::usecases::fee_reversals::ReversalError;
use mainstay::usecases::fees::{self, FeeError};
use mainstay::usecases::{books, fee_reversals as reversals};

use crate::support::app::TestApp;

/// Charges what is overdue today.
async fn charges_late_fees(house: &TestApp) -> usize {
    let charge = |tx: &mut Tx<'_>| -> Result<_, FeeError> {
        let on = tx.stamp.on;
        let books = books::open(tx, on).expect("the books open");
        fees::assess_late_fees(tx, &books, on, None)
    };
    let charged = house.app.db.write(house.stamp(), charge).await;
    charged.expect("the fees are charged").fees
}

/// Contract: F8
#[actix_web::test]
async fn a_day_of_wrong_fees_is_taken_back_also_what_was_paid() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.00", 1)
        .moved_in()
        .await;
    let ben = house
        .customer("Ben")
        .owing_due_in("$40.00", 1)
        .moved_in()
        .await;
    let clerk = house.staff(Role::BillingClerk).await;
    house.advance_days(60);
    assert_eq!(charges_late_fees(&house).await, 2);
    let owed = house.balance(rosa.account).await;
    let fee = owed - 8_400;
    assert!(fee > 0);
    // Rosa pays all of it, Ben nothing.
    let dollars = format!("{}.{:02}", owed / 100, owed % 100);
    clerk
        .visit(&format!(
            "/office/accounts/{}/payments/new",
            rosa.number.as_str()
        ))
        .await
        .fill("amount", &dollars)
        .submit("Take the payment")
        .await;
    assert_eq!(house.balance(rosa.account).await, 0);

    let on = house.app.clock.today();
    let asked = format!("/office/fee-reversals?kind=late_fee&on={on}");
    let page = clerk.visit(&asked).await;
    assert!(
        page.text("#looked").contains('2'),
        "{}",
        page.text("#looked")
    );
    let unexplained = page.submit("Send for approval").await;
    assert_eq!(unexplained.status, 422);
    let sent = page
        .clone()
        .fill("reason", "our_mistake")
        .submit("Send for approval")
        .await;
    sent.must_show("The reversal waits for a second person.");
    let path = sent.path.clone();

    let manager = house.staff(Role::BillingManager).await;
    let waits = manager.visit(&path).await;
    waits
        .submit("Approve and take them back")
        .await
        .must_show("The fees are being taken back.");
    assert_eq!(house.balance(rosa.account).await, 0);

    fee_reversals::run(house.app.clone())
        .await
        .expect("a round");
    assert_eq!(house.balance(rosa.account).await, -fee);
    assert_eq!(house.balance(ben.account).await, 4_000);
    manager.visit(&path).await.must_show("Taken back");
    // Another round finds nothing, nor does the clock charge what it charged once.
    fee_reversals::run(house.app.clone())
        .await
        .expect("a round");
    assert_eq!(house.balance(rosa.account).await, -fee);
    assert_eq!(charges_late_fees(&house).await, 0);
    clerk
        .visit(&asked)
        .await
        .must_show("No fee of this kind stands on this day.");
}

/// Contract: F8, F118
#[actix_web::test]
async fn the_same_day_is_ordered_once_and_the_later_form_says_by_whom() {
    let house = TestApp::start().await;
    house
        .customer("Rosa")
        .owing_due_in("$84.00", 1)
        .moved_in()
        .await;
    let (ana, ben) = (
        house.staff(Role::BillingClerk).await,
        house.staff(Role::BillingClerk).await,
    );
    house.advance_days(60);
    charges_late_fees(&house).await;
    let on = house.app.clock.today();
    let asked = format!("/office/fee-reversals?kind=late_fee&on={on}");
    let (hers, his) = (ana.visit(&asked).await, ben.visit(&asked).await);
    let sent = hers
        .fill("reason", "our_mistake")
        .submit("Send for approval")
        .await;
    sent.must_show("The reversal waits for a second person.");
    let told = his
        .fill("reason", "our_mistake")
        .fill("note", "The bills went out late")
        .submit("Send for approval")
        .await;
    assert_eq!(told.status, 409);
    told.must_show("ordered the same on")
        .must_show("Nothing of yours was ordered.");
    assert_eq!(
        told.attribute("#note", "value").as_deref(),
        Some("The bills went out late")
    );

    // Of two who decide it the later one is told what the earlier one decided.
    let (first, second) = (
        house.staff(Role::BillingManager).await,
        house.staff(Role::BillingManager).await,
    );
    let (hers, his) = (
        first.visit(&sent.path).await,
        second.visit(&sent.path).await,
    );
    hers.submit("Approve and take them back")
        .await
        .must_show("The fees are being taken back.");
    let told = his
        .fill("words", "They were late indeed")
        .submit("Refuse the reversal")
        .await;
    assert_eq!(told.status, 409);
    told.must_show("Nothing of yours was done:")
        .must_show("They were late indeed");
}

/// Contract: F8
#[actix_web::test]
async fn a_reversal_that_was_cut_off_goes_on_and_leaves_out_what_somebody_waived() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.00", 1)
        .moved_in()
        .await;
    let ben = house
        .customer("Ben")
        .owing_due_in("$40.00", 1)
        .moved_in()
        .await;
    let clerk = house.staff(Role::BillingClerk).await;
    let manager = house.staff(Role::BillingManager).await;
    house.advance_days(60);
    charges_late_fees(&house).await;
    let on = house.app.clock.today();
    let page = clerk
        .visit(&format!("/office/fee-reversals?kind=late_fee&on={on}"))
        .await;
    let sent = page
        .fill("reason", "our_mistake")
        .submit("Send for approval")
        .await;
    let waits = manager.visit(&sent.path).await;
    // Meanwhile one of them is waived: the manager is asked again.
    let waiver = format!("/office/accounts/{}/waivers/new", ben.number.as_str());
    let form = clerk.visit(&waiver).await.fill("reason", "courtesy");
    form.submit("Look at the entry")
        .await
        .submit("Post it")
        .await;
    let again = waits.submit("Approve and take them back").await;
    assert_eq!(again.status, 409);
    again.must_show("The fees have changed since you looked. Then: 2, ");
    again.submit("Approve and take them back").await;

    // A chunk that is cut off leaves nothing behind.
    let id = house
        .app
        .db
        .read(mainstay::store::fee_reversals::list_under_way)
        .await
        .expect("what is under way")[0];
    let cut = move |tx: &mut Tx<'_>| -> Result<(), ReversalError> {
        reversals::go_on(tx, id)?;
        Err(ReversalError::Nothing)
    };
    let before = house.balance(rosa.account).await;
    let cut_off = house.app.db.write(house.stamp(), cut).await;
    cut_off.expect_err("it is cut off");
    assert_eq!(house.balance(rosa.account).await, before);
    fee_reversals::run(house.app.clone())
        .await
        .expect("a round");
    assert_eq!(house.balance(rosa.account).await, 8_400);
    assert_eq!(house.balance(ben.account).await, 4_000);
}
