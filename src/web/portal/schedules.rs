//! Published rate schedules as pages read them: what a charge is called and what kind it is. A published version never changes, so each is
//! read once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use rust_decimal::Decimal;

use crate::domain::customers::Language;
use crate::domain::ids::RateScheduleId;
use crate::domain::quantity::Unit;
use crate::domain::rates::compile;
use crate::domain::rates::quantities::Step;
use crate::domain::rates::schedule::{Charge, How, PercentKind, Rate, RateSchedule, Words};
use crate::domain::rates::unit_of;
use crate::domain::why::Nature;
use crate::i18n;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::bills;
use crate::web::portal::price_hours;

/// The versions read so far. One for a server, as `Data<Schedules>`.
#[derive(Default)]
pub struct Schedules {
    read: RwLock<HashMap<RateScheduleId, Arc<RateSchedule>>>,
}

/// Some versions, by row id.
pub type Found = BTreeMap<RateScheduleId, Arc<RateSchedule>>;

impl Schedules {
    /// These versions; those not yet read are asked for in one question.
    pub fn find(
        &self,
        conn: &mut Conn,
        ids: &BTreeSet<RateScheduleId>,
    ) -> Result<Found, StoreError> {
        let mut found = self.known(ids);
        let missing: Vec<RateScheduleId> = ids
            .iter()
            .copied()
            .filter(|id| !found.contains_key(id))
            .collect();
        if missing.is_empty() {
            return Ok(found);
        }
        for (id, document) in bills::list_schedules(conn, &missing)? {
            let schedule =
                compile::read(&document).map_err(|why| StoreError::Unreadable(why.to_string()))?;
            found.insert(id, Arc::new(schedule));
        }
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        read.extend(
            found
                .iter()
                .map(|(id, schedule)| (*id, Arc::clone(schedule))),
        );
        Ok(found)
    }

    fn known(&self, ids: &BTreeSet<RateScheduleId>) -> Found {
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        let known = ids
            .iter()
            .filter_map(|id| read.get(id).map(|schedule| (*id, Arc::clone(schedule))));
        known.collect()
    }
}

/// A bill's line, found again in the schedule that priced it.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    schedule: &'a RateSchedule,
    charge: &'a Charge,
    block: Option<usize>,
    period: Option<usize>,
}

impl<'a> Place<'a> {
    /// The charge of a schedule that a line names, with the block and the time-of-use period that have its price.
    pub fn find(schedule: &'a RateSchedule, code: &str, price: Option<Decimal>) -> Option<Self> {
        let charge = schedule.charges.iter().find(|charge| charge.code == code)?;
        let mut place = Self {
            schedule,
            charge,
            block: None,
            period: None,
        };
        let Some(price) = price else {
            return Some(place);
        };
        let block_of = |rate: &Rate| rate.blocks.iter().position(|block| block.price.0 == price);
        let rates: Vec<&Rate> = place.rates().collect();
        for (period, rate) in rates.into_iter().enumerate() {
            let block = block_of(rate);
            if block.is_some() || rate.price.as_ref().is_some_and(|own| own.0 == price) {
                place.block = block;
                place.period = Some(period);
                break;
            }
        }
        Some(place)
    }

    fn rates(&self) -> impl Iterator<Item = &'a Rate> + use<'a> {
        let (one, many) = match &self.charge.how {
            How::Usage(usage) => (Some(&usage.rate), &[][..]),
            How::Demand(demand) => (Some(&demand.rate), &[][..]),
            How::TimeOfUse(by_time) => (None, by_time.periods.as_slice()),
            How::TimeOfUseDemand(by_time) => (None, by_time.periods.as_slice()),
            How::Fixed(_) | How::Percent(_) | How::Minimum(_) | How::Maximum(_) => (None, &[][..]),
        };
        one.into_iter()
            .chain(many.iter().map(|period| &period.rate))
    }

