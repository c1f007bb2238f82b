//! Drafting: while one chunk is written, the next is loaded and decided. What a draft lacks is looked for once more: in the series of
//! meters that report, and, when the window is closed, by estimates.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, sync_channel};

use chrono::NaiveDate;
use chrono_tz::Tz;
use rayon::prelude::*;

use crate::domain::bill_draft::{Decision, Missing, decide};
use crate::domain::bills::RunStatus;
use crate::domain::ids::{AccountId, BillRunId, CycleId, RegisterId};
use crate::domain::period::Period;
use crate::domain::rates::facts::CycleRange;
use crate::domain::stamp::Stamp;
use crate::store;
use crate::store::accounts::AccountRow;
use crate::store::bill_runs::{self, BillRunRow};
use crate::store::bulk;
use crate::store::cycles::{CyclePeriodRow, CycleRow};
use crate::store::db::{Db, Tx};
use crate::store::error::StoreError;
use crate::usecases::billing::agreed::{Agreed, agreed_in};
use crate::usecases::billing::load::{self, Frame};
use crate::usecases::billing::record::{Decided, record_chunk};
use crate::usecases::billing::terms::{self, Terms};
use crate::usecases::billing::{BillingRunError, CHUNK};
use crate::usecases::reads::cycle::{Filling, close_reads};
use crate::usecases::reads::gaps::fill_gaps;

/// A run with its place in the calendar, and what it goes by.
pub(super) struct Setting {
    pub(super) run: BillRunRow,
    pub(super) period: CyclePeriodRow,
    pub(super) cycle: CycleRow,
    pub(super) terms: Terms,
}

impl Setting {
    pub(super) fn load(db: &Db, run: BillRunId, on: NaiveDate) -> Result<Self, BillingRunError> {
        db.read_blocking(|conn| {
            let run = bill_runs::get(conn, run)?;
            let period = store::cycles::get_period(conn, run.cycle_period_id)?;
            let cycle = store::cycles::get(conn, period.cycle_id)?;
            let terms = terms::load(conn, on)?;
            Ok(Self {
                run,
                period,
                cycle,
                terms,
            })
        })
    }

    /// Whose accounts are billed, and which days.
    fn of(&self) -> (CycleId, Period) {
        (self.cycle.id, self.period.period())
    }

    fn frame(&self) -> Frame<'_> {
        Frame {
            period: self.period.period(),
            of: Some(self.cycle.id),
            cycle: range(&self.cycle),
            terms: &self.terms,
        }
    }
}

/// The normal length of a cycle's period.
pub(super) fn range(cycle: &CycleRow) -> CycleRange {
    let days = |days: i32| u32::try_from(days).unwrap_or_default();
    CycleRange {
        least_days: days(cycle.least_days),
        most_days: days(cycle.most_days),
        months: days(cycle.months),
    }
}

/// Decisions, and what each rests on of the account's services.
pub(super) struct Worked {
    pub(super) decisions: Vec<(AccountId, Decision)>,
    pub(super) agreed: HashMap<AccountId, Agreed>,
}

/// Makes the decisions of a chunk of accounts.
pub(super) struct Drafter<'a> {
    pub(super) db: &'a Db,
    pub(super) stamp: &'a Stamp,
    pub(super) zone: Tz,
    pub(super) setting: &'a Setting,
}

impl Drafter<'_> {
    /// Decides accounts; where something is missing and can be found or estimated, decides those again with it.
    pub(super) fn decide(&self, accounts: &[AccountRow]) -> Result<Worked, BillingRunError> {
        let mut worked = self.decide_once(accounts)?;
        let lacks = |(account, decision): &(AccountId, Decision)| match decision {
            Decision::Held(_, missing) if !missing.is_empty() => Some((*account, missing.clone())),
            Decision::Held(..) | Decision::Draft(..) | Decision::Nothing => None,
        };
        let lacking: HashMap<AccountId, Vec<Missing>> =
            worked.decisions.iter().filter_map(lacks).collect();
        if lacking.is_empty() || !self.fill(lacking.values().flatten())? {
            return Ok(worked);
        }
        let again: Vec<AccountRow> = accounts
            .iter()
            .filter(|account| lacking.contains_key(&account.id))
            .cloned()
            .collect();
        let better = self.decide_once(&again)?;
        worked.agreed.extend(better.agreed);
        let mut better: HashMap<AccountId, Decision> = better.decisions.into_iter().collect();
        for (account, decision) in &mut worked.decisions {
            if let Some(found) = better.remove(account) {
                *decision = found;
            }
        }
        Ok(worked)
    }

    fn decide_once(&self, accounts: &[AccountRow]) -> Result<Worked, BillingRunError> {
        let frame = self.setting.frame();
        let cases = self
            .db
            .read_blocking(|conn| load::cases(conn, &frame, accounts))?;
        let tariffs = &self.setting.terms.tariffs;
        let agreed = cases.iter().map(|case| (case.account, agreed_in(case)));
        Ok(Worked {
            agreed: agreed.collect(),
            decisions: cases
                .par_iter()
                .map(|case| (case.account, decide(case, tariffs)))
                .collect(),
        })
    }

    /// Looks for what is missing; says whether anything was found. While the window is open, reads are waited for and nothing is estimated.
    fn fill<'m>(
        &self,
        missing: impl Iterator<Item = &'m Missing>,
    ) -> Result<bool, BillingRunError> {
        let is_closed = self.setting.period.window_closes_on < self.stamp.on;
        let filling = if is_closed {
            Filling::Estimating
        } else {
            Filling::Waiting
        };
        let mut reads: Vec<(RegisterId, NaiveDate)> = Vec::new();
        let mut days: Vec<(RegisterId, Period)> = Vec::new();
        for missing in missing {
            match missing {
                Missing::Read(register, on) => reads.push((*register, *on)),
                Missing::Days(register, of) if is_closed => days.push((*register, *of)),
                Missing::Days(..) => {}
            }
        }
        let zone = self.zone;
        self.db.write_bulk(self.stamp.clone(), move |tx| {
            let closed = close_reads(tx, zone, &reads, filling)?;
            let filled = fill_gaps(tx, zone, &days)?;
            Ok(closed.taken + closed.estimated + filled > 0)
        })
    }
}

