//! Places that may be in the books twice: two side by side, what would move, and merges with their way back.

pub mod check;
pub mod merges;
pub mod pair;

use crate::domain::ids::PremiseId;
use crate::domain::place_merges::TwoPlaces;
use crate::domain::premises::Commodity;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::usecases::merges::LONGEST_REASON;
use crate::usecases::place_merges::PlaceMergeError;
use crate::web::doors::Doors;

/// Places of one address, and merging them.
pub fn doors() -> Doors {
    let (look, change) = (Permission::ViewAccount, Permission::ManagePlaces);
    let merge = Permission::MergePlaces;
    Doors::at("/office")
        .get("/place-duplicates", look, pair::compare)
        .get("/place-duplicates/{one}/{other}", look, pair::show)
        .post(
            "/place-duplicates/{one}/{other}/apart",
            change,
            pair::keep_apart,
        )
        .get("/place-duplicates/{one}/{other}/merge", merge, check::show)
        .post("/place-duplicates/{one}/{other}/merge", merge, check::merge)
        .get("/place-merges", look, merges::index)
        .post("/place-merges/{id}/undoing", merge, merges::undo)
}

/// The page of two places, the one written down first before the other.
#[must_use]
pub fn address((one, other): TwoPlaces) -> String {
    format!(
        "/office/place-duplicates/{}/{}",
        one.min(other),
        one.max(other)
    )
}

/// Both in the order of the place that stays and the one that goes; nothing where it is none of them.
fn in_order((one, other): TwoPlaces, kept: PremiseId) -> Option<TwoPlaces> {
    if kept == one {
        Some((one, other))
    } else {
        (kept == other).then_some((other, one))
    }
}

/// A point by what it delivers, and by its name where it has one.
fn point_name(t: Words, commodity: Commodity, label: Option<&str>) -> String {
    let service = t.service_name(commodity.as_str());
    match label {
        Some(label) => format!("{service}, {label}"),
        None => service,
    }
}

/// Why nothing was merged or taken back, in words.
fn said(t: Words, refused: &PlaceMergeError) -> String {
    match refused {
        PlaceMergeError::OneAndTheSame => t.place_merge_one_and_the_same().to_owned(),
        PlaceMergeError::MergedBefore => t.place_merge_merged_before().to_owned(),
        PlaceMergeError::TwoServed(_) => t.place_merge_look_first().to_owned(),
        PlaceMergeError::Outdated => t.place_merge_outdated().to_owned(),
        PlaceMergeError::ReasonMissing | PlaceMergeError::Fault(_) => {
            t.merge_reason_missing().to_owned()
        }
        PlaceMergeError::ReasonTooLong => t.hold_words_long(LONGEST_REASON),
        PlaceMergeError::UndoneBefore => t.merge_undone_before().to_owned(),
        PlaceMergeError::ChangedSince(changed) => t.place_merge_changed_since(changed.as_str()),
    }
}
