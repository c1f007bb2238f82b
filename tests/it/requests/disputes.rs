//! A bill that looks wrong: the disputed part draws no late fee, the rest does; somebody who can correct it decides in words.

use mainstay::domain::ids::EntryId;
use mainstay::domain::money::Money;
use mainstay::domain::staff::Role;
use mainstay::store::autopay::owing;
use mainstay::store::db::{Conn, Tx};
use mainstay::usecases::fees::{self, Assessed};

use crate::portal::bills::billed;
use crate::support::app::TestApp;
use crate::support::billing::day;
use crate::support::page::Page;

/// The late fees of a day, as the hourly job charges them.
async fn late_fees(house: &TestApp) -> Assessed {
    let assess = |tx: &mut Tx<'_>| fees::assess_late_fees_today(tx, None::<EntryId>);
    let charged = house.app.db.write(house.stamp(), assess).await;
    charged.expect("the fees are assessed")
}

/// Says that a bill is wrong: so much of it, or all of it.
pub async fn dispute(bill: &Page, amount: &str) -> Page {
    let form = bill.follow("Does something look wrong?").await;
    form.must_show("You have the right to say that a bill is wrong and to be heard");
    form.fill("reason", "too_much_use")
        .fill("amount", amount)
        .fill("words", "We were away in June.")
        .submit("Dispute this amount")
        .await
}

/// Contract: F4, F42, F88, F89, F90, F91, F180
#[actix_web::test]
async fn a_disputed_amount_draws_no_late_fee_until_somebody_who_can_correct_it_has_decided() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    // May's bill of $24.46, five paid, and June's of $29.32.
    let (_, june) = billed(&house, &rosa.household);
    let bill = rosa.visit(&format!("/bills/{june}")).await;
    let open = dispute(&bill, "29.32").await;
    open.must_show("$29.32 in dispute")
        .must_show("no late fee is charged on it")
        .must_show("decides by Friday, July 17")
        .must_show("You can be heard before the decision")
        .must_show("Every read of this bill was taken from the meter.")
        .must_show("Water use by month");
    let reads = open.texts("table tbody tr");
    assert!(reads.iter().any(|row| row.contains("7,000")), "{reads:?}");
    rosa.visit("/")
        .await
        .must_show("$29.32 of it is in dispute");
    rosa.visit(&format!("/bills/{june}"))
        .await
        .must_show("$29.32 of this bill is in dispute");
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    let manager = house.staff(Role::BillingManager).await;
    manager
        .visit(&account)
        .await
        .must_show("This bill looks wrong")
        .must_show("$29.32 in dispute");

    // June's bill is due 24 July. Five percent of May's $19.46 is a fee; June's disputed whole is none.
    house.set_day("2026-08-10");
    let charged = late_fees(&house).await;
    assert_eq!((charged.fees, charged.amount), (1, Money::from_cents(97)));

    let csr = house.staff(Role::Csr).await;
    let seen = csr.visit(&format!("/office{}", open.path)).await;
    seen.must_show("A dispute is decided by somebody who can correct the bill.");
    let decide = format!("/office{}/decision", open.path);
    let token = seen.attribute("input[name=csrf]", "value").unwrap();
    let fields = [("csrf", token.as_str()), ("outcome", "upheld")];
    assert_eq!(csr.post(&decide, &fields).await.status, 403);

    let page = manager.visit(&format!("/office{}", open.path)).await;
    page.must_show("We were away in June.").must_show("Overdue");
    let refused = page.submit("Decide and tell the customer").await;
    refused.must_show("Write a few words first.");
    let decided = refused
        .fill("outcome", "upheld")
        .fill("reasons", "The meter was tested and is right.")
        .submit("Decide and tell the customer")
        .await;
    decided
        .must_show("The bill stands as it was.")
        .must_show("Answered in 36 days");
    let mine = manager.visit("/office/requests?state=done&owner=me").await;
    assert_eq!(mine.texts("tbody tr").len(), 1, "who decided handled it");
    let told = rosa.visit(&open.path).await;
    told.must_show("The meter was tested and is right.")
        .must_show("A late fee is possible from Aug 25, 2026 at the earliest.");
    assert!(!rosa.visit("/").await.shows("in dispute"));

    // Two weeks to pay, then it is a debt like any other.
    house.set_day("2026-08-24");
    assert_eq!(late_fees(&house).await.fees, 0);
    house.set_day("2026-08-25");
    let charged = late_fees(&house).await;
    assert_eq!((charged.fees, charged.amount), (1, Money::from_cents(147)));
    let audit = manager.visit(&format!("{account}?tab=audit")).await;
    audit
        .must_show("Dispute opened")
        .must_show("Dispute decided");
}

