//! Service in a landlord's name because a tenant's ends: it begins with that end, moves with it, gives way to whoever is served next, and is
//! withdrawn where the landlord wants it no more. Each of it once, however often it is asked for.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::{AccountId, AccountNumber, PremiseId};
use crate::domain::landlords::Instruction;
use crate::domain::notice::LandlordNews;
use crate::domain::premises::Commodity;
use crate::domain::rates::asked::asked;
use crate::domain::rates::schedule::RateSchedule;
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::landlords::{self, InstructionRow};
use crate::store::service::{self, ServiceAgreementRow};
use crate::usecases::accounts::known_facts::{as_stored, document_in_force, of_point};
use crate::usecases::accounts::landlords::{AfterTenant, record, tell};
use crate::usecases::accounts::services::{
    self, NewAgreement, ServiceError, not_billed_after, start_until,
};
use crate::usecases::billing::changed::{day_before, give_up_drafts, hold_bills, hold_bills_of};
use crate::usecases::exceptions::{self, Answer, ExceptionError};

/// Why what the landlord wants is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// The end is new, it was moved, or the landlord said something else.
    Anew,
    /// Nothing changed: what could not be done before is tried again.
    Again,
}

/// A tenant's service that ends, with what is known of it.
struct Ended<'a> {
    row: &'a ServiceAgreementRow,
    until_on: NaiveDate,
    premise: PremiseId,
    place: String,
    commodity: Commodity,
}

/// Whether service was taken over.
enum Taken {
    /// It begins in the landlord's name.
    Begun,
    /// It had begun, on the same day.
    Before,
    /// Somebody else is served from the same day on.
    ByAnother,
    /// Nobody could, and why.
    No(String),
}

/// Does what the landlord said for a tenant's service that ends on a day, and takes back what was done for another day or another word. Whoever
/// calls has locked the point.
pub(super) fn follow(
    tx: &mut Tx<'_>,
    row: &ServiceAgreementRow,
    asked: Asked,
) -> Result<AfterTenant, StoreError> {
    let Some(until_on) = row.until_on else {
        return Ok(AfterTenant::Nothing);
    };
    let (premise, place) = service::place_of(tx, row.service_point_id)?;
    let ended = Ended {
        row,
        until_on,
        premise,
        place,
        commodity: service::commodity_of(tx, row.service_point_id)?,
    };
    let mut begun = landlords::find_following(tx, row.id)?;
    // Whoever says something else at the same moment waits, or is heard.
    let mut held = landlords::list_landlords(tx, (row.account_id, premise), until_on)?;
    held.extend(begun.as_ref().map(|begun| begun.account_id));
    hold_bills_of(tx, &held)?;
    let said = landlords::find_standing(tx, (row.account_id, premise), until_on)?;
    let goes_on = |said: &InstructionRow| said.instruction == Instruction::Continue;
    let heir = said.as_ref().filter(|said| goes_on(said));
    let heir = heir.map(|said| said.account_id);
    if let Some(other) = begun.take_if(|begun| Some(begun.account_id) != heir) {
        let is_told = said
            .as_ref()
            .is_some_and(|said| said.account_id == other.account_id);
        if !withdraw(tx, &other)? {
            return stuck(tx, &ended, &other);
        }
        if !is_told {
            tell_not_yours(tx, &other, other.from_on)?;
        }
    }
    match said {
        None => Ok(AfterTenant::Nothing),
        Some(said) if goes_on(&said) => hand_over(tx, &ended, &said, begun),
        Some(_) if asked == Asked::Again => Ok(AfterTenant::Nothing),
        Some(said) => {
            let commodity = ended.commodity;
            done(tx, &ended, &said, &LandlordNews::Vacant { commodity })?;
            Ok(AfterTenant::Vacant)
        }
    }
}

