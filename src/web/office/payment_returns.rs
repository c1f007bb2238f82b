//! Taking back money that did not come by the processor: a check that the bank would not pay, or a payment entered by mistake.

use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::money::Money;
use crate::domain::payments::{Channel, PaymentState};
use crate::i18n::Words;
use crate::store::account_history::{self, PaymentDetail};
use crate::store::audit;
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

/// How many deeds on a payment are looked through for the one that took it back.
const DEEDS: i64 = 100;

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
    view(&app, chrome, &path, Form::default()).await
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
        return view(&app, chrome, &path, form).await;
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
        Err(PaymentError::NotStanding(_)) => overtaken(&app, chrome, &path, form).await,
        Err(PaymentError::OfTheProcessor | PaymentError::NoBank) => Err(PageError::Conflict),
        Err(PaymentError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => Err(PageError::fault(refusal)),
    }
}

/// Says who took it back meanwhile, when and why; what was typed stays to be read.
async fn overtaken(app: &App, chrome: Chrome, number: &str, mut form: Form) -> PageResult {
    let t = chrome.t;
    let (detail, ..) = load(app, number).await?;
    let (account, wanted) = (detail.account_id, number.to_owned());
    let read =
        move |conn: &mut Conn| audit::list_of_subject(conn, account, ("payment", &wanted), DEEDS);
    let deeds = app.db.read(read).await?;
    let action = format!("payment.{}", detail.line.state);
    let text = match deeds.iter().rev().find(|deed| deed.action == action) {
        Some(deed) => {
            let at = deed.at.and_utc().with_timezone(&app.clock.zone());
            let (by, at) = (&deed.actor_name, t.moment(at.naive_local()));
            let why = detail.line.failure.as_deref().unwrap_or_default();
            t.return_overtaken(t.payment_state(detail.line.state.as_str()), by, at, why)
        }
        None => t.error_conflict_text().to_owned(),
    };
    form.overtaken("what", text);
    view(app, chrome, number, form).await
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

async fn view(app: &App, chrome: Chrome, number: &str, form: Form) -> PageResult {
    let (detail, account, fee) = load(app, number).await?;
    let status = form.status();
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
