//! What needs a person: opened by whoever finds it, worked from the queue, answered with a reason. The same finding is opened once.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::exceptions::{ExceptionKind, ExceptionReason, ExceptionStatus};
use crate::domain::ids::{
    AccountId, BillId, BillRunId, ExceptionId, ReadId, RegisterId, ServiceAgreementId, StaffId,
};
use crate::domain::stamp::Stamp;
use crate::store::any::native;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::literal;
use crate::store::kept::KeptDsl;
use crate::store::schema::{exceptions, staff};

/// How many rows one statement carries: SQLite binds at most 32,766 values.
const ROWS: usize = 1_000;

/// A finding, before it is a row.
#[derive(Debug, Clone)]
pub struct NewException {
    /// What makes it the same finding when it is found again, such as `read:12:v1:high_usage`.
    pub source_key: String,
    /// What kind of thing.
    pub kind: ExceptionKind,
    /// Why.
    pub reason: ExceptionReason,
    /// What a person needs to judge it, as JSON.
    pub facts: serde_json::Value,
    /// The account, where it is known.
    pub account_id: Option<AccountId>,
    /// The service.
    pub service_agreement_id: Option<ServiceAgreementId>,
    /// The register.
    pub register_id: Option<RegisterId>,
    /// The read.
    pub read_id: Option<ReadId>,
    /// The bill or draft.
    pub bill_id: Option<BillId>,
    /// The bill run that found it.
    pub run_id: Option<BillRunId>,
}

impl NewException {
    /// A finding about nothing in particular yet.
    #[must_use]
    pub fn of(
        source_key: String,
        kind: ExceptionKind,
        reason: ExceptionReason,
        facts: serde_json::Value,
    ) -> Self {
        Self {
            source_key,
            kind,
            reason,
            facts,
            account_id: None,
            service_agreement_id: None,
            register_id: None,
            read_id: None,
            bill_id: None,
            run_id: None,
        }
    }
}

/// One row of the queue.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = exceptions)]
pub struct ExceptionRow {
    /// Row id.
    pub id: ExceptionId,
    /// What kind of thing.
    pub kind: ExceptionKind,
    /// Why.
    pub reason: ExceptionReason,
    /// What a person needs to judge it, as JSON.
    pub facts: String,
    /// The account, where it is known.
    pub account_id: Option<AccountId>,
    /// The service.
    pub service_agreement_id: Option<ServiceAgreementId>,
    /// The register.
    pub register_id: Option<RegisterId>,
    /// The read.
    pub read_id: Option<ReadId>,
    /// The bill or draft.
    pub bill_id: Option<BillId>,
    /// The bill run that found it.
    pub run_id: Option<BillRunId>,
    /// 1 holds money now, 2 will, 3 is to be looked at.
    pub priority: i32,
    /// Where the work stands.
    pub status: ExceptionStatus,
    /// When it was found, in UTC.
    pub opened_at: NaiveDateTime,
    /// The business day on which it was found.
    pub opened_on: NaiveDate,
    /// Who works it.
    pub owner_staff_id: Option<StaffId>,
    /// When it was answered.
    pub resolved_at: Option<NaiveDateTime>,
    /// Who answered it.
    pub resolved_by: Option<String>,
    /// What was done about it.
    pub resolution: Option<String>,
}

/// Whose work is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OwnerFilter {
    /// Everybody's.
    #[default]
    Anyone,
    /// One person's.
    Staff(StaffId),
    /// Work nobody has taken.
    Nobody,
}

/// Which part of the queue is shown.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this standing.
    pub status: Option<ExceptionStatus>,
    /// Only this kind.
    pub kind: Option<ExceptionKind>,
    /// Only this reason.
    pub reason: Option<ExceptionReason>,
    /// Whose.
    pub owner: OwnerFilter,
    /// Only of this run.
    pub run: Option<BillRunId>,
    /// Only of this account.
    pub account: Option<AccountId>,
}

