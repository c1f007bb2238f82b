//! Deposits: asking for one, waiving what is not paid of it, giving it back. Each is looked at before it counts, posted exactly as it was seen,
//! and once however often its form is sent. What a deposit earns is in `interest`, how one is given back in `giving`, and which may be given back
//! in `proposals`.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::accounts::AccountStatus;
use crate::domain::allocation::{OpenLeg, Part};
use crate::domain::deposit_policy::{ClassTerms, DepositPolicy, Facts};
use crate::domain::deposit_told::DepositNews;
use crate::domain::deposits::{DepositReason, DepositStep, installments};
use crate::domain::entries::{self, Event};
use crate::domain::fees::due_after;
use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, DepositId, DepositMoveId, EntryId};
use crate::domain::ledger::Source;
use crate::domain::money::Money;
use crate::domain::requests::LONGEST_WORDS;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::deposit_history;
use crate::store::deposits::{DepositRow, NewDeposit, NewMove, Standing};
use crate::store::error::StoreError;
use crate::usecases::books::{self, Books};
use crate::usecases::ledger::{PostingError, apply_held, legs_of, post_one};
use crate::usecases::looked::{Look, Seen};
use crate::usecases::orders::shutoffs::after_payments;

mod giving;
mod interest;
mod proposals;
mod refusals;
mod telling;

pub(super) use giving::apply_to_final;
pub use interest::{Accrued, accrue};
pub use proposals::{Proposal, list_proposals};
pub use refusals::DepositError;

/// What a step would post, entry by entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The entries in their order.
    pub entries: Vec<Seen>,
    /// What each account owed before, and every leg: who confirms it hands this back, so that nothing else is posted.
    pub seal: String,
}

/// What the policy says of an account on a day.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The policy.
    pub policy: DepositPolicy,
    /// What is known of the account.
    pub facts: Facts,
    /// The reasons for which it may be asked.
    pub reasons: Vec<DepositReason>,
    /// The most that it may be asked for; nothing where its class is asked for nothing.
    pub most: Option<Money>,
}

impl Desk {
    /// What its class is asked for.
    #[must_use]
    pub fn terms(&self) -> Option<&ClassTerms> {
        self.policy.terms(self.facts.class)
    }
}

/// Looks up what the policy says of an account.
///
/// # Errors
/// A policy that cannot be read, or a fault.
pub fn open_desk(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Desk, DepositError> {
    let policy = books::deposits_on(conn, on)?;
    let row = store::accounts::get(conn, account)?;
    let since = policy.terms(row.class).map_or(on, |terms| terms.since(on));
    let late = deposit_history::list_late(conn, &[account], (since, on), policy.grace_days)?;
    let facts = Facts {
        class: row.class,
        opened_on: row.opened_on,
        late_bills: late.get(&account).copied().unwrap_or_default(),
        was_shut_off: deposit_history::was_shut_off(conn, account, since)?,
        bills: deposit_history::list_bills(conn, account)?,
    };
    Ok(Desk {
        reasons: policy.reasons(&facts, on),
        most: policy.most(&facts)?,
        policy,
        facts,
    })
}

/// A deposit that somebody asks for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Of which account.
    pub account: AccountId,
    /// Why.
    pub reason: DepositReason,
    /// How much.
    pub amount: Money,
    /// In how many installments.
    pub installments: u32,
    /// What they wrote about it; may be empty.
    pub note: String,
    /// One per form shown, so that a form sent twice asks once.
    pub key: i64,
}

/// A step that somebody orders on the open deposit of an account.
#[derive(Debug, Clone)]
pub struct Order {
    /// On which account.
    pub account: AccountId,
    /// Why, in their words.
    pub note: String,
    /// One per form shown, so that a form sent twice does it once.
    pub key: i64,
}

/// Asks for a deposit, once it was looked at: without a seal everything is done, taken back and told.
///
/// # Errors
/// `Looked` without a seal, `Changed` where something else would be posted than was sealed; else why it is not asked for.
pub fn ask(tx: &mut Tx<'_>, ask: &Ask, seal: Option<&str>) -> Result<DepositId, DepositError> {
    store::ledger::lock(tx, &[ask.account])?;
    if let Some(known) = store::deposits::find_by_key(tx, ask.key)? {
        return Ok(known);
    }
    looked_at(tx, ask.account, seal, |tx, books| ask_now(tx, books, ask))
}

