//! The facts of one billing period, as a file that people can write. `src/domain/rates/README.md` explains it with examples.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Context, bail, ensure};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};

use crate::domain::distinct_keys;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rates::facts::{
    Banked, CycleRange, Facts, GivenFactor, IntervalDay, Measured, Name, PastPeak, PastUse,
    YearToDate,
};
use crate::domain::rates::numbers::Number;
use crate::domain::rates::schedule::{DatedNumber, RateSchedule};

/// What happened in one billing period of one service.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FactsFile {
    /// The days billed: the first day, and the first day after.
    period: PeriodFile,
    /// The cycle's normal length. Default: 26 to 35 days, one month.
    #[serde(default)]
    cycle: Option<CycleFile>,
    /// The account's class. Default: `residential`.
    #[serde(default)]
    class: Option<String>,
    /// The size of the meter, as the schedule writes it.
    #[serde(default)]
    meter_size: Option<String>,
    /// Marks on the account, such as `senior` or `tax-exempt`.
    #[serde(default)]
    marks: Vec<String>,
    /// What was measured or counted, by the schedule's names.
    #[serde(default)]
    measured: BTreeMap<String, MeasuredFile>,
    /// Interval values by day.
    #[serde(default)]
    intervals: Vec<IntervalFile>,
    /// Earlier use, for winter averages.
    #[serde(default)]
    history: Vec<HistoryFile>,
    /// Earlier peaks, for ratchets.
    #[serde(default)]
    peaks: Vec<PeakFile>,
    /// What earlier periods left in each bank.
    #[serde(default)]
    bank: BTreeMap<String, Number>,
    /// What the charges under a yearly bound came to in the year's earlier bills, by the bound's code.
    #[serde(default)]
    year_to_date: BTreeMap<String, Number>,
    /// Dated factors from outside the schedule.
    #[serde(default)]
    factors: BTreeMap<String, Vec<DatedNumber>>,
}

/// A span of days, half open.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `from` and `until`")]
struct PeriodFile {
    /// The first day.
    from: NaiveDate,
    /// The first day after.
    until: NaiveDate,
}

/// A cycle's normal length.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object with `least_days` and `most_days`"
)]
struct CycleFile {
    /// The fewest days of a normal period.
    least_days: u32,
    /// The most days of a normal period.
    most_days: u32,
    /// The months it stands for. Default: one.
    #[serde(default = "one")]
    months: u32,
}

const fn one() -> u32 {
    1
}

/// An amount: a number in the schedule's unit, or an amount with its unit, or two readings.
#[derive(Debug)]
struct MeasuredFile(AmountFile);

/// An amount with its unit, or two readings.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AmountFile {
    /// How much.
    #[serde(default)]
    amount: Option<Number>,
    /// The reading at the beginning.
    #[serde(default)]
    previous: Option<Number>,
    /// The reading at the end.
    #[serde(default)]
    present: Option<Number>,
    /// How many dials the register has: a reading above nine tenths of what they show, and then one below a tenth, has gone around once.
    #[serde(default)]
    dials: Option<u32>,
    /// What a step of the register stands for. Default: one.
    #[serde(default)]
    multiplier: Option<Number>,
    /// The unit. Default: the schedule's.
    #[serde(default)]
    unit: Option<Unit>,
}

impl<'de> Deserialize<'de> for MeasuredFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MeasuredVisitor)
    }
}

struct MeasuredVisitor;

impl<'de> Visitor<'de> for MeasuredVisitor {
    type Value = MeasuredFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number in quotation marks, or an object with `amount`, or with `previous` and `present`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<MeasuredFile, E> {
        let amount = text.parse().map_err(E::custom)?;
        Ok(MeasuredFile(AmountFile {
            amount: Some(amount),
            ..AmountFile::default()
        }))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<MeasuredFile, A::Error> {
        AmountFile::deserialize(MapAccessDeserializer::new(map)).map(MeasuredFile)
    }
}

impl JsonSchema for MeasuredFile {
    fn schema_name() -> Cow<'static, str> {
        "Measured".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (number, amount) = (
            generator.subschema_for::<Number>(),
            generator.subschema_for::<AmountFile>(),
        );
        schemars::json_schema!({ "anyOf": [number, amount] })
    }
}

/// The interval values of a measure on a day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object with `measure`, `day` and `values`"
)]
struct IntervalFile {
    /// The measure's name in the schedule.
    measure: String,
    /// The day.
    day: NaiveDate,
    /// The length of an interval in minutes. Default: 60.
    #[serde(default = "sixty")]
    minutes: u32,
    /// The amounts in time order.
    values: Vec<Number>,
}

