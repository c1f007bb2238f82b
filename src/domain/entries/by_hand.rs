//! Entries of what people decide over an account's balance beside adjustments: carried to another account, given up, asked for again.

use crate::domain::allocation::{Allocation, Part};
use crate::domain::entries::{
    Charge, Event, charged, credited, must_be_positive, pooled, receivable,
};
use crate::domain::gl::{Chart, FundCode, GlCode, Role};
use crate::domain::ledger::{Application, Entry, EntryKind, LedgerError, Posting};
use crate::domain::money::Money;

/// Debts are given up: each fund bears what was owed to it.
///
/// # Errors
/// Nothing to give up.
pub fn write_off(chart: &Chart, event: &Event, parts: &[Part]) -> Result<Entry, LedgerError> {
    taken_over(chart, event, chart.code(Role::BadDebt), parts)
}

/// What was given up is asked for again, by the funds that bore it: because money came, or because it should not have been given up.
///
/// # Errors
/// A fund that is not in the chart, or nothing to ask for.
pub fn recovery(
    chart: &Chart,
    event: &Event,
    due_on: chrono::NaiveDate,
    shares: &[(FundCode, Money)],
) -> Result<Entry, LedgerError> {
    asked_for(chart, event, (chart.code(Role::BadDebt), due_on), shares)
}

/// A late fee that was waived is asked for again, by the funds that earned it.
///
/// # Errors
/// A fund that is not in the chart, or nothing to ask for.
pub fn fee_again(
    chart: &Chart,
    event: &Event,
    due_on: chrono::NaiveDate,
    shares: &[(FundCode, Money)],
) -> Result<Entry, LedgerError> {
    let earned = chart.code(Role::LateFeeRevenue);
    asked_for(chart, event, (earned, due_on), shares)
}

/// Debts leave an account for another.
///
/// # Errors
/// Nothing to carry, or a chart without an account for it.
pub fn debt_out(chart: &Chart, event: &Event, parts: &[Part]) -> Result<Entry, LedgerError> {
    taken_over(chart, event, transfers(chart)?, parts)
}

/// Debts come to an account from another, each in its fund.
///
/// # Errors
/// Nothing to carry, or a chart without an account for it.
pub fn debt_in(
    chart: &Chart,
    event: &Event,
    due_on: chrono::NaiveDate,
    shares: &[(FundCode, Money)],
) -> Result<Entry, LedgerError> {
    asked_for(chart, event, (transfers(chart)?, due_on), shares)
}

/// Money held for a customer leaves an account for another.
///
/// # Errors
/// Nothing to carry, or a chart without an account for it.
pub fn credit_out(chart: &Chart, event: &Event, amount: Money) -> Result<Entry, LedgerError> {
    must_be_positive(amount)?;
    let to = Posting {
        gl: transfers(chart)?.clone(),
        fund: chart.pool().clone(),
        amount: -amount,
        due_on: None,
    };
    let legs = vec![pooled(chart, Role::CustomerCredits, amount), to];
    let heading = event.heading(EntryKind::Adjustment, None);
    Entry::balanced(chart, heading, legs, Vec::new())
}

/// Money held for a customer comes to an account from another; it pays debts as laid out, and what is left is held.
///
/// # Errors
/// Nothing to carry, an allocation of another amount, or a chart without an account for it.
pub fn credit_in(
    chart: &Chart,
    event: &Event,
    amount: Money,
    allocation: &Allocation,
) -> Result<Entry, LedgerError> {
    let from = Posting {
        gl: transfers(chart)?.clone(),
        fund: chart.pool().clone(),
        amount,
        due_on: None,
    };
    let heading = event.heading(EntryKind::Adjustment, None);
    credited(chart, heading, from, allocation)
}

/// The sum of parts by fund.
#[must_use]
pub fn by_fund(parts: &[Part]) -> Vec<(FundCode, Money)> {
    let mut sums = std::collections::BTreeMap::new();
    for part in parts {
        *sums.entry(part.fund.clone()).or_insert(Money::ZERO) += part.amount;
    }
    sums.into_iter().collect()
}

fn transfers(chart: &Chart) -> Result<&GlCode, LedgerError> {
    chart
        .find_code(Role::Transfers)
        .ok_or(LedgerError::NoPart(Role::Transfers))
}

