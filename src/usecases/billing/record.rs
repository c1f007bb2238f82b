//! Decisions as rows: drafts with their services and lines, exceptions with their reasons, and how far the run has come.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::bill_draft::{BillDraft, Decision, DraftSegment, Finding};
use crate::domain::bills::BillStatus;
use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::{AccountId, BillId, BillNumber, BillRunId, CycleId};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::store;
use crate::store::bill_runs::{self, Progress};
use crate::store::bills::{BillLineRow, BillRow, BillSegmentRow, WholeBill};
use crate::store::bulk::reserve;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::sql_types::Exact;
use crate::usecases::billing::agreed::{Agreed, agreed_now};
use crate::usecases::billing::draft::Worked;
use crate::usecases::billing::{BillingRunError, changed, tell};

/// A chunk that was decided and is to be written.
pub(super) struct Decided {
    pub(super) run: BillRunId,
    /// The account after which it begins.
    pub(super) from: AccountId,
    /// Its last account.
    pub(super) to: AccountId,
    pub(super) due_on: NaiveDate,
    /// Whose run it is.
    pub(super) cycle: CycleId,
    pub(super) period: Period,
    pub(super) worked: Worked,
}

/// What decisions come to in rows.
pub(super) struct Rows {
    pub(super) bills: Vec<WholeBill>,
    pub(super) exceptions: Vec<NewException>,
    pub(super) added: Progress,
    /// The accounts whose service was changed while they were worked out: they wait to be drafted again.
    pub(super) changed: HashSet<AccountId>,
}

/// Writes a chunk with the run's cursor. A chunk that another worker wrote first is left alone: then the answer is no.
pub(super) fn record_chunk(tx: &mut Tx<'_>, chunk: &Decided) -> Result<bool, BillingRunError> {
    bill_runs::lock(tx, chunk.run)?;
    let rows = rows(tx, chunk, "")?;
    let added = rows.added;
    if !bill_runs::mark_progress(tx, chunk.run, (chunk.from, chunk.to), &added)? {
        return Ok(false);
    }
    store::bills::insert_whole(tx, rows.bills)?;
    store::exceptions::open_all(tx, &rows.exceptions)?;
    let facts = serde_json::json!({
        "accounts": added.accounts, "bills": added.bills, "exceptions": added.exceptions, "to": chunk.to,
    });
    tell(tx, chunk.run, "bill_run.chunk_drafted", facts)?;
    Ok(true)
}

/// The accounts whose services are not any more what their decisions rest on. Nobody else changes them until the transaction ends.
fn changed_since(tx: &mut Tx<'_>, chunk: &Decided) -> Result<HashSet<AccountId>, StoreError> {
    let Worked { decisions, agreed } = &chunk.worked;
    let accounts: Vec<AccountId> = decisions.iter().map(|(account, _)| *account).collect();
    store::ledger::lock(tx, &accounts)?;
    let now = agreed_now(tx, (chunk.cycle, chunk.period), &accounts)?;
    let none = Agreed::new();
    let is_changed = |account: &AccountId| {
        agreed.get(account).unwrap_or(&none) != now.get(account).unwrap_or(&none)
    };
    Ok(accounts.into_iter().filter(is_changed).collect())
}

/// The rows of decided accounts. `again` sets the exceptions of a later try apart from those of the first. The run is locked.
pub(super) fn rows(tx: &mut Tx<'_>, chunk: &Decided, again: &str) -> Result<Rows, BillingRunError> {
    let decisions = &chunk.worked.decisions;
    let stale = changed_since(tx, chunk)?;
    let is_draft = |(account, decision): &&(AccountId, Decision)| {
        matches!(decision, Decision::Draft(..)) && !stale.contains(account)
    };
    let drafts = decisions.iter().filter(is_draft).count();
    let mut ids = reserve(tx, "bills", drafts)?.into_iter().map(BillId);
    let mut rows = Rows {
        bills: Vec::with_capacity(drafts),
        exceptions: Vec::new(),
        added: Progress {
            accounts: count(decisions.len()),
            ..Progress::default()
        },
        changed: stale,
    };
    let waits = waiting(chunk.period);
    for (account, decision) in decisions {
        if rows.changed.contains(account) {
            let found = exception((chunk.run, *account, None), &waits, again);
            rows.exceptions.push(found);
            continue;
        }
        let (bill, findings) = match decision {
            Decision::Nothing => continue,
            Decision::Held(findings, _) => (None, findings),
            Decision::Draft(draft, findings) => {
                let id = ids.next().ok_or(StoreError::Missing("bill id"))?;
                let shell = Shell {
                    id,
                    run: Some(chunk.run),
                    replaces: None,
                    due_on: chunk.due_on,
                };
                rows.bills.push(whole_bill(draft, &shell)?);
                rows.added.bills += 1;
                rows.added.amount += draft.total;
                (Some(id), findings)
            }
        };
        let found = findings
            .iter()
            .map(|finding| exception((chunk.run, *account, bill), finding, again));
        rows.exceptions.extend(found);
    }
    rows.added.exceptions = count(rows.exceptions.len());
    Ok(rows)
}

