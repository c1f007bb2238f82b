//! The exceptions queue: what holds a read, a bill or a payment, filtered, taken, answered. Each row leads to what mends it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;

use crate::app::App;
use crate::domain::bills::BillStatus;
use crate::domain::exceptions::{ExceptionKind, ExceptionReason, ExceptionStatus, NOBODY_KNOWN};
use crate::domain::ids::{AccountId, AccountNumber, BillRunId, ExceptionId, ReadId, StaffId};
use crate::domain::queues::Queue;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::account_screen;
use crate::store::bills::{self, BillRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::{self, ExceptionRow, Filter, OwnerFilter};
use crate::store::labels::{self, AccountLabel};
use crate::usecases::exceptions::{self as working, Answer, ExceptionError};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::bulk::Bulk;
use crate::web::office::saved_filters::Saved;
use crate::web::paging::{Page, Pager};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// The filters of the address; an unknown word filters nothing.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asking {
    #[serde(default)]
    status: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    run: String,
    #[serde(default)]
    account: String,
}

impl Asking {
    fn status(&self) -> Option<ExceptionStatus> {
        match self.status.as_str() {
            "all" => None,
            other => Some(other.parse().unwrap_or(ExceptionStatus::Open)),
        }
    }

    fn owner(&self, me: StaffId) -> OwnerFilter {
        match self.owner.as_str() {
            "me" => OwnerFilter::Staff(me),
            "nobody" => OwnerFilter::Nobody,
            _ => OwnerFilter::Anyone,
        }
    }

    fn filter(&self, me: StaffId, account: Option<AccountId>) -> Filter {
        Filter {
            status: self.status(),
            kind: self.kind.parse().ok(),
            reason: self.reason.parse().ok(),
            owner: self.owner(me),
            run: self.run.parse::<i64>().ok().map(BillRunId),
            account,
        }
    }

    /// The same filters as an address, for the pager.
    fn address(&self) -> String {
        let pairs = [
            ("status", &self.status),
            ("kind", &self.kind),
            ("reason", &self.reason),
            ("owner", &self.owner),
            ("run", &self.run),
            ("account", &self.account),
        ];
        let is_plain = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        };
        let asked: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty() && is_plain(value))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("/office/exceptions?{}", asked.join("&"))
    }
}

/// One row with the names it shows.
struct Line {
    row: ExceptionRow,
    account: Option<AccountLabel>,
    owner: Option<String>,
}

#[derive(Template)]
#[template(path = "office/exceptions/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    today: NaiveDate,
    asking: Asking,
    lines: Vec<Line>,
    counts: Vec<(ExceptionReason, i64)>,
    total: i64,
    pager: Pager,
    saved: Saved,
    bulk: Bulk,
}

impl Index {
    fn statuses(&self) -> Vec<(&'static str, String)> {
        let mut all: Vec<_> = ExceptionStatus::ALL
            .iter()
            .map(|status| (status.as_str(), self.t.exception_status(status.as_str())))
            .collect();
        all.push(("all", self.t.exception_status("all")));
        all
    }

    fn kinds(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.exception_any().to_owned())];
        let words = |kind: &ExceptionKind| (kind.as_str(), self.t.exception_kind(kind.as_str()));
        all.extend(ExceptionKind::ALL.iter().map(words));
        all
    }

    fn reasons(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.exception_any().to_owned())];
        let words =
            |reason: &ExceptionReason| (reason.as_str(), self.t.exception_reason(reason.as_str()));
        all.extend(ExceptionReason::ALL.iter().map(words));
        all
    }

    fn owners(&self) -> Vec<(&'static str, String)> {
        ["", "me", "nobody"]
            .iter()
            .map(|who| (*who, self.t.exception_owner(who)))
            .collect()
    }

    fn form(&self) -> Form {
        let status = self.asking.status().map_or("all", ExceptionStatus::as_str);
        Form::default()
            .with("status", status)
            .with("kind", &self.asking.kind)
            .with("reason", &self.asking.reason)
            .with("owner", &self.asking.owner)
            .with("run", &self.asking.run)
            .with("account", &self.asking.account)
    }
}

