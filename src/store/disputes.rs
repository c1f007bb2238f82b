//! Bills that are said to be wrong: how much of which bill, and what of it late fees and autopay leave alone meanwhile.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::arrangements::Contest;
use crate::domain::bills::BillStatus;
use crate::domain::disputes::{CameBy, DisputeReason, DisputedLine, Outcome, frozen, overlap};
use crate::domain::ids::{AccountId, BillId, BillNumber, EntryId, RequestId, RequestNumber};
use crate::domain::ledger::SourceKind;
use crate::domain::money::Money;
use crate::domain::remedies::Remedy;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::kept::KeptDsl;
use crate::store::schema::{bill_cancellations, bill_disputes, bill_lines, bills};
use crate::store::schema::{ledger_entries, open_items, service_requests};

/// A dispute: the part of a request that is about a bill.
#[derive(Debug, Clone, Queryable)]
pub struct DisputeRow {
    /// The request.
    pub request_id: RequestId,
    /// The bill.
    pub bill_id: BillId,
    /// The bill's number.
    pub bill: BillNumber,
    /// Why it is said to be wrong.
    pub reason: DisputeReason,
    lines: String,
    /// How much of it.
    pub amount: Money,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// From when it may be charged for being late again.
    pub freed_on: Option<NaiveDate>,
    /// How it came.
    pub came_by: CameBy,
    /// By when the customer is told that somebody looks at it; nothing for one that came before the policy said so.
    pub acknowledge_by: Option<NaiveDate>,
    /// With which of the lawful outcomes it ended; nothing where somebody decided it in words alone.
    pub remedy: Option<Remedy>,
    /// What was given for it.
    pub credit: Money,
}

impl DisputeRow {
    /// The lines that were marked; none where the bill as a whole is disputed.
    ///
    /// # Errors
    /// `Unreadable` where the row was changed by hand.
    pub fn lines(&self) -> Result<Vec<DisputedLine>, StoreError> {
        read_lines(self.request_id, &self.lines)
    }

    /// What of it is unpaid, by what is still owed of the bill.
    #[must_use]
    pub fn set_aside(&self, unpaid: Money) -> Money {
        frozen(unpaid, self.amount)
    }
}

/// A bill as far as a dispute looks at it.
#[derive(Debug, Clone)]
pub struct DisputedBill {
    /// What it charges.
    pub total: Money,
    /// Its number.
    pub number: BillNumber,
    /// Its lines by their places.
    pub lines: BTreeMap<i32, Money>,
}

/// The issued bill of an account that was not taken back, with the amounts of its lines.
pub fn bill_of(
    conn: &mut Conn,
    account: AccountId,
    bill: BillId,
) -> Result<DisputedBill, StoreError> {
    let (number, total): (BillNumber, Money) = bills::table
        .left_join(bill_cancellations::table)
        .filter(bills::id.eq(bill))
        .filter(bills::account_id.eq(account))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bill_cancellations::bill_id.is_null())
        .select((bills::number, bills::total_cents))
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("bill"))?;
    let lines: Vec<(i32, Money)> = bill_lines::table
        .filter(bill_lines::bill_id.eq(bill))
        .select((bill_lines::position, bill_lines::amount_cents))
        .load(conn)?;
    Ok(DisputedBill {
        total,
        number,
        lines: lines.into_iter().collect(),
    })
}

/// The places of the lines of a bill that the door has found, in the order of the bill.
pub fn positions(conn: &mut Conn, bill: BillId) -> Result<Vec<i32>, StoreError> {
    Ok(bill_lines::table
        .filter(bill_lines::bill_id.eq(bill))
        .order(bill_lines::position)
        .select(bill_lines::position)
        .load(conn)?)
}

