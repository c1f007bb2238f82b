//! The entries of level payment plans. A bill under a plan earns what it charges; what it asks of the customer is even, and the difference
//! stands on an account of its own, fund by fund: what was put off as a claim, what was asked ahead as a debt to the customer. That account is
//! none of the receivables: nothing of it is due, ages, draws a fee or is cut off for, until the difference is settled.

use chrono::NaiveDate;

use crate::domain::entries::{Charge, Event, charged};
use crate::domain::gl::{Chart, FundCode, Role};
use crate::domain::ledger::{Entry, EntryKind, LedgerError};
use crate::domain::money::Money;

/// The lines that make a bill ask for another amount than it charges: to be posted with its own. What is asked is shared by the funds in
/// proportion to what each charges.
///
/// # Errors
/// A chart without an account for the differences.
pub fn put_off(chart: &Chart, lines: &[Charge], asked: Money) -> Result<Vec<Charge>, LedgerError> {
    let gl = chart
        .find_code(Role::BudgetBilling)
        .ok_or(LedgerError::NoPart(Role::BudgetBilling))?;
    let mut charges: Vec<(FundCode, Money)> = Vec::new();
    for line in lines {
        match charges.iter_mut().find(|(fund, _)| *fund == line.fund) {
            Some((_, sum)) => *sum += line.amount,
            None => charges.push((line.fund.clone(), line.amount)),
        }
    }
    if charges.is_empty() {
        let first = chart.earning_funds().next();
        charges.extend(first.map(|fund| (fund.code.clone(), Money::ZERO)));
    }
    let weight = |(_, sum): &(FundCode, Money)| (*sum).max(Money::ZERO).cents().unsigned_abs();
    let weights: Vec<u64> = charges.iter().map(weight).collect();
    let shares = asked.split(&weights);
    let lines = charges
        .into_iter()
        .zip(shares)
        .map(|((fund, sum), share)| Charge {
            fund,
            gl: gl.clone(),
            amount: share - sum,
        });
    Ok(lines.filter(|line| !line.amount.is_zero()).collect())
}

/// The difference of a plan is settled: what each fund put off is asked of the customer by a day, and where more was asked than charged it is
/// held for the customer.
///
/// # Errors
/// A chart without an account for the differences, or a fund that is not in the chart.
pub fn difference_settled(
    chart: &Chart,
    event: &Event,
    due_on: NaiveDate,
    shares: &[(FundCode, Money)],
) -> Result<Entry, LedgerError> {
    let gl = chart
        .find_code(Role::BudgetBilling)
        .ok_or(LedgerError::NoPart(Role::BudgetBilling))?;
    let lines: Vec<Charge> = shares
        .iter()
        .map(|(fund, amount)| Charge {
            fund: fund.clone(),
            gl: gl.clone(),
            amount: *amount,
        })
        .collect();
    let heading = event.heading(EntryKind::Adjustment, None);
    charged(chart, heading, due_on, &lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entries::bill;
    use crate::domain::ids::AccountId;
    use crate::domain::ledger::{Source, SourceKind, sums_by_fund};
    use proptest::prelude::*;

    fn event() -> Event {
        Event {
            account: AccountId(1),
            source: Source {
                kind: SourceKind::Bill,
                id: 1,
            },
            on: NaiveDate::MIN,
            memo: None,
        }
    }

    fn line(fund: &str, cents: i64) -> Charge {
        Charge {
            fund: fund.parse().unwrap(),
            gl: "4000".parse().unwrap(),
            amount: Money::from_cents(cents),
        }
    }

    /// What an entry moves on the account of the differences.
    fn put_off_by(entry: &Entry) -> Money {
        let legs = entry.postings().iter();
        legs.filter(|leg| leg.gl.as_str() == "1280")
            .map(|leg| leg.amount)
            .sum()
    }

    proptest! {
        #[test]
        fn a_bill_earns_what_it_charges_and_asks_what_the_plan_says(
            water in -20_000_i64..50_000, sewer in 0_i64..20_000, asked in 0_i64..60_000,
        ) {
            let chart = Chart::standard();
            let mut lines = vec![line("WATER", water), line("SEWER", sewer)];
            let asked = Money::from_cents(asked);
            let more = put_off(chart, &lines, asked).unwrap();
            lines.extend(more);
            let entry = bill(chart, &event(), NaiveDate::MAX, &lines).unwrap();
            prop_assert_eq!(entry.receivable(), asked);
            prop_assert!(sums_by_fund(entry.postings()).values().all(|sum| sum.is_zero()));
            let earned: Money = entry.postings().iter().filter(|leg| leg.gl.as_str() == "4000").map(|leg| leg.amount).sum();
            prop_assert_eq!(-earned, Money::from_cents(water + sewer));
            prop_assert_eq!(put_off_by(&entry), Money::from_cents(water + sewer) - asked);
        }

        #[test]
        fn a_settlement_asks_for_a_deficit_and_holds_a_surplus(water in -20_000_i64..20_000, sewer in -20_000_i64..20_000) {
            prop_assume!(water != 0 || sewer != 0);
            let shares = [("WATER".parse().unwrap(), Money::from_cents(water)), ("SEWER".parse().unwrap(), Money::from_cents(sewer))];
            let entry = difference_settled(Chart::standard(), &event(), NaiveDate::MAX, &shares).unwrap();
            prop_assert_eq!(entry.receivable(), Money::from_cents(water + sewer));
            prop_assert_eq!(put_off_by(&entry), Money::from_cents(-water - sewer));
            prop_assert!(sums_by_fund(entry.postings()).values().all(|sum| sum.is_zero()));
        }
    }

    #[test]
    fn a_chart_without_an_account_for_differences_is_told() {
        let text = include_str!("../chart_of_accounts.json");
        let chart = Chart::read(&text.replace(r#", "role": "budget-billing""#, "")).unwrap();
        let refused = put_off(&chart, &[line("WATER", 5)], Money::ZERO);
        assert_eq!(refused, Err(LedgerError::NoPart(Role::BudgetBilling)));
    }
}
