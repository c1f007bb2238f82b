//! What a landlord wants of a place when a tenant leaves: said, taken back, and done the moment the office ends the tenant's service, with no
//! day between and none twice.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::ids::{AccountId, AccountNumber, PremiseId};
use crate::domain::landlords::Instruction;
use crate::domain::notice::{LandlordNews, LandlordTold, Notice, Urgency};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::landlords::{self, InstructionRow};
use crate::store::service::{self, ServiceAgreementRow};
use crate::usecases::accounts::services::{NewAgreement, ServiceError, start_until};
use crate::usecases::notices;

/// What followed when a tenant's service ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterTenant {
    /// No landlord said anything that counts, or somebody else is served from that day on.
    Nothing,
    /// Service goes on on the landlord's account.
    Continued(AccountNumber),
    /// The place stays without it, as the landlord wants.
    Vacant,
    /// The landlord's account could not take it over: a person must look.
    NotContinued(AccountNumber),
}

/// Says what is to happen at a place when a tenant leaves. The same said again changes nothing; says whether it was new.
///
/// # Errors
/// That the customer of the account rents out no such place, or a fault.
pub fn instruct(
    tx: &mut Tx<'_>,
    account: AccountId,
    premise: PremiseId,
    instruction: Instruction,
) -> Result<bool, StoreError> {
    store::ledger::lock(tx, &[account])?;
    let on = tx.stamp.on;
    let places = landlords::list_places(tx, account, on)?;
    let place = places.into_iter().find(|place| place.id == premise);
    let place = place.ok_or(StoreError::Missing("place"))?;
    let before = place
        .said
        .first()
        .map_or(Instruction::Unsaid, |said| said.instruction);
    if before == instruction {
        return Ok(false);
    }
    landlords::insert(tx, account, premise, instruction)?;
    let facts = json!({ "premise": premise, "from": before, "to": instruction });
    record(tx, account, "landlord.instructed", facts)?;
    tell(
        tx,
        (account, &place.line),
        on,
        &LandlordNews::Instructed { instruction },
    )?;
    Ok(true)
}

/// What will happen when a service ends on a day, as the office is shown it beforehand: what is wanted, and on which account.
///
/// # Errors
/// A fault of the database.
pub fn expected(
    conn: &mut Conn,
    row: &ServiceAgreementRow,
    until_on: NaiveDate,
) -> Result<Option<(Instruction, AccountNumber)>, StoreError> {
    let (premise, _) = service::place_of(conn, row.service_point_id)?;
    let Some(said) = landlords::find_standing(conn, (row.account_id, premise), until_on)? else {
        return Ok(None);
    };
    let number = store::logins::account_number(conn, said.account_id)?;
    Ok(Some((said.instruction, number)))
}

/// Does what the landlord said, in the transaction in which the tenant's service ends. `ended` is as it was before: an end that is moved
/// moves what began with it.
pub(super) fn after_tenant(
    tx: &mut Tx<'_>,
    ended: &ServiceAgreementRow,
    until_on: NaiveDate,
) -> Result<AfterTenant, ServiceError> {
    let (premise, line) = service::place_of(tx, ended.service_point_id)?;
    let said = landlords::find_standing(tx, (ended.account_id, premise), until_on)?;
    let Some(said) = said else {
        return Ok(AfterTenant::Nothing);
    };
    let commodity = service::commodity_of(tx, ended.service_point_id)?;
    let number = store::accounts::get(tx, said.account_id)?.number;
    let (done, news) = match said.instruction {
        Instruction::Unsaid => return Ok(AfterTenant::Nothing),
        Instruction::Vacant => (AfterTenant::Vacant, LandlordNews::Vacant { commodity }),
        Instruction::Continue => match take_over(tx, &said, ended, until_on)? {
            Taken::Yes => (
                AfterTenant::Continued(number),
                LandlordNews::Continued { commodity },
            ),
            Taken::ByAnother => return Ok(AfterTenant::Nothing),
            Taken::No => (
                AfterTenant::NotContinued(number),
                LandlordNews::NotContinued { commodity },
            ),
        },
    };
    let facts = json!({ "premise": premise, "instruction": said.instruction, "until": until_on, "commodity": commodity });
    record(tx, said.account_id, "landlord.followed", facts)?;
    tell(tx, (said.account_id, &line), until_on, &news)?;
    Ok(done)
}

/// Whether service was taken over.
enum Taken {
    /// By the landlord.
    Yes,
    /// Somebody else is served from the same day on.
    ByAnother,
    /// Nobody could.
    No,
}

/// Begins service on the landlord's account on the day on which the tenant's ends, until somebody else is served there.
fn take_over(
    tx: &mut Tx<'_>,
    said: &InstructionRow,
    ended: &ServiceAgreementRow,
    from_on: NaiveDate,
) -> Result<Taken, ServiceError> {
    let all = service::list_of_point(tx, ended.service_point_id)?;
    let mut after: Vec<&ServiceAgreementRow> = all
        .iter()
        .map(|(row, _)| row)
        .filter(|row| row.id != ended.id && row.from_on >= from_on)
        .collect();
    after.sort_by_key(|row| row.from_on);
    if let Some(next) = after.first() {
        // The end was moved: what began with it begins earlier, too.
        if next.account_id == said.account_id && ended.until_on == Some(next.from_on) {
            service::mark_begun(tx, next.id, from_on)?;
            return Ok(Taken::Yes);
        }
        if next.from_on == from_on {
            return Ok(Taken::ByAnother);
        }
    }
    let facts = serde_json::from_str(&ended.facts);
    let new = NewAgreement {
        account: said.account_id,
        point: ended.service_point_id,
        rate_code: ended.rate_code.clone(),
        facts: facts.map_err(|error| StoreError::Unreadable(error.to_string()))?,
        from_on,
    };
    match start_until(tx, &new, after.first().map(|next| next.from_on)) {
        Ok(_) => Ok(Taken::Yes),
        Err(
            ServiceError::PointTaken { .. }
            | ServiceError::NoSuchRate { .. }
            | ServiceError::NotServed(_)
            | ServiceError::NotInForce(_)
            | ServiceError::Billed(_)
            | ServiceError::EndsBefore
            | ServiceError::AlreadySuspended
            | ServiceError::NotSuspended
            | ServiceError::ReasonMissing,
        ) => Ok(Taken::No),
        Err(fault @ ServiceError::Fault(_)) => Err(fault),
    }
}

fn tell(
    tx: &mut Tx<'_>,
    (account, place): (AccountId, &str),
    on: NaiveDate,
    news: &LandlordNews,
) -> Result<(), StoreError> {
    let urgency = match news {
        LandlordNews::Instructed { .. } => Urgency::GoodToKnow,
        LandlordNews::Continued { .. }
        | LandlordNews::Vacant { .. }
        | LandlordNews::NotContinued { .. } => Urgency::MustReach,
    };
    notices::tell(tx, account, urgency, |reader| {
        Notice::Landlord(LandlordTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            place: place.to_owned(),
            on,
            news: news.clone(),
        })
    })
}

fn record(
    tx: &mut Tx<'_>,
    account: AccountId,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    tx.touch(account);
    let number = store::accounts::get(tx, account)?.number;
    let deed = Deed {
        action,
        subject_kind: "account",
        subject_id: number.to_string(),
        account_id: Some(account),
        facts,
    };
    store::audit::insert(tx, &deed)
}