/// GET /office/exceptions
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    asking: Query<Asking>,
    paging: Query<Page>,
) -> PageResult {
    let (asking, paging, today, me) = (asking.into_inner(), *paging, app.clock.today(), staff.id);
    let (asked, reader) = (asking.clone(), staff.clone());
    let ((lines, counts, total), (saved, bulk)) = app
        .db
        .read(move |conn| {
            let account = match asked.account.parse::<AccountNumber>() {
                Ok(number) => labels::id_of(conn, &number)?,
                Err(_not_a_number) => None,
            };
            let filter = asked.filter(me, account);
            let rows = exceptions::list(conn, &filter, paging.limit(), paging.offset())?;
            let lines = with_names(conn, rows, today)?;
            let counts = exceptions::count_open_by_reason(conn)?;
            let desk = (
                Saved::load(conn, &reader, (Queue::Exceptions, &asked.address()))?,
                Bulk::load(
                    conn,
                    &reader,
                    (
                        Queue::Exceptions,
                        Permission::WorkExceptions,
                        &asked.address(),
                    ),
                )?,
            );
            let total = exceptions::count(conn, &filter)?;
            Ok::<_, StoreError>(((lines, counts, total), desk))
        })
        .await?;
    let (lines, pager) = paging.of(lines, &asking.address());
    page(&Index {
        t: chrome.t,
        chrome,
        today,
        asking,
        lines,
        counts,
        total,
        pager,
        saved,
        bulk,
    })
}

#[derive(Template)]
#[template(path = "office/exceptions/show.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is something this person may do about the exception"
)]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    line: Line,
    facts: Vec<(String, String)>,
    services: Vec<account_screen::Service>,
    form: Form,
    is_mine: bool,
    may_read: bool,
    may_run: bool,
    may_cancel: bool,
    /// Whether the read that it is about waits for a decision.
    is_waiting: bool,
    bill: Option<BillRow>,
}

impl Show {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    fn is_open(&self) -> bool {
        self.line.row.status == ExceptionStatus::Open
    }

    fn is_concerned(&self, service: &account_screen::Service) -> bool {
        self.line.row.service_agreement_id == Some(service.id)
    }

    fn is_issued(&self) -> bool {
        self.bill
            .as_ref()
            .is_some_and(|bill| bill.status == BillStatus::Issued)
    }

    /// Whether the account may be drafted again in its run: what was issued is canceled instead.
    fn may_draft_again(&self) -> bool {
        self.may_run && self.line.row.run_id.is_some() && !self.is_issued()
    }

    fn is_to_cancel(&self) -> bool {
        self.may_cancel
            && self.is_issued()
            && self.line.row.reason == ExceptionReason::ActualDiffers
    }

    /// The read that may be accepted here, or said to be never used.
    fn read_to_decide(&self) -> Option<ReadId> {
        self.line
            .row
            .read_id
            .filter(|_| self.is_waiting && self.may_read)
    }

    fn is_about_reads(&self) -> bool {
        self.line.row.kind == ExceptionKind::Read || self.line.row.reason == ExceptionReason::NoRead
    }
}

/// GET /office/exceptions/{id}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    page(&view(&app, chrome, &staff, ExceptionId(*path), Form::default()).await?)
}

/// POST /office/exceptions/{id}/owner — take the work, or give it back.
pub async fn own(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    form: Form,
) -> PageResult {
    let (id, me, gives_back) = (
        ExceptionId(*path),
        staff.id,
        form.value("owner") == "nobody",
    );
    let change = move |tx: &mut Tx<'_>| {
        if gives_back {
            working::release(tx, id)
        } else {
            working::take(tx, id, me)
        }
    };
    let at = format!("/office/exceptions/{id}");
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) if gives_back => see_other_saying(at, Tone::Good, chrome.t.exception_released()),
        Ok(()) => see_other_saying(at, Tone::Good, chrome.t.exception_taken()),
        Err(ExceptionError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => see_other_saying(at, Tone::Bad, said(&chrome, &refusal)),
    }
}

