//! Dated factors: what bills go by today, everything that was ever proposed for one, and the two people who make a value law.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::app::App;
use crate::domain::ids::RateFactorId;
use crate::domain::rate_status::ProposalStatus;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::rate_factors::{self, ApprovedFactor, FactorRow, NewFactor};
use crate::store::sql_types::Exact;
use crate::usecases::factors::{self, FactorError, KnownFactor};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::{StaffMember, percent_encoded};
use crate::web::{PageResult, page_with};

/// Where the page stands.
const AT: &str = "/office/rates/factors";

/// A factor in the list: what counts today, and what comes.
struct Line {
    name: String,
    schedules: String,
    now: Option<(Decimal, NaiveDate)>,
    next: Option<(Decimal, NaiveDate)>,
    waiting: usize,
}

/// One value of the factor that is looked at.
struct Value {
    row: FactorRow,
    by: String,
    decided: Option<String>,
    /// The value that counts on the day before, and by how much this one is more.
    before: Option<(Decimal, Decimal)>,
    /// Whether bills go by it: a later one for the same day may have taken its place.
    counts: bool,
    is_own: bool,
}

/// How many bills charge days from the earliest day on that waits.
#[derive(Clone, Copy)]
struct Touched {
    day: NaiveDate,
    drafts: i64,
    issued: i64,
}

impl Value {
    const fn amount(&self) -> Decimal {
        self.row.value.0
    }

    const fn is_waiting(&self) -> bool {
        matches!(self.row.status, ProposalStatus::Proposed)
    }

    const fn tone(&self) -> &'static str {
        match self.row.status {
            ProposalStatus::Proposed => "warn",
            ProposalStatus::Approved if self.counts => "good",
            ProposalStatus::Approved => "",
            ProposalStatus::Withdrawn => "bad",
        }
    }
}

#[derive(Template)]
#[template(path = "office/rates/factors.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    lines: Vec<Line>,
    /// The factor that is looked at.
    of: Option<String>,
    /// What the schedules themselves say of it.
    own: Vec<(NaiveDate, Decimal)>,
    values: Vec<Value>,
    bills: Option<Touched>,
    may_approve: bool,
}

impl Index {
    fn names(&self) -> Vec<(String, String)> {
        let name = |line: &Line| (line.name.clone(), line.name.clone());
        self.lines.iter().map(name).collect()
    }

    /// A difference with its sign.
    fn signed(&self, by: &Decimal) -> String {
        let sign = if by.is_sign_negative() {
            "\u{2212}"
        } else {
            "+"
        };
        format!("{sign}{}", self.t.number(by.abs()))
    }
}

/// GET /office/rates/factors — `of` names the factor that is looked at.
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    request: HttpRequest,
) -> PageResult {
    let asked = Form::of_query(request.query_string());
    let form = Form::default()
        .with("factor", asked.value("of"))
        .with("from_on", app.clock.today());
    view(&app, chrome, &staff, form, StatusCode::OK).await
}

