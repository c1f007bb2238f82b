//! The utility's own entries: what moves at the processor beside any customer's ledger.

use chrono::NaiveDate;

use crate::domain::entries::{must_be_positive, pooled};
use crate::domain::gl::{Chart, FundCode, Role};
use crate::domain::ledger::{Entry, EntryKind, Heading, LedgerError, Posting, Source};
use crate::domain::money::Money;

/// The event behind an entry that stands in nobody's ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEvent {
    /// What the entry is made for.
    pub source: Source,
    /// The civil day it counts from.
    pub on: NaiveDate,
    /// What it is called where it happened.
    pub memo: String,
}

impl OwnEvent {
    fn entry(
        &self,
        chart: &Chart,
        kind: EntryKind,
        legs: Vec<Posting>,
    ) -> Result<Entry, LedgerError> {
        let heading = Heading {
            account: None,
            kind,
            on: self.on,
            source: self.source,
            reverses: None,
            memo: Some(self.memo.clone()),
        };
        Entry::balanced(chart, heading, legs, Vec::new())
    }
}

/// What the processor keeps for its work, borne by a fund; a negative amount is given back.
///
/// # Errors
/// A fund that is not in the chart.
pub fn processor_cost(
    chart: &Chart,
    event: &OwnEvent,
    (cost, fund): (Role, &FundCode),
    amount: Money,
) -> Result<Entry, LedgerError> {
    let borne = Posting {
        gl: chart.code(cost).clone(),
        fund: fund.clone(),
        amount,
        due_on: None,
    };
    let legs = vec![borne, pooled(chart, Role::ProcessorClearing, -amount)];
    event.entry(chart, EntryKind::ProcessorCost, legs)
}

/// The processor paid out to the bank.
///
/// # Errors
/// An amount that is not positive.
pub fn payout(chart: &Chart, event: &OwnEvent, amount: Money) -> Result<Entry, LedgerError> {
    must_be_positive(amount)?;
    let places = (Role::Bank, Role::ProcessorClearing);
    event.entry(chart, EntryKind::Payout, moved(chart, places, amount))
}

/// The bank sent a payout back to the processor.
///
/// # Errors
/// An amount that is not positive.
pub fn payout_return(chart: &Chart, event: &OwnEvent, amount: Money) -> Result<Entry, LedgerError> {
    must_be_positive(amount)?;
    let places = (Role::ProcessorClearing, Role::Bank);
    event.entry(chart, EntryKind::PayoutReturn, moved(chart, places, amount))
}

/// A dispute takes money away from the clearing, and it is held back; a negative amount is held back no more, because the dispute was won.
///
/// # Errors
/// An amount of nothing.
pub fn disputed(chart: &Chart, event: &OwnEvent, amount: Money) -> Result<Entry, LedgerError> {
    let (held, clearing) = (Role::DisputedPayments, Role::ProcessorClearing);
    must_be_positive(amount.abs())?;
    if amount.is_negative() {
        let legs = moved(chart, (clearing, held), -amount);
        return event.entry(chart, EntryKind::DisputeRestored, legs);
    }
    let legs = moved(chart, (held, clearing), amount);
    event.entry(chart, EntryKind::DisputeWithheld, legs)
}

fn moved(chart: &Chart, (to, from): (Role, Role), amount: Money) -> Vec<Posting> {
    vec![pooled(chart, to, amount), pooled(chart, from, -amount)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger::{SourceKind, sums_by_fund};

    fn event() -> OwnEvent {
        OwnEvent {
            source: Source {
                kind: SourceKind::ProcessorLine,
                id: 1,
            },
            on: NaiveDate::MIN,
            memo: "txn_1".to_owned(),
        }
    }

    fn on(entry: &Entry, role: Role) -> i64 {
        let gl = Chart::standard().code(role);
        let legs = entry.postings().iter().filter(|leg| leg.gl == *gl);
        legs.map(|leg| leg.amount.cents()).sum()
    }

    #[test]
    fn a_cost_is_borne_by_its_fund_and_each_fund_balances() {
        let (chart, fund) = (Chart::standard(), "GENERAL".parse().unwrap());
        let cost = (Role::ProcessorFees, &fund);
        let entry = processor_cost(chart, &event(), cost, Money::from_cents(274)).unwrap();
        assert_eq!(on(&entry, Role::ProcessorFees), 274);
        assert_eq!(on(&entry, Role::ProcessorClearing), -274);
        assert!(
            sums_by_fund(entry.postings())
                .values()
                .all(|sum| sum.is_zero())
        );
        assert_eq!(entry.receivable(), Money::ZERO);
    }

    #[test]
    fn what_a_dispute_holds_back_it_gives_back_when_it_is_won() {
        let chart = Chart::standard();
        let held = disputed(chart, &event(), Money::from_cents(8_410)).unwrap();
        assert_eq!(held.heading().kind, EntryKind::DisputeWithheld);
        assert_eq!(on(&held, Role::DisputedPayments), 8_410);
        let won = disputed(chart, &event(), Money::from_cents(-8_410)).unwrap();
        assert_eq!(won.heading().kind, EntryKind::DisputeRestored);
        assert_eq!(on(&won, Role::ProcessorClearing), 8_410);
        assert!(disputed(chart, &event(), Money::ZERO).is_err());
    }
}
