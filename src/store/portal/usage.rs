//! Usage by day and hour of one service of an account in scope.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, RegisterId, ServiceAgreementId, ServicePointId};
use crate::domain::meters::{Channel, Flow, MeterKind};
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::scope::Scope;
use crate::store::dated::served_on;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::intervals::{UsageDay, list_usage};
use crate::store::portal::accounts::in_scope;
use crate::store::schema::{meter_installs, meters, registers, service_agreements, service_points};

/// A register that counted a service of the account, and for which days it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    /// Where.
    pub point: ServicePointId,
    /// The register.
    pub register: RegisterId,
    /// What it counts in.
    pub unit: Unit,
    /// Which way what it counts goes.
    pub flow: Flow,
    /// The days it counted for this account.
    pub period: Period,
}

type CounterRow = (
    ServicePointId,
    RegisterId,
    Unit,
    (MeterKind, Channel),
    NaiveDate,
    Option<NaiveDate>,
    NaiveDate,
    Option<NaiveDate>,
);

/// Days of usage with the registers they came from.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The registers.
    pub counters: Vec<Counter>,
    /// Their days inside the time that each counted for the account.
    pub days: Vec<UsageDay>,
}

impl Counted {
    /// Only what is counted at these points.
    #[must_use]
    pub fn at(mut self, points: &[ServicePointId]) -> Self {
        self.counters
            .retain(|counter| points.contains(&counter.point));
        let counters = &self.counters;
        self.days.retain(|day| {
            let mut own = counters.iter();
            own.any(|one| one.register == day.register_id && one.period.contains(day.day))
        });
        self
    }

    /// The register of a day, as it counted for the account on it.
    #[must_use]
    pub fn counter_of(&self, day: &UsageDay) -> Option<&Counter> {
        self.counters
            .iter()
            .find(|counter| counter.register == day.register_id && counter.period.contains(day.day))
    }
}

/// What the registers of a service counted for this account in a period: only the days on which the account had the service. The day on which
/// a meter took another's place is told by both, and stands with the one that came.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    (account, commodity): (AccountId, Commodity),
    period: Period,
) -> Result<Counted, StoreError> {
    let rows = list_rows(conn, scope, (account, commodity))?;
    let counters: Vec<Counter> = rows
        .iter()
        .filter_map(|row| counter(*row, period))
        .collect();
    let mut exchanges = exchanges(&rows);
    exchanges.retain(|(_, on), _| period.contains(*on));
    let mut ids: Vec<RegisterId> = counters.iter().map(|counter| counter.register).collect();
    ids.extend(exchanges.keys().map(|(old, _)| *old));
    ids.sort_unstable();
    ids.dedup();
    let mut days = list_usage(conn, &ids, period)?;
    hand_over(&mut days, &exchanges);
    days.retain(|day| {
        counters
            .iter()
            .any(|counter| counter.register == day.register_id && counter.period.contains(day.day))
    });
    Ok(Counted { counters, days })
}

/// The register that counted on from a day in place of another.
type Exchanges = BTreeMap<(RegisterId, NaiveDate), RegisterId>;

/// Each register that went while the account had the service, by its day, and the one that came in its place.
fn exchanges(rows: &[CounterRow]) -> Exchanges {
    let mut found = Exchanges::new();
    for (point, old, unit, (kind, channel), _, removed, ..) in rows {
        let (Some(on), Some(flow)) = (*removed, Flow::of(*kind, *channel)) else {
            continue;
        };
        let takes_over = |row: &&CounterRow| {
            let (there, new, counts, (kind, channel), installed, _, started, stopped) = **row;
            let is_alike = there == *point && counts == *unit && new != *old;
            let is_served = started <= on && stopped.is_none_or(|until| on < until);
            is_alike && installed == on && is_served && Flow::of(kind, channel) == Some(flow)
        };
        if let Some(row) = rows.iter().find(takes_over) {
            found.entry((*old, on)).or_insert(row.1);
        }
    }
    found
}

/// Puts what a meter counted on its last day to what the one in its place counted on that day.
fn hand_over(days: &mut Vec<UsageDay>, exchanges: &Exchanges) {
    for ((old, on), new) in exchanges {
        let mut of_day = days.iter().filter(|day| day.day == *on);
        let Some(before) = of_day.find(|day| day.register_id == *old).cloned() else {
            continue;
        };
        let after = days
            .iter_mut()
            .find(|day| (day.register_id, day.day) == (*new, *on));
        match after {
            Some(after) => {
                if let Some(both) = before.usage.handed_to(&after.usage) {
                    after.usage = both;
                }
            }
            None => days.push(UsageDay {
                register_id: *new,
                ..before
            }),
        }
    }
    days.sort_by_key(|day| (day.register_id, day.day));
}