/// Debts come off an account and onto another account of the books, fund by fund.
pub(super) fn taken_over(
    chart: &Chart,
    event: &Event,
    gl: &GlCode,
    parts: &[Part],
) -> Result<Entry, LedgerError> {
    let shares = by_fund(parts);
    must_be_positive(shares.iter().map(|(_, amount)| *amount).sum())?;
    let onto = |(fund, amount): &(FundCode, Money)| Posting {
        gl: gl.clone(),
        fund: fund.clone(),
        amount: *amount,
        due_on: None,
    };
    let off = |(fund, amount): &(FundCode, Money)| receivable(chart, fund, -*amount, None);
    let legs = shares
        .iter()
        .map(onto)
        .chain(shares.iter().map(off))
        .collect();
    let applications = parts
        .iter()
        .map(|part| Application {
            credit: None,
            leg: part.leg,
            fund: part.fund.clone(),
            amount: part.amount,
        })
        .collect();
    let heading = event.heading(EntryKind::Adjustment, None);
    Entry::balanced(chart, heading, legs, applications)
}

/// Debts come onto an account from another account of the books, fund by fund.
fn asked_for(
    chart: &Chart,
    event: &Event,
    (gl, due_on): (&GlCode, chrono::NaiveDate),
    shares: &[(FundCode, Money)],
) -> Result<Entry, LedgerError> {
    must_be_positive(shares.iter().map(|(_, amount)| *amount).sum())?;
    let line = |(fund, amount): &(FundCode, Money)| Charge {
        fund: fund.clone(),
        gl: gl.clone(),
        amount: *amount,
    };
    let lines: Vec<Charge> = shares.iter().map(line).collect();
    let heading = event.heading(EntryKind::Adjustment, None);
    charged(chart, heading, due_on, &lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{AccountId, EntryId};
    use crate::domain::ledger::{LegId, Source, SourceKind, sums_by_fund};
    use chrono::NaiveDate;

    fn event() -> Event {
        Event {
            account: AccountId(1),
            source: Source {
                kind: SourceKind::Adjustment,
                id: 1,
            },
            on: NaiveDate::MIN,
            memo: None,
        }
    }

    fn parts() -> Vec<Part> {
        let part = |position: i32, fund: &str, cents: i64| Part {
            leg: LegId {
                entry: EntryId(3),
                position,
            },
            fund: fund.parse().unwrap(),
            amount: Money::from_cents(cents),
        };
        vec![
            part(0, "WATER", 3_000),
            part(1, "SEWER", 1_200),
            part(2, "WATER", 5),
        ]
    }

    fn sum(entry: &Entry, gl: &str) -> i64 {
        let legs = entry.postings().iter();
        legs.filter(|leg| leg.gl.as_str() == gl)
            .map(|leg| leg.amount.cents())
            .sum()
    }

    #[test]
    fn what_is_given_up_is_borne_by_the_funds_that_were_owed_and_nothing_crosses_them() {
        let chart = Chart::standard();
        let given = write_off(chart, &event(), &parts()).unwrap();
        assert_eq!(sum(&given, "5000"), 4_205);
        assert_eq!(given.receivable(), Money::from_cents(-4_205));
        assert_eq!(sum(&given, "1100"), 0);
        let again = recovery(chart, &event(), event().on, &by_fund(&parts())).unwrap();
        assert_eq!(sum(&again, "5000"), -4_205);
        assert_eq!(again.debts().count(), 2);
        for entry in [given, again] {
            assert!(
                sums_by_fund(entry.postings())
                    .values()
                    .all(|sum| sum.is_zero())
            );
        }
    }

    #[test]
    fn what_leaves_one_account_comes_to_the_other_fund_by_fund() {
        let chart = Chart::standard();
        let out = debt_out(chart, &event(), &parts()).unwrap();
        let into = debt_in(chart, &event(), NaiveDate::MIN, &by_fund(&parts())).unwrap();
        assert_eq!(out.receivable() + into.receivable(), Money::ZERO);
        let carried = |entry: &Entry, fund: &str| -> i64 {
            let legs = entry.postings().iter();
            legs.filter(|leg| leg.gl.as_str() == "1290" && leg.fund.as_str() == fund)
                .map(|leg| leg.amount.cents())
                .sum()
        };
        for fund in ["WATER", "SEWER"] {
            assert_eq!(carried(&out, fund) + carried(&into, fund), 0, "{fund}");
        }
        assert!(debt_out(chart, &event(), &[]).is_err());
    }

    #[test]
    fn a_chart_without_the_part_carries_nothing() {
        let text = include_str!("../chart_of_accounts.json");
        let chart = Chart::read(&text.replace(r#", "role": "transfers""#, "")).unwrap();
        let refused = credit_out(&chart, &event(), Money::from_cents(5));
        assert_eq!(refused, Err(LedgerError::NoPart(Role::Transfers)));
    }
}