/// Lets service go on in the landlord's name.
fn hand_over(
    tx: &mut Tx<'_>,
    ended: &Ended<'_>,
    said: &InstructionRow,
    begun: Option<ServiceAgreementRow>,
) -> Result<AfterTenant, StoreError> {
    let commodity = ended.commodity;
    let number = store::accounts::get(tx, said.account_id)?.number;
    let taken = match begun {
        Some(begun) if begun.from_on == ended.until_on => Taken::Before,
        Some(begun) if service::is_billed(tx, begun.id)? => return stuck(tx, ended, &begun),
        Some(begun) if is_out(tx, ended, &begun)? => return stuck(tx, ended, &begun),
        Some(begun) => {
            let (now, before) = (ended.until_on, begun.from_on);
            service::mark_begun(tx, begun.id, now)?;
            let days = (day_before(now.min(before)), Some(now.max(before)));
            give_up_drafts(tx, begun.account_id, days)?;
            Taken::Begun
        }
        None => begin(tx, ended, said)?,
    };
    match taken {
        Taken::ByAnother => return Ok(AfterTenant::Nothing),
        Taken::Before => {}
        Taken::Begun => {
            done(tx, ended, said, &LandlordNews::Continued { commodity })?;
            answer(tx, ended, said.account_id)?;
        }
        Taken::No(why) => {
            // Told the first time, not each time that it is tried again.
            if ask(tx, ended, said.account_id, &why)? {
                done(tx, ended, said, &LandlordNews::NotContinued { commodity })?;
            }
            return Ok(AfterTenant::NotContinued(number));
        }
    }
    Ok(AfterTenant::Continued(number))
}

/// Whether the landlord's bill for days on which service would begin earlier than it did is out, without it.
fn is_out(
    tx: &mut Tx<'_>,
    ended: &Ended<'_>,
    begun: &ServiceAgreementRow,
) -> Result<bool, StoreError> {
    let billed = service::account_billed_until(tx, begun.account_id)?;
    Ok(ended.until_on < begun.from_on && billed.is_some_and(|until| until > ended.until_on))
}

/// Begins service on the landlord's account on the day on which the tenant's ends, until somebody else is served there or the landlord
/// wanted it no more.
fn begin(tx: &mut Tx<'_>, ended: &Ended<'_>, said: &InstructionRow) -> Result<Taken, StoreError> {
    let (row, from_on) = (ended.row, ended.until_on);
    let all = service::list_of_point(tx, row.service_point_id)?;
    let others = all.iter().map(|(other, _)| other);
    let next = others
        .filter(|other| other.id != row.id && other.from_on >= from_on)
        .map(|other| other.from_on)
        .min();
    if next == Some(from_on) {
        return Ok(Taken::ByAnother);
    }
    // A rate that is not there is found out when service begins.
    let document = document_in_force(tx, &row.rate_code, from_on)?;
    let class = store::accounts::get(tx, said.account_id)?.class;
    let is_for_others = |document: &RateSchedule| document.is_for_others_than(class.as_str());
    if document.as_ref().is_some_and(is_for_others) {
        return Ok(Taken::No(format!("{} is for another class", row.rate_code)));
    }
    let asked = document.as_ref().map(asked).unwrap_or_default();
    let known = of_point(tx, (row.service_point_id, from_on), &asked)?;
    let of = (said.account_id, ended.premise);
    let taken_back = landlords::find_taken_back(tx, of, from_on)?;
    let new = NewAgreement {
        account: said.account_id,
        point: row.service_point_id,
        rate_code: row.rate_code.clone(),
        facts: as_stored(&known.of_place)?,
        from_on,
    };
    let until_on = next.into_iter().chain(taken_back).min();
    match start_until(tx, &new, until_on) {
        Ok(id) => {
            landlords::insert_following(tx, id, row.id)?;
            Ok(Taken::Begun)
        }
        Err(ServiceError::Fault(fault)) => Err(fault),
        Err(
            refused @ (ServiceError::PointTaken { .. }
            | ServiceError::NoSuchRate { .. }
            | ServiceError::NotServed(_)
            | ServiceError::NotInForce(_)
            | ServiceError::Billed(_)
            | ServiceError::EndsBefore
            | ServiceError::AlreadySuspended
            | ServiceError::NotSuspended
            | ServiceError::ReasonMissing),
        ) => Ok(Taken::No(refused.to_string())),
    }
}

