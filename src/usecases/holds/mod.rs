//! Holds: placed, renewed and lifted by whoever may, each with what it rests on; documents that come later; the work that an end makes. What
//! keeps what away, and for how long, is the policy's to say and kept with each hold as it was then.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::access::Right;
use crate::domain::hold_told::{HoldNews, HoldTold};
use crate::domain::holds::{
    self as rules, Act, Asked, Chain, Earlier, Granted, HoldKind, HoldPolicy, HoldStop,
    LONGEST_NAME, MOST_DOCUMENTS, Refusal, Stops,
};
use crate::domain::ids::{AccountId, HoldId, StaffId};
use crate::domain::notice::{Notice, Urgency};
use crate::domain::requests::LONGEST_WORDS;
use crate::domain::staff::Role;
use crate::domain::stamp::ActorKind;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::holds::{HoldRow, NewRow, documents, reviews};
use crate::store::notices::Reader;
use crate::store::{holds, policies};
use crate::usecases::notices;
use crate::usecases::orders::shutoffs::after_protection;
use crate::usecases::papers::{NewDocument, TooMany, fresh};

mod clock;
mod lifts;
mod moratoria;
mod work;

pub use crate::usecases::holds::clock::{Looked, look};
pub use crate::usecases::holds::lifts::lift;
pub use crate::usecases::holds::moratoria::{Declaration, declare, end};
pub use crate::usecases::holds::work::{answer, own};

/// The kind of the policy.
const POLICY: &str = "holds";

/// Why nothing was placed, renewed, lifted or answered.
#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    /// The rules say no, and every reason why.
    #[error("the hold is not given: {0:?}")]
    Refused(Vec<Refusal>),
    /// Nothing was written where the next reader needs words.
    #[error("a few words are needed")]
    WordsMissing,
    /// More words than are kept.
    #[error("at most {0} letters")]
    WordsTooLong(usize),
    /// Who signed is longer than any name.
    #[error("a name has at most {0} letters")]
    SignerTooLong(usize),
    /// More documents than one hold may have.
    #[error("at most {0} documents")]
    TooManyDocuments(usize),
    /// It has ended, or was lifted or answered meanwhile.
    #[error("it has ended")]
    HasEnded,
    /// Its end is nobody's work before this day.
    #[error("its end is looked at from {0} on")]
    NotYet(NaiveDate),
    /// Nobody of the office who works holds.
    #[error("{0} does not work holds")]
    NotAnOwner(StaffId),
    /// The policy cannot be read.
    #[error("the policy on holds cannot be read: {0}")]
    Policy(serde_json::Error),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// What a hold rests on, in the words of whoever places or renews it.
#[derive(Debug, Clone)]
pub struct Grounds {
    /// What makes it the same when it is sent again.
    pub request_key: String,
    /// First day after its end; nothing for as long as the policy gives.
    pub until_on: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// Who signed or promised.
    pub signer: String,
    /// What was handed in.
    pub documents: Vec<NewDocument>,
}

/// A hold on its way.
#[derive(Debug, Clone)]
pub struct NewHold {
    /// On which account.
    pub account: AccountId,
    /// Why it is protected.
    pub kind: HoldKind,
    /// First day.
    pub from_on: NaiveDate,
    /// What it rests on.
    pub grounds: Grounds,
}

/// The policy of a day, with its version; zero for what ships.
///
/// # Errors
/// `Policy`, or a fault.
pub fn policy_on(conn: &mut Conn, on: NaiveDate) -> Result<(i32, HoldPolicy), HoldError> {
    match policies::find_version(conn, POLICY, on)? {
        Some((version, document)) => {
            let policy = serde_json::from_str(&document).map_err(HoldError::Policy)?;
            Ok((version, policy))
        }
        None => Ok((0, HoldPolicy::default())),
    }
}

/// Places a hold, keeps what it rests on, and tells the customer where it is theirs to know. Sent again under its key it is the same one.
///
/// # Errors
/// `Refused` with every reason, words or documents that are missing or too many, or a fault.
pub fn place(tx: &mut Tx<'_>, new: &NewHold) -> Result<HoldId, HoldError> {
    let (said, on) = (checked(&new.grounds)?, tx.stamp.on);
    store::ledger::lock(tx, &[new.account])?;
    if let Some(id) = sent_before(tx, &new.grounds.request_key, new.account)? {
        return Ok(id);
    }
    let (version, policy) = policy_on(tx, on)?;
    let earlier = earlier(&holds::list_of_account(tx, new.account)?);
    let asked = Asked {
        kind: new.kind,
        from_on: new.from_on,
        until_on: new.grounds.until_on,
        has_document: !new.grounds.documents.is_empty(),
        has_signer: said.signer.is_some(),
        role: role_of(tx)?,
    };
    let granted = rules::place(&policy, &asked, &earlier, on);
    let granted = granted.map_err(HoldError::Refused)?;
    let row = NewRow {
        request_key: &new.grounds.request_key,
        account_id: new.account,
        kind: new.kind,
        follows: None,
        granted: &granted,
        signer: said.signer,
        reason: said.reason,
        policy_version: version,
    };
    record(tx, &row, &new.grounds.documents)
}

