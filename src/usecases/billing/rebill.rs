//! Billing again: issued bills are taken back, the newest first, and their periods billed from today's reads and schedules, the oldest
//! first, all in one transaction. What it comes to is worked out and shown before.
//!
//! A bill that is wrong makes those after it wrong as far as they begin where it ended or carry on what it left. They are worked out too, and
//! taken back with it up to the last that comes out differently.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::bill_case::{AccountCase, EarlierUse};
use crate::domain::bill_draft::{BillDraft, Decision, DraftSegment, Finding, decide};
use crate::domain::bill_policy::DueFloor;
use crate::domain::billing::{ServiceDifference, differences};
use crate::domain::bills::{BillKind, BillStatus};
use crate::domain::commodity::Commodity;
use crate::domain::cycles::CycleHistory;
use crate::domain::exceptions::ExceptionReason;
use crate::domain::ids::{BillId, BillNumber, CycleId};
use crate::domain::ledger::{EntryKind, Source, SourceKind};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::rates::working::Working;
use crate::domain::working_days;
use crate::store;
use crate::store::accounts::AccountRow;
use crate::store::audit::{self, Deed};
use crate::store::bill_cancellations;
use crate::store::bills::{self, BillRow, BillSegmentRow, ReadyDraft};
use crate::store::bulk::reserve;
use crate::store::cycles::{CyclePeriodRow, CycleRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases::bill_cancellation::{CancellationError, take_back};
use crate::usecases::billing::draft::range;
use crate::usecases::billing::issue::{Dates, HeldMoney, issue_drafts};
use crate::usecases::billing::load::{self, Frame};
use crate::usecases::billing::record::{Shell, whole_bill};
use crate::usecases::billing::terms::{self, Terms};
use crate::usecases::billing::{BillingRunError, proposals, tariffs};
use crate::usecases::books;
use crate::usecases::ledger::PostingError;
use crate::usecases::orders::shutoffs::after_payments;

/// Why a period was not billed again.
#[derive(Debug, thiserror::Error)]
pub enum RebillError {
    /// Only an issued bill can be billed again; a draft is drafted again.
    #[error("the bill was not issued")]
    NotIssued,
    /// The canceled bill was billed again already.
    #[error("bill {0} stands for it")]
    Replaced(BillNumber),
    /// Something must be mended first.
    #[error("a period cannot be billed as things stand")]
    Held,
    /// What was shown is no longer what it comes to.
    #[error("the figures have changed")]
    Changed,
    /// The bill could not be taken back.
    #[error(transparent)]
    Cancellation(#[from] CancellationError),
    /// The bill could not be made or issued.
    #[error(transparent)]
    Billing(#[from] BillingRunError),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// One bill, and what its period comes to now.
#[derive(Debug, Clone)]
pub struct Rework {
    /// The bill as it was issued.
    pub bill: BillRow,
    /// Whether it was taken back before.
    pub is_canceled: bool,
    /// The services side by side.
    pub services: Vec<ServiceDifference>,
    /// What the period comes to now.
    pub draft: Option<BillDraft>,
    /// What stops it, or is to be looked at.
    pub findings: Vec<Finding>,
}

impl Rework {
    /// What the period comes to now, where it can be billed.
    #[must_use]
    pub fn now(&self) -> Option<Money> {
        self.draft.as_ref().map(|draft| draft.total)
    }

    /// By how much more or less.
    #[must_use]
    pub fn difference(&self) -> Option<Money> {
        Some(self.now()? - self.bill.total_cents)
    }
}

/// What billing again would do, oldest first.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The bills that are taken back and billed again.
    pub bills: Vec<Rework>,
}

impl Plan {
    /// Whether every period can be billed.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        self.bills.iter().all(|rework| rework.draft.is_some())
    }

    /// By how much more or less in all.
    #[must_use]
    pub fn difference(&self) -> Money {
        self.bills.iter().filter_map(Rework::difference).sum()
    }

    /// The figures that a person saw, as one word: whoever confirms them hands it back.
    #[must_use]
    pub fn seal(&self) -> String {
        let figure = |rework: &Rework| {
            let now = rework.now().map_or(0, Money::cents);
            format!("{}:{now}", rework.bill.id)
        };
        let figures: Vec<String> = self.bills.iter().map(figure).collect();
        figures.join(",")
    }
}

/// Works out what billing a bill's period again would do, with the bills after it that would come out differently.
///
/// # Errors
/// `NotIssued` for a draft, `Replaced` for a bill that was billed again.
pub fn plan(conn: &mut Conn, bill: BillId, on: NaiveDate) -> Result<Plan, RebillError> {
    let bill = bills::get(conn, bill)?;
    if bill.status != BillStatus::Issued {
        return Err(RebillError::NotIssued);
    }
    if let Some(replacement) = bills::find_replacement(conn, bill.id)? {
        return Err(RebillError::Replaced(replacement.number));
    }
    let is_canceled = bill_cancellations::find(conn, bill.id)?.is_some();
    let mut chain = vec![bill.clone()];
    let later = bills::list_standing(conn, bill.account_id, bill.from_on)?;
    chain.extend(later.into_iter().filter(|other| other.id != bill.id));
    let account = store::accounts::get(conn, bill.account_id)?;
    let calendars = Calendars::load(conn, &account, &chain)?;
    let terms = terms::load(conn, on).map_err(BillingRunError::from)?;
    let ids: Vec<BillId> = chain.iter().map(|bill| bill.id).collect();
    let segments = bills::list_segments(conn, &ids)?;
    let house = House {
        account,
        calendars,
        terms,
        segments,
    };
    let mut reworked: Vec<Rework> = Vec::with_capacity(chain.len());
    for row in chain {
        let is_canceled = is_canceled && row.id == bill.id;
        let rework = house.rework(conn, (row, is_canceled), &reworked)?;
        let is_stopped = rework.draft.is_none();
        reworked.push(rework);
        if is_stopped {
            break;
        }
    }
    let first_only = 1;
    let changed = reworked
        .iter()
        .rposition(|rework| rework.draft.is_none() || house.comes_out_differently(rework));
    reworked.truncate(changed.map_or(first_only, |last| last + 1).max(first_only));
    Ok(Plan { bills: reworked })
}

/// What all periods of a plan have in common.
struct House {
    account: AccountRow,
    calendars: Calendars,
    terms: Terms,
    segments: Vec<BillSegmentRow>,
}

/// The cycles by which the bills were made: an account that moved had another before.
struct Calendars {
    history: CycleHistory,
    known: Vec<(CycleRow, Vec<Period>)>,
}

impl Calendars {
    fn load(conn: &mut Conn, account: &AccountRow, bills: &[BillRow]) -> Result<Self, StoreError> {
        let history = store::cycles::history(conn, account.id)?;
        let mut ids: Vec<CycleId> = bills.iter().map(|bill| history.on(bill.from_on)).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut known = Vec::with_capacity(ids.len());
        for id in ids {
            let periods = store::cycles::list_periods(conn, id)?;
            let periods = periods.iter().map(CyclePeriodRow::period).collect();
            known.push((store::cycles::get(conn, id)?, periods));
        }
        Ok(Self { history, known })
    }

    /// The cycle of a bill, and whether its days are only a part of the cycle's period.
    fn of(&self, days: Period) -> Result<(&CycleRow, bool), StoreError> {
        let id = self.history.on(days.from);
        let found = self.known.iter().find(|(cycle, _)| cycle.id == id);
        let (cycle, periods) = found.ok_or(StoreError::Missing("cycle"))?;
        let has_moved = self.history.came_on().is_some();
        Ok((cycle, has_moved && !periods.contains(&days)))
    }
}

impl House {
    fn segments_of(&self, bill: BillId) -> impl Iterator<Item = &BillSegmentRow> {
        self.segments.iter().filter(move |row| row.bill_id == bill)
    }

    /// Works out a period, after what the periods before it come to now.
    fn rework(
        &self,
        conn: &mut Conn,
        (bill, is_canceled): (BillRow, bool),
        before: &[Rework],
    ) -> Result<Rework, StoreError> {
        let period = Period {
            from: bill.from_on,
            until: bill.until_on,
        };
        let (cycle, is_cut) = self.calendars.of(period)?;
        let frame = Frame {
            period,
            of: None,
            cycle: range(cycle),
            terms: &self.terms,
        };
        let mut cases = load::cases(conn, &frame, std::slice::from_ref(&self.account))?;
        let mut case = cases.pop().ok_or(StoreError::Missing("account"))?;
        // A bill that was out keeps its place, whatever of an earlier period waits: this may be what it waits for.
        case.waits_for_earlier = false;
        case.is_cut = is_cut;
        for earlier in before.iter().filter_map(|rework| rework.draft.as_ref()) {
            follow(&mut case, earlier);
        }
        let (draft, findings) = match decide(&case, &self.terms.tariffs) {
            Decision::Draft(draft, findings) => (Some(*draft), findings),
            Decision::Held(findings, _) => (None, findings),
            Decision::Nothing => (None, Vec::new()),
        };
        let was: Vec<(Commodity, Money)> = self
            .segments_of(bill.id)
            .map(|row| (row.commodity, row.amount_cents))
            .collect();
        let drafted = draft.iter().flat_map(|draft| &draft.segments);
        let now: Vec<(Commodity, Money)> = drafted
            .map(|segment| (segment.commodity, segment.segment.bill.total))
            .collect();
        Ok(Rework {
            services: differences(&was, &now),
            bill,
            is_canceled,
            draft,
            findings,
        })
    }

    /// Whether the period comes to something else now, or rests on something else, or leaves something else to the next.
    fn comes_out_differently(&self, rework: &Rework) -> bool {
        let Some(draft) = &rework.draft else {
            return true;
        };
        let before: Vec<Option<Working>> = self
            .segments_of(rework.bill.id)
            .map(|row| serde_json::from_str(&row.working).ok())
            .collect();
        let is_same = |(before, now): (&Option<Working>, &DraftSegment)| {
            let working = &now.segment.working;
            before
                .as_ref()
                .is_some_and(|before| before.says_the_same(working))
        };
        draft.total != rework.bill.total_cents
            || before.len() != draft.segments.len()
            || !before.iter().zip(&draft.segments).all(is_same)
    }
}

/// Lets a case follow a draft as if it had been issued: its reads, what it leaves, its use.
fn follow(case: &mut AccountCase, earlier: &BillDraft) {
    if earlier.period.until <= case.period.from {
        let reads = earlier
            .segments
            .iter()
            .flat_map(|segment| segment.segment.working.reads().iter().copied());
        case.last_reads = reads.collect();
    }
    for segment in &earlier.segments {
        let services = case.services.iter_mut();
        for service in services.filter(|service| service.agreement == segment.agreement) {
            service.carried = segment.segment.carried.clone();
        }
    }
    let is_other = |past: &EarlierUse| past.period != earlier.period;
    case.earlier.retain(is_other);
    let uses = earlier.segments.iter().filter_map(|segment| {
        Some(EarlierUse {
            commodity: segment.commodity,
            period: earlier.period,
            quantity: segment.usage?,
        })
    });
    case.earlier.extend(EarlierUse::added_up(uses));
}

/// Takes the bills of a plan back, the newest first, and bills their periods again, the oldest first. `seal` is what the person saw.
///
/// A corrected bill that asks for no more than the one it replaces keeps its due date; one that asks for more leaves as many days to pay as
/// that one had; and the law's days to pay count from today. Payments stay: once all periods have their bills again, they go to the oldest debts
/// first, as the policy says, which are the same periods again.
///
/// # Errors
/// `Held` where a period cannot be billed, `Changed` where the figures are no longer those of the seal.
pub fn cancel_and_rebill(
    tx: &mut Tx<'_>,
    bill: BillId,
    reason: &str,
    seal: &str,
) -> Result<Vec<BillNumber>, RebillError> {
    let on = tx.stamp.on;
    // What is worked out is still so when it is issued: nobody changes the account's service meanwhile.
    let account = bills::get(tx, bill)?.account_id;
    store::ledger::lock(tx, &[account])?;
    let plan = plan(tx, bill, on)?;
    if !plan.is_possible() {
        return Err(RebillError::Held);
    }
    if plan.seal() != seal {
        return Err(RebillError::Changed);
    }
    let books = books::open(tx, on).map_err(PostingError::from);
    let books = books.map_err(BillingRunError::from)?;
    for rework in plan.bills.iter().rev() {
        if rework.is_canceled {
            // It was taken back before; what somebody proposed since is done now.
            proposals::give_up(tx, rework.bill.id)?;
        } else {
            take_back(tx, &books, rework.bill.id, reason)?;
        }
    }
    let tariffs = tariffs::load(tx).map_err(BillingRunError::from)?;
    let map = tariffs::posting_map(&tariffs).map_err(BillingRunError::from)?;
    let floors: Arc<[DueFloor]> = terms::bill_policy(tx, on)?.due_floors.into();
    let ids = reserve(tx, "bills", plan.bills.len())?;
    let mut numbers = Vec::with_capacity(ids.len());
    for (id, rework) in ids.into_iter().map(BillId).zip(&plan.bills) {
        let draft = rework.draft.as_ref().ok_or(RebillError::Held)?;
        let dates = dates(&rework.bill, draft.total, on, &floors);
        let shell = Shell {
            id,
            run: None,
            replaces: Some(rework.bill.id),
            due_on: dates.due_on,
        };
        let mut whole = whole_bill(draft, &shell)?;
        whole.bill.kind = BillKind::Rebill;
        numbers.push(whole.bill.number.clone());
        bills::insert_whole(tx, vec![whole])?;
        let ready = ReadyDraft {
            bill_id: id,
            account_id: rework.bill.account_id,
        };
        // Paid out earlier, the money would go to what is due later, and leave a period open that was paid.
        let held = if numbers.len() == plan.bills.len() {
            HeldMoney::Pays
        } else {
            HeldMoney::Waits
        };
        issue_drafts(tx, &[ready], &dates, &map, held)?;
        pass_cover_on(tx, rework.bill.id, id)?;
        answer_missed(tx, &rework.bill)?;
        tell(tx, rework, (&BillNumber::of(id.0), draft.total), reason)?;
    }
    after_payments(tx, &[account])?;
    Ok(numbers)
}

/// What was agreed about a bill that was taken back is agreed about the one in its place: nobody has paid it by being billed again.
fn pass_cover_on(tx: &mut Tx<'_>, canceled: BillId, instead: BillId) -> Result<(), StoreError> {
    let debt = |tx: &mut Tx<'_>, bill: BillId| {
        let source = Source {
            kind: SourceKind::Bill,
            id: bill.0,
        };
        store::ledger::find(tx, source, EntryKind::Bill)
    };
    if let (Some(before), Some(now)) = (debt(tx, canceled)?, debt(tx, instead)?) {
        store::arrangements::pass_on(tx, before.id, (now.id, now.receivable))?;
    }
    Ok(())
}

/// The period has its bill again: whoever was told that it had none need look no more.
fn answer_missed(tx: &mut Tx<'_>, bill: &BillRow) -> Result<(), StoreError> {
    let Some(run) = bill.run_id else {
        return Ok(());
    };
    let reason = ExceptionReason::NotBilled;
    store::exceptions::mark_missed_answered(tx, (run, bill.account_id), reason, "billed again")
}

/// A bill that asks for no more than before is due when it was; one that asks for more gives as many days as before. Neither is due before the
/// law allows it of a bill that goes out today.
fn dates(bill: &BillRow, now: Money, on: NaiveDate, floors: &Arc<[DueFloor]>) -> Dates {
    let days_to_pay = bill.due_on - bill.issued_on.unwrap_or(bill.until_on);
    let due_on = if now <= bill.total_cents {
        bill.due_on
    } else {
        bill.due_on.max(working_days::on_or_after(on + days_to_pay))
    };
    Dates {
        issued_on: on,
        due_on,
        floors: Arc::clone(floors),
    }
}

fn tell(
    tx: &mut Tx<'_>,
    rework: &Rework,
    (number, now): (&BillNumber, Money),
    reason: &str,
) -> Result<(), StoreError> {
    let deed = Deed {
        action: "bill.rebilled",
        subject_kind: "bill",
        subject_id: number.to_string(),
        account_id: Some(rework.bill.account_id),
        facts: serde_json::json!({
            "replaces": rework.bill.number, "before_cents": rework.bill.total_cents, "now_cents": now, "reason": reason,
        }),
    };
    audit::insert(tx, &deed)
}