/// Records what is disputed.
pub fn insert(
    tx: &mut Tx<'_>,
    request: RequestId,
    bill: BillId,
    (reason, lines, amount): (DisputeReason, &[DisputedLine], Money),
    (came_by, acknowledge_by): (CameBy, NaiveDate),
) -> Result<(), StoreError> {
    let lines =
        serde_json::to_string(lines).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    diesel::insert_into(bill_disputes::table)
        .values((
            bill_disputes::request_id.eq(request),
            bill_disputes::bill_id.eq(bill),
            bill_disputes::reason.eq(reason),
            bill_disputes::lines.eq(lines),
            bill_disputes::amount_cents.eq(amount),
            bill_disputes::came_by.eq(came_by),
            bill_disputes::acknowledge_by.eq(acknowledge_by),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What became of a dispute that was open.
pub fn mark_outcome(
    tx: &mut Tx<'_>,
    request: RequestId,
    outcome: Outcome,
    freed_on: NaiveDate,
) -> Result<(), StoreError> {
    diesel::update(bill_disputes::table.find(request))
        .filter(bill_disputes::outcome.is_null())
        .set((
            bill_disputes::outcome.eq(outcome),
            bill_disputes::freed_on.eq(freed_on),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// With which outcome a dispute ended, where it was not in words alone, and what was given for it.
pub fn mark_remedy(
    tx: &mut Tx<'_>,
    request: RequestId,
    remedy: Option<Remedy>,
    credit: Money,
) -> Result<(), StoreError> {
    diesel::update(bill_disputes::table.find(request))
        .filter(bill_disputes::remedy.is_null())
        .set((
            bill_disputes::remedy.eq(remedy),
            bill_disputes::credit_cents.eq(credit),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The day on which a dispute of an account last ended with an outcome.
pub fn last_remedied(
    conn: &mut Conn,
    account: AccountId,
    remedy: Remedy,
) -> Result<Option<NaiveDate>, StoreError> {
    let last: Option<Option<NaiveDate>> = bill_disputes::table
        .inner_join(service_requests::table)
        .filter(service_requests::account_id.eq(account))
        .filter(bill_disputes::remedy.eq(remedy))
        .order(service_requests::closed_on.desc())
        .select(service_requests::closed_on)
        .first(conn)
        .optional()?;
    Ok(last.flatten())
}

/// A line of a bill, as far as it is posted.
#[derive(Debug, Clone, Queryable)]
pub struct ChargedLine {
    /// Its place on the bill.
    pub position: i32,
    /// The place of its service.
    pub segment: i32,
    /// The charge's code.
    pub charge: String,
    /// What it comes to.
    pub amount: Money,
}

/// The lines of a bill that the door has found, in the order of the bill.
pub fn list_charges(conn: &mut Conn, bill: BillId) -> Result<Vec<ChargedLine>, StoreError> {
    Ok(bill_lines::table
        .filter(bill_lines::bill_id.eq(bill))
        .order(bill_lines::position)
        .select((
            bill_lines::position,
            bill_lines::segment,
            bill_lines::charge,
            bill_lines::amount_cents,
        ))
        .load(conn)?)
}

/// The dispute of a request that the door has found.
pub fn find(conn: &mut Conn, request: RequestId) -> Result<Option<DisputeRow>, StoreError> {
    Ok(bill_disputes::table
        .inner_join(bills::table)
        .filter(bill_disputes::request_id.eq(request))
        .select((
            bill_disputes::request_id,
            bill_disputes::bill_id,
            bills::number,
            bill_disputes::reason,
            bill_disputes::lines,
            bill_disputes::amount_cents,
            bill_disputes::outcome,
            bill_disputes::freed_on,
            bill_disputes::came_by,
            bill_disputes::acknowledge_by,
            bill_disputes::remedy,
            bill_disputes::credit_cents,
        ))
        .first(conn)
        .optional()?)
}

/// The amounts in dispute, by request.
pub fn amounts(
    conn: &mut Conn,
    requests: &[RequestId],
) -> Result<BTreeMap<RequestId, Money>, StoreError> {
    let rows: Vec<(RequestId, Money)> = bill_disputes::table
        .filter(bill_disputes::request_id.among(requests))
        .select((bill_disputes::request_id, bill_disputes::amount_cents))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// A dispute of a bill, as far as another one of the same bill looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillDispute {
    /// The request that carries it.
    pub request_id: RequestId,
    /// Its number.
    pub number: RequestNumber,
    /// The bill's number.
    pub bill: BillNumber,
    /// How much.
    pub amount: Money,
    /// The places of the lines that were marked; none where it is about the bill as a whole.
    pub positions: Vec<i32>,
    /// What became of it.
    pub outcome: Option<Outcome>,
}

impl BillDispute {
    /// Whether the office decided it.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.outcome
            .is_some_and(|outcome| outcome != Outcome::Withdrawn)
    }

    /// Whether it was decided, and about any of these lines.
    #[must_use]
    pub fn has_decided(&self, positions: &[i32]) -> bool {
        self.is_decided() && overlap(&self.positions, positions)
    }

    /// Whether nothing of the bill can be disputed any more because of it: it is open, or was decided about the bill as a whole.
    #[must_use]
    pub fn bars(&self) -> bool {
        self.outcome.is_none() || (self.is_decided() && self.positions.is_empty())
    }
}

/// Every dispute of a bill that the door has found, newest first.
pub fn list_of_bill(conn: &mut Conn, bill: BillId) -> Result<Vec<BillDispute>, StoreError> {
    type Row = (
        RequestId,
        (RequestNumber, BillNumber),
        Money,
        String,
        Option<Outcome>,
    );
    let rows: Vec<Row> = bill_disputes::table
        .inner_join(service_requests::table)
        .inner_join(bills::table)
        .filter(bill_disputes::bill_id.eq(bill))
        .order(bill_disputes::request_id.desc())
        .select((
            bill_disputes::request_id,
            (service_requests::number, bills::number),
            bill_disputes::amount_cents,
            bill_disputes::lines,
            bill_disputes::outcome,
        ))
        .load(conn)?;
    let read = |(request_id, (number, bill), amount, lines, outcome): Row| {
        let lines = read_lines(request_id, &lines)?;
        Ok(BillDispute {
            request_id,
            number,
            bill,
            amount,
            positions: lines.iter().map(|line| line.position).collect(),
            outcome,
        })
    };
    rows.into_iter().map(read).collect()
}

/// The lines of a dispute as they are kept.
pub(in crate::store) fn read_lines(
    request: RequestId,
    lines: &str,
) -> Result<Vec<DisputedLine>, StoreError> {
    serde_json::from_str(lines)
        .map_err(|error| StoreError::Unreadable(format!("dispute {request}: {error}")))
}

/// What is disputed of debts on a day, by the entry of the debt: while it is open, and until the day on which it is free again.
pub fn disputed(
    conn: &mut Conn,
    entries: &[i64],
    on: NaiveDate,
) -> Result<BTreeMap<EntryId, Money>, StoreError> {
    let rows: Vec<(EntryId, Money)> = bill_disputes::table
        .inner_join(ledger_entries::table.on(ledger_entries::source_id.eq(bill_disputes::bill_id)))
        .filter(ledger_entries::source_kind.eq(SourceKind::Bill))
        .filter(ledger_entries::id.among(entries))
        .filter(
            bill_disputes::freed_on
                .is_null()
                .or(bill_disputes::freed_on.gt(on)),
        )
        .select((ledger_entries::id, bill_disputes::amount_cents))
        .load(conn)?;
    let mut found: BTreeMap<EntryId, Money> = BTreeMap::new();
    for (entry, amount) in rows {
        *found.entry(entry).or_default() += amount;
    }
    Ok(found)
}

/// What is in dispute of debts, by the entry of the debt, while nobody has decided.
pub fn list_open(
    conn: &mut Conn,
    entries: &[EntryId],
) -> Result<BTreeMap<EntryId, Money>, StoreError> {
    let rows: Vec<(EntryId, Money)> = bill_disputes::table
        .inner_join(ledger_entries::table.on(ledger_entries::source_id.eq(bill_disputes::bill_id)))
        .filter(ledger_entries::source_kind.eq(SourceKind::Bill))
        .filter(ledger_entries::id.among(entries))
        .filter(bill_disputes::outcome.is_null())
        .select((ledger_entries::id, bill_disputes::amount_cents))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The disputes of debts, open and ended, by the entry of the debt.
pub fn list_contests(
    conn: &mut Conn,
    entries: &[EntryId],
) -> Result<Vec<(EntryId, Contest)>, StoreError> {
    type Row = (
        (EntryId, RequestId, String, Money),
        (Option<Outcome>, Option<NaiveDate>),
        (NaiveDateTime, Option<NaiveDateTime>),
    );
    let rows: Vec<Row> = bill_disputes::table
        .inner_join(service_requests::table)
        .inner_join(ledger_entries::table.on(ledger_entries::source_id.eq(bill_disputes::bill_id)))
        .filter(ledger_entries::source_kind.eq(SourceKind::Bill))
        .filter(ledger_entries::id.among(entries))
        .order(bill_disputes::request_id)
        .select((
            (
                ledger_entries::id,
                bill_disputes::request_id,
                bill_disputes::lines,
                bill_disputes::amount_cents,
            ),
            (bill_disputes::outcome, bill_disputes::freed_on),
            (service_requests::asked_at, service_requests::closed_at),
        ))
        .load(conn)?;
    let read =
        |((entry, request, lines, amount), (outcome, freed_on), (asked_at, closed_at)): Row| {
            let lines = read_lines(request, &lines)?;
            let contest = Contest {
                amount,
                positions: lines.iter().map(|line| line.position).collect(),
                ended: outcome.zip(freed_on),
                asked_at,
                closed_at,
            };
            Ok((entry, contest))
        };
    rows.into_iter().map(read).collect()
}

/// A part of a debt that was disputed and is still unpaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisputedPart {
    /// Whose debt.
    pub account_id: AccountId,
    /// When it falls or fell due.
    pub due_on: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// What is out of reach of the debts of accounts on a day: what is in dispute, and what was decided so few days ago that it is no debt like
/// any other yet. A debt has one part at the most.
pub fn list_parts(
    conn: &mut Conn,
    accounts: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<DisputedPart>, StoreError> {
    let rows: Vec<(EntryId, AccountId, NaiveDate, Money, Money)> = bill_disputes::table
        .inner_join(ledger_entries::table.on(ledger_entries::source_id.eq(bill_disputes::bill_id)))
        .inner_join(open_items::table.on(open_items::entry_id.eq(ledger_entries::id)))
        .filter(ledger_entries::source_kind.eq(SourceKind::Bill))
        .filter(open_items::account_id.among(accounts))
        .filter(
            bill_disputes::freed_on
                .is_null()
                .or(bill_disputes::freed_on.gt(on)),
        )
        .order(bill_disputes::request_id)
        .select((
            ledger_entries::id,
            open_items::account_id,
            open_items::due_on,
            open_items::remaining_cents,
            bill_disputes::amount_cents,
        ))
        .load(conn)?;
    let mut found: BTreeMap<EntryId, (DisputedPart, Money)> = BTreeMap::new();
    for (entry, account_id, due_on, remaining, amount) in rows {
        let part = DisputedPart {
            account_id,
            due_on,
            amount: Money::ZERO,
        };
        let (part, all) = found.entry(entry).or_insert((part, Money::ZERO));
        *all += amount;
        part.amount = frozen(remaining, *all);
    }
    Ok(found.into_values().map(|(part, _)| part).collect())
}

/// What is in dispute of the debts of an account and still unpaid: in all, and of what falls due by a day.
pub fn open_sums(
    conn: &mut Conn,
    account: AccountId,
    by: NaiveDate,
) -> Result<(Money, Money), StoreError> {
    let rows: Vec<(NaiveDate, Money, Money)> = bill_disputes::table
        .inner_join(ledger_entries::table.on(ledger_entries::source_id.eq(bill_disputes::bill_id)))
        .inner_join(open_items::table.on(open_items::entry_id.eq(ledger_entries::id)))
        .filter(ledger_entries::source_kind.eq(SourceKind::Bill))
        .filter(open_items::account_id.eq(account))
        .filter(bill_disputes::outcome.is_null())
        .select((
            open_items::due_on,
            open_items::remaining_cents,
            bill_disputes::amount_cents,
        ))
        .load(conn)?;
    let (mut all, mut due) = (Money::ZERO, Money::ZERO);
    for (due_on, remaining, amount) in rows {
        let part = frozen(remaining, amount);
        all += part;
        if due_on <= by {
            due += part;
        }
    }
    Ok((all, due))
}
