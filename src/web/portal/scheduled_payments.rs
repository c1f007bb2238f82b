//! Paying on another day: how much, when and by which saved way, the words that are agreed to, and then the payment as it stands, until it is
//! charged or taken back. The words are kept as they were read.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{AccountNumber, PaymentNumber};
use crate::domain::money::Money;
use crate::domain::payments::PaymentRequest;
use crate::domain::scheduled_payments::{DayRefused, ScheduledState, check_day, days};
use crate::i18n::Words;
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::payment_methods::MethodRow;
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::owed::{self, Owed};
use crate::store::scheduled_payments::{NewScheduled, ScheduledRow};
use crate::usecases;
use crate::usecases::scheduled_payments::ScheduleError;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::portal::pay::refuse;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// Which account, and what was chosen before, where somebody comes back to change it.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    method: String,
}

/// One account, what is owed on it, and its ways to pay.
struct Standing {
    account: Account,
    all: Vec<Account>,
    owed: Owed,
    /// What is to be paid of it today.
    to_pay: Money,
    methods: Vec<MethodRow>,
}

#[derive(Template)]
#[template(path = "portal/scheduled_payments/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
    standing: Standing,
    days: (NaiveDate, NaiveDate),
    is_offered: bool,
}

impl New {
    fn of(app: &App, chrome: Chrome, form: Form, standing: Standing) -> Self {
        Self {
            t: chrome.t,
            chrome: chrome.about(&standing.account, &standing.all),
            form,
            standing,
            days: days(app.clock.today()),
            is_offered: app.desk.is_some(),
        }
    }
}

#[derive(Template)]
#[template(path = "portal/scheduled_payments/check.html")]
struct Check {
    t: Words,
    chrome: Chrome,
    form: Form,
    standing: Standing,
    choice: Choice,
    agreement: String,
    is_equal: bool,
}

impl Check {
    fn of(chrome: Chrome, form: Form, standing: Standing, choice: Choice) -> Self {
        let waiting = &standing.owed.scheduled;
        Self {
            t: chrome.t,
            agreement: choice.agreement(chrome.t, &standing.account, &chrome.site.phone),
            chrome: chrome.about(&standing.account, &standing.all),
            form,
            is_equal: waiting.iter().any(|other| other.amount == choice.amount),
            standing,
            choice,
        }
    }

    /// The form again, with what was chosen.
    fn change(&self) -> String {
        let Choice {
            amount,
            pay_on,
            method,
        } = &self.choice;
        format!(
            "/pay/later?account={}&amount={}&on={pay_on}&method={}",
            self.standing.account.number.as_str(),
            amount.dollars(),
            method.request_key
        )
    }

    /// Whether the payment comes after a day.
    fn comes_after(&self, day: &NaiveDate) -> bool {
        self.choice.pay_on > *day
    }
}

#[derive(Template)]
#[template(path = "portal/scheduled_payments/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    account: Account,
    row: ScheduledRow,
    method: MethodRow,
    payment: Option<PaymentNumber>,
}

impl Show {
    /// How much was charged, once it was.
    fn taken(&self) -> Option<Money> {
        let is_made = self.row.state == ScheduledState::Made;
        self.row.taken.filter(|_| is_made)
    }

    fn reason(&self) -> &str {
        self.row.reason.as_deref().unwrap_or_default()
    }
}

/// What a customer chose.
#[derive(Debug, Clone)]
struct Choice {
    amount: Money,
    pay_on: NaiveDate,
    method: MethodRow,
}

impl Choice {
    /// What a form says; what is wrong with it is noted there.
    fn of(form: &mut Form, standing: &Standing, today: NaiveDate, t: Words) -> Option<Self> {
        let amount = form.parse::<Money>("amount", t.form_not_money());
        let pay_on = form.day("on", t.scheduled_not_a_day());
        let chosen = form.value("method");
        let mut methods = standing.methods.iter();
        let method = methods.find(|method| method.request_key == chosen).cloned();
        if method.is_none() {
            form.refuse("method", t.scheduled_choose_method());
        }
        if let Some(day) = pay_on {
            let expires_on = method.as_ref().and_then(|method| method.expires_on);
            if let Err(refused) = check_day(day, today, expires_on) {
                form.refuse("on", why(t, refused));
            }
        }
        let (amount, method) = (amount?, method?);
        let request = PaymentRequest {
            account_id: standing.account.id,
            amount,
            tender: method.tender,
            request_key: String::new(),
            is_sure: false,
        };
        if let Err(refused) = request.check() {
            refuse(form, t, refused);
        }
        form.is_good().then_some(())?;
        Some(Self {
            amount,
            pay_on: pay_on?,
            method,
        })
    }

    /// The words of the authorization.
    fn agreement(&self, t: Words, account: &Account, phone: &str) -> String {
        let (method, number) = (self.method.label(), account.number.masked());
        t.scheduled_agreement(method, self.pay_on, self.amount, number, phone)
    }
}

/// Why a day is refused.
fn why(t: Words, refused: DayRefused) -> String {
    match refused {
        DayRefused::TooSoon { first } => t.scheduled_too_soon(first),
        DayRefused::TooFar { last } => t.scheduled_too_far(last),
        DayRefused::Expired { last } => t.scheduled_expired(last),
    }
}

/// GET /pay/later — how much, when, and by which saved way.
pub async fn new(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let Asked {
        account,
        amount,
        on,
        method,
    } = asked.into_inner();
    let standing = standing(&app, &customer, account).await?;
    let mut form = Form::default().with("amount", amount).with("on", on);
    let due = standing.to_pay;
    if !form.has("amount") && due.is_positive() {
        form = form.with("amount", due.dollars());
    }
    let first = standing.methods.first();
    let first = first.map(|method| method.request_key.clone());
    let chosen = Some(method).filter(|key| !key.is_empty()).or(first);
    if let Some(key) = chosen {
        form = form.with("method", key);
    }
    page(&New::of(&app, chrome, form, standing))
}