/// Renews a hold from the day on which it ends. What lacked its document is renewed with it. Sent again under its key it is the same one.
///
/// # Errors
/// `Refused` with every reason, words or documents that are missing or too many, or a fault.
pub fn renew(tx: &mut Tx<'_>, id: HoldId, grounds: &Grounds) -> Result<HoldId, HoldError> {
    let (said, on) = (checked(grounds)?, tx.stamp.on);
    let account = holds::get(tx, id)?.account_id;
    store::ledger::lock(tx, &[account])?;
    if let Some(id) = sent_before(tx, &grounds.request_key, account)? {
        return Ok(id);
    }
    let rows = holds::list_of_account(tx, account)?;
    let old = rows.iter().find(|row| row.id == id);
    let old = old.ok_or(StoreError::Missing("hold"))?;
    let (version, policy) = policy_on(tx, on)?;
    let came_later = old.is_provisional && old.is_documented;
    let is_answered = reviews::list_answered(tx, &[id])?.contains(&id);
    let signer = said.signer.or(old.signer.as_deref());
    let asked = Asked {
        kind: old.kind,
        from_on: on,
        until_on: grounds.until_on,
        has_document: came_later || !grounds.documents.is_empty(),
        has_signer: signer.is_some(),
        role: role_of(tx)?,
    };
    let chain = Chain {
        span: old.span,
        periods: holds::periods_of(&rows, id),
        is_renewed: holds::renewal_of(&rows, old).is_some(),
        waits: old.waits_for_a_look() && !is_answered,
    };
    let granted = rules::renew(&policy, &asked, (&chain, &earlier(&rows)), on);
    let granted = granted.map_err(HoldError::Refused)?;
    let row = NewRow {
        request_key: &grounds.request_key,
        account_id: account,
        kind: old.kind,
        follows: Some(holds::followed(&rows, id)),
        granted: &granted,
        signer,
        reason: said.reason,
        policy_version: version,
    };
    let new = record(tx, &row, &grounds.documents)?;
    // Whatever its end asked of the office is answered with that.
    reviews::mark_closed(tx, id, said.reason)?;
    Ok(new)
}

/// Adds documents to a hold; the same one again is kept once. One that awaited its document protects from then on until somebody has looked at
/// it: whoever renews it says for how long.
///
/// # Errors
/// `Refused` where the job may not, `TooManyDocuments`, or a fault.
pub fn add_documents(tx: &mut Tx<'_>, id: HoldId, new: &[NewDocument]) -> Result<(), HoldError> {
    let account = holds::get(tx, id)?.account_id;
    store::ledger::lock(tx, &[account])?;
    let row = holds::get(tx, id)?;
    let on = tx.stamp.on;
    let (_, policy) = policy_on(tx, on)?;
    let role = role_of(tx)?;
    if let Some(terms) = policy
        .terms(row.kind)
        .filter(|terms| !terms.may(Act::Place, role))
    {
        let jobs = terms.jobs(Act::Place).iter().copied().collect();
        return Err(HoldError::Refused(vec![Refusal::NotYourRole(jobs)]));
    }
    let kept = keep(tx, id, new)?;
    if kept.is_empty() {
        return Ok(());
    }
    let is_renewed = holds::list_renewed(tx, &[id])?.contains(&id);
    if row.is_provisional && row.lift.is_none() && !is_renewed {
        // Whoever answered for its end did not have the document before them.
        reviews::reopen(tx, id)?;
    }
    let facts = json!({ "documents": kept });
    Ok(audit(tx, (account, id), "hold.documented", facts)?)
}

/// What was written, without the spaces around it.
struct Said<'a> {
    reason: &'a str,
    signer: Option<&'a str>,
}

fn checked(grounds: &Grounds) -> Result<Said<'_>, HoldError> {
    let reason = some_words(&grounds.reason)?;
    let signer = grounds.signer.trim();
    if signer.chars().count() > LONGEST_NAME {
        return Err(HoldError::SignerTooLong(LONGEST_NAME));
    }
    if grounds.documents.len() > MOST_DOCUMENTS {
        return Err(HoldError::TooManyDocuments(MOST_DOCUMENTS));
    }
    Ok(Said {
        reason,
        signer: (!signer.is_empty()).then_some(signer),
    })
}

