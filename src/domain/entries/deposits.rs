//! Entries of deposits. What is asked for is owed by the customer and stands against an account of its own; what is paid of it moves to what is
//! held, in the entry that pays it: it is nobody's revenue.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::allocation::{Allocation, Part};
use crate::domain::entries::by_hand::taken_over;
use crate::domain::entries::{Charge, Event, charged, credit_adjustment, must_be_positive};
use crate::domain::gl::{Chart, FundCode, GlCode, Role};
use crate::domain::ids::EntryId;
use crate::domain::ledger::{Entry, EntryKind, LedgerError, Posting};
use crate::domain::money::Money;

/// An installment of a deposit is asked for.
///
/// # Errors
/// An amount that is not positive, a fund that is not in the chart, or a chart without an account for it.
pub fn asked(
    chart: &Chart,
    event: &Event,
    due_on: NaiveDate,
    (fund, amount): (&FundCode, Money),
) -> Result<Entry, LedgerError> {
    must_be_positive(amount)?;
    let line = Charge {
        fund: fund.clone(),
        gl: part(chart, Role::DepositsAsked)?.clone(),
        amount,
    };
    let heading = event.heading(EntryKind::Adjustment, None);
    charged(chart, heading, due_on, &[line])
}

/// What is not paid of a deposit is asked for no longer.
///
/// # Errors
/// Nothing to waive, or a chart without an account for it.
pub fn waived(chart: &Chart, event: &Event, parts: &[Part]) -> Result<Entry, LedgerError> {
    taken_over(chart, event, part(chart, Role::DepositsAsked)?, parts)
}

/// A deposit earns interest, which its fund bears.
///
/// # Errors
/// An amount that is not positive, or a chart without an account for it.
pub fn interest(
    chart: &Chart,
    event: &Event,
    (fund, amount): (&FundCode, Money),
) -> Result<Entry, LedgerError> {
    must_be_positive(amount)?;
    let leg = |gl: &GlCode, amount: Money| leg(gl, fund, amount);
    let legs = vec![
        leg(part(chart, Role::DepositInterest)?, amount),
        leg(part(chart, Role::DepositsHeld)?, -amount),
    ];
    let heading = event.heading(EntryKind::Adjustment, None);
    Entry::balanced(chart, heading, legs, Vec::new())
}

/// A deposit is given back: it pays debts as laid out, and what is left is held for the customer as a credit.
///
/// # Errors
/// An allocation of another amount, nothing to give back, or a chart without an account for it.
pub fn released(
    chart: &Chart,
    event: &Event,
    (fund, amount): (&FundCode, Money),
    allocation: &Allocation,
) -> Result<Entry, LedgerError> {
    let given = Charge {
        fund: fund.clone(),
        gl: part(chart, Role::DepositsHeld)?.clone(),
        amount,
    };
    credit_adjustment(chart, event, given, allocation)
}

/// An entry with what of it pays deposits, or takes such a payment back, moved between what is asked for and what is held; nothing where it does
/// neither, or says itself what happens to what is asked for.
///
/// # Errors
/// A chart without an account for it.
pub fn with_held(
    chart: &Chart,
    entry: &Entry,
    is_deposit: impl Fn(EntryId) -> bool,
) -> Result<Option<Entry>, LedgerError> {
    let mut moved: BTreeMap<&FundCode, Money> = BTreeMap::new();
    for application in entry.applications() {
        if is_deposit(application.leg.entry) {
            *moved.entry(&application.fund).or_default() += application.amount;
        }
    }
    if moved.is_empty() {
        return Ok(None);
    }
    let asked = part(chart, Role::DepositsAsked)?;
    let held = part(chart, Role::DepositsHeld)?;
    if entry.postings().iter().any(|posting| posting.gl == *asked) {
        return Ok(None);
    }
    let mut legs = entry.postings().to_vec();
    for (fund, amount) in moved {
        legs.push(leg(asked, fund, amount));
        legs.push(leg(held, fund, -amount));
    }
    let (heading, applications) = (entry.heading().clone(), entry.applications().to_vec());
    Entry::balanced(chart, heading, legs, applications).map(Some)
}