/// POST /office/exceptions/{id}/answer
pub async fn answer(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    mut form: Form,
) -> PageResult {
    let id = ExceptionId(*path);
    let how = match form.value("answer") {
        "dismissed" => Answer::Dismissed,
        _ => Answer::Resolved,
    };
    let reason = form.value("resolution").to_owned();
    let may_judge = staff.may(Permission::EnterRead);
    let change = move |tx: &mut Tx<'_>| working::answer_by(tx, may_judge, (id, how), &reason);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(
            "/office/exceptions",
            Tone::Good,
            chrome.t.exception_answered(),
        ),
        Err(ExceptionError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            form.refuse("resolution", said(&chrome, &refusal));
            let view = view(&app, chrome, &staff, id, form).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    id: ExceptionId,
    form: Form,
) -> Result<Show, PageError> {
    let today = app.clock.today();
    let (line, services, bill, is_waiting) = app
        .db
        .read(move |conn| {
            let row = exceptions::find(conn, id)?.ok_or(StoreError::Missing("exception"))?;
            let mut lines = with_names(conn, vec![row], today)?;
            let line = lines.pop().ok_or(StoreError::Missing("exception"))?;
            let services = match &line.account {
                Some(account) => account_screen::find(conn, &account.number, today)?
                    .map(|standing| standing.services)
                    .unwrap_or_default(),
                None => Vec::new(),
            };
            let bill = match line.row.bill_id {
                Some(bill) => Some(bills::get(conn, bill)?),
                None => None,
            };
            let is_waiting = working::waiting_read(conn, &line.row)?.is_some();
            Ok::<_, StoreError>((line, services, bill, is_waiting))
        })
        .await?;
    Ok(Show {
        t: chrome.t,
        facts: facts(chrome.t, &line.row.facts),
        is_mine: line.row.owner_staff_id == Some(staff.id),
        may_read: staff.may(Permission::EnterRead),
        may_run: staff.may(Permission::RunBills),
        may_cancel: staff.may(Permission::PostAdjustment),
        zone: app.clock.zone(),
        chrome,
        line,
        services,
        is_waiting,
        bill,
        form,
    })
}

fn with_names(
    conn: &mut Conn,
    rows: Vec<ExceptionRow>,
    on: NaiveDate,
) -> Result<Vec<Line>, StoreError> {
    let accounts: Vec<AccountId> = rows.iter().filter_map(|row| row.account_id).collect();
    let owners: Vec<StaffId> = rows.iter().filter_map(|row| row.owner_staff_id).collect();
    let labels = labels::of_accounts(conn, &accounts, on)?;
    let names: HashMap<StaffId, String> = exceptions::owner_names(conn, &owners)?
        .into_iter()
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| Line {
            account: row.account_id.and_then(|id| labels.get(&id).cloned()),
            owner: row.owner_staff_id.and_then(|id| names.get(&id).cloned()),
            row,
        })
        .collect())
}

/// Decimals of a worked-out amount that a person reads.
const DECIMALS: u32 = 2;

/// The facts as name and value, in the order of their names; what is nested keeps its JSON. The finding itself stands in the heading.
fn facts(t: Words, document: &str) -> Vec<(String, String)> {
    let read: Result<serde_json::Map<String, serde_json::Value>, _> =
        serde_json::from_str(document);
    let Ok(facts) = read else { return Vec::new() };
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) if text == NOBODY_KNOWN => {
            t.exception_why_nobody().to_owned()
        }
        serde_json::Value::String(text) => short(t, text),
        other => other.to_string(),
    };
    facts
        .into_iter()
        .filter(|(name, _)| name != "finding")
        .map(|(name, value)| (name, text(value)))
        .collect()
}

/// A day as people read it, and a number without the digits that only a calculation needs; any other text as it is.
fn short(t: Words, text: String) -> String {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return t.date(day);
    }
    match text.parse::<Decimal>() {
        Ok(number) if number.scale() > DECIMALS + 1 => number
            .round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero)
            .normalize()
            .to_string(),
        Ok(_) | Err(_) => text,
    }
}

fn said(chrome: &Chrome, refusal: &ExceptionError) -> String {
    match refusal {
        ExceptionError::ReasonMissing => chrome.t.exception_reason_missing().to_owned(),
        ExceptionError::ReasonTooLong { longest } => chrome.t.exception_reason_too_long(*longest),
        ExceptionError::ReadWaits => chrome.t.exception_read_waits().to_owned(),
        ExceptionError::AlreadyAnswered | ExceptionError::Fault(_) => {
            chrome.t.exception_already_answered().to_owned()
        }
    }
}