fn some_words(words: &str) -> Result<&str, HoldError> {
    let words = words.trim();
    if words.is_empty() {
        return Err(HoldError::WordsMissing);
    }
    if words.chars().count() > LONGEST_WORDS {
        return Err(HoldError::WordsTooLong(LONGEST_WORDS));
    }
    Ok(words)
}

fn sent_before(
    tx: &mut Tx<'_>,
    key: &str,
    account: AccountId,
) -> Result<Option<HoldId>, StoreError> {
    match holds::find_by_key(tx, key)? {
        Some((id, of)) if of == account => Ok(Some(id)),
        // Somebody else's key: as good as none of ours.
        Some(_) => Err(StoreError::Missing("hold")),
        None => Ok(None),
    }
}

fn earlier(rows: &[HoldRow]) -> Vec<Earlier> {
    rows.iter().map(HoldRow::earlier).collect()
}

/// The job of whoever acts; nothing for the program's own operator. Whoever is not of the office may do nothing.
fn role_of(tx: &mut Tx<'_>) -> Result<Option<Role>, StoreError> {
    let (kind, id) = (tx.stamp.by.kind, tx.stamp.by.id);
    match (kind, id) {
        (ActorKind::Staff, Some(id)) => Ok(Some(store::staff::get(tx, StaffId(id))?.role)),
        (ActorKind::Operator, _) => Ok(None),
        (
            ActorKind::Staff
            | ActorKind::Login
            | ActorKind::Visitor
            | ActorKind::Clock
            | ActorKind::Processor,
            _,
        ) => Ok(Some(Role::Viewer)),
    }
}

/// Writes a period with its documents and its audit row, and tells the customer.
fn record(
    tx: &mut Tx<'_>,
    row: &NewRow<'_>,
    handed_in: &[NewDocument],
) -> Result<HoldId, HoldError> {
    let id = holds::insert(tx, row)?;
    let kept = keep(tx, id, handed_in)?;
    let Granted {
        from_on,
        until_on,
        stops,
        is_provisional,
        ..
    } = row.granted;
    let facts = json!({
        "kind": row.kind,
        "from": from_on,
        "until": until_on,
        "stops": stops,
        "documents": kept,
        "renews": row.follows,
        "policy": row.policy_version,
    });
    let action = match row.follows {
        Some(_) => "hold.renewed",
        None => "hold.placed",
    };
    audit(tx, (row.account_id, id), action, facts)?;
    after_protection(tx, row.account_id)?;
    if is_told(row.kind, stops) {
        let news = HoldNews::Placed {
            from_on: *from_on,
            last_on: until_on.and_then(|day| day.pred_opt()),
            is_provisional: *is_provisional,
        };
        tell(tx, (row.account_id, row.kind), Urgency::GoodToKnow, &news)?;
    }
    Ok(id)
}

/// Keeps what was handed in and was not before; gives the fingerprints of what is new.
fn keep(tx: &mut Tx<'_>, id: HoldId, new: &[NewDocument]) -> Result<Vec<String>, HoldError> {
    let known = documents::list(tx, &[id])?.into_iter();
    let known = known.map(|row| row.sha256).collect();
    let new = fresh(known, new).map_err(|TooMany(most)| HoldError::TooManyDocuments(most))?;
    for document in &new {
        let what = (
            document.name.as_str(),
            document.kind,
            document.sha256.as_str(),
        );
        documents::insert(tx, id, what, document.bytes)?;
    }
    Ok(new.into_iter().map(|document| document.sha256).collect())
}

/// Whether a customer is told of a hold: what its letters promise is that service is not shut off.
fn is_told(kind: HoldKind, stops: &Stops) -> bool {
    kind.is_told() && stops.has(HoldStop::ShutOff)
}

/// Tells those whose account it is: why somebody is protected is no guest's to know.
fn tell(
    tx: &mut Tx<'_>,
    (account, kind): (AccountId, HoldKind),
    urgency: Urgency,
    news: &HoldNews,
) -> Result<(), StoreError> {
    notices::tell_those(tx, (account, Right::Share), urgency, |reader| {
        told(reader, kind, news.clone())
    })
}

fn told(reader: &Reader, about: HoldKind, news: HoldNews) -> Notice {
    Notice::Hold(HoldTold {
        name: reader.name.clone(),
        account_number: reader.account_number.clone(),
        about,
        news,
    })
}

/// The audit row of a deed: it names the hold and neither its words nor who signed, which may be personal.
fn audit(
    tx: &mut Tx<'_>,
    (account, id): (AccountId, HoldId),
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "hold",
        subject_id: id.to_string(),
        account_id: Some(account),
        facts,
    };
    store::audit::insert(tx, &deed)?;
    tx.touch(account);
    Ok(())
}
