//! What a bill of net metering tells beside its lines: what was taken from the grid and sent to it, and the bank before and after.

use rust_decimal::Decimal;

use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::facts::Banked;
use crate::domain::rates::working::Working;

/// Energy taken, sent back and kept, in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bank {
    /// What the amounts are counted in.
    pub unit: Unit,
    /// What came from the grid.
    pub taken: Decimal,
    /// What went to it.
    pub sent: Decimal,
    /// What was in the bank before the period.
    pub before: Decimal,
    /// What is in it after.
    pub after: Decimal,
}

/// The bank of a service whose meter counts both ways; a bill that banks nothing and had nothing in its bank tells none.
#[must_use]
pub fn bank_of(working: &Working) -> Option<Bank> {
    let facts = working.facts(Vec::new());
    let measured = |name: &str| {
        let found = facts.measured.iter().find(|one| one.name == name);
        found.map(|one| Quantity {
            amount: one.amount,
            unit: one.unit,
        })
    };
    let (taken, sent) = (measured("delivered")?, measured("received")?);
    let left = working.carried().bank;
    if facts.bank.is_empty() && left.is_empty() {
        return None;
    }
    let sum = |banks: &[Banked]| banks.iter().map(|bank| bank.amount).sum();
    Some(Bank {
        unit: taken.unit,
        taken: taken.amount,
        sent: sent.to(taken.unit)?.amount,
        before: sum(&facts.bank),
        after: sum(&left),
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::period::Period;
    use crate::domain::rates::carried::Carried;
    use crate::domain::rates::facts::{Facts, Measured};

    fn kwh(name: &'static str, amount: i64) -> Measured {
        Measured {
            name: name.into(),
            amount: Decimal::from(amount),
            unit: Unit::Kwh,
        }
    }

    fn banked(amount: i64) -> Banked {
        Banked {
            name: "net_kwh".into(),
            amount: Decimal::from(amount),
        }
    }

    fn october() -> Facts {
        let first = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
        Facts::of(Period::new(first(10), first(11)).unwrap())
    }

    #[test]
    fn a_bank_is_told_before_and_after() {
        let mut facts = october();
        facts.measured = vec![kwh("delivered", 200), kwh("received", 550)];
        facts.bank = vec![banked(512)];
        let left = Carried {
            bank: vec![banked(862)],
            ..Carried::default()
        };
        let bank = bank_of(&Working::of(&facts, Vec::new()).leaving(&left)).unwrap();
        let told = [bank.taken, bank.sent, bank.before, bank.after];
        assert_eq!(told, [200, 550, 512, 862].map(Decimal::from));
    }

    #[test]
    fn a_meter_that_counts_one_way_has_none() {
        let mut facts = october();
        facts.measured = vec![kwh("usage", 200)];
        assert!(bank_of(&Working::of(&facts, Vec::new())).is_none());
    }
}
