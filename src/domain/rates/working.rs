//! What a bill keeps so that every line can be worked out again: the determinants, compactly, beside the immutable schedule version.
//!
//! A stored working has short keys and leaves out what is usual; a bill of five services keeps some 70 bytes a service. The full
//! working of a line, as shown to people, is worked out from it by [`explain`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::ids::RegisterId;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rates::carried::Carried;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::{
    Banked, CycleRange, Facts, GivenFactor, IntervalDay, Measured, Name, PastPeak, PastUse,
    YearToDate,
};
use crate::domain::rates::numbers::{Number, OutOfRange};
use crate::domain::rates::priced::PricedLine;
use crate::domain::rates::schedule::DatedNumber;

/// The determinants of one service's bill, as stored. Interval values stay with the reads; `reads` names their rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Working {
    /// The first day and the number of days.
    #[serde(rename = "p")]
    period: (NaiveDate, u32),
    /// The days of the span that it is a part of, where something about the account changed within it.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    of_days: Option<u32>,
    /// Which reads, by row.
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    reads: Vec<i64>,
    /// What was measured.
    #[serde(rename = "m", default, skip_serializing_if = "Vec::is_empty")]
    measured: Vec<Amount>,
    /// The cycle, where it is not monthly.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    cycle: Option<(u32, u32, u32)>,
    /// The class, where it is not residential.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    class: Option<String>,
    /// The meter's size.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    meter_size: Option<String>,
    /// The account's marks.
    #[serde(rename = "x", default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<String>,
    /// Earlier use: name, first day, days, amount.
    #[serde(rename = "h", default, skip_serializing_if = "Vec::is_empty")]
    history: Vec<(String, NaiveDate, u32, Number)>,
    /// Earlier peaks.
    #[serde(rename = "k", default, skip_serializing_if = "Vec::is_empty")]
    peaks: Vec<(String, NaiveDate, Number)>,
    /// What was in the banks.
    #[serde(rename = "b", default, skip_serializing_if = "BTreeMap::is_empty")]
    bank: BTreeMap<String, Number>,
    /// What the year came to before, in cents.
    #[serde(rename = "y", default, skip_serializing_if = "BTreeMap::is_empty")]
    year_to_date: BTreeMap<String, Money>,
    /// Factors from outside the schedule.
    #[serde(rename = "f", default, skip_serializing_if = "BTreeMap::is_empty")]
    factors: BTreeMap<String, Vec<(NaiveDate, Number)>>,
    /// Which days of intervals.
    #[serde(rename = "i", default, skip_serializing_if = "Vec::is_empty")]
    days: Vec<DaysUsed>,
    /// What the bill leaves to the next one.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    left: Option<Box<Left>>,
}

/// The days of intervals of one register that a bill used: those of the whole period, each in its first version but for the days listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaysUsed {
    /// The register.
    #[serde(rename = "g")]
    pub register: RegisterId,
    /// The first day, and how many days.
    #[serde(rename = "d")]
    pub days: (NaiveDate, u32),
    /// Days that a later version counted for: how many days after the first, and the version.
    #[serde(rename = "v", default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<(u32, i32)>,
}

impl DaysUsed {
    /// The days.
    #[must_use]
    pub fn period(&self) -> Period {
        span(self.days.0, self.days.1)
    }

    /// The version that counted for a day.
    #[must_use]
    pub fn version(&self, day: NaiveDate) -> i32 {
        let after = (day - self.days.0).num_days();
        let later = self
            .later
            .iter()
            .find(|(place, _)| i64::from(*place) == after);
        later.map_or(1, |(_, version)| *version)
    }
}

/// What a bill leaves to the next one, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Left {
    #[serde(rename = "b", default, skip_serializing_if = "BTreeMap::is_empty")]
    bank: BTreeMap<String, Number>,
    #[serde(rename = "y", default, skip_serializing_if = "BTreeMap::is_empty")]
    year_to_date: BTreeMap<String, Money>,
    #[serde(rename = "k", default, skip_serializing_if = "Vec::is_empty")]
    peaks: Vec<(String, NaiveDate, Number)>,
}

