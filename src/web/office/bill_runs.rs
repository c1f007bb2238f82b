//! Bill runs: started for a cycle's period, watched, reviewed as drafts, then issued or voided. Nothing is owed before issue.

use std::borrow::Borrow;

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::bills::{BillStatus, RunStatus};
use crate::domain::exceptions::ExceptionStatus;
use crate::domain::ids::{AccountId, BillRunId, CyclePeriodId};
use crate::i18n::Words;
use crate::store::db::{Conn, Db, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::{self, ExceptionRow, Filter};
use crate::store::labels::{self, AccountLabel};
use crate::store::run_review::{self, DraftLine, End, ReadyPeriod, ServiceTotal, Waiting};
use crate::store::today::{self, RunLine};
use crate::usecases::billing::{self, BillingRunError};
use crate::usecases::billing::{begin_issue, issue_run, void_run};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::htmx::Asked;
use crate::web::paging::{Page, Pager};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, html, page};

/// How many bills at each end of the amounts are shown.
const OUTLIERS: i64 = 5;

/// The badge's tone of a run.
#[must_use]
pub fn run_tone(status: impl Borrow<RunStatus>) -> &'static str {
    match status.borrow() {
        RunStatus::Drafting | RunStatus::Issuing => "info",
        RunStatus::Drafted => "warn",
        RunStatus::Issued => "good",
        RunStatus::Void => "",
    }
}

#[derive(Template)]
#[template(path = "office/bill_runs/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    runs: Vec<RunLine>,
    pager: Pager,
    ready: Vec<ReadyPeriod>,
}

impl Index {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office/bill-runs
pub async fn index(app: Data<App>, chrome: Chrome, asked: Query<Page>) -> PageResult {
    let today = app.clock.today();
    let rows = (asked.limit(), asked.offset());
    let (found, ready) = app
        .db
        .read(move |conn| {
            Ok::<_, StoreError>((
                today::list_runs(conn, rows)?,
                run_review::list_ready(conn, today)?,
            ))
        })
        .await?;
    let (runs, pager) = asked.of(found, "/office/bill-runs");
    page(&Index {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        runs,
        pager,
        ready,
    })
}

/// One bill of a run with the account's names.
struct Named {
    bill: DraftLine,
    account: Option<AccountLabel>,
}

#[derive(Template)]
#[template(path = "office/bill_runs/show.html", blocks = ["progress"])]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    run: RunLine,
    totals: Vec<ServiceTotal>,
    counts: HashMap<BillStatus, i64>,
    waiting: Waiting,
    open: Vec<(ExceptionRow, Option<AccountLabel>)>,
    largest: Vec<Named>,
    smallest: Vec<Named>,
    bills: Vec<Named>,
    pager: Pager,
}

