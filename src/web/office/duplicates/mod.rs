//! Who and what may be in the books twice: the list, two customers side by side, and merges with their way back.

pub mod index;
pub mod merges;
pub mod pair;

use crate::domain::ids::CustomerId;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::usecases::merges::{LONGEST_REASON, MergeError};
use crate::web::doors::Doors;

/// Possible duplicates, and merging them.
pub fn doors() -> Doors {
    let (look, merge) = (Permission::EditPeople, Permission::MergeCustomers);
    Doors::at("/office")
        .get("/duplicates", look, index::index)
        .get("/duplicates/comparison", look, index::compare)
        .get("/duplicates/{one}/{other}", look, pair::show)
        .post("/duplicates/{one}/{other}/apart", look, pair::keep_apart)
        .post("/duplicates/{one}/{other}/merge", merge, pair::merge)
        .get("/customer-merges", look, merges::index)
        .post("/customer-merges/{id}/undoing", merge, merges::undo)
}

/// The page of two customers, the one written down first before the other.
fn address(one: CustomerId, other: CustomerId) -> String {
    format!("/office/duplicates/{}/{}", one.min(other), one.max(other))
}

/// Why nothing was merged or taken back, in words.
fn said(t: Words, refused: &MergeError) -> String {
    match refused {
        MergeError::OneAndTheSame => t.merge_one_and_the_same().to_owned(),
        MergeError::KindsDiffer => t.merge_kinds_differ().to_owned(),
        MergeError::MergedBefore => t.merge_merged_before().to_owned(),
        MergeError::BothOn(number, one, other) => t.merge_both_on(
            number.to_string(),
            t.account_role(one.as_str()),
            t.account_role(other.as_str()),
        ),
        MergeError::Bankrupt(number) => t.merge_bankrupt(number.to_string()),
        MergeError::BothMove => t.merge_both_move().to_owned(),
        MergeError::ReasonMissing | MergeError::Fault(_) => t.merge_reason_missing().to_owned(),
        MergeError::ReasonTooLong => t.hold_words_long(LONGEST_REASON),
        MergeError::UndoneBefore => t.merge_undone_before().to_owned(),
        MergeError::ChangedSince(changed) => t.merge_changed_since(changed.as_str()),
    }
}
