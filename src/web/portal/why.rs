//! Why the latest bill differs from the one before, in sentences.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::documents::bill_words::Place;
use crate::domain::ids::RateScheduleId;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::why::{self, Cause, Line, Nature, Reason, Service, Side};
use crate::i18n::Words;
use crate::store::portal::bills::{self, Bill};
use crate::store::sql_types::Exact;
use crate::web::portal::schedules::Found;
use crate::web::portal::usage_view::shown;

/// How many causes are told one by one; smaller ones are told together.
pub const TOLD: usize = 5;

/// The two latest bills and what lies between them.
pub struct Why {
    pub before: (NaiveDate, Money),
    pub now: (NaiveDate, Money),
    pub reasons: Vec<(String, Money)>,
}

impl Why {
    pub fn difference(&self) -> Money {
        self.now.1 - self.before.1
    }
}

/// The latest bill that stands and the one before it, if there are two of the same place.
pub fn pair(all: &[Bill]) -> Option<(&Bill, &Bill)> {
    let mut standing = all.iter().filter(|bill| bill.canceled_on.is_none());
    let now = standing.next()?;
    let before = standing.next().filter(|bill| bill.shares_place(now))?;
    Some((before, now))
}

/// The schedules that the pages of these bills speak of.
pub fn schedules_of<'a>(all: impl IntoIterator<Item = &'a Bill>) -> BTreeSet<RateScheduleId> {
    all.into_iter()
        .flat_map(|bill| bill.services.iter().map(|service| service.schedule))
        .collect()
}

/// Why the later bill differs, with so many causes one by one.
pub fn why(
    t: Words,
    (before, now): (&Bill, &Bill),
    (lines, schedules): (&[bills::Line], &Found),
    most: usize,
) -> Why {
    let reasons = why::why(
        &side(before, lines, schedules),
        &side(now, lines, schedules),
    );
    Why {
        before: (before.last_day(), before.total),
        now: (now.last_day(), now.total),
        reasons: told(t, now, reasons, most),
    }
}

fn side(bill: &Bill, lines: &[bills::Line], schedules: &Found) -> Side {
    let days = Period::new(bill.from_on, bill.until_on).map_or(0, Period::days);
    let services = bill.services.iter().map(|service| Service {
        service: service.commodity.to_string(),
        days,
        used: counted(bill, service, lines, schedules).map(|(amount, _)| amount),
    });
    let own: Vec<Line> = lines
        .iter()
        .filter(|line| line.bill_id == bill.id)
        .filter_map(|line| {
            let service = bill
                .services
                .iter()
                .find(|service| service.position == line.segment)?;
            let price = line.price.map(|price| price.0);
            let place = schedules
                .get(&service.schedule)
                .and_then(|schedule| Place::find(schedule, &line.charge, price));
            Some(Line {
                service: service.commodity.to_string(),
                key: place.map_or_else(|| line.charge.clone(), |place| place.key()),
                nature: place.map_or(Nature::Following, |place| place.nature()),
                quantity: line.quantity.map_or(Decimal::ONE, |quantity| quantity.0),
                price,
                amount: line.amount,
            })
        })
        .collect();
    let charged: Money = own.iter().map(|line| line.amount).sum();
    Side {
        services: services.collect(),
        lines: own,
        one_offs: bill.total - charged,
    }
}

/// How much of a service the bill counts: what its meter counted, or, for sewer, what the charges are for, since a winter average or a cap
/// may stand between the water and them.
fn counted(
    bill: &Bill,
    service: &bills::Service,
    lines: &[bills::Line],
    schedules: &Found,
) -> Option<(Decimal, Unit)> {
    if service.commodity != Commodity::Sewer {
        return shown(service.commodity, service.quantity, service.unit);
    }
    let schedule = schedules.get(&service.schedule)?;
    let charged = lines
        .iter()
        .filter(|line| line.bill_id == bill.id && line.segment == service.position)
        .filter_map(|line| {
            let place = Place::find(schedule, &line.charge, line.price.map(|price| price.0))?;
            let is_use = place.nature() == Nature::Usage;
            is_use.then_some((line.quantity?.0, place.unit()?))
        });
    let (amount, unit) = charged.reduce(|(sum, unit), (more, _)| (sum + more, unit))?;
    shown(service.commodity, Some(Exact(amount)), Some(unit))
}

/// The largest causes one by one, the rest together.
fn told(t: Words, now: &Bill, reasons: Vec<Reason>, most: usize) -> Vec<(String, Money)> {
    let rest: Money = reasons.iter().skip(most).map(|reason| reason.amount).sum();
    let mut told: Vec<(String, Money)> = reasons
        .into_iter()
        .take(most)
        .map(|reason| (sentence(t, now, &reason), reason.amount))
        .collect();
    if !rest.is_zero() {
        told.push((t.why_rest().to_owned(), rest));
    }
    told
}

fn sentence(t: Words, now: &Bill, reason: &Reason) -> String {
    let direction = |is_more: bool| if is_more { "more" } else { "less" };
    match &reason.cause {
        Cause::Days { before, now } => t.why_days(now, before),
        Cause::Usage {
            service,
            more: Some(more),
        } if !more.is_zero() => {
            let unit = now
                .services
                .iter()
                .find(|billed| billed.commodity.as_str() == service)
                .and_then(|billed| shown(billed.commodity, billed.quantity, billed.unit))
                .map_or("", |(_, unit)| unit.as_str());
            let (amount, unit) = (t.rounded(more.abs(), 0), t.unit_name(unit));
            let direction = direction(more.is_sign_positive());
            if service == Commodity::Sewer.as_str() {
                t.why_sewer(amount, unit, direction)
            } else {
                t.why_used(amount, unit, direction, service)
            }
        }
        Cause::Usage { service, .. } => t.why_counted(service),
        Cause::Price { service } => t.why_price(service),
        Cause::Rider { service } => t.why_rider(service),
        Cause::Started { service } => t.why_started(service),
        Cause::Stopped { service } => t.why_stopped(service),
        Cause::Following => t.why_following().to_owned(),
        Cause::OneOffs => t.why_one_offs().to_owned(),
    }
}
