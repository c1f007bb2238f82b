//! Two customers become one: the parts, ways to reach them and coming address of the one who goes are the other's from now on, and every row
//! that moved is kept, so that it can be taken back. No money moves: an account owes what it owed, whoever it is addressed to. Sign-ins are
//! of accounts, so both keep what they had.

mod find;
mod undo;

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use crate::domain::accounts::AccountRole;
use crate::domain::customers::{ContactKind, search_value};
use crate::domain::duplicates::{Moved, contact_key};
use crate::domain::holds::HoldKind;
use crate::domain::ids::{
    AccountId, AccountNumber, AccountRoleId, ContactPointId, CustomerId, CustomerMergeId,
};
use crate::domain::setup::OwnKind;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::contact_points;
use crate::store::customers::CustomerRow;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::merges::{self, MoveRow, NewMerge, PartOf};
use crate::store::own_numbers;
use crate::store::parts::{self, ContactRow};

pub use find::{Found, Side, find, side};
pub use undo::{Changed, undo};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// How many accounts are indexed for the search at once.
const INDEXED: usize = 300;

/// Why two customers did not become one, or why a merge was not taken back.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// Somebody is one with themselves.
    #[error("this is one customer")]
    OneAndTheSame,
    /// A person is no organization.
    #[error("one is a person and the other an organization")]
    KindsDiffer,
    /// One of them is one with somebody already.
    #[error("one of them was merged before")]
    MergedBefore,
    /// Both have a part on this account at one time.
    #[error("both have a part on account {0} at one time")]
    BothOn(AccountNumber, AccountRole, AccountRole),
    /// A court protects the debtor of this account.
    #[error("account {0} is held for bankruptcy")]
    Bankrupt(AccountNumber),
    /// The mail of both goes elsewhere from a day to come.
    #[error("for both an address waits for its day")]
    BothMove,
    /// Nothing was written where the next reader needs words.
    #[error("the reason is missing")]
    ReasonMissing,
    /// More words than are kept.
    #[error("at most {LONGEST_REASON} letters")]
    ReasonTooLong,
    /// The merge was taken back before.
    #[error("it was taken back before")]
    UndoneBefore,
    /// Something happened since.
    #[error("something was changed since: {0:?}")]
    ChangedSince(Changed),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Which two become one, and why.
#[derive(Debug, Clone)]
pub struct Merge {
    /// What makes it the same when it is sent again.
    pub request_key: String,
    /// Who stays.
    pub kept: CustomerId,
    /// Who becomes one with them.
    pub gone: CustomerId,
    /// Whether mail goes from now on where the one who goes had it sent.
    pub takes_address: bool,
    /// Why.
    pub reason: String,
}

/// Makes two customers one. Sent again under its key it is done once.
///
/// # Errors
/// Why they do not become one, or a fault.
pub fn merge(tx: &mut Tx<'_>, new: &Merge) -> Result<CustomerMergeId, MergeError> {
    let reason = checked(&new.reason)?;
    for id in [new.kept.min(new.gone), new.kept.max(new.gone)] {
        contact_points::lock(tx, id)?;
    }
    if let Some(id) = done_before(tx, new)? {
        return Ok(id);
    }
    let (kept, gone) = pair(tx, new.kept, new.gone)?;
    let all = merges::list_parts(tx, &[kept.id, gone.id])?;
    let (of_gone, of_kept): (Vec<PartOf>, Vec<PartOf>) = all
        .into_iter()
        .partition(|part| part.customer_id == gone.id);
    check_parts(tx, &of_kept, &of_gone)?;
    let address_before = kept.mailing_address.as_deref();
    let takes_address = new.takes_address && gone.mailing_address != kept.mailing_address;
    let id = merges::insert(
        tx,
        &NewMerge {
            request_key: &new.request_key,
            kept: kept.id,
            gone: gone.id,
            reason,
            address: (takes_address, address_before),
        },
    )?;
    let mut moved = move_parts(tx, (kept.id, gone.id), &of_gone)?;
    moved.extend(move_contacts(tx, kept.id, gone.id)?);
    moved.extend(move_coming(tx, kept.id, gone.id)?);
    moved.extend(move_numbers(tx, kept.id, gone.id)?);
    let codes = merges::end_proofs(tx, gone.id)?;
    merges::insert_moves(tx, id, &moved)?;
    merges::mark_merged(tx, gone.id, Some(kept.id))?;
    if takes_address {
        let mailing_address = gone.mailing_address.clone();
        let new = CustomerRow {
            mailing_address,
            ..kept
        };
        parts::replace_customer(tx, &new)?;
    }
    let facts = json!({ "merge": id, "gone": gone.id, "moved": moved.len(), "address": takes_address, "codes_ended": codes });
    record(tx, "customer.merged", new.kept, facts)?;
    of_accounts(
        tx,
        "customer.merged",
        &of_gone,
        json!({ "merge": id, "from": gone.id, "to": new.kept }),
    )?;
    followed(tx, new.kept)?;
    Ok(id)
}

