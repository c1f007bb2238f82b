//! One request for the office: the customer's words, photo and evidence; taken, answered, moved on with words, a dispute decided.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::disputes::Outcome;
use crate::domain::ids::{RequestNumber, StaffId};
use crate::domain::money::Money;
use crate::domain::requests::{RequestState, Side};
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::dispute_proposals::ProposalRow;
use crate::store::disputes::{self, DisputeRow};
use crate::store::error::StoreError;
use crate::store::hearings::{self, HearingRow};
use crate::store::request_documents::{self, DocumentRow};
use crate::store::requests::{self, PhotoRow, RequestRow};
use crate::store::staff;
use crate::usecases::disputes::{DisputeError, decide as decide_dispute};
use crate::usecases::requests::{self as working, RequestError};
use crate::web::chrome::Chrome;
use crate::web::evidence::{self, Evidence};
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::disputes::proposals::{self, Second};
use crate::web::office::disputes::workbench::{self, MONTHS, Workbench};
use crate::web::office::moves::is_carried_out;
use crate::web::office::requests::{Line, with_names};
use crate::web::order_view::{Visit, visits};
use crate::web::photos;
use crate::web::request_view::{Said, answered, thread};
use crate::web::session::StaffMember;
use crate::web::similar_homes::SimilarHomes;
use crate::web::{PageError, PageResult, page, page_with};

#[derive(Template)]
#[template(path = "office/requests/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    today: NaiveDate,
    role: Role,
    me: StaffId,
    line: Line,
    answers: Vec<(String, String)>,
    said: Vec<Said>,
    photo: Option<PhotoRow>,
    papers: Vec<DocumentRow>,
    zone: Tz,
    visits: Vec<Visit>,
    dispute: Option<(DisputeRow, Evidence)>,
    bench: Option<Workbench>,
    /// Who decides the outcome that waits for a second person.
    second: Option<Second>,
    hearings: Vec<HearingRow>,
    /// Who may work it.
    others: Vec<(StaffId, String)>,
    form: Form,
}

impl Show {
    fn is_open(&self) -> bool {
        self.line.row.state.is_open()
    }

    fn is_mine(&self) -> bool {
        self.line.row.owner_staff_id == Some(self.me)
    }

    fn may_work(&self) -> bool {
        self.is_open() && self.role.may(Permission::WorkRequests)
    }

    /// Whether whoever looks can carry it out in one go.
    fn is_carried_out(&self) -> bool {
        self.role.may(Permission::ManageService)
            && self.role.may(Permission::EditPeople)
            && is_carried_out(self.line.row.kind)
    }

    /// Whether whoever looks may see what was handed in.
    fn may_see_papers(&self) -> bool {
        self.role.may(Permission::ViewEvidence)
    }

    /// Whether a hearing is set that is not recorded yet.
    fn has_open_hearing(&self) -> bool {
        self.hearings.iter().any(HearingRow::is_open)
    }

    fn is_past(&self, day: &NaiveDate) -> bool {
        *day < self.today
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    /// The day on which the office first answered: by the letter that it sends by itself nobody looks at anything yet.
    fn acknowledged_on(&self) -> Option<NaiveDate> {
        let by_office = |said: &&Said| said.side == Side::Office;
        self.said.iter().find(by_office).map(|said| said.at.date())
    }

    /// Whether whoever looks can correct the bill, and so decide the dispute.
    fn may_decide(&self) -> bool {
        self.role.may(Permission::PostAdjustment)
    }

    /// Whether whoever looks proposed this outcome.
    fn is_own(&self, proposal: &ProposalRow) -> bool {
        proposal.made_by_id == Some(self.me.0)
    }

    /// Whether whoever looks may carry out what waits, as the second person.
    fn may_approve(&self) -> bool {
        self.second.as_ref().is_some_and(|second| second.may)
    }

    /// Whether whoever looks may refuse what waits.
    fn may_refuse(&self) -> bool {
        self.role.may(Permission::ApproveCorrection)
    }

    fn moves(&self) -> Vec<(&'static str, String)> {
        let row = &self.line.row;
        let named = |state: RequestState| (state.as_str(), self.t.request_state(state.as_str()));
        let mut all = vec![("", self.t.office_request_choose_move().to_owned())];
        all.extend(row.state.moves(row.kind).into_iter().map(named));
        all
    }

    /// What was given by hand since the dispute was opened.
    fn given(&self) -> Money {
        let bench = self.bench.as_ref();
        bench.map_or(Money::ZERO, |bench| bench.given)
    }

    fn outcomes(&self) -> Vec<(&'static str, String)> {
        let named = |outcome: &Outcome| {
            let word = outcome.as_str();
            (word, self.t.dispute_outcome(word))
        };
        let mut all = vec![("", self.t.office_dispute_choose().to_owned())];
        let decisions = Outcome::DECISIONS.iter();
        let offered =
            |outcome: &&Outcome| **outcome != Outcome::Corrected || self.given().is_positive();
        all.extend(decisions.filter(offered).map(named));
        all
    }
}

/// GET /office/requests/{number}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (similar, path): (Data<SimilarHomes>, Path<String>),
) -> PageResult {
    let number = number_of(&path)?;
    page(&view((&app, similar), chrome, &staff, (number, Form::default())).await?)
}

