//! Changing what an agreement adds to the facts of its bills: counted things and marks, from a day on. Days that were billed keep what they
//! were billed by; a draft that rests on the facts before is looked at before it goes out.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::agreement_facts::AgreementFacts;
use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::{AccountId, BillId, ServiceAgreementId};
use crate::domain::period::in_force;
use crate::store;
use crate::store::bills::BillRow;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::{agreement_facts, bill_drafts};
use crate::usecases::accounts::services::{ServiceError, not_billed_after, of_account, record};

/// Says what counts for an agreement from a day on, until the next change if there is one. What counts then already changes nothing.
///
/// # Errors
/// `NotInForce` on that day, `Billed` where that day is on a bill, or a fault.
pub fn change_facts(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: ServiceAgreementId,
    (from_on, facts): (NaiveDate, &AgreementFacts),
) -> Result<(), ServiceError> {
    let row = of_account(tx, account, id)?;
    if !in_force(row.from_on, row.until_on, from_on) {
        return Err(ServiceError::NotInForce(from_on));
    }
    let dated = agreement_facts::of(tx, (id, &row.facts))?;
    let before = dated.on(from_on);
    if before.is_same(facts) {
        return Ok(());
    }
    not_billed_after(tx, id, from_on)?;
    let deed = json!({ "from": from_on, "before": before, "now": facts });
    agreement_facts::insert(tx, id, from_on, facts)?;
    flag_drafts(tx, (account, id), from_on)?;
    record(tx, account, (id, "service.facts_changed"), deed)
}

/// A draft of days from the change on was worked out by the facts before: a person drafts it again before it is issued.
fn flag_drafts(
    tx: &mut Tx<'_>,
    (account, id): (AccountId, ServiceAgreementId),
    from_on: NaiveDate,
) -> Result<(), StoreError> {
    let at = tx.stamp.at.and_utc().timestamp_micros();
    let drafts = bill_drafts::list_touching(tx, account, (from_on, None))?;
    let bills: Vec<BillId> = drafts.iter().map(|draft| draft.id).collect();
    let mut segments = store::bills::list_segments(tx, &bills)?;
    segments.retain(|segment| segment.service_agreement_id == id);
    let rests = |draft: &&BillRow| segments.iter().any(|segment| segment.bill_id == draft.id);
    for draft in drafts.iter().filter(rests) {
        let (kind, reason) = (ExceptionKind::Bill, ExceptionReason::FactsChanged);
        let facts = json!({ "day": from_on, "from": draft.from_on, "until": draft.until_on });
        let key = format!("bill:{}:facts:{id}:{from_on}:{at}", draft.id);
        let found = NewException {
            account_id: Some(account),
            service_agreement_id: Some(id),
            bill_id: Some(draft.id),
            run_id: draft.run_id,
            ..NewException::of(key, kind, reason, facts)
        };
        store::exceptions::open(tx, &found)?;
    }
    Ok(())
}