/// Contract: F89
#[actix_web::test]
async fn part_of_a_bill_is_disputed_and_the_rest_stays_due() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, june) = billed(&house, &rosa.household);
    let bill = rosa.visit(&format!("/bills/{june}")).await;
    let form = bill.follow("Does something look wrong?").await;
    // One line of $4.86: no more than it says may be disputed.
    let line = form
        .texts("label.check")
        .iter()
        .position(|label| label.contains("$4.86"))
        .expect("the line of the second tier");
    let boxes: Vec<String> = form
        .html
        .split("name=\"line_")
        .skip(1)
        .map(|rest| format!("line_{}", rest.split('"').next().unwrap()))
        .collect();
    let refused = form
        .fill(&boxes[line], "yes")
        .fill("reason", "price_wrong")
        .fill("amount", "10")
        .fill("words", "The tier is wrong.")
        .submit("Dispute this amount")
        .await;
    assert_eq!(refused.status, 422);
    refused
        .must_show("What you marked comes to $4.86.")
        .must_show("The tier is wrong.");
    let form = refused.fill("amount", "");
    let (first, second) = (
        form.submit("Dispute this amount").await,
        form.submit("Dispute this amount").await,
    );
    first.must_show("$4.86 in dispute");
    assert_eq!(first.path, second.path, "sent twice, it is one dispute");
    // The form leads to the open dispute now.
    let again = rosa.visit(&format!("/bills/{june}/dispute")).await;
    assert_eq!(again.path, first.path);

    // Autopay would take what is due by then and nobody disputes.
    let account = rosa.household.account;
    let owing = move |conn: &mut Conn| owing(conn, account, day("2026-07-24"));
    let owing = house.app.db.read(owing).await.expect("it is read");
    let undisputed = Money::from_cents(1_946 + 2_932 - 486);
    assert_eq!((owing.due, owing.balance), (undisputed, undisputed));

    // Five percent of May's $19.46 and of June's $29.32 - $4.86.
    house.set_day("2026-08-10");
    let charged = late_fees(&house).await;
    assert_eq!(
        (charged.fees, charged.amount),
        (2, Money::from_cents(97 + 122))
    );

    let taken_back = first.submit("Yes, withdraw it").await;
    taken_back.must_show("The dispute was taken back.");
    // A bill that was charged once for being late is not charged again.
    assert_eq!(late_fees(&house).await.fees, 0);
}

#[actix_web::test]
async fn another_customers_bill_can_not_be_disputed_and_nonsense_is_refused_in_words() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let omar = house.customer("Omar").signed_in().await;
    let (may, june) = billed(&house, &rosa.household);
    omar.meets(&format!("/bills/{june}/dispute"), 404).await;
    let form = rosa.visit(&format!("/bills/{may}/dispute")).await;
    let refused = form
        .fill("amount", "1.005")
        .submit("Dispute this amount")
        .await;
    refused
        .must_show("Choose the reason that fits best.")
        .must_show("Write a few words first.");
    let refused = refused
        .fill("amount", "0")
        .fill("reason", "other")
        .fill("words", "Why?")
        .submit("Dispute this amount")
        .await;
    refused.must_show("There is no amount to dispute.");
    let refused = refused
        .fill("amount", "999999")
        .submit("Dispute this amount")
        .await;
    refused.must_show("What you marked comes to $24.46.");
}
