//! A merge is taken back: every row that moved is whose it was, where nothing happened since that would be lost or told wrongly.

use std::collections::HashMap;

use serde_json::json;

use crate::domain::duplicates::Moved;
use crate::domain::ids::{AccountRoleId, ContactPointId, CustomerId, CustomerMergeId};
use crate::domain::setup::OwnKind;
use crate::store;
use crate::store::contact_points;
use crate::store::customers::CustomerRow;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::merges::{self, MergeRow, MoveRow, PartOf};
use crate::store::own_numbers;
use crate::store::parts::{self, ContactRow};
use crate::usecases::merges::{MergeError, checked, followed, of_accounts, record, said_of};

/// What happened since a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Who stayed became one with somebody else, or somebody else with them: what was joined last is parted first.
    Merged,
    /// The name, language or address of who stayed was changed.
    Person,
    /// A part that moved began, ended or went otherwise.
    Part,
    /// A way to reach them ended: what came in its place is of one of them, and it is not known of which.
    Contact,
}

impl Changed {
    /// As words choose by it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::Person => "person",
            Self::Part => "part",
            Self::Contact => "contact",
        }
    }
}

/// What keeps a merge from being taken back; nothing where it may be.
fn why_not(
    conn: &mut Conn,
    merge: &MergeRow,
    moved: &[MoveRow],
) -> Result<Option<Changed>, StoreError> {
    let stands = merges::merged_into(conn, merge.gone_id)? == Some(merge.kept_id);
    if !stands || merges::merged_into(conn, merge.kept_id)?.is_some() {
        return Ok(Some(Changed::Merged));
    }
    if merges::has_later(conn, merge.kept_id, merge.id)? {
        return Ok(Some(Changed::Merged));
    }
    if merges::was_changed_since(conn, merge.kept_id, merge.merged_at)? {
        return Ok(Some(Changed::Person));
    }
    let now: HashMap<i64, PartOf> = merges::list_parts(conn, &[merge.kept_id])?
        .into_iter()
        .map(|part| (part.id.0, part))
        .collect();
    let is_other = of_kind(moved, Moved::Part).any(|row| {
        let part = now.get(&row.row_id);
        part.is_none_or(|part| part.said() != row.was)
    });
    if is_other {
        return Ok(Some(Changed::Part));
    }
    let ways = parts::list_contacts(conn, &[merge.kept_id, merge.gone_id])?;
    let is_other = of_kind(moved, Moved::Contact).any(|row| {
        let is_still = |way: &ContactRow| way.customer_id == row.to_id && said_of(way) == row.was;
        let way = ways.iter().find(|way| way.id.0 == row.row_id);
        !way.is_some_and(is_still)
    });
    Ok(is_other.then_some(Changed::Contact))
}

/// Takes a merge back.
///
/// # Errors
/// `ReasonMissing`, `ReasonTooLong`, `UndoneBefore`, `ChangedSince`, or a fault.
pub fn undo(tx: &mut Tx<'_>, id: CustomerMergeId, reason: &str) -> Result<(), MergeError> {
    let reason = checked(reason)?;
    let found = merges::list(tx, Some(id), (1, 0))?.pop();
    let merge = found.ok_or(StoreError::Missing("customer merge"))?;
    let (kept, gone) = (merge.kept_id, merge.gone_id);
    for customer in [kept.min(gone), kept.max(gone)] {
        contact_points::lock(tx, customer)?;
    }
    // Whoever came first may have taken it back while this one waited.
    let found = merges::list(tx, Some(id), (1, 0))?.pop();
    if found.is_none_or(|merge| merge.undone_by.is_some()) {
        return Err(MergeError::UndoneBefore);
    }
    let moved = merges::list_moves(tx, id)?;
    if let Some(changed) = why_not(tx, &merge, &moved)? {
        return Err(MergeError::ChangedSince(changed));
    }
    let parts_back: Vec<AccountRoleId> = of_kind(&moved, Moved::Part)
        .map(|row| AccountRoleId(row.row_id))
        .collect();
    merges::move_parts(tx, &parts_back, gone)?;
    contacts_back(tx, (kept, gone), &moved)?;
    coming_back(tx, (kept, gone), &moved)?;
    let numbers: Vec<&str> = of_kind(&moved, Moved::Number)
        .map(|row| row.was.as_str())
        .collect();
    own_numbers::rename(tx, OwnKind::Customer, &numbers, gone.0)?;
    merges::mark_merged(tx, gone, None)?;
    if merge.took_address {
        let now = parts::get_customer(tx, kept)?;
        let new = CustomerRow {
            mailing_address: merge.address_before.clone(),
            ..now
        };
        parts::replace_customer(tx, &new)?;
    }
    merges::insert_undo(tx, id, reason)?;
    record(
        tx,
        "customer.merge_undone",
        kept,
        json!({ "merge": id, "gone": gone }),
    )?;
    let again = merges::list_parts(tx, &[gone])?;
    let facts = json!({ "merge": id, "from": kept, "to": gone });
    of_accounts(tx, "customer.merge_undone", &again, facts)?;
    followed(tx, gone)?;
    Ok(followed(tx, kept)?)
}

fn of_kind(moved: &[MoveRow], kind: Moved) -> impl Iterator<Item = &MoveRow> {
    moved.iter().filter(move |row| row.kind == kind)
}

/// Ways to reach each go back; what was the chosen one is again, where nobody chose another since that stays with the same customer.
fn contacts_back(
    tx: &mut Tx<'_>,
    (kept, gone): (CustomerId, CustomerId),
    moved: &[MoveRow],
) -> Result<(), StoreError> {
    for to in [kept, gone] {
        let back = of_kind(moved, Moved::Contact)
            .filter(|row| row.from_id == to && row.to_id != row.from_id);
        let ids: Vec<ContactPointId> = back.map(|row| ContactPointId(row.row_id)).collect();
        merges::move_contacts(tx, &ids, to)?;
    }
    let now = parts::list_contacts(tx, &[kept, gone])?;
    let at = |id: i64| now.iter().find(|row| row.id.0 == id);
    let has_chosen = |like: &ContactRow| {
        let same = |row: &&ContactRow| {
            (row.customer_id, row.kind) == (like.customer_id, like.kind)
                && row.primary_at.is_some()
                && row.until_on.is_none()
        };
        now.iter().any(|row| same(&row))
    };
    for row in of_kind(moved, Moved::Contact) {
        let open = at(row.row_id).filter(|contact| contact.until_on.is_none());
        let Some((contact, since)) = open.zip(row.was_primary_at) else {
            continue;
        };
        if !has_chosen(contact) {
            merges::choose_again(tx, contact.id, since)?;
        }
    }
    Ok(())
}

/// What waits for its day goes back, where it still waits.
fn coming_back(
    tx: &mut Tx<'_>,
    (kept, gone): (CustomerId, CustomerId),
    moved: &[MoveRow],
) -> Result<(), StoreError> {
    let Some(row) = of_kind(moved, Moved::ComingAddress).next() else {
        return Ok(());
    };
    let waits = store::coming_addresses::find(tx, kept)?;
    if waits.is_some_and(|waits| waits.from_on.to_string() == row.was) {
        merges::move_coming(tx, kept, gone)?;
    }
    Ok(())
}