fn waiting(period: Period) -> Finding {
    Finding {
        reason: ExceptionReason::ServiceChanged,
        agreement: None,
        register: None,
        facts: changed::facts(period),
    }
}

fn exception(
    (run, account, bill): (BillRunId, AccountId, Option<BillId>),
    finding: &Finding,
    again: &str,
) -> NewException {
    let service = finding.agreement.map_or(0, |agreement| agreement.0);
    let register = finding.register.map_or(0, |register| register.0);
    let reason = finding.reason;
    NewException {
        account_id: Some(account),
        service_agreement_id: finding.agreement,
        register_id: finding.register,
        bill_id: bill,
        run_id: Some(run),
        ..NewException::of(
            format!("run:{run}:{account}:{service}:{register}:{reason}{again}"),
            ExceptionKind::Bill,
            reason,
            finding.facts.clone(),
        )
    }
}

/// What a bill is beside what the draft says of it.
pub(super) struct Shell {
    pub(super) id: BillId,
    pub(super) run: Option<BillRunId>,
    pub(super) replaces: Option<BillId>,
    pub(super) due_on: NaiveDate,
}

/// The rows of a draft.
pub(super) fn whole_bill(draft: &BillDraft, shell: &Shell) -> Result<WholeBill, BillingRunError> {
    let id = shell.id;
    let bill = BillRow {
        id,
        number: BillNumber::of(id.0),
        account_id: draft.account,
        run_id: shell.run,
        kind: draft.kind,
        status: BillStatus::Draft,
        from_on: draft.period.from,
        until_on: draft.period.until,
        issued_on: None,
        due_on: shell.due_on,
        previous_cents: Money::ZERO,
        total_cents: draft.total,
        replaces_bill_id: shell.replaces,
    };
    let mut segments = Vec::with_capacity(draft.segments.len());
    let mut lines = Vec::new();
    for (place, segment) in (0_i32..).zip(&draft.segments) {
        segments.push(segment_row(id, place, segment)?);
        for (line, code) in segment.segment.bill.lines.iter().zip(&segment.codes) {
            let position = i32::try_from(lines.len())
                .map_err(|error| StoreError::Unreadable(error.to_string()))?;
            lines.push(BillLineRow {
                bill_id: id,
                position,
                segment: place,
                charge: code.clone(),
                quantity: Some(Exact(line.quantity.divided()?.normalize())),
                price: Some(Exact(line.price.normalize())),
                amount_cents: line.amount,
            });
        }
    }
    Ok(WholeBill {
        bill,
        segments,
        lines,
    })
}

fn segment_row(
    bill_id: BillId,
    position: i32,
    segment: &DraftSegment,
) -> Result<BillSegmentRow, StoreError> {
    Ok(BillSegmentRow {
        bill_id,
        position,
        service_agreement_id: segment.agreement,
        commodity: segment.commodity,
        rate_schedule_id: segment.schedule,
        quantity: segment.usage.map(|usage| Exact(usage.amount.normalize())),
        unit: segment.usage.map(|usage| usage.unit),
        quality: segment.quality.as_str().to_owned(),
        amount_cents: segment.segment.bill.total,
        working: serde_json::to_string(&segment.segment.working)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?,
    })
}

/// A length as a count.
pub(super) fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