impl Show {
    /// What the beat of a moving run asks for: its figures, without the lists.
    fn progress_alone(
        t: Words,
        chrome: Chrome,
        zone: Tz,
        (run, counts, waiting): (RunLine, HashMap<BillStatus, i64>, Waiting),
    ) -> Self {
        let (_, pager) = Page { page: 1 }.of(Vec::<Named>::new(), "");
        Self {
            t,
            chrome,
            zone,
            run,
            totals: Vec::new(),
            counts,
            waiting,
            open: Vec::new(),
            largest: Vec::new(),
            smallest: Vec::new(),
            bills: Vec::new(),
            pager,
        }
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    fn is_moving(&self) -> bool {
        matches!(self.run.status, RunStatus::Drafting | RunStatus::Issuing)
    }

    fn is_drafted(&self) -> bool {
        self.run.status == RunStatus::Drafted
    }

    /// Drafts that nobody needs to look at first.
    fn ready(&self) -> i64 {
        self.drafts().saturating_sub(self.waiting.looks)
    }

    fn may_issue(&self) -> bool {
        self.run.status.may_become(RunStatus::Issuing) && self.ready() > 0
    }

    fn may_try_held(&self) -> bool {
        self.run.status.may_become(RunStatus::Issuing) && self.waiting.held > 0
    }

    fn may_void(&self) -> bool {
        self.run.status.may_become(RunStatus::Void)
    }

    fn count(&self, status: BillStatus) -> i64 {
        self.counts.get(&status).copied().unwrap_or_default()
    }

    fn drafts(&self) -> i64 {
        self.count(BillStatus::Draft)
    }

    fn issued(&self) -> i64 {
        self.count(BillStatus::Issued)
    }

    fn voided(&self) -> i64 {
        self.count(BillStatus::Void)
    }

    /// How much of the work is done, and of how much: accounts while drafting, bills while issuing.
    fn progress(&self) -> (i64, i64) {
        match self.run.status {
            RunStatus::Issuing => (self.issued(), self.issued().saturating_add(self.drafts())),
            RunStatus::Drafting | RunStatus::Drafted | RunStatus::Issued | RunStatus::Void => {
                (self.run.accounts_done, self.run.accounts_total)
            }
        }
    }
}

/// GET /office/bill-runs/{id}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    asked: Asked,
    path: Path<i64>,
    paging: Query<Page>,
) -> PageResult {
    let (id, paging, today) = (BillRunId(*path), *paging, app.clock.today());
    let (zone, t, is_part) = (app.clock.zone(), chrome.t, asked.is_fragment());
    let view = app
        .db
        .read(move |conn| {
            let run = today::find_run(conn, id)?.ok_or(StoreError::Missing("bill run"))?;
            let counts = run_review::count_by_status(conn, id)?.into_iter().collect();
            let waiting = run_review::waiting(conn, id)?;
            if is_part {
                let run = (run, counts, waiting);
                return Ok(Show::progress_alone(t, chrome, zone, run));
            }
            let rows = run_review::list(conn, id, paging.limit(), paging.offset())?;
            let (rows, pager) = paging.of(rows, &format!("/office/bill-runs/{id}"));
            let largest = run_review::list_outliers(conn, id, End::Largest, OUTLIERS)?;
            let smallest = run_review::list_outliers(conn, id, End::Smallest, OUTLIERS)?;
            Ok::<_, StoreError>(Show {
                t,
                chrome,
                zone,
                totals: run_review::totals(conn, id)?,
                counts,
                waiting,
                open: open_findings(conn, id, today)?,
                largest: named(conn, largest, today)?,
                smallest: named(conn, smallest, today)?,
                bills: named(conn, rows, today)?,
                run,
                pager,
            })
        })
        .await?;
    if is_part {
        let part = view.as_progress().render().map_err(PageError::fault)?;
        return Ok(html(StatusCode::OK, part));
    }
    page(&view)
}

fn named(conn: &mut Conn, bills: Vec<DraftLine>, on: NaiveDate) -> Result<Vec<Named>, StoreError> {
    let ids: Vec<AccountId> = bills.iter().map(|bill| bill.account_id).collect();
    let labels = labels::of_accounts(conn, &ids, on)?;
    let name = |bill: DraftLine| Named {
        account: labels.get(&bill.account_id).cloned(),
        bill,
    };
    Ok(bills.into_iter().map(name).collect())
}

/// The first of what a run puts before a person, the most urgent first.
fn open_findings(
    conn: &mut Conn,
    run: BillRunId,
    on: NaiveDate,
) -> Result<Vec<(ExceptionRow, Option<AccountLabel>)>, StoreError> {
    let filter = Filter {
        status: Some(ExceptionStatus::Open),
        run: Some(run),
        ..Filter::default()
    };
    let rows = exceptions::list(conn, &filter, OUTLIERS, 0)?;
    let ids: Vec<AccountId> = rows.iter().filter_map(|row| row.account_id).collect();
    let labels = labels::of_accounts(conn, &ids, on)?;
    let with_label = |row: ExceptionRow| {
        let account = row.account_id.and_then(|id| labels.get(&id).cloned());
        (row, account)
    };
    Ok(rows.into_iter().map(with_label).collect())
}

