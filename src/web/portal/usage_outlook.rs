//! What follows from the use so far: something that likely runs unnoticed, what the next bill will likely come to, how similar homes did.

use std::sync::Arc;

use actix_web::web::Data;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::domain::degree_days::{ByWeather, Climate};
use crate::domain::forecast::{Band, Extra};
use crate::domain::ids::ServicePointId;
use crate::domain::leaks::{self, Day, Finding};
use crate::domain::money::Money;
use crate::domain::neighbors::Similar;
use crate::domain::next_bill::{BilledUse, Known, NextBill, daily_uses};
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::portal::accounts::Account;
use crate::store::portal::bills::{self, Bill, BilledDays};
use crate::store::portal::usage;
use crate::usecases::billing::tariffs::TariffShelf;
use crate::usecases::forecasts;
use crate::usecases::hours::{self, For, LOOK_AT, days, shown_unit, whole_days};
use crate::web::PageError;
use crate::web::portal::usage_view::shown;
use crate::web::similar_homes::SimilarHomes;

/// What the page says of one service beside its months.
pub struct Outlook {
    pub leak: Option<Leak>,
    pub next: Option<Next>,
    pub similar: Option<Similar>,
}

/// Something that likely runs unnoticed.
pub struct Leak {
    pub finding: Finding,
    /// What it costs on the next bill, where that can be told.
    pub costs: Option<Money>,
}

impl Leak {
    pub fn an_hour(&self) -> Decimal {
        self.finding
            .a_day
            .checked_div(Decimal::from(24))
            .unwrap_or_default()
    }
}

/// What the next bill will likely come to.
pub struct Next {
    pub period: Period,
    pub amount: Band<Money>,
    pub used: Option<Band<Decimal>>,
    /// The days of this service that are counted.
    pub counted: u32,
    /// Of how many earlier years the weather is taken for the days ahead.
    pub years: Option<usize>,
}

impl Next {
    fn of(next: &NextBill, chosen: Commodity) -> Self {
        let mut services = next.used.iter();
        let own = services.find(|(commodity, ..)| *commodity == chosen);
        Self {
            period: next.period,
            amount: next.amount,
            used: own.map(|(_, _, used, _)| *used),
            counted: own.map_or(0, |(_, _, _, counted)| *counted),
            years: next.years_of_weather(chosen),
        }
    }

    pub fn last_day(&self) -> NaiveDate {
        self.period.until.pred_opt().unwrap_or(self.period.until)
    }
}

/// One metered service with the days that are counted and how they went.
struct Service {
    commodity: Commodity,
    unit: Unit,
    days: Vec<Day>,
}

/// What was read before, for all who ask.
#[derive(Clone)]
pub struct Shelves {
    pub tariffs: Data<TariffShelf>,
    pub similar: Data<SimilarHomes>,
}

/// Reads what the page says of a service: a fixed number of questions for each metered service of the account.
pub fn load(
    (conn, shelves, climate): (&mut Conn, &Shelves, &Arc<Climate>),
    (scope, account): (&Scope, &Account),
    (bills, services, chosen): (&[Bill], &[Commodity], Commodity),
    (today, zone): (NaiveDate, Tz),
) -> Result<Outlook, PageError> {
    let standing: Vec<&Bill> = bills
        .iter()
        .filter(|bill| bill.canceled_on.is_none())
        .collect();
    let period = Period {
        from: today.checked_sub_days(Days::new(LOOK_AT)).unwrap_or(today),
        until: today,
    };
    // What was used at a place that was left says nothing of the one that is served.
    let points = usage::list_present_points(conn, scope, account.id, today)?;
    let billed = bills::list_days(conn, &standing)?;
    let mut known = Vec::with_capacity(services.len());
    let mut finding = None;
    for commodity in services {
        let counted = usage::list(conn, scope, (account.id, *commodity), period)?.at(&points);
        let unit = shown_unit(*commodity, &counted);
        let service = Service {
            commodity: *commodity,
            unit,
            days: days(&counted, For::Bill, (unit, zone)),
        };
        if *commodity == chosen {
            let whose = (scope, account.id, account.class);
            let watched = hours::watched(conn, whose, chosen, period)?;
            let measured = days(&counted, For::Leaks, (unit, zone));
            finding = leaks::find(watched, &measured, today);
        }
        known.push(service.known((&standing, &billed), &points, climate));
    }
    let extra = finding.map(|finding| Extra {
        commodity: chosen,
        a_day: finding.a_day,
        since: finding.since,
    });
    let until = standing.first().map(|bill| bill.until_on);
    let next = forecasts::next_bill(
        (conn, &shelves.tariffs),
        (scope, account.id),
        (until, today),
        &known,
        extra,
    )
    .map_err(PageError::fault)?;
    let own = known.iter().find(|one| one.commodity == chosen);
    let similar = match (standing.first(), own) {
        (Some(bill), Some(own)) => {
            let of = (bill.id, chosen, own.unit);
            shelves.similar.of(conn, (scope, account.id, today), of)?
        }
        _ => None,
    };
    Ok(Outlook {
        leak: finding.map(|finding| Leak {
            finding,
            costs: next
                .as_ref()
                .and_then(|next| next.extra)
                .filter(|costs| costs.is_positive()),
        }),
        next: next.map(|next| Next::of(&next, chosen)),
        similar,
    })
}

impl Service {
    /// The days counted whole, and the daily use that earlier bills tell.
    fn known(
        self,
        (standing, billed_for): (&[&Bill], &BilledDays),
        points: &[ServicePointId],
        climate: &Arc<Climate>,
    ) -> Known {
        let mut unit = self.unit;
        let mut billed = Vec::with_capacity(standing.len());
        for bill in standing {
            let here: Vec<_> = bill
                .services
                .iter()
                .filter(|service| service.commodity == self.commodity)
                .filter(|service| points.contains(&service.point))
                .collect();
            let uses = here
                .iter()
                .filter_map(|service| shown(service.commodity, service.quantity, service.unit));
            let told = uses.reduce(|(sum, unit), (more, _)| (sum + more, unit));
            let Some((used, in_unit)) = told else {
                continue;
            };
            if self.days.is_empty() && billed.is_empty() {
                unit = in_unit;
            }
            let days = here
                .iter()
                .map(|service| billed_for.get(&(bill.id, service.position)).copied());
            // Use whose days are not all known says nothing of a day.
            let Some(days) = days.collect::<Option<Vec<Period>>>() else {
                continue;
            };
            let period = days.into_iter().reduce(|one, other| Period {
                from: one.from.min(other.from),
                until: one.until.max(other.until),
            });
            if let Some(period) = period.filter(|_| unit == in_unit) {
                billed.push(BilledUse { period, used });
            }
        }
        let end = standing.first().map(|bill| bill.until_on);
        Known {
            commodity: self.commodity,
            unit,
            a_day: end.map_or_else(Vec::new, |end| daily_uses(&billed, end)),
            weather: ByWeather::of(self.commodity, &billed, Some(climate)),
            days: whole_days(&self.days),
        }
    }
}
