//! What several accounts owe, as the page on which they are paid together asks for it: for each the same as its own page says, in a number of
//! questions that does not grow with the accounts.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::arrangements::Share;
use crate::domain::autopay::{ChargeState, Terms};
use crate::domain::disputes::frozen;
use crate::domain::ids::{AccountId, BillId, EntryId};
use crate::domain::ledger::SourceKind;
use crate::domain::money::Money;
use crate::domain::payments::PaymentState;
use crate::domain::scope::Scope;
use crate::store::arrangements::{self, Standing};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
use crate::store::joint_payments::balances;
use crate::store::portal::owed::{Due, NextCharge, OnTime, Owed};
use crate::store::scheduled_payments;
use crate::store::schema::{
    autopay_charges, autopay_enrolments, bill_disputes, ledger_entries, open_items, payments,
};

type Row = (
    AccountId,
    EntryId,
    NaiveDate,
    Money,
    SourceKind,
    i64,
    Option<Money>,
);

/// What each account in scope owes this minute, what is on its way and what is charged next by itself. Whether an outage touches it is not
/// asked.
pub fn list(conn: &mut Conn, scope: &Scope) -> Result<HashMap<AccountId, Owed>, StoreError> {
    let ids = scope.accounts();
    let mut found: HashMap<AccountId, Owed> = ids.iter().map(|id| (*id, Owed::default())).collect();
    for (account, balance) in balances(conn, ids)? {
        found.entry(account).or_default().balance = balance;
    }
    for (account, pending) in list_pending(conn, ids)? {
        found.entry(account).or_default().pending = pending;
    }
    let open = arrangements::list_open(conn, ids)?;
    let shares: Vec<Share> = open.iter().flat_map(|open| open.cover.shares()).collect();
    for (account, due) in list_due(conn, ids, &shares)? {
        found.entry(account).or_default().due.push(due);
    }
    for open in open {
        let account = open.row.account_id;
        found.entry(account).or_default().arrangement = Some(on_time(open));
    }
    for (account, waiting) in scheduled_payments::list_waiting_of(conn, ids)? {
        found.entry(account).or_default().scheduled.push(waiting);
    }
    for (account, next) in list_next_charges(conn, ids)? {
        found
            .entry(account)
            .or_default()
            .next_charge
            .get_or_insert(next);
    }
    Ok(found)
}

/// An arrangement in force, as the balance shows it.
pub(super) fn on_time(open: Standing) -> OnTime {
    OnTime {
        grace_days: open.row.grace_days(),
        progress: open.cover.progress(),
        number: open.row.number,
        kind: open.row.kind,
    }
}

/// The unpaid parts of accounts by due date, earliest first; what is paid with these shares of arrangements falls due with them.
pub(super) fn list_due(
    conn: &mut Conn,
    accounts: &[AccountId],
    shares: &[Share],
) -> Result<Vec<(AccountId, Due)>, StoreError> {
    let rows: Vec<Row> = open_items::table
        .inner_join(ledger_entries::table)
        .left_join(
            bill_disputes::table.on(bill_disputes::bill_id
                .eq(ledger_entries::source_id)
                .and(ledger_entries::source_kind.eq(SourceKind::Bill))
                .and(bill_disputes::outcome.is_null())),
        )
        .filter(open_items::account_id.eq_any(accounts))
        .order((open_items::due_on, open_items::entry_id))
        .select((
            open_items::account_id,
            open_items::entry_id,
            open_items::due_on,
            open_items::remaining_cents,
            ledger_entries::source_kind,
            ledger_entries::source_id,
            bill_disputes::amount_cents.nullable(),
        ))
        .load(conn)?;
    let parts = |(account, entry, due_on, remaining, kind, source, disputed): Row| {
        let whole = Due {
            due_on,
            remaining,
            disputed: disputed.map_or(Money::ZERO, |amount| frozen(remaining, amount)),
            bill: (kind == SourceKind::Bill).then_some(BillId(source)),
            is_arranged: false,
        };
        let parts = whole.parts(shares.iter().filter(|share| share.entry == entry));
        parts.into_iter().map(move |due| (account, due))
    };
    let mut due: Vec<(AccountId, Due)> = rows.into_iter().flat_map(parts).collect();
    due.sort_by_key(|(_, item)| item.due_on);
    Ok(due)
}

fn list_pending(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Money)>, StoreError> {
    let sums: Vec<(AccountId, Option<i64>)> = payments::table
        .filter(payments::account_id.eq_any(accounts))
        .filter(payments::state.eq(PaymentState::Processing))
        .group_by(payments::account_id)
        .select((payments::account_id, sum_i64(payments::amount_cents)))
        .load(conn)?;
    let of = |(account, cents): (AccountId, Option<i64>)| {
        (account, Money::from_cents(cents.unwrap_or_default()))
    };
    Ok(sums.into_iter().map(of).collect())
}

type ChargeRow = (
    AccountId,
    NaiveDate,
    NaiveDate,
    Option<Money>,
    Option<Money>,
    NaiveDate,
    Option<NaiveDate>,
);

/// What autopay has planned, the next day first.
fn list_next_charges(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, NextCharge)>, StoreError> {
    let rows: Vec<ChargeRow> = autopay_enrolments::table
        .inner_join(autopay_charges::table)
        .filter(autopay_enrolments::account_id.eq_any(accounts))
        .filter(autopay_enrolments::ended_at.is_null())
        .filter(autopay_charges::state.eq(ChargeState::Planned))
        .order((autopay_charges::charge_on, autopay_charges::id))
        .select((
            autopay_enrolments::account_id,
            autopay_charges::charge_on,
            autopay_charges::due_on,
            autopay_charges::told_cents,
            autopay_enrolments::cap_cents,
            autopay_enrolments::agreed_on,
            autopay_enrolments::paused_until,
        ))
        .load(conn)?;
    let next = |(account, charge_on, due_on, told, cap, agreed_on, paused_until): ChargeRow| {
        let terms = Terms {
            day_of_month: None,
            cap,
            agreed_on,
            paused_until,
        };
        let next = NextCharge {
            charge_on,
            due_on,
            told,
            terms,
        };
        (account, next)
    };
    Ok(rows.into_iter().map(next).collect())
}
