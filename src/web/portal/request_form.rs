//! Asking for something: a form for each kind that asks only what that kind needs. What endangers somebody says first to leave and to call.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::AccountNumber;
use crate::domain::premises::Commodity;
use crate::domain::requests::asking::{ALL_SERVICES, Field, Refusal, Shape, asks, check};
use crate::domain::requests::reading::first_order_day;
use crate::domain::requests::{ProblemKind, RequestKind};
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::requests as scoped;
use crate::store::requests::{RequestRow, find_open};
use crate::usecases::requests::{NewRequest, RequestError, ask};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::photos;
use crate::web::portal::requests::{address, refused};
use crate::web::request_view::label;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with};

/// For which account, and which problem.
#[derive(Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
    #[serde(default)]
    problem: String,
}

/// Whom a form is for.
struct Standing {
    account: Account,
    all: Vec<Account>,
    /// What may be chosen: where a meter is read, only what has one.
    services: Vec<Commodity>,
    /// What is asked for once at a time and is open.
    open: Option<RequestRow>,
}

/// One field of a form, ready to show.
struct Control {
    name: &'static str,
    /// date, text, tel, area or select.
    input: &'static str,
    label: String,
    hint: String,
    /// The autocomplete word.
    fill: &'static str,
    options: Vec<(String, String)>,
}

impl Control {
    /// What may be chosen: value and words.
    fn choices(&self) -> Vec<(String, String)> {
        self.options.clone()
    }
}

#[derive(Template)]
#[template(path = "portal/requests/problems.html")]
struct Problems {
    t: Words,
    chrome: Chrome,
    account: Account,
}

impl Problems {
    /// The address of a problem's form.
    fn address(&self, problem: ProblemKind) -> String {
        let number = self.account.number.as_str();
        format!("/requests/new/problem?problem={problem}&account={number}")
    }
}

#[derive(Template)]
#[template(path = "portal/requests/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    account: Account,
    kind: RequestKind,
    problem: Option<ProblemKind>,
    controls: Vec<Control>,
    /// A meter is to be read, and no service has one.
    lacks_meter: bool,
    form: Form,
}

impl New {
    fn of(
        chrome: Chrome,
        standing: Standing,
        (kind, problem): (RequestKind, Option<ProblemKind>),
        (form, today): (Form, NaiveDate),
    ) -> Self {
        let t = chrome.t;
        let form = if form.has("key") {
            form
        } else {
            form.with("key", uuid::Uuid::new_v4())
        };
        let controls = asks(kind)
            .iter()
            .filter(|ask| ask.field != Field::Problem)
            .map(|ask| {
                let mut name = label(t, kind, ask.field);
                if !ask.is_required {
                    name = t.request_optional(name);
                }
                control(t, (kind, ask.field), name, (&standing.services, today))
            })
            .collect();
        Self {
            t,
            chrome: chrome.about(&standing.account, &standing.all),
            account: standing.account,
            kind,
            problem,
            controls,
            lacks_meter: kind.reads_meter() && standing.services.is_empty(),
            form,
        }
    }

    /// What the page is called.
    fn title(&self) -> String {
        match self.problem {
            Some(problem) => self.t.request_problem(problem.as_str()),
            None => self.t.request_kind(self.kind.as_str()),
        }
    }

    fn endangers(&self) -> bool {
        self.problem.is_some_and(ProblemKind::endangers)
    }

    fn is_urgent(&self) -> bool {
        self.problem.is_some_and(ProblemKind::is_urgent)
    }
}

fn control(
    t: Words,
    (kind, field): (RequestKind, Field),
    label: String,
    (services, today): (&[Commodity], NaiveDate),
) -> Control {
    let input = match field.shape() {
        Shape::Day => "date",
        Shape::Text => "area",
        Shape::Phone => "tel",
        Shape::Service | Shape::Problem => "select",
        Shape::Line | Shape::Dial | Shape::State | Shape::PostalCode => "text",
    };
    let hint = match field {
        Field::StopOn => t.request_hint_stop(first_order_day(today)),
        Field::StartOn => t.request_hint_start(first_order_day(today)),
        Field::ForwardTo => t.request_hint_forward().to_owned(),
        Field::Dial => t.request_hint_dial().to_owned(),
        Field::Access => t.request_hint_access().to_owned(),
        Field::Repair => t.request_hint_repair().to_owned(),
        Field::Phone => t.request_hint_phone().to_owned(),
        Field::State => t.request_hint_state().to_owned(),
        Field::Place if kind != RequestKind::Problem => t.request_hint_place().to_owned(),
        Field::Problem
        | Field::FromOn
        | Field::RepairedOn
        | Field::Service
        | Field::Place
        | Field::Line1
        | Field::Line2
        | Field::City
        | Field::PostalCode
        | Field::Words => String::new(),
    };
    let fill = match field {
        Field::Line1 => "address-line1",
        Field::Line2 => "address-line2",
        Field::City => "address-level2",
        Field::State => "address-level1",
        Field::PostalCode => "postal-code",
        Field::Phone => "tel",
        _ => "off",
    };
    let mut options = Vec::new();
    if field.shape() == Shape::Service {
        options.push((ALL_SERVICES.to_owned(), t.request_all_services().to_owned()));
        let named = |service: &Commodity| (service.to_string(), t.service_name(service.as_str()));
        options.extend(services.iter().map(named));
    }
    Control {
        name: field.as_str(),
        input,
        label,
        hint,
        fill,
        options,
    }
}

