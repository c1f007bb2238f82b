//! Somebody else answers for an account that goes on. As a rule it does not go on: it is closed with a last bill, which whoever had it owes, and
//! the next one has an account of their own. Only whoever agreed takes an account on, and with it what is owed there; money that is the former
//! customer's, as a deposit or a credit, goes back first, and what the former customer allowed or saw ends.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use crate::domain::access::Access;
use crate::domain::accounts::{AccountRole, AccountStatus};
use crate::domain::holds::HoldKind;
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::money::Money;
use crate::domain::responsibility::{Consent, TakeoverReason};
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::name_changes::{self, NewTakeover};
use crate::store::parts::{self, PartRow};
use crate::usecases::accounts::people::{self, PeopleError, Whom};
use crate::usecases::accounts::settings::go_back_to_paper;
use crate::usecases::income::{self, IncomeError};
use crate::usecases::{autopay, guests, scheduled_payments};

/// The longest words about a consent, in characters.
pub const LONGEST_WORDS: usize = 500;

/// What keeps an account from going on under somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// It is not active.
    NotActive,
    /// So much is owed, by whoever had it, unless who comes takes that on.
    Owes(Money),
    /// So much is held as a credit of whoever had it.
    Credit(Money),
    /// So much is on its way from whoever had it.
    OnItsWay(Money),
    /// A bill of whoever had it is in dispute.
    Dispute,
    /// A deposit of whoever had it is asked for or held.
    Deposit,
    /// Whoever had it agreed an arrangement.
    Arrangement,
    /// Whoever had it agreed a level payment plan, whose difference is theirs.
    LevelPlan,
    /// A court protects whoever had it.
    Bankruptcy,
}

