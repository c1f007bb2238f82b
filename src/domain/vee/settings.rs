//! The thresholds of VEE: a policy that staff set for each commodity. The defaults are those of rules §3.4.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};

/// The thresholds for each metered commodity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VeeSettings {
    /// Water, and what is measured by it.
    pub water: Limits,
    /// Electric.
    pub electric: Limits,
    /// Gas.
    pub gas: Limits,
}

/// The thresholds for one commodity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Usage below this percent of the expected is flagged.
    pub warn_low_percent: Decimal,
    /// Usage above this percent of the expected is flagged.
    pub warn_high_percent: Decimal,
    /// But only where the difference is more than this.
    pub warn_difference: Quantity,
    /// Usage above this percent of the expected is held: read again.
    pub force_high_percent: Decimal,
    /// Usage without an active service is flagged from here on.
    pub inactive_usage: Quantity,
    /// More estimates in a row than this are flagged.
    pub most_estimates_in_a_row: u32,
    /// Fewest days between two reads that pass without a flag.
    pub fewest_days: u32,
    /// Most days between two reads that pass without a flag.
    pub most_days: u32,
    /// The most that one hour is believed to deliver.
    pub most_per_hour: Quantity,
    /// Intervals may differ from their register by this percent.
    pub sum_check_percent: Decimal,
    /// And by this much in any case.
    pub sum_check_difference: Quantity,
    /// A register at rest may tremble by this much.
    pub tremble: Quantity,
    /// Gaps of interval values up to so many minutes are filled from their neighbors.
    pub fill_minutes: u32,
    /// Gaps longer than so many hours are shown to a person.
    pub long_gap_hours: u32,
}

impl VeeSettings {
    /// The thresholds for a commodity; those without a meter of their own follow water.
    #[must_use]
    pub const fn limits(&self, commodity: Commodity) -> &Limits {
        match commodity {
            Commodity::Electric => &self.electric,
            Commodity::Gas => &self.gas,
            Commodity::Water
            | Commodity::Sewer
            | Commodity::Stormwater
            | Commodity::Refuse
            | Commodity::Other => &self.water,
        }
    }
}

impl Default for VeeSettings {
    /// The set that ships: warn below 50 % or above 200 % of expected where the difference exceeds 3 kgal, 300 kWh or 30 therms; hold
    /// above 500 %; more than two estimates in a row; 26 to 35 days.
    fn default() -> Self {
        let of = |unit: Unit| {
            move |amount: i64| Quantity {
                amount: Decimal::from(amount),
                unit,
            }
        };
        let (gallons, kwh, therms) = (of(Unit::Gallon), of(Unit::Kwh), of(Unit::Therm));
        let shared =
            |difference: Quantity, inactive: Quantity, most: Quantity, slack: Quantity| Limits {
                warn_low_percent: Decimal::from(50),
                warn_high_percent: Decimal::from(200),
                warn_difference: difference,
                force_high_percent: Decimal::from(500),
                inactive_usage: inactive,
                most_estimates_in_a_row: 2,
                fewest_days: 26,
                most_days: 35,
                most_per_hour: most,
                sum_check_percent: Decimal::ONE,
                sum_check_difference: slack,
                tremble: Quantity {
                    amount: Decimal::ZERO,
                    unit: slack.unit,
                },
                fill_minutes: 120,
                long_gap_hours: 24,
            };
        let mut water = shared(gallons(3_000), gallons(1_000), gallons(10_000), gallons(10));
        water.tremble = gallons(5);
        Self {
            water,
            electric: shared(kwh(300), kwh(1), kwh(2_000), kwh(1)),
            gas: shared(therms(30), therms(1), therms(100), therms(1)),
        }
    }
}

impl Limits {
    /// A threshold in the unit of a register. A therm counts as a hundred cubic feet of gas here: a bill's thermal factor differs from that
    /// by a few percent, which is near enough to ask a person. `None` where nothing joins the two units, and then the check is left out.
    #[must_use]
    pub fn amount(threshold: Quantity, unit: Unit) -> Option<Decimal> {
        let near = |quantity: Quantity| match (quantity.unit, unit) {
            (Unit::Therm, _) => Quantity {
                unit: Unit::Ccf,
                ..quantity
            }
            .to(unit),
            (_, Unit::Therm) => quantity.to(Unit::Ccf),
            _ => None,
        };
        let exact = threshold.to(unit).or_else(|| near(threshold));
        exact.map(|quantity| quantity.amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_in_therms_holds_for_a_meter_that_counts_gas() {
        let therms = Quantity {
            amount: Decimal::from(30),
            unit: Unit::Therm,
        };
        let of = |unit| Limits::amount(therms, unit);
        assert_eq!(of(Unit::Ccf), Some(Decimal::from(30)));
        assert_eq!(of(Unit::Therm), Some(Decimal::from(30)));
        assert_eq!(of(Unit::CubicFoot), Some(Decimal::from(3_000)));
        assert_eq!(of(Unit::Kwh), None);
    }

    #[test]
    fn settings_travel_as_a_document() {
        let settings = VeeSettings::default();
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(
            serde_json::from_str::<VeeSettings>(&text).unwrap(),
            settings
        );
    }
}