/// Works out all drafts of a run that are not there yet, chunk by chunk; `seen` hears of each chunk.
///
/// A read that is missing holds its account while the run's window is open; after that an estimate stands in.
///
/// # Errors
/// What stops the run as a whole; one account never does.
pub fn draft_run(
    db: &Db,
    stamp: &Stamp,
    zone: Tz,
    run: BillRunId,
    mut seen: impl FnMut(&BillRunRow),
) -> Result<(), BillingRunError> {
    let setting = Setting::load(db, run, stamp.on)?;
    let drafter = Drafter {
        db,
        stamp,
        zone,
        setting: &setting,
    };
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Decided>(1);
        let writer = scope.spawn(move || write_chunks(db, stamp, receive));
        let drafted = drafter.chunks(&mut seen, |chunk| send.send(chunk).is_ok());
        drop(send);
        let written = writer.join().unwrap_or_else(|_panic| {
            Err(StoreError::Abandoned("the drafts' writer".to_owned()).into())
        });
        written.and(drafted)
    })?;
    let of = setting.of();
    db.write_bulk(stamp.clone(), move |tx| finish(tx, run, of))
}

impl Drafter<'_> {
    /// Hands every chunk that is left to `take`, until it takes no more.
    fn chunks(
        &self,
        seen: &mut impl FnMut(&BillRunRow),
        mut take: impl FnMut(Decided) -> bool,
    ) -> Result<(), BillingRunError> {
        let run = self.setting.run.id;
        let of = self.setting.of();
        let mut cursor = self.setting.run.cursor_account_id;
        loop {
            let (row, accounts) = self.db.read_blocking(|conn| {
                let row = bill_runs::get(conn, run)?;
                let accounts = store::accounts::list_of_cycle(conn, of, cursor, CHUNK)?;
                Ok::<_, StoreError>((row, accounts))
            })?;
            seen(&row);
            let Some(last) = accounts.last().map(|account| account.id) else {
                return Ok(());
            };
            if row.status != RunStatus::Drafting {
                return Ok(());
            }
            let chunk = Decided {
                run,
                from: cursor,
                to: last,
                due_on: self.setting.period.due_on,
                cycle: self.setting.cycle.id,
                period: self.setting.period.period(),
                worked: self.decide(&accounts)?,
            };
            if !take(chunk) {
                return Ok(());
            }
            cursor = last;
        }
    }
}

/// Writes chunks as they come, until one was written by somebody else first: then another worker is at this run.
fn write_chunks(db: &Db, stamp: &Stamp, chunks: Receiver<Decided>) -> Result<(), BillingRunError> {
    for chunk in chunks {
        if !db.write_bulk(stamp.clone(), move |tx| record_chunk(tx, &chunk))? {
            return Ok(());
        }
    }
    Ok(())
}

/// A run whose accounts are all worked out is drafted.
fn finish(tx: &mut Tx<'_>, run: BillRunId, of: (CycleId, Period)) -> Result<(), BillingRunError> {
    let row = bill_runs::get(tx, run)?;
    let left = store::accounts::list_of_cycle(tx, of, row.cursor_account_id, 1)?;
    if row.status == RunStatus::Drafting && left.is_empty() {
        bill_runs::mark_status(tx, run, RunStatus::Drafted)?;
        bulk::take_stock(tx, &["bills", "bill_segments", "bill_lines"])?;
    }
    Ok(())
}