    fn rate(&self) -> Option<&'a Rate> {
        self.rates().nth(self.period.unwrap_or_default())
    }

    /// What tells the line from the others of its service, the same in every version.
    pub fn key(&self) -> String {
        let part =
            |place: Option<usize>| place.map(|place| format!("/{place}")).unwrap_or_default();
        format!(
            "{}{}{}",
            self.charge.code,
            part(self.period),
            part(self.block)
        )
    }

    /// What kind of charge it is.
    pub fn nature(&self) -> Nature {
        match &self.charge.how {
            How::Fixed(_) => Nature::Fixed,
            How::Percent(_) | How::Minimum(_) | How::Maximum(_) => Nature::Following,
            _ if self.rate().is_some_and(|rate| rate.factor.is_some()) => Nature::Rider,
            How::Usage(_) | How::TimeOfUse(_) | How::Demand(_) | How::TimeOfUseDemand(_) => {
                Nature::Usage
            }
        }
    }

    /// Whether the line is a tax or a fee collected for somebody else.
    pub fn is_collected(&self) -> bool {
        matches!(&self.charge.how, How::Percent(percent) if matches!(percent.kind, PercentKind::Tax | PercentKind::FranchiseFee))
    }

    /// Whether its price is a percentage.
    pub fn is_percent(&self) -> bool {
        matches!(self.charge.how, How::Percent(_))
    }

    /// Whether it is an amount for the bill, the month or the day.
    pub fn is_fixed(&self) -> bool {
        matches!(self.charge.how, How::Fixed(_))
    }

    /// Whether it makes up a minimum or takes off what goes over a cap.
    pub fn is_bound(&self) -> bool {
        matches!(self.charge.how, How::Minimum(_) | How::Maximum(_))
    }

    /// Whether the price is for power rather than for what was used.
    pub fn is_demand(&self) -> bool {
        matches!(self.charge.how, How::Demand(_) | How::TimeOfUseDemand(_))
    }

    /// How many units a price is for.
    pub fn per_units(&self) -> Decimal {
        self.rate()
            .and_then(|rate| rate.per_units.as_ref())
            .map_or(Decimal::ONE, |per| per.0)
    }

    /// The unit that its quantity is counted in.
    pub fn unit(&self) -> Option<Unit> {
        unit_of(self.schedule, self.of()?)
    }

    /// The name of the quantity that is priced.
    fn of(&self) -> Option<&'a str> {
        match &self.charge.how {
            How::Usage(usage) => Some(&usage.of),
            How::Demand(demand) => Some(&demand.of),
            How::TimeOfUse(by_time) => Some(&by_time.of),
            How::TimeOfUseDemand(by_time) => Some(&by_time.of),
            How::Fixed(_) | How::Percent(_) | How::Minimum(_) | How::Maximum(_) => None,
        }
    }

    /// What the quantity is, in the schedule's words, where it is not just what the meter counted: a winter average, an allowance.
    pub fn basis(&self, language: Language) -> Option<String> {
        let rule = self.schedule.quantities.get(self.of()?)?;
        let is_counted = |step: &Step| matches!(step, Step::ConvertTo(_) | Step::Round(_));
        let is_told = !rule.steps.iter().all(is_counted) && !rule.label.is_empty();
        is_told.then(|| said(&rule.label, language))
    }

    /// When its price counts, where it is one of a time-of-use calendar.
    pub fn hours(&self, t: i18n::Words) -> Option<String> {
        let (calendar, periods) = match &self.charge.how {
            How::TimeOfUse(by_time) => (&by_time.calendar, &by_time.periods),
            How::TimeOfUseDemand(by_time) => (&by_time.calendar, &by_time.periods),
            _ => return None,
        };
        let calendar = self.schedule.calendars.get(calendar)?;
        let period = periods.get(self.period?)?;
        Some(price_hours::in_words(t, calendar, &period.period))
    }

    /// What the bill calls the line: the block's words, else the time-of-use period's, else the charge's.
    pub fn label(&self, language: Language) -> String {
        let blocks = self
            .rate()
            .map(|rate| rate.blocks.as_slice())
            .unwrap_or_default();
        let block = self
            .block
            .and_then(|block| blocks.get(block))
            .map(|block| &block.label);
        let periods = match &self.charge.how {
            How::TimeOfUse(by_time) => by_time.periods.as_slice(),
            How::TimeOfUseDemand(by_time) => by_time.periods.as_slice(),
            _ => &[],
        };
        let period = self
            .period
            .and_then(|period| periods.get(period))
            .map(|period| &period.label);
        let own = [block, period]
            .into_iter()
            .flatten()
            .find(|words| !words.is_empty());
        said(own.unwrap_or(&self.charge.label), language)
    }
}

/// Words of a schedule in a language, else in the first it has.
pub fn said(words: &Words, language: Language) -> String {
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