/// The merge that the same form made, where it stands.
fn done_before(tx: &mut Tx<'_>, new: &Merge) -> Result<Option<CustomerMergeId>, MergeError> {
    let Some(id) = merges::find_by_key(tx, &new.request_key)? else {
        return Ok(None);
    };
    let earlier = merges::list(tx, Some(id), (1, 0))?.pop();
    let stands = earlier.is_some_and(|merge| {
        (merge.kept_id, merge.gone_id) == (new.kept, new.gone) && merge.undone_by.is_none()
    });
    if stands {
        Ok(Some(id))
    } else {
        Err(MergeError::UndoneBefore)
    }
}

/// Says that two customers are two, whatever they have in common: the list of possible duplicates leaves them out. Safe to repeat.
///
/// # Errors
/// `OneAndTheSame`, `ReasonMissing`, `ReasonTooLong`, or a fault.
pub fn keep_apart(
    tx: &mut Tx<'_>,
    (one, other): (CustomerId, CustomerId),
    reason: &str,
) -> Result<(), MergeError> {
    let reason = checked(reason)?;
    if one == other {
        return Err(MergeError::OneAndTheSame);
    }
    let (one, other) = (one.min(other), one.max(other));
    for id in [one, other] {
        contact_points::lock(tx, id)?;
        parts::get_customer(tx, id)?;
    }
    if store::duplicates::find_apart(tx, (one, other))?.is_some() {
        return Ok(());
    }
    store::duplicates::insert_apart(tx, (one, other), reason)?;
    Ok(record(
        tx,
        "customer.kept_apart",
        one,
        json!({ "other": other }),
    )?)
}

/// Who a customer is today: whoever became one with another is that other. They are held until the transaction ends, so that nobody merges them
/// away meanwhile.
///
/// # Errors
/// That there is no such customer, or a fault.
pub(in crate::usecases) fn survivor(
    tx: &mut Tx<'_>,
    id: CustomerId,
) -> Result<CustomerId, StoreError> {
    let mut found = id;
    contact_points::lock(tx, found)?;
    while let Some(next) = merges::merged_into(tx, found)? {
        found = next;
        contact_points::lock(tx, found)?;
    }
    Ok(found)
}

fn checked(reason: &str) -> Result<&str, MergeError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(MergeError::ReasonMissing);
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(MergeError::ReasonTooLong);
    }
    Ok(reason)
}

/// Both, held until the transaction ends, and each still one of their own.
fn pair(
    tx: &mut Tx<'_>,
    kept: CustomerId,
    gone: CustomerId,
) -> Result<(CustomerRow, CustomerRow), MergeError> {
    if kept == gone {
        return Err(MergeError::OneAndTheSame);
    }
    for id in [kept.min(gone), kept.max(gone)] {
        contact_points::lock(tx, id)?;
        if merges::merged_into(tx, id)?.is_some() {
            return Err(MergeError::MergedBefore);
        }
    }
    let kept = parts::get_customer(tx, kept)?;
    let gone = parts::get_customer(tx, gone)?;
    if kept.kind != gone.kind {
        return Err(MergeError::KindsDiffer);
    }
    Ok((kept, gone))
}

