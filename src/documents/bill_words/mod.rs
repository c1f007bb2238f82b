//! What a line of a bill is called and how it comes about, in the customer's language: the same words on the page and on paper.

mod price_hours;

use rust_decimal::Decimal;

use crate::domain::bill_paper::PaperEntry;
use crate::domain::customers::Language;
use crate::domain::deposits::DepositStep;
use crate::domain::money::Money;
use crate::domain::quantity::Unit;
use crate::domain::rates::converted::Converted;
use crate::domain::rates::origins::{Origin, rates};
use crate::domain::rates::quantities::Step;
use crate::domain::rates::schedule::{
    self, Charge, How, PercentKind, PeriodRate, Rate, RateSchedule,
};
use crate::domain::rates::unit_of;
use crate::domain::why::Nature;
use crate::i18n::Words;

/// What moved the balance before a bill, with its day: a deposit says so by name, because it is no charge, and when it is to be paid.
#[must_use]
pub fn moved(t: Words, entry: &PaperEntry) -> String {
    let what = match (entry.deposit, entry.due_on) {
        (Some(DepositStep::Asked), Some(due_on)) => return t.bill_deposit(entry.on, due_on),
        (Some(step), _) => t.deposit_step(step.as_str()),
        (None, _) => t.entry_kind(entry.kind.word(entry.source_id)),
    };
    format!("{what} {}", t.day(entry.on))
}

/// A bill's line, found again in the version of the schedule that priced it.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    origin: &'a Origin,
    charge: &'a Charge,
}

impl<'a> Place<'a> {
    /// The charge that a line comes from, with its block and its time-of-use period.
    #[must_use]
    pub fn at(origin: &'a Origin) -> Option<Self> {
        let charge = origin.document.charges.get(origin.charge)?;
        Some(Self { origin, charge })
    }