impl Working {
    /// The determinants of a bill and the rows of the reads they come from.
    #[must_use]
    pub fn of(facts: &Facts, reads: Vec<i64>) -> Self {
        let is_monthly = facts.cycle == CycleRange::MONTHLY;
        let dated = |values: &[DatedNumber]| {
            values
                .iter()
                .map(|dated| (dated.from, dated.value))
                .collect()
        };
        Self {
            period: (facts.period.from, facts.period.days()),
            of_days: facts.of_days,
            reads,
            measured: facts
                .measured
                .iter()
                .map(|given| Amount(given.clone()))
                .collect(),
            cycle: (!is_monthly).then_some((
                facts.cycle.least_days,
                facts.cycle.most_days,
                facts.cycle.months,
            )),
            class: (facts.class != "residential").then(|| facts.class.to_string()),
            meter_size: facts.meter_size.as_deref().map(str::to_owned),
            marks: facts.marks.iter().map(Name::to_string).collect(),
            history: facts
                .history
                .iter()
                .map(|past| {
                    (
                        past.name.to_string(),
                        past.period.from,
                        past.period.days(),
                        Number(past.amount),
                    )
                })
                .collect(),
            peaks: stored_peaks(&facts.peaks),
            bank: stored_bank(&facts.bank),
            year_to_date: stored_year(&facts.year_to_date),
            factors: facts
                .factors
                .iter()
                .map(|given| (given.name.to_string(), dated(&given.values)))
                .collect(),
            days: Vec::new(),
            left: None,
        }
    }

    /// The same, with the days of intervals that it rests on.
    #[must_use]
    pub fn resting_on(mut self, days: Vec<DaysUsed>) -> Self {
        self.days = days;
        self
    }

    /// The same, with what the bill leaves to the next one.
    #[must_use]
    pub fn leaving(mut self, carried: &Carried) -> Self {
        self.left = (!carried.is_empty()).then(|| {
            Box::new(Left {
                bank: stored_bank(&carried.bank),
                year_to_date: stored_year(&carried.year_to_date),
                peaks: stored_peaks(&carried.peaks),
            })
        });
        self
    }

    /// Whether two workings say the same, although they may rest on other versions of the same reads.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let without_sources = |working: &Self| Self {
            reads: Vec::new(),
            days: Vec::new(),
            ..working.clone()
        };
        without_sources(self) == without_sources(other)
    }

    /// The days of intervals that it rests on.
    #[must_use]
    pub fn days(&self) -> &[DaysUsed] {
        &self.days
    }

    /// What the bill leaves to the next one.
    #[must_use]
    pub fn carried(&self) -> Carried {
        let Some(left) = &self.left else {
            return Carried::default();
        };
        Carried {
            bank: banked(&left.bank),
            year_to_date: years(&left.year_to_date),
            peaks: past_peaks(&left.peaks),
        }
    }

    /// The days billed.
    #[must_use]
    pub fn period(&self) -> Period {
        span(self.period.0, self.period.1)
    }

    /// Whether it bills a part of a span in which something about the account changed.
    #[must_use]
    pub const fn is_part(&self) -> bool {
        self.of_days.is_some()
    }

    /// What was measured.
    pub fn measured(&self) -> impl Iterator<Item = &Measured> {
        self.measured.iter().map(|amount| &amount.0)
    }

    /// The rows of the reads.
    #[must_use]
    pub fn reads(&self) -> &[i64] {
        &self.reads
    }

    /// The facts again, with the interval values that the reads name.
    #[must_use]
    pub fn facts(&self, intervals: Vec<IntervalDay>) -> Facts {
        let mut facts = Facts::of(span(self.period.0, self.period.1));
        facts.of_days = self.of_days;
        if let Some((least_days, most_days, months)) = self.cycle {
            facts.cycle = CycleRange {
                least_days,
                most_days,
                months,
            };
        }
        if let Some(class) = &self.class {
            facts.class = class.clone().into();
        }
        facts.meter_size = self.meter_size.clone().map(Name::from);
        facts.marks = self.marks.iter().cloned().map(Name::from).collect();
        facts.measured = self
            .measured
            .iter()
            .map(|amount| amount.0.clone())
            .collect();
        facts.intervals = intervals;
        for (name, from, days, amount) in &self.history {
            let period = span(*from, *days);
            facts.history.push(PastUse {
                name: name.clone().into(),
                period,
                amount: amount.0,
            });
        }
        facts.peaks = past_peaks(&self.peaks);
        facts.bank = banked(&self.bank);
        facts.year_to_date = years(&self.year_to_date);
        for (name, values) in &self.factors {
            let values = values
                .iter()
                .map(|(from, value)| DatedNumber {
                    from: *from,
                    value: *value,
                })
                .collect();
            facts.factors.push(GivenFactor {
                name: name.clone().into(),
                values,
            });
        }
        facts
    }
}

