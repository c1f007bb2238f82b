//! Every line of every issued bill worked out once more from its working, by both evaluators and the schedule version it names, and held
//! against the reads it rests on and the places it is posted to. Pages are read while the page before is worked on, by all cores; no more
//! than a few pages are ever held.

use std::collections::{BTreeMap, HashMap};
use std::sync::mpsc::sync_channel;

use chrono::NaiveDate;
use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::domain::bill_case::{Tariff, Tariffs, takes_off};
use crate::domain::ids::{BillId, RateScheduleId, RegisterId, ServiceAgreementId};
use crate::domain::intervals::IntervalDay as StoredDay;
use crate::domain::meters::Channel;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::{Facts, IntervalDay};
use crate::domain::rates::price;
use crate::domain::rates::rederive;
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::rates::working::Working;
use crate::store;
use crate::store::bills_in_order::{self, IssuedBill, IssuedLine, IssuedSegment};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::usecases::billing::evidence::Evidence;
use crate::usecases::billing::issue::PostingMap;
use crate::usecases::billing::places;
use crate::usecases::billing::tariffs::{self, TariffError};

/// How many bills a page has.
const PAGE: i64 = 2_000;

/// How many broken bills are named; the rest are found by whoever mends the first.
const NAMED: usize = 100;

/// A bill that does not stand up to a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub bill: BillId,
    /// What it breaks.
    pub rule: Rule,
    /// The figures that do not agree.
    pub facts: String,
}

/// What an issued bill must stand up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Its lines come out of its working again.
    Rederives,
    /// Each service is billed for days of the bill, each day once.
    DaysOnce,
    /// The reads that it rests on are there, and show what it bills.
    ReadsShow,
    /// Its charges are posted to their funds and accounts.
    PostedWhere,
}

/// Looks at every issued bill.
///
/// # Errors
/// A published schedule that cannot be read, or the database.
pub fn find_broken(conn: &mut Conn) -> Result<Vec<Broken>, TariffError> {
    let tariffs = tariffs::load(conn)?;
    let house = House::of(&tariffs)?;
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Page>(1);
        let house = &house;
        let worker = scope.spawn(move || {
            let mut broken: Vec<Broken> = Vec::new();
            for page in receive {
                broken.extend(page.broken(house));
                broken.truncate(NAMED);
            }
            broken
        });
        let mut after = BillId(0);
        while let Some(next) = bills_in_order::next_page(conn, after, PAGE)? {
            after = next.last;
            let page = Page::of(conn, house, next)?;
            if send.send(page).is_err() {
                break;
            }
        }
        drop(send);
        worker.join().map_err(|_panic| {
            TariffError::Fault(StoreError::Abandoned("the second evaluator".to_owned()))
        })
    })
}

/// The published versions, by the row of each: all versions of its code up to it; and where their charges are posted.
struct House<'a> {
    versions: HashMap<RateScheduleId, &'a [CompiledVersion]>,
    by_intervals: HashMap<RateScheduleId, IsNet>,
    places: PostingMap,
}

/// Whether a schedule that prices by intervals takes energy fed back off.
#[derive(Clone, Copy)]
struct IsNet(bool);

impl<'a> House<'a> {
    fn of(tariffs: &'a Tariffs) -> Result<Self, TariffError> {
        let mut house = Self {
            versions: HashMap::new(),
            by_intervals: HashMap::new(),
            places: tariffs::posting_map(tariffs)?,
        };
        for tariff in tariffs.by_code.values() {
            house.take(tariff);
        }
        Ok(house)
    }

    fn take(&mut self, tariff: &'a Tariff) {
        let mut before_asks = false;
        for (place, (version, row)) in tariff.versions.iter().zip(&tariff.rows).enumerate() {
            let up_to = tariff.versions.get(..=place).unwrap_or_default();
            self.versions.insert(*row, up_to);
            // Days before the version came into force were priced by the one before.
            let asks = version.asks_for_intervals();
            if asks || before_asks {
                self.by_intervals.insert(*row, IsNet(takes_off(version)));
            }
            before_asks = asks;
        }
    }
}

