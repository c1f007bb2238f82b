//! What a measured factor makes of what was used: the volume of gas that becomes heat, a loss that is added to energy.

use rust_decimal::Decimal;

use crate::domain::quantity::Quantity;
use crate::domain::rates::compiled::{CompiledStep, CompiledVersion, QuantityId};
use crate::domain::rates::determine::{determine, factor_over};
use crate::domain::rates::facts::Facts;

/// A measured quantity and what is priced of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Converted {
    /// What was measured.
    pub measured: Quantity,
    /// What one unit of it counts as; of a factor that changed in the period, each value by its days.
    pub factor: Decimal,
    /// What it counts as, rounded as the schedule rounds it.
    pub counted: Quantity,
}

/// How a quantity came out of a measure and a dated factor; nothing where it came about in another way.
pub(super) fn converted(version: &CompiledVersion, facts: &Facts, name: &str) -> Option<Converted> {
    let place = version.rules.iter().position(|rule| rule.name == name)?;
    let rule = version.rules.get(place)?;
    let QuantityId::Measure(measure) = rule.of else {
        return None;
    };
    let mut steps = rule.steps.iter();
    let Some(CompiledStep::TimesFactor(factor)) = steps.next() else {
        return None;
    };
    if !steps.all(|step| matches!(step, CompiledStep::Round { .. })) {
        return None;
    }
    let determined = determine(version, facts).ok()?;
    let amount = |id| determined.value(id)?.divided().ok();
    Some(Converted {
        measured: Quantity {
            amount: amount(rule.of)?,
            unit: version.measures.get(measure)?.unit,
        },
        factor: factor_over(version, facts, *factor).ok()?.divided().ok()?,
        counted: Quantity {
            amount: amount(QuantityId::Rule(place))?,
            unit: rule.unit,
        },
    })
}
