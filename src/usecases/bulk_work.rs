//! Several rows of a list of work at once: given to one person, or dismissed for one reason. Each row leaves its own audit row. What must be looked at
//! by itself is left: a finding about a read that waits decides on the read.

use serde_json::{Value, json};

use crate::domain::ids::{
    AccountId, ArrangementId, ArrangementNumber, ExceptionId, HoldId, NoticeId, OrderId, ReadId,
    RequestId, StaffId,
};
use crate::domain::orders::{OrderKind, OrderState};
use crate::domain::queues::MarkKind;
use crate::domain::staff::Permission;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::ExceptionRow;
use crate::store::{picked, staff, work_marks};

/// The longest reason that is kept, in characters.
const LONGEST_REASON: usize = 1_000;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// Somebody who does not work this list.
    #[error("{0} does not work this list")]
    NotAnOwner(StaffId),
    /// An answer says why nothing is to be done.
    #[error("an answer needs a reason")]
    ReasonMissing,
    /// The reason is longer than the longest that is kept, in characters.
    #[error("the reason is longer than {0} characters")]
    ReasonTooLong(usize),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Gives those of these findings that are open to somebody; says how many.
///
/// # Errors
/// `NotAnOwner`, or a fault.
pub fn give_exceptions(
    tx: &mut Tx<'_>,
    ids: &[ExceptionId],
    owner: StaffId,
) -> Result<usize, BulkError> {
    works(tx, owner, Permission::WorkExceptions)?;
    let rows = picked::hold_exceptions(tx, ids)?;
    let open: Vec<ExceptionId> = rows.iter().map(|row| row.id).collect();
    picked::own_exceptions(tx, &open, owner)?;
    let deeds: Vec<Deed<'_>> = rows
        .iter()
        .map(|row| Deed {
            action: "exception.taken",
            subject_kind: "exception",
            subject_id: row.id.to_string(),
            account_id: row.account_id,
            facts: json!({ "reason": row.reason, "owner": owner }),
        })
        .collect();
    audit::insert_all(tx, &deeds)?;
    touch(tx, rows.iter().filter_map(|row| row.account_id));
    Ok(open.len())
}

/// Dismisses those of these findings that are open, for one reason; says how many. Left are those about a read that waits.
///
/// # Errors
/// `ReasonMissing`, `ReasonTooLong`, or a fault.
pub fn dismiss_exceptions(
    tx: &mut Tx<'_>,
    ids: &[ExceptionId],
    reason: &str,
) -> Result<usize, BulkError> {
    let reason = said(reason)?;
    let mut rows = picked::hold_exceptions(tx, ids)?;
    let about: Vec<ReadId> = rows.iter().filter_map(|row| row.read_id).collect();
    let waiting = picked::list_held_reads(tx, &about)?;
    let waits = |row: &ExceptionRow| row.read_id.is_some_and(|read| waiting.contains(&read));
    rows.retain(|row| !waits(row));
    let gone: Vec<ExceptionId> = rows.iter().map(|row| row.id).collect();
    picked::dismiss_exceptions(tx, &gone, reason)?;
    let deeds: Vec<Deed<'_>> = rows
        .iter()
        .map(|row| Deed {
            action: "exception.dismissed",
            subject_kind: "exception",
            subject_id: row.id.to_string(),
            account_id: row.account_id,
            facts: json!({ "reason": row.reason, "answer": reason }),
        })
        .collect();
    audit::insert_all(tx, &deeds)?;
    touch(tx, rows.iter().filter_map(|row| row.account_id));
    Ok(gone.len())
}

/// Gives those of these requests that are open to somebody; says how many.
///
/// # Errors
/// `NotAnOwner`, or a fault.
pub fn give_requests(
    tx: &mut Tx<'_>,
    ids: &[RequestId],
    owner: StaffId,
) -> Result<usize, BulkError> {
    works(tx, owner, Permission::WorkRequests)?;
    let rows = picked::hold_requests(tx, ids)?;
    let open: Vec<RequestId> = rows.iter().map(|row| row.id).collect();
    picked::own_requests(tx, &open, owner)?;
    let deeds: Vec<Deed<'_>> = rows
        .iter()
        .map(|row| Deed {
            action: "request.assigned",
            subject_kind: "request",
            subject_id: row.number.to_string(),
            account_id: Some(row.account_id),
            facts: json!({ "owner": owner }),
        })
        .collect();
    audit::insert_all(tx, &deeds)?;
    touch(tx, rows.iter().map(|row| row.account_id));
    Ok(open.len())
}

