//! A merge of places is taken back: every row that moved is where it was, and what came since to a point that goes back goes with it, where nothing
//! happened that nobody could tell the place of.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::domain::ids::{
    AccountId, AccountNumber, AccountRoleId, OrderId, PlaceMergeId, PremiseId, ServicePointId,
};
use crate::domain::place_merges::PlaceMoved;
use crate::domain::setup::OwnKind;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::own_numbers;
use crate::store::place_merges::{self, PlaceMergeRow, PlaceMoveRow};
use crate::store::premises;
use crate::usecases::place_merges::{
    PlaceMergeError, checked, followed, hold, known_parts, of_accounts, record, rows_of,
};

/// What happened since a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceChanged {
    /// The place that stayed became one with another, or another with it: what was joined last is parted first.
    Merged,
    /// A landlord was noted there or said something of it, and nobody knows of which of the two.
    Landlord,
    /// It was found out what a line there is made of, and nobody knows which.
    Line,
}

impl PlaceChanged {
    /// As words choose by it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::Landlord => "landlord",
            Self::Line => "line",
        }
    }
}

/// What keeps a merge from being taken back; nothing where it may be.
fn why_not(
    conn: &mut Conn,
    merge: &PlaceMergeRow,
    moved: &[PlaceMoveRow],
) -> Result<Option<PlaceChanged>, StoreError> {
    let (kept, at) = (merge.kept_id, merge.merged_at);
    let stands = place_merges::merged_into(conn, merge.gone_id)? == Some(kept);
    if !stands
        || place_merges::merged_into(conn, kept)?.is_some()
        || place_merges::has_later(conn, kept, merge.id)?
    {
        return Ok(Some(PlaceChanged::Merged));
    }
    let known = known_parts(moved);
    let is_new = |part: &AccountRoleId| !known.contains(part);
    let noted = place_merges::list_parts(conn, kept)?.iter().any(is_new);
    if noted || place_merges::has_instruction_since(conn, kept, at)? {
        return Ok(Some(PlaceChanged::Landlord));
    }
    let found_out = place_merges::has_material_since(conn, kept, at)?;
    Ok(found_out.then_some(PlaceChanged::Line))
}

/// Takes a merge back.
///
/// # Errors
/// `ReasonMissing`, `ReasonTooLong`, `UndoneBefore`, `ChangedSince`, or a fault.
pub fn undo(tx: &mut Tx<'_>, id: PlaceMergeId, reason: &str) -> Result<(), PlaceMergeError> {
    let reason = checked(reason)?;
    let found = place_merges::list(tx, Some(id), (1, 0))?.pop();
    let merge = found.ok_or(StoreError::Missing("place merge"))?;
    let (kept, gone) = (merge.kept_id, merge.gone_id);
    hold(tx, (kept, gone))?;
    // Whoever came first may have taken it back while this one waited.
    let found = place_merges::list(tx, Some(id), (1, 0))?.pop();
    if found.is_none_or(|merge| merge.undone_by.is_some()) {
        return Err(PlaceMergeError::UndoneBefore);
    }
    let moved = place_merges::list_moves(tx, id)?;
    if let Some(changed) = why_not(tx, &merge, &moved)? {
        return Err(PlaceMergeError::ChangedSince(changed));
    }
    let accounts = give_back(tx, (kept, gone), &moved)?;
    place_merges::insert_undo(tx, id, reason)?;
    let facts = json!({ "merge": id, "gone": gone });
    record(tx, "premise.merge_undone", kept, facts)?;
    let facts = json!({ "merge": id, "from": kept, "to": gone });
    of_accounts(tx, "premise.merge_undone", &accounts, &facts)?;
    followed(tx, gone)?;
    Ok(followed(tx, kept)?)
}

/// Gives everything back to the place that went, and says who is or was served there.
fn give_back(
    tx: &mut Tx<'_>,
    (kept, gone): (PremiseId, PremiseId),
    moved: &[PlaceMoveRow],
) -> Result<BTreeMap<AccountId, AccountNumber>, StoreError> {
    let points: Vec<ServicePointId> = rows_of(moved, PlaceMoved::Point)
        .map(|row| ServicePointId(row.row_id))
        .collect();
    let (back, stay): (Vec<_>, Vec<_>) = place_merges::list_tenants(tx, kept)?
        .into_iter()
        .partition(|(_, _, point)| points.contains(point));
    let stay: BTreeSet<AccountId> = stay.into_iter().map(|(account, ..)| account).collect();
    let accounts: BTreeMap<AccountId, AccountNumber> = back
        .into_iter()
        .map(|(account, number, _)| (account, number))
        .collect();
    orders_back(tx, (kept, gone), moved, |point, account| match point {
        Some(point) => points.contains(&point),
        None => accounts.contains_key(&account) && !stay.contains(&account),
    })?;
    place_merges::move_points(tx, &points, gone)?;
    labels_back(tx, moved)?;
    let parts: Vec<AccountRoleId> = rows_of(moved, PlaceMoved::Part)
        .map(|row| AccountRoleId(row.row_id))
        .collect();
    place_merges::move_parts(tx, &parts, gone)?;
    let numbers: Vec<&str> = rows_of(moved, PlaceMoved::Number)
        .map(|row| row.was.as_str())
        .collect();
    own_numbers::rename(tx, OwnKind::Premise, &numbers, gone.0)?;
    place_merges::mark_merged(tx, &[gone], None)?;
    let before: Vec<PremiseId> = rows_of(moved, PlaceMoved::Place)
        .map(|row| PremiseId(row.row_id))
        .collect();
    place_merges::mark_merged(tx, &before, Some(gone))?;
    Ok(accounts)
}

/// Service orders that moved go back, and those made since that are about a point that goes back, or for an account that is served nowhere else
/// there.
fn orders_back(
    tx: &mut Tx<'_>,
    (kept, gone): (PremiseId, PremiseId),
    moved: &[PlaceMoveRow],
    goes: impl Fn(Option<ServicePointId>, AccountId) -> bool,
) -> Result<(), StoreError> {
    let known: BTreeSet<i64> = rows_of(moved, PlaceMoved::Order)
        .map(|row| row.row_id)
        .collect();
    let here = place_merges::list_orders(tx, kept)?;
    let orders: Vec<OrderId> = here
        .into_iter()
        .filter(|row| known.contains(&row.id.0) || goes(row.service_point_id, row.account_id))
        .map(|row| row.id)
        .collect();
    place_merges::move_orders(tx, &orders, gone)
}

/// Points have the names that they had.
fn labels_back(tx: &mut Tx<'_>, moved: &[PlaceMoveRow]) -> Result<(), StoreError> {
    let points: Vec<ServicePointId> = rows_of(moved, PlaceMoved::Point)
        .map(|row| ServicePointId(row.row_id))
        .collect();
    let now = premises::list_some_points(tx, &points)?;
    for row in rows_of(moved, PlaceMoved::Point) {
        let was = Some(row.was.as_str()).filter(|label| !label.is_empty());
        let point = now.iter().find(|point| point.id.0 == row.row_id);
        if let Some(point) = point.filter(|point| point.label.as_deref() != was) {
            place_merges::set_label(tx, point.id, was)?;
        }
    }
    Ok(())
}