/// Whether what each is to accounts may be one customer's.
fn check_parts(tx: &mut Tx<'_>, kept: &[PartOf], gone: &[PartOf]) -> Result<(), MergeError> {
    let on = tx.stamp.on;
    let mut open: HashMap<AccountId, Vec<&PartOf>> = HashMap::new();
    for part in kept.iter().filter(|part| part.is_open(on)) {
        open.entry(part.account_id).or_default().push(part);
    }
    for part in gone.iter().filter(|part| part.is_open(on)) {
        let beside = open.get(&part.account_id).into_iter().flatten();
        let clash = beside.copied().find(|one| clashes(one, part));
        if let Some(one) = clash {
            let number = part.number.clone();
            return Err(MergeError::BothOn(number, one.role, part.role));
        }
    }
    // The stay protects the debtor that the court named (11 U.S.C. 362): who that is does not change here.
    let owed: BTreeSet<AccountId> = kept
        .iter()
        .chain(gone)
        .filter(|part| part.is_open(on) && owes(part.role))
        .map(|part| part.account_id)
        .collect();
    let owed: Vec<AccountId> = owed.into_iter().collect();
    let held = merges::list_holds(tx, &owed, on)?;
    let court = held
        .into_iter()
        .find(|(_, _, kind)| *kind == HoldKind::Bankruptcy);
    match court {
        Some((_, number, _)) => Err(MergeError::Bankrupt(number)),
        None => Ok(()),
    }
}

/// Two parts on one account at one time are one customer's only where a landlord rents out two places.
fn clashes(one: &PartOf, other: &PartOf) -> bool {
    let are_landlords = one.role == AccountRole::Landlord && other.role == AccountRole::Landlord;
    !are_landlords || one.premise_id == other.premise_id
}

const fn owes(role: AccountRole) -> bool {
    match role {
        AccountRole::Main | AccountRole::FinanciallyResponsible => true,
        AccountRole::Authorized | AccountRole::ThirdPartyNotice | AccountRole::Landlord => false,
    }
}

fn move_parts(
    tx: &mut Tx<'_>,
    (kept, gone): (CustomerId, CustomerId),
    of_gone: &[PartOf],
) -> Result<Vec<MoveRow>, StoreError> {
    let ids: Vec<AccountRoleId> = of_gone.iter().map(|part| part.id).collect();
    merges::move_parts(tx, &ids, kept)?;
    let row = |part: &PartOf| MoveRow {
        kind: Moved::Part,
        row_id: part.id.0,
        from_id: gone,
        to_id: kept,
        was: part.said(),
        was_primary_at: None,
    };
    Ok(of_gone.iter().map(row).collect())
}

/// Ways to reach the one who goes reach the one who stays. Where both are reached in the same way, the proved one stays with who stays.
fn move_contacts(
    tx: &mut Tx<'_>,
    kept: CustomerId,
    gone: CustomerId,
) -> Result<Vec<MoveRow>, StoreError> {
    let all = parts::list_contacts(tx, &[kept, gone])?;
    let (of_gone, of_kept): (Vec<ContactRow>, Vec<ContactRow>) =
        all.into_iter().partition(|row| row.customer_id == gone);
    let key = |row: &ContactRow| contact_key(row.kind, &search_value(row.kind, &row.value));
    let known: HashMap<(ContactKind, String), &ContactRow> = of_kept
        .iter()
        .filter(|row| row.until_on.is_none())
        .map(|row| ((row.kind, key(row)), row))
        .collect();
    let (mut comes, mut goes) = (Vec::new(), Vec::new());
    for row in &of_gone {
        let same = known.get(&(row.kind, key(row))).copied();
        match same.filter(|_| row.until_on.is_none()) {
            Some(same) if row.verified_at.is_some() && same.verified_at.is_none() => {
                comes.push(row);
                goes.push(same);
            }
            Some(_) => {}
            None => comes.push(row),
        }
    }
    let leaving: BTreeSet<i64> = goes.iter().map(|row| row.id.0).collect();
    let has_chosen = |kind: ContactKind| {
        let mut chosen = of_kept.iter().filter(|row| is_chosen(row));
        chosen.any(|row| row.kind == kind && !leaving.contains(&row.id.0))
    };
    let again: Vec<_> = comes
        .iter()
        .filter(|row| is_chosen(row) && !has_chosen(row.kind))
        .filter_map(|row| Some((row.id, row.primary_at?)))
        .collect();
    let ids = |rows: &[&ContactRow]| {
        rows.iter()
            .map(|row| row.id)
            .collect::<Vec<ContactPointId>>()
    };
    merges::move_contacts(tx, &ids(&goes), gone)?;
    merges::move_contacts(tx, &ids(&comes), kept)?;
    for (id, since) in again {
        merges::choose_again(tx, id, since)?;
    }
    let row = |row: &ContactRow, to_id: CustomerId| MoveRow {
        kind: Moved::Contact,
        row_id: row.id.0,
        from_id: row.customer_id,
        to_id,
        was: said_of(row),
        was_primary_at: row.primary_at.filter(|_| row.until_on.is_none()),
    };
    // What the one who stays had chosen stays with them, and is the chosen one again where the merge is taken back.
    let stays = of_kept
        .iter()
        .filter(|one| is_chosen(one) && !leaving.contains(&one.id.0))
        .map(|one| row(one, kept));
    let moved = goes.iter().copied().map(|one| row(one, gone));
    let moved = moved.chain(comes.iter().copied().map(|one| row(one, kept)));
    Ok(moved.chain(stays).collect())
}