/// Why nobody took the account on.
#[derive(Debug, thiserror::Error)]
pub enum TakeoverError {
    /// Something is in the way.
    #[error("in the way: {0:?}")]
    InTheWay(Obstacle),
    /// Nothing was written about the consent.
    #[error("a few words about the consent are needed")]
    WordsMissing,
    /// More words than are kept.
    #[error("at most {LONGEST_WORDS} letters")]
    WordsTooLong,
    /// What is said of the person cannot be.
    #[error(transparent)]
    Person(#[from] PeopleError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Who takes an account on.
#[derive(Debug, Clone)]
pub struct Takeover {
    /// What makes it the same when it is sent again.
    pub request_key: String,
    /// Which account.
    pub account: AccountId,
    /// Who.
    pub whom: Whom,
    /// First day.
    pub from_on: NaiveDate,
    /// Why.
    pub reason: TakeoverReason,
    /// How they agreed.
    pub consent: Consent,
    /// What is known of it.
    pub words: String,
    /// Whether they take on what is owed.
    pub assumes: bool,
}

/// What is in the way on a day.
///
/// # Errors
/// A fault.
pub fn obstacles(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<Obstacle>, StoreError> {
    let mut found = Vec::new();
    if store::accounts::get(conn, account)?.status != AccountStatus::Active {
        found.push(Obstacle::NotActive);
    }
    let balance = store::ledger::balance(conn, account, None)?;
    if balance.is_positive() {
        found.push(Obstacle::Owes(balance));
    }
    if balance.is_negative() {
        found.push(Obstacle::Credit(balance.abs()));
    }
    let coming = store::payments::pending(conn, &[account])?;
    if coming.is_positive() {
        found.push(Obstacle::OnItsWay(coming));
    }
    // What was decided is in dispute no more, though it is out of reach for some days yet.
    let owed = store::open_items::list(conn, account)?;
    let debts: Vec<EntryId> = owed.iter().map(|item| item.entry_id).collect();
    if !store::disputes::list_open(conn, &debts)?.is_empty() {
        found.push(Obstacle::Dispute);
    }
    if !store::deposits::list_open(conn, &[account])?.is_empty() {
        found.push(Obstacle::Deposit);
    }
    if !store::arrangements::list_open(conn, &[account])?.is_empty() {
        found.push(Obstacle::Arrangement);
    }
    if !store::budget_plans::list_open(conn, &[account])?.is_empty() {
        found.push(Obstacle::LevelPlan);
    }
    let held = store::merges::list_holds(conn, &[account], on)?;
    if held
        .iter()
        .any(|(_, _, kind)| *kind == HoldKind::Bankruptcy)
    {
        found.push(Obstacle::Bankruptcy);
    }
    Ok(found)
}

/// Lets somebody take an account on from a day. Sent again under its key it is done once. The former customer's autopay, payments for a day to
/// come, sign-ins, invitations, certified income and mail without paper end; whoever saw the account is told.
///
/// # Errors
/// `InTheWay`, `WordsMissing`, `WordsTooLong`, what is wrong about the person or the day, or a fault.
pub fn take_over(tx: &mut Tx<'_>, new: &Takeover, now: NaiveDateTime) -> Result<(), TakeoverError> {
    let words = new.words.trim();
    if words.is_empty() {
        return Err(TakeoverError::WordsMissing);
    }
    if words.chars().count() > LONGEST_WORDS {
        return Err(TakeoverError::WordsTooLong);
    }
    let (account, on) = (new.account, tx.stamp.on);
    store::ledger::lock(tx, &[account])?;
    match name_changes::find_takeover(tx, &new.request_key)? {
        Some(known) if known == account => return Ok(()),
        Some(_) => return Err(StoreError::Missing("takeover").into()),
        None => {}
    }
    let in_the_way = obstacles(tx, account, on)?;
    let is_assumed = |one: &&Obstacle| new.assumes && matches!(one, Obstacle::Owes(_));
    if let Some(one) = in_the_way.iter().find(|one| !is_assumed(one)) {
        return Err(TakeoverError::InTheWay(*one));
    }
    let assumed = in_the_way.iter().find_map(|one| match one {
        Obstacle::Owes(amount) => Some(*amount),
        Obstacle::NotActive
        | Obstacle::Credit(_)
        | Obstacle::OnItsWay(_)
        | Obstacle::Dispute
        | Obstacle::Deposit
        | Obstacle::Arrangement
        | Obstacle::LevelPlan
        | Obstacle::Bankruptcy => None,
    });
    let before = parts::list(tx, account, on)?;
    let is_present = |part: &&PartRow| part.until_on.is_none_or(|until| until > on);
    let main = before
        .iter()
        .filter(is_present)
        .find(|part| part.role == AccountRole::Main);
    let former = main
        .ok_or(StoreError::Missing("main customer"))?
        .customer
        .id;
    let part = (AccountRole::Main, &new.whom);
    let customer = people::add_part(tx, account, part, (new.from_on, now))?;
    for part in before.iter().filter(is_present) {
        let is_less = matches!(
            part.role,
            AccountRole::Authorized | AccountRole::FinanciallyResponsible
        );
        if is_less {
            people::end_part(tx, account, part.id, on)?;
        }
    }
    end_what_was_allowed(tx, account, now)?;
    let row = NewTakeover {
        request_key: &new.request_key,
        account,
        of: (former, customer),
        from_on: new.from_on,
        reason: new.reason,
        consent: new.consent,
        words,
        assumed: assumed.unwrap_or(Money::ZERO),
    };
    name_changes::insert_takeover(tx, &row)?;
    let facts = json!({ "from": former, "to": customer, "on": new.from_on, "reason": new.reason, "consent": new.consent, "assumed": row.assumed });
    Ok(people::record(tx, account, "account.taken_over", facts)?)
}

/// What the former customer allowed, saw and proved is theirs and not the next one's.
fn end_what_was_allowed(
    tx: &mut Tx<'_>,
    account: AccountId,
    now: NaiveDateTime,
) -> Result<(), TakeoverError> {
    let on = tx.stamp.on;
    autopay::stop(tx, account)?;
    scheduled_payments::end_of_accounts(tx, &[account])?;
    for holder in store::logins::list_holders(tx, account, on)? {
        if holder.access == Access::Owner {
            guests::release_account(tx, holder.id, account, now)?;
        }
    }
    if !store::accounts::get(tx, account)?.paper {
        go_back_to_paper(tx, account)?;
    }
    if let Some(row) = store::income::find_in_force(tx, account, on)? {
        let words = "Somebody else took the account on.";
        match income::end(tx, (account, row.id), words) {
            Ok(()) | Err(IncomeError::Ended) => {}
            Err(IncomeError::Fault(fault)) => return Err(fault.into()),
            Err(refused) => return Err(StoreError::Unreadable(refused.to_string()).into()),
        }
    }
    Ok(())
}
