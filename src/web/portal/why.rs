//! Why a bill differs from an earlier one, in sentences.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::documents::bill_words::Place;
use crate::domain::bills::BillKind;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::rates::origins::{Known, Repriced};
use crate::domain::rates::working::Working;
use crate::domain::why::{self, Cause, Line, Nature, Reason, Service, Side};
use crate::i18n::Words;
use crate::store::portal::bill_lines;
use crate::store::portal::bills::{self, Bill};
use crate::store::sql_types::Exact;
use crate::web::portal::behind::Behind;
use crate::web::portal::usage_view::shown;

/// How many causes are told one by one; smaller ones are told together.
pub const TOLD: usize = 5;

/// A bill as the comparison names it.
pub struct Named {
    pub kind: BillKind,
    pub month: NaiveDate,
    pub total: Money,
    /// What it asks for, where a level payment plan asks for another amount than it charges.
    pub asked: Option<Money>,
}

impl Named {
    fn of(bill: &Bill) -> Self {
        Self {
            kind: bill.kind,
            month: bill.last_day(),
            total: bill.total,
            asked: bill.put_off.map(|_| bill.asked()),
        }
    }
}

/// Two bills and what lies between them.
pub struct Why {
    pub before: Named,
    pub now: Named,
    pub reasons: Vec<(String, Money)>,
}

impl Why {
    pub fn difference(&self) -> Money {
        self.now.total - self.before.total
    }
}

/// The latest bill that stands and the one for the days before it, if there are two of the same place.
pub fn pair(all: &[Bill]) -> Option<(&Bill, &Bill)> {
    let mut standing = all.iter().filter(|bill| bill.canceled_on.is_none());
    let now = standing.next()?;
    let before = standing.find(|bill| bill.until_on <= now.from_on && bill.shares_place(now))?;
    Some((before, now))
}

/// Why the later bill differs, with so many causes one by one.
pub fn why(t: Words, (before, now): (&Bill, &Bill), behind: &Behind, most: usize) -> Why {
    let (old, mut new) = (side(before, behind), side(now, behind));
    new.at_earlier_prices = at_earlier_prices((before, now), behind);
    let reasons = why::why(&old, &new);
    let units: BTreeMap<&str, Unit> = commodities(now)
        .into_iter()
        .filter_map(|commodity| {
            let (_, unit) = counted(now, commodity, behind)?;
            Some((commodity.as_str(), unit))
        })
        .collect();
    Why {
        before: Named::of(before),
        now: Named::of(now),
        reasons: told(t, &units, reasons, most),
    }
}

/// The services of a bill, each once.
fn commodities(bill: &Bill) -> Vec<Commodity> {
    let mut found: Vec<Commodity> = Vec::new();
    for service in &bill.services {
        if !found.contains(&service.commodity) {
            found.push(service.commodity);
        }
    }
    found
}

/// The parts in which a service stands on a bill: several where it was cut, or is delivered at several points.
fn parts(bill: &Bill, commodity: Commodity) -> impl Iterator<Item = &bills::Service> {
    let all = bill.services.iter();
    all.filter(move |service| service.commodity == commodity)
}

fn side(bill: &Bill, behind: &Behind) -> Side {
    let commodities = commodities(bill);
    let services = commodities.iter().map(|commodity| Service {
        service: commodity.to_string(),
        days: days(bill, *commodity, behind),
        used: counted(bill, *commodity, behind).map(|(amount, _)| amount),
        is_daily: is_daily(bill, *commodity, behind),
    });
    let lines: Vec<Line> = bill
        .services
        .iter()
        .flat_map(|service| {
            let lines = behind.lines(bill, service).into_iter();
            lines.map(move |(line, known)| of_line(service, line, &known))
        })
        .collect();
    let charged: Decimal = lines.iter().map(|line| line.amount).sum();
    Side {
        services: services.collect(),
        one_offs: bill.total - Money::from_charge(charged).unwrap_or_default(),
        lines,
        at_earlier_prices: Vec::new(),
    }
}

