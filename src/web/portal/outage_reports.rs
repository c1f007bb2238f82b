//! Reporting that a service is out: for an account of one's own, or by its number and ZIP code without a sign-in.

use actix_web::http::StatusCode;
use askama::Template;

use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountId, AccountNumber, LoginId};
use crate::domain::outages::LONGEST_WORDS;
use crate::i18n::Words;
use crate::store::error::StoreError;
use crate::store::portal::accounts::{self, Account};
use crate::usecases::outages::{report, report_as_guest};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::portal::quick_pay::five_digits;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with};

/// What can be out.
const SERVICES: [Commodity; 5] = [
    Commodity::Water,
    Commodity::Sewer,
    Commodity::Electric,
    Commodity::Gas,
    Commodity::Refuse,
];

#[derive(Template)]
#[template(path = "portal/outages/report.html")]
struct Report {
    t: Words,
    chrome: Chrome,
    form: Form,
    /// The accounts of whoever is signed in.
    accounts: Vec<Account>,
}

impl Report {
    fn services(&self) -> Vec<(&'static str, String)> {
        let name = |service: &Commodity| {
            let word = service.as_str();
            (word, self.t.service_name(word))
        };
        SERVICES.iter().map(name).collect()
    }

    fn choices(&self) -> Vec<(String, String)> {
        let choice = |account: &Account| {
            let place = account.addresses.first().cloned();
            let name = place.unwrap_or_else(|| account.number.to_string());
            (account.number.as_str().to_owned(), name)
        };
        self.accounts.iter().map(choice).collect()
    }
}

/// GET /outages/report
pub async fn new(desk: Desk, customer: Option<SignedIn>) -> PageResult {
    let accounts = own_accounts(&desk, customer.as_ref()).await?;
    let form = Form::of_query(desk.request.query_string());
    page(&view(&desk, form, accounts))
}

/// POST /outages/report — the same within an hour counts once, so that it may be sent again.
pub async fn create(desk: Desk, customer: Option<SignedIn>, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    let accounts = own_accounts(&desk, customer.as_ref()).await?;
    let service = form
        .parse::<Commodity>("service", t.form_choose())
        .filter(|service| SERVICES.contains(service));
    if service.is_none() {
        form.refuse("service", t.form_choose());
    }
    let details = form.value("details").to_owned();
    if details.chars().count() > LONGEST_WORDS {
        form.refuse("details", t.outage_report_too_long(LONGEST_WORDS));
    }
    let about = match &customer {
        Some(customer) if !accounts.is_empty() => {
            own(t, &mut form, &accounts).map(|account| Place::Own(account, customer.login_id))
        }
        Some(_) | None => asked(&desk, &mut form)?,
    };
    if let (Some(about), Some(service), true) = (about, service, form.is_good()) {
        let stamp = match &customer {
            Some(customer) => customer.stamp(&desk.app),
            None => desk.stamp(),
        };
        let taken = desk.app.db.write(stamp, move |tx| match &about {
            Place::Own(account, login) => {
                report(tx, (*account, Some(*login)), service, &details).map(|_is_new| true)
            }
            Place::Asked(number, code) => {
                report_as_guest(tx, (number.as_ref(), code), service, &details)
            }
        });
        let is_found: Result<bool, StoreError> = taken.await;
        if is_found? {
            return see_other_saying("/outages", Tone::Good, t.outage_report_done());
        }
        form.refuse("account", t.outage_report_not_found());
    }
    let view = view(&desk, form, accounts);
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// Whose place a report is about.
enum Place {
    /// An account of whoever is signed in.
    Own(AccountId, LoginId),
    /// A number and a ZIP code that somebody typed.
    Asked(Option<AccountNumber>, String),
}

fn own(t: Words, form: &mut Form, accounts: &[Account]) -> Option<AccountId> {
    let number = form.value("account").to_owned();
    let found = accounts
        .iter()
        .find(|account| account.number.as_str() == number);
    if found.is_none() {
        form.refuse("account", t.form_choose());
    }
    found.map(|account| account.id)
}

fn asked(desk: &Desk, form: &mut Form) -> Result<Option<Place>, PageError> {
    let t = desk.chrome.t;
    let number = form.required("account", t.form_required());
    let code = form
        .required("postal_code", t.form_required())
        .as_deref()
        .and_then(five_digits);
    if code.is_none() {
        form.refuse("postal_code", t.quick_pay_not_a_code());
    }
    let (Some(number), Some(code), true) = (number, code, form.is_good()) else {
        return Ok(None);
    };
    desk.limits.outage_report(&desk.request, &number)?;
    Ok(Some(Place::Asked(number.parse().ok(), code)))
}

async fn own_accounts(desk: &Desk, customer: Option<&SignedIn>) -> Result<Vec<Account>, PageError> {
    let Some(customer) = customer else {
        return Ok(Vec::new());
    };
    let scope = customer.scope.clone();
    let read = desk
        .app
        .db
        .read(move |conn| accounts::list(conn, &scope))
        .await;
    Ok(read?)
}

fn view(desk: &Desk, form: Form, accounts: Vec<Account>) -> Report {
    Report {
        t: desk.chrome.t,
        chrome: desk.chrome.clone(),
        form,
        accounts,
    }
}
