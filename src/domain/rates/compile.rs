//! Checks a schedule document and makes it ready for pricing. All that is wrong is reported at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::commodity::Commodity;
use crate::domain::distinct_keys;
use crate::domain::quantity::Unit;
use crate::domain::rates::calendars::{Calendar, DayClass};
use crate::domain::rates::compile_charges;
use crate::domain::rates::compile_quantities;
use crate::domain::rates::compiled::{
    CalendarTable, CompiledCharge, CompiledVersion, Factor, Measure, QuantityId,
};
use crate::domain::rates::numbers::Number;
use crate::domain::rates::problems::{DocumentError, Problem, What};
use crate::domain::rates::schedule::{DatedNumber, RateSchedule, Words};

/// Reads a schedule document from its JSON text.
///
/// # Errors
/// `Malformed` with line and column where the text is not of the documented form, or has a name twice.
pub fn read(text: &str) -> Result<RateSchedule, DocumentError> {
    distinct_keys::check(text)?;
    Ok(serde_json::from_str(text)?)
}

/// Checks a document and makes it ready for pricing.
///
/// # Errors
/// `Problems`, all of them, where names do not resolve, blocks do not rise, or the like.
pub fn compile(document: Arc<RateSchedule>) -> Result<CompiledVersion, DocumentError> {
    let mut compiler = Compiler::new(&document);
    compiler.check_heading();
    let rules = compile_quantities::rules(&mut compiler);
    let calendars = document
        .calendars
        .iter()
        .map(|(name, calendar)| compiler.calendar(name, calendar))
        .collect();
    let charges: Vec<CompiledCharge> = document
        .charges
        .iter()
        .enumerate()
        .map(|(place, charge)| compile_charges::charge(&mut compiler, place, charge))
        .collect();
    let Compiler {
        problems,
        measures,
        factors,
        ..
    } = compiler;
    if !problems.is_empty() {
        return Err(DocumentError::Problems(problems));
    }
    Ok(CompiledVersion {
        measures,
        rules,
        factors,
        calendars,
        charges,
        when: document.proration.when,
        standard_days: document.proration.standard_days,
        document,
    })
}

/// The fund of a service's charges, where the schedule names none.
#[must_use]
pub const fn fund_of(service: Commodity) -> &'static str {
    match service {
        Commodity::Water => "WATER",
        Commodity::Sewer => "SEWER",
        Commodity::Stormwater => "STORM",
        Commodity::Electric => "ELECTRIC",
        Commodity::Gas => "GAS",
        Commodity::Refuse => "REFUSE",
        Commodity::Other => "GENERAL",
    }
}

/// A document being checked, and what was found.
pub(super) struct Compiler<'a> {
    pub document: &'a RateSchedule,
    pub problems: Vec<Problem>,
    pub measures: Vec<Measure>,
    pub factors: Vec<Factor>,
    /// The places of quantities, in the order in which they are worked out.
    pub rule_places: BTreeMap<String, usize>,
    /// The fund and account of each charge so far.
    pub posted: Vec<(String, String)>,
}

impl<'a> Compiler<'a> {
    fn new(document: &'a RateSchedule) -> Self {
        let measures = document
            .measures
            .iter()
            .map(|(name, unit)| Measure {
                name: name.clone(),
                unit: *unit,
                peak_of: None,
            })
            .collect();
        let factors = document
            .factors
            .iter()
            .map(|(name, values)| Factor {
                name: name.clone(),
                values: values.clone(),
            })
            .collect();
        Self {
            document,
            problems: Vec::new(),
            measures,
            factors,
            rule_places: BTreeMap::new(),
            posted: Vec::new(),
        }
    }

    /// Notes something to mend.
    pub fn problem(&mut self, at: impl Into<String>, what: What) {
        self.problems.push(Problem {
            at: at.into(),
            what,
        });
    }

    fn check_heading(&mut self) {
        if self.document.code.trim().is_empty() {
            self.problem("code", What::Empty);
        }
        if self.document.charges.is_empty() {
            self.problem("charges", What::Empty);
        }
        if self.document.charges.len() > usize::from(u16::MAX) {
            self.problem("charges", What::TooMany(usize::from(u16::MAX)));
        }
        self.words("name", &self.document.name);
        for (name, values) in &self.document.factors {
            self.dates(&format!("factors.{name}"), values);
        }
        for (name, season) in &self.document.seasons {
            if season.from == season.until {
                let empty = What::SeasonWithoutDays(season.from);
                self.problem(format!("seasons.{name}"), empty);
            }
        }
        for (peak, of) in &self.document.peaks {
            let at = format!("peaks.{peak}");
            let place = self.measure(&at, peak);
            let source = self.measure(&at, of);
            if let Some(measure) = place.and_then(|place| self.measures.get_mut(place)) {
                measure.peak_of = source;
            }
        }
    }

