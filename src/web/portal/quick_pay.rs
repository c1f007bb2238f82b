//! Paying without a sign-in: the account's number and the postal code of its place open it; an amount of the last bill shows what is owed,
//! too. The receipt stands behind the key of the form that paid, which nobody can guess. A second equal payment within a day is asked about:
//! whoever has the bill, of any; everybody else, of those that this browser made.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::adapters::desk::Desk as Till;
use crate::app::App;
use crate::domain::ids::{AccountId, AccountNumber};
use crate::domain::money::Money;
use crate::domain::payments::doubts::Doubt;
use crate::domain::payments::{PaymentRequest, PaymentState, Tender};
use crate::i18n::Words;
use crate::secrets::{Token, random_token};
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::payments::PaymentRow;
use crate::store::portal::owed::{self, Owed};
use crate::usecases;
use crate::usecases::payments::PaymentError;
use crate::usecases::quick_pay::{Asked, Knows, QuickPayError, find_pass, let_through};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::form::Form;
use crate::web::limits::Guess;
use crate::web::portal::claim::{Told, view};
use crate::web::portal::paid_here;
use crate::web::portal::pay::{Urls, bring, close_pages, open_page, refuse};
use crate::web::portal::pay_saved::Means;
use crate::web::portal::payments::Show;
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// The form that opens an account for paying.
#[derive(Template)]
#[template(path = "portal/quick_pay/show.html")]
struct Start {
    t: Words,
    chrome: Chrome,
    form: Form,
}

/// How much, and by what.
#[derive(Template)]
#[template(path = "portal/quick_pay/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
    guest: Guest,
    is_offered: bool,
}

/// One look before it counts.
#[derive(Template)]
#[template(path = "portal/quick_pay/check.html")]
struct Check {
    t: Words,
    chrome: Chrome,
    form: Form,
    guest: Guest,
    amount: Money,
    tender: Tender,
    doubt: Option<Doubt>,
    /// Whether another payment for the account is being made right now.
    is_busy: bool,
}

impl Check {
    fn of(chrome: Chrome, form: Form, guest: Guest, wanted: &PaymentRequest) -> Self {
        Self {
            t: chrome.t,
            chrome,
            form,
            guest,
            amount: wanted.amount,
            tender: wanted.tender,
            doubt: None,
            is_busy: false,
        }
    }

    /// What will be owed, for who may know it.
    fn after(&self) -> Option<Money> {
        let owed = self.guest.owed.as_ref()?;
        Some(owed.balance - owed.pending - self.amount)
    }
}

/// Somebody with a pass, and what they may know.
struct Guest {
    token: String,
    number: AccountNumber,
    account: AccountId,
    /// What is owed, for who has seen the last bill.
    owed: Option<Owed>,
    /// The keys of the forms that paid in this browser.
    paid_here: Vec<String>,
}

impl Guest {
    /// What they may be asked about a payment.
    fn knows(&self) -> Knows {
        Knows {
            sees_balance: self.owed.is_some(),
            own: self.paid_here.clone(),
        }
    }

    /// When the earliest unpaid part falls due.
    fn due_on(&self) -> Option<NaiveDate> {
        self.owed.as_ref().and_then(Owed::due_on)
    }
}

/// GET /quick-pay
pub async fn show(desk: Desk) -> PageResult {
    page(&view!(
        Start,
        desk,
        Form::of_query(desk.request.query_string())
    ))
}

