//! Issuing drafts: each becomes owed, posted to the ledger in the same transaction that makes it unchangeable. While one chunk is written, the
//! charges of the next are read: they never change once a draft is there.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use chrono::NaiveDate;

use crate::domain::bill_policy::{DueFloor, due_on, may_move};
use crate::domain::bills::RunStatus;
use crate::domain::entries::Charge;
use crate::domain::gl::{FundCode, GlCode};
use crate::domain::ids::{AccountId, BillId, BillRunId, RateScheduleId};
use crate::domain::stamp::Stamp;
use crate::domain::working_days;
use crate::store;
use crate::store::bill_places;
use crate::store::bill_runs;
use crate::store::bills::{self, ReadyDraft};
use crate::store::db::{Conn, Db, Tx};
use crate::store::error::StoreError;
use crate::usecases::bill_codes;
use crate::usecases::billing::deliver::send_out;
use crate::usecases::billing::{BillingRunError, CHUNK, tariffs, tell, terms};
use crate::usecases::books::{self, Books};
use crate::usecases::budget_plans;
use crate::usecases::deposits;
use crate::usecases::ledger::{BillToPost, PostingError, post_bills, post_bills_unpaid};

/// Where the lines of each charge of each version are posted.
pub(super) type PostingMap = HashMap<(RateScheduleId, String), (FundCode, GlCode)>;

/// What drafts charge, and where it is posted.
type Charges = HashMap<BillId, Vec<Charge>>;

/// After so many chunks the drafts that became bills leave their room to the next ones.
const ROOM_AFTER: usize = 10;

/// What becomes of the money that is held for the customers of bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeldMoney {
    /// It pays what they owe.
    Pays,
    /// It waits: more bills of the same accounts follow.
    Waits,
}

/// When bills are dated, and when they fall due: each no earlier than the law leaves its customer to pay.
#[derive(Debug, Clone)]
pub(super) struct Dates {
    pub(super) issued_on: NaiveDate,
    pub(super) due_on: NaiveDate,
    pub(super) floors: Arc<[DueFloor]>,
}

impl Dates {
    /// Bills are dated the day they go out. Early ones are due when the calendar says; late ones leave as many days to pay as the others had.
    fn of(period: &store::cycles::CyclePeriodRow, today: NaiveDate, floors: Vec<DueFloor>) -> Self {
        let days_to_pay = period.due_on - period.issue_on;
        let planned = if today <= period.issue_on {
            period.due_on
        } else {
            today + days_to_pay
        };
        Self {
            issued_on: today,
            // Late bills may come to a day on which the office is closed, and a calendar of an earlier build may name one.
            due_on: working_days::on_or_after(planned),
            floors: floors.into(),
        }
    }

    /// The days on which these drafts fall due, each with its drafts: one day for all, unless the law leaves some more time.
    fn due_days(
        &self,
        conn: &mut Conn,
        ids: &[BillId],
    ) -> Result<BTreeMap<NaiveDate, Vec<BillId>>, StoreError> {
        let days = (self.issued_on, self.due_on);
        if !may_move(self.issued_on, self.due_on, &self.floors) {
            return Ok(BTreeMap::from([(self.due_on, ids.to_vec())]));
        }
        let mut latest: BTreeMap<BillId, NaiveDate> =
            ids.iter().map(|id| (*id, self.due_on)).collect();
        for place in bill_places::list(conn, ids)? {
            let due = due_on(days, &self.floors, (place.class, &place.state));
            let known = latest.entry(place.bill_id).or_insert(due);
            *known = due.max(*known);
        }
        let mut by_day: BTreeMap<NaiveDate, Vec<BillId>> = BTreeMap::new();
        for (bill, due) in latest {
            by_day.entry(due).or_default().push(bill);
        }
        Ok(by_day)
    }
}

