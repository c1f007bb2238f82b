//! Two places become one: the points of the one that goes, with all that hangs and is agreed there, its service orders, landlords and own numbers
//! are the other's from now on, and every row that moved is kept, so that it can be taken back. No money moves and no bill changes: agreements
//! are of points, and every point stays, so that two meters of one commodity stay two. What is only added to stays where it was written, and is
//! read with the place that stays.

mod find;
mod undo;

use serde_json::json;

use crate::domain::ids::{
    AccountId, AccountNumber, AccountRoleId, OrderId, PlaceMergeId, PremiseId, ServicePointId,
};
use crate::domain::place_merges::{PlaceMoved, TwoPlaces};
use crate::domain::setup::OwnKind;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::own_numbers;
use crate::store::place_merges::{self, PlaceMoveRow};
use crate::store::premises;
use crate::store::service;
use crate::usecases::merges::LONGEST_REASON;

pub use find::{BothServed, FoundPlaces, PlaceSide, Plan, PointMove, find, plan, side};
pub use undo::{PlaceChanged, undo};

/// How many accounts are indexed for the search at once.
const INDEXED: usize = 300;

/// Why two places did not become one, or why a merge was not taken back.
#[derive(Debug, thiserror::Error)]
pub enum PlaceMergeError {
    /// A place is one with itself.
    #[error("this is one place")]
    OneAndTheSame,
    /// One of them is one with another place already.
    #[error("one of them was merged before")]
    MergedBefore,
    /// Two accounts are served with one commodity at one time, and nobody said that they looked at them.
    #[error("accounts {} and {} are open side by side", .0.kept, .0.gone)]
    TwoServed(Box<BothServed>),
    /// It would come to something else than what was looked at.
    #[error("what moves changed meanwhile")]
    Outdated,
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
    ChangedSince(PlaceChanged),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Which two become one, and why.
#[derive(Debug, Clone)]
pub struct PlaceMerge {
    /// What makes it the same when it is sent again.
    pub request_key: String,
    /// Which stays, and which becomes one with it.
    pub places: TwoPlaces,
    /// What it came to when somebody looked at it.
    pub seal: String,
    /// Whether they looked at the accounts that are open side by side.
    pub has_looked: bool,
    /// Why.
    pub reason: String,
}

/// Makes two places one. Sent again under its key it is done once.
///
/// # Errors
/// Why they do not become one, or a fault.
pub fn merge(tx: &mut Tx<'_>, new: &PlaceMerge) -> Result<PlaceMergeId, PlaceMergeError> {
    let reason = checked(&new.reason)?;
    let (kept, gone) = new.places;
    if kept == gone {
        return Err(PlaceMergeError::OneAndTheSame);
    }
    hold(tx, new.places)?;
    if let Some(id) = done_before(tx, new)? {
        return Ok(id);
    }
    for id in [kept, gone] {
        if place_merges::merged_into(tx, id)?.is_some() {
            return Err(PlaceMergeError::MergedBefore);
        }
    }
    let on = tx.stamp.on;
    let plan = plan(tx, new.places, on)?;
    if plan.seal() != new.seal {
        return Err(PlaceMergeError::Outdated);
    }
    let two = plan.beside.iter().find(|both| both.is_of_two());
    if let Some(both) = two.filter(|_| !new.has_looked) {
        return Err(PlaceMergeError::TwoServed(Box::new(both.clone())));
    }
    let id = place_merges::insert(tx, &new.request_key, new.places, reason)?;
    let moved = carry(tx, new.places, &plan)?;
    place_merges::insert_moves(tx, id, &moved)?;
    place_merges::mark_merged(tx, &[gone], Some(kept))?;
    let facts =
        json!({ "merge": id, "gone": gone, "moved": moved.len(), "points": plan.points.len() });
    record(tx, "premise.merged", kept, facts)?;
    let facts = json!({ "merge": id, "from": gone, "to": kept });
    of_accounts(tx, "premise.merged", &plan.accounts, &facts)?;
    followed(tx, kept)?;
    Ok(id)
}

/// The merge that the same form made, where it stands.
fn done_before(tx: &mut Tx<'_>, new: &PlaceMerge) -> Result<Option<PlaceMergeId>, PlaceMergeError> {
    let Some(id) = place_merges::find_by_key(tx, &new.request_key)? else {
        return Ok(None);
    };
    let earlier = place_merges::list(tx, Some(id), (1, 0))?.pop();
    let stands = earlier.is_some_and(|merge| {
        (merge.kept_id, merge.gone_id) == new.places && merge.undone_by.is_none()
    });
    if stands {
        Ok(Some(id))
    } else {
        Err(PlaceMergeError::UndoneBefore)
    }
}

/// Says that two places are two, however alike their addresses are: the list of possible duplicates leaves them out. Safe to repeat.
///
/// # Errors
/// `OneAndTheSame`, `ReasonMissing`, `ReasonTooLong`, or a fault.
pub fn keep_apart(
    tx: &mut Tx<'_>,
    (one, other): TwoPlaces,
    reason: &str,
) -> Result<(), PlaceMergeError> {
    let reason = checked(reason)?;
    if one == other {
        return Err(PlaceMergeError::OneAndTheSame);
    }
    let two = (one.min(other), one.max(other));
    premises::lock_some(tx, &[one, other])?;
    for id in [one, other] {
        premises::get(tx, id)?;
    }
    if place_merges::find_apart(tx, two)?.is_some() {
        return Ok(());
    }
    place_merges::insert_apart(tx, two, reason)?;
    let facts = json!({ "other": two.1 });
    Ok(record(tx, "premise.kept_apart", two.0, facts)?)
}

fn checked(reason: &str) -> Result<&str, PlaceMergeError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(PlaceMergeError::ReasonMissing);
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(PlaceMergeError::ReasonTooLong);
    }
    Ok(reason)
}

