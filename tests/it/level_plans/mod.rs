//! Level payment plans: joined at the customer's door or in the office, kept by every bill, settled, left, and ended by the clock. The figures are
//! worked out by hand: water at $10.00 a month and half a cent a gallon.

mod ended;
mod fixed;
mod variants;

use mainstay::domain::money::Money;
use mainstay::domain::payments::{Channel, ClearedPayment, Tender};
use mainstay::store::db::Tx;
use mainstay::usecases::fees;
use mainstay::usecases::payments::receive_payment;
use mainstay::usecases::policies::{PolicyKind, set_policy};

use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::page::Page;
use crate::support::people::Customer;

/// A plan of three bills a year, looked at again after the second, joined after three bills.
const THREE: &str = r#"{
  "terms": {
    "variants": ["fixed", "rolling", "equal"], "history_bills": 3, "year_bills": 3, "review_after": [2], "review_percent": "15",
    "least_credit_cents": 1000, "most_deferred_cents": 60000, "missed_bills": 2, "missed_grace_days": 10, "wait_months": 12, "due_days": 30
  }
}"#;

/// The policy of three bills from today on.
pub async fn offers_plans(house: &TestApp) {
    let on = house.stamp().on;
    let set = move |tx: &mut Tx<'_>| set_policy(tx, PolicyKind::BudgetPlans, on, THREE);
    let done = house.app.db.write(house.stamp(), set).await;
    done.expect("the policy is set");
}

/// The register of a household.
pub fn register(rosa: &Customer) -> String {
    let email = rosa.household.email.chars();
    let digits: String = email.filter(char::is_ascii_digit).collect();
    format!("W{digits:0>6}-1")
}

/// A household with three bills of $20.00, $30.00 and $40.00 for April to June 2026, all paid; it is July 5.
pub async fn billed_three_times(house: &TestApp) -> Customer {
    let rosa = house.customer("Rosa").signed_in().await;
    offers_plans(house).await;
    let utility = Utility::of(house);
    utility.sells_water();
    utility.reads(
        &register(&rosa),
        &[
            ("2026-04-01", 0),
            ("2026-05-01", 2_000),
            ("2026-06-01", 6_000),
            ("2026-07-01", 12_000),
        ],
    );
    for (from, on) in [
        ("2026-04-01", "2026-05-04"),
        ("2026-05-01", "2026-06-04"),
        ("2026-06-01", "2026-07-04"),
    ] {
        utility.bill(from, on);
    }
    house.set_day("2026-07-05");
    pays(house, &rosa, 9_000).await;
    assert_eq!(balance(house, &rosa).await, 0);
    rosa
}

/// What is used until the first of a month, billed on its fourth: the clock stands there then.
pub fn bills(house: &TestApp, rosa: &Customer, (from, until): (&str, &str), reading: i64) {
    let utility = Utility::of(house);
    utility.reads(&register(rosa), &[(until, reading)]);
    let on = until.replace("-01", "-04");
    house.set_day(&on);
    utility.bill(from, &on);
}

/// July $50.00, August $40.00 and September $30.00.
const MONTHS: [((&str, &str), i64); 3] = [
    (("2026-07-01", "2026-08-01"), 20_000),
    (("2026-08-01", "2026-09-01"), 26_000),
    (("2026-09-01", "2026-10-01"), 30_000),
];

/// Bills one of the three months.
fn bills_month(house: &TestApp, rosa: &Customer, month: usize) {
    let (days, reading) = MONTHS[month];
    bills(house, rosa, days, reading);
}

/// Somebody pays at the counter.
async fn pays(house: &TestApp, rosa: &Customer, cents: i64) {
    let cleared = ClearedPayment {
        account_id: rosa.household.account,
        amount: Money::from_cents(cents),
        tender: Tender::Cash,
        channel: Channel::Office,
        received_on: house.stamp().on,
        reference: format!("drawer {cents} on {}", house.stamp().on),
        label: None,
    };
    let receive = move |tx: &mut Tx<'_>| receive_payment(tx, &cleared);
    let paid = house.app.db.write(house.stamp(), receive).await;
    paid.expect("the payment is taken");
}

/// What the account is asked for, in cents.
async fn balance(house: &TestApp, rosa: &Customer) -> i64 {
    house.balance(rosa.household.account).await
}

/// The late fees of the day: how many, and how much in cents.
async fn late_fees(house: &TestApp) -> (usize, i64) {
    let assess = |tx: &mut Tx<'_>| fees::assess_late_fees_today(tx, None);
    let charged = house.app.db.write(house.stamp(), assess).await;
    let charged = charged.expect("the fees are assessed");
    (charged.fees, charged.amount.cents())
}

/// Joins a variant at the customer's door.
pub async fn joins(rosa: &Customer, variant: &str, settle: &str) -> Page {
    let form = rosa.visit("/level-plan").await;
    let form = form.fill("variant", variant).fill("settle", settle);
    let seen = form.submit("Show the amounts").await;
    seen.fill("agree", "yes").submit("Start the plan").await
}