/// POST /office/rates/factors — a value is proposed.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let code = form.required("factor", t.form_choose());
    let from_on = form.day("from_on", t.form_not_a_date());
    let value = form.number("value", t.rate_not_a_number());
    let source = form.required("source", t.form_required());
    if let (Some(code), Some(from_on), Some(value), Some(source)) = (code, from_on, value, source) {
        let new = NewFactor {
            code,
            from_on,
            value: Exact(value),
            source,
        };
        let at = shown_at(&new.code);
        let keep = move |tx: &mut Tx<'_>| factors::propose(tx, &new);
        match app.db.write(staff.stamp(&app), keep).await {
            Ok(_) => return see_other_saying(at, Tone::Good, t.factor_proposed_now()),
            Err(FactorError::Fault(fault)) => return Err(fault.into()),
            Err(refusal) => form.refuse("factor", said(t, &refusal)),
        }
    }
    view(&app, chrome, &staff, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// POST /office/rates/factors/{id}/approval
pub async fn approve(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    let id = RateFactorId(*path);
    let step = move |tx: &mut Tx<'_>| factors::approve(tx, id);
    let outcome = app.db.write(staff.stamp(&app), step).await;
    told(
        &app,
        chrome.t,
        id,
        (outcome, chrome.t.factor_approved_now()),
    )
    .await
}

/// POST /office/rates/factors/{id}/withdrawal
pub async fn withdraw(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    let id = RateFactorId(*path);
    let step = move |tx: &mut Tx<'_>| factors::withdraw(tx, id);
    let outcome = app.db.write(staff.stamp(&app), step).await;
    told(
        &app,
        chrome.t,
        id,
        (outcome, chrome.t.factor_withdrawn_now()),
    )
    .await
}

async fn told(
    app: &App,
    t: Words,
    id: RateFactorId,
    (outcome, good): (Result<(), FactorError>, &str),
) -> PageResult {
    let row = app.db.read(move |conn| rate_factors::get(conn, id)).await?;
    let at = shown_at(&row.code);
    match outcome {
        Ok(()) => see_other_saying(at, Tone::Good, good),
        Err(FactorError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => see_other_saying(at, Tone::Bad, said(t, &refusal)),
    }
}

fn shown_at(code: &str) -> String {
    format!("{AT}?of={}", percent_encoded(code))
}

fn said(t: Words, refusal: &FactorError) -> String {
    match refusal {
        FactorError::Unknown(name, known) => t.factor_unknown(name.as_str(), known.join(", ")),
        FactorError::SourceMissing | FactorError::Fault(_) => t.form_required().to_owned(),
        FactorError::Decided(_) => t.factor_decided().to_owned(),
        FactorError::SamePerson => t.factor_same_person().to_owned(),
        FactorError::Drafted(drafts) => t.factor_drafted(*drafts),
        FactorError::BeingDrafted => t.factor_being_drafted().to_owned(),
    }
}

/// What the page shows, from one snapshot.
struct Loaded {
    known: BTreeMap<String, KnownFactor>,
    approved: Vec<ApprovedFactor>,
    waiting: Vec<FactorRow>,
    rows: Vec<FactorRow>,
    bills: Option<Touched>,
}

fn load(conn: &mut Conn, of: &str) -> Result<Loaded, StoreError> {
    let known = factors::known(conn)?;
    let waiting = rate_factors::list_waiting(conn)?;
    let rows = rate_factors::list_of(conn, of)?;
    let versions = known.get(of).map(KnownFactor::versions).unwrap_or_default();
    let open = rows
        .iter()
        .filter(|row| row.status == ProposalStatus::Proposed);
    let bills = match open.map(|row| row.from_on).min() {
        Some(day) => {
            let (drafts, issued) = rate_factors::count_bills(conn, &versions, day)?;
            Some(Touched {
                day,
                drafts,
                issued,
            })
        }
        None => None,
    };
    Ok(Loaded {
        approved: rate_factors::list_approved(conn)?,
        known,
        waiting,
        rows,
        bills,
    })
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    form: Form,
    status: StatusCode,
) -> PageResult {
    let (t, today, zone) = (chrome.t, app.clock.today(), app.clock.zone());
    let of = form.value("factor").to_owned();
    let loaded = app.db.read(move |conn| load(conn, &of)).await?;
    let of = loaded
        .known
        .keys()
        .find(|name| *name == form.value("factor"));
    let of = of.cloned();
    let own = of.as_ref().and_then(|name| loaded.known.get(name));
    let own = own.map(|factor| {
        factor
            .own
            .iter()
            .map(|dated| (dated.from, dated.value.0))
            .collect()
    });
    let values = match &of {
        Some(_) => values(&loaded, (t, zone), staff),
        None => Vec::new(),
    };
    let view = Index {
        lines: lines(&loaded, today),
        own: own.unwrap_or_default(),
        bills: loaded.bills.filter(|_| of.is_some()),
        may_approve: staff.may(Permission::PublishRates),
        t,
        chrome,
        form,
        of,
        values,
    };
    page_with(status, &view)
}

/// The values of a factor over time: its schedules' own until the first that is kept outside, then those.
fn over_time(loaded: &Loaded, name: &str) -> Vec<(NaiveDate, Decimal)> {
    let kept = loaded.approved.iter().filter(|row| row.code == name);
    let kept: Vec<(NaiveDate, Decimal)> = kept.map(|row| (row.from_on, row.value.0)).collect();
    let own = loaded.known.get(name).map(|factor| factor.own.as_slice());
    let first = kept.first().map(|(from, _)| *from);
    let own = own.unwrap_or_default().iter();
    let own = own.filter(|dated| first.is_none_or(|first| dated.from < first));
    let mut all: Vec<(NaiveDate, Decimal)> = own.map(|dated| (dated.from, dated.value.0)).collect();
    all.extend(kept);
    all
}

fn lines(loaded: &Loaded, today: NaiveDate) -> Vec<Line> {
    let line = |(name, factor): (&String, &KnownFactor)| {
        let all = over_time(loaded, name);
        let turned = |(from, value): &(NaiveDate, Decimal)| (*value, *from);
        let codes: Vec<&str> = factor.schedules.keys().map(String::as_str).collect();
        Line {
            name: name.clone(),
            schedules: codes.join(", "),
            now: all.iter().rfind(|(from, _)| *from <= today).map(turned),
            next: all.iter().find(|(from, _)| *from > today).map(turned),
            waiting: loaded
                .waiting
                .iter()
                .filter(|row| row.code == *name)
                .count(),
        }
    };
    loaded.known.iter().map(line).collect()
}

fn values(loaded: &Loaded, (t, zone): (Words, Tz), staff: &StaffMember) -> Vec<Value> {
    let moment =
        |at: &chrono::NaiveDateTime| t.moment(at.and_utc().with_timezone(&zone).naive_local());
    let actor = staff.actor();
    let value = |row: &FactorRow| {
        let all = over_time(loaded, &row.code);
        let before = all.iter().rfind(|(from, _)| *from < row.from_on);
        let counting = loaded
            .approved
            .iter()
            .find(|other| other.code == row.code && other.from_on == row.from_on);
        let newest = loaded.rows.iter().filter(|other| {
            other.from_on == row.from_on && other.status == ProposalStatus::Approved
        });
        let newest = newest.max_by_key(|other| (other.decided_at, other.id));
        let decided = row.decided_by.as_ref().zip(row.decided_at.as_ref());
        Value {
            by: format!("{}, {}", row.proposed_by, moment(&row.proposed_at)),
            decided: decided.map(|(by, at)| format!("{by}, {}", moment(at))),
            before: before.map(|(_, before)| (*before, row.value.0 - before)),
            counts: counting.is_some() && newest.is_some_and(|newest| newest.id == row.id),
            is_own: actor.is_person(row.proposed_by_id, &row.proposed_by),
            row: row.clone(),
        }
    };
    loaded.rows.iter().map(value).collect()
}
