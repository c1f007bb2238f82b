//! Rate schedules on their way to law: drafted, submitted, and published from a day by a second person. A published version is never
//! changed; a change is the next version.

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::commodity::Commodity;
use crate::domain::ids::RateScheduleId;
use crate::domain::rate_status::RateStatus;
use crate::domain::rates::compile;
use crate::domain::rates::compiled::in_language;
use crate::domain::rates::problems::DocumentError;
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::stamp::Actor;
use crate::store::audit::{self, Deed, RateDeed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::rates::{self, RateScheduleRow};
use crate::usecases::charts::{self, ChartRefusal};

/// Why a schedule was not drafted, submitted or published.
#[derive(Debug, thiserror::Error)]
pub enum RateError {
    /// The document does not read or does not hold together.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The step does not follow from where the version stands.
    #[error("a version that is {from} cannot become {to}")]
    UnlawfulMove {
        /// Where it stands.
        from: RateStatus,
        /// Where it was to go.
        to: RateStatus,
    },
    /// A version is published by somebody who neither wrote nor submitted it.
    #[error("a second person must publish it")]
    SamePerson,
    /// Versions come into force one after the other.
    #[error("a published version is in force from {last}; the next must begin later")]
    NotLater {
        /// The first day of the newest published version.
        last: NaiveDate,
    },
    /// The code of the document is not the code of the version that is revised.
    #[error("the document is for {found}, not for {wanted}")]
    OtherCode {
        /// The code in the document.
        found: String,
        /// The code of the version.
        wanted: String,
    },
    /// A schedule prices one service in all its versions.
    #[error("the schedule prices {priced} already, not {found}")]
    OtherService {
        /// The service of the published version.
        priced: Commodity,
        /// The service in the document.
        found: Commodity,
    },
    /// A charge is posted to an account or a fund that the chart of accounts of its days does not have.
    #[error("charge {charge} is posted to account {gl} of fund {fund}, which the chart lacks")]
    NoPlace {
        /// The charge.
        charge: String,
        /// The account.
        gl: String,
        /// The fund.
        fund: String,
    },
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Keeps a document as the draft of its code's next version. The version's number is ours to give.
///
/// # Errors
/// When the document does not hold together.
pub fn draft(tx: &mut Tx<'_>, document: RateSchedule) -> Result<RateScheduleId, RateError> {
    let mut document = document;
    let version = rates::next_version(tx.conn(), &document.code)?;
    document.version = version.unsigned_abs();
    let row = row_of(tx, RateScheduleId(0), version, document)?;
    let id = rates::insert_draft(tx, &row)?;
    record(tx, "rate.drafted", id, &row)?;
    Ok(id)
}

/// Replaces a draft's document; a submitted version becomes a draft again.
///
/// # Errors
/// When the document does not hold together, is for another code, or the version is no draft any more.
pub fn revise(
    tx: &mut Tx<'_>,
    id: RateScheduleId,
    document: RateSchedule,
) -> Result<(), RateError> {
    let present = rates::get(tx.conn(), id)?;
    if document.code != present.code {
        return Err(RateError::OtherCode {
            found: document.code,
            wanted: present.code,
        });
    }
    if present.status != RateStatus::Draft && !present.status.may_become(RateStatus::Draft) {
        return Err(unlawful(&present, RateStatus::Draft));
    }
    let mut document = document;
    document.version = present.version.unsigned_abs();
    let row = row_of(tx, id, present.version, document)?;
    rates::mark_revised(tx, &row)?;
    record(tx, "rate.revised", id, &row)
}

/// Hands a draft to whoever may publish it.
///
/// # Errors
/// When it is no draft.
pub fn submit(tx: &mut Tx<'_>, id: RateScheduleId) -> Result<(), RateError> {
    let row = rates::get(tx.conn(), id)?;
    step(&row, RateStatus::Submitted)?;
    rates::mark_submitted(tx, id)?;
    record(tx, "rate.submitted", id, &row)
}

/// Makes a submitted version law from a day on. Somebody must do it who neither wrote nor submitted it, and its first day lies after that of
/// every published version.
///
/// # Errors
/// When it was not submitted, by somebody who has a hand in it, for too early a day, or where the chart lacks a place for a charge.
pub fn publish(tx: &mut Tx<'_>, id: RateScheduleId, from: NaiveDate) -> Result<(), RateError> {
    let present = rates::get(tx.conn(), id)?;
    step(&present, RateStatus::Published)?;
    let actor = tx.stamp.by.clone();
    if has_a_hand_in(tx, &present, &actor)? {
        return Err(RateError::SamePerson);
    }
    if let Some(last) = rates::last_effective(tx.conn(), &present.code)?
        && from <= last
    {
        return Err(RateError::NotLater { last });
    }
    let mut document = compile::read(&present.document)?;
    document.effective_from = from;
    let compiled = compile::compile(Arc::new(document.clone()))?;
    let posted_from = from.max(tx.stamp.on);
    charts::has_places(tx, &compiled, posted_from).map_err(no_place)?;
    let row = row_of(tx, id, present.version, document)?;
    let submitter = present.submitted_by.as_deref().unwrap_or_default();
    rates::mark_published(tx, &row, &actor.name_beside(submitter))?;
    record(tx, "rate.published", id, &row)
}

fn no_place(refused: ChartRefusal) -> RateError {
    match refused {
        ChartRefusal::ScheduleLacks {
            charge, gl, fund, ..
        } => RateError::NoPlace { charge, gl, fund },
        ChartRefusal::Fault(fault) => fault.into(),
        unreadable @ (ChartRefusal::Chart(_)
        | ChartRefusal::Posted { .. }
        | ChartRefusal::Kind(..)
        | ChartRefusal::Fixed { .. }
        | ChartRefusal::Gone { .. }
        | ChartRefusal::NotDated { .. }
        | ChartRefusal::Ahead(_)
        | ChartRefusal::Claim(_)
        | ChartRefusal::Tariff(_)
        | ChartRefusal::Books(_)) => StoreError::Unreadable(unreadable.to_string()).into(),
    }
}

/// Whether somebody wrote a version, changed it while it was written, or submitted it as it stands: told by who they are, not by their name.
///
/// # Errors
/// A fault of the database.
pub fn has_a_hand_in(
    conn: &mut Conn,
    row: &RateScheduleRow,
    actor: &Actor,
) -> Result<bool, StoreError> {
    let deeds = audit::list_of_rate(conn, row.id)?;
    let is = |deed: &&RateDeed, action: &str| deed.action == action;
    let mut wrote = deeds
        .iter()
        .filter(|deed| is(deed, "rate.drafted") || is(deed, "rate.revised"));
    let submitted = deeds.iter().rfind(|deed| is(deed, "rate.submitted"));
    let is_own = |deed: &RateDeed| actor.is_person(deed.actor_id, &deed.actor_name);
    Ok(wrote.any(is_own) || submitted.is_some_and(is_own))
}

/// Gives a version up before it became law.
///
/// # Errors
/// When it is published or withdrawn already.
pub fn withdraw(tx: &mut Tx<'_>, id: RateScheduleId) -> Result<(), RateError> {
    let row = rates::get(tx.conn(), id)?;
    step(&row, RateStatus::Withdrawn)?;
    rates::mark_withdrawn(tx, id)?;
    record(tx, "rate.withdrawn", id, &row)
}

fn step(row: &RateScheduleRow, to: RateStatus) -> Result<(), RateError> {
    if row.status.may_become(to) {
        Ok(())
    } else {
        Err(unlawful(row, to))
    }
}

const fn unlawful(row: &RateScheduleRow, to: RateStatus) -> RateError {
    RateError::UnlawfulMove {
        from: row.status,
        to,
    }
}

/// The row of a document that holds together and prices what its earlier versions did.
fn row_of(
    tx: &mut Tx<'_>,
    id: RateScheduleId,
    version: i32,
    document: RateSchedule,
) -> Result<RateScheduleRow, RateError> {
    let document = Arc::new(document);
    compile::compile(Arc::clone(&document))?;
    let (priced, found) = (rates::find_service(tx, &document.code)?, document.service);
    if let Some(priced) = priced.filter(|priced| *priced != found) {
        return Err(RateError::OtherService { priced, found });
    }
    let text = serde_json::to_string_pretty(document.as_ref())
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    Ok(RateScheduleRow {
        id,
        code: document.code.clone(),
        version,
        name: in_language(&document.name, "en").to_owned(),
        commodity: document.service,
        effective_from: document.effective_from,
        status: RateStatus::Draft,
        document: text,
        drafted_by: tx.stamp.by.name.clone(),
        drafted_at: tx.stamp.at,
        submitted_by: None,
        submitted_at: None,
        published_by: None,
        published_at: None,
    })
}

fn record(
    tx: &mut Tx<'_>,
    action: &str,
    id: RateScheduleId,
    row: &RateScheduleRow,
) -> Result<(), RateError> {
    let facts = json!({ "code": row.code, "version": row.version, "from": row.effective_from });
    audit::insert(
        tx,
        &Deed {
            action,
            subject_kind: "rate_schedule",
            subject_id: id.to_string(),
            account_id: None,
            facts,
        },
    )?;
    Ok(())
}
