//! Opening balances: what was owed to each fund when the books were handed over, by its due date, and what was held for customers.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::domain::gl::{Chart, FundCode, GlCode, GlKind};
use crate::domain::money::Money;
use crate::domain::setup::{OwnKind, Refusal, Row, SetupFile, Table, Why};
use crate::domain::typed_day::TypedDay;
use crate::usecases::setup::house::House;
use crate::usecases::setup::plan::{Plan, PlannedBalance};

/// Opening balances.
pub(super) fn balances(table: &Table, house: &House, plan: &mut Plan, refusals: &mut Vec<Refusal>) {
    let mut seen = HashSet::new();
    for row in table.rows() {
        let account = row.filled("account", refusals);
        let fund: Option<FundCode> = row.value(("fund", Why::NoFund), refusals);
        let due_on = row.day("due_on", refusals);
        let amount: Option<Money> = row.value(("amount", Why::NotAnAmount), refusals);
        let (Some(account), Some(fund), Some(due_on), Some(amount)) =
            (account, fund, due_on, amount)
        else {
            continue;
        };
        let key = key_of(&row);
        if !house.has(OwnKind::Account, account) {
            refusals.push(house.unknown(&row, OwnKind::Account, "account"));
        } else if !house.chart.earning_funds().any(|known| known.code == fund)
            || against(&house.chart).is_none()
        {
            refusals.push(row.refusal(Why::NoFund, "fund"));
        } else if amount.is_zero() {
            refusals.push(row.refusal(Why::NotAnAmount, "amount"));
        } else if !seen.insert(key) {
            refusals.push(row.refusal(Why::Twice, "account"));
        } else if house.posted.contains(&key) {
            plan.note_known(SetupFile::OpeningBalances);
        } else {
            plan.balances.push(PlannedBalance {
                key,
                account: account.to_owned(),
                fund,
                due_on,
                amount,
            });
        }
    }
}

/// The account against which opening balances stand: the fund's own equity, which earns nothing anew.
pub(super) fn against(chart: &Chart) -> Option<&GlCode> {
    let mut equity = chart
        .accounts()
        .filter(|account| account.kind == GlKind::Equity && account.role.is_none());
    equity.next().map(|account| &account.code)
}

/// The number by which an opening balance is known again: of the account, the fund and the day it is due, and of nothing else.
pub(super) fn key_of(row: &Row<'_>) -> i64 {
    let due_on = row.text("due_on");
    // However the day is written.
    let day = due_on.parse::<TypedDay>();
    let due_on = day.map_or_else(|_| due_on.to_owned(), |day| day.0.to_string());
    let named = [row.text("account"), row.text("fund"), &due_on];
    let digest = Sha256::digest(format!("opening balance|{}", named.join("|")));
    let first = digest.first_chunk::<8>().copied().unwrap_or_default();
    // Never negative: a number that a person may read.
    i64::from_be_bytes(first) & i64::MAX
}
