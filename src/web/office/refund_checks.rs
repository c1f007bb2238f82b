//! The checks by which credits are paid out: what waits for one, the list to write them by, the number of each that was written, and those that are
//! taken back.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::documents::csv;
use crate::domain::ids::{AccountId, EntryId};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::letter_addresses;
use crate::store::notices::Reader;
use crate::store::refund_checks::{self, CheckRow};
use crate::usecases::refund_checks::{CheckError, void as take_back, write};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// Where they are listed.
const ADDRESS: &str = "/office/refund-checks";

/// How many that wait are shown at once.
const WAITING: i64 = 200;

/// How many that were written are shown.
const WRITTEN: i64 = 50;

#[derive(Template)]
#[template(path = "office/refund_checks/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    waiting: Vec<CheckRow>,
    written: Vec<CheckRow>,
    /// The days on which some of them were taken back.
    voided: HashMap<EntryId, NaiveDate>,
    payees: HashMap<AccountId, Reader>,
    labels: HashMap<AccountId, AccountLabel>,
    form: Form,
}

impl Index {
    fn label(&self, row: &CheckRow) -> Option<&AccountLabel> {
        self.labels.get(&row.account_id)
    }

    /// Whom the check is for and where it goes, in one line.
    fn payee(&self, row: &CheckRow) -> String {
        self.payees
            .get(&row.account_id)
            .map_or_else(String::new, one_line)
    }

    /// The field of a row's number.
    fn field(&self, row: &CheckRow) -> String {
        field(row.entry_id)
    }

    /// The field of the reason for taking a row's check back.
    fn void_field(&self, row: &CheckRow) -> String {
        void_field(row.entry_id)
    }

    /// When a row's check was taken back, in words.
    fn voided_words(&self, row: &CheckRow) -> Option<String> {
        let day = self.voided.get(&row.entry_id)?;
        Some(self.t.checks_voided(*day))
    }
}

fn field(entry: EntryId) -> String {
    format!("check-{entry}")
}

fn void_field(entry: EntryId) -> String {
    format!("void-{entry}")
}

fn one_line(payee: &Reader) -> String {
    format!("{}, {}", payee.name, payee.to.address.replace('\n', ", "))
}

/// GET /office/refund-checks
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    view(&app, chrome, Form::default()).await
}

/// POST /office/refund-checks/{entry}
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    form: Form,
) -> PageResult {
    let (entry, t) = (EntryId(*path), chrome.t);
    let number = form.value(&field(entry)).to_owned();
    let work = move |tx: &mut Tx<'_>| write(tx, entry, &number);
    let refused = match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => return see_other_saying(ADDRESS, Tone::Good, t.checks_written_now()),
        Err(refused) => refused,
    };
    refused_at(&app, chrome, (form, field(entry)), refused).await
}

/// POST /office/refund-checks/{entry}/void: it was lost, or never cashed.
pub async fn void(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    form: Form,
) -> PageResult {
    let (entry, t) = (EntryId(*path), chrome.t);
    let reason = form.value(&void_field(entry)).to_owned();
    let work = move |tx: &mut Tx<'_>| take_back(tx, entry, &reason);
    let refused = match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => return see_other_saying(ADDRESS, Tone::Good, t.checks_voided_now()),
        Err(refused) => refused,
    };
    refused_at(&app, chrome, (form, void_field(entry)), refused).await
}

/// Shows a refusal at its field; one that is about a row without that field, on top of the list.
async fn refused_at(
    app: &App,
    chrome: Chrome,
    (mut form, field): (Form, String),
    refused: CheckError,
) -> PageResult {
    let is_of_field = !matches!(refused, CheckError::Written(_) | CheckError::Voided);
    let words = why_not(chrome.t, refused)?;
    if !is_of_field {
        return see_other_saying(ADDRESS, Tone::Bad, words);
    }
    form.refuse(field, words);
    view(app, chrome, form).await
}

/// Why a check was not noted or taken back, and how to mend it.
fn why_not(t: Words, refused: CheckError) -> Result<String, PageError> {
    Ok(match refused {
        CheckError::Number => t.checks_number_missing().to_owned(),
        CheckError::Taken(number) => t.checks_number_taken(number),
        CheckError::Written(number) => t.checks_written_before(number),
        CheckError::Voided => t.checks_is_voided().to_owned(),
        CheckError::Reason => t.checks_void_reason().to_owned(),
        CheckError::SamePerson => t.checks_void_other().to_owned(),
        CheckError::Posting(refused) => return Err(PageError::fault(refused)),
        CheckError::Fault(fault) => return Err(fault.into()),
    })
}

/// GET /office/refund-checks.csv: what waits, to write checks by.
pub async fn list(app: Data<App>) -> PageResult {
    let today = app.clock.today();
    let read = move |conn: &mut Conn| {
        let rows = refund_checks::list_waiting(conn, WAITING)?;
        let ids: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
        let payees = letter_addresses::list_all(conn, &ids, today)?;
        Ok::<_, StoreError>((rows, payees))
    };
    let (rows, payees) = app.db.read(read).await?;
    let payees: HashMap<AccountId, Reader> = payees.into_iter().collect();
    let line = |row: &CheckRow| {
        let payee = payees.get(&row.account_id);
        [
            row.entry_id.to_string(),
            row.asked_on.to_string(),
            payee.map_or_else(String::new, |payee| payee.account_number.to_string()),
            payee.map_or_else(String::new, |payee| payee.name.clone()),
            payee.map_or_else(String::new, |payee| payee.to.address.clone()),
            row.amount.dollars().to_string(),
        ]
    };
    let heading = [
        "refund", "asked_on", "account", "payee", "address", "amount",
    ];
    let table = csv::table(&heading, rows.iter().map(line)).map_err(PageError::fault)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"refund-checks.csv\"",
        ))
        .body(table))
}

async fn view(app: &App, chrome: Chrome, form: Form) -> PageResult {
    let today = app.clock.today();
    let read = move |conn: &mut Conn| {
        let waiting = refund_checks::list_waiting(conn, WAITING)?;
        let written = refund_checks::list_written(conn, WRITTEN)?;
        let all = waiting.iter().chain(&written);
        let mut ids: Vec<AccountId> = all.map(|row| row.account_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let payees = letter_addresses::list_all(conn, &ids, today)?;
        let labels = labels::of_accounts(conn, &ids, today)?;
        let entries: Vec<EntryId> = written.iter().map(|row| row.entry_id).collect();
        let voided = refund_checks::list_voided(conn, &entries)?;
        Ok::<_, StoreError>((waiting, (written, voided), payees, labels))
    };
    let (waiting, (written, voided), payees, labels) = app.db.read(read).await?;
    let status = if form.is_good() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = Index {
        t: chrome.t,
        chrome,
        waiting,
        written,
        voided,
        payees: payees.into_iter().collect(),
        labels,
        form,
    };
    page_with(status, &view)
}
