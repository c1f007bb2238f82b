//! What is known of a place on the day on which somebody begins to be served there: by whoever was served there before, the service point and
//! the premise.

use chrono::NaiveDate;

use crate::domain::agreement_facts::AgreementFacts;

use crate::domain::ids::ServicePointId;
use crate::domain::rates::asked::AskedFact;
use crate::domain::rates::compile;
use crate::domain::rates::known::of_the_place;
use crate::domain::rates::schedule::RateSchedule;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::service::{self, ServiceAgreementRow};
use crate::store::{agreement_facts, premises, rates};

/// What is known of a place.
#[derive(Debug, Clone)]
pub struct KnownFacts {
    /// What counts there whoever is served.
    pub of_place: AgreementFacts,
    /// The agreement that was in force there last before the day, and what counted for it at its end.
    pub before: Option<(ServiceAgreementRow, AgreementFacts)>,
}

/// What is known of a point before service begins there on a day, of what a rate asks for.
///
/// # Errors
/// Facts that cannot be read, or a fault of the database.
pub fn of_point(
    conn: &mut Conn,
    (point, from_on): (ServicePointId, NaiveDate),
    asked: &[AskedFact],
) -> Result<KnownFacts, StoreError> {
    let place = premises::get_facts(conn, point)?;
    let all = service::list_of_point(conn, point)?;
    let rows = all.into_iter().map(|(row, _)| row);
    let last = rows
        .filter(|row| row.from_on < from_on)
        .max_by_key(|row| row.from_on);
    let before = match last {
        Some(row) => {
            let facts = at_the_end(conn, &row, from_on)?;
            Some((row, facts))
        }
        None => None,
    };
    let counted = before.as_ref().map(|(_, facts)| facts);
    Ok(KnownFacts {
        of_place: of_the_place(asked, counted, &place),
        before,
    })
}

/// What counted for an agreement on the last of its days before a day.
///
/// # Errors
/// Facts that cannot be read, or a fault of the database.
pub fn at_the_end(
    conn: &mut Conn,
    row: &ServiceAgreementRow,
    before: NaiveDate,
) -> Result<AgreementFacts, StoreError> {
    let end = row.until_on.map_or(before, |until| until.min(before));
    let last = end.pred_opt().unwrap_or(end);
    let dated = agreement_facts::of(conn, (row.id, &row.facts))?;
    Ok(dated.on(last).clone())
}

/// The document of a rate that is in force on a day.
///
/// # Errors
/// A document that cannot be read, or a fault of the database.
pub fn document_in_force(
    conn: &mut Conn,
    code: &str,
    on: NaiveDate,
) -> Result<Option<RateSchedule>, StoreError> {
    let Some(row) = rates::find_in_force(conn, code, on)? else {
        return Ok(None);
    };
    let document = compile::read(&row.document)
        .map_err(|error| StoreError::Unreadable(format!("schedule {code}: {error}")))?;
    Ok(Some(document))
}

/// Facts as an agreement keeps them.
///
/// # Errors
/// Facts that cannot be written.
pub(super) fn as_stored(facts: &AgreementFacts) -> Result<serde_json::Value, StoreError> {
    serde_json::to_value(facts).map_err(|error| StoreError::Unreadable(error.to_string()))
}