    fn dates(&mut self, at: &str, values: &[DatedNumber]) {
        if values.is_empty() {
            self.problem(at, What::Empty);
        }
        for (earlier, later) in values.iter().zip(values.iter().skip(1)) {
            if later.from <= earlier.from {
                self.problem(at, What::DatesNotRising(later.from));
            }
        }
    }

    /// Words need an English entry, which stands in for languages they lack.
    pub fn words(&mut self, at: &str, words: &Words) {
        if words.get("en").is_none_or(|text| text.trim().is_empty()) {
            self.problem(at, What::NoEnglish);
        }
    }

    /// A measure's place.
    pub fn measure(&mut self, at: &str, name: &str) -> Option<usize> {
        let place = self
            .measures
            .iter()
            .position(|measure| measure.name == name);
        if place.is_none() {
            let known = self
                .measures
                .iter()
                .map(|measure| measure.name.clone())
                .collect();
            self.problem(
                at,
                What::Unknown {
                    kind: "measure",
                    name: name.to_owned(),
                    known,
                },
            );
        }
        place
    }

    /// A quantity's or else a measure's place.
    pub fn quantity(&mut self, at: &str, name: &str) -> Option<QuantityId> {
        if let Some(place) = self.rule_places.get(name) {
            return Some(QuantityId::Rule(*place));
        }
        let measured = self
            .measures
            .iter()
            .position(|measure| measure.name == name);
        // A quantity that is there and has no place did not compile: what is wrong with it is already said.
        if measured.is_none() && !self.document.quantities.contains_key(name) {
            let names = self
                .document
                .quantities
                .keys()
                .chain(self.document.measures.keys());
            let known = names.cloned().collect();
            self.problem(
                at,
                What::Unknown {
                    kind: "measure or quantity",
                    name: name.to_owned(),
                    known,
                },
            );
        }
        measured.map(QuantityId::Measure)
    }

    /// A factor's place. Factors kept outside the document are declared by an entry in it all the same.
    pub fn factor(&mut self, at: &str, name: &str) -> Option<usize> {
        let place = self.factors.iter().position(|factor| factor.name == name);
        if place.is_none() {
            let known = self.document.factors.keys().cloned().collect();
            self.problem(
                at,
                What::Unknown {
                    kind: "factor",
                    name: name.to_owned(),
                    known,
                },
            );
        }
        place
    }

    /// Notes a number that is not more than zero.
    pub fn positive(&mut self, at: &str, number: Number) {
        if number.0 <= rust_decimal::Decimal::ZERO {
            self.problem(at, What::NotPositive(number.to_string()));
        }
    }

    /// Notes months that there are not.
    pub fn months(&mut self, at: &str, months: &[u32]) {
        for month in months {
            if !(1..=12).contains(month) {
                self.problem(at, What::NotAMonth(*month));
            }
        }
    }

    fn calendar(&mut self, name: &str, calendar: &Calendar) -> CalendarTable {
        let mut names = vec![calendar.otherwise.clone()];
        for (place, rule) in calendar.rules.iter().enumerate() {
            let at = format!("calendars.{name}.rules[{place}]");
            self.months(&at, &rule.months);
            for hours in &rule.hours {
                if hours.from > 23 || !(1..=24).contains(&hours.until) || hours.from == hours.until
                {
                    self.problem(&at, What::NotHours(hours.from, hours.until));
                }
            }
            if !names.contains(&rule.period) {
                names.push(rule.period.clone());
            }
        }
        if names.len() > usize::from(u8::MAX) {
            self.problem(
                format!("calendars.{name}"),
                What::TooMany(usize::from(u8::MAX)),
            );
        }
        let place_of = |period: &str| {
            let place = names.iter().position(|name| name == period).unwrap_or(0);
            u8::try_from(place).unwrap_or(u8::MAX)
        };
        let mut periods = [[[0_u8; 24]; 4]; 12];
        for (month, classes) in (1..).zip(&mut periods) {
            for (class, hours) in DayClass::ALL.into_iter().zip(classes) {
                for (hour, period) in (0..).zip(hours) {
                    *period = place_of(calendar.period_of(month, class, hour));
                }
            }
        }
        CalendarTable {
            holidays: calendar.holidays,
            periods,
            names,
        }
    }

    /// The unit of a measure; of nothing, none.
    pub fn unit_of_measure(&self, place: usize) -> Unit {
        self.measures
            .get(place)
            .map_or(Unit::Each, |measure| measure.unit)
    }
}