fn ask_now(tx: &mut Tx<'_>, books: &Books, ask: &Ask) -> Result<DepositId, DepositError> {
    let on = tx.stamp.on;
    let desk = open_desk(tx, ask.account, on)?;
    let terms = may_ask(tx, &desk, ask)?;
    let note = ask.note.trim();
    let new = NewDeposit {
        account: ask.account,
        key: ask.key,
        reason: ask.reason,
        fund: &desk.policy.fund,
        note,
    };
    let deposit = store::deposits::insert(tx, &new)?;
    let parts = installments(
        ask.amount,
        ask.installments,
        due_after(on, terms.days_to_pay),
    );
    let ids = store::deposits::reserve_moves(tx, parts.len())?;
    let first = parts.first().copied();
    let mut last = None;
    for (id, (due_on, amount)) in ids.into_iter().zip(parts) {
        let event = event_of(tx, ask.account, (id, note));
        let due = (&desk.policy.fund, amount);
        let entry = entries::deposits::asked(&books.chart, &event, due_on, due)?;
        let entry = post_one(tx, books, entry)?;
        let step = NewMove {
            due_on: Some(due_on),
            ..step((id, deposit), DepositStep::Asked, (amount, entry), note)
        };
        store::deposits::insert_moves(tx, &[step])?;
        last = Some(event);
    }
    apply_held(tx, books, last.as_slice())?;
    let facts = json!({
        "cents": ask.amount, "reason": ask.reason, "installments": ask.installments,
    });
    record(tx, ask.account, "deposit.asked", facts)?;
    if let Some((due_on, first)) = first {
        let news = DepositNews::Asked {
            amount: ask.amount,
            reason: ask.reason,
            parts: ask.installments,
            first,
            due_on,
        };
        telling::tell(tx, ask.account, &news)?;
    }
    Ok(deposit)
}

/// The terms by which an account may be asked, or why it may not.
fn may_ask<'a>(tx: &mut Tx<'_>, desk: &'a Desk, ask: &Ask) -> Result<&'a ClassTerms, DepositError> {
    let on = tx.stamp.on;
    let row = store::accounts::get(tx, ask.account)?;
    match row.status {
        AccountStatus::Pending | AccountStatus::Active => {}
        AccountStatus::Closing | AccountStatus::Closed | AccountStatus::WrittenOff => {
            return Err(DepositError::HasEnded);
        }
    }
    if !store::deposits::list_open(tx, &[ask.account])?.is_empty() {
        return Err(DepositError::Open);
    }
    let stopped = store::holds::stopped(tx, &[ask.account], (HoldStop::DepositRequest, on))?;
    if stopped.is(ask.account) {
        return Err(DepositError::Stopped);
    }
    let (terms, most) = desk.terms().zip(desk.most).ok_or(DepositError::NotAsked)?;
    if !desk.reasons.contains(&ask.reason) {
        return Err(DepositError::NotSo(ask.reason));
    }
    if !ask.amount.is_positive() || ask.amount > most {
        return Err(DepositError::Amount { most });
    }
    if !(1..=terms.installments).contains(&ask.installments) {
        let most = terms.installments;
        return Err(DepositError::Installments { most });
    }
    if ask.note.chars().count() > LONGEST_WORDS {
        return Err(DepositError::NoteTooLong(LONGEST_WORDS));
    }
    Ok(terms)
}

/// Asks no longer for what is not paid of a deposit, once it was looked at. Where nothing of it is held either, the deposit ends.
///
/// # Errors
/// As of [`ask`].
pub fn waive(tx: &mut Tx<'_>, order: &Order, seal: Option<&str>) -> Result<(), DepositError> {
    let Some(standing) = ordered(tx, order)? else {
        return Ok(());
    };
    looked_at(tx, order.account, seal, |tx, books| {
        let amount = waive_unpaid(
            tx,
            books,
            &[&standing.row],
            (order.note.as_str(), Some(order.key)),
        )?;
        if !amount.is_positive() {
            return Err(DepositError::NothingUnpaid);
        }
        if !standing.sums.held().is_positive() {
            store::deposits::mark_ended(tx, &[standing.row.id])?;
        }
        after_payments(tx, &[order.account])?;
        let facts = json!({ "cents": amount });
        record(tx, order.account, "deposit.waived", facts)?;
        Ok(telling::tell(
            tx,
            order.account,
            &DepositNews::Waived { amount },
        )?)
    })
}

/// Gives the deposit of an account back as a credit, with its interest, once it was looked at: it pays what is owed, and what is left is held for
/// the customer. What is not paid of it is waived. Of two who do it at once, one does.
///
/// # Errors
/// As of [`ask`].
pub fn release(tx: &mut Tx<'_>, order: &Order, seal: Option<&str>) -> Result<(), DepositError> {
    let Some(standing) = ordered(tx, order)? else {
        return Ok(());
    };
    if !standing.sums.held().is_positive() {
        return Err(DepositError::NothingHeld);
    }
    looked_at(tx, order.account, seal, |tx, books| {
        let given = giving::Given {
            kind: DepositStep::Released,
            note: &order.note,
            key: Some(order.key),
        };
        let amount = giving::give_back(tx, books, vec![standing.row], given)?;
        Ok(telling::tell(
            tx,
            order.account,
            &DepositNews::GivenBack { amount },
        )?)
    })
}

