//! A published schedule made ready for pricing: names are resolved to places, calendars to tables, blocks to ceilings.
//!
//! A version is compiled once and priced from many times; pricing builds no text and copies no document.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::quantity::Unit;
use crate::domain::rates::calendars::{Holidays, Season};
use crate::domain::rates::numbers::{Days, Rounding};
use crate::domain::rates::quantities::Newcomer;
use crate::domain::rates::schedule::{
    Charge, Counted, DatedNumber, Per, ProrateWhen, RateSchedule, Words,
};

/// One version of a schedule, ready for pricing.
#[derive(Debug, Clone)]
pub struct CompiledVersion {
    pub(super) document: Arc<RateSchedule>,
    pub(super) measures: Vec<Measure>,
    /// In an order in which each stands after those it needs.
    pub(super) rules: Vec<Rule>,
    pub(super) factors: Vec<Factor>,
    pub(super) calendars: Vec<CalendarTable>,
    pub(super) charges: Vec<CompiledCharge>,
    pub(super) when: ProrateWhen,
    pub(super) standard_days: Days,
}

impl CompiledVersion {
    /// The document it was compiled from.
    #[must_use]
    pub fn document(&self) -> &Arc<RateSchedule> {
        &self.document
    }

    /// The first day it is in force.
    #[must_use]
    pub fn effective_from(&self) -> NaiveDate {
        self.document.effective_from
    }

    /// The same prices, in force from another day: what they would come to then.
    #[must_use]
    pub(super) fn in_force_from(&self, day: NaiveDate) -> Self {
        let mut document = RateSchedule::clone(&self.document);
        document.effective_from = day;
        Self {
            document: Arc::new(document),
            ..self.clone()
        }
    }

    /// The charge at a place in the document, with the fund and account its lines are posted to.
    #[must_use]
    pub fn charge(&self, place: u16) -> Option<ChargeView<'_>> {
        let place = usize::from(place);
        let charge = self.document.charges.get(place)?;
        let compiled = self.charges.get(place)?;
        Some(ChargeView {
            charge,
            fund: &compiled.fund,
            gl: &compiled.gl,
        })
    }
}

/// What a bill and the ledger need to know of a charge.
#[derive(Debug, Clone, Copy)]
pub struct ChargeView<'a> {
    /// The charge as written.
    pub charge: &'a Charge,
    /// The fund its lines belong to.
    pub fund: &'a str,
    /// The general-ledger account they are posted to.
    pub gl: &'a str,
}

/// The words in a language, else in English, else any.
#[must_use]
pub fn in_language<'a>(words: &'a Words, language: &str) -> &'a str {
    words
        .get(language)
        .or_else(|| words.get("en"))
        .or_else(|| words.values().next())
        .map_or("", String::as_str)
}

/// Something meters and counts supply.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub name: String,
    pub unit: Unit,
    /// The measure whose intervals it is the peak of.
    pub peak_of: Option<usize>,
}

/// A measure or a quantity, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuantityId {
    Measure(usize),
    Rule(usize),
}

#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub name: String,
    pub of: QuantityId,
    pub unit: Unit,
    pub steps: Vec<CompiledStep>,
}

#[derive(Debug, Clone)]
pub(super) enum CompiledStep {
    Times(Decimal),
    DivideBy(Decimal),
    TimesFactor(usize),
    TimesQuantity(QuantityId),
    Convert {
        times: Decimal,
        over: Decimal,
    },
    DivideByQuantity(QuantityId),
    Add(Decimal),
    Plus(QuantityId),
    Minus(QuantityId),
    AtLeast(Decimal),
    AtMost(Decimal),
    GreaterOf(QuantityId),
    LesserOf(QuantityId),
    Round {
        to: Decimal,
        mode: Rounding,
    },
    WinterAverage(Box<CompiledWinter>),
    NetMetering {
        received: QuantityId,
        true_up: Option<u32>,
    },
    TrueUpSurplus {
        received: QuantityId,
        true_up: u32,
        bank: String,
    },
}

impl CompiledStep {
    /// Whether it needs nothing but numbers, so that it can be carried out on earlier use too.
    pub const fn is_by_number(&self) -> bool {
        matches!(
            self,
            Self::Times(_)
                | Self::DivideBy(_)
                | Self::Convert { .. }
                | Self::Add(_)
                | Self::AtLeast(_)
                | Self::AtMost(_)
                | Self::Round { .. }
        )
    }
}

#[derive(Debug, Clone)]
pub(super) struct CompiledWinter {
    /// Whether a month (1 to 12, at its place from 0) is a winter month.
    pub is_winter: [bool; 12],
    pub new_from: u32,
    pub normal_days: Option<Days>,
    pub least_periods: usize,
    pub newcomer: Newcomer,
    /// The names under which past use may be given: that of what the quantity starts from, then, as far as numbers alone lead there, that
    /// of what this starts from, and so on.
    pub history: Vec<PastName>,
}

