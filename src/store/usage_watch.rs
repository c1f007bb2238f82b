//! What the meters of many accounts count that report by themselves, in a fixed number of queries.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, CycleId, RegisterId, ServicePointId};
use crate::domain::meters::{Channel, Flow, MeterKind};
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::dated::served_on;
use crate::store::dated::{has_left, is_with};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::intervals::list_usage;
use crate::store::portal::usage::{Counted, Counter};
use crate::store::schema::{
    accounts, meter_installs, meters, registers, service_agreements, service_points,
};

/// What counts each service of accounts, by account and commodity.
pub type Services = BTreeMap<(AccountId, Commodity), Counted>;

/// The accounts of which a condition holds and that have a meter which reports by itself on a day, in their order.
macro_rules! list_reporting {
    ($conn:expr, $holds:expr, ($on:expr, $after:expr, $limit:expr)) => {
        service_agreements::table
            .inner_join(accounts::table)
            .inner_join(
                meter_installs::table
                    .on(meter_installs::service_point_id.eq(service_agreements::service_point_id)),
            )
            .inner_join(registers::table.on(registers::meter_id.eq(meter_installs::meter_id)))
            .filter($holds)
            .filter(accounts::id.gt($after))
            .filter(served_on($on))
            .filter(meter_installs::from_on.le($on))
            .filter(
                meter_installs::until_on
                    .is_null()
                    .or(meter_installs::until_on.gt($on)),
            )
            .filter(registers::resolution_minutes.is_not_null())
            .order(accounts::id)
            .select(accounts::id)
            .distinct()
            .limit($limit)
            .load($conn)?
    };
}

/// The next accounts of a cycle that have a meter which reports by itself on a day, in their order: those that are with it, and those that
/// leave it later.
pub fn list_accounts(
    conn: &mut Conn,
    (cycle, on): (CycleId, NaiveDate),
    after: AccountId,
    limit: i64,
) -> Result<Vec<AccountId>, StoreError> {
    let next = on.succ_opt().unwrap_or(on);
    let mut found: Vec<AccountId> =
        list_reporting!(conn, is_with!(cycle, next), (on, after, limit));
    let left: Vec<AccountId> = list_reporting!(conn, has_left!(cycle, on), (on, after, limit));
    found.extend(left);
    found.sort_unstable();
    found.dedup();
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}

type CounterRow = (
    AccountId,
    Commodity,
    (ServicePointId, RegisterId, Unit),
    (MeterKind, Channel),
    (NaiveDate, Option<NaiveDate>),
    (NaiveDate, Option<NaiveDate>),
);

/// The services of these accounts that are counted by themselves in a period; their days are not read.
pub fn list_services(
    conn: &mut Conn,
    accounts: &[AccountId],
    period: Period,
) -> Result<Services, StoreError> {
    let rows: Vec<CounterRow> = service_agreements::table
        .inner_join(service_points::table)
        .inner_join(
            meter_installs::table
                .on(meter_installs::service_point_id.eq(service_agreements::service_point_id)),
        )
        .inner_join(meters::table.on(meters::id.eq(meter_installs::meter_id)))
        .inner_join(registers::table.on(registers::meter_id.eq(meters::id)))
        .filter(service_agreements::account_id.eq_any(accounts))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(registers::resolution_minutes.is_not_null())
        .filter(registers::channel.ne(Channel::Demand))
        .order((
            registers::id,
            meter_installs::from_on,
            service_agreements::from_on,
        ))
        .select((
            service_agreements::account_id,
            service_points::commodity,
            (service_points::id, registers::id, registers::unit),
            (meters::kind, registers::channel),
            (meter_installs::from_on, meter_installs::until_on),
            (service_agreements::from_on, service_agreements::until_on),
        ))
        .load(conn)?;
    let mut services = Services::new();
    for (account, commodity, (point, register, unit), (kind, channel), hung, agreed) in rows {
        let span = |(from, until): (NaiveDate, Option<NaiveDate>)| {
            Period::new(from, until.unwrap_or(period.until.max(from)))
        };
        let both = span(hung).zip(span(agreed));
        let within = both.and_then(|(hung, agreed)| hung.overlap(agreed)?.overlap(period));
        let Some((within, flow)) = within.zip(Flow::of(kind, channel)) else {
            continue;
        };
        let counted = services
            .entry((account, commodity))
            .or_insert_with(|| Counted {
                counters: Vec::new(),
                days: Vec::new(),
            });
        counted.counters.push(Counter {
            point,
            register,
            unit,
            flow,
            period: within,
        });
    }
    Ok(services)
}

/// Reads the days of these services in a period: of each register those on which it counted for the account.
pub fn read_days(
    conn: &mut Conn,
    services: &mut Services,
    period: Period,
) -> Result<(), StoreError> {
    let counters = services.values().flat_map(|counted| &counted.counters);
    let ids: BTreeSet<RegisterId> = counters.map(|counter| counter.register).collect();
    let ids: Vec<RegisterId> = ids.into_iter().collect();
    let mut owners: BTreeMap<RegisterId, Vec<(AccountId, Commodity)>> = BTreeMap::new();
    for (service, counted) in services.iter() {
        for counter in &counted.counters {
            owners.entry(counter.register).or_default().push(*service);
        }
    }
    for day in list_usage(conn, &ids, period)? {
        let of = owners.get(&day.register_id).into_iter().flatten();
        // A register counts for one account on a day, also where two have it in the period.
        let mut counts = of.filter(|service| {
            let counted = services.get(*service);
            counted.is_some_and(|counted| counted.counter_of(&day).is_some())
        });
        if let Some(counted) = counts.next().and_then(|service| services.get_mut(service)) {
            counted.days.push(day);
        }
    }
    Ok(())
}
