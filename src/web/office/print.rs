//! Paper that leaves the house: what waits for the printer, batches of it, and what becomes of each.

use std::borrow::Borrow;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use tokio::sync::Semaphore;

use crate::app::App;
use crate::domain::ids::PrintBatchId;
use crate::domain::print::{BatchState, MOST_PAGES, PullReason};
use crate::i18n::Words;
use crate::store::error::StoreError;
use crate::store::print::waiting::{self, Count};
use crate::store::print::{self, BatchRow, ItemLine};
use crate::usecases::print::life::{self, BatchError};
use crate::usecases::print::{LeftOut, list_left_out};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::paging::{Page, Pager};
use crate::web::print_batches::{self, House, PrintFault};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// How many pieces that are left out are shown.
const FEW: i64 = 50;

#[derive(Template)]
#[template(path = "office/print/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    today: NaiveDate,
    count: Count,
    left_out: Vec<LeftOut>,
    batches: Vec<BatchRow>,
    pager: Pager,
}

impl Index {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        local(self.zone, *at)
    }

    fn days(&self, since: &NaiveDateTime) -> i64 {
        (self.today - self.local(since).date()).num_days().max(0)
    }

    fn total(&self) -> i64 {
        self.count.bills + self.count.letters
    }

    fn most(&self) -> i64 {
        i64::from(MOST_PAGES)
    }
}

#[derive(Template)]
#[template(path = "office/print/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    batch: BatchRow,
    pulled: i64,
    items: Vec<ItemLine>,
    pager: Pager,
    form: Form,
}

impl Show {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        local(self.zone, *at)
    }

    fn address(&self) -> String {
        address(self.batch.id)
    }

    fn is_open(&self) -> bool {
        self.batch.state == BatchState::Made
    }

    fn has_file(&self) -> bool {
        self.batch.state != BatchState::Canceled
    }

    fn name<'a>(&self, line: &'a ItemLine) -> &'a str {
        line.item.recipient.lines().next().unwrap_or_default()
    }

    fn reasons(&self) -> Vec<(&'static str, String)> {
        let word = |reason: &PullReason| {
            let word = reason.as_str();
            (word, self.t.print_pull_reason(word))
        };
        PullReason::ALL.iter().map(word).collect()
    }
}

fn local(zone: Tz, at: NaiveDateTime) -> NaiveDateTime {
    at.and_utc().with_timezone(&zone).naive_local()
}

fn address(id: PrintBatchId) -> String {
    format!("/office/print/{id}")
}

/// The badge's tone of where a batch stands.
#[must_use]
pub fn tone(state: impl Borrow<BatchState>) -> &'static str {
    match state.borrow() {
        BatchState::Made => "warn",
        BatchState::Mailed => "good",
        BatchState::Canceled => "",
    }
}

fn number(path: &str) -> Result<PrintBatchId, PageError> {
    path.parse().map_err(|_not_a_number| PageError::NotFound)
}

/// GET /office/print
pub async fn index(app: Data<App>, chrome: Chrome, asked: Query<Page>) -> PageResult {
    let today = app.clock.today();
    let place = (asked.limit(), asked.offset());
    let (count, left_out, batches) = app
        .db
        .read(move |conn| {
            Ok::<_, StoreError>((
                waiting::count(conn)?,
                list_left_out(conn, today, FEW)?,
                print::list_batches(conn, place)?,
            ))
        })
        .await?;
    let (batches, pager) = asked.of(batches, "/office/print");
    page(&Index {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        today,
        count,
        left_out,
        batches,
        pager,
    })
}

/// POST /office/print — a batch of what waits. Pressed twice, the second finds nothing left.
pub async fn create(app: Data<App>, chrome: Chrome, staff: StaffMember) -> PageResult {
    let t = chrome.t;
    let stamp = staff.stamp(&app);
    let (db, house) = (app.db.clone(), House::of(&app.config));
    let made = aside(move || print_batches::make(&db, &house, &stamp)).await;
    match made.map_err(PageError::fault)? {
        Some(id) => see_other_saying(address(id), Tone::Good, t.print_made()),
        None => see_other_saying("/office/print", Tone::Bad, t.print_nothing()),
    }
}

/// Work that takes its time, on a thread that may block.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PrintFault> + Send + 'static,
) -> Result<T, PrintFault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|ended| PrintFault::Store(StoreError::Unreadable(ended.to_string())))?
}

/// GET /office/print/{id}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    path: Path<String>,
    asked: Query<Page>,
) -> PageResult {
    let view = view(&app, chrome, number(&path)?, *asked, Form::default()).await?;
    page(&view)
}