/// Bills with their workings, the days of intervals and the reads that these name, and what they posted.
struct Page {
    bills: Vec<(IssuedBill, Vec<Result<Working, String>>)>,
    channels: HashMap<RegisterId, Channel>,
    days: HashMap<(RegisterId, NaiveDate, i32), StoredDay>,
    evidence: Evidence,
}

impl Page {
    fn of(
        conn: &mut Conn,
        house: &House<'_>,
        page: bills_in_order::Page,
    ) -> Result<Self, StoreError> {
        let read = |bill: IssuedBill| {
            let workings = bill.segments.iter().map(read_working).collect();
            (bill, workings)
        };
        let bills: Vec<(IssuedBill, Vec<Result<Working, String>>)> =
            page.issued.into_par_iter().map(read).collect();
        let workings = bills.iter().flat_map(|(_, workings)| workings).flatten();
        let evidence = Evidence::of(conn, (page.first, page.last), workings)?;
        let mut span: Option<Period> = None;
        let mut registers: Vec<RegisterId> = Vec::new();
        let priced = bills.iter().flat_map(|(bill, workings)| {
            let segments = bill.segments.iter().zip(workings);
            segments.filter(|(segment, _)| house.by_intervals.contains_key(&segment.schedule))
        });
        let used = priced.filter_map(|(_, working)| working.as_ref().ok());
        for used in used.flat_map(Working::days) {
            registers.push(used.register);
            let days = used.period();
            span = Some(span.map_or(days, |span| Period {
                from: span.from.min(days.from),
                until: span.until.max(days.until),
            }));
        }
        registers.sort_unstable();
        registers.dedup();
        let Some(span) = span else {
            return Ok(Self {
                bills,
                channels: HashMap::new(),
                days: HashMap::new(),
                evidence,
            });
        };
        let known = store::reads::list_registers(conn, &registers)?;
        Ok(Self {
            bills,
            channels: known.into_iter().map(|row| (row.id, row.channel)).collect(),
            days: bills_in_order::list_day_versions(conn, &registers, span)?,
            evidence,
        })
    }

    fn broken(&self, house: &House<'_>) -> Vec<Broken> {
        let of_bill = |(bill, workings): &(IssuedBill, Vec<Result<Working, String>>)| {
            let of_rule = |(rule, outcome): (Rule, Result<(), String>)| {
                let facts = outcome.err()?;
                let bill = bill.id;
                Some(Broken { bill, rule, facts })
            };
            let again = bill
                .segments
                .iter()
                .zip(workings)
                .map(|(segment, working)| {
                    let outcome = match working {
                        Ok(working) => self.rederive(house, segment, working),
                        Err(unreadable) => Err(unreadable.clone()),
                    };
                    let place = segment.position;
                    let outcome = outcome.map_err(|why| format!("service {place}: {why}"));
                    (Rule::Rederives, outcome)
                });
            let whole = [
                (Rule::DaysOnce, days_once(bill, workings)),
                (Rule::ReadsShow, self.evidence.reads_show(workings)),
                (
                    Rule::PostedWhere,
                    self.evidence.posted_where(bill, &house.places),
                ),
            ];
            again
                .chain(whole)
                .filter_map(of_rule)
                .collect::<Vec<Broken>>()
        };
        self.bills.par_iter().flat_map_iter(of_bill).collect()
    }

    /// Works a service out again; the reason where it comes out differently.
    fn rederive(
        &self,
        house: &House<'_>,
        segment: &IssuedSegment,
        working: &Working,
    ) -> Result<(), String> {
        let versions = house
            .versions
            .get(&segment.schedule)
            .ok_or_else(|| format!("schedule {} is not published", segment.schedule))?;
        let intervals = match house.by_intervals.get(&segment.schedule) {
            Some(is_net) => self.intervals(working, *is_net)?,
            None => Vec::new(),
        };
        let facts = working.facts(intervals);
        let again = second_lines(versions, &facts)?;
        let stored = segment
            .lines
            .iter()
            .map(|line| (line.charge.as_str(), line.amount));
        let stored: Vec<(&str, Money)> = stored.collect();
        if again != stored {
            return Err(first_difference(&stored, &again));
        }
        let sum: Money = again.iter().map(|(_, amount)| *amount).sum();
        if sum != segment.amount {
            return Err(format!("it says {}, its lines {sum}", segment.amount));
        }
        printed_as_priced(versions, &facts, &segment.lines)
    }

