//! Times in which nobody of a group is shut off: declared with their dates, and ended before their time.

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::domain::accounts::AccountClass;
use crate::domain::holds::{Act, HoldKind, HoldState, Refusal};
use crate::domain::ids::MoratoriumId;
use crate::domain::premises::Commodity;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::holds::moratoria::{self, NewMoratorium};
use crate::usecases::holds::{HoldError, policy_on, role_of, some_words};

/// What is declared.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// What makes it the same when it is sent again.
    pub request_key: String,
    /// For this class; nothing for all.
    pub class: Option<AccountClass>,
    /// For whoever has this service; nothing for all.
    pub commodity: Option<Commodity>,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Declares a time in which nobody of a group is shut off. The same form declares once. Where it begins today, open shut-offs of whoever it is for
/// leave the crews' lists by `protections::sweep`, which the door asks for next; where it begins later, on its first day.
///
/// # Errors
/// `Refused` with every reason, `WordsMissing`, `WordsTooLong`, or a fault.
pub fn declare(tx: &mut Tx<'_>, new: &Declaration) -> Result<MoratoriumId, HoldError> {
    let reason = some_words(&new.reason)?;
    if let Some(id) = moratoria::find_by_key(tx, &new.request_key)? {
        return Ok(id);
    }
    let on = tx.stamp.on;
    let (version, policy) = policy_on(tx, on)?;
    let terms = policy.terms(HoldKind::Moratorium);
    let terms = terms.ok_or_else(|| HoldError::Refused(vec![Refusal::NotOffered]))?;
    let mut wrong = Vec::new();
    if !terms.may(Act::Place, role_of(tx)?) {
        let jobs = terms.jobs(Act::Place).iter().copied().collect();
        wrong.push(Refusal::NotYourRole(jobs));
    }
    if new.from_on < on {
        wrong.push(Refusal::Passed);
    }
    if new.until_on <= new.from_on {
        wrong.push(Refusal::EndsBefore);
    }
    let longest = terms.first_days.unwrap_or_default();
    if let Some(latest) = new.from_on.checked_add_days(Days::new(longest.into()))
        && new.until_on > latest
        && let Some(last) = latest.pred_opt()
    {
        wrong.push(Refusal::TooLong(last));
    }
    if !wrong.is_empty() {
        return Err(HoldError::Refused(wrong));
    }
    let row = NewMoratorium {
        request_key: &new.request_key,
        class: new.class,
        commodity: new.commodity,
        from_on: new.from_on,
        until_on: new.until_on,
        stops: &terms.stops,
        reason,
        policy_version: version,
    };
    let id = moratoria::insert(tx, &row)?;
    let facts = json!({
        "class": new.class,
        "service": new.commodity,
        "from": new.from_on,
        "until": new.until_on,
        "stops": terms.stops,
    });
    record(tx, id, "moratorium.declared", facts)?;
    Ok(id)
}

/// Ends one today, with the reason.
///
/// # Errors
/// `Refused` where the job may not, `WordsMissing`, `WordsTooLong`, `HasEnded`, or a fault.
pub fn end(tx: &mut Tx<'_>, id: MoratoriumId, words: &str) -> Result<(), HoldError> {
    let words = some_words(words)?;
    let row = moratoria::get(tx, id)?;
    let on = tx.stamp.on;
    if row.span.state(on) == HoldState::Past {
        return Err(HoldError::HasEnded);
    }
    let (_, policy) = policy_on(tx, on)?;
    let role = role_of(tx)?;
    if let Some(terms) = policy.terms(HoldKind::Moratorium)
        && !terms.may(Act::Lift, role)
    {
        let jobs = terms.jobs(Act::Lift).iter().copied().collect();
        return Err(HoldError::Refused(vec![Refusal::NotYourRole(jobs)]));
    }
    moratoria::insert_end(tx, id, words).map_err(|error| match error {
        // Somebody else ended it at the same moment.
        StoreError::Conflict(_) => HoldError::HasEnded,
        other @ (StoreError::Missing(_)
        | StoreError::NotShared
        | StoreError::Unreadable(_)
        | StoreError::Unavailable(_)
        | StoreError::Abandoned(_)
        | StoreError::Broken(_)) => HoldError::Fault(other),
    })?;
    Ok(record(tx, id, "moratorium.ended", json!({}))?)
}

fn record(
    tx: &mut Tx<'_>,
    id: MoratoriumId,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "moratorium",
        subject_id: id.to_string(),
        account_id: None,
        facts,
    };
    audit::insert(tx, &deed)
}