async fn view(
    (app, similar): (&App, Data<SimilarHomes>),
    chrome: Chrome,
    member: &StaffMember,
    (number, form): (RequestNumber, Form),
) -> Result<Show, PageError> {
    let (t, today, zone) = (chrome.t, app.clock.today(), app.clock.zone());
    let (role, me, by) = (member.role, member.id, member.actor());
    app.db
        .read(move |conn| {
            let row = find(conn, &number)?;
            let dispute = match disputes::find(conn, row.id)? {
                Some(dispute) => {
                    let evidence =
                        evidence::load((conn, &similar), (&dispute, MONTHS), (today, zone))?;
                    Some((dispute, evidence))
                }
                None => None,
            };
            let hearings = hearings::list(conn, row.id)?;
            let bench = match &dispute {
                Some((dispute, _)) => Some(workbench::load(conn, (&row, dispute), (t, today))?),
                None => None,
            };
            let second = match bench.as_ref().and_then(|bench| bench.seen.as_ref()) {
                Some(seen) => {
                    let about = (row.account_id, seen);
                    Some(proposals::second(conn, (&by, role), about, (t, today))?)
                }
                None => None,
            };
            let staff = staff::list(conn)?.into_iter();
            let works = |member: &staff::StaffRow| {
                member.is_active && member.role.may(Permission::WorkRequests)
            };
            let others = staff.filter(works).map(|member| (member.id, member.name));
            let (answers, said) = (
                answered(t, row.kind, &row.answers()?),
                thread(requests::list_steps(conn, row.id)?, zone),
            );
            let photo = requests::find_photo(conn, row.id)?;
            let papers = request_documents::list(conn, row.id)?;
            let visits = visits(conn, t, row.id)?;
            let mut lines = with_names(conn, vec![row], (t, today))?;
            Ok(Show {
                t,
                chrome,
                today,
                role,
                me,
                line: lines.pop().ok_or(PageError::NotFound)?,
                answers,
                said,
                photo,
                papers,
                zone,
                visits,
                dispute,
                bench,
                second,
                hearings,
                others: others.collect(),
                form,
            })
        })
        .await
}

/// GET /office/requests/{number}/photo
pub async fn photo(app: Data<App>, path: Path<String>) -> PageResult {
    let number = number_of(&path)?;
    let wanted = number.clone();
    let found = app
        .db
        .read(move |conn| {
            let row = find(conn, &wanted)?;
            requests::photo_bytes(conn, row.id)
        })
        .await?;
    Ok(photos::answer(&number, found.ok_or(PageError::NotFound)?))
}

/// POST /office/requests/{number}/owner — take it, give it to somebody, or give it back.
pub async fn own(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    form: Form,
) -> PageResult {
    let number = number_of(&path)?;
    let owner = match form.value("owner") {
        "me" => Some(staff.id),
        "nobody" | "" => None,
        other => Some(StaffId(
            other.parse().map_err(|_strange| PageError::Unreadable)?,
        )),
    };
    let words = if owner == Some(staff.id) {
        chrome.t.office_request_yours()
    } else {
        chrome.t.office_request_given()
    };
    let row = read(&app, &number).await?;
    let change = move |tx: &mut Tx<'_>| working::assign(tx, row.id, owner);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, words),
        Err(RequestError::Fault(fault)) => Err(fault.into()),
        Err(RequestError::NotAnOwner(_)) => {
            let words = chrome.t.office_request_not_owner();
            see_other_saying(address(&number), Tone::Bad, words)
        }
        Err(_moved) => see_other_saying(address(&number), Tone::Bad, chrome.t.request_ended()),
    }
}

/// POST /office/requests/{number}/messages — write to the customer.
pub async fn write(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (similar, path): (Data<SimilarHomes>, Path<String>),
    mut form: Form,
) -> PageResult {
    let number = number_of(&path)?;
    let row = read(&app, &number).await?;
    let words = form.value("message").to_owned();
    let change = move |tx: &mut Tx<'_>| working::write(tx, row.id, &words);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => told(&chrome, &number),
        Err(RequestError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            form.refuse("message", refused(chrome.t, &refusal));
            again((&app, similar), chrome, &staff, (number, form)).await
        }
    }
}

