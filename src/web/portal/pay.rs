//! Paying: how much and by what, one look before it counts, the processor's own page, then the payment as it stands. Nothing is believed
//! because a browser came back: the payment is read again from the processor, and the page waits for it.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::adapters::desk::Desk;
use crate::adapters::stripe::CheckoutOrder;
use crate::app::App;
use crate::domain::ids::{AccountNumber, PaymentNumber};
use crate::domain::money::Money;
use crate::domain::payments::doubts::Doubt;
use crate::domain::payments::seen::Seen;
use crate::domain::payments::{AmountRefused, PaymentRequest, PaymentState, Tender};
use crate::domain::scope::Scope;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::i18n::Words;
use crate::store;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::payment_methods::MethodRow;
use crate::store::payments::PaymentRow;
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::owed;
use crate::store::scheduled_payments::Waiting;
use crate::usecases;
use crate::usecases::payments::{Begun, PaymentError};
use crate::web::chrome::Chrome;
use crate::web::closing;
use crate::web::form::Form;
use crate::web::portal::pay_saved::{self, Means};
use crate::web::portal::payments::find;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// Which account, and whether the amount is to be another than what is owed, or which, and by what.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
    other: Option<u8>,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    tender: String,
}

/// What is owed on an account and what is on its way.
#[derive(Debug, Clone)]
struct Standing {
    account: Account,
    all: Vec<Account>,
    balance: Money,
    pending: Money,
    disputed: Money,
    /// What is offered: all that is owed, not on its way and not in dispute.
    to_pay: Money,
    methods: Vec<MethodRow>,
    /// What autopay will take next, and when.
    ahead: Option<(Money, NaiveDate)>,
    /// What the customer scheduled and is still to come.
    scheduled: Vec<Waiting>,
}

#[derive(Template)]
#[template(path = "portal/payments/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
    standing: Standing,
    is_offered: bool,
}

#[derive(Template)]
#[template(path = "portal/payments/check.html")]
struct Check {
    t: Words,
    chrome: Chrome,
    form: Form,
    standing: Standing,
    amount: Money,
    means: Means,
    after: Money,
    begun: Option<PaymentRow>,
    doubt: Option<Doubt>,
}

impl Check {
    fn of(
        chrome: Chrome,
        form: Form,
        standing: Standing,
        (request, means): (&PaymentRequest, Means),
    ) -> Self {
        Self {
            t: chrome.t,
            chrome: chrome.about(&standing.account, &standing.all),
            form: form.with("key", &request.request_key),
            after: standing.balance - standing.pending - request.amount,
            amount: request.amount,
            means,
            begun: None,
            doubt: None,
            standing,
        }
    }

    /// Tells of a payment that was begun before and not finished.
    fn after(mut self, begun: Option<PaymentRow>) -> Self {
        self.begun = begun;
        self
    }

    fn doubted(mut self, doubt: Option<Doubt>) -> Self {
        self.doubt = doubt;
        self
    }
}

/// GET /pay — how much, and by what.
pub async fn new(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let Asked {
        account,
        other,
        amount,
        tender,
    } = asked.into_inner();
    let standing = standing(&app, &customer.scope, account).await?;
    let due = amount.parse().unwrap_or(standing.to_pay);
    let form = if due.is_positive() && other.is_none() {
        Form::default().with("amount", due.dollars())
    } else {
        Form::default()
    };
    let is_offered = app.desk.is_some();
    let first = standing.methods.first();
    let offered = first.map_or_else(
        || Tender::Card.to_string(),
        |method| method.request_key.clone(),
    );
    let chosen = Some(tender).filter(|tender| !tender.is_empty());
    page(&New {
        t: chrome.t,
        chrome: chrome.about(&standing.account, &standing.all),
        form: form.with("tender", chosen.unwrap_or(offered)),
        standing,
        is_offered,
    })
}

/// The account that a form names; none where it names none. What is no account number pays for nobody, least of all for another account.
fn account_of(form: &Form) -> Result<Option<AccountNumber>, PageError> {
    match form.value("account") {
        "" => Ok(None),
        number => number
            .parse()
            .map(Some)
            .map_err(|_not_ours| PageError::NotFound),
    }
}