/// The first day on which an account had a service.
pub fn find_first_day(
    conn: &mut Conn,
    scope: &Scope,
    (account, commodity): (AccountId, Commodity),
) -> Result<Option<NaiveDate>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .filter(service_agreements::account_id.eq(in_scope(scope, account)?))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(service_points::commodity.eq(commodity))
        .order(service_agreements::from_on)
        .select(service_agreements::from_on)
        .first(conn)
        .optional()?)
}

/// The points at which an account is served on a day, or will be.
pub fn list_present_points(
    conn: &mut Conn,
    scope: &Scope,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<ServicePointId>, StoreError> {
    Ok(service_agreements::table
        .filter(service_agreements::account_id.eq(in_scope(scope, account)?))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(on)),
        )
        .select(service_agreements::service_point_id)
        .distinct()
        .load(conn)?)
}

/// The services of an account that meters which report by themselves count on a day.
pub fn list_reporting(
    conn: &mut Conn,
    scope: &Scope,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<Commodity>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .inner_join(
            meter_installs::table
                .on(meter_installs::service_point_id.eq(service_agreements::service_point_id)),
        )
        .inner_join(registers::table.on(registers::meter_id.eq(meter_installs::meter_id)))
        .filter(service_agreements::account_id.eq(in_scope(scope, account)?))
        .filter(served_on(on))
        .filter(meter_installs::until_on.is_null())
        .filter(registers::resolution_minutes.is_not_null())
        .order(service_points::commodity)
        .select(service_points::commodity)
        .distinct()
        .load(conn)?)
}

/// The registers of a service that report by themselves, with the days of a period on which they counted for this account.
pub fn list_counters(
    conn: &mut Conn,
    scope: &Scope,
    of_service: (AccountId, Commodity),
    period: Period,
) -> Result<Vec<Counter>, StoreError> {
    let rows = list_rows(conn, scope, of_service)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| counter(row, period))
        .collect())
}

/// The registers of a service that report by themselves, while they hung at a point and while the account was served there.
fn list_rows(
    conn: &mut Conn,
    scope: &Scope,
    (account, commodity): (AccountId, Commodity),
) -> Result<Vec<CounterRow>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .inner_join(
            meter_installs::table
                .on(meter_installs::service_point_id.eq(service_agreements::service_point_id)),
        )
        .inner_join(meters::table.on(meters::id.eq(meter_installs::meter_id)))
        .inner_join(registers::table.on(registers::meter_id.eq(meters::id)))
        .filter(service_agreements::account_id.eq(in_scope(scope, account)?))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(service_points::commodity.eq(commodity))
        .filter(registers::resolution_minutes.is_not_null())
        .filter(registers::channel.ne(Channel::Demand))
        .order((
            registers::id,
            meter_installs::from_on,
            service_agreements::from_on,
        ))
        .select((
            service_agreements::service_point_id,
            registers::id,
            registers::unit,
            (meters::kind, registers::channel),
            meter_installs::from_on,
            meter_installs::until_on,
            service_agreements::from_on,
            service_agreements::until_on,
        ))
        .load(conn)?)
}

/// Where a service is delivered under each agreement of the account that was in force in a period.
pub fn list_points(
    conn: &mut Conn,
    scope: &Scope,
    (account, commodity): (AccountId, Commodity),
    period: Period,
) -> Result<Vec<(ServiceAgreementId, ServicePointId)>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .filter(service_agreements::account_id.eq(in_scope(scope, account)?))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(service_points::commodity.eq(commodity))
        .filter(service_agreements::from_on.lt(period.until))
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(period.from)),
        )
        .order((service_agreements::from_on, service_agreements::id))
        .select((service_agreements::id, service_points::id))
        .load(conn)?)
}

fn counter(row: CounterRow, period: Period) -> Option<Counter> {
    let (point, register, unit, (kind, channel), installed, removed, started, stopped) = row;
    let span = |from: NaiveDate, until: Option<NaiveDate>| {
        Period::new(from, until.unwrap_or(period.until.max(from)))
    };
    let both = span(installed, removed)?.overlap(span(started, stopped)?)?;
    Some(Counter {
        point,
        register,
        unit,
        flow: Flow::of(kind, channel)?,
        period: both.overlap(period)?,
    })
}