/// POST /quick-pay — opens an account for paying, to whoever knows its number and place.
pub async fn open(desk: Desk, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    let number = form.required("account", t.form_required());
    let place = form.required("postal_code", t.form_required());
    let postal_code = place.as_deref().and_then(five_digits);
    if postal_code.is_none() {
        form.refuse("postal_code", t.quick_pay_not_a_code());
    }
    let last_bill = form.parse_if_any::<Money>("last_bill", t.form_not_money());
    let (Some(number), Some(postal_code), true) = (number, postal_code, form.is_good()) else {
        let view = view!(Start, desk, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let guess = last_bill.map_or(Guess::Place, Guess::Amount);
    desk.limits.claim(&desk.request, &number, guess)?;
    let asked = Asked {
        number: number.parse().ok(),
        postal_code,
        last_bill,
    };
    let token = random_token().map_err(PageError::fault)?;
    let (kept, now) = (token.clone(), desk.now());
    let opened = desk
        .app
        .db
        .write(desk.stamp(), move |tx| let_through(tx, &asked, &kept, now));
    match opened.await {
        Ok(()) => {
            desk.limits.was_right(&desk.request, guess);
            see_other(format!("/quick-pay/{}", token.reveal()))
        }
        Err(QuickPayError::Fault(fault)) => Err(fault.into()),
        Err(QuickPayError::NotFound) => {
            form.refuse("account", t.quick_pay_not_found());
            let view = view!(Start, desk, form);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

/// The first five digits of a postal code, as 52001 or 52001-1234 says them.
pub fn five_digits(typed: &str) -> Option<String> {
    let code = typed
        .split('-')
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    (code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(code)
}

/// GET /quick-pay/{token} — how much, and by what.
pub async fn new(desk: Desk, token: Path<String>) -> PageResult {
    let (app, chrome) = (&desk.app, desk.chrome.clone());
    let Some(guest) = guest(&desk, &token).await? else {
        return page_with(StatusCode::GONE, &Told::spent(&desk, "/quick-pay"));
    };
    let due = guest
        .owed
        .as_ref()
        .map(|owed| owed.to_pay(app.clock.today()))
        .filter(|due| due.is_positive());
    // Whoever comes back to change something finds what was chosen.
    let asked = Form::of_query(desk.request.query_string());
    let form = match (asked.has("amount"), due) {
        (true, _) => asked,
        (false, Some(due)) => Form::default().with("amount", due.dollars()),
        (false, None) => Form::default(),
    };
    page(&New {
        t: chrome.t,
        is_offered: app.desk.is_some(),
        chrome,
        form,
        guest,
    })
}

/// GET /quick-pay/{token}/check — one look at the payment before it counts.
pub async fn check(desk: Desk, token: Path<String>) -> PageResult {
    let (app, chrome) = (&desk.app, desk.chrome.clone());
    let Some(guest) = guest(&desk, &token).await? else {
        return page_with(StatusCode::GONE, &Told::spent(&desk, "/quick-pay"));
    };
    let mut form = Form::of_query(desk.request.query_string());
    let amount = form.parse::<Money>("amount", chrome.t.form_not_money());
    let wanted = PaymentRequest {
        account_id: guest.account,
        amount: amount.unwrap_or_default(),
        tender: Means::of(&form, &[])?.tender(),
        request_key: uuid::Uuid::new_v4().to_string(),
        is_sure: false,
    };
    if let (Some(_), Err(refused)) = (amount, wanted.check()) {
        refuse(&mut form, chrome.t, refused);
    }
    if !form.is_good() || app.desk.is_none() {
        let view = New {
            t: chrome.t,
            is_offered: app.desk.is_some(),
            chrome,
            form,
            guest,
        };
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let doubt = doubt(app, &guest, &wanted).await?;
    let form = form.with("key", &wanted.request_key);
    page(&Check {
        doubt,
        ..Check::of(chrome, form, guest, &wanted)
    })
}

/// POST /quick-pay/{token} — ask for the payment, open the processor's page, and go there.
pub async fn create(desk: Desk, token: Path<String>, mut form: Form) -> PageResult {
    let (app, chrome) = (&desk.app, desk.chrome.clone());
    let Some(guest) = guest(&desk, &token).await? else {
        return page_with(StatusCode::GONE, &Told::spent(&desk, "/quick-pay"));
    };
    let Some(till) = &app.desk else {
        return Err(PageError::NotFound);
    };
    desk.limits.guest_payment(&desk.request, guest.account)?;
    let wanted = PaymentRequest {
        account_id: guest.account,
        amount: form
            .value("amount")
            .parse()
            .map_err(|_not_money| PageError::Unreadable)?,
        tender: Means::of(&form, &[])?.tender(),
        request_key: form.value("key").to_owned(),
        is_sure: form.has("again"),
    };
    if uuid::Uuid::parse_str(&wanted.request_key).is_err() {
        return Err(PageError::Unreadable);
    }
    let payment = match ask(&desk, till, (&wanted, &guest)).await? {
        Ok(payment) => payment,
        Err(PaymentError::Doubtful(doubt)) => {
            let answer = if doubt.is_of_amount() {
                chrome.t.pay_large_answer()
            } else {
                chrome.t.quick_pay_doubt_answer()
            };
            form.refuse("again", answer);
            let view = Check {
                doubt: Some(doubt),
                ..Check::of(chrome, form, guest, &wanted)
            };
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
        Err(PaymentError::PageOpen) => {
            let doubt = doubt(app, &guest, &wanted).await?;
            let view = Check {
                doubt,
                is_busy: true,
                ..Check::of(chrome, form, guest, &wanted)
            };
            return page_with(StatusCode::CONFLICT, &view);
        }
        Err(PaymentError::FormUsed) => return Err(PageError::Conflict),
        Err(PaymentError::Amount(_)) => return Err(PageError::Unreadable),
        Err(fault) => return Err(PageError::fault(fault)),
    };
    let urls = Urls {
        back: format!("/quick-pay/receipts/{}", wanted.request_key),
        cancel: format!("/quick-pay/{}", guest.token),
    };
    let paying = (&guest.number, &wanted, &payment);
    let response = match &payment.checkout_url {
        _ if payment.state != PaymentState::Requested => see_other(urls.back)?,
        Some(url) => see_other(url)?,
        None => open_page(app, till, chrome.t, paying, urls).await?,
    };
    let paid = (wanted.request_key.as_str(), guest.paid_here);
    paid_here::remember(response, paid, app.config.is_https())
}

/// Asks for the payment, once the pages that were left open are closed. A saved way to pay that is being charged is not closed by a guest, nor
/// a payment that is for other accounts, too.
async fn ask(
    desk: &Desk,
    till: &Till,
    (wanted, guest): (&PaymentRequest, &Guest),
) -> Result<Result<PaymentRow, PaymentError>, PageError> {
    let (account, processor) = (wanted.account_id, till.processor);
    let is_new = !is_asked(&desk.app, &wanted.request_key).await?;
    let look = move |conn: &mut Conn| usecases::quick_pay::is_charging(conn, account, processor);
    if is_new && desk.app.db.read(look).await? {
        return Ok(Err(PaymentError::PageOpen));
    }
    close_pages(&desk.app, till, wanted, |begun| !begun.is_only_its_payers()).await?;
    let (request, knows) = (wanted.clone(), guest.knows());
    let ask = move |tx: &mut Tx<'_>| usecases::quick_pay::request(tx, &request, &knows, processor);
    Ok(desk.app.db.write(desk.stamp(), ask).await)
}

/// Whether this form asked for its payment before: sent again, it waits for nothing.
async fn is_asked(app: &App, key: &str) -> Result<bool, PageError> {
    let key = key.to_owned();
    let earlier = app
        .db
        .read(move |conn| store::payments::find_by_request(conn, &key));
    Ok(earlier.await?.is_some())
}

/// What the guest is to be asked before the payment counts.
async fn doubt(
    app: &App,
    guest: &Guest,
    wanted: &PaymentRequest,
) -> Result<Option<Doubt>, PageError> {
    let (wanted, knows, now) = (wanted.clone(), guest.knows(), app.clock.now());
    let found = app
        .db
        .read(move |conn| usecases::quick_pay::find_doubt(conn, &wanted, &knows, now));
    Ok(found.await?)
}

/// GET /quick-pay/receipts/{key}/return — back from the processor's page: the payment is read again at once, and then shown.
pub async fn back(app: Data<App>, key: Path<String>) -> PageResult {
    let payment = paid(&app, &key).await?;
    if let (Some(till), Some(session)) = (&app.desk, &payment.session_reference) {
        match till.stripe.read_session(session).await {
            Ok(seen) => bring(&app, &payment, seen).await,
            // The webhook and the pollers will tell.
            Err(error) => tracing::warn!(%error, "a payment could not be read on return"),
        }
    }
    see_other(format!("/quick-pay/receipts/{key}"))
}

/// GET /quick-pay/receipts/{key} — the payment as it stands, to whoever made it.
pub async fn receipt(app: Data<App>, chrome: Chrome, key: Path<String>) -> PageResult {
    let payment = paid(&app, &key).await?;
    let (id, account) = (payment.id, payment.account_id);
    let (number, refunded) = app
        .db
        .read(move |conn| {
            let number = store::logins::account_number(conn, account)?;
            let refunded = store::payment_moves::refunded(conn, id)?;
            Ok::<_, StoreError>((number, refunded))
        })
        .await?;
    page(&Show::of_guest(
        chrome,
        (payment, refunded),
        number,
        format!("/quick-pay/receipts/{key}"),
        app.clock.zone(),
    ))
}

/// The payment of the form with this key, made without a sign-in or with one.
async fn paid(app: &App, key: &str) -> Result<PaymentRow, PageError> {
    if uuid::Uuid::parse_str(key).is_err() {
        return Err(PageError::NotFound);
    }
    let key = key.to_owned();
    let found = app
        .db
        .read(move |conn| store::payments::find_by_request(conn, &key));
    found.await?.ok_or(PageError::NotFound)
}

/// Who comes with this token; nobody where it has run out.
async fn guest(desk: &Desk, token: &str) -> Result<Option<Guest>, PageError> {
    let (token, now) = (token.to_owned(), desk.now());
    let paid_here = paid_here::list(&desk.request, desk.app.config.is_https());
    desk.app
        .db
        .read(move |conn| {
            let Some(pass) = find_pass(conn, &Token::presented(&token), now)? else {
                return Ok(None);
            };
            let number = store::logins::account_number(conn, pass.account)?;
            let owed = if pass.sees_balance {
                Some(owed::find(conn, &pass.scope(), pass.account)?)
            } else {
                None
            };
            Ok(Some(Guest {
                token,
                number,
                account: pass.account,
                owed,
                paid_here,
            }))
        })
        .await
}