const fn sixty() -> u32 {
    60
}

/// What a measure was in an earlier period.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object with `measure`, `from`, `until` and `amount`"
)]
struct HistoryFile {
    /// The measure's name in the schedule.
    measure: String,
    /// The first day.
    from: NaiveDate,
    /// The first day after.
    until: NaiveDate,
    /// How much.
    amount: Number,
}

/// The highest power of an earlier period.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object with `measure`, `on` and `amount`"
)]
struct PeakFile {
    /// The measure's name in the schedule.
    measure: String,
    /// The last day of the earlier period.
    on: NaiveDate,
    /// How much.
    amount: Number,
}

/// Reads facts.
///
/// # Errors
/// What is wrong with the text, and where.
pub(super) fn read(text: &str) -> anyhow::Result<FactsFile> {
    ensure!(
        text.trim_start().starts_with('{'),
        "facts are one object in braces, such as {{\"period\": …, \"measured\": …}}"
    );
    distinct_keys::check(text)?;
    Ok(serde_json::from_str(text)?)
}

impl FactsFile {
    /// The facts, with units of measures that name none taken from the versions of the schedule.
    pub(super) fn into_facts(self, versions: &[&RateSchedule]) -> anyhow::Result<Facts> {
        let period = period(self.period.from, self.period.until).context("period")?;
        let mut facts = Facts::of(period);
        if let Some(cycle) = self.cycle {
            ensure!(
                cycle.months > 0 && cycle.least_days <= cycle.most_days,
                "cycle: give at least one month, and rising days"
            );
            facts.cycle = CycleRange {
                least_days: cycle.least_days,
                most_days: cycle.most_days,
                months: cycle.months,
            };
        }
        if let Some(class) = self.class {
            facts.class = class.into();
        }
        facts.meter_size = self.meter_size.map(Name::from);
        facts.marks = self.marks.into_iter().map(Name::from).collect();
        measured(self.measured, versions, &mut facts)?;
        intervals(self.intervals, &mut facts);
        for past in self.history {
            let period = self::period(past.from, past.until).context("history")?;
            facts.history.push(PastUse {
                name: past.measure.into(),
                period,
                amount: past.amount.0,
            });
        }
        facts.peaks = self
            .peaks
            .into_iter()
            .map(|peak| PastPeak {
                name: peak.measure.into(),
                on: peak.on,
                amount: peak.amount.0,
            })
            .collect();
        facts.bank = self
            .bank
            .into_iter()
            .map(|(name, amount)| Banked {
                name: name.into(),
                amount: amount.0,
            })
            .collect();
        for (code, billed) in self.year_to_date {
            let billed =
                Money::from_charge(billed.0).with_context(|| format!("year_to_date.{code}"))?;
            facts.year_to_date.push(YearToDate {
                code: code.into(),
                billed,
            });
        }
        facts.factors = self
            .factors
            .into_iter()
            .map(|(name, values)| GivenFactor {
                name: name.into(),
                values,
            })
            .collect();
        Ok(facts)
    }
}

/// Adds what was measured, in the unit given or the schedule's.
fn measured(
    given_by_name: BTreeMap<String, MeasuredFile>,
    versions: &[&RateSchedule],
    facts: &mut Facts,
) -> anyhow::Result<()> {
    for (name, measured) in given_by_name {
        let given = measured.0;
        let mut units: Vec<Unit> = versions
            .iter()
            .filter_map(|version| version.measures.get(&name).copied())
            .collect();
        units.dedup();
        let unit = match (given.unit, units.as_slice()) {
            (_, []) => bail!("measured.{name}: the schedule has no such measure"),
            (Some(unit), _) => unit,
            (None, [unit]) => *unit,
            (None, _) => bail!("measured.{name}: the versions count in different units; name one"),
        };
        let amount = given.amount().with_context(|| format!("measured.{name}"))?;
        facts.measured.push(Measured {
            name: name.into(),
            amount,
            unit,
        });
    }
    Ok(())
}

fn intervals(days: Vec<IntervalFile>, facts: &mut Facts) {
    for day in days {
        let values = day.values.into_iter().map(|value| value.0).collect();
        facts.intervals.push(IntervalDay {
            name: day.measure.into(),
            day: day.day,
            minutes: day.minutes,
            values,
        });
    }
}

fn period(from: NaiveDate, until: NaiveDate) -> anyhow::Result<Period> {
    Period::new(from, until).with_context(|| format!("{until} comes before {from}"))
}

