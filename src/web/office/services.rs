//! One service of an account: stopped, suspended and resumed, each with its days. `service_start` begins one, `service_facts` changes what it
//! adds to its bills.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::ids::{AccountNumber, ServiceAgreementId};
use crate::domain::landlords::Instruction;
use crate::i18n::Words;
use crate::store::account_screen::{self, Service};
use crate::store::agreement_facts;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::service::{self, SuspensionRow};
use crate::usecases::accounts::landlords::{AfterTenant, expected, waiting};
use crate::usecases::accounts::services::{
    NewSuspension, ServiceError, resume_service, stop_service, suspend_service,
};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::agreement_facts::in_words;
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageResult, page_with};

#[derive(Template)]
#[template(path = "office/services/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    subject: Subject,
    service: Service,
    suspensions: Vec<SuspensionRow>,
    /// What it adds to its bills today, in words.
    facts: String,
    /// What a landlord said of the place: what is wanted, and on which account.
    landlord: Option<(Instruction, AccountNumber)>,
    /// On which landlord's account it is to go on and has not begun, and from which day.
    waiting: Option<(AccountNumber, NaiveDate)>,
    today: NaiveDate,
}

impl Show {
    fn is_in_force(&self) -> bool {
        self.service.until_on.is_none_or(|until| until > self.today)
    }

    /// Whether a suspension has begun, or will, and has no end behind it.
    fn has_open_suspension(&self) -> bool {
        let is_open = |row: &SuspensionRow| row.until_on.is_none_or(|until| until > self.today);
        self.suspensions.iter().any(is_open)
    }
}

pub(super) type At = (String, ServiceAgreementId);

/// GET /office/accounts/{number}/services/{id}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<At>) -> PageResult {
    let today = app.clock.today();
    let form = Form::default()
        .with("stop_on", today)
        .with("suspend_from", today)
        .with("resume_on", today);
    show_view(&app, chrome, &path, form, StatusCode::OK).await
}

async fn show_view(
    app: &App,
    chrome: Chrome,
    (number, id): &At,
    form: Form,
    status: StatusCode,
) -> PageResult {
    let found = subject::find(app, number).await?;
    let (id, today) = (*id, app.clock.today());
    let (subject, service, suspensions, (landlord, waiting, facts)) = app
        .db
        .read(move |conn| {
            let standing = account_screen::find(conn, &found.label.number, today)?;
            let standing = standing.ok_or(StoreError::Missing("account"))?;
            let mut services = standing.services.into_iter();
            let service = services.find(|service| service.id == id);
            let service = service.ok_or(StoreError::Missing("service"))?;
            let suspensions = service::list_all_suspensions(conn, id)?;
            let row = service::find(conn, id)?.ok_or(StoreError::Missing("service"))?;
            let dated = agreement_facts::of(conn, (id, &row.facts))?;
            let facts = dated.on(today.max(row.from_on)).clone();
            let beside = (expected(conn, &row, today)?, waiting(conn, &row)?, facts);
            Ok::<_, StoreError>((found, service, suspensions, beside))
        })
        .await?;
    let t = chrome.t;
    let view = Show {
        t,
        chrome,
        form,
        subject,
        service,
        suspensions,
        facts: in_words(&facts, t),
        landlord,
        waiting,
        today,
    };
    page_with(status, &view)
}

/// POST /office/accounts/{number}/services/{id}/end
pub async fn stop(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<At>,
    mut form: Form,
) -> PageResult {
    let account = subject::find(&app, &path.0).await?.label.id;
    let (t, id) = (chrome.t, path.1);
    let Some(on) = form.day("stop_on", t.form_not_a_date()) else {
        return show_view(&app, chrome, &path, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let stop = move |tx: &mut Tx<'_>| stop_service(tx, account, id, on);
    let done = app.db.write(staff.stamp(&app), stop).await;
    let text = match &done {
        Ok(AfterTenant::Continued(number)) => t.service_continued(number.to_string()),
        Ok(AfterTenant::Vacant) => t.service_left_vacant().to_owned(),
        Ok(AfterTenant::NotContinued(number)) => t.service_not_continued(number.to_string()),
        Ok(AfterTenant::Billed(number)) => t.service_landlord_billed(number.to_string()),
        Ok(AfterTenant::Nothing) | Err(_) => {
            let done = done.map(drop);
            return told(&app, chrome, &path, (form, "stop_on"), done).await;
        }
    };
    let tone = match done {
        Ok(AfterTenant::NotContinued(_) | AfterTenant::Billed(_)) => Tone::Bad,
        Ok(_) | Err(_) => Tone::Good,
    };
    let address = format!("/office/accounts/{}/services/{}", path.0, path.1);
    see_other_saying(address, tone, text)
}

/// POST /office/accounts/{number}/services/{id}/suspension
pub async fn suspend(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<At>,
    mut form: Form,
) -> PageResult {
    let account = subject::find(&app, &path.0).await?.label.id;
    let t = chrome.t;
    let from_on = form.day("suspend_from", t.form_not_a_date());
    let until_on = form.day_if_any("suspend_until", t.form_not_a_date());
    let reason = form.required("reason", t.form_required());
    let (Some(from_on), Some(reason), true) = (from_on, reason, form.is_good()) else {
        return show_view(&app, chrome, &path, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let new = NewSuspension {
        agreement: path.1,
        from_on,
        until_on,
        reason,
    };
    let suspend = move |tx: &mut Tx<'_>| suspend_service(tx, account, &new);
    let done = app.db.write(staff.stamp(&app), suspend).await;
    told(&app, chrome, &path, (form, "suspend_from"), done).await
}

/// POST /office/accounts/{number}/services/{id}/resumption
pub async fn resume(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<At>,
    mut form: Form,
) -> PageResult {
    let account = subject::find(&app, &path.0).await?.label.id;
    let (t, id) = (chrome.t, path.1);
    let Some(on) = form.day("resume_on", t.form_not_a_date()) else {
        return show_view(&app, chrome, &path, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let resume = move |tx: &mut Tx<'_>| resume_service(tx, account, id, on);
    let done = app.db.write(staff.stamp(&app), resume).await;
    told(&app, chrome, &path, (form, "resume_on"), done).await
}

/// Back to the service with what was done, or the page again with why not.
async fn told(
    app: &App,
    chrome: Chrome,
    path: &At,
    (mut form, field): (Form, &'static str),
    done: Result<(), ServiceError>,
) -> PageResult {
    let t = chrome.t;
    match done {
        Ok(()) => {
            let address = format!("/office/accounts/{}/services/{}", path.0, path.1);
            see_other_saying(address, Tone::Good, t.service_saved())
        }
        Err(ServiceError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse(field, said(t, &refused));
            show_view(app, chrome, path, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Why a service stays as it is, in words.
pub(super) fn said(t: Words, refused: &ServiceError) -> String {
    match refused {
        ServiceError::PointTaken { by } => t.service_point_taken(by),
        ServiceError::NoSuchRate { code, on } => t.service_no_such_rate(code, on),
        ServiceError::NotServed(status) => t.service_not_served(t.account_status(status.as_str())),
        ServiceError::NotInForce(on) => t.service_not_in_force(on),
        ServiceError::Billed(until) => t.service_billed(until),
        ServiceError::EndsBefore => t.service_ends_before().to_owned(),
        ServiceError::AlreadySuspended => t.service_already_suspended().to_owned(),
        ServiceError::NotSuspended => t.service_not_suspended().to_owned(),
        ServiceError::ReasonMissing | ServiceError::Fault(_) => t.form_required().to_owned(),
    }
}