/// Issues all drafts of a run that nobody needs to look at first; `seen` hears how many each chunk issued. Drafts with an open exception
/// stay drafts until it is answered and the run is issued again.
///
/// # Errors
/// `WrongStage` before all drafts are made; or what stops the run as a whole.
pub fn issue_run(
    db: &Db,
    stamp: &Stamp,
    run: BillRunId,
    mut seen: impl FnMut(usize),
) -> Result<(), BillingRunError> {
    let (dates, tariffs) = db.read_blocking(|conn| {
        let row = bill_runs::get(conn, run)?;
        let period = store::cycles::get_period(conn, row.cycle_period_id)?;
        let floors = terms::bill_policy(conn, stamp.on)?.due_floors;
        let dates = Dates::of(&period, stamp.on, floors);
        Ok::<_, BillingRunError>((dates, tariffs::load(conn)?))
    })?;
    let map = Arc::new(tariffs::posting_map(&tariffs)?);
    db.write_bulk(stamp.clone(), move |tx| begin_issue(tx, run))?;
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(1);
        let ahead = Arc::clone(&map);
        scope.spawn(move || read_ahead(db, run, &ahead, |charges| send.send(charges).is_ok()));
        let mut after = AccountId(0);
        for chunk in 1_usize.. {
            let (map, dates) = (Arc::clone(&map), dates.clone());
            // What could not be read ahead is read where it is issued.
            let mut known = receive.recv().unwrap_or_default();
            let issued = db.write_bulk(stamp.clone(), move |tx| {
                issue_chunk(tx, (run, after), &dates, &map, &mut known)
            })?;
            let Some((count, last)) = issued else { break };
            after = last;
            seen(count);
            if chunk.is_multiple_of(ROOM_AFTER) {
                db.reuse_room("bills")?;
            }
        }
        Ok::<(), BillingRunError>(())
    })?;
    db.write_bulk(stamp.clone(), move |tx| finish(tx, run))
}

/// Hands `take` what the drafts charge, chunk by chunk, until it takes no more. A fault ends it: whoever issues meets the same.
fn read_ahead(db: &Db, run: BillRunId, map: &PostingMap, mut take: impl FnMut(Charges) -> bool) {
    let mut after = AccountId(0);
    let mut next = || {
        db.read_blocking(|conn| {
            let drafts = bills::list_ready_drafts(conn, run, after, CHUNK)?;
            let Some(last) = drafts.last() else {
                return Ok(None);
            };
            after = last.account_id;
            let ids: Vec<BillId> = drafts.iter().map(|draft| draft.bill_id).collect();
            charges_of(conn, &ids, map).map(Some)
        })
    };
    while let Ok(Some(charges)) = next() {
        if !take(charges) {
            return;
        }
    }
}

/// Decides that a run's drafts go out; from here there is no way back. A run that is being issued already stays so.
///
/// # Errors
/// `WrongStage` before all drafts are made, and after the run is over.
pub fn begin_issue(tx: &mut Tx<'_>, run: BillRunId) -> Result<(), BillingRunError> {
    let from = bill_runs::lock(tx, run)?.status;
    let to = RunStatus::Issuing;
    // A run that began before bills had web codes goes on with them.
    bill_codes::ensure_key(tx)?;
    if from == to {
        return Ok(());
    }
    if !from.may_become(to) {
        return Err(BillingRunError::WrongStage { from, to });
    }
    bill_runs::mark_status(tx, run, to)?;
    Ok(tell(tx, run, "bill_run.issuing", serde_json::json!({}))?)
}

/// The run has issued what it could; drafts that wait for a person join it when they are ready.
fn finish(tx: &mut Tx<'_>, run: BillRunId) -> Result<(), BillingRunError> {
    if bill_runs::lock(tx, run)?.status != RunStatus::Issuing {
        return Ok(());
    }
    bill_runs::mark_status(tx, run, RunStatus::Issued)?;
    let facts = serde_json::json!({ "waiting": bills::count_drafts(tx, run)? });
    Ok(tell(tx, run, "bill_run.issued", facts)?)
}