/// Opens findings. One that was opened before, answered or not, stays as it is. Says how many are new.
pub fn open_all(tx: &mut Tx<'_>, found: &[NewException]) -> Result<usize, StoreError> {
    let stamp = tx.stamp;
    let rows: Vec<_> = found
        .iter()
        .map(|new| {
            (
                exceptions::source_key.eq(&new.source_key),
                exceptions::kind.eq(new.kind),
                exceptions::reason.eq(new.reason),
                exceptions::facts.eq(new.facts.to_string()),
                exceptions::account_id.eq(new.account_id),
                exceptions::service_agreement_id.eq(new.service_agreement_id),
                exceptions::register_id.eq(new.register_id),
                exceptions::read_id.eq(new.read_id),
                exceptions::bill_id.eq(new.bill_id),
                exceptions::run_id.eq(new.run_id),
                exceptions::priority.eq(new.reason.priority()),
                exceptions::status.eq(ExceptionStatus::Open),
                exceptions::opened_at.eq(stamp.at),
                exceptions::opened_on.eq(stamp.on),
            )
        })
        .collect();
    let mut opened = 0;
    for chunk in rows.chunks(ROWS) {
        opened += native!(tx.conn(), |c| diesel::insert_into(exceptions::table)
            .values(chunk)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(opened)
}

/// Opens one finding.
pub fn open(tx: &mut Tx<'_>, found: &NewException) -> Result<usize, StoreError> {
    open_all(tx, std::slice::from_ref(found))
}

/// The finding that was opened under this key and that nobody has answered.
pub fn find_open(conn: &mut Conn, source_key: &str) -> Result<Option<ExceptionId>, StoreError> {
    Ok(exceptions::table
        .filter(exceptions::source_key.eq(source_key))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .select(exceptions::id)
        .first(conn)
        .optional()?)
}

/// Whether a finding of an account is open whose key begins so. The words are ours and hold no sign of a pattern.
pub fn is_open_under(conn: &mut Conn, account: AccountId, stem: &str) -> Result<bool, StoreError> {
    let found: Option<ExceptionId> = exceptions::table
        .filter(exceptions::account_id.eq(account))
        .filter(exceptions::source_key.like(format!("{stem}%")))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .select(exceptions::id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Whether a finding was opened under this key, answered or not.
pub fn was_opened(conn: &mut Conn, source_key: &str) -> Result<bool, StoreError> {
    let found: Option<ExceptionId> = exceptions::table
        .filter(exceptions::source_key.eq(source_key))
        .select(exceptions::id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// The finding, if there is one with this id.
pub fn find(conn: &mut Conn, id: ExceptionId) -> Result<Option<ExceptionRow>, StoreError> {
    Ok(exceptions::table
        .find(id)
        .select(ExceptionRow::as_select())
        .first(conn)
        .optional()?)
}

/// A part of the queue, the most urgent and oldest first.
pub fn list(
    conn: &mut Conn,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<Vec<ExceptionRow>, StoreError> {
    Ok(filtered(filter)
        .order((exceptions::priority, exceptions::id))
        .limit(limit)
        .offset(offset)
        .select(ExceptionRow::as_select())
        .load(conn)?)
}

/// How many findings the filter shows.
pub fn count(conn: &mut Conn, filter: &Filter) -> Result<i64, StoreError> {
    Ok(filtered(filter).count().get_result(conn)?)
}

/// How many open findings there are of each reason, the most urgent first.
pub fn count_open_by_reason(conn: &mut Conn) -> Result<Vec<(ExceptionReason, i64)>, StoreError> {
    let mut counts: Vec<(ExceptionReason, i64)> = exceptions::table
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .group_by(exceptions::reason)
        .select((exceptions::reason, diesel::dsl::count_star()))
        .load(conn)?;
    counts.sort_by_key(|(reason, _)| (reason.priority(), *reason));
    Ok(counts)
}

/// Open findings of a read, so that whoever answers the read answers them too.
pub fn list_open_of_read(conn: &mut Conn, read: ReadId) -> Result<Vec<ExceptionRow>, StoreError> {
    Ok(exceptions::table
        .filter(exceptions::read_id.eq(read))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .order(exceptions::id)
        .select(ExceptionRow::as_select())
        .load(conn)?)
}

/// Which of these reads somebody is still to look at: a finding about them is open.
pub fn list_open_reads(conn: &mut Conn, reads: &[ReadId]) -> Result<Vec<ReadId>, StoreError> {
    let mut found = Vec::new();
    for reads in reads.chunks(ROWS) {
        let some: Vec<Option<ReadId>> = exceptions::table
            .filter(exceptions::read_id.eq_any(reads))
            .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
            .select(exceptions::read_id)
            .distinct()
            .load(conn)?;
        found.extend(some.into_iter().flatten());
    }
    Ok(found)
}

/// Which of these bills have an open finding with this reason.
pub fn list_open_bills(
    conn: &mut Conn,
    reason: ExceptionReason,
    bills: &[BillId],
) -> Result<Vec<BillId>, StoreError> {
    let mut found = Vec::new();
    for bills in bills.chunks(ROWS) {
        let some: Vec<Option<BillId>> = exceptions::table
            .filter(exceptions::bill_id.eq_any(bills))
            .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
            .filter(exceptions::reason.eq(reason))
            .select(exceptions::bill_id)
            .load(conn)?;
        found.extend(some.into_iter().flatten());
    }
    Ok(found)
}

/// The next accounts of a run that are held without a draft, in the order of their ids, after the cursor.
pub fn list_held_accounts(
    conn: &mut Conn,
    run: BillRunId,
    after: AccountId,
    limit: i64,
) -> Result<Vec<AccountId>, StoreError> {
    let held: Vec<Option<AccountId>> = exceptions::table
        .filter(exceptions::run_id.eq(run))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .filter(exceptions::bill_id.is_null())
        .filter(exceptions::account_id.gt(after))
        .order(exceptions::account_id)
        .select(exceptions::account_id)
        .distinct()
        .limit(limit)
        .load(conn)?;
    Ok(held.into_iter().flatten().collect())
}

/// Answers the open findings that a run has about these accounts.
pub fn mark_replaced(
    tx: &mut Tx<'_>,
    run: BillRunId,
    accounts: &[AccountId],
    resolution: &str,
) -> Result<usize, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::update(exceptions::table)
        .filter(exceptions::run_id.eq(run))
        .filter(exceptions::account_id.eq_any(accounts))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .set(answered(stamp, resolution))
        .execute(tx.conn())?)
}

/// Answers the open findings of one reason that a run has about an account.
pub fn mark_missed_answered(
    tx: &mut Tx<'_>,
    (run, account): (BillRunId, AccountId),
    reason: ExceptionReason,
    resolution: &str,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(exceptions::table)
        .filter(exceptions::run_id.eq(run))
        .filter(exceptions::account_id.eq(account))
        .filter(exceptions::reason.eq(reason))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .set(answered(stamp, resolution))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Answers the open findings about a bill.
pub fn mark_bill_answered(
    tx: &mut Tx<'_>,
    bill: BillId,
    resolution: &str,
) -> Result<usize, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::update(exceptions::table)
        .filter(exceptions::bill_id.eq(bill))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .set(answered(stamp, resolution))
        .kept()
        .execute(tx.conn())?)
}

/// Answers all open findings of a run.
pub fn mark_run_answered(
    tx: &mut Tx<'_>,
    run: BillRunId,
    resolution: &str,
) -> Result<usize, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::update(exceptions::table)
        .filter(exceptions::run_id.eq(run))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .set(answered(stamp, resolution))
        .kept()
        .execute(tx.conn())?)
}

type Answered<'a> = (
    diesel::dsl::Eq<exceptions::status, ExceptionStatus>,
    diesel::dsl::Eq<exceptions::resolution, &'a str>,
    diesel::dsl::Eq<exceptions::resolved_at, NaiveDateTime>,
    diesel::dsl::Eq<exceptions::resolved_by, &'a str>,
);

fn answered<'a>(stamp: &'a Stamp, resolution: &'a str) -> Answered<'a> {
    (
        exceptions::status.eq(ExceptionStatus::Resolved),
        exceptions::resolution.eq(resolution),
        exceptions::resolved_at.eq(stamp.at),
        exceptions::resolved_by.eq(stamp.by.name.as_str()),
    )
}

/// The names of the people who own work.
pub fn owner_names(
    conn: &mut Conn,
    owners: &[StaffId],
) -> Result<Vec<(StaffId, String)>, StoreError> {
    Ok(staff::table
        .filter(staff::id.eq_any(owners))
        .select((staff::id, staff::name))
        .load(conn)?)
}

/// Gives an open finding to somebody, or to nobody. Says whether it was open.
pub fn mark_owner(
    tx: &mut Tx<'_>,
    id: ExceptionId,
    owner: Option<StaffId>,
) -> Result<bool, StoreError> {
    let changed = diesel::update(exceptions::table.find(id))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .set(exceptions::owner_staff_id.eq(owner))
        .kept()
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// Answers an open finding. Says whether it was open.
pub fn mark_answered(
    tx: &mut Tx<'_>,
    id: ExceptionId,
    status: ExceptionStatus,
    resolution: &str,
) -> Result<bool, StoreError> {
    let stamp = tx.stamp;
    let changed = diesel::update(exceptions::table.find(id))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .set((
            exceptions::status.eq(status),
            exceptions::resolution.eq(resolution),
            exceptions::resolved_at.eq(stamp.at),
            exceptions::resolved_by.eq(&stamp.by.name),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(changed > 0)
}

fn filtered(filter: &Filter) -> exceptions::BoxedQuery<'static, crate::store::any::MultiBackend> {
    let mut query = exceptions::table.into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(exceptions::status.eq(literal(status.as_str())));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(exceptions::kind.eq(kind));
    }
    if let Some(reason) = filter.reason {
        query = query.filter(exceptions::reason.eq(reason));
    }
    if let Some(run) = filter.run {
        query = query.filter(exceptions::run_id.eq(run));
    }
    if let Some(account) = filter.account {
        query = query.filter(exceptions::account_id.eq(account));
    }
    match filter.owner {
        OwnerFilter::Anyone => query,
        OwnerFilter::Staff(id) => query.filter(exceptions::owner_staff_id.eq(id)),
        OwnerFilter::Nobody => query.filter(exceptions::owner_staff_id.is_null()),
    }
}