fn of_line(service: &bills::Service, line: &bill_lines::Line, known: &Known) -> Line {
    let place = known.origin.as_ref().and_then(Place::at);
    let price = line.price.map(|price| price.0);
    Line {
        service: service.commodity.to_string(),
        charge: charge(service, &line.charge),
        part: place.map_or_else(String::new, |place| place.part()),
        nature: place.map_or(Nature::Following, |place| place.nature()),
        quantity: line.quantity.map_or(Decimal::ONE, |quantity| quantity.0),
        price: place
            .zip(price)
            .and_then(|(place, price)| place.price_of_one(price)),
        amount: line.amount.dollars(),
    }
}

/// What makes it the same charge on both bills. Two points of one service are two meters.
fn charge(service: &bills::Service, code: &str) -> String {
    format!("{}/{code}", service.point)
}

/// For how many days a service is billed, in all its parts.
fn days(bill: &Bill, commodity: Commodity, behind: &Behind) -> u32 {
    let whole = Period {
        from: bill.from_on,
        until: bill.until_on,
    };
    let billed = |service: &bills::Service| {
        let working = behind.working(bill, service);
        working.map_or(whole, Working::period)
    };
    let mut periods: Vec<Period> = parts(bill, commodity).map(billed).collect();
    periods.sort_unstable();
    let (mut days, mut until) = (0_u32, NaiveDate::MIN);
    for period in periods {
        let from = period.from.max(until);
        until = until.max(period.until);
        days = days.saturating_add(Period { from, until }.days());
    }
    days
}

/// The lines of a service that charge for what was used.
fn lines_of_use<'a>(
    bill: &'a Bill,
    commodity: Commodity,
    behind: &'a Behind,
) -> impl Iterator<Item = (&'a bill_lines::Line, Known)> {
    let lines = parts(bill, commodity).flat_map(move |service| behind.lines(bill, service));
    lines.filter(|(_, known)| {
        let place = known.origin.as_ref().and_then(Place::at);
        place.is_some_and(|place| place.nature() == Nature::Usage)
    })
}

/// Whether more days mean more of what is charged for.
fn is_daily(bill: &Bill, commodity: Commodity, behind: &Behind) -> bool {
    let mut lines = lines_of_use(bill, commodity, behind);
    lines.all(|(_, known)| {
        let place = known.origin.as_ref().and_then(Place::at);
        place.is_none_or(|place| place.is_daily())
    })
}

/// How much of a service the bill counts: what its meter counted, or, for sewer, what the charges are for, since a winter average or a cap
/// may stand between the water and them.
fn counted(bill: &Bill, commodity: Commodity, behind: &Behind) -> Option<(Decimal, Unit)> {
    let add = |(sum, unit): (Decimal, Unit), (more, _): (Decimal, Unit)| (sum + more, unit);
    if commodity != Commodity::Sewer {
        let metered = parts(bill, commodity)
            .filter_map(|service| shown(commodity, service.quantity, service.unit));
        return metered.reduce(add);
    }
    let charged = lines_of_use(bill, commodity, behind).filter_map(|(line, known)| {
        let place = Place::at(known.origin.as_ref()?)?;
        Some((line.quantity?.0, place.unit()?))
    });
    let (amount, unit) = charged.reduce(add)?;
    shown(commodity, Some(Exact(amount)), Some(unit))
}

/// What the use of the later bill comes to at the prices of the earlier one, for each service that other versions of a schedule priced.
fn at_earlier_prices(pair: (&Bill, &Bill), behind: &Behind) -> Vec<Line> {
    let (before, now) = pair;
    let mut found = Vec::new();
    for commodity in commodities(now) {
        let (earlier, later) = (
            versions(before, commodity, behind),
            versions(now, commodity, behind),
        );
        if earlier.len() == 1 && earlier == later {
            continue;
        }
        let parts = parts(now, commodity).map(|service| repriced(pair, service, behind));
        let lines: Option<Vec<Vec<Line>>> = parts.collect();
        found.extend(lines.unwrap_or_default().into_iter().flatten());
    }
    found
}

/// The versions that priced a service.
fn versions(bill: &Bill, commodity: Commodity, behind: &Behind) -> BTreeSet<(String, u32)> {
    let lines = parts(bill, commodity).flat_map(|service| behind.lines(bill, service));
    let version = lines.filter_map(|(_, known)| {
        let document = known.origin?.document;
        Some((document.code.clone(), document.version))
    });
    version.collect()
}