fn stored_bank(bank: &[Banked]) -> BTreeMap<String, Number> {
    let entry = |bank: &Banked| (bank.name.to_string(), Number(bank.amount));
    bank.iter().map(entry).collect()
}

fn banked(stored: &BTreeMap<String, Number>) -> Vec<Banked> {
    let bank = |(name, amount): (&String, &Number)| Banked {
        name: name.clone().into(),
        amount: amount.0,
    };
    stored.iter().map(bank).collect()
}

fn stored_year(entries: &[YearToDate]) -> BTreeMap<String, Money> {
    let entry = |entry: &YearToDate| (entry.code.to_string(), entry.billed);
    entries.iter().map(entry).collect()
}

fn years(stored: &BTreeMap<String, Money>) -> Vec<YearToDate> {
    let entry = |(code, billed): (&String, &Money)| YearToDate {
        code: code.clone().into(),
        billed: *billed,
    };
    stored.iter().map(entry).collect()
}

fn stored_peaks(peaks: &[PastPeak]) -> Vec<(String, NaiveDate, Number)> {
    let entry = |peak: &PastPeak| (peak.name.to_string(), peak.on, Number(peak.amount));
    peaks.iter().map(entry).collect()
}

fn past_peaks(stored: &[(String, NaiveDate, Number)]) -> Vec<PastPeak> {
    let peak = |(name, on, amount): &(String, NaiveDate, Number)| PastPeak {
        name: name.clone().into(),
        on: *on,
        amount: amount.0,
    };
    stored.iter().map(peak).collect()
}

/// A measured amount, stored as `usage=7125 gal`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Amount(Measured);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!(
            "{}={} {}",
            self.0.name, self.0.amount, self.0.unit
        ))
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let (name, rest) = text
            .rsplit_once('=')
            .ok_or_else(|| D::Error::custom("a measured amount has no ="))?;
        let (amount, unit) = rest
            .split_once(' ')
            .ok_or_else(|| D::Error::custom("a measured amount has no unit"))?;
        let Number(amount) = amount.parse().map_err(D::Error::custom)?;
        let unit: Unit = unit.parse().map_err(D::Error::custom)?;
        Ok(Self(Measured {
            name: name.to_owned().into(),
            amount,
            unit,
        }))
    }
}

fn span(from: NaiveDate, days: u32) -> Period {
    let until = from
        .checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(NaiveDate::MAX);
    Period { from, until }
}

/// The full working of a line, for people: how its amount comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineWorking<'a> {
    /// The schedule's code.
    pub schedule: &'a str,
    /// Its version.
    pub version: u32,
    /// The charge's code.
    pub charge: &'a str,
    /// The first day of the slice.
    pub from: NaiveDate,
    /// The slice's days.
    pub days: u32,
    /// The days of the period, or of the span that it is a part of.
    pub of_days: u32,
    /// How many units, divided out.
    pub quantity: Decimal,
    /// The price of so many units.
    pub price: Decimal,
    /// How many units the price is for.
    pub per_units: Decimal,
    /// The amount before rounding.
    pub unrounded: Decimal,
    /// The amount.
    pub amount: Money,
}

/// How a line's amount comes about.
///
/// # Errors
/// `OutOfRange` where a quantity cannot be divided out.
pub fn explain<'a>(
    versions: &'a [CompiledVersion],
    facts: &Facts,
    line: &PricedLine,
) -> Result<LineWorking<'a>, OutOfRange> {
    let version = versions.get(usize::from(line.version)).ok_or(OutOfRange)?;
    let charge = version.charge(line.charge).ok_or(OutOfRange)?;
    Ok(LineWorking {
        schedule: &version.document().code,
        version: version.document().version,
        charge: &charge.charge.code,
        from: line.slice.from,
        days: line.slice.days(),
        of_days: facts.whole_days(),
        quantity: line.quantity.divided()?,
        price: line.price,
        per_units: line.per_units,
        unrounded: line.unrounded.divided()?,
        amount: line.amount,
    })
}