/// POST /office/bill-runs — open a run for a period; its drafts are made beside.
pub async fn create(app: Data<App>, chrome: Chrome, staff: StaffMember, form: Form) -> PageResult {
    let period = form.value("period").parse::<CyclePeriodId>();
    let period = period.map_err(|_not_a_number| PageError::NotFound)?;
    let (stamp, zone) = (staff.stamp(&app), app.clock.zone());
    let open = move |tx: &mut Tx<'_>| billing::open_run(tx, period);
    match app.db.write(stamp.clone(), open).await {
        Ok(run) => {
            go_on(&app, run, move |db| {
                billing::draft_run(db, &stamp, zone, run, |_| {})
            });
            let at = format!("/office/bill-runs/{run}");
            see_other_saying(at, Tone::Good, chrome.t.run_started_now())
        }
        Err(refusal) => refused(&chrome, "/office/bill-runs".to_owned(), refusal),
    }
}

/// POST /office/bill-runs/{id}/issue — what was reviewed goes out.
pub async fn issue(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    let id = BillRunId(*path);
    let at = format!("/office/bill-runs/{id}");
    let stamp = staff.stamp(&app);
    let begin = move |tx: &mut Tx<'_>| begin_issue(tx, id);
    match app.db.write(stamp.clone(), begin).await {
        Ok(()) => {
            go_on(&app, id, move |db| issue_run(db, &stamp, id, |_| {}));
            see_other_saying(at, Tone::Good, chrome.t.run_issuing_now())
        }
        Err(refusal) => refused(&chrome, at, refusal),
    }
}

/// POST /office/bill-runs/{id}/void — the run and its drafts are given up.
pub async fn void(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    let id = BillRunId(*path);
    let at = format!("/office/bill-runs/{id}");
    let void = move |tx: &mut Tx<'_>| void_run(tx, id, "at review");
    match app.db.write(staff.stamp(&app), void).await {
        Ok(_) => see_other_saying(at, Tone::Good, chrome.t.run_voided_now()),
        Err(refusal) => refused(&chrome, at, refusal),
    }
}

fn refused(chrome: &Chrome, at: String, refusal: BillingRunError) -> PageResult {
    match refusal {
        BillingRunError::AlreadyRun(_) => {
            see_other_saying(at, Tone::Bad, chrome.t.run_not_started())
        }
        BillingRunError::NotOver(on) => see_other_saying(at, Tone::Bad, chrome.t.run_not_over(on)),
        BillingRunError::EarlierUnbilled(first) => {
            let said = chrome.t.run_earlier_first(first.from, first.until);
            see_other_saying(at, Tone::Bad, &said)
        }
        BillingRunError::LaterIssued => {
            see_other_saying(at, Tone::Bad, chrome.t.run_later_issued())
        }
        BillingRunError::WrongStage { .. }
        | BillingRunError::NotAtRest(_)
        | BillingRunError::NotADraft(_)
        | BillingRunError::AlreadyIssued(_) => {
            see_other_saying(at, Tone::Bad, chrome.t.run_refused())
        }
        BillingRunError::Fault(fault) => Err(fault.into()),
        fault => Err(PageError::fault(fault)),
    }
}

/// Carries a run on beside the request. A run that is broken off here goes on with the clock's next beat, in whatever process has one.
pub fn go_on(
    app: &Data<App>,
    run: BillRunId,
    work: impl FnOnce(&Db) -> Result<(), BillingRunError> + Send + 'static,
) {
    let db = app.db.clone();
    let Some(claim) = db.claim(&billing::claim_of(run)) else {
        return;
    };
    actix_web::rt::spawn(async move {
        let work = move || {
            let done = work(&db);
            drop(claim);
            done
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!("bill run {run} stopped: {error}"),
            Err(panic) => tracing::error!("bill run {run} was abandoned: {panic}"),
        }
    });
}
