//! Taking back money that did not come by the processor: a check that the bank would not pay, or a payment entered by mistake.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::money::Money;
use crate::domain::payments::{Channel, PaymentState};
use crate::i18n::Words;
use crate::store::account_history::{self, PaymentDetail};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::usecases::books::{self, BooksError};
use crate::usecases::payments::{PaymentError, TakenBack, take_payment_back};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

#[derive(Template)]
#[template(path = "office/payment_returns/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    detail: PaymentDetail,
    account: AccountLabel,
    fee: Option<Money>,
}

impl Show {
    /// Whether the office may take it back at all.
    fn is_offered(&self) -> bool {
        self.detail.line.channel != Channel::Portal
            && self.detail.line.state == PaymentState::Succeeded
    }

    /// Whether a bank can have sent it back.
    fn may_bounce(&self) -> bool {
        self.detail.line.tender.may_be_returned()
    }
}

/// GET /office/payments/{number}/return
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    view(&app, chrome, &path, Form::default(), StatusCode::OK).await
}

/// POST /office/payments/{number}/return
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let why = match form.value("why") {
        "returned" => Some(TakenBack::Returned),
        "mistake" => Some(TakenBack::Mistake),
        _ => None,
    };
    if why.is_none() {
        form.refuse("why", t.form_choose());
    }
    let reason = form.required("reason", t.form_required());
    let (Some(why), Some(reason)) = (why, reason) else {
        return view(&app, chrome, &path, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = load(&app, &path).await?.0.line.id;
    let taken = app.db.write(staff.stamp(&app), move |tx| {
        take_payment_back(tx, id, why, &reason)
    });
    match taken.await {
        Ok(_) => {
            let address = format!("/office/payments/{path}");
            see_other_saying(address, Tone::Good, t.return_done())
        }
        Err(PaymentError::NotStanding(_) | PaymentError::OfTheProcessor | PaymentError::NoBank) => {
            Err(PageError::Conflict)
        }
        Err(PaymentError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => Err(PageError::fault(refusal)),
    }
}

type Loaded = (PaymentDetail, AccountLabel, Option<Money>);

async fn load(app: &App, number: &str) -> Result<Loaded, PageError> {
    let (number, today) = (number.to_owned(), app.clock.today());
    let read = move |conn: &mut Conn| {
        let detail =
            account_history::find_payment(conn, &number)?.ok_or(StoreError::Missing("payment"))?;
        let id = detail.account_id;
        let account = labels::of_accounts(conn, &[id], today)?.remove(&id);
        let fees = books::open(conn, today)?.fees;
        let fee = fees.returned_payment_fee.map(|fee| fee.amount_cents);
        Ok::<_, BooksError>((detail, account.ok_or(StoreError::Missing("account"))?, fee))
    };
    app.db.read(read).await.map_err(|error| match error {
        BooksError::Fault(fault) => fault.into(),
        unreadable => PageError::fault(unreadable),
    })
}

async fn view(
    app: &App,
    chrome: Chrome,
    number: &str,
    form: Form,
    status: StatusCode,
) -> PageResult {
    let (detail, account, fee) = load(app, number).await?;
    let view = Show {
        t: chrome.t,
        chrome,
        form,
        detail,
        account,
        fee,
    };
    page_with(status, &view)
}