/// GET /requests/new/{kind} — the form, or the list of problems to choose from.
pub async fn new(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    path: Path<String>,
    asked: Query<Asked>,
) -> PageResult {
    let kind = listed(&path)?;
    let Asked { account, problem } = asked.into_inner();
    let standing = standing(&app, &customer, (account, kind)).await?;
    if let Some(open) = &standing.open {
        let words = chrome.t.request_already_open();
        return see_other_saying(address(&open.number), Tone::Bad, words);
    }
    let problem: Option<ProblemKind> = problem.parse().ok();
    if kind == RequestKind::Problem && problem.is_none() {
        return page(&Problems {
            t: chrome.t,
            chrome: chrome.about(&standing.account, &standing.all),
            account: standing.account,
        });
    }
    let problem = problem.filter(|_| kind == RequestKind::Problem);
    let mut form = Form::default();
    if let Some(problem) = problem {
        form = form.with("problem", problem);
        if let Some(place) = standing.account.addresses.first() {
            form = form.with("place", place);
        }
    }
    let today = app.clock.today();
    page(&New::of(chrome, standing, (kind, problem), (form, today)))
}

/// POST /requests/new/{kind} — ask for it.
pub async fn create(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    path: Path<String>,
    sent: Multipart,
) -> PageResult {
    let (t, today) = (chrome.t, app.clock.today());
    let kind = listed(&path)?;
    let (mut form, photo) = photos::take(sent, t).await?;
    let account = form.value("account").parse();
    let account = account.map_err(|_not_ours| PageError::NotFound)?;
    let standing = standing(&app, &customer, (Some(account), kind)).await?;
    let problem: Option<ProblemKind> = form.value("problem").parse().ok();
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    if (kind == RequestKind::Problem) != problem.is_some() {
        return Err(PageError::Unreadable);
    }
    let checked = check(
        kind,
        |field| form.value(field.as_str()),
        &standing.services,
        today,
    );
    let answers = match checked {
        Ok(answers) if form.is_good() => answers,
        Ok(_) => return again(New::of(chrome, standing, (kind, problem), (form, today))),
        Err(wrong) => {
            for (field, refusal) in wrong {
                form.refuse(field.as_str(), said(t, (kind, field), refusal));
            }
            return again(New::of(chrome, standing, (kind, problem), (form, today)));
        }
    };
    let new = NewRequest {
        request_key: key.to_string(),
        account: standing.account.id,
        kind,
        answers,
        photo: photo.filter(|_| kind.takes_photo()),
    };
    let change = move |tx: &mut Tx<'_>| ask(tx, &new);
    match app.db.write(customer.stamp(&app), change).await {
        Ok(number) => see_other_saying(address(&number), Tone::Good, t.request_sent()),
        Err(RequestError::Fault(fault)) => Err(fault.into()),
        Err(RequestError::AlreadyOpen(number)) => {
            see_other_saying(address(&number), Tone::Bad, t.request_already_open())
        }
        Err(refusal) => {
            form.refuse("words", refused(t, &refusal));
            again(New::of(chrome, standing, (kind, problem), (form, today)))
        }
    }
}

/// The form again, with what is wrong.
#[expect(clippy::needless_pass_by_value, reason = "the page is shown once")]
fn again(view: New) -> PageResult {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// What is wrong with a field, in words.
fn said(t: Words, (kind, field): (RequestKind, Field), refusal: Refusal) -> String {
    match refusal {
        Refusal::Missing => t.request_missing(field.as_str()),
        Refusal::TooLong(longest) => t.request_too_long(longest),
        Refusal::NotADay => t.request_not_a_day().to_owned(),
        Refusal::Passed => t.request_passed().to_owned(),
        Refusal::TooSoon(first) => t.request_too_soon(first),
        Refusal::NotAWorkingDay(next) => t.request_closed_day(next),
        Refusal::TooFar(last) => t.request_too_far(last),
        Refusal::ToCome => t.request_to_come().to_owned(),
        Refusal::TooOld(first) => t.request_too_old(first),
        Refusal::NotOffered if kind.reads_meter() => t.request_no_meter().to_owned(),
        Refusal::NotOffered => t.request_not_offered().to_owned(),
        Refusal::NotAPhone => t.request_not_a_phone().to_owned(),
        Refusal::NotADial => t.request_not_a_dial().to_owned(),
        Refusal::NotAState => t.request_not_a_state().to_owned(),
        Refusal::NotAPostalCode => t.request_not_a_zip().to_owned(),
    }
}

fn listed(text: &str) -> Result<RequestKind, PageError> {
    let kind: Option<RequestKind> = text.parse().ok();
    kind.filter(|kind| kind.is_listed())
        .ok_or(PageError::NotFound)
}

async fn standing(
    app: &App,
    customer: &SignedIn,
    (wanted, kind): (Option<AccountNumber>, RequestKind),
) -> Result<Standing, PageError> {
    let (scope, today) = (customer.scope.clone(), app.clock.today());
    let read = app.db.read(move |conn| {
        let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
        let services = if kind.reads_meter() {
            scoped::metered_services(conn, &scope, account.id, today)?
        } else {
            scoped::services(conn, &scope, account.id, today)?
        };
        let open = if kind.is_asked_once() {
            find_open(conn, account.id, kind)?
        } else {
            None
        };
        Ok::<_, StoreError>(Standing {
            open,
            account,
            all,
            services,
        })
    });
    Ok(read.await?)
}
