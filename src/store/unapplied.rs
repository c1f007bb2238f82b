//! Money that is held for accounts and pays nothing yet: how much, since when, and what the account owes beside it.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::accounts::AccountClass;
use crate::domain::gl::{Chart, Role};
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::money::Money;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
use crate::store::schema::{customer_credits, ledger_entries, ledger_postings, open_items};

/// Money that is held for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// Whose.
    pub account: AccountId,
    /// How much.
    pub held: Money,
    /// The day on which the oldest of it came: what was used was what had come before.
    pub since: Option<NaiveDate>,
    /// What the account owes beside it.
    pub owed: Money,
}

/// Money that is held, the most first; of one class where it is named.
pub fn list(
    conn: &mut Conn,
    (chart, class): (&Chart, Option<AccountClass>),
    (limit, offset): (i64, i64),
) -> Result<Vec<HeldRow>, StoreError> {
    let mut query = customer_credits::table
        .filter(customer_credits::held_cents.gt(Money::ZERO))
        .order((
            customer_credits::held_cents.desc(),
            customer_credits::account_id,
        ))
        .limit(limit)
        .offset(offset)
        .select((customer_credits::account_id, customer_credits::held_cents))
        .into_boxed();
    if let Some(class) = class {
        query = query.filter(customer_credits::account_class.eq(class));
    }
    let rows: Vec<(AccountId, Money)> = query.load(conn)?;
    let ids: Vec<AccountId> = rows.iter().map(|(account, _)| *account).collect();
    let mut came = came(conn, chart, &ids)?;
    let owed = owed(conn, &ids)?;
    let row = |(account, held): (AccountId, Money)| HeldRow {
        account,
        held,
        since: since(held, &came.remove(&account).unwrap_or_default()),
        owed: owed.get(&account).copied().unwrap_or_default(),
    };
    Ok(rows.into_iter().map(row).collect())
}

/// For how many accounts money is held, and how much in all.
pub fn count(conn: &mut Conn, class: Option<AccountClass>) -> Result<(i64, Money), StoreError> {
    let mut query = customer_credits::table
        .filter(customer_credits::held_cents.gt(Money::ZERO))
        .select((
            diesel::dsl::count_star(),
            sum_i64(customer_credits::held_cents),
        ))
        .into_boxed();
    if let Some(class) = class {
        query = query.filter(customer_credits::account_class.eq(class));
    }
    let (count, cents): (i64, Option<i64>) = query.first(conn)?;
    Ok((count, Money::from_cents(cents.unwrap_or_default())))
}

/// What came to be held for accounts, the newest first.
fn came(
    conn: &mut Conn,
    chart: &Chart,
    ids: &[AccountId],
) -> Result<HashMap<AccountId, Vec<(NaiveDate, Money)>>, StoreError> {
    let rows: Vec<(Option<AccountId>, EntryId, NaiveDate, Money)> = ledger_postings::table
        .inner_join(ledger_entries::table)
        .filter(ledger_entries::account_id.eq_any(ids))
        .filter(ledger_postings::gl_account.eq(chart.code(Role::CustomerCredits)))
        .filter(ledger_postings::amount_cents.lt(Money::ZERO))
        .order((ledger_postings::entry_id.desc(), ledger_postings::position))
        .select((
            ledger_entries::account_id,
            ledger_postings::entry_id,
            ledger_entries::on_date,
            ledger_postings::amount_cents,
        ))
        .load(conn)?;
    let mut found: HashMap<AccountId, Vec<(NaiveDate, Money)>> = HashMap::new();
    for (account, _, on, amount) in rows {
        if let Some(account) = account {
            found.entry(account).or_default().push((on, -amount));
        }
    }
    Ok(found)
}

/// The day on which the oldest of what is held came.
fn since(held: Money, came: &[(NaiveDate, Money)]) -> Option<NaiveDate> {
    let mut left = held;
    for (on, amount) in came {
        left -= *amount;
        if !left.is_positive() {
            return Some(*on);
        }
    }
    came.last().map(|(on, _)| *on)
}

fn owed(conn: &mut Conn, ids: &[AccountId]) -> Result<HashMap<AccountId, Money>, StoreError> {
    let rows: Vec<(AccountId, Option<i64>)> = open_items::table
        .filter(open_items::account_id.eq_any(ids))
        .group_by(open_items::account_id)
        .select((open_items::account_id, sum_i64(open_items::remaining_cents)))
        .load(conn)?;
    let sum = |(account, cents): (AccountId, Option<i64>)| {
        (account, Money::from_cents(cents.unwrap_or_default()))
    };
    Ok(rows.into_iter().map(sum).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_is_what_had_come_before() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let cents = Money::from_cents;
        let came = [
            (day("2026-07-01"), cents(500)),
            (day("2026-05-01"), cents(1_000)),
            (day("2026-01-01"), cents(9_000)),
        ];
        assert_eq!(since(cents(500), &came), Some(day("2026-07-01")));
        assert_eq!(since(cents(501), &came), Some(day("2026-05-01")));
        assert_eq!(since(cents(2_000), &came), Some(day("2026-01-01")));
        assert_eq!(since(cents(1), &[]), None);
    }
}
