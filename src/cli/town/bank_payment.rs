//! A payment from a bank account that was given on the present day: it stands in the sandbox, so that it settles when the town's clock has
//! passed the days that a bank takes.

use anyhow::Context;

use crate::domain::payments::PaymentRequest;
use crate::store::db::Tx;
use crate::usecases::payments::{record_checkout, request_payment};
use crate::usecases::sandbox::api::{self, Call};
use crate::usecases::sandbox::checkout;
use crate::usecases::sandbox::instruments::by_alias;
use crate::usecases::sandbox::params::Params;

/// The sandbox's account that has enough on it.
const ACCOUNT: &str = "pm_usBankAccount_success";

/// Asks for a payment, opens the processor's page and gives the account there.
///
/// # Errors
/// What is refused, or a fault.
pub fn give(tx: &mut Tx<'_>, request: &PaymentRequest, public_url: &str) -> anyhow::Result<()> {
    let payment = request_payment(tx, request, "sandbox")?;
    let back = format!("{public_url}/payments/{}", payment.number);
    let cents = request.amount.cents().to_string();
    let price = "line_items[0][price_data]";
    let raw = [
        ("mode".to_owned(), "payment".to_owned()),
        ("line_items[0][quantity]".to_owned(), "1".to_owned()),
        (format!("{price}[currency]"), "usd".to_owned()),
        (format!("{price}[unit_amount]"), cents),
        (
            format!("{price}[product_data][name]"),
            payment.number.to_string(),
        ),
        (
            "payment_method_types[0]".to_owned(),
            "us_bank_account".to_owned(),
        ),
        ("success_url".to_owned(), format!("{back}/return")),
        ("cancel_url".to_owned(), back),
    ];
    let call = Call {
        path: vec!["checkout".to_owned(), "sessions".to_owned()],
        params: Params::new(raw.to_vec()),
        idempotency_key: None,
        public_url: public_url.to_owned(),
    };
    let answer = api::post(tx, &call)?;
    let told = |name: &str| {
        let value = answer.body.get(name).and_then(serde_json::Value::as_str);
        value
            .map(str::to_owned)
            .with_context(|| format!("the sandbox answered {}", answer.body))
    };
    let (session, url) = (told("id")?, told("url")?);
    record_checkout(tx, payment.id, &session, &url)?;
    let account = by_alias(ACCOUNT).context("the sandbox's bank account")?;
    checkout::pay(tx, &session, &account)?;
    Ok(())
}
