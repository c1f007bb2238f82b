//! Which winter months stand behind a winter average, as a bill tells them.

use chrono::NaiveDate;

use crate::domain::quantity::Quantity;
use crate::domain::rates::quantities::Step;
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::rates::unit_of;
use crate::domain::rates::working::Working;

/// What was used in the months of the past winter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WinterMonths {
    /// The first and the last day of each billed period, oldest first, with what was used.
    pub months: Vec<(NaiveDate, NaiveDate, Quantity)>,
    /// Whether they are as many as the average takes; else what the schedule says of newcomers counts.
    pub is_enough: bool,
}

/// The winter months that a bill kept for the average of its schedule; nothing where the schedule works out none.
#[must_use]
pub fn winter_months(schedule: &RateSchedule, working: &Working) -> Option<WinterMonths> {
    let mut steps = schedule.quantities.values().flat_map(|rule| &rule.steps);
    let winter = steps.find_map(|step| {
        if let Step::WinterAverage(winter) = step {
            Some(winter)
        } else {
            None
        }
    })?;
    let history = working.facts(Vec::new()).history;
    let mut months: Vec<(NaiveDate, NaiveDate, Quantity)> = history
        .into_iter()
        .filter_map(|past| {
            let (amount, unit) = (past.amount, unit_of(schedule, &past.name)?);
            let last = past.period.until.pred_opt()?;
            Some((past.period.from, last, Quantity { amount, unit }))
        })
        .collect();
    months.sort_by_key(|(from, ..)| *from);
    let least = usize::try_from(winter.least_periods.unwrap_or(1)).unwrap_or(usize::MAX);
    Some(WinterMonths {
        is_enough: months.len() >= least,
        months,
    })
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;
    use serde_json::json;

    use super::*;
    use crate::domain::period::Period;
    use crate::domain::quantity::Unit;
    use crate::domain::rates::facts::PastUse;
    use crate::domain::rates::tests::{charge, day, document, facts};

    #[test]
    fn the_months_of_an_average_are_told_in_order_and_whether_they_are_enough() {
        let sewer = document(&json!({
            "measures": {"usage": "gal"},
            "quantities": {"flow": {"of": "usage", "unit": "kgal", "steps": [
                {"winter-average": {"months": [12, 1, 2], "new_from": 3, "least_periods": 2, "newcomer": "actual"}},
                {"convert-to": "kgal"}]}},
            "charges": [charge("flow", &json!({"usage": {"of": "flow", "rate": {"price": "5"}}}))],
        }));
        let past = |from, until, gallons: i64| PastUse {
            name: "usage".into(),
            period: Period {
                from: day(from),
                until: day(until),
            },
            amount: Decimal::from(gallons),
        };
        let mut june = facts("2026-06-01", 30, Decimal::ZERO);
        june.history = vec![
            past("2026-01-01", "2026-02-01", 4_100),
            past("2025-12-01", "2026-01-01", 3_900),
        ];
        let told = winter_months(&sewer, &Working::of(&june, Vec::new())).unwrap();
        let gallons = |amount: i64| Quantity {
            amount: Decimal::from(amount),
            unit: Unit::Gallon,
        };
        let wanted = [
            (day("2025-12-01"), day("2025-12-31"), gallons(3_900)),
            (day("2026-01-01"), day("2026-01-31"), gallons(4_100)),
        ];
        assert_eq!(told.months, wanted);
        assert!(told.is_enough);
        june.history.truncate(1);
        let told = winter_months(&sewer, &Working::of(&june, Vec::new())).unwrap();
        assert!(!told.is_enough);
    }
}
