//! What a customer asked for: the list with what may be asked, and each request with everything that was said and done about it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{AccountNumber, RequestNumber};
use crate::domain::requests::{RequestKind, RequestState};
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::store::disputes::{self, DisputeRow};
use crate::store::error::StoreError;
use crate::store::hearings::{self, HearingRow};
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::requests as scoped;
use crate::store::requests::{self, PhotoRow, RequestRow};
use crate::usecases::requests::{self as working, RequestError};
use crate::web::chrome::Chrome;
use crate::web::evidence::{self, Evidence};
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::order_view::{Visit, visits};
use crate::web::photos;
use crate::web::request_view::{Said, answered, thread, title};
use crate::web::session::SignedIn;
use crate::web::similar_homes::SimilarHomes;
use crate::web::{PageError, PageResult, page, page_with};

/// Whose requests are asked for, where a login holds several accounts.
#[derive(Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

/// A request as the list shows it.
struct Line {
    number: RequestNumber,
    title: String,
    asked_on: NaiveDate,
    due_on: NaiveDate,
    state: RequestState,
}

#[derive(Template)]
#[template(path = "portal/requests/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    account: Account,
    open: Vec<Line>,
    past: Vec<Line>,
}

impl Index {
    /// What may be asked, under a heading each.
    fn groups(&self) -> [(String, Vec<RequestKind>); 3] {
        let kinds = |wanted: &dyn Fn(RequestKind) -> bool| {
            let all = RequestKind::ALL.iter().copied();
            all.filter(|kind| kind.is_listed() && wanted(*kind))
                .collect()
        };
        let is_move = |kind| {
            matches!(
                kind,
                RequestKind::StartService
                    | RequestKind::StopService
                    | RequestKind::Move
                    | RequestKind::NewService
            )
        };
        [
            (
                self.t.request_group("problem"),
                kinds(&|kind| kind == RequestKind::Problem),
            ),
            (self.t.request_group("moving"), kinds(&is_move)),
            (
                self.t.request_group("account"),
                kinds(&|kind| kind != RequestKind::Problem && !is_move(kind)),
            ),
        ]
    }
}

/// The picture beside a kind in a list.
#[must_use]
pub fn icon(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::StartService => "play",
        RequestKind::StopService => "pause",
        RequestKind::Move => "arrow-right",
        RequestKind::NewService => "house-plug",
        RequestKind::MailingAddress => "mail",
        RequestKind::MeterReread => "gauge",
        RequestKind::HighBillCheck => "trending-up",
        RequestKind::LeakAdjustment => "wrench",
        RequestKind::Problem => "triangle-alert",
        RequestKind::BillDispute => "scale",
    }
}

/// GET /requests — what was asked for, and what may be.
pub async fn index(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let wanted = asked.into_inner().account;
    let (account, all, rows) = app
        .db
        .read(move |conn| {
            let (account, all) = accounts::choose(conn, &customer.scope, wanted.as_ref())?;
            let rows = scoped::list(conn, &customer.scope, account.id)?;
            Ok::<_, StoreError>((account, all, rows))
        })
        .await?;
    let t = chrome.t;
    let line = |row: RequestRow| {
        Ok::<_, StoreError>(Line {
            title: title(t, row.kind, &row.answers()?),
            number: row.number,
            asked_on: row.asked_on,
            due_on: row.due_on,
            state: row.state,
        })
    };
    let lines: Vec<Line> = rows.into_iter().map(line).collect::<Result<_, _>>()?;
    let (open, past) = lines.into_iter().partition(|line| line.state.is_open());
    page(&Index {
        t,
        chrome: chrome.about(&account, &all),
        account,
        open,
        past,
    })
}

#[derive(Template)]
#[template(path = "portal/requests/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    account: Account,
    request: RequestRow,
    title: String,
    answers: Vec<(String, String)>,
    said: Vec<Said>,
    photo: Option<PhotoRow>,
    visits: Vec<Visit>,
    dispute: Option<(DisputeRow, Evidence)>,
    hearings: Vec<HearingRow>,
    form: Form,
}

impl Show {
    fn is_open(&self) -> bool {
        self.request.state.is_open()
    }
}

/// GET /requests/{number} — one request.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    (similar, path): (Data<SimilarHomes>, Path<String>),
) -> PageResult {
    let number = number_of(&path)?;
    page(
        &view(
            (&app, similar),
            &customer,
            chrome,
            (number, Form::default()),
        )
        .await?,
    )
}

