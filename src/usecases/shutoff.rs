//! "May this account be shut off today?", answered from one fixed set of questions; and what the answer rests on that only people know: what was
//! served, and how cold or hot the days ahead are forecast to be.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::domain::ids::AccountId;
use crate::domain::requests::LONGEST_WORDS;
use crate::domain::shutoff::{
    Facts, Served, ServedKind, ServedWay, ShutoffPolicy, Verdict, is_against_weather, may_shut_off,
};
use crate::domain::weather::Degrees;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::policies;
use crate::store::shutoff::{self, Case, NewServed};

/// The kind of the policy.
const POLICY: &str = "shutoff";

/// What was served so long ago is not recorded any more.
const BACK: Days = Days::new(366);

/// So far ahead a forecast is noted.
const AHEAD: Days = Days::new(7);

/// Why nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum ShutoffError {
    /// It is not served in this way.
    #[error("{0} is not served by {1}")]
    NoSuchWay(ServedKind, ServedWay),
    /// It was served today or before, and not long ago.
    #[error("it was served from {0} to {1}")]
    NotThatDay(NaiveDate, NaiveDate),
    /// A forecast is of one of these days.
    #[error("a forecast is of a day from {0} to {1}")]
    NotAhead(NaiveDate, NaiveDate),
    /// The lowest temperature is above the highest.
    #[error("the lowest temperature is above the highest")]
    Reversed,
    /// Nothing was written where the next reader needs words.
    #[error("a few words are needed")]
    WordsMissing,
    /// More words than are kept.
    #[error("at most {0} letters")]
    WordsTooLong(usize),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// The answer of a day, and what it rests on.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Whether it may be shut off.
    pub verdict: Verdict,
    /// What that rests on.
    pub case: Case,
    /// Where the rules are written.
    pub sources: Vec<String>,
}

/// Whether an account that the door has found may be shut off on a day. Worked out anew each time, and kept nowhere: an answer is good for its
/// day alone.
///
/// # Errors
/// `Unreadable` where the policy is, or a fault.
pub fn answer(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Answer, StoreError> {
    let policy = policy_on(conn, on)?;
    let case = shutoff::case(conn, account, on)?;
    let mut sources: Vec<String> = Vec::new();
    for rules in case
        .facts
        .states
        .iter()
        .filter_map(|state| policy.rules(state))
    {
        if !sources.contains(&rules.source) {
            sources.push(rules.source.clone());
        }
    }
    Ok(Answer {
        verdict: may_shut_off(&policy, &case.facts, on),
        case,
        sources,
    })
}

fn policy_on(conn: &mut Conn, on: NaiveDate) -> Result<ShutoffPolicy, StoreError> {
    read(policies::find(conn, POLICY, on)?.as_deref())
}

/// The same answer of facts that were read already, under the policy in force as it is kept; nothing for what ships.
///
/// # Errors
/// `Unreadable` where the policy is.
pub fn verdict(
    document: Option<&str>,
    facts: &Facts,
    on: NaiveDate,
) -> Result<Verdict, StoreError> {
    Ok(may_shut_off(&read(document)?, facts, on))
}

fn read(document: Option<&str>) -> Result<ShutoffPolicy, StoreError> {
    match document {
        Some(document) => serde_json::from_str(document)
            .map_err(|error| StoreError::Unreadable(format!("the policy on shut-offs: {error}"))),
        None => Ok(ShutoffPolicy::default()),
    }
}

/// From which of these accounts the season, the cold or the heat keeps a shut-off away on a day. A fixed number of queries.
///
/// # Errors
/// `Unreadable` where the policy is, or a fault.
pub(in crate::usecases) fn list_against_weather(
    conn: &mut Conn,
    accounts: &[AccountId],
    on: NaiveDate,
) -> Result<BTreeSet<AccountId>, StoreError> {
    let mut exposed = store::exposed::list(conn, accounts, on)?;
    if exposed.is_empty() {
        return Ok(BTreeSet::new());
    }
    let policy = policy_on(conn, on)?;
    let felt = shutoff::felt_around(conn, on)?;
    exposed.retain(|_, one| is_against_weather(&policy, one, &felt, on));
    Ok(exposed.into_keys().collect())
}

/// Something that was served.
#[derive(Debug, Clone)]
pub struct NewlyServed {
    /// What makes it the same when it is sent again.
    pub request_key: String,
    /// On whose account.
    pub account: AccountId,
    /// What, how and when.
    pub served: Served,
    /// What is known of it: to whom, by whom, by which proof.
    pub words: String,
}

/// Records what was served before a shut-off. Sent again under its key it is recorded once.
///
/// # Errors
/// `NoSuchWay`, `NotThatDay`, `WordsMissing`, `WordsTooLong`, or a fault.
pub fn record(tx: &mut Tx<'_>, new: &NewlyServed) -> Result<(), ShutoffError> {
    let (words, on) = (new.words.trim(), tx.stamp.on);
    let Served {
        kind,
        way,
        given_on,
        is_proven,
    } = new.served;
    if !kind.ways().contains(&way) {
        return Err(ShutoffError::NoSuchWay(kind, way));
    }
    let since = on.checked_sub_days(BACK).unwrap_or(on);
    if given_on > on || given_on < since {
        return Err(ShutoffError::NotThatDay(since, on));
    }
    if words.is_empty() {
        return Err(ShutoffError::WordsMissing);
    }
    if words.chars().count() > LONGEST_WORDS {
        return Err(ShutoffError::WordsTooLong(LONGEST_WORDS));
    }
    store::ledger::lock(tx, &[new.account])?;
    match shutoff::find_served(tx, &new.request_key)? {
        Some(account) if account == new.account => return Ok(()),
        // Somebody else's key: as good as none of ours.
        Some(_) => return Err(StoreError::Missing("notice").into()),
        None => {}
    }
    let row = NewServed {
        request_key: &new.request_key,
        account_id: new.account,
        served: new.served,
        words,
    };
    shutoff::insert_served(tx, &row)?;
    let deed = Deed {
        action: "shutoff.served",
        subject_kind: "account",
        subject_id: new.account.to_string(),
        account_id: Some(new.account),
        facts: json!({ "what": kind, "way": way, "on": given_on, "proven": is_proven }),
    };
    audit::insert(tx, &deed)?;
    tx.touch(new.account);
    Ok(())
}

/// Notes how cold and how hot a day is forecast to be; the strictest that was noted of a day counts. Shut-offs that crews have and that it forbids
/// leave their lists by `protections::sweep`, which the door asks for next.
///
/// # Errors
/// `NotAhead`, `Reversed`, or a fault.
pub fn note_forecast(
    tx: &mut Tx<'_>,
    day: NaiveDate,
    (low, high): (Degrees, Degrees),
) -> Result<(), ShutoffError> {
    let on = tx.stamp.on;
    let last = on.checked_add_days(AHEAD).unwrap_or(on);
    if day < on || day > last {
        return Err(ShutoffError::NotAhead(on, last));
    }
    if low > high {
        return Err(ShutoffError::Reversed);
    }
    shutoff::insert_forecast(tx, day, (low, high))?;
    let deed = Deed {
        action: "forecast.noted",
        subject_kind: "forecast",
        subject_id: day.to_string(),
        account_id: None,
        facts: json!({ "low": low.hundredths(), "high": high.hundredths() }),
    };
    Ok(audit::insert(tx, &deed)?)
}