/// GET /pay/check — one look at the payment before it counts.
pub async fn check(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    request: HttpRequest,
) -> PageResult {
    let mut form = Form::of_query(request.query_string());
    if !form.has("amount") && !form.has("tender") {
        return see_other(format!("/pay{}", chrome.suffix()));
    }
    let standing = standing(&app, &customer.scope, account_of(&form)?).await?;
    let t = chrome.t;
    let amount = form.parse::<Money>("amount", t.form_not_money());
    let means = Means::of(&form, &standing.methods)?;
    let request = PaymentRequest {
        account_id: standing.account.id,
        amount: amount.unwrap_or_default(),
        tender: means.tender(),
        request_key: uuid::Uuid::new_v4().to_string(),
        is_sure: false,
    };
    if let (Some(_), Err(refused)) = (amount, request.check()) {
        refuse(&mut form, t, refused);
    }
    let (true, Some(desk)) = (form.is_good(), &app.desk) else {
        let view = New {
            t,
            chrome: chrome.about(&standing.account, &standing.all),
            form,
            standing,
            is_offered: app.desk.is_some(),
        };
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let (account, amount, now) = (request.account_id, request.amount, app.clock.now());
    let processor = desk.processor;
    let (doubt, begun) = app
        .db
        .read(move |conn| {
            let doubt = usecases::payments::find_doubt(conn, account, amount, now)?;
            let begun = store::payments::list_requested(conn, account, processor)?;
            Ok::<_, StoreError>((doubt, begun.into_iter().next_back()))
        })
        .await?;
    let view = Check::of(chrome, form, standing, (&request, means));
    page(&view.doubted(doubt).after(begun))
}

/// POST /payments — ask for the payment, open the processor's page, and go there.
pub async fn create(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    mut form: Form,
) -> PageResult {
    let Some(desk) = &app.desk else {
        return Err(PageError::NotFound);
    };
    let standing = standing(&app, &customer.scope, account_of(&form)?).await?;
    let means = Means::of(&form, &standing.methods)?;
    let request = PaymentRequest {
        account_id: standing.account.id,
        amount: form
            .value("amount")
            .parse()
            .map_err(|_not_money| PageError::Unreadable)?,
        tender: means.tender(),
        request_key: form.value("key").to_owned(),
        is_sure: form.has("again"),
    };
    if uuid::Uuid::parse_str(&request.request_key).is_err() {
        return Err(PageError::Unreadable);
    }
    close_pages(&app, desk, &request, |_all| true).await?;
    let asked = ask(&app, desk, customer.stamp(&app), (&request, &means)).await;
    let payment = match asked {
        Ok(payment) => payment,
        Err(PaymentError::Doubtful(doubt)) => {
            let answer = if doubt.is_of_amount() {
                chrome.t.pay_large_answer()
            } else {
                chrome.t.pay_doubt_answer()
            };
            form.refuse("again", answer);
            let view = Check::of(chrome, form, standing, (&request, means)).doubted(Some(doubt));
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
        Err(PaymentError::FormUsed | PaymentError::PageOpen) => return Err(PageError::Conflict),
        Err(PaymentError::Amount(_)) => return Err(PageError::Unreadable),
        Err(fault) => return Err(PageError::fault(fault)),
    };
    if payment.state != PaymentState::Requested {
        return see_other(format!("/payments/{}", payment.number));
    }
    if let Means::Saved(_) = means {
        pay_saved::charge(&app, desk, &payment).await;
        return see_other(format!("/payments/{}", payment.number));
    }
    if let Some(url) = payment.checkout_url {
        return see_other(url);
    }
    let account = &standing.account.number;
    let urls = Urls {
        back: format!("/payments/{}", payment.number),
        cancel: format!("/pay?account={}", account.as_str()),
    };
    open_page(&app, desk, chrome.t, (account, &request, &payment), urls).await
}

/// Asks for the payment, to be made on the processor's page or by a saved way.
async fn ask(
    app: &App,
    desk: &Desk,
    stamp: Stamp,
    (request, means): (&PaymentRequest, &Means),
) -> Result<PaymentRow, PaymentError> {
    let (wanted, processor) = (request.clone(), desk.processor);
    let saved = match means {
        Means::Saved(method) => Some(method.id),
        Means::New(_) => None,
    };
    app.db
        .write(stamp, move |tx| match saved {
            Some(method) => usecases::payments::request_saved_payment(tx, &wanted, method, None),
            None => usecases::payments::request_payment(tx, &wanted, processor),
        })
        .await
}

/// Closes the pages that the account's earlier requests left open, so that only one can be paid. One that was paid meanwhile is brought up
/// to date, and is then doubted like any other payment. Only what the payer may close is closed.
pub(super) async fn close_pages(
    app: &App,
    desk: &Desk,
    request: &PaymentRequest,
    may_close: fn(&Begun) -> bool,
) -> Result<(), PageError> {
    let (account, processor) = (request.account_id, desk.processor);
    let key = request.request_key.clone();
    let left = app
        .db
        .read(move |conn| {
            // A form sent again opens nothing new.
            if store::payments::find_by_request(conn, &key)?.is_some() {
                return Ok(Vec::new());
            }
            usecases::payments::list_begun(conn, account, processor)
        })
        .await?;
    for payment in left.iter().filter(|payment| may_close(payment)) {
        closing::close(app, desk, payment).await?;
    }
    Ok(())
}

/// Where the processor's page leads: to the payment, with `/return` behind it, or away from it.
pub(super) struct Urls {
    pub(super) back: String,
    pub(super) cancel: String,
}

/// What is paid on the processor's page: the payment's own name there, of which account, what it is called, and how much by what.
pub(super) struct Wanted<'a> {
    pub(super) request_key: &'a str,
    pub(super) payment: &'a PaymentRow,
    pub(super) account: &'a AccountNumber,
    pub(super) title: String,
    pub(super) amount: Money,
    pub(super) tender: Tender,
}

/// Opens the processor's page for a payment of one account, and goes there.
pub(super) async fn open_page(
    app: &App,
    desk: &Desk,
    t: Words,
    (account, request, payment): (&AccountNumber, &PaymentRequest, &PaymentRow),
    urls: Urls,
) -> PageResult {
    let wanted = Wanted {
        request_key: &request.request_key,
        payment,
        account,
        title: t.pay_for_account(account.masked()),
        amount: request.amount,
        tender: request.tender,
    };
    open_page_for(app, desk, t, wanted, urls).await
}

/// Opens the processor's page, and goes there.
pub(super) async fn open_page_for(
    app: &App,
    desk: &Desk,
    t: Words,
    wanted: Wanted<'_>,
    urls: Urls,
) -> PageResult {
    let public_url = &app.config.public_url;
    let payment = wanted.payment;
    let order = CheckoutOrder {
        request_key: wanted.request_key.to_owned(),
        payment: payment.number.to_string(),
        title: wanted.title,
        cancel_url: format!("{public_url}{}", urls.cancel),
        account: wanted.account.as_str().to_owned(),
        amount: wanted.amount,
        tender: wanted.tender,
        in_spanish: t.tag().starts_with("es"),
        success_url: format!("{public_url}{}/return", urls.back),
    };
    let opened = desk
        .stripe
        .open_checkout(&order)
        .await
        .map_err(PageError::fault)?;
    let (id, url, session) = (payment.id, opened.url.clone(), opened.session_ref.clone());
    let stamp = app.stamp(Actor::unnamed(ActorKind::Processor), None);
    let stands = app
        .db
        .write(stamp, move |tx| {
            usecases::payments::record_checkout(tx, id, &opened.session_ref, &opened.url)
        })
        .await?;
    if stands {
        return see_other(url);
    }
    let closing = desk.stripe.expire_checkout(&session).await;
    closing.map_err(PageError::fault)?;
    see_other(urls.back)
}

/// GET /payments/{number}/return — back from the processor's page: the payment is read again at once, and then shown as it stands.
pub async fn back(app: Data<App>, customer: SignedIn, number: Path<PaymentNumber>) -> PageResult {
    let payment = find(&app, &customer.scope, &number).await?;
    look_again(&app, &payment).await?;
    see_other(format!("/payments/{}", payment.number))
}

/// Reads a payment again at the processor, and brings it to where it stands.
pub(super) async fn look_again(app: &App, payment: &PaymentRow) -> Result<(), PageError> {
    let row = payment.clone();
    let look = move |conn: &mut Conn| usecases::payments::begun(conn, row);
    let begun = app.db.read(look).await?;
    let read = match (&app.desk, &begun.page, &begun.charge) {
        (Some(desk), Some(session), _) => Some(desk.stripe.read_session(session).await),
        (Some(desk), None, Some(intent)) => Some(desk.stripe.read_intent(intent).await),
        (Some(_), None, None) | (None, ..) => None,
    };
    match read {
        Some(Ok(seen)) => bring(app, payment, seen).await,
        // The webhook and the pollers will tell.
        Some(Err(error)) => tracing::warn!(%error, "a payment could not be read on return"),
        None => {}
    }
    Ok(())
}

/// Brings a payment to where the processor says it stands; a failure is logged, and the webhook or a poller tries again.
pub(super) async fn bring(app: &App, payment: &PaymentRow, seen: Seen) {
    if let Err(error) = closing::bring(app, payment.id, seen).await {
        let number = &payment.number;
        tracing::error!(%error, payment = %number, "a payment could not be brought up to date on return");
    }
}

async fn standing(
    app: &App,
    scope: &Scope,
    wanted: Option<AccountNumber>,
) -> Result<Standing, PageError> {
    let (scope, today) = (scope.clone(), app.clock.today());
    app.db
        .read(move |conn| read_standing(conn, &scope, wanted.as_ref(), today))
        .await
}

fn read_standing(
    conn: &mut Conn,
    scope: &Scope,
    wanted: Option<&AccountNumber>,
    today: NaiveDate,
) -> Result<Standing, PageError> {
    let (account, all) = accounts::choose(conn, scope, wanted)?;
    let owed = owed::find(conn, scope, account.id)?;
    let mut methods = store::payment_methods::list(conn, account.id)?;
    // Whoever may only pay brings their own card or bank account.
    methods.retain(|method| account.may_change() && !method.has_expired(today));
    Ok(Standing {
        balance: owed.balance,
        pending: owed.pending,
        disputed: owed.disputed(),
        to_pay: owed.to_pay(today),
        ahead: owed.ahead(),
        scheduled: owed.scheduled,
        methods,
        account,
        all,
    })
}

/// Says what is wrong with the amount.
pub(super) fn refuse(form: &mut Form, t: Words, refused: AmountRefused) {
    match refused {
        AmountRefused::TooSmall { least } => form.refuse("amount", t.pay_too_small(least)),
        AmountRefused::TooLarge { most } => form.refuse("amount", t.pay_too_large(most)),
    }
}