async fn view(
    app: &App,
    chrome: Chrome,
    id: PrintBatchId,
    asked: Page,
    form: Form,
) -> Result<Show, PageError> {
    let after = i32::try_from(asked.offset()).unwrap_or(i32::MAX);
    let place = (after, asked.limit());
    let (batch, pulled, items) = app
        .db
        .read(move |conn| {
            let batch = print::find_batch(conn, id)?.ok_or(StoreError::Missing("batch"))?;
            let pulled = print::count_pulled(conn, id)?;
            Ok::<_, StoreError>((batch, pulled, print::list_items(conn, id, place)?))
        })
        .await?;
    let (items, pager) = asked.of(items, &address(id));
    let today = app.clock.today().to_string();
    let form = if form.has("mailed_on") {
        form
    } else {
        form.with("mailed_on", today)
    };
    Ok(Show {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        batch,
        pulled,
        items,
        pager,
        form,
    })
}

/// A batch in memory takes some hundred megabytes: one is put together at a time, and whoever comes meanwhile waits.
static ONE_FILE: Semaphore = Semaphore::const_new(1);

/// GET /office/print/{id}/pdf — the batch as one file.
pub async fn pdf(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    let (id, t) = (number(&path)?, chrome.t);
    let (db, house) = (app.db.clone(), House::of(&app.config));
    let turn = ONE_FILE.acquire().await.map_err(PageError::fault)?;
    let file = aside(move || {
        let found = db.read_blocking(|conn| print_batches::load(conn, id))?;
        found
            .map(|batch| print_batches::file(&db, &house, t, &batch))
            .transpose()
    });
    let file = match file.await {
        Err(PrintFault::Canceled) => return nothing_to_print(id, t),
        made => made.map_err(PageError::fault)?.ok_or(PageError::NotFound)?,
    };
    drop(turn);
    Ok(attached(
        file,
        "application/pdf",
        &format!("batch-{id}.pdf"),
    ))
}

/// GET /office/print/{id}/manifest.csv — the list for the mail room.
pub async fn manifest(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    let id = number(&path)?;
    let found = app.db.read(move |conn| print_batches::load(conn, id)).await;
    let batch = found?.ok_or(PageError::NotFound)?;
    let table = match print_batches::manifest(&batch) {
        Err(PrintFault::Canceled) => return nothing_to_print(id, chrome.t),
        made => made.map_err(PageError::fault)?,
    };
    let name = format!("batch-{id}.csv");
    Ok(attached(table, "text/csv; charset=utf-8", &name))
}

fn nothing_to_print(id: PrintBatchId, t: Words) -> PageResult {
    see_other_saying(address(id), Tone::Bad, t.print_no_file())
}

fn attached(file: Vec<u8>, kind: &str, name: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .body(file)
}

/// POST /office/print/{id}/mailing — it was handed to the post on a day.
pub async fn mail(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let (id, t) = (number(&path)?, chrome.t);
    if let Some(day) = form.day("mailed_on", t.print_wrong_day()) {
        let noon = app.clock.noon_of(day);
        let done = app.db.write(staff.stamp(&app), move |tx| {
            life::confirm_mailed(tx, id, (day, noon))
        });
        match done.await {
            Ok(()) => return see_other_saying(address(id), Tone::Good, t.print_mailed()),
            Err(BatchError::WrongDay) => form.refuse("mailed_on", t.print_wrong_day()),
            Err(error) => return refused(id, t, error),
        }
    }
    let view = view(&app, chrome, id, Page { page: 1 }, form).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// POST /office/print/{id}/cancellation — what it holds waits again.
pub async fn destroy(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let (id, t) = (number(&path)?, chrome.t);
    let done = app
        .db
        .write(staff.stamp(&app), move |tx| life::cancel(tx, id));
    match done.await {
        Ok(()) => see_other_saying(address(id), Tone::Good, t.print_canceled()),
        Err(error) => refused(id, t, error),
    }
}

/// POST /office/print/{id}/pulls — a piece is taken out before mailing.
pub async fn pull(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let (id, t) = (number(&path)?, chrome.t);
    let position = form.parse::<i32>("position", t.print_no_piece());
    let reason = form.parse::<PullReason>("reason", t.form_required());
    let note = form.required("note", t.form_required());
    if let (Some(position), Some(reason), Some(note)) = (position, reason, note) {
        let done = app.db.write(staff.stamp(&app), move |tx| {
            life::pull(tx, (id, position), (reason, &note))
        });
        match done.await {
            Ok(()) => return see_other_saying(address(id), Tone::Good, t.print_pulled_done()),
            Err(BatchError::Missing) => form.refuse("position", t.print_no_piece()),
            Err(BatchError::Pulled) => form.refuse("position", t.print_pulled_before()),
            Err(error) => return refused(id, t, error),
        }
    }
    let view = view(&app, chrome, id, Page { page: 1 }, form).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

fn refused(id: PrintBatchId, t: Words, error: BatchError) -> PageResult {
    match error {
        BatchError::Closed | BatchError::WrongDay | BatchError::Pulled => {
            see_other_saying(address(id), Tone::Bad, t.print_closed())
        }
        BatchError::Missing => Err(PageError::NotFound),
        BatchError::Fault(fault) => Err(fault.into()),
    }
}