/// Gives those of these orders that wait, and have a day that has not passed, to a member of the field; says how many. Left are shut-offs, which are
/// handed out one by one on their day, what has no day yet, and what somebody is at work on.
///
/// # Errors
/// `NotAnOwner`, or a fault.
pub fn give_orders(tx: &mut Tx<'_>, ids: &[OrderId], owner: StaffId) -> Result<usize, BulkError> {
    works(tx, owner, Permission::WorkOrders)?;
    let today = tx.stamp.on;
    let mut rows = picked::hold_orders(tx, ids)?;
    rows.retain(|row| {
        row.kind != OrderKind::ShutOff
            && matches!(row.state, OrderState::Open | OrderState::Assigned)
            && row.appointed_on.is_some_and(|day| day >= today)
    });
    let given: Vec<OrderId> = rows.iter().map(|row| row.id).collect();
    picked::assign_orders(tx, &given, owner)?;
    let deeds: Vec<Deed<'_>> = rows
        .iter()
        .map(|row| Deed {
            action: "order.planned",
            subject_kind: "service_order",
            subject_id: row.number.to_string(),
            account_id: Some(row.account_id),
            facts: json!({ "day": row.appointed_on, "slot": row.slot, "assignee": owner }),
        })
        .collect();
    audit::insert_all(tx, &deeds)?;
    touch(tx, rows.iter().map(|row| row.account_id));
    Ok(given.len())
}

/// Gives the work that the end of these holds makes to somebody, where it waits; says of how many.
///
/// # Errors
/// `NotAnOwner`, or a fault.
pub fn give_holds(tx: &mut Tx<'_>, ids: &[HoldId], owner: StaffId) -> Result<usize, BulkError> {
    works(tx, owner, Permission::PlaceHold)?;
    let rows = picked::hold_reviews_of(tx, ids)?;
    let waiting: Vec<HoldId> = rows.iter().map(|(id, _)| *id).collect();
    picked::own_reviews(tx, &waiting, owner)?;
    let deeds: Vec<Deed<'_>> = rows
        .iter()
        .map(|(id, account)| Deed {
            action: "hold.assigned",
            subject_kind: "hold",
            subject_id: id.to_string(),
            account_id: Some(*account),
            facts: json!({ "owner": owner }),
        })
        .collect();
    audit::insert_all(tx, &deeds)?;
    touch(tx, rows.iter().map(|(_, account)| *account));
    Ok(waiting.len())
}

/// Gives those of these arrangements that broke, and that nobody has answered for, to somebody; says how many.
///
/// # Errors
/// `NotAnOwner`, or a fault.
pub fn give_broken(
    tx: &mut Tx<'_>,
    ids: &[ArrangementId],
    owner: StaffId,
) -> Result<usize, BulkError> {
    works(tx, owner, Permission::MakeArrangement)?;
    let rows = broken(tx, ids)?;
    give(tx, MarkKind::BrokenArrangement, &rows, owner)
}

/// Answers for those of these arrangements that broke, for one reason; says how many.
///
/// # Errors
/// `ReasonMissing`, `ReasonTooLong`, or a fault.
pub fn dismiss_broken(
    tx: &mut Tx<'_>,
    ids: &[ArrangementId],
    reason: &str,
) -> Result<usize, BulkError> {
    let rows = broken(tx, ids)?;
    dismiss(tx, MarkKind::BrokenArrangement, &rows, reason)
}

fn broken(tx: &mut Tx<'_>, ids: &[ArrangementId]) -> Result<Vec<Row>, StoreError> {
    let rows = picked::hold_broken(tx, ids)?.into_iter();
    let row = |(id, account, number): (ArrangementId, AccountId, ArrangementNumber)| Row {
        id: id.0,
        account: Some(account),
        subject: number.to_string(),
    };
    Ok(rows.map(row).collect())
}

/// Gives those of these notices that failed, and that nobody has answered for, to somebody; says how many.
///
/// # Errors
/// `NotAnOwner`, or a fault.
pub fn give_failed(tx: &mut Tx<'_>, ids: &[NoticeId], owner: StaffId) -> Result<usize, BulkError> {
    works(tx, owner, Permission::WorkExceptions)?;
    let rows = failed(tx, ids)?;
    give(tx, MarkKind::FailedNotice, &rows, owner)
}