/// The deposit that an order is about, its account locked; nothing where the form did its work before.
fn ordered(tx: &mut Tx<'_>, order: &Order) -> Result<Option<Standing>, DepositError> {
    store::ledger::lock(tx, &[order.account])?;
    if store::deposits::find_moved_by_key(tx, order.key)?.is_some() {
        return Ok(None);
    }
    if order.note.trim().is_empty() {
        return Err(DepositError::NoteMissing);
    }
    if order.note.chars().count() > LONGEST_WORDS {
        return Err(DepositError::NoteTooLong(LONGEST_WORDS));
    }
    let told = store::deposit_told::find(tx, order.account)?;
    let standing = told.ok_or(DepositError::None)?;
    if standing.row.ended_on.is_some() {
        return Err(DepositError::Ended(standing.status()));
    }
    Ok(Some(standing))
}

/// Does something on an account, tells what it posted, and lets it stand only where just that was seen before.
fn looked_at<T>(
    tx: &mut Tx<'_>,
    account: AccountId,
    seal: Option<&str>,
    work: impl FnOnce(&mut Tx<'_>, &Books) -> Result<T, DepositError>,
) -> Result<T, DepositError> {
    let on = tx.stamp.on;
    let books = books::open(tx, on)?;
    let look = Look::begin(tx, vec![account])?;
    let done = work(tx, &books)?;
    let (entries, seen) = look.end(tx)?;
    let preview = Preview {
        entries,
        seal: seen,
    };
    match seal {
        None => Err(DepositError::Looked(preview)),
        Some(seal) if seal != preview.seal => Err(DepositError::Changed(preview)),
        Some(_) => {
            tx.touch(account);
            Ok(done)
        }
    }
}

/// Takes what is not paid of open deposits off what their accounts owe. Says how much.
fn waive_unpaid(
    tx: &mut Tx<'_>,
    books: &Books,
    rows: &[&DepositRow],
    (note, key): (&str, Option<i64>),
) -> Result<Money, PostingError> {
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let mut legs = legs_of(tx, &accounts)?;
    let deposits: Vec<DepositId> = rows.iter().map(|row| row.id).collect();
    // Of these deposits alone: money for an earlier one may have gone back.
    let asks: BTreeSet<EntryId> = store::deposits::list_moves(tx, &deposits)?
        .into_iter()
        .filter(|step| step.kind == DepositStep::Asked)
        .map(|step| step.entry_id)
        .collect();
    let unpaid: Vec<(&DepositRow, Vec<Part>)> = rows
        .iter()
        .map(|row| {
            let owed = legs.remove(&row.account_id).unwrap_or_default();
            let unpaid = owed
                .into_iter()
                .filter(|leg| asks.contains(&leg.leg.entry) && leg.remaining.is_positive());
            (*row, unpaid.map(whole).collect())
        })
        .filter(|(_, parts): &(&DepositRow, Vec<Part>)| !parts.is_empty())
        .collect();
    let ids = store::deposits::reserve_moves(tx, unpaid.len())?;
    let (mut posted, mut waived) = (Vec::new(), Vec::new());
    for (id, (row, parts)) in ids.into_iter().zip(&unpaid) {
        let event = event_of(tx, row.account_id, (id, note));
        posted.push(entries::deposits::waived(&books.chart, &event, parts)?);
        let amount: Money = parts.iter().map(|part| part.amount).sum();
        waived.push((id, row.id, amount));
    }
    let ids = store::ledger::insert(tx, &books.chart, &posted)?;
    let steps: Vec<NewMove<'_>> = waived
        .iter()
        .zip(ids)
        .map(|((id, deposit, amount), entry)| NewMove {
            key,
            ..step((*id, *deposit), DepositStep::Waived, (*amount, entry), note)
        })
        .collect();
    store::deposits::insert_moves(tx, &steps)?;
    Ok(waived.iter().map(|(_, _, amount)| *amount).sum())
}

/// All that is owed on a leg.
fn whole(leg: OpenLeg) -> Part {
    Part {
        leg: leg.leg,
        fund: leg.fund,
        amount: leg.remaining,
    }
}

/// The event behind an entry of a deposit, which its row names alone.
fn event_of(tx: &Tx<'_>, account: AccountId, (id, note): (DepositMoveId, &str)) -> Event {
    let note = note.trim();
    Event {
        account,
        source: Source::of_deposit_move(id),
        on: tx.stamp.on,
        memo: (!note.is_empty()).then(|| note.to_owned()),
    }
}

const fn step<'a>(
    (id, deposit): (DepositMoveId, DepositId),
    kind: DepositStep,
    (amount, entry): (Money, EntryId),
    note: &'a str,
) -> NewMove<'a> {
    NewMove {
        id,
        deposit,
        kind,
        amount,
        due_on: None,
        until_on: None,
        entry,
        key: None,
        note,
    }
}

fn record(
    tx: &mut Tx<'_>,
    account: AccountId,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let number = store::accounts::get(tx, account)?.number;
    let deed = Deed {
        action,
        subject_kind: "account",
        subject_id: number.to_string(),
        account_id: Some(account),
        facts,
    };
    audit::insert(tx, &deed)
}
