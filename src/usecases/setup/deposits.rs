//! Deposits that the earlier books hold for customers: a liability from the first day, against what the utility is worth. They earn on from where
//! the earlier books paid interest.

use std::collections::HashSet;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::domain::accounts::AccountStatus;
use crate::domain::allocation::{Allocation, Part};
use crate::domain::deposits::{DepositReason, DepositStep};
use crate::domain::entries::{self, Charge, Event};
use crate::domain::gl::{Chart, FundCode, GlCode, Role};
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::ledger::{Entry, LedgerError, LegId, Posting, Source, SourceKind};
use crate::domain::money::Money;
use crate::domain::setup::{OwnKind, Refusal, Row, SetupFile, Table, Why};
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::deposits::NewMove;
use crate::store::earlier_deposits::{self, NewHeld};
use crate::store::error::StoreError;
use crate::usecases::books;
use crate::usecases::ledger::PostingError;
use crate::usecases::setup::SetupError;
use crate::usecases::setup::balances::against;
use crate::usecases::setup::house::House;
use crate::usecases::setup::plan::{Plan, PlannedDeposit};
use crate::usecases::setup::write::MEMO;

/// What the house knows of deposits.
#[derive(Debug, Default)]
pub(super) struct Secured {
    /// Whether the books have a place for them.
    may_hold: bool,
    /// Which came in by a file before.
    known: HashSet<i64>,
    /// The accounts of which one is asked for or held.
    open: HashSet<AccountId>,
}

impl Secured {
    /// What there is to know where deposits are among the files.
    pub(super) fn load(
        conn: &mut Conn,
        on: NaiveDate,
        tables: &[Table],
        (chart, accounts): (&Chart, &[AccountId]),
    ) -> Result<Self, SetupError> {
        let of_file = |table: &&Table| table.file == SetupFile::Deposits;
        let rows = tables.iter().filter(of_file).flat_map(Table::rows);
        let keys: Vec<i64> = rows.map(|row| key_of(&row)).collect();
        if keys.is_empty() {
            return Ok(Self::default());
        }
        let fund = books::deposits_on(conn, on)?.fund;
        let has_parts = [Role::DepositsAsked, Role::DepositsHeld]
            .into_iter()
            .all(|role| chart.find_code(role).is_some());
        let open = store::deposits::list_open(conn, accounts)?;
        Ok(Self {
            may_hold: has_parts && chart.fund(&fund).is_some() && against(chart).is_some(),
            known: earlier_deposits::list_known_keys(conn, &keys)?
                .into_iter()
                .collect(),
            open: open.into_iter().map(|row| row.account_id).collect(),
        })
    }
}

/// Deposits that are held.
pub(super) fn deposits(table: &Table, house: &House, plan: &mut Plan, refusals: &mut Vec<Refusal>) {
    let mut seen = HashSet::new();
    for row in table.rows() {
        let account = row.filled("account", refusals);
        let amount: Option<Money> = row.value(("amount", Why::NotAnAmount), refusals);
        let received_on = row.day("received_on", refusals);
        let earned_until = if row.text("interest_paid_until").is_empty() {
            received_on
        } else {
            row.day("interest_paid_until", refusals)
        };
        let otherwise = DepositReason::NewCustomer;
        let reason = row.value_or(("reason", Why::NotOneOf), otherwise, refusals);
        let (Some(account), Some(amount), Some(received_on), Some(earned_until), Some(reason)) =
            (account, amount, received_on, earned_until, reason)
        else {
            continue;
        };
        let planned = PlannedDeposit {
            key: key_of(&row),
            account: account.to_owned(),
            amount,
            received_on,
            earned_until,
            reason,
        };
        if let Some(refusal) = refusal(&row, house, &planned) {
            refusals.push(refusal);
        } else if !seen.insert(planned.key) {
            refusals.push(row.refusal(Why::Twice, "account"));
        } else if house.secured.known.contains(&planned.key) {
            plan.note_known(SetupFile::Deposits);
        } else if let Some(why) = closed_to(house, account) {
            refusals.push(row.refusal(why, "account"));
        } else {
            plan.deposits.push(planned);
        }
    }
}

/// Why a line is refused, whatever the house knows of the account.
fn refusal(row: &Row<'_>, house: &House, planned: &PlannedDeposit) -> Option<Refusal> {
    if !house.has(OwnKind::Account, &planned.account) {
        return Some(house.unknown(row, OwnKind::Account, "account"));
    }
    let (why, column) = if !planned.amount.is_positive() {
        (Why::NotAnAmount, "amount")
    } else if planned.received_on > house.on {
        (Why::Future, "received_on")
    } else if planned.earned_until > house.on {
        (Why::Future, "interest_paid_until")
    } else if planned.earned_until < planned.received_on {
        (Why::NotReceived, "interest_paid_until")
    } else if !house.secured.may_hold {
        (Why::NoDeposits, "amount")
    } else {
        return None;
    };
    Some(row.refusal(why, column))
}