/// A way in a few plain words, by which it is seen whether it is still what it was.
fn said_of(row: &ContactRow) -> String {
    match row.until_on {
        Some(until) => format!("{} {until}", row.kind),
        None => row.kind.to_string(),
    }
}

fn is_chosen(row: &ContactRow) -> bool {
    row.primary_at.is_some() && row.until_on.is_none()
}

fn move_coming(
    tx: &mut Tx<'_>,
    kept: CustomerId,
    gone: CustomerId,
) -> Result<Option<MoveRow>, MergeError> {
    let coming = store::coming_addresses::list_of(tx, &[kept, gone])?;
    let of_gone = coming.iter().any(|row| row.customer_id == gone);
    if coming.len() > 1 {
        return Err(MergeError::BothMove);
    }
    if !of_gone {
        return Ok(None);
    }
    merges::move_coming(tx, gone, kept)?;
    let from = coming.first().map(|row| row.from_on.to_string());
    Ok(Some(MoveRow {
        kind: Moved::ComingAddress,
        row_id: gone.0,
        from_id: gone,
        to_id: kept,
        was: from.unwrap_or_default(),
        was_primary_at: None,
    }))
}

/// A number of the earlier books names who stays: a file that still uses it means them.
fn move_numbers(
    tx: &mut Tx<'_>,
    kept: CustomerId,
    gone: CustomerId,
) -> Result<Vec<MoveRow>, StoreError> {
    let known = own_numbers::list_of_rows(tx, OwnKind::Customer, &[gone.0])?;
    let numbers: Vec<&str> = known.iter().map(|(_, number)| number.as_str()).collect();
    own_numbers::rename(tx, OwnKind::Customer, &numbers, kept.0)?;
    let row = |number: &&str| MoveRow {
        kind: Moved::Number,
        row_id: gone.0,
        from_id: gone,
        to_id: kept,
        was: (*number).to_owned(),
        was_primary_at: None,
    };
    Ok(numbers.iter().map(row).collect())
}

/// The search and the open pages of every account of a customer follow.
fn followed(tx: &mut Tx<'_>, customer: CustomerId) -> Result<(), StoreError> {
    let accounts = parts::list_accounts(tx, customer)?;
    for some in accounts.chunks(INDEXED) {
        store::search::index_accounts(tx, some)?;
    }
    for account in accounts {
        tx.touch(account);
    }
    Ok(())
}

/// The audit names rows, not what is personal in them.
fn record(
    tx: &mut Tx<'_>,
    action: &str,
    customer: CustomerId,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "customer",
        subject_id: customer.to_string(),
        account_id: None,
        facts,
    };
    audit::insert(tx, &deed)
}

/// The same on every account that changed hands by it.
fn of_accounts(
    tx: &mut Tx<'_>,
    action: &str,
    of: &[PartOf],
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let accounts: std::collections::BTreeMap<AccountId, &AccountNumber> = of
        .iter()
        .map(|part| (part.account_id, &part.number))
        .collect();
    let deed = |(account, number): (AccountId, &AccountNumber)| Deed {
        action,
        subject_kind: "account",
        subject_id: number.to_string(),
        account_id: Some(account),
        facts: facts.clone(),
    };
    let deeds: Vec<Deed<'_>> = accounts.into_iter().map(deed).collect();
    audit::insert_all(tx, &deeds)
}