    /// The intervals that a working names, in the versions it rests on.
    fn intervals(&self, working: &Working, is_net: IsNet) -> Result<Vec<IntervalDay>, String> {
        let mut found = Vec::new();
        for used in working.days() {
            let channel = self
                .channels
                .get(&used.register)
                .ok_or_else(|| format!("register {} is missing", used.register))?;
            let name = places::measure_of(*channel, is_net.0);
            let days = used.period();
            for day in days.from.iter_days().take_while(|day| *day < days.until) {
                let version = used.version(day);
                let stored = self
                    .days
                    .get(&(used.register, day, version))
                    .ok_or_else(|| format!("version {version} of {day} is missing"))?;
                found.push(places::interval_day(name, day, stored));
            }
        }
        Ok(found)
    }
}

fn read_working(segment: &IssuedSegment) -> Result<Working, String> {
    serde_json::from_str(&segment.working).map_err(|error| format!("the working: {error}"))
}

/// The lines by the second evaluator: charge and amount.
fn second_lines<'a>(
    versions: &'a [CompiledVersion],
    facts: &Facts,
) -> Result<Vec<(&'a str, Money)>, String> {
    let documents: Vec<&RateSchedule> = versions
        .iter()
        .map(|version| version.document().as_ref())
        .collect();
    let lines = rederive::lines(&documents, facts).map_err(|error| error.to_string())?;
    let named = lines.iter().map(|line| {
        let document = documents.get(usize::from(line.version));
        let charge = document.and_then(|document| document.charges.get(usize::from(line.charge)));
        (
            charge.map_or("", |charge| charge.code.as_str()),
            line.amount,
        )
    });
    Ok(named.collect())
}

/// Whether each line prints the quantity and the price that the first evaluator priced.
fn printed_as_priced(
    versions: &[CompiledVersion],
    facts: &Facts,
    printed: &[IssuedLine],
) -> Result<(), String> {
    let priced = price(versions, facts).map_err(|error| error.to_string())?;
    for (place, (line, printed)) in priced.lines.iter().zip(printed).enumerate() {
        let quantity = line.quantity.divided().map_err(|error| error.to_string())?;
        if printed.quantity != Some(quantity) || printed.price != Some(line.price) {
            let said = |number: Option<Decimal>| {
                number.map_or_else(
                    || "nothing".to_owned(),
                    |number| number.normalize().to_string(),
                )
            };
            return Err(format!(
                "line {place} prints {} at {}, and comes of {} at {}",
                said(printed.quantity),
                said(printed.price),
                quantity.normalize(),
                line.price.normalize()
            ));
        }
    }
    Ok(())
}

fn first_difference(stored: &[(&str, Money)], again: &[(&str, Money)]) -> String {
    let places = 0..stored.len().max(again.len());
    let differs = |place: &usize| stored.get(*place) != again.get(*place);
    let place = places.into_iter().find(differs).unwrap_or_default();
    let said = |line: Option<&(&str, Money)>| match line {
        Some((charge, amount)) => format!("{charge} {amount}"),
        None => "no line".to_owned(),
    };
    format!(
        "line {place} says {}, and comes to {}",
        said(stored.get(place)),
        said(again.get(place))
    )
}

/// Each service's parts lie within the bill's days, and no two parts of one agreement share a day.
fn days_once(bill: &IssuedBill, workings: &[Result<Working, String>]) -> Result<(), String> {
    let mut parts: BTreeMap<ServiceAgreementId, Vec<Period>> = BTreeMap::new();
    for (segment, working) in bill.segments.iter().zip(workings) {
        let Ok(working) = working else { continue };
        let part = working.period();
        if part.from < bill.period.from || bill.period.until < part.until {
            return Err(format!(
                "agreement {} is billed from {} until {}",
                segment.agreement, part.from, part.until
            ));
        }
        let others = parts.entry(segment.agreement).or_default();
        if others.iter().any(|other| other.overlap(part).is_some()) {
            return Err(format!(
                "agreement {} is billed twice from {}",
                segment.agreement, part.from
            ));
        }
        others.push(part);
    }
    Ok(())
}
