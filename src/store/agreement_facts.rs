//! How the facts of service agreements changed while they ran. This file contains no update and no delete.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::agreement_facts::{AgreementFacts, DatedFacts};
use crate::domain::ids::ServiceAgreementId;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::agreement_facts;

/// A change as it was written down.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = agreement_facts)]
pub struct FactsRow {
    /// Of which agreement.
    pub service_agreement_id: ServiceAgreementId,
    /// The first day.
    pub from_on: NaiveDate,
    /// The facts from then on, as JSON.
    pub facts: String,
    /// Who wrote it down.
    pub recorded_by: String,
    /// When, in UTC.
    pub recorded_at: NaiveDateTime,
}

/// The changes of these agreements in the order in which they were written down.
pub fn list(
    conn: &mut Conn,
    agreements: &[ServiceAgreementId],
) -> Result<Vec<FactsRow>, StoreError> {
    Ok(agreement_facts::table
        .filter(agreement_facts::service_agreement_id.eq_any(agreements))
        .order((agreement_facts::service_agreement_id, agreement_facts::id))
        .select(FactsRow::as_select())
        .load(conn)?)
}

/// Writes down what counts for an agreement from a day on.
pub fn insert(
    tx: &mut Tx<'_>,
    agreement: ServiceAgreementId,
    from_on: NaiveDate,
    facts: &AgreementFacts,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(facts)
        .map_err(|error| StoreError::Unreadable(format!("facts of {agreement}: {error}")))?;
    let stamp = tx.stamp;
    diesel::insert_into(agreement_facts::table)
        .values((
            agreement_facts::service_agreement_id.eq(agreement),
            agreement_facts::from_on.eq(from_on),
            agreement_facts::facts.eq(text),
            agreement_facts::recorded_by.eq(&stamp.by.name),
            agreement_facts::recorded_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The facts of an agreement over time: those that it began with, and their changes.
pub fn dated<'a>(
    (agreement, first): (ServiceAgreementId, &str),
    changes: impl Iterator<Item = &'a FactsRow>,
) -> Result<DatedFacts, StoreError> {
    let read = |facts: &str| {
        serde_json::from_str::<AgreementFacts>(facts).map_err(|error| {
            StoreError::Unreadable(format!("facts of service agreement {agreement}: {error}"))
        })
    };
    let changes = changes.map(|row| Ok((row.from_on, read(&row.facts)?)));
    let changes = changes.collect::<Result<Vec<_>, StoreError>>()?;
    Ok(DatedFacts::new(read(first)?, changes))
}

/// The same of one agreement.
pub fn of(
    conn: &mut Conn,
    (agreement, first): (ServiceAgreementId, &str),
) -> Result<DatedFacts, StoreError> {
    let changes = list(conn, &[agreement])?;
    dated((agreement, first), changes.iter())
}