/// Answers for those of these notices that failed, for one reason; says how many.
///
/// # Errors
/// `ReasonMissing`, `ReasonTooLong`, or a fault.
pub fn dismiss_failed(tx: &mut Tx<'_>, ids: &[NoticeId], reason: &str) -> Result<usize, BulkError> {
    let rows = failed(tx, ids)?;
    dismiss(tx, MarkKind::FailedNotice, &rows, reason)
}

fn failed(tx: &mut Tx<'_>, ids: &[NoticeId]) -> Result<Vec<Row>, StoreError> {
    let rows = picked::hold_failed(tx, ids)?.into_iter();
    let row = |(id, account): (NoticeId, Option<AccountId>)| Row {
        id: id.0,
        account,
        subject: id.to_string(),
    };
    Ok(rows.map(row).collect())
}

/// Gives the money that is held for these accounts to somebody to look at; says of how many.
///
/// # Errors
/// `NotAnOwner`, or a fault.
pub fn give_credits(
    tx: &mut Tx<'_>,
    ids: &[AccountId],
    owner: StaffId,
) -> Result<usize, BulkError> {
    works(tx, owner, Permission::RefundCredit)?;
    let rows = picked::hold_credits(tx, ids)?.into_iter();
    let row = |id: AccountId| Row {
        id: id.0,
        account: Some(id),
        subject: id.to_string(),
    };
    give(
        tx,
        MarkKind::HeldCredit,
        &rows.map(row).collect::<Vec<Row>>(),
        owner,
    )
}

/// A row that has no owner of its own.
struct Row {
    id: i64,
    account: Option<AccountId>,
    /// How the trail names it.
    subject: String,
}

/// The words of the trail for a kind of row: that it was given to somebody, that it was answered for, and what it is.
const fn verbs(kind: MarkKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        MarkKind::BrokenArrangement => (
            "arrangement.assigned",
            "arrangement.answered",
            "arrangement",
        ),
        MarkKind::FailedNotice => ("notice.assigned", "notice.answered", "notice"),
        MarkKind::HeldCredit => ("credit.assigned", "credit.answered", "account"),
    }
}

fn give(tx: &mut Tx<'_>, kind: MarkKind, rows: &[Row], owner: StaffId) -> Result<usize, BulkError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    work_marks::own(tx, kind, (&ids, owner))?;
    tell(
        tx,
        rows,
        (verbs(kind).0, verbs(kind).2),
        &json!({ "owner": owner }),
    )?;
    Ok(ids.len())
}

fn dismiss(
    tx: &mut Tx<'_>,
    kind: MarkKind,
    rows: &[Row],
    reason: &str,
) -> Result<usize, BulkError> {
    let reason = said(reason)?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    work_marks::answer(tx, kind, (&ids, reason))?;
    tell(
        tx,
        rows,
        (verbs(kind).1, verbs(kind).2),
        &json!({ "answer": reason }),
    )?;
    Ok(ids.len())
}

/// Leaves the audit row of each.
fn tell(
    tx: &mut Tx<'_>,
    rows: &[Row],
    (action, subject_kind): (&'static str, &'static str),
    facts: &Value,
) -> Result<(), StoreError> {
    let deeds: Vec<Deed<'_>> = rows
        .iter()
        .map(|row| Deed {
            action,
            subject_kind,
            subject_id: row.subject.clone(),
            account_id: row.account,
            facts: facts.clone(),
        })
        .collect();
    audit::insert_all(tx, &deeds)?;
    touch(tx, rows.iter().filter_map(|row| row.account));
    Ok(())
}

/// The reason for an answer, without the spaces around it.
fn said(reason: &str) -> Result<&str, BulkError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(BulkError::ReasonMissing);
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(BulkError::ReasonTooLong(LONGEST_REASON));
    }
    Ok(reason)
}

fn works(tx: &mut Tx<'_>, owner: StaffId, permission: Permission) -> Result<(), BulkError> {
    let member = staff::get(tx, owner)?;
    if member.is_active && member.role.may(permission) {
        Ok(())
    } else {
        Err(BulkError::NotAnOwner(owner))
    }
}

fn touch(tx: &mut Tx<'_>, accounts: impl Iterator<Item = AccountId>) {
    for account in accounts {
        tx.touch(account);
    }
}
