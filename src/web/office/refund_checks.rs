//! The checks by which credits are paid out: what waits for one, the list to write them by, and the number of each that was written.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use askama::Template;

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
use crate::usecases::refund_checks::{CheckError, write};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

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
}

fn field(entry: EntryId) -> String {
    format!("check-{entry}")
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
    mut form: Form,
) -> PageResult {
    let (entry, t) = (EntryId(*path), chrome.t);
    let number = form.value(&field(entry)).to_owned();
    let work = move |tx: &mut Tx<'_>| write(tx, entry, &number);
    match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => see_other_saying("/office/refund-checks", Tone::Good, t.checks_written_now()),
        Err(CheckError::Fault(fault)) => Err(fault.into()),
        Err(CheckError::Number) => {
            form.refuse(field(entry), t.checks_number_missing());
            view(&app, chrome, form).await
        }
        Err(CheckError::Taken(number)) => {
            form.refuse(field(entry), t.checks_number_taken(number));
            view(&app, chrome, form).await
        }
        Err(CheckError::Written(number)) => {
            let text = t.checks_written_before(number);
            see_other_saying("/office/refund-checks", Tone::Bad, text)
        }
    }
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
        Ok::<_, StoreError>((waiting, written, payees, labels))
    };
    let (waiting, written, payees, labels) = app.db.read(read).await?;
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
        payees: payees.into_iter().collect(),
        labels,
        form,
    };
    page_with(status, &view)
}
