//! Who in the town pays by itself: a card that is kept at the sandbox, and the agreement to charge it on each due date.

use anyhow::Context;
use serde_json::Value;

use crate::cli::town::asking::whom;
use crate::cli::town::characters::PRIYA;
use crate::cli::town::homes::Home;
use crate::cli::town::office::Office;
use crate::domain::customers::Language;
use crate::domain::ids::AccountId;
use crate::domain::payments::saved::{MethodSeen, SetupSeen, last_day};
use crate::domain::payments::seen::SessionStatus;
use crate::domain::payments::{Brand, Instrument, Tender};
use crate::i18n::words;
use crate::store;
use crate::store::autopay::NewEnrolment;
use crate::store::db::{Conn, Tx};
use crate::usecases::autopay::join;
use crate::usecases::payment_methods::{ask, bring_up_to_date, record_page};
use crate::usecases::sandbox::api::{self, Call};
use crate::usecases::sandbox::checkout;
use crate::usecases::sandbox::instruments::by_alias;
use crate::usecases::sandbox::params::Params;

/// The sandbox's card that pays.
const CARD: &str = "pm_card_visa";

/// On the present day somebody keeps a card and lets it be charged.
///
/// # Errors
/// What is refused, or a fault.
pub fn pass(
    office: &Office<'_>,
    homes: &[Home],
    (public_url, phone): (&str, &str),
) -> anyhow::Result<()> {
    let Some((account, actor)) = whom(office, homes, &PRIYA)? else {
        return Ok(());
    };
    let (url, phone) = (public_url.to_owned(), phone.to_owned());
    let agree = move |tx: &mut Tx<'_>| agreed(tx, account, (&url, &phone));
    office.write(office.stamp(&actor, office.today, 8), agree)
}

fn agreed(tx: &mut Tx<'_>, account: AccountId, (url, phone): (&str, &str)) -> anyhow::Result<()> {
    let conn: &mut Conn = tx;
    let number = store::accounts::get(conn, account)?.number;
    let page = format!("{url}/payment-methods");
    let customer = call(
        tx,
        (url, &["customers"]),
        &[("metadata[account]", number.as_str())],
    )?;
    let customer = told(&customer, "id")?;
    let asked = ask(tx, account, (Tender::Card, "sandbox"), "priya-card")?;
    let given = [
        ("mode", "setup"),
        ("currency", "usd"),
        ("customer", customer.as_str()),
        ("allowed_payment_method_types[0]", "card"),
        ("success_url", page.as_str()),
        ("cancel_url", page.as_str()),
    ];
    let session = call(tx, (url, &["checkout", "sessions"]), &given)?;
    let (id, address) = (told(&session, "id")?, told(&session, "url")?);
    record_page(tx, asked.id, &customer, (&id, &address))?;
    checkout::pay(tx, &id, &by_alias(CARD).context("the sandbox's card")?)?;
    let seen = seen(tx, (url, &told(&session, "setup_intent")?))?;
    bring_up_to_date(tx, asked.id, &seen)?;
    let conn: &mut Conn = tx;
    let label = store::payment_methods::get(conn, asked.id)?.label();
    let t = words(Language::English);
    let words = [
        t.autopay_agreement(label, number.masked()),
        t.autopay_agreement_due().to_owned(),
        t.autopay_agreement_rest(phone),
    ];
    let enrolment = NewEnrolment {
        account_id: account,
        payment_method_id: asked.id,
        day_of_month: None,
        cap: None,
        agreement: words.join(" "),
        language: Language::English,
    };
    Ok(join(tx, &enrolment)?)
}

/// The card as it stands at the sandbox.
fn seen(tx: &mut Tx<'_>, (url, setup): (&str, &str)) -> anyhow::Result<SetupSeen> {
    let asked = |path: &[&str]| Call {
        path: path.iter().map(|part| (*part).to_owned()).collect(),
        params: Params::new(Vec::new()),
        idempotency_key: None,
        public_url: url.to_owned(),
    };
    let setup = api::get(tx, &asked(&["setup_intents", setup]))?.body;
    let reference = told(&setup, "payment_method")?;
    let method = api::get(tx, &asked(&["payment_methods", &reference]))?.body;
    let card = method.get("card").context("a card")?;
    Ok(SetupSeen {
        session: Some(SessionStatus::Complete),
        method: Some(MethodSeen {
            reference,
            instrument: Instrument {
                tender: Tender::Card,
                brand: Brand::Visa,
                last4: told(card, "last4")?,
                fingerprint: told(card, "fingerprint")?,
            },
            expires_on: last_day(2034, 12),
            bank_name: None,
            bank_kind: None,
        }),
    })
}

fn call(
    tx: &mut Tx<'_>,
    (url, path): (&str, &[&str]),
    given: &[(&str, &str)],
) -> anyhow::Result<Value> {
    let pairs = given.iter();
    let pairs = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let call = Call {
        path: path.iter().map(|part| (*part).to_owned()).collect(),
        params: Params::new(pairs.collect()),
        idempotency_key: None,
        public_url: url.to_owned(),
    };
    Ok(api::post(tx, &call)?.body)
}

fn told(body: &Value, name: &str) -> anyhow::Result<String> {
    let value = body.get(name).and_then(Value::as_str);
    value
        .map(str::to_owned)
        .with_context(|| format!("the sandbox answered {body}"))
}
