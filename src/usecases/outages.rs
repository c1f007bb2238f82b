//! Declaring outages, planned work and urgent notices, saying how they go on, ending them, and taking customers' reports. What is to be told
//! waits in the update's row; the clock tells it in chunks.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountId, AccountNumber, LoginId, OutageId};
use crate::domain::outages::{
    Area, NewOutage, OutageNews, OutageStatus, Problem, REPORTED_AGAIN, Said, check_expected,
};
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::logins;
use crate::store::outage_areas::{self, Served};
use crate::store::outage_reports;
use crate::store::outages::{self, NewUpdate, OutageRow};

/// How many accounts are shown of those that are found.
const SHOWN: usize = 8;

/// Why nothing was declared or changed.
#[derive(Debug, thiserror::Error)]
pub enum OutageError {
    /// Something that was typed does not fit.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// Nobody is served there.
    #[error("no account is served there")]
    Nobody,
    /// There is no account with this number.
    #[error("there is no account {0}")]
    UnknownAccount(AccountNumber),
    /// It touches all of these accounts already.
    #[error("it touches all of these accounts already")]
    NothingNew,
    /// It does not stand where that could happen.
    #[error("it has ended, or cannot go there from where it stands")]
    WrongStatus,
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Whose accounts lie in an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// How many.
    pub count: usize,
    /// At how many places they are served there.
    pub places: usize,
    /// The first of them.
    pub sample: Vec<AccountId>,
}

/// Looks whose accounts lie in an area, and changes nothing.
///
/// # Errors
/// `UnknownAccount` or `Nobody`, or a fault.
pub fn look(conn: &mut Conn, area: &Area, served: Served) -> Result<Looked, OutageError> {
    if let Area::Accounts(numbers) = area {
        let known = outage_areas::ids_of(conn, numbers)?;
        let is_known = |number: &&AccountNumber| known.iter().any(|(_, found)| found == *number);
        if let Some(stranger) = numbers.iter().find(|number| !is_known(number)) {
            return Err(OutageError::UnknownAccount(stranger.clone()));
        }
    }
    let inside = outage_areas::list_inside(conn, area, served)?;
    let (mut found, places) = (inside.accounts, inside.places);
    let count = found.len();
    if count == 0 {
        return Err(OutageError::Nobody);
    }
    found.truncate(SHOWN);
    Ok(Looked {
        count,
        places,
        sample: found,
    })
}

/// Declares what is out, planned or urgent, for everybody whose agreement of this commodity in the area is in force on the day. The same form
/// declares once.
///
/// # Errors
/// What does not fit, or a fault.
pub fn declare(
    tx: &mut Tx<'_>,
    key: &str,
    new: &NewOutage,
    (area, on): (&Area, NaiveDate),
) -> Result<OutageId, OutageError> {
    if let Some(before) = outages::find_by_key(tx, key)? {
        return Ok(before);
    }
    let status = new.check(tx.stamp.at)?;
    let served = Served {
        commodity: new.commodity,
        on,
    };
    look(tx, area, served)?;
    let id = outages::insert(tx, key, new, status)?;
    let (_, accounts) = outage_areas::insert(tx, id, area, served)?;
    let update = NewUpdate {
        outage: id,
        news: OutageNews::Declared,
        words: Said::default(),
        expected_at: new.expected_at,
        area: None,
        is_told: new.kind.tells(OutageNews::Declared),
    };
    outages::insert_update(tx, &update)?;
    let facts = json!({
        "kind": new.kind,
        "commodity": new.commodity,
        "by": area.kind(),
        "accounts": accounts,
    });
    record(tx, "outage.declared", id, facts)?;
    Ok(id)
}

/// Says how it goes on: words, another time by which the service is expected back, or both. Another time is told. The same words once more
/// are the same form sent twice, and change nothing.
///
/// # Errors
/// What does not fit, `WrongStatus` once it has ended, or a fault.
pub fn post_update(
    tx: &mut Tx<'_>,
    id: OutageId,
    words: &Said,
    expected_at: Option<NaiveDateTime>,
) -> Result<(), OutageError> {
    let outage = open(tx, id)?;
    let changed = expected_at.filter(|at| outage.expected_at != Some(*at));
    let has_words = !words.en.is_empty() || !words.es.is_empty();
    if has_words || changed.is_none() {
        words.check()?;
    }
    if changed.is_none() && was_said_last(tx, id, words)? {
        return Ok(());
    }
    let news = match changed {
        Some(expected_at) => {
            check_expected(expected_at, outage.begins_at, tx.stamp.at)?;
            outages::set_expected(tx, id, expected_at)?;
            OutageNews::Expected
        }
        None => OutageNews::Said,
    };
    let update = NewUpdate {
        outage: id,
        news,
        words: words.clone(),
        expected_at: changed,
        area: None,
        is_told: outage.kind.tells(news),
    };
    let update = outages::insert_update(tx, &update)?;
    let facts = json!({ "update": update, "news": news });
    Ok(record(tx, "outage.updated", id, facts)?)
}

fn was_said_last(tx: &mut Tx<'_>, id: OutageId, words: &Said) -> Result<bool, StoreError> {
    let newest = outages::find_newest_update(tx, id)?;
    Ok(newest.is_some_and(|last| last.words_en == words.en && last.words_es == words.es))
}