async fn view(
    (app, similar): (&App, Data<SimilarHomes>),
    customer: &SignedIn,
    chrome: Chrome,
    (number, form): (RequestNumber, Form),
) -> Result<Show, PageError> {
    let (scope, t) = (customer.scope.clone(), chrome.t);
    let (today, zone) = (app.clock.today(), app.clock.zone());
    app.db
        .read(move |conn| {
            let request = scoped::get(conn, &scope, &number)?;
            let all = accounts::list(conn, &scope)?;
            let account = all.iter().find(|found| found.id == request.account_id);
            let account = account.cloned().ok_or(PageError::NotFound)?;
            let answers = request.answers()?;
            let hearings = hearings::list(conn, request.id)?;
            let dispute = match disputes::find(conn, request.id)? {
                Some(dispute) => {
                    let evidence = evidence::load(
                        (conn, &similar),
                        (&dispute, evidence::MONTHS),
                        (today, zone),
                    )?;
                    Some((dispute, evidence))
                }
                None => None,
            };
            Ok(Show {
                t,
                chrome: chrome.about(&account, &all),
                account,
                title: title(t, request.kind, &answers),
                answers: answered(t, request.kind, &answers),
                said: thread(requests::list_steps(conn, request.id)?, zone),
                photo: requests::find_photo(conn, request.id)?,
                visits: visits(conn, t, request.id)?,
                dispute,
                hearings,
                request,
                form,
            })
        })
        .await
}

/// GET /requests/{number}/photo — what was sent with it.
pub async fn photo(app: Data<App>, customer: SignedIn, path: Path<String>) -> PageResult {
    let number = number_of(&path)?;
    let wanted = number.clone();
    let found = app
        .db
        .read(move |conn| {
            let request = scoped::get(conn, &customer.scope, &wanted)?;
            requests::photo_bytes(conn, request.id)
        })
        .await?;
    Ok(photos::answer(&number, found.ok_or(PageError::NotFound)?))
}

/// POST /requests/{number}/messages — write to the office.
pub async fn answer(
    app: Data<App>,
    customer: SignedIn,
    mut chrome: Chrome,
    (similar, path): (Data<SimilarHomes>, Path<String>),
    mut form: Form,
) -> PageResult {
    let number = number_of(&path)?;
    // Refused where nothing is shown: the language is switched on the request's page.
    chrome.path = address(&number);
    let request = find(&app, &customer, &number).await?;
    let words = form.value("words").to_owned();
    let change = move |tx: &mut Tx<'_>| working::answer(tx, request.id, &words);
    let t = chrome.t;
    match app.db.write(customer.stamp(&app), change).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.request_message_sent()),
        Err(RequestError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            form.refuse("words", refused(t, &refusal));
            let view = view((&app, similar), &customer, chrome, (number, form)).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

/// POST /requests/{number}/withdrawal — take it back.
pub async fn withdraw(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    path: Path<String>,
) -> PageResult {
    let number = number_of(&path)?;
    let request = find(&app, &customer, &number).await?;
    let change = move |tx: &mut Tx<'_>| working::withdraw(tx, request.id);
    let t = chrome.t;
    match app.db.write(customer.stamp(&app), change).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.request_withdrawn()),
        Err(RequestError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => see_other_saying(address(&number), Tone::Bad, refused(t, &refusal)),
    }
}

/// Why nothing was done, as the customer reads it.
pub fn refused(t: Words, refusal: &RequestError) -> String {
    match refusal {
        RequestError::WordsMissing => t.request_words_missing().to_owned(),
        RequestError::WordsTooLong(longest) => t.request_too_long(*longest),
        RequestError::TooMany(most) => t.request_too_many(*most),
        RequestError::TooOften(most) => t.request_too_often(*most),
        RequestError::TooManyDocuments(most) => t.hold_too_many_documents(*most),
        RequestError::AlreadyOpen(_) => t.request_already_open().to_owned(),
        RequestError::Moved
        | RequestError::NoSuchMove(..)
        | RequestError::NotAnOwner(_)
        | RequestError::Fault(_) => t.request_ended().to_owned(),
    }
}

/// The page of a request.
pub fn address(number: &RequestNumber) -> String {
    format!("/requests/{number}")
}

fn number_of(text: &str) -> Result<RequestNumber, PageError> {
    text.parse().map_err(|_not_ours| PageError::NotFound)
}

async fn find(
    app: &App,
    customer: &SignedIn,
    number: &RequestNumber,
) -> Result<RequestRow, PageError> {
    let (scope, number) = (customer.scope.clone(), number.clone());
    let read = move |conn: &mut crate::store::db::Conn| scoped::get(conn, &scope, &number);
    Ok(app.db.read(read).await?)
}