/// Why an account that the house knows gets no deposit.
fn closed_to(house: &House, account: &str) -> Option<Why> {
    let known = house.account(account)?;
    match known.status {
        AccountStatus::Pending | AccountStatus::Active => {
            let is_open = house.secured.open.contains(&known.id);
            is_open.then_some(Why::DepositOpen)
        }
        AccountStatus::Closing | AccountStatus::Closed | AccountStatus::WrittenOff => {
            Some(Why::NotServed)
        }
    }
}

/// The number by which a deposit of the earlier books is known again: of the account, and of nothing else.
fn key_of(row: &Row<'_>) -> i64 {
    let digest = Sha256::digest(format!("opening deposit|{}", row.text("account")));
    let first = digest.first_chunk::<8>().copied().unwrap_or_default();
    // Never negative: a number that a person may read.
    i64::from_be_bytes(first) & i64::MAX
}

/// Takes deposits over from the earlier books: what was asked for is owed and paid at once, out of what the utility is worth, so that it is held
/// like any other. A fixed number of statements for any number.
pub(super) fn take_over(
    tx: &mut Tx<'_>,
    held: &[(AccountId, &PlannedDeposit)],
) -> Result<(), PostingError> {
    let on = tx.stamp.on;
    let chart = books::open(tx, on)?.chart;
    let fund = books::deposits_on(tx, on)?.fund;
    let missing = || StoreError::Missing("equity account in the chart of accounts");
    let gl = against(&chart).ok_or_else(missing)?;
    let mut accounts: Vec<AccountId> = held.iter().map(|(account, _)| *account).collect();
    accounts.sort_unstable();
    store::ledger::lock(tx, &accounts)?;
    let asks = ask(tx, &chart, &fund, held)?;
    let mut paid = Vec::with_capacity(held.len());
    for ((ask, entry), (account, planned)) in asks.iter().zip(held) {
        let source = Source {
            kind: SourceKind::Adjustment,
            id: planned.key,
        };
        let event = event(*account, source, on);
        paid.push(payment(&chart, &event, (gl, &fund), (ask, *entry))?);
    }
    store::ledger::insert(tx, &chart, &paid)?;
    Ok(())
}

/// Keeps the deposits and posts that they are asked for. Gives the entries in their order, with their ids.
fn ask(
    tx: &mut Tx<'_>,
    chart: &Chart,
    fund: &FundCode,
    held: &[(AccountId, &PlannedDeposit)],
) -> Result<Vec<(Entry, EntryId)>, PostingError> {
    let on = tx.stamp.on;
    let new: Vec<NewHeld<'_>> = held
        .iter()
        .map(|(account, planned)| NewHeld {
            account: *account,
            key: planned.key,
            reason: planned.reason,
            fund,
            note: MEMO,
            received_on: planned.received_on,
            earned_until: planned.earned_until,
        })
        .collect();
    let deposits = earlier_deposits::insert_held(tx, &new)?;
    let moves = store::deposits::reserve_moves(tx, held.len())?;
    let mut asks = Vec::with_capacity(held.len());
    for (id, (account, planned)) in moves.iter().zip(held) {
        let event = event(*account, Source::of_deposit_move(*id), on);
        let due = (fund, planned.amount);
        asks.push(entries::deposits::asked(
            chart,
            &event,
            planned.received_on,
            due,
        )?);
    }
    let posted = store::ledger::insert(tx, chart, &asks)?;
    let steps: Vec<NewMove<'_>> = moves
        .into_iter()
        .zip(deposits)
        .zip(held)
        .zip(&posted)
        .map(|(((id, deposit), (_, planned)), entry)| NewMove {
            id,
            deposit,
            kind: DepositStep::Asked,
            amount: planned.amount,
            due_on: Some(planned.received_on),
            until_on: None,
            entry: *entry,
            key: None,
            note: MEMO,
        })
        .collect();
    store::deposits::insert_moves(tx, &steps)?;
    Ok(asks.into_iter().zip(posted).collect())
}

/// What was asked for is paid.
fn payment(
    chart: &Chart,
    event: &Event,
    (gl, fund): (&GlCode, &FundCode),
    (ask, entry): (&Entry, EntryId),
) -> Result<Entry, LedgerError> {
    let part = |(position, leg): (i32, &Posting)| Part {
        leg: LegId { entry, position },
        fund: leg.fund.clone(),
        amount: leg.amount,
    };
    let allocation = Allocation {
        parts: ask.debts().map(part).collect(),
        left: Money::ZERO,
    };
    let given = Charge {
        fund: fund.clone(),
        gl: gl.clone(),
        amount: ask.receivable(),
    };
    entries::credit_adjustment(chart, event, given, &allocation)
}

fn event(account: AccountId, source: Source, on: NaiveDate) -> Event {
    Event {
        account,
        source,
        on,
        memo: Some(MEMO.to_owned()),
    }
}
