//! "This bill looks wrong": which lines, how much, why and in which words. What follows stands on the page of the request.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::documents::bill_words::{Counted, Place, worked};
use crate::domain::disputes::{CameBy, DisputeReason};
use crate::domain::ids::{BillNumber, RequestNumber};
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::rates::origins::Known;
use crate::domain::requests::asking::{Field, check};
use crate::domain::requests::{LONGEST_WORDS, RequestKind};
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::store::disputes;
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::bill_lines::Line;
use crate::store::portal::bills::{self, Bill};
use crate::usecases::disputes::{DisputeError, NewDispute, open};
use crate::usecases::requests::{NewRequest, RequestError};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::photos;
use crate::web::portal::behind::Behind;
use crate::web::portal::requests::{address, refused};
use crate::web::portal::schedules::Schedules;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// The service that looks wrong, and why, where a link says so.
#[derive(Deserialize)]
pub struct Asked {
    service: Option<i32>,
    #[serde(default)]
    reason: String,
}

/// One line of the bill that may be marked.
struct Marked {
    position: i32,
    segment: i32,
    commodity: Commodity,
    label: String,
    /// How it was worked out, which tells two lines of one name apart.
    working: String,
    amount: Money,
}

impl Marked {
    /// The name of its box.
    fn name(&self) -> String {
        format!("line_{}", self.position)
    }
}

/// The bill with the lines that may be marked.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    bill: Bill,
    lines: Vec<Marked>,
    /// The dispute that is open, or was decided about the bill as a whole.
    barred: Option<RequestNumber>,
}

#[derive(Template)]
#[template(path = "portal/disputes/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    bill: Bill,
    lines: Vec<Marked>,
    form: Form,
}

impl New {
    fn of(chrome: Chrome, loaded: Loaded, form: Form) -> Self {
        let form = if form.has("key") {
            form
        } else {
            form.with("key", uuid::Uuid::new_v4())
        };
        Self {
            t: chrome.t,
            chrome: chrome.about(&loaded.account, &loaded.all),
            bill: loaded.bill,
            lines: loaded.lines,
            form,
        }
    }

    fn reasons(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.dispute_choose().to_owned())];
        let named = |reason: &DisputeReason| {
            let word = reason.as_str();
            (word, self.t.dispute_reason(word))
        };
        all.extend(DisputeReason::ALL.iter().map(named));
        all
    }

    /// The lines of each service of the bill.
    fn services(&self) -> impl Iterator<Item = (Commodity, &[Marked])> {
        let of_one = |a: &Marked, b: &Marked| a.segment == b.segment;
        let services = self.lines.chunk_by(of_one);
        services.filter_map(|lines| Some((lines.first()?.commodity, lines)))
    }

    fn is_marked(&self, line: &Marked) -> bool {
        self.form.has(&line.name())
    }
}

/// GET /bills/{number}/dispute — the form; the page of the dispute where one is open.
pub async fn new(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    schedules: Data<Schedules>,
    (path, asked): (Path<String>, Query<Asked>),
) -> PageResult {
    let loaded = load(&app, &customer, (&path, chrome.t), schedules).await?;
    if let Some(number) = &loaded.barred {
        return see_other(address(number));
    }
    let mut form = Form::default();
    if asked.reason.parse::<DisputeReason>().is_ok() {
        form = form.with("reason", &asked.reason);
    }
    for line in &loaded.lines {
        if asked.service == Some(line.segment) && line.amount.is_positive() {
            form = form.with(&line.name(), "yes");
        }
    }
    page(&New::of(chrome, loaded, form))
}

/// Why the words cannot be kept.
fn words_problem(t: Words, words: &str) -> String {
    if words.is_empty() {
        t.request_words_missing().to_owned()
    } else {
        t.request_too_long(LONGEST_WORDS)
    }
}