/// Whether an agreement gives way to somebody who is to be served from a day on: it began because a tenant left, and no bill says otherwise.
pub(super) fn gives_way(
    tx: &mut Tx<'_>,
    other: &ServiceAgreementRow,
    new: &NewAgreement,
) -> Result<bool, ServiceError> {
    if other.account_id == new.account
        || new.from_on < other.from_on
        || !landlords::is_following(tx, other.id)?
    {
        return Ok(false);
    }
    hold_bills(tx, other.account_id)?;
    if new.from_on == other.from_on {
        return Ok(!service::is_billed(tx, other.id)?);
    }
    match not_billed_after(tx, other.id, new.from_on) {
        Ok(()) => Ok(true),
        Err(ServiceError::Billed(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Ends service in a landlord's name on the day from which somebody else is served, or withdraws it where it was to begin that day.
pub(super) fn give_way(
    tx: &mut Tx<'_>,
    other: &ServiceAgreementRow,
    from_on: NaiveDate,
) -> Result<(), ServiceError> {
    if other.from_on == from_on {
        withdraw(tx, other)?;
    } else {
        service::mark_ended(tx, other.id, from_on)?;
        let days = (day_before(from_on), other.until_on);
        give_up_drafts(tx, other.account_id, days)?;
        store::search::index_account(tx, other.account_id)?;
        let facts = json!({ "until": from_on });
        services::record(tx, other.account_id, (other.id, "service.stopped"), facts)?;
    }
    Ok(tell_not_yours(tx, other, from_on)?)
}

/// Withdraws service in a landlord's name, whose bills are held, as if it had never begun. Says whether it could.
fn withdraw(tx: &mut Tx<'_>, begun: &ServiceAgreementRow) -> Result<bool, StoreError> {
    // What was billed stays.
    if service::is_billed(tx, begun.id)? {
        return Ok(false);
    }
    let days = (day_before(begun.from_on), begun.until_on);
    give_up_drafts(tx, begun.account_id, days)?;
    landlords::remove_following(tx, begun.id)?;
    service::mark_withdrawn(tx, begun.id)?;
    store::search::index_account(tx, begun.account_id)?;
    let facts = json!({ "agreement": begun.id, "from": begun.from_on, "rate": begun.rate_code });
    record(tx, begun.account_id, "landlord.withdrawn", facts)?;
    Ok(true)
}

/// What began in the landlord's name was billed, or other days of theirs were, so that a person must look.
fn stuck(
    tx: &mut Tx<'_>,
    ended: &Ended<'_>,
    begun: &ServiceAgreementRow,
) -> Result<AfterTenant, StoreError> {
    let why = format!("billed from {}", begun.from_on);
    ask(tx, ended, begun.account_id, &why)?;
    let number: AccountNumber = store::accounts::get(tx, begun.account_id)?.number;
    Ok(AfterTenant::Billed(number))
}

fn tell_not_yours(
    tx: &mut Tx<'_>,
    begun: &ServiceAgreementRow,
    on: NaiveDate,
) -> Result<(), StoreError> {
    let (_, place) = service::place_of(tx, begun.service_point_id)?;
    let commodity = service::commodity_of(tx, begun.service_point_id)?;
    let news = LandlordNews::NotYours { commodity };
    tell(tx, (begun.account_id, &place), on, &news)
}

/// Writes down what was done for a landlord, and tells them.
fn done(
    tx: &mut Tx<'_>,
    ended: &Ended<'_>,
    said: &InstructionRow,
    news: &LandlordNews,
) -> Result<(), StoreError> {
    let facts = json!({
        "premise": ended.premise, "instruction": said.instruction, "until": ended.until_on, "commodity": ended.commodity,
    });
    record(tx, said.account_id, "landlord.followed", facts)?;
    tell(tx, (said.account_id, &ended.place), ended.until_on, news)
}

fn key_of(ended: &Ended<'_>, account: AccountId) -> String {
    format!("landlord:{account}:{}:{}", ended.row.id, ended.until_on)
}

/// Asks a person about what could not be done. Says whether nobody was asked before.
fn ask(
    tx: &mut Tx<'_>,
    ended: &Ended<'_>,
    account: AccountId,
    why: &str,
) -> Result<bool, StoreError> {
    let found = NewException {
        account_id: Some(account),
        ..NewException::of(
            key_of(ended, account),
            ExceptionKind::Bill,
            ExceptionReason::LandlordNotFollowed,
            json!({ "delivered": ended.commodity, "from": ended.until_on, "why": why }),
        )
    };
    Ok(store::exceptions::open(tx, &found)? > 0)
}

/// Nobody need look any more: it could be done.
fn answer(tx: &mut Tx<'_>, ended: &Ended<'_>, account: AccountId) -> Result<(), StoreError> {
    let Some(id) = store::exceptions::find_open(tx, &key_of(ended, account))? else {
        return Ok(());
    };
    let answered = exceptions::answer(tx, id, Answer::Resolved, "continued");
    answered.map_err(|error| match error {
        ExceptionError::Fault(fault) => fault,
        refused @ (ExceptionError::AlreadyAnswered
        | ExceptionError::ReasonMissing
        | ExceptionError::ReadWaits
        | ExceptionError::ReasonTooLong { .. }) => StoreError::Unreadable(refused.to_string()),
    })
}