impl AmountFile {
    fn amount(&self) -> anyhow::Result<Decimal> {
        let multiplier = self
            .multiplier
            .map_or(Decimal::ONE, |multiplier| multiplier.0);
        ensure!(
            multiplier > Decimal::ZERO,
            "a multiplier is more than nothing"
        );
        let steps = match (self.amount, self.previous, self.present) {
            (Some(amount), None, None) => amount.0,
            (None, Some(previous), Some(present)) => between(previous.0, present.0, self.dials)?,
            (Some(_), Some(_) | None, Some(_) | None) | (None, Some(_) | None, Some(_) | None) => {
                bail!("give either `amount`, or both `previous` and `present`");
            }
        };
        steps
            .checked_mul(multiplier)
            .context("the number is too large")
    }
}

/// The steps of a register between two readings. A register that seems to have gone around was as a rule misread, so only one that was close
/// to its end and is now close to its beginning counts as that.
fn between(previous: Decimal, present: Decimal, dials: Option<u32>) -> anyhow::Result<Decimal> {
    let limit = dials.map(around).transpose()?;
    for (name, reading) in [("previous", previous), ("present", present)] {
        ensure!(
            reading >= Decimal::ZERO,
            "`{name}` is {reading}, and no register shows less than nothing"
        );
        ensure!(
            limit.is_none_or(|limit| reading < limit),
            "`{name}` is {reading}, which {} dials cannot show",
            dials.unwrap_or_default()
        );
    }
    let steps = present
        .checked_sub(previous)
        .context("the number is too large")?;
    if steps >= Decimal::ZERO {
        return Ok(steps);
    }
    let Some(limit) = limit else {
        bail!("`present` is below `previous`; give `dials` where it has gone around");
    };
    let tenth = limit / Decimal::TEN;
    ensure!(
        previous > limit - tenth && present < tenth,
        "`present` {present} is below `previous` {previous}: a register has gone around only from above {} to below {tenth}",
        limit - tenth
    );
    Ok(limit + steps)
}

/// Where a register with so many dials goes around.
fn around(dials: u32) -> anyhow::Result<Decimal> {
    let limit = 10_i64
        .checked_pow(dials)
        .filter(|_| (1..=12).contains(&dials))
        .context("a register has 1 to 12 dials")?;
    Ok(Decimal::from(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> Result<Decimal, String> {
        let file: MeasuredFile = serde_json::from_str(text).unwrap();
        file.0.amount().map_err(|error| error.to_string())
    }

    fn readings(previous: &str, present: &str, dials: &str) -> Result<Decimal, String> {
        steps(&format!(
            r#"{{"previous":"{previous}","present":"{present}"{dials}}}"#
        ))
    }

    #[test]
    fn only_from_close_to_its_end_to_close_to_its_beginning_has_a_register_gone_around() {
        let four = r#","dials":4"#;
        assert_eq!(readings("9001", "999", four), Ok(Decimal::from(1_998)));
        assert_eq!(readings("9000.5", "999.5", four), Ok(Decimal::from(1_999)));
        assert_eq!(readings("41200", "48750", ""), Ok(Decimal::from(7_550)));
        for (previous, present) in [("500", "499"), ("9000", "10"), ("9500", "1000")] {
            let error = readings(previous, present, four).unwrap_err();
            assert!(
                error.contains("only from above 9000 to below 1000"),
                "{error}"
            );
        }
    }

    #[test]
    fn a_reading_that_the_dials_cannot_show_is_refused() {
        let three = r#","dials":3"#;
        for (previous, present) in [("12345", "100"), ("100", "12345"), ("100", "1000")] {
            let error = readings(previous, present, three).unwrap_err();
            assert!(error.contains("3 dials cannot show"), "{error}");
        }
        for (previous, present) in [("-5", "3"), ("-5", "-3")] {
            let error = readings(previous, present, "").unwrap_err();
            assert!(error.contains("less than nothing"), "{error}");
        }
        assert!(readings("0", "0", r#","dials":0"#).is_err());
        assert!(readings("0", "0", r#","dials":13"#).is_err());
    }

    #[test]
    fn readings_too_large_to_reckon_with_are_refused() {
        let most = "79228162514264337593543950335";
        assert!(readings(&format!("-{most}"), most, "").is_err());
        let times = format!(r#","multiplier":"{most}""#);
        assert!(
            readings("0", most, &times)
                .unwrap_err()
                .contains("too large")
        );
    }

    #[test]
    fn facts_that_are_no_object_are_told_so() {
        for text in ["[]", "\"facts\"", " [1]"] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains("one object in braces"), "{error}");
        }
        let error = read(r#"{"period": []}"#).unwrap_err().to_string();
        assert!(
            error.contains("an object with `from` and `until`"),
            "{error}"
        );
    }
}