/// Nobody else changes an address, opens a point or says who is served at either, until the transaction ends: addresses before places, and
/// places before points, as everywhere.
fn hold(tx: &mut Tx<'_>, (one, other): TwoPlaces) -> Result<(), StoreError> {
    premises::lock_addresses(tx)?;
    premises::lock_some(tx, &[one, other])?;
    let points = premises::list_points_of(tx, &[one, other])?;
    let points: Vec<ServicePointId> = points.into_iter().map(|row| row.id).collect();
    service::lock_points(tx, &points)
}

/// Gives everything of the place that goes to the one that stays, and says what it was.
fn carry(
    tx: &mut Tx<'_>,
    (kept, gone): TwoPlaces,
    plan: &Plan,
) -> Result<Vec<PlaceMoveRow>, StoreError> {
    let row = |kind: PlaceMoved, row_id: i64, was: &str| PlaceMoveRow {
        kind,
        row_id,
        from_id: gone,
        to_id: kept,
        was: was.to_owned(),
    };
    let mut moved = Vec::new();
    // What landlords were noted for there already is told from what they are noted for later.
    for part in place_merges::list_parts(tx, kept)? {
        moved.push(PlaceMoveRow {
            from_id: kept,
            ..row(PlaceMoved::Part, part.0, "")
        });
    }
    let points: Vec<ServicePointId> = plan.points.iter().map(|point| point.row.id).collect();
    place_merges::move_points(tx, &points, kept)?;
    for point in &plan.points {
        let label = point.row.label.as_deref();
        if point.label.as_deref() != label {
            place_merges::set_label(tx, point.row.id, point.label.as_deref())?;
        }
        moved.push(row(PlaceMoved::Point, point.row.id.0, label.unwrap_or("")));
    }
    let orders: Vec<OrderId> = plan.orders.iter().map(|order| order.id).collect();
    place_merges::move_orders(tx, &orders, kept)?;
    moved.extend(orders.iter().map(|id| row(PlaceMoved::Order, id.0, "")));
    place_merges::move_parts(tx, &plan.parts, kept)?;
    moved.extend(plan.parts.iter().map(|id| row(PlaceMoved::Part, id.0, "")));
    let numbers: Vec<&str> = plan.numbers.iter().map(String::as_str).collect();
    own_numbers::rename(tx, OwnKind::Premise, &numbers, kept.0)?;
    moved.extend(
        numbers
            .iter()
            .map(|was| row(PlaceMoved::Number, gone.0, was)),
    );
    place_merges::mark_merged(tx, &plan.places, Some(kept))?;
    moved.extend(
        plan.places
            .iter()
            .map(|id| row(PlaceMoved::Place, id.0, "")),
    );
    Ok(moved)
}

/// The search and the open pages of every account that is or was served at a place follow.
fn followed(tx: &mut Tx<'_>, place: PremiseId) -> Result<(), StoreError> {
    let accounts = premises::list_accounts(tx, place)?;
    for some in accounts.chunks(INDEXED) {
        store::search::index_accounts(tx, some)?;
    }
    for account in accounts {
        tx.touch(account);
    }
    Ok(())
}

fn record(
    tx: &mut Tx<'_>,
    action: &str,
    place: PremiseId,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "premise",
        subject_id: place.to_string(),
        account_id: None,
        facts,
    };
    audit::insert(tx, &deed)
}

/// The same on every account that is or was served there.
fn of_accounts<'a>(
    tx: &mut Tx<'_>,
    action: &str,
    accounts: impl IntoIterator<Item = (&'a AccountId, &'a AccountNumber)>,
    facts: &serde_json::Value,
) -> Result<(), StoreError> {
    let deed = |(account, number): (&AccountId, &AccountNumber)| Deed {
        action,
        subject_kind: "account",
        subject_id: number.to_string(),
        account_id: Some(*account),
        facts: facts.clone(),
    };
    let deeds: Vec<Deed<'_>> = accounts.into_iter().map(deed).collect();
    audit::insert_all(tx, &deeds)
}

/// The rows of a kind that moved.
fn rows_of(moved: &[PlaceMoveRow], kind: PlaceMoved) -> impl Iterator<Item = &PlaceMoveRow> {
    let is_moved = move |row: &&PlaceMoveRow| row.kind == kind && row.from_id != row.to_id;
    moved.iter().filter(is_moved)
}

/// What landlords are noted for, as it was recorded.
fn known_parts(moved: &[PlaceMoveRow]) -> Vec<AccountRoleId> {
    let parts = moved.iter().filter(|row| row.kind == PlaceMoved::Part);
    parts.map(|row| AccountRoleId(row.row_id)).collect()
}