/// Lets it touch another part of town, too; who is new there is told. Says how many accounts that are.
///
/// # Errors
/// What does not fit, `NothingNew`, `WrongStatus` once it has ended, or a fault.
pub fn extend(
    tx: &mut Tx<'_>,
    id: OutageId,
    area: &Area,
    on: NaiveDate,
) -> Result<usize, OutageError> {
    let outage = open(tx, id)?;
    let served = Served {
        commodity: outage.commodity,
        on,
    };
    look(tx, area, served)?;
    let (area, added) = outage_areas::insert(tx, id, area, served)?;
    if added == 0 {
        return Err(OutageError::NothingNew);
    }
    let update = NewUpdate {
        outage: id,
        news: OutageNews::Extended,
        words: Said::default(),
        expected_at: None,
        area: Some(area),
        is_told: outage.kind.tells(OutageNews::Extended),
    };
    outages::insert_update(tx, &update)?;
    record(tx, "outage.extended", id, json!({ "accounts": added }))?;
    Ok(added)
}

/// Notes that the service is back, or an urgent notice lifted.
///
/// # Errors
/// `WrongStatus`, or a fault.
pub fn restore(tx: &mut Tx<'_>, id: OutageId) -> Result<(), OutageError> {
    end(tx, id, (OutageStatus::Restored, OutageNews::Restored))?;
    Ok(record(tx, "outage.restored", id, json!({}))?)
}

/// Takes back what was planned or declared.
///
/// # Errors
/// `WrongStatus`, or a fault.
pub fn cancel(tx: &mut Tx<'_>, id: OutageId) -> Result<(), OutageError> {
    end(tx, id, (OutageStatus::Canceled, OutageNews::Canceled))?;
    Ok(record(tx, "outage.canceled", id, json!({}))?)
}

fn end(
    tx: &mut Tx<'_>,
    id: OutageId,
    (status, news): (OutageStatus, OutageNews),
) -> Result<(), OutageError> {
    let outage = outages::get(tx, id)?;
    if !outage.status.may_become(status) {
        return Err(OutageError::WrongStatus);
    }
    let at = tx.stamp.at;
    if !outages::set_status(tx, id, (outage.status, status), Some(at))? {
        return Err(OutageError::WrongStatus);
    }
    outages::insert_update(tx, &plain(&outage, news))?;
    Ok(())
}

/// Lets planned work begin whose time has come.
///
/// # Errors
/// A fault.
pub fn begin_planned(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let now = tx.stamp.at;
    for outage in outages::list_beginning(tx, now)? {
        let begins = (outage.status, OutageStatus::GoingOn);
        if !outages::set_status(tx, outage.id, begins, None)? {
            continue;
        }
        outages::insert_update(tx, &plain(&outage, OutageNews::Begun))?;
        record(tx, "outage.begun", outage.id, json!({}))?;
    }
    Ok(())
}

fn plain(outage: &OutageRow, news: OutageNews) -> NewUpdate {
    NewUpdate {
        outage: outage.id,
        news,
        words: Said::default(),
        expected_at: None,
        area: None,
        is_told: outage.kind.tells(news),
    }
}

/// Takes a report that a service is out at an account's place. The same within an hour counts once. Says whether it is new.
///
/// # Errors
/// A fault.
pub fn report(
    tx: &mut Tx<'_>,
    (account, login): (AccountId, Option<LoginId>),
    commodity: Commodity,
    details: &str,
) -> Result<bool, StoreError> {
    let since = tx.stamp.at - REPORTED_AGAIN;
    if outage_reports::was_reported(tx, account, commodity, since)? {
        return Ok(false);
    }
    let id = outage_reports::insert(tx, (account, login), commodity, details)?;
    let deed = Deed {
        action: "outage.reported",
        subject_kind: "outage_report",
        subject_id: id.to_string(),
        account_id: Some(account),
        facts: json!({ "commodity": commodity }),
    };
    audit::insert(tx, &deed)?;
    Ok(true)
}

/// Takes a report of somebody who is not signed in and knows an account's number and the ZIP code of its place. Says whether there is such an
/// account; what did not fit, it does not say.
///
/// # Errors
/// A fault.
pub fn report_as_guest(
    tx: &mut Tx<'_>,
    (number, postal_code): (Option<&AccountNumber>, &str),
    commodity: Commodity,
    details: &str,
) -> Result<bool, StoreError> {
    let unknown = AccountNumber::of(-1);
    let account = logins::find_claimable(tx, number.unwrap_or(&unknown))?;
    // The place is looked for even where there is no account, so that both answers take as long.
    let id = account.map_or(AccountId(0), |account| account.id);
    let is_there = logins::is_served_in(tx, id, postal_code)?;
    if is_there {
        report(tx, (id, None), commodity, details)?;
    }
    Ok(is_there)
}

fn open(tx: &mut Tx<'_>, id: OutageId) -> Result<OutageRow, OutageError> {
    let outage = outages::get(tx, id)?;
    if outage.status.is_open() {
        Ok(outage)
    } else {
        Err(OutageError::WrongStatus)
    }
}

fn record(
    tx: &mut Tx<'_>,
    action: &str,
    id: OutageId,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "outage",
        subject_id: id.to_string(),
        account_id: None,
        facts,
    };
    audit::insert(tx, &deed)
}
