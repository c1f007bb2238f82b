//! /sandbox/checkout/{id} — where a customer pays with a test number, as on the processor's own page. No number is kept or sent back.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::money::Money;
use crate::domain::stamp::{Actor, ActorKind};
use crate::i18n::Words;
use crate::usecases::sandbox::checkout::{self, Paid, Showing};
use crate::usecases::sandbox::instruments::{self, BANKS, CARDS, Mistyped, TestInstrument};
use crate::usecases::sandbox::{SandboxError, till};
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::{PageError, PageResult, page_with, see_other};

#[derive(Template)]
#[template(path = "sandbox/checkout.html")]
struct Checkout {
    t: Words,
    chrome: Chrome,
    form: Form,
    id: String,
    heading: &'static str,
    title: String,
    /// How much is paid; none where a way to pay is only saved.
    amount: Option<Money>,
    takes_card: bool,
    takes_bank: bool,
    must_authenticate: bool,
    cancel_url: String,
    cards: Vec<(&'static str, String)>,
    banks: Vec<(&'static str, String)>,
}

impl From<SandboxError> for PageError {
    fn from(error: SandboxError) -> Self {
        match error {
            SandboxError::Refused(_) => Self::NotFound,
            SandboxError::Fault(fault) => fault.into(),
        }
    }
}

/// GET — the amount, and a field for a test number.
pub async fn show(app: Data<App>, chrome: Chrome, id: Path<String>) -> PageResult {
    let showing = showing(&app, &id).await?;
    if !showing.is_open {
        return see_other(showing.after());
    }
    view(
        chrome,
        Form::default(),
        id.into_inner(),
        &showing,
        StatusCode::OK,
    )
}

/// POST — pay.
pub async fn pay(app: Data<App>, chrome: Chrome, id: Path<String>, mut form: Form) -> PageResult {
    let (id, t) = (id.into_inner(), chrome.t);
    let showing = showing(&app, &id).await?;
    let Some(instrument) = typed(&app, t, &mut form, &showing).await? else {
        return view(chrome, form, id, &showing, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let (stamp, session) = (processor(&app), id.clone());
    let paid = app
        .db
        .write(stamp, move |tx| checkout::pay(tx, &session, &instrument))
        .await?;
    let field = match instrument {
        TestInstrument::Card(_) => "card_number",
        TestInstrument::Bank(_) => "account_number",
    };
    after(&app, chrome, (id, field), form, paid).await
}

/// POST — the customer's bank asked whether it is really them, and they answered.
pub async fn authenticate(
    app: Data<App>,
    chrome: Chrome,
    id: Path<String>,
    form: Form,
) -> PageResult {
    let (stamp, session, answer) = (processor(&app), id.clone(), form.value("answer") == "yes");
    let paid = app
        .db
        .write(stamp, move |tx| {
            checkout::authenticate(tx, &session, answer)
        })
        .await?;
    after(
        &app,
        chrome,
        (id.into_inner(), "card_number"),
        Form::default(),
        paid,
    )
    .await
}

fn processor(app: &App) -> crate::domain::stamp::Stamp {
    app.stamp(Actor::unnamed(ActorKind::Processor), None)
}

async fn showing(app: &App, id: &str) -> Result<Showing, PageError> {
    if !app.has_sandbox() {
        return Err(PageError::NotFound);
    }
    let id = id.to_owned();
    Ok(app.db.read(move |conn| checkout::show(conn, &id)).await?)
}

async fn after(
    app: &App,
    chrome: Chrome,
    (id, field): (String, &'static str),
    mut form: Form,
    paid: Paid,
) -> PageResult {
    if let Some(sandbox) = app.desk.as_ref().and_then(|desk| desk.sandbox.as_ref()) {
        sandbox.deliveries.notify_one();
    }
    let showing = showing(app, &id).await?;
    match paid {
        Paid::Done { success_url } => see_other(success_url),
        Paid::Over => see_other(showing.after()),
        Paid::AsksFirst => view(chrome, form, id, &showing, StatusCode::OK),
        Paid::Declined { reason } => {
            form.refuse(field, chrome.t.sandbox_declined(reason));
            view(chrome, form, id, &showing, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// The test instrument that was typed; what is wrong with it is noted on the form.
async fn typed(
    app: &App,
    t: Words,
    form: &mut Form,
    showing: &Showing,
) -> Result<Option<TestInstrument>, PageError> {
    let at = app.clock.now();
    let now = app.db.read(move |conn| till::time(conn, at)).await?;
    let found = if form.value("method") == "bank" && showing.takes("us_bank_account") {
        instruments::bank(form.value("routing_number"), form.value("account_number"))
            .map(TestInstrument::Bank)
    } else {
        let (number, expiry) = (form.value("card_number"), form.value("expiry"));
        instruments::card(number, expiry, form.value("cvc"), now.date()).map(TestInstrument::Card)
    };
    match found {
        Ok(instrument) => Ok(Some(instrument)),
        Err(mistyped) => {
            let (field, words) = match mistyped {
                Mistyped::Number => ("card_number", t.sandbox_wrong_number()),
                Mistyped::Expiry => ("expiry", t.sandbox_wrong_expiry()),
                Mistyped::Cvc => ("cvc", t.sandbox_wrong_cvc()),
                Mistyped::Routing => ("routing_number", t.sandbox_wrong_routing()),
                Mistyped::Account => ("account_number", t.sandbox_wrong_account()),
            };
            form.refuse(field, words);
            Ok(None)
        }
    }
}

fn view(
    chrome: Chrome,
    form: Form,
    id: String,
    showing: &Showing,
    status: StatusCode,
) -> PageResult {
    let t = chrome.t;
    let page = Checkout {
        t,
        form: form.with("routing_number", instruments::ROUTING),
        id,
        heading: match showing.cents {
            Some(_) => t.sandbox_checkout_title(),
            None => t.sandbox_setup_title(),
        },
        title: showing.title.clone(),
        amount: showing.cents.map(Money::from_cents),
        takes_card: showing.takes("card"),
        takes_bank: showing.takes("us_bank_account"),
        must_authenticate: showing.must_authenticate,
        cancel_url: showing.cancel_url.clone(),
        cards: CARDS
            .iter()
            .map(|card| (card.number, t.sandbox_outcome(card.alias)))
            .collect(),
        banks: BANKS
            .iter()
            .map(|bank| (bank.number, t.sandbox_outcome(bank.alias)))
            .collect(),
        chrome,
    };
    page_with(status, &page)
}