    fn rate(&self) -> Option<&'a Rate> {
        let (rates, _) = rates(&self.charge.how);
        rates
            .into_iter()
            .nth(self.origin.period.unwrap_or_default())
    }

    /// The charge's code, the same in every version.
    #[must_use]
    pub fn code(&self) -> &'a str {
        &self.charge.code
    }

    /// Which part of the charge it is, the same in every version: the time-of-use period by its name, the block by its place.
    #[must_use]
    pub fn part(&self) -> String {
        let period = self.period().map(|rate| format!("/{}", rate.period));
        let block = self.origin.block.map(|place| format!("/{place}"));
        format!(
            "{}{}",
            period.unwrap_or_default(),
            block.unwrap_or_default()
        )
    }

    /// The time-of-use period that it is for, where its charge has any.
    fn period(&self) -> Option<&'a PeriodRate> {
        let periods = match &self.charge.how {
            How::TimeOfUse(by_time) => &by_time.periods,
            How::TimeOfUseDemand(by_time) => &by_time.periods,
            How::Fixed(_)
            | How::Usage(_)
            | How::Demand(_)
            | How::Percent(_)
            | How::Minimum(_)
            | How::Maximum(_) => return None,
        };
        periods.get(self.origin.period?)
    }

    /// What kind of charge it is.
    #[must_use]
    pub fn nature(&self) -> Nature {
        match &self.charge.how {
            How::Fixed(fixed) if fixed.times.is_some() => Nature::Counted,
            How::Fixed(_) => Nature::Fixed,
            How::Percent(_) => Nature::Percent,
            How::Minimum(_) | How::Maximum(_) => Nature::Following,
            How::Demand(_) | How::TimeOfUseDemand(_) => Nature::Demand,
            How::Usage(_) | How::TimeOfUse(_) => {
                if self.rate().is_some_and(|rate| rate.factor.is_some()) {
                    Nature::Rider
                } else {
                    Nature::Usage
                }
            }
        }
    }

    /// Whether the line is a tax or a fee collected for somebody else.
    #[must_use]
    pub fn is_collected(&self) -> bool {
        matches!(&self.charge.how, How::Percent(percent) if matches!(percent.kind, PercentKind::Tax | PercentKind::FranchiseFee))
    }

    /// Whether its price is a percentage.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        matches!(self.charge.how, How::Percent(_))
    }

    /// Whether it is an amount for the bill, the month or the day.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        matches!(self.charge.how, How::Fixed(_))
    }

    /// Whether it makes up a minimum or takes off what goes over a cap.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        matches!(self.charge.how, How::Minimum(_) | How::Maximum(_))
    }

    /// Whether the price is for power rather than for what was used.
    #[must_use]
    pub fn is_demand(&self) -> bool {
        matches!(self.charge.how, How::Demand(_) | How::TimeOfUseDemand(_))
    }

    /// How many units a price is for.
    #[must_use]
    pub fn per_units(&self) -> Decimal {
        self.rate()
            .and_then(|rate| rate.per_units.as_ref())
            .map_or(Decimal::ONE, |per| per.0)
    }

    /// The price of one unit of its quantity, or what a percentage takes of a dollar; nothing where the line is no quantity at a price.
    #[must_use]
    pub fn price_of_one(&self, price: Decimal) -> Option<Decimal> {
        match &self.charge.how {
            How::Percent(_) => price.checked_div(Decimal::ONE_HUNDRED),
            How::Minimum(_) | How::Maximum(_) => None,
            How::Fixed(_)
            | How::Usage(_)
            | How::TimeOfUse(_)
            | How::Demand(_)
            | How::TimeOfUseDemand(_) => price.checked_div(self.per_units()),
        }
    }

    /// Whether more days mean more of what is priced: an average of the winter or a cap does not grow with them.
    #[must_use]
    pub fn is_daily(&self) -> bool {
        self.of().is_none_or(|of| grows(&self.origin.document, of))
    }

    /// The unit that its quantity is counted in.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        unit_of(&self.origin.document, self.of()?)
    }

    /// The name of the quantity that is priced.
    fn of(&self) -> Option<&'a str> {
        self.origin.quantity()
    }

    /// What the quantity is, in the schedule's words, where it is not just what the meter counted: a winter average, an allowance.
    #[must_use]
    pub fn basis(&self, language: Language) -> Option<String> {
        let rule = self.origin.document.quantities.get(self.of()?)?;
        let is_counted = |step: &Step| matches!(step, Step::ConvertTo(_) | Step::Round(_));
        let is_told = !rule.steps.iter().all(is_counted) && !rule.label.is_empty();
        is_told.then(|| said(&rule.label, language))
    }

    /// When its price counts, where it is one of a time-of-use calendar.
    #[must_use]
    pub fn hours(&self, t: Words) -> Option<String> {
        let calendar = match &self.charge.how {
            How::TimeOfUse(by_time) => &by_time.calendar,
            How::TimeOfUseDemand(by_time) => &by_time.calendar,
            _ => return None,
        };
        let calendar = self.origin.document.calendars.get(calendar)?;
        Some(price_hours::in_words(t, calendar, &self.period()?.period))
    }

    /// What the bill calls the line: the block's words, else the time-of-use period's, else the charge's.
    #[must_use]
    pub fn label(&self, language: Language) -> String {
        let blocks = self
            .rate()
            .map(|rate| rate.blocks.as_slice())
            .unwrap_or_default();
        let block = self
            .origin
            .block
            .and_then(|block| blocks.get(block))
            .map(|block| &block.label);
        let period = self.period().map(|period| &period.label);
        let own = [block, period]
            .into_iter()
            .flatten()
            .find(|words| !words.is_empty());
        said(own.unwrap_or(&self.charge.label), language)
    }
}

/// Whether a quantity goes by what was measured alone, as far as it is only converted, multiplied and rounded.
fn grows(document: &RateSchedule, name: &str) -> bool {
    let Some(rule) = document.quantities.get(name) else {
        return true;
    };
    let is_plain = |step: &Step| {
        matches!(
            step,
            Step::Times(_)
                | Step::DivideBy(_)
                | Step::TimesFactor(_)
                | Step::ConvertTo(_)
                | Step::Round(_)
        )
    };
    // Within a quantity's own rule its name means the measure.
    rule.steps.iter().all(is_plain) && (rule.of == name || grows(document, &rule.of))
}

/// Words of a schedule in a language, else in the first it has.
#[must_use]
pub fn said(words: &schedule::Words, language: Language) -> String {
    let tag = match language {
        Language::English => "en",
        Language::Spanish => "es",
    };
    words
        .get(tag)
        .or_else(|| words.values().next())
        .cloned()
        .unwrap_or_default()
}

/// A line's quantity and price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// How many units.
    pub quantity: Option<Decimal>,
    /// At what price.
    pub price: Option<Decimal>,
}

