//! The services of a bill as its page shows them: every line in plain words, with how it comes about and what it rests on.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::documents::bill_words::{Counted, Place, factor_applied, said, worked};
use crate::domain::bill_paper::PaperDays;
use crate::domain::ids::ReadId;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::rates::bank::{Bank, bank_of};
use crate::domain::rates::origins::Known;
use crate::domain::rates::winter_months::{WinterMonths, winter_months};
use crate::domain::rates::working::Working;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::bill_lines::Line;
use crate::store::portal::bills::{self, Bill, MeterRead, Service};
use crate::usecases::interval_days::IntervalDays;
use crate::web::portal::behind::Behind;
use crate::web::portal::usage_view::shown;

/// One service of the bill, ready to show.
pub struct ServiceView {
    pub position: i32,
    pub commodity: Commodity,
    /// Where.
    pub place: String,
    /// How many days of the bill it was agreed for.
    pub days: u32,
    pub schedule: String,
    pub code: String,
    /// The ordinance or tariff sheet that the prices come from.
    pub source: Option<String>,
    pub used: Option<(Decimal, &'static str)>,
    pub quality: String,
    pub amount: Money,
    pub reads: Vec<MeterRead>,
    /// The days of intervals, by register.
    pub day_reads: Vec<PaperDays>,
    /// The winter months that an average was made of.
    pub winter: Option<WinterMonths>,
    pub lines: Vec<LineView>,
    pub bank: Option<Bank>,
}

/// One line, with how it comes about.
pub struct LineView {
    pub label: String,
    /// Its first and last day, where its charge was split.
    pub days: Option<(NaiveDate, NaiveDate)>,
    pub working: String,
    /// What a measured factor made of what was used.
    pub converted: Option<String>,
    /// What is priced, where it is not just what the meter counted.
    pub basis: Option<String>,
    /// When its price counts, where that goes by the hour.
    pub hours: Option<String>,
    pub amount: Money,
}

/// What the services of a bill rest on.
pub struct Rests {
    /// Where each service was delivered, by its position.
    places: BTreeMap<i32, String>,
    reads: Vec<MeterRead>,
    intervals: IntervalDays,
}

impl Rests {
    /// Reads it for a bill that was found in scope.
    pub fn load(conn: &mut Conn, bill: &Bill, behind: &Behind) -> Result<Self, StoreError> {
        let services = bill.services.iter();
        let workings: Vec<&Working> = services
            .filter_map(|service| behind.working(bill, service))
            .collect();
        let named: Vec<ReadId> = workings.iter().flat_map(|one| reads_of(one)).collect();
        Ok(Self {
            places: bills::list_places(conn, bill)?.into_iter().collect(),
            reads: bills::list_reads(conn, &named)?,
            intervals: IntervalDays::load(conn, workings.iter().copied())?,
        })
    }

    /// The places that the bill is for, each once.
    pub fn places(&self) -> Vec<String> {
        let mut places: Vec<String> = Vec::new();
        for place in self.places.values() {
            if !places.contains(place) {
                places.push(place.clone());
            }
        }
        places
    }

    /// A service of the bill.
    pub fn view(
        &self,
        t: Words,
        (bill, service): (&Bill, &Service),
        behind: &Behind,
    ) -> ServiceView {
        let schedule = behind.schedule(service);
        let working = behind.working(bill, service);
        let named: Vec<ReadId> = working.into_iter().flat_map(reads_of).collect();
        let reads = self.reads.iter().filter(|read| named.contains(&read.id));
        let whole = Period {
            from: bill.from_on,
            until: bill.until_on,
        };
        let lines = behind.lines(bill, service).into_iter();
        let name = |words| said(words, t.language);
        ServiceView {
            position: service.position,
            commodity: service.commodity,
            place: self
                .places
                .get(&service.position)
                .cloned()
                .unwrap_or_default(),
            days: working.map_or(whole, Working::period).days(),
            schedule: schedule.map_or_else(String::new, |schedule| name(&schedule.name)),
            code: schedule.map_or_else(String::new, |schedule| schedule.code.clone()),
            source: schedule.and_then(|schedule| schedule.source.clone()),
            used: shown(service.commodity, service.quantity, service.unit)
                .map(|(used, unit)| (hundredths(used), unit.as_str())),
            quality: service.quality.clone(),
            amount: service.amount,
            reads: reads.cloned().collect(),
            day_reads: working
                .into_iter()
                .flat_map(Working::days)
                .filter_map(|used| self.intervals.of(used))
                .collect(),
            winter: schedule
                .zip(working)
                .and_then(|(schedule, working)| winter_months(schedule, working)),
            lines: lines
                .map(|(line, known)| line_view(t, line, &known))
                .collect(),
            bank: working.and_then(bank_of),
        }
    }
}

/// For reading: as on paper, two decimals tell what was used.
fn hundredths(used: Decimal) -> Decimal {
    used.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

fn reads_of(working: &Working) -> impl Iterator<Item = ReadId> + use<'_> {
    working.reads().iter().copied().map(ReadId)
}

fn line_view(t: Words, line: &Line, known: &Known) -> LineView {
    let place = known.origin.as_ref().and_then(Place::at);
    let counted = Counted {
        quantity: line.quantity.map(|exact| exact.0),
        price: line.price.map(|price| price.0),
    };
    LineView {
        label: place.map_or_else(|| line.charge.clone(), |place| place.label(t.language)),
        days: known.days,
        working: worked(t, counted, line.amount, place),
        converted: known.converted.as_ref().map(|one| factor_applied(t, one)),
        basis: place.and_then(|place| place.basis(t.language)),
        hours: place.and_then(|place| place.hours(t)),
        amount: line.amount,
    }
}
