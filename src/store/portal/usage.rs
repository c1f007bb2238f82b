//! Usage by day and hour of one service of an account in scope.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, RegisterId};
use crate::domain::meters::Channel;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::intervals::{UsageDay, list_usage};
use crate::store::portal::accounts::in_scope;
use crate::store::schema::{meter_installs, registers, service_agreements, service_points};

/// A register that counted a service of the account, and for which days it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    /// The register.
    pub register: RegisterId,
    /// What it counts in.
    pub unit: Unit,
    /// Whether it counts what is fed back.
    pub is_received: bool,
    /// The days it counted for this account.
    pub period: Period,
}

type CounterRow = (
    RegisterId,
    Unit,
    Channel,
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

/// What the registers of a service counted for this account in a period: only the days on which the account had the service.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    (account, commodity): (AccountId, Commodity),
    period: Period,
) -> Result<Counted, StoreError> {
    let rows: Vec<CounterRow> = service_agreements::table
        .inner_join(service_points::table)
        .inner_join(
            meter_installs::table
                .on(meter_installs::service_point_id.eq(service_agreements::service_point_id)),
        )
        .inner_join(registers::table.on(registers::meter_id.eq(meter_installs::meter_id)))
        .filter(service_agreements::account_id.eq(in_scope(scope, account)?))
        .filter(service_points::commodity.eq(commodity))
        .filter(registers::resolution_minutes.is_not_null())
        .filter(registers::channel.ne(Channel::Demand))
        .order((
            registers::id,
            meter_installs::from_on,
            service_agreements::from_on,
        ))
        .select((
            registers::id,
            registers::unit,
            registers::channel,
            meter_installs::from_on,
            meter_installs::until_on,
            service_agreements::from_on,
            service_agreements::until_on,
        ))
        .load(conn)?;
    let counters: Vec<Counter> = rows
        .into_iter()
        .filter_map(|row| counter(row, period))
        .collect();
    let ids: Vec<RegisterId> = counters.iter().map(|counter| counter.register).collect();
    let mut days = list_usage(conn, &ids, period)?;
    days.retain(|day| {
        counters
            .iter()
            .any(|counter| counter.register == day.register_id && counter.period.contains(day.day))
    });
    Ok(Counted { counters, days })
}

fn counter(row: CounterRow, period: Period) -> Option<Counter> {
    let (register, unit, channel, installed, removed, started, stopped) = row;
    let span = |from: NaiveDate, until: Option<NaiveDate>| {
        Period::new(from, until.unwrap_or(period.until.max(from)))
    };
    let both = span(installed, removed)?.overlap(span(started, stopped)?)?;
    Some(Counter {
        register,
        unit,
        is_received: channel == Channel::Received,
        period: both.overlap(period)?,
    })
}
