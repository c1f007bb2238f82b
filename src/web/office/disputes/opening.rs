//! A dispute that the office opens for a customer who calls, writes or stands at the counter: which bill, which lines, how much, why, in whose
//! words, who handles it. What follows is the same as when the customer opens it.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::bills::BillStatus;
use crate::domain::disputes::{CameBy, DisputeReason};
use crate::domain::ids::{BillId, BillNumber, RequestNumber, StaffId};
use crate::domain::money::Money;
use crate::domain::requests::asking::{Field, check};
use crate::domain::requests::{LONGEST_WORDS, RequestKind};
use crate::domain::staff::Permission;
use crate::i18n::{Words, words};
use crate::store::account_history::{self, BillLine};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::{accounts, bill_screen, disputes, staff};
use crate::usecases::disputes::{DisputeError, NewDispute, open};
use crate::usecases::requests::{NewRequest, RequestError};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::bills::{SegmentView, services};
use crate::web::office::handed_in::documents;
use crate::web::office::request::{address, refused};
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, files, page, page_with};

/// How many bills may be chosen from.
const BILLS: i64 = 24;

/// The field of the documents.
const FIELD: &str = "document";

/// Which bill, once it is chosen.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    bill: String,
}

/// The chosen bill.
struct Chosen {
    id: BillId,
    number: BillNumber,
    total: Money,
    services: Vec<SegmentView>,
    /// The dispute that is open, or was decided about the bill as a whole.
    barred: Option<RequestNumber>,
}

/// What the page shows beside the form.
struct Loaded {
    bills: Vec<BillLine>,
    chosen: Option<Chosen>,
    others: Vec<(StaffId, String)>,
}

#[derive(Template)]
#[template(path = "office/disputes/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    subject: Subject,
    loaded: Loaded,
    form: Form,
}

impl New {
    fn reasons(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.dispute_choose().to_owned())];
        let named = |reason: &DisputeReason| {
            let word = reason.as_str();
            (word, self.t.dispute_reason(word))
        };
        all.extend(DisputeReason::ALL.iter().map(named));
        all
    }

    fn ways(&self) -> Vec<(&'static str, String)> {
        let named = |way: &CameBy| (way.as_str(), self.t.dispute_came_by(way.as_str()));
        CameBy::BY_HAND.iter().map(named).collect()
    }

    fn owners(&self) -> Vec<(String, String)> {
        let nobody = (String::new(), self.t.exception_owner("nobody"));
        let others = self.loaded.others.iter();
        let named = others.map(|(id, name)| (id.to_string(), name.clone()));
        std::iter::once(nobody).chain(named).collect()
    }

    /// The name of a line's box.
    fn box_name(&self, position: &i32) -> String {
        box_of(*position)
    }

    fn is_marked(&self, position: &i32) -> bool {
        self.form.has(&box_of(*position))
    }
}

/// The name of a line's box.
fn box_of(position: i32) -> String {
    format!("line_{position}")
}

/// GET /office/accounts/{number}/disputes/new — the bills, then the form of the one that was chosen.
pub async fn new(
    app: Data<App>,
    chrome: Chrome,
    member: StaffMember,
    (path, asked): (Path<String>, Query<Asked>),
) -> PageResult {
    let form = Form::default()
        .with("bill", &asked.bill)
        .with("owner", member.id)
        .with("key", uuid::Uuid::new_v4());
    page(&view(&app, chrome, &path, form).await?)
}

/// POST /office/accounts/{number}/disputes
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    member: StaffMember,
    path: Path<String>,
    sent: Multipart,
) -> PageResult {
    let t = chrome.t;
    let (mut form, files) = files::read(sent).await?;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let papers = documents(t, &mut form, (files, FIELD));
    let view = view(&app, chrome, &path, form).await?;
    let Some(chosen) = &view.loaded.chosen else {
        return Err(PageError::NotFound);
    };
    let (mut form, bill) = (view.form.clone(), chosen.id);
    let reason: Option<DisputeReason> = form.parse("reason", t.dispute_choose_reason());
    let came_by: Option<CameBy> = form.parse("came_by", t.form_choose());
    let came_by = came_by.filter(|way| CameBy::BY_HAND.contains(way));
    let amount: Option<Money> = form.parse_if_any("amount", t.form_not_money());
    let owner: Option<StaffId> = form.parse_if_any("owner", t.form_choose());
    let said = form.value("words").to_owned();
    let typed = |field| {
        if field == Field::Words {
            said.as_str()
        } else {
            ""
        }
    };
    let answers = check(RequestKind::BillDispute, typed, &[], app.clock.today());
    if answers.is_err() && said.is_empty() {
        form.refuse("words", t.request_words_missing());
    } else if answers.is_err() {
        form.refuse("words", t.request_too_long(LONGEST_WORDS));
    }
    let (Some(reason), Some(came_by), Ok(answers), true) =
        (reason, came_by, answers, form.is_good())
    else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &New { form, ..view });
    };
    let account = view.subject.label.id;
    let lines = read_lines(&app, (bill, account), &form).await?;
    let new = NewDispute {
        request: NewRequest {
            request_key: key.to_string(),
            account,
            kind: RequestKind::BillDispute,
            answers,
            photo: None,
        },
        bill,
        reason,
        lines,
        amount,
        came_by,
        documents: papers,
        owner,
    };
    let change = move |tx: &mut Tx<'_>| open(tx, &new);
    let refusal = match app.db.write(member.stamp(&app), change).await {
        Ok(number) => {
            return see_other_saying(address(&number), Tone::Good, t.office_dispute_opened());
        }
        Err(refusal) => refusal,
    };
    let (field, problem) = why_not(t, refusal)?;
    form.refuse(field, problem);
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &New { form, ..view })
}