/// POST /bills/{number}/dispute — say that it is wrong.
pub async fn create(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    schedules: Data<Schedules>,
    (path, sent): (Path<String>, Multipart),
) -> PageResult {
    let t = chrome.t;
    let loaded = load(&app, &customer, (&path, t), schedules).await?;
    let (mut form, photo) = photos::take(sent, t).await?;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let reason: Option<DisputeReason> = form.parse("reason", t.dispute_choose_reason());
    let amount: Option<Money> = form.parse_if_any("amount", t.form_not_money());
    let words = form.value("words").to_owned();
    let typed = |field| {
        if field == Field::Words {
            words.as_str()
        } else {
            ""
        }
    };
    let answers = check(RequestKind::BillDispute, typed, &[], app.clock.today());
    if answers.is_err() {
        form.refuse("words", words_problem(t, &words));
    }
    let (Some(reason), Ok(answers), true) = (reason, answers, form.is_good()) else {
        return again(&New::of(chrome, loaded, form));
    };
    let lines = loaded.lines.iter().filter(|line| form.has(&line.name()));
    let new = NewDispute {
        request: NewRequest {
            request_key: key.to_string(),
            account: loaded.account.id,
            kind: RequestKind::BillDispute,
            answers,
            photo,
        },
        bill: loaded.bill.id,
        reason,
        lines: lines
            .map(|line| (line.position, line.label.clone()))
            .collect(),
        amount,
        came_by: CameBy::Portal,
        documents: Vec::new(),
        owner: None,
    };
    let change = move |tx: &mut Tx<'_>| open(tx, &new);
    match app.db.write(customer.stamp(&app), change).await {
        Ok(number) => see_other_saying(address(&number), Tone::Good, t.dispute_sent()),
        Err(DisputeError::Open(number)) => see_other(address(&number)),
        Err(DisputeError::Decided(number)) => {
            see_other_saying(address(&number), Tone::Bad, t.dispute_decided_before())
        }
        Err(DisputeError::Fault(fault) | DisputeError::Request(RequestError::Fault(fault))) => {
            Err(fault.into())
        }
        Err(DisputeError::NotADecision | DisputeError::NotCorrected) => Err(PageError::Unreadable),
        Err(fault @ DisputeError::Policy(_)) => Err(PageError::fault(fault)),
        Err(DisputeError::Nothing) => {
            form.refuse("amount", t.dispute_nothing());
            again(&New::of(chrome, loaded, form))
        }
        Err(DisputeError::MoreThan(most)) => {
            form.refuse("amount", t.dispute_more_than(most));
            again(&New::of(chrome, loaded, form))
        }
        Err(DisputeError::Request(refusal)) => {
            form.refuse("words", refused(t, &refusal));
            again(&New::of(chrome, loaded, form))
        }
    }
}

fn again(view: &New) -> PageResult {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, view)
}

async fn load(
    app: &App,
    customer: &SignedIn,
    (number, t): (&str, Words),
    schedules: Data<Schedules>,
) -> Result<Loaded, PageError> {
    let number: BillNumber = number.parse().map_err(|_not_ours| PageError::NotFound)?;
    let scope = customer.scope.clone();
    app.db
        .read(move |conn| {
            let (account, bill) = bills::get(conn, &scope, &number)?;
            // A bill that was taken back, or that asks for nothing, has nothing to dispute.
            if bill.canceled_on.is_some() || !bill.total.is_positive() {
                return Err(PageError::NotFound);
            }
            let all = accounts::list(conn, &scope)?;
            let account = all.iter().find(|found| found.id == account).cloned();
            let account = account.ok_or(PageError::NotFound)?;
            let behind = Behind::load(conn, &[&bill], &schedules)?;
            let positions = disputes::positions(conn, bill.id)?;
            let earlier = disputes::list_of_bill(conn, bill.id)?;
            let barred = earlier.iter().find(|dispute| dispute.bars());
            let is_decided = |position: i32| {
                earlier
                    .iter()
                    .any(|dispute| dispute.has_decided(&[position]))
            };
            let lines = behind.all_lines(&bill).into_iter();
            let lines = positions.into_iter().zip(lines);
            let lines = lines.filter(|(position, _)| !is_decided(*position));
            Ok(Loaded {
                account,
                all,
                lines: lines
                    .filter_map(|(position, (line, known))| {
                        marked(t, &bill, (position, line), &known)
                    })
                    .collect(),
                barred: barred.map(|dispute| dispute.number.clone()),
                bill,
            })
        })
        .await
}

fn marked(t: Words, bill: &Bill, (position, line): (i32, &Line), known: &Known) -> Option<Marked> {
    let mut services = bill.services.iter();
    let service = services.find(|service| service.position == line.segment)?;
    let price = line.price.map(|price| price.0);
    let place = known.origin.as_ref().and_then(Place::at);
    let quantity = line.quantity.map(|exact| exact.0);
    let counted = Counted { quantity, price };
    Some(Marked {
        position,
        segment: line.segment,
        commodity: service.commodity,
        label: place.map_or_else(|| line.charge.clone(), |place| place.label(t.language)),
        working: worked(t, counted, line.amount, place),
        amount: line.amount,
    })
}
