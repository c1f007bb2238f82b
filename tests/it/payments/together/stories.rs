//! A customer pays several accounts at once at the portal, and what keeps them from paying what they should not.

use mainstay::domain::access::Access;
use mainstay::domain::staff::Role;

use super::three;
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

async fn pays_by_card(page: Page, amount: &str) -> Page {
    page.fill("card_number", "4242424242424242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit(&format!("Pay ${amount}"))
        .await
}

async fn checks(visitor: &Visitor) -> Page {
    let page = visitor.visit("/pay/together").await;
    page.submit("Check the payment").await
}

/// Contract: F63, F64, F105
#[actix_web::test]
async fn three_accounts_are_paid_at_once_and_each_has_its_receipt() {
    let house = TestApp::start().await;
    let (rosa, ivan, greta) = three(&house).await;
    rosa.visit("/pay")
        .await
        .must_show("Pay several accounts at once");
    let page = rosa
        .visit("/")
        .await
        .follow("Pay several accounts at once")
        .await;
    assert_eq!(page.heading(), "Pay several accounts at once");
    page.must_show("Ivan")
        .must_show("$12.00 due")
        .must_show("$5.50 due");

    let check = page.submit("Check the payment").await;
    assert_eq!(check.heading(), "Check your payment");
    assert_eq!(check.text("#total"), "$101.60");
    check.must_show("You allow us to charge $101.60 once");
    let page = check.submit("Pay $101.60").await;
    assert!(page.path.contains("/sandbox/checkout/"), "{}", page.path);
    page.must_show("3 accounts");
    let made = pays_by_card(page, "101.60").await;
    assert!(made.path.starts_with("/pay/together/"), "{}", made.path);
    made.must_show("Posted")
        .must_show("$84.10")
        .must_show("$5.50");

    house.settles().await;
    for account in [rosa.household.account, ivan.account, greta.account] {
        assert_eq!(house.balance(account).await, 0);
        assert_eq!(house.entries(account).await.len(), 2);
    }
    let told = house.told(&["payment_received"]);
    let to_rosa = told
        .iter()
        .filter(|row| row.recipient == rosa.household.email);
    assert_eq!(to_rosa.count(), 3, "{told:?}");
    assert_eq!(
        told.len(),
        5,
        "each neighbor is told of their own: {told:?}"
    );
    let receipts = made.texts("td a");
    assert_eq!(receipts.len(), 3);
    let receipt = rosa.visit(&format!("/payments/{}", receipts[1])).await;
    receipt
        .must_show("$5.50")
        .must_show("Part of a payment for several accounts");
    let clerk = house.staff(Role::BillingClerk).await;
    let seen = clerk
        .visit(&format!("/office/payments/{}", receipts[1]))
        .await;
    seen.must_show("Made as one payment with")
        .must_show(&receipts[0]);
    // The same form once more asks for nothing new.
    let again = check.submit("Pay $101.60").await;
    assert_eq!(again.path, made.path);
    house.is_sound().await;
}

/// Contract: F63
#[actix_web::test]
async fn what_is_unticked_or_changed_is_paid_so() {
    let house = TestApp::start().await;
    let (rosa, ivan, greta) = three(&house).await;
    let page = rosa.visit("/pay/together").await;
    let tick = format!("pay-{}", greta.number.as_str());
    let amount = format!("amount-{}", ivan.number.as_str());
    let refused = page
        .fill(&amount, "twelve")
        .submit("Check the payment")
        .await;
    assert_eq!(refused.status, 422);
    let page = rosa.visit("/pay/together").await;
    let check = page
        .fill(&tick, "")
        .fill(&amount, "20.00")
        .submit("Check the payment")
        .await;
    assert_eq!(check.text("#total"), "$104.10");
    check.must_show("You are paying more than you owe");
    let changed = check.follow("Change").await;
    assert_eq!(
        changed.attribute(&format!("#{amount}"), "value").as_deref(),
        Some("20.00")
    );

    let made = pays_by_card(check.submit("Pay $104.10").await, "104.10").await;
    made.must_show("Posted");
    house.settles().await;
    assert_eq!(house.balance(ivan.account).await, -800);
    assert_eq!(house.balance(greta.account).await, 550);

    // One account alone is paid on its own page, and none is no payment.
    let own = format!("pay-{}", rosa.household.number.as_str());
    let number = format!("amount-{}", greta.number.as_str());
    let page = rosa.visit("/pay/together").await;
    let alone = page.fill(&number, "5.50").submit("Check the payment").await;
    assert!(alone.path.starts_with("/pay/check"), "{}", alone.path);
    let page = rosa.visit("/pay/together").await.fill(&tick, "");
    let none = page.fill(&own, "").submit("Check the payment").await;
    assert_eq!(none.status, 422);
    none.must_show("Tick the accounts that you want to pay.");
}

/// Contract: F101, F119
#[actix_web::test]
async fn who_lost_the_right_meanwhile_pays_nothing_for_that_account() {
    let house = TestApp::start().await;
    let (rosa, ivan, greta) = three(&house).await;
    let check = checks(&rosa).await;
    rosa.may_no_more(&house, ivan.account).await;
    let page = check.submit("Pay $101.60").await;
    assert_eq!(page.status, 422);
    page.must_show("can no longer be paid with your sign-in")
        .must_show("Nothing was charged");
    assert!(!page.shows("Ivan"));
    house.settles().await;
    assert_eq!(house.balance(rosa.household.account).await, 8_410);

    // To see is not to pay.
    rosa.may(&house, ivan.account, Access::View).await;
    assert!(!rosa.visit("/pay/together").await.shows("Ivan"));
    rosa.may_no_more(&house, greta.account).await;
    let only = rosa.visit("/pay/together").await;
    assert_eq!(only.heading(), "Make a payment", "{}", only.path);
    let number = ivan.number.as_str();
    let fields = [
        (format!("pay-{number}"), "yes"),
        (format!("amount-{number}"), "1.00"),
    ];
    let query = fields
        .map(|(name, value)| format!("{name}={value}"))
        .join("&");
    let forced = rosa
        .visit(&format!("/pay/together/check?{query}&tender=card"))
        .await;
    assert_eq!(forced.status, 422);
}

/// Contract: F63
#[actix_web::test]
async fn a_second_equal_part_within_a_day_asks_first() {
    let house = TestApp::start().await;
    let (rosa, ivan, greta) = three(&house).await;
    house
        .paid_together(&[(ivan.account, 500), (greta.account, 550)], "pm_card_visa")
        .await;
    let page = rosa.visit("/pay/together").await;
    let amount = format!("amount-{}", ivan.number.as_str());
    let check = page.fill(&amount, "5.00").submit("Check the payment").await;
    check.must_show("You made a payment of $5.00 on this account within the last day.");
    let refused = check.submit("Pay $89.10").await;
    assert_eq!(refused.status, 422);
    refused.must_show("Do you want to pay again?");
    let page = refused.fill("again", "yes").submit("Pay $89.10").await;
    pays_by_card(page, "89.10").await.must_show("Posted");
    house.settles().await;
    assert_eq!(house.balance(ivan.account).await, 200);
}

/// Contract: F63, F104
#[actix_web::test]
async fn a_page_that_was_left_is_closed_with_all_its_accounts() {
    let house = TestApp::start().await;
    let (rosa, ivan, greta) = three(&house).await;
    checks(&rosa).await.submit("Pay $101.60").await;
    let session = house.open_page(ivan.account).await;
    assert_eq!(session, house.open_page(greta.account).await);

    // Paying one of them alone closes the other page for all.
    let number = ivan.number.as_str();
    let page = rosa.visit(&format!("/pay?account={number}")).await;
    let check = page.submit("Check the payment").await;
    check.must_show("was begun and not finished");
    let page = check.submit("Pay $12.00").await;
    let open = house.app.db.read({
        let account = greta.account;
        move |conn| mainstay::store::payments::list_requested(conn, account, "sandbox")
    });
    assert!(open.await.expect("read").is_empty());
    pays_by_card(page, "12.00").await.must_show("Posted");

    // And paying together closes what was begun alone.
    let page = rosa
        .visit(&format!("/pay?account={}", greta.number.as_str()))
        .await;
    page.submit("Check the payment")
        .await
        .submit("Pay $5.50")
        .await;
    let check = checks(&rosa).await;
    check.must_show("$5.50 for this account was begun");
    pays_by_card(check.submit("Pay $89.60").await, "89.60").await;
    house.settles().await;
    assert_eq!(house.balance(greta.account).await, 0);
    assert_eq!(house.balance(ivan.account).await, 0);
    house.is_sound().await;
}

/// Contract: F64
#[actix_web::test]
async fn a_saved_card_pays_several_accounts() {
    let house = TestApp::start().await;
    let (rosa, ivan, _) = three(&house).await;
    rosa.saves_card("4242424242424242").await;
    house.settles().await;
    let check = checks(&rosa).await;
    check.must_show("Visa \u{2022}\u{2022}4242");
    let made = check.submit("Pay $101.60").await;
    assert!(made.path.starts_with("/pay/together/"), "{}", made.path);
    made.must_show("Posted");
    house.settles().await;
    assert_eq!(house.balance(ivan.account).await, 0);
    assert_eq!(house.balance(rosa.household.account).await, 0);
    house.is_sound().await;
}

#[actix_web::test]
async fn the_pages_are_in_spanish_too_and_a_neighbor_sees_nothing() {
    let house = TestApp::start().await;
    let ana = house
        .customer("Ana")
        .speaking_spanish()
        .owing("$84.10")
        .signed_in()
        .await;
    let ivan = house.customer("Ivan").owing("$12.00").signed_in().await;
    ana.may(&house, ivan.household.account, Access::Pay).await;
    let page = ana.visit("/pay/together").await;
    assert_eq!(page.heading(), "Pagar varias cuentas a la vez");
    let check = page.submit("Revisar el pago").await;
    assert_eq!(check.text("#total"), "$96.10");
    let page = check.submit("Pagar $96.10").await;
    let made = pays_by_card_in_spanish(page).await;
    made.must_show("Registrado");
    house.settles().await;

    // Ivan sees his own part, and nothing of hers.
    ivan.visit("/payments").await.must_show("$12.00");
    let own = ivan.visit(&made.path).await;
    assert!(!own.shows("$84.10") && !own.shows("$96.10"));
    own.must_show("Other accounts of this payment");
    let carla = house.customer("Carla").signed_in().await;
    carla.meets(&made.path, 404).await;
}

async fn pays_by_card_in_spanish(page: Page) -> Page {
    page.fill("card_number", "4242424242424242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pagar $96.10")
        .await
}

/// Contract: F63
#[actix_web::test]
async fn a_bank_payment_is_pending_on_each_account() {
    let house = TestApp::start().await;
    let (rosa, ivan, _) = three(&house).await;
    let page = rosa.visit("/pay/together").await;
    let page = page
        .fill("tender", "bank_account")
        .submit("Check the payment")
        .await;
    let page = page.submit("Pay $101.60").await;
    let made = page
        .fill("account_number", "000123456789")
        .submit("Pay $101.60")
        .await;
    made.must_show("Pending");
    house.settles().await;
    assert_eq!(house.pending(ivan.account).await, 1_200);
    let page = rosa.visit("/pay/together").await;
    page.must_show("$84.10 is on its way")
        .must_show("Nothing is due.");
    let number = ivan.number.as_str();
    rosa.visit(&format!("/pay?account={number}"))
        .await
        .must_show("$12.00 is on its way");

    house.advance_days(3);
    house.settles().await;
    let all = rosa.visit(&made.path).await;
    all.must_show("Posted");
    assert_eq!(house.balance(ivan.account).await, 0);
}