fn issue_chunk(
    tx: &mut Tx<'_>,
    (run, after): (BillRunId, AccountId),
    dates: &Dates,
    map: &PostingMap,
    known: &mut Charges,
) -> Result<Option<(usize, AccountId)>, BillingRunError> {
    if bill_runs::lock(tx, run)?.status != RunStatus::Issuing {
        return Ok(None);
    }
    let drafts = bills::list_ready_drafts(tx, run, after, CHUNK)?;
    let Some(last) = drafts.last().map(|draft| draft.account_id) else {
        return Ok(None);
    };
    issue_known(tx, &drafts, dates, (map, known), HeldMoney::Pays)?;
    let first = drafts.first().map(|draft| draft.bill_id);
    let facts = serde_json::json!({ "bills": drafts.len(), "first": first, "to": last });
    tell(tx, run, "bill_run.chunk_issued", facts)?;
    Ok(Some((drafts.len(), last)))
}

/// Makes drafts owed and sends them out: each account at most once.
pub(super) fn issue_drafts(
    tx: &mut Tx<'_>,
    drafts: &[ReadyDraft],
    dates: &Dates,
    map: &PostingMap,
    held: HeldMoney,
) -> Result<(), BillingRunError> {
    issue_known(tx, drafts, dates, (map, &mut Charges::new()), held)
}

/// The same, with the charges of drafts that are known already; what is used of them is taken out.
fn issue_known(
    tx: &mut Tx<'_>,
    drafts: &[ReadyDraft],
    dates: &Dates,
    (map, charges): (&PostingMap, &mut Charges),
    held: HeldMoney,
) -> Result<(), BillingRunError> {
    let ids: Vec<BillId> = drafts.iter().map(|draft| draft.bill_id).collect();
    // What was paid before is printed on the bill: no payment may come between the balance and the bill's own entry.
    let accounts: Vec<AccountId> = drafts.iter().map(|draft| draft.account_id).collect();
    store::ledger::lock(tx, &accounts)?;
    let unknown = ids.iter().filter(|id| !charges.contains_key(id));
    let unknown: Vec<BillId> = unknown.copied().collect();
    if !unknown.is_empty() {
        charges.extend(charges_of(tx, &unknown, map)?);
    }
    let books: Books = books::open(tx, dates.issued_on).map_err(PostingError::from)?;
    deposits::apply_to_final(tx, &books, &ids)?;
    let mut due: HashMap<BillId, NaiveDate> = HashMap::with_capacity(ids.len());
    for (day, ids) in dates.due_days(tx, &ids)? {
        bills::mark_issued(tx, &ids, (dates.issued_on, day))?;
        due.extend(ids.into_iter().map(|id| (id, day)));
    }
    let mut to_post: Vec<BillToPost> = drafts
        .iter()
        .map(|draft| BillToPost {
            account: draft.account_id,
            bill: draft.bill_id,
            on: dates.issued_on,
            due_on: due.get(&draft.bill_id).copied().unwrap_or(dates.due_on),
            lines: charges.remove(&draft.bill_id).unwrap_or_default(),
        })
        .collect();
    let planned = budget_plans::ask(tx, &books, &mut to_post)?;
    match held {
        HeldMoney::Pays => post_bills(tx, &books, &to_post)?,
        HeldMoney::Waits => post_bills_unpaid(tx, &books, &to_post)?,
    };
    budget_plans::record(tx, &books, &planned)?;
    Ok(send_out(tx, &ids)?)
}

/// What a chunk of drafts charges, by bill and by where it is posted.
fn charges_of(
    conn: &mut Conn,
    ids: &[BillId],
    map: &PostingMap,
) -> Result<Charges, BillingRunError> {
    let mut charges = Charges::with_capacity(ids.len());
    for (bill, schedule, code, amount) in bills::list_charges(conn, ids)? {
        let key = (schedule, code);
        let (fund, gl) = map.get(&key).ok_or_else(|| {
            StoreError::Unreadable(format!("charge {} of schedule {schedule}", key.1))
        })?;
        charges.entry(bill).or_default().push(Charge {
            fund: fund.clone(),
            gl: gl.clone(),
            amount,
        });
    }
    Ok(charges)
}