/// Which field a refusal is about, and how to mend it.
fn why_not(t: Words, refusal: DisputeError) -> Result<(&'static str, String), PageError> {
    match refusal {
        DisputeError::Nothing => Ok(("amount", t.dispute_nothing().to_owned())),
        DisputeError::MoreThan(most) => Ok(("amount", t.dispute_more_than(most))),
        DisputeError::Open(number) => Ok(("bill", t.office_dispute_open_already(number))),
        DisputeError::Decided(number) => Ok(("bill", t.office_dispute_decided_already(number))),
        DisputeError::Request(RequestError::Fault(fault)) | DisputeError::Fault(fault) => {
            Err(fault.into())
        }
        DisputeError::Request(refusal @ RequestError::NotAnOwner(_)) => {
            Ok(("owner", refused(t, &refusal)))
        }
        DisputeError::Request(refusal @ RequestError::TooManyDocuments(_)) => {
            Ok((FIELD, refused(t, &refusal)))
        }
        DisputeError::Request(refusal) => Ok(("words", refused(t, &refusal))),
        fault @ (DisputeError::NotADecision
        | DisputeError::NotCorrected
        | DisputeError::Policy(_)) => Err(PageError::fault(fault)),
    }
}

/// The lines that were marked, in the words in which the customer reads them.
async fn read_lines(
    app: &App,
    (bill, account): (BillId, crate::domain::ids::AccountId),
    form: &Form,
) -> Result<Vec<(i32, String)>, PageError> {
    let read = move |conn: &mut Conn| {
        let language = accounts::get(conn, account)?.language;
        let screen = bill_screen::find(conn, &BillNumber::of(bill.0))?;
        let screen = screen.ok_or(StoreError::Missing("bill"))?;
        services(conn, words(language), &screen)
    };
    let all = app.db.read(read).await?;
    let lines = all.into_iter().flat_map(|service| service.lines);
    let marked = lines.filter(|line| form.has(&box_of(line.position)));
    Ok(marked.map(|line| (line.position, line.label)).collect())
}

async fn view(app: &App, chrome: Chrome, path: &str, form: Form) -> Result<New, PageError> {
    let subject = subject::find(app, path).await?;
    let (t, account) = (chrome.t, subject.label.id);
    let wanted = form.value("bill").to_owned();
    let loaded = app
        .db
        .read(move |conn| {
            let stands = |bill: &BillLine| {
                bill.status == BillStatus::Issued
                    && bill.canceled_on.is_none()
                    && bill.total.is_positive()
            };
            let mut bills = account_history::list_bills(conn, account, BILLS)?;
            bills.retain(stands);
            let found = bills.iter().find(|bill| bill.number.as_str() == wanted);
            let chosen = match found {
                Some(bill) => Some(chosen(conn, t, bill)?),
                None => None,
            };
            let works = |member: &staff::StaffRow| {
                member.is_active && member.role.may(Permission::WorkRequests)
            };
            let others = staff::list(conn)?.into_iter().filter(works);
            Ok::<_, StoreError>(Loaded {
                bills,
                chosen,
                others: others.map(|member| (member.id, member.name)).collect(),
            })
        })
        .await?;
    Ok(New {
        t,
        chrome,
        subject,
        loaded,
        form,
    })
}

fn chosen(conn: &mut Conn, t: Words, bill: &BillLine) -> Result<Chosen, StoreError> {
    let screen = bill_screen::find(conn, &bill.number)?.ok_or(StoreError::Missing("bill"))?;
    let earlier = disputes::list_of_bill(conn, bill.id)?;
    let barred = earlier.iter().find(|dispute| dispute.bars());
    let mut services = services(conn, t, &screen)?;
    for service in &mut services {
        service.lines.retain(|line| {
            let is_decided =
                |dispute: &disputes::BillDispute| dispute.has_decided(&[line.position]);
            line.amount.is_positive() && !earlier.iter().any(is_decided)
        });
    }
    services.retain(|service| !service.lines.is_empty());
    Ok(Chosen {
        id: bill.id,
        number: bill.number.clone(),
        total: bill.total,
        services,
        barred: barred.map(|dispute| dispute.number.clone()),
    })
}