/// A name under which past use may be given.
#[derive(Debug, Clone)]
pub(super) struct PastName {
    pub name: String,
    /// The unit in which it is given.
    pub unit: Unit,
    /// What the present use goes through from there to the average.
    pub steps: Vec<CompiledStep>,
}

impl CompiledWinter {
    /// Whether a day lies in a winter month.
    pub fn is_winter(&self, day: NaiveDate) -> bool {
        usize::try_from(day.month0())
            .ok()
            .and_then(|month| self.is_winter.get(month))
            .is_some_and(|is_winter| *is_winter)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Factor {
    pub name: String,
    pub values: Vec<DatedNumber>,
}

/// Every hour of a week in each month, and the period it belongs to.
#[derive(Debug, Clone)]
pub(super) struct CalendarTable {
    pub holidays: Holidays,
    /// The places of periods by month, class of day and hour.
    pub periods: [[[u8; 24]; 4]; 12],
    /// The periods' names, by place.
    pub names: Vec<String>,
}

impl CalendarTable {
    /// The periods of one day's hours.
    pub fn day(&self, day: NaiveDate) -> Option<&[u8; 24]> {
        let month = usize::try_from(day.month0()).ok()?;
        self.periods
            .get(month)?
            .get(self.holidays.class_of(day).place())
    }
}

#[derive(Debug, Clone)]
pub(super) struct CompiledCharge {
    pub season: Option<Season>,
    pub prorate: bool,
    pub how: CompiledHow,
    pub fund: String,
    pub gl: String,
}

impl CompiledCharge {
    /// Whether it is worked out from other charges' lines.
    pub const fn is_derived(&self) -> bool {
        matches!(
            self.how,
            CompiledHow::Percent { .. } | CompiledHow::Bound(_)
        )
    }
}

#[derive(Debug, Clone)]
pub(super) enum CompiledHow {
    Fixed {
        amount: Amount,
        per: Per,
        times: Option<QuantityId>,
    },
    Usage {
        of: QuantityId,
        rate: CompiledRate,
    },
    TimeOfUse {
        calendar: usize,
        of: usize,
        received: Option<usize>,
        periods: Vec<CompiledPeriod>,
    },
    Demand {
        of: QuantityId,
        rate: CompiledRate,
        ratchet: Option<Box<CompiledRatchet>>,
        at_least: Decimal,
    },
    TimeOfUseDemand {
        calendar: usize,
        of: usize,
        periods: Vec<CompiledPeriod>,
    },
    Percent {
        percent: Price,
        of: Vec<u16>,
    },
    Bound(CompiledBound),
}

/// A fixed amount, by whatever decides it.
#[derive(Debug, Clone)]
pub(super) enum Amount {
    Flat(Decimal),
    Factor(usize),
    ByMeterSize(Vec<(String, Decimal)>),
}

/// A price or percentage that is written down or dated.
#[derive(Debug, Clone, Copy)]
pub(super) enum Price {
    Flat(Decimal),
    Factor(usize),
}

#[derive(Debug, Clone)]
pub(super) struct CompiledRate {
    pub prices: Prices,
    pub per_units: Decimal,
    pub per: Per,
    pub times: Option<QuantityId>,
    pub counted: Counted,
}

#[derive(Debug, Clone)]
pub(super) enum Prices {
    One(Price),
    Blocks(Vec<CompiledBlock>),
}

/// A block up to its ceiling.
#[derive(Debug, Clone, Copy)]
pub(super) struct CompiledBlock {
    /// Where it ends, counted from zero; the last has no end.
    pub ceiling: Option<Decimal>,
    pub price: Decimal,
    /// Its place in the document; the free units before the first block have none.
    pub place: Option<u8>,
}

#[derive(Debug, Clone)]
pub(super) struct CompiledPeriod {
    /// Its place in the calendar's names.
    pub period: u8,
    pub register: Option<usize>,
    pub received_register: Option<usize>,
    pub rate: CompiledRate,
    /// The name its bank goes by: charge code and period.
    pub bank: String,
}

#[derive(Debug, Clone)]
pub(super) struct CompiledRatchet {
    /// The percentage by the month of the bill.
    pub percent: [Decimal; 12],
    pub months: u32,
    pub counts: [bool; 12],
    /// The name under which earlier peaks are given.
    pub peaks_of: String,
}

#[derive(Debug, Clone)]
pub(super) struct CompiledBound {
    pub is_minimum: bool,
    pub amount: Amount,
    pub per: Per,
    pub times: Option<QuantityId>,
    pub of: Vec<u16>,
    pub settles: u32,
}
