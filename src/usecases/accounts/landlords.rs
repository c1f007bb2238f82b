//! What a landlord wants of a place when a tenant leaves: said, and taken back. It is done the moment the office ends the tenant's service, and
//! done anew when the landlord says something else before that end.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::ids::{AccountId, AccountNumber, PremiseId};
use crate::domain::landlords::Instruction;
use crate::domain::notice::{LandlordNews, LandlordTold, Notice, Urgency};
use crate::domain::period::in_force;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::landlords;
use crate::store::service::{self, ServiceAgreementRow};
use crate::usecases::accounts::takeovers::{Asked, follow};
use crate::usecases::billing::changed::hold_bills;
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
    /// What began on the landlord's account was billed, and stays though it should not: a person must look.
    Billed(AccountNumber),
}

/// Says what is to happen at a place when a tenant leaves, and does it for every end that is known already and to which it counts. The same
/// said again changes nothing; says whether it was new.
///
/// # Errors
/// That the customer of the account rents out no such place, or a fault.
pub fn instruct(
    tx: &mut Tx<'_>,
    account: AccountId,
    premise: PremiseId,
    instruction: Instruction,
) -> Result<bool, StoreError> {
    service::lock_place(tx, premise)?;
    hold_bills(tx, account)?;
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
    for ended in landlords::list_ending(tx, premise, on)? {
        // What began for an end that came before in this list may be gone by now.
        if service::find(tx, ended.id)?.is_some() {
            follow(tx, &ended, Asked::Anew)?;
        }
    }
    Ok(true)
}

/// On whose account service is to go on that ended, or is to end, and has not begun there: that of the landlord, where nobody else is served
/// from that day on. With the day.
///
/// # Errors
/// A fault of the database.
pub fn waiting(
    conn: &mut Conn,
    row: &ServiceAgreementRow,
) -> Result<Option<(AccountNumber, NaiveDate)>, StoreError> {
    let Some(until_on) = row.until_on else {
        return Ok(None);
    };
    let Some((Instruction::Continue, number)) = expected(conn, row, until_on)? else {
        return Ok(None);
    };
    let all = service::list_of_point(conn, row.service_point_id)?;
    let is_served = all
        .iter()
        .any(|(other, _)| in_force(other.from_on, other.until_on, until_on));
    Ok((!is_served).then_some((number, until_on)))
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

pub(super) fn tell(
    tx: &mut Tx<'_>,
    (account, place): (AccountId, &str),
    on: NaiveDate,
    news: &LandlordNews,
) -> Result<(), StoreError> {
    let urgency = match news {
        LandlordNews::Instructed { .. } => Urgency::GoodToKnow,
        LandlordNews::Continued { .. }
        | LandlordNews::Vacant { .. }
        | LandlordNews::NotContinued { .. }
        | LandlordNews::NotYours { .. } => Urgency::MustReach,
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

pub(super) fn record(
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