/// GET /pay/later/check — the words to agree to.
pub async fn check(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    request: HttpRequest,
) -> PageResult {
    let mut form = Form::of_query(request.query_string());
    if !form.has("amount") && !form.has("on") {
        return see_other(format!("/pay/later{}", chrome.suffix()));
    }
    let standing = standing(&app, &customer, Some(form.account()?)).await?;
    match Choice::of(&mut form, &standing, app.clock.today(), chrome.t) {
        Some(choice) if app.desk.is_some() => {
            let form = form.with("key", uuid::Uuid::new_v4());
            page(&Check::of(chrome, form, standing, choice))
        }
        Some(_) | None => {
            let view = New::of(&app, chrome, form, standing);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

/// POST /pay/later — agree. The same form sent twice schedules once.
pub async fn create(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    if app.desk.is_none() {
        return Err(PageError::NotFound);
    }
    let standing = standing(&app, &customer, Some(form.account()?)).await?;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let Some(choice) = Choice::of(&mut form, &standing, app.clock.today(), t) else {
        let view = New::of(&app, chrome, form, standing);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    if !form.has("agree") {
        form.refuse("agree", t.autopay_must_agree());
        let view = Check::of(chrome, form, standing, choice);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let new = NewScheduled {
        request_key: key.to_string(),
        account_id: standing.account.id,
        payment_method_id: choice.method.id,
        amount: choice.amount,
        pay_on: choice.pay_on,
        agreement: choice.agreement(t, &standing.account, &chrome.site.phone),
        language: t.language,
        is_sure: form.has("again"),
    };
    let schedule = move |tx: &mut Tx<'_>| usecases::scheduled_payments::schedule(tx, &new);
    match app.db.write(customer.stamp(&app), schedule).await {
        Ok(row) if row.state == ScheduledState::Planned => {
            see_other_saying(address(&row), Tone::Good, t.scheduled_done())
        }
        // Sent again when it was canceled or charged: the page says how it stands.
        Ok(row) => see_other(address(&row)),
        Err(ScheduleError::Equal) => {
            form.refuse("again", t.scheduled_equal_answer());
            let view = Check::of(chrome, form, standing, choice);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(ScheduleError::Fault(fault)) => Err(fault.into()),
        Err(ScheduleError::FormUsed | ScheduleError::Method(_) | ScheduleError::Begun(_)) => {
            Err(PageError::Conflict)
        }
        Err(ScheduleError::Day(_) | ScheduleError::Amount(_)) => Err(PageError::Unreadable),
    }
}

/// GET /payments/scheduled/{key} — how it stands.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    key: Path<String>,
) -> PageResult {
    let (scope, key) = (customer.scope.clone(), key.into_inner());
    let read = app.db.read(move |conn| {
        let all = accounts::list(conn, &scope)?;
        let found = store::scheduled_payments::find(conn, scope.accounts(), &key)?;
        let payment = match found.as_ref().and_then(|(row, _)| row.payment_id) {
            Some(id) => Some(store::payments::get(conn, id)?.number),
            None => None,
        };
        Ok::<_, StoreError>((all, found, payment))
    });
    let (all, found, payment) = read.await?;
    let (row, method) = found.ok_or(PageError::NotFound)?;
    let account = all.iter().find(|account| account.id == row.account_id);
    let account = account.cloned().ok_or(PageError::NotFound)?;
    page(&Show {
        t: chrome.t,
        chrome: chrome.about(&account, &all),
        account,
        row,
        method,
        payment,
    })
}

/// POST /payments/scheduled/{key}/cancellation — take it back, unless it has begun. Safe to repeat.
pub async fn cancel(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    key: Path<String>,
) -> PageResult {
    let (scope, key) = (customer.scope.clone(), key.into_inner());
    let find = app
        .db
        .read(move |conn| store::scheduled_payments::find(conn, scope.accounts(), &key));
    let (row, _) = find.await?.ok_or(PageError::NotFound)?;
    let id = row.id;
    let cancel = move |tx: &mut Tx<'_>| usecases::scheduled_payments::cancel(tx, id);
    match app.db.write(customer.stamp(&app), cancel).await {
        Ok(None) => see_other_saying(address(&row), Tone::Good, chrome.t.scheduled_canceled()),
        Ok(Some(day)) => {
            let words = chrome.t.scheduled_canceled_autopay(day);
            see_other_saying(address(&row), Tone::Good, words)
        }
        Err(ScheduleError::Begun(_)) => {
            see_other_saying(address(&row), Tone::Bad, chrome.t.scheduled_begun())
        }
        Err(ScheduleError::Fault(fault)) => Err(fault.into()),
        Err(fault) => Err(PageError::fault(fault)),
    }
}

fn address(row: &ScheduledRow) -> String {
    format!("/payments/scheduled/{}", row.request_key)
}

async fn standing(
    app: &App,
    customer: &SignedIn,
    wanted: Option<AccountNumber>,
) -> Result<Standing, PageError> {
    let (scope, today) = (customer.scope.clone(), app.clock.today());
    let read = app.db.read(move |conn| {
        let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
        let mut methods = store::payment_methods::list(conn, account.id)?;
        methods.retain(|method| !method.has_expired(today));
        let owed = owed::find(conn, &scope, account.id)?;
        Ok::<_, StoreError>(Standing {
            to_pay: owed.to_pay(today),
            account,
            all,
            owed,
            methods,
        })
    });
    Ok(read.await?)
}