/// What a part of a service comes to at the prices of the same point on the earlier bill.
fn repriced(
    (before, now): (&Bill, &Bill),
    service: &bills::Service,
    behind: &Behind,
) -> Option<Vec<Line>> {
    let is_same = |other: &&bills::Service| {
        (other.commodity, other.point) == (service.commodity, service.point)
    };
    let then = before.services.iter().rfind(is_same)?;
    let line = |again: &Repriced| {
        let place = Place::at(&again.origin)?;
        Some(Line {
            service: service.commodity.to_string(),
            charge: charge(service, place.code()),
            part: place.part(),
            nature: place.nature(),
            quantity: again.quantity,
            price: place.price_of_one(again.price),
            amount: again.amount,
        })
    };
    let all = behind.at_prices_of((before, then), (now, service))?;
    let lines = all.iter().filter_map(line);
    Some(lines.filter(|line| line.nature.is_repriced()).collect())
}

/// The largest causes one by one, the rest together.
fn told(
    t: Words,
    units: &BTreeMap<&str, Unit>,
    reasons: Vec<Reason>,
    most: usize,
) -> Vec<(String, Money)> {
    let rest: Money = reasons.iter().skip(most).map(|reason| reason.amount).sum();
    let mut told: Vec<(String, Money)> = reasons
        .into_iter()
        .take(most)
        .map(|reason| (sentence(t, units, &reason), reason.amount))
        .collect();
    if !rest.is_zero() {
        told.push((t.why_rest().to_owned(), rest));
    }
    told
}

fn sentence(t: Words, units: &BTreeMap<&str, Unit>, reason: &Reason) -> String {
    let moved = if reason.amount.is_negative() {
        "down"
    } else {
        "up"
    };
    match &reason.cause {
        Cause::Days {
            before,
            now,
            service: None,
        } => t.why_days(now, before),
        Cause::Days {
            before,
            now,
            service: Some(service),
        } => t.why_days_of(service, now, before),
        Cause::Usage {
            service,
            more,
            is_daily,
        } => {
            let unit = units.get(service.as_str()).copied();
            of_use(t, (service, unit), (*more, *is_daily), reason.amount)
        }
        Cause::Demand { service } => t.why_demand(service, moved),
        Cause::Counted { service } => t.why_counted(service),
        Cause::Price { service } => t.why_price(service, moved),
        Cause::Rider { service } => t.why_rider(service, moved),
        Cause::Started { service } => t.why_started(service),
        Cause::Stopped { service } => t.why_stopped(service),
        Cause::Following => t.why_following().to_owned(),
        Cause::TaxRates => t.why_tax_rates().to_owned(),
        Cause::OneOffs => t.why_one_offs().to_owned(),
    }
}

/// How much more or less was used. Where that moved the bill the other way, the use fell on other prices: other hours, steps or credits.
fn of_use(
    t: Words,
    (service, unit): (&str, Option<Unit>),
    (more, is_daily): (Decimal, bool),
    amount: Money,
) -> String {
    let many = t.rounded(more.abs(), places(more));
    let is_told = many.chars().any(|digit| ('1'..='9').contains(&digit));
    let Some(unit) = unit.filter(|_| is_told) else {
        return t.why_counted(service);
    };
    let direction = if more.is_sign_negative() {
        "less"
    } else {
        "more"
    };
    let mix = match (more.is_sign_negative(), amount.is_negative()) {
        (false, true) => "lower",
        (true, false) => "higher",
        (true, true) | (false, false) => "same",
    };
    let (unit, span) = (
        t.unit_name(unit.as_str()),
        if is_daily { "day" } else { "bill" },
    );
    if service == Commodity::Sewer.as_str() {
        t.why_sewer(many, unit, direction, span, mix)
    } else {
        t.why_used(many, unit, direction, service, span, mix)
    }
}

/// How many decimals tell a quantity: small ones are not nothing.
fn places(amount: Decimal) -> u32 {
    let size = amount.abs();
    if size >= Decimal::TEN {
        0
    } else if size >= Decimal::ONE {
        1
    } else {
        2
    }
}