/// A line in words: "320 kWh at $0.10452 each", "5% of $84.10", "1 month".
#[must_use]
pub fn counted(t: Words, line: Counted, place: Option<Place<'_>>) -> String {
    let (Some(quantity), Some(price)) = (line.quantity, line.price) else {
        return String::new();
    };
    let Some(place) = place else {
        return t.bill_line_times(t.number(rounded(quantity)), t.price(price));
    };
    if place.is_bound() {
        return t.bill_line_bound(t.price(price));
    }
    if place.is_percent() {
        let of = Money::from_charge(quantity).unwrap_or_default();
        return t.bill_line_percent(t.number(price), of);
    }
    if place.is_fixed() {
        let whole = quantity == Decimal::ONE;
        return if whole {
            String::new()
        } else {
            t.bill_line_share(t.number(rounded(quantity)), t.price(price))
        };
    }
    let unit = place
        .unit()
        .map_or_else(String::new, |unit| t.unit_priced(unit.as_str()));
    let per = place.per_units();
    let many = t.number(rounded(quantity));
    if per == Decimal::ONE {
        t.bill_line_used(many, unit, t.price(price))
    } else {
        t.bill_line_used_per(many, unit, t.price(price), t.number(per))
    }
}

/// A line in words, with what it came to before it was rounded to cents, where that is not the same. Where a charge was cut, its last line has
/// the cents by which the others miss the whole: that is said too.
#[must_use]
pub fn worked(t: Words, line: Counted, amount: Money, place: Option<Place<'_>>) -> String {
    let told = counted(t, line, place);
    let Some((place, exact)) = place.and_then(|place| Some((place, unrounded(line, place)?)))
    else {
        return told;
    };
    let shown = t.price(rounded(exact));
    let is_used = !(place.is_percent() || place.is_fixed());
    match Money::from_charge(exact) {
        Ok(own) if own == amount && is_used && exact.scale() > 2 => t.bill_line_exact(told, shown),
        Ok(own) if own != amount && (own - amount).abs() <= CENTS && !told.is_empty() => {
            t.bill_line_together(told, shown)
        }
        Ok(_) | Err(_) => told,
    }
}

/// By how much the last line of a charge that was cut differs from its own rounding at the most.
const CENTS: Money = Money::from_cents(3);

/// What a line comes to before it is rounded.
fn unrounded(line: Counted, place: Place<'_>) -> Option<Decimal> {
    if place.is_bound() {
        return None;
    }
    let per = if place.is_percent() {
        Decimal::ONE_HUNDRED
    } else {
        place.per_units()
    };
    let exact = line.quantity?.checked_mul(line.price?)?.checked_div(per)?;
    Some(exact.normalize())
}

/// What a measured factor made of what was used: "41 CCF × 1.027 = 42.11 therms".
#[must_use]
pub fn factor_applied(t: Words, converted: &Converted) -> String {
    let (from, into) = (converted.measured.unit, converted.counted.unit);
    let kind = if matches!(into, Unit::Therm | Unit::Dekatherm) {
        "heat"
    } else {
        "other"
    };
    t.bill_line_converted(
        t.number(rounded(converted.measured.amount)),
        t.unit_short(from.as_str()),
        t.number(rounded(converted.factor)),
        t.number(rounded(converted.counted.amount)),
        t.unit_short(into.as_str()),
        kind,
    )
}

/// For reading: four decimals tell a quantity.
fn rounded(quantity: Decimal) -> Decimal {
    quantity.round_dp_with_strategy(4, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::domain::rates::compile;

    /// Where the prices of a schedule with these time-of-use periods stand.
    fn parts(periods: &[&str]) -> Vec<String> {
        let prices = periods.iter().map(
            |period| json!({"period": period, "rate": {"price": "0.10"}, "label": {"en": period}}),
        );
        let prices: Vec<_> = prices.collect();
        let written = json!({
            "format": "mainstay-rate-schedule/1", "code": "T-1", "version": 1, "effective_from": "2026-01-01",
            "name": {"en": "Test"}, "service": "electric", "measures": {"usage": "kWh"},
            "calendars": {"week": {"otherwise": "off", "rules": [
                {"period": "on", "days": "weekdays", "hours": [{"from": 14, "until": 20}]},
                {"period": "night", "hours": [{"from": 0, "until": 5}]}]}},
            "charges": [{"code": "energy", "label": {"en": "Energy"},
                "how": {"time-of-use": {"calendar": "week", "of": "usage", "periods": prices}}}],
        });
        let document = Arc::new(compile::read(&written.to_string()).unwrap());
        let place = |period: usize| Origin {
            document: Arc::clone(&document),
            charge: 0,
            period: Some(period),
            block: None,
        };
        let origins = (0..periods.len()).map(place);
        origins
            .map(|origin| Place::at(&origin).unwrap().part())
            .collect()
    }

    #[test]
    fn a_time_of_use_period_is_the_same_part_wherever_a_version_lists_it() {
        assert_eq!(parts(&["on", "off"]), ["/on", "/off"]);
        assert_eq!(parts(&["night", "off", "on"]), ["/night", "/off", "/on"]);
    }
}