fn leg(gl: &GlCode, fund: &FundCode, amount: Money) -> Posting {
    Posting {
        gl: gl.clone(),
        fund: fund.clone(),
        amount,
        due_on: None,
    }
}

fn part(chart: &Chart, role: Role) -> Result<&GlCode, LedgerError> {
    chart.find_code(role).ok_or(LedgerError::NoPart(role))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entries::{Receipt, payment};
    use crate::domain::ids::{AccountId, PaymentId};
    use crate::domain::ledger::{LegId, Source, SourceKind, sums_by_fund};

    const ASKED: EntryId = EntryId(7);

    fn event() -> Event {
        Event {
            account: AccountId(1),
            source: Source {
                kind: SourceKind::Payment,
                id: PaymentId(1).0,
            },
            on: "2026-12-01".parse().unwrap(),
            memo: None,
        }
    }

    fn on_deposit(cents: i64) -> Part {
        Part {
            leg: LegId {
                entry: ASKED,
                position: 0,
            },
            fund: "GENERAL".parse().unwrap(),
            amount: Money::from_cents(cents),
        }
    }

    fn sum(entry: &Entry, role: Role) -> i64 {
        let gl = Chart::standard().code(role);
        let legs = entry.postings().iter().filter(|leg| leg.gl == *gl);
        legs.map(|leg| leg.amount.cents()).sum()
    }

    #[test]
    fn what_is_asked_for_is_owed_and_is_no_revenue() {
        let general: FundCode = "GENERAL".parse().unwrap();
        let event = event();
        let entry = asked(
            Chart::standard(),
            &event,
            event.on,
            (&general, Money::from_cents(15_000)),
        )
        .unwrap();
        assert_eq!(entry.receivable(), Money::from_cents(15_000));
        assert_eq!(sum(&entry, Role::DepositsAsked), -15_000);
        assert_eq!(sum(&entry, Role::DepositsHeld), 0);
        assert_eq!(entry.debts().next().map(|(place, _)| place), Some(0));
    }

    #[test]
    fn what_a_payment_pays_of_it_is_held() {
        let chart = Chart::standard();
        let receipt = Receipt {
            amount: Money::from_cents(4_000),
            into: Role::CashDrawer,
        };
        let allocation = Allocation {
            parts: vec![on_deposit(3_000)],
            left: Money::from_cents(1_000),
        };
        let plain = payment(chart, &event(), receipt, &allocation).unwrap();
        let entry = with_held(chart, &plain, |entry| entry == ASKED)
            .unwrap()
            .unwrap();
        assert_eq!(sum(&entry, Role::DepositsAsked), 3_000);
        assert_eq!(sum(&entry, Role::DepositsHeld), -3_000);
        assert_eq!(entry.receivable(), plain.receivable());
        assert!(
            sums_by_fund(entry.postings())
                .values()
                .all(|sum| sum.is_zero())
        );
        assert_eq!(with_held(chart, &plain, |_| false).unwrap(), None);
    }

    #[test]
    fn what_is_waived_is_not_held() {
        let chart = Chart::standard();
        let entry = waived(chart, &event(), &[on_deposit(3_000)]).unwrap();
        assert_eq!(sum(&entry, Role::DepositsAsked), 3_000);
        assert_eq!(with_held(chart, &entry, |_| true).unwrap(), None);
    }

    #[test]
    fn interest_is_an_expense_and_changes_nothing_that_is_owed() {
        let general: FundCode = "GENERAL".parse().unwrap();
        let earned = (&general, Money::from_cents(31));
        let entry = interest(Chart::standard(), &event(), earned).unwrap();
        assert_eq!(sum(&entry, Role::DepositInterest), 31);
        assert_eq!(sum(&entry, Role::DepositsHeld), -31);
        assert!(entry.receivable().is_zero());
    }

    #[test]
    fn a_chart_without_the_parts_asks_nobody() {
        let text = crate::domain::gl::STANDARD_FILE.replace(r#", "role": "deposits-asked""#, "");
        let chart = Chart::read(&text).unwrap();
        let general: FundCode = "GENERAL".parse().unwrap();
        let event = event();
        let refused = asked(&chart, &event, event.on, (&general, Money::from_cents(1)));
        assert_eq!(refused, Err(LedgerError::NoPart(Role::DepositsAsked)));
    }
}