/// POST /office/requests/{number}/moves — move it on.
pub async fn move_on(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (similar, path): (Data<SimilarHomes>, Path<String>),
    mut form: Form,
) -> PageResult {
    let number = number_of(&path)?;
    let row = read(&app, &number).await?;
    let next: Option<RequestState> = form.parse("to", chrome.t.office_request_choose_move());
    let Some(next) = next else {
        return again((&app, similar), chrome, &staff, (number, form)).await;
    };
    let words = form.value("words").to_owned();
    let change = move |tx: &mut Tx<'_>| working::move_on(tx, row.id, next, &words);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => told(&chrome, &number),
        Err(RequestError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            form.refuse("words", refused(chrome.t, &refusal));
            again((&app, similar), chrome, &staff, (number, form)).await
        }
    }
}

/// POST /office/requests/{number}/decision — decide a dispute; only who can correct the bill may.
pub async fn decide(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (similar, path): (Data<SimilarHomes>, Path<String>),
    mut form: Form,
) -> PageResult {
    let number = number_of(&path)?;
    let row = read(&app, &number).await?;
    let outcome: Option<Outcome> = form.parse("outcome", chrome.t.office_dispute_choose());
    let words = form.value("reasons").to_owned();
    if words.trim().is_empty() {
        form.refuse("reasons", chrome.t.request_words_missing());
    }
    let (Some(outcome), true) = (outcome, form.is_good()) else {
        return again((&app, similar), chrome, &staff, (number, form)).await;
    };
    let change = move |tx: &mut Tx<'_>| decide_dispute(tx, row.id, outcome, &words);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let words = chrome.t.office_dispute_decided();
            see_other_saying(address(&number), Tone::Good, words)
        }
        Err(DisputeError::Fault(fault) | DisputeError::Request(RequestError::Fault(fault))) => {
            Err(fault.into())
        }
        Err(DisputeError::Request(refusal)) => {
            form.refuse("reasons", refused(chrome.t, &refusal));
            again((&app, similar), chrome, &staff, (number, form)).await
        }
        Err(DisputeError::NotCorrected) => {
            form.refuse("outcome", chrome.t.office_dispute_not_corrected());
            again((&app, similar), chrome, &staff, (number, form)).await
        }
        Err(
            DisputeError::Nothing
            | DisputeError::MoreThan(_)
            | DisputeError::Open(_)
            | DisputeError::Decided(_)
            | DisputeError::NotADecision,
        ) => Err(PageError::Conflict),
        Err(fault @ DisputeError::Policy(_)) => Err(PageError::fault(fault)),
    }
}

pub(super) async fn again(
    app: (&App, Data<SimilarHomes>),
    chrome: Chrome,
    staff: &StaffMember,
    what: (RequestNumber, Form),
) -> PageResult {
    let view = view(app, chrome, staff, what).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

fn told(chrome: &Chrome, number: &RequestNumber) -> PageResult {
    let words = chrome.t.office_request_moved();
    see_other_saying(address(number), Tone::Good, words)
}

pub(super) fn refused(t: Words, refusal: &RequestError) -> String {
    match refusal {
        RequestError::WordsMissing => t.request_words_missing().to_owned(),
        RequestError::WordsTooLong(longest) => t.request_too_long(*longest),
        RequestError::TooMany(most) => t.request_too_many(*most),
        RequestError::TooOften(most) => t.request_too_often(*most),
        RequestError::TooManyDocuments(most) => t.hold_too_many_documents(*most),
        RequestError::NotAnOwner(_) => t.office_request_not_owner().to_owned(),
        RequestError::AlreadyOpen(_) => t.request_already_open().to_owned(),
        RequestError::Moved | RequestError::NoSuchMove(..) | RequestError::Fault(_) => {
            t.request_ended().to_owned()
        }
    }
}

pub(super) fn address(number: &RequestNumber) -> String {
    format!("/office/requests/{number}")
}

pub(super) fn number_of(text: &str) -> Result<RequestNumber, PageError> {
    text.parse().map_err(|_not_ours| PageError::NotFound)
}

pub(super) fn find(conn: &mut Conn, number: &RequestNumber) -> Result<RequestRow, StoreError> {
    requests::find(conn, number)?.ok_or(StoreError::Missing("request"))
}

pub(super) async fn read(app: &App, number: &RequestNumber) -> Result<RequestRow, PageError> {
    let number = number.clone();
    Ok(app.db.read(move |conn| find(conn, &number)).await?)
}
