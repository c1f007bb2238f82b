//! What the answer to "may this account be shut off today?" rests on: one fixed set of questions, whatever the account holds; what was served
//! before, and the forecasts that somebody of the office noted. Both are only added to.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::accounts::{AccountClass, AccountStatus};
use crate::domain::disputes::frozen;
use crate::domain::holds::{HoldKind, HoldStop};
use crate::domain::ids::{AccountId, HoldId, ServiceAgreementId};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::shutoff::{Debt, Facts, Felt, FeltDays, Held, Served, ServedKind, ServedWay};
use crate::domain::weather::Degrees;
use crate::store::dated::served_on;
use crate::store::db::{Conn, Tx};
use crate::store::debts::{self, OpenDebt};
use crate::store::error::StoreError;
use crate::store::holds::HoldRow;
use crate::store::holds::moratoria::{self, Declared, MoratoriumRow};
use crate::store::schema::{
    forecasts, landlord_agreements, premises, service_agreements, service_points, shutoff_notices,
};
use crate::store::{accounts, holds, overdue, weather};

/// What was served so long ago is good for nothing any more.
const REMEMBERED: Days = Days::new(400);

/// The days around a day whose weather may count for it.
const AROUND: Days = Days::new(8);

/// One thing that was served, as it was recorded.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = shutoff_notices)]
pub struct ServedRow {
    /// What.
    pub kind: ServedKind,
    /// How.
    pub way: ServedWay,
    /// On which day.
    pub given_on: NaiveDate,
    /// Whether there is proof that it arrived.
    pub is_proven: bool,
    /// What is known of it.
    pub words: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// When, in UTC.
    pub recorded_at: NaiveDateTime,
}

/// What the answer rests on, and what of it the office reads.
#[derive(Debug, Clone)]
pub struct Case {
    /// What the rules look at.
    pub facts: Facts,
    /// What was served, the latest first.
    pub served: Vec<ServedRow>,
    /// Every hold of the account, the latest first.
    pub holds: Vec<HoldRow>,
}

/// A service of the account, as the rules look at it.
#[derive(Debug, Clone)]
pub struct Place {
    /// What is delivered.
    pub commodity: Commodity,
    /// The state it lies in, as written.
    pub state: String,
    /// How many dwellings are behind it.
    pub dwellings: i32,
    /// Whether it goes on in a landlord's name because a tenant left.
    pub is_landlords: bool,
}

/// A forecast, as the rules look at it: the temperatures in hundredths of a degree Fahrenheit.
#[derive(Debug, Clone, Copy)]
pub struct Forecast {
    /// Of which day.
    pub day: NaiveDate,
    /// The lowest temperature.
    pub low: i32,
    /// The highest.
    pub high: i32,
    /// On which day of the utility somebody noted it.
    pub seen_on: NaiveDate,
}

/// What is known beside what an account holds and owes.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// What was served on it.
    pub served: Vec<Served>,
    /// The times that were declared and had begun.
    pub declared: Vec<Declared>,
    /// What was forecast for the days around, in the order in which it was noted.
    pub forecasts: Vec<Forecast>,
    /// How cold and how hot the days before were.
    pub measured: Vec<(NaiveDate, Felt)>,
}

/// What was read of an account: all that the facts are worked out from.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Its class.
    pub class: AccountClass,
    /// Where it stands.
    pub status: AccountStatus,
    /// What is on its way.
    pub pending: Money,
    /// What it is served with on the day.
    pub places: &'a [Place],
    /// What it owes.
    pub debts: &'a [OpenDebt],
    /// Every hold of it, the latest first, and those whose end was answered for.
    pub holds: (&'a [HoldRow], &'a BTreeSet<HoldId>),
    /// What is known beside.
    pub around: &'a Around,
}

/// Since which day what was served or declared may still count on a day.
pub(super) fn remembered(on: NaiveDate) -> NaiveDate {
    on.checked_sub_days(REMEMBERED).unwrap_or(on)
}

/// The days around a day whose weather may count for it.
pub(super) fn days_around(on: NaiveDate) -> (NaiveDate, NaiveDate) {
    (
        on.checked_sub_days(AROUND).unwrap_or(on),
        on.checked_add_days(AROUND).unwrap_or(on),
    )
}

/// Everything that the rules need to know of an account on a day. Nine questions.
pub fn case(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Case, StoreError> {
    let row = accounts::get(conn, account)?;
    let places = places(conn, account, on)?;
    let (holds, answered) = holds::list_with_answers(conn, account)?;
    let declared = moratoria::list_begun(conn, on)?.into_iter();
    let served = list_served(conn, account, on)?;
    let pending = overdue::pending_payments(conn, &[account])?;
    let debts = debts::list(conn, account)?;
    let (forecasts, measured) = temperatures(conn, on)?;
    let around = Around {
        served: served.iter().map(as_served).collect(),
        declared: declared.map(MoratoriumRow::declared).collect(),
        forecasts,
        measured,
    };
    let known = Known {
        class: row.class,
        status: row.status,
        pending: pending.get(&account).copied().unwrap_or_default(),
        places: &places,
        debts: &debts,
        holds: (&holds, &answered),
        around: &around,
    };
    Ok(Case {
        facts: facts(&known, on),
        served,
        holds,
    })
}

/// What was forecast for the days around a day, and measured of those that are over: of today that is the part of it that is over. Two queries.
fn temperatures(
    conn: &mut Conn,
    on: NaiveDate,
) -> Result<(Vec<Forecast>, Vec<(NaiveDate, Felt)>), StoreError> {
    let (from, until) = days_around(on);
    let forecasts = list_forecasts(conn, (from, until))?;
    let measured = weather::list(conn, Period { from, until: on })?;
    let measured = measured.iter().filter_map(|day| {
        let (high, low) = day.span()?;
        Some((day.day, Felt { low, high }))
    });
    Ok((
        forecasts.iter().map(as_forecast).collect(),
        measured.collect(),
    ))
}

/// How cold and how warm the days around a day are, as far as anybody knows. Two queries.
pub fn felt_around(conn: &mut Conn, on: NaiveDate) -> Result<FeltDays, StoreError> {
    let (forecasts, measured) = temperatures(conn, on)?;
    let around = Around {
        forecasts,
        measured,
        ..Around::default()
    };
    Ok(felt(&around, on))
}

/// The facts of a day, worked out from what was read.
#[must_use]
pub fn facts(known: &Known<'_>, on: NaiveDate) -> Facts {
    let (rows, answered) = known.holds;
    let mut services: Vec<Commodity> = known.places.iter().map(|place| place.commodity).collect();
    services.sort_unstable();
    services.dedup();
    let state = |place: &Place| place.state.trim().to_uppercase();
    let mut states: Vec<String> = known.places.iter().map(state).collect();
    states.sort_unstable();
    states.dedup();
    let mut held = held(rows, on);
    for declared in &known.around.declared {
        let counts = declared.span.holds_on(on) && declared.stops.has(HoldStop::ShutOff);
        if counts && declared.is_for(known.class, &services) {
            held.push(Held {
                kind: HoldKind::Moratorium,
                last_on: declared.span.last_day(),
            });
        }
    }
    // More than one dwelling is behind the account, or nobody knows who came since a tenant left.
    let may_be_occupied = |place: &Place| place.dwellings > 1 || place.is_landlords;
    Facts {
        class: known.class,
        is_active: known.status == AccountStatus::Active,
        has_occupants: known.places.iter().any(may_be_occupied),
        services,
        states,
        debts: known.debts.iter().map(|debt| as_debt(debt, on)).collect(),
        pending: known.pending,
        holds: held,
        eased: eased(rows, on),
        unreviewed: unreviewed((rows, answered), on),
        served: known.around.served.clone(),
        felt: felt(known.around, on),
    }
}

const fn as_served(row: &ServedRow) -> Served {
    Served {
        kind: row.kind,
        way: row.way,
        given_on: row.given_on,
        is_proven: row.is_proven,
    }
}

const fn as_forecast(row: &ForecastRow) -> Forecast {
    Forecast {
        day: row.day,
        low: row.low,
        high: row.high,
        seen_on: row.seen_on,
    }
}

/// A debt as the rules look at it.
fn as_debt(debt: &OpenDebt, on: NaiveDate) -> Debt {
    let (item, disputed, agreed) = (&debt.item, debt.set_aside(on), debt.arranged());
    Debt {
        due_on: agreed
            .ended_on
            .map_or(item.due_on, |day| day.max(item.due_on)),
        remaining: item.remaining,
        disputed,
        arranged: frozen(item.remaining - disputed, agreed.left(item.remaining)),
        is_penalty: item.kind.is_penalty(),
        is_deposit: debt.is_deposit,
    }
}

fn places(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Vec<Place>, StoreError> {
    let rows: Vec<(Commodity, String, i32, Option<ServiceAgreementId>)> = service_agreements::table
        .inner_join(service_points::table.inner_join(premises::table))
        .left_join(landlord_agreements::table)
        .filter(service_agreements::account_id.eq(account))
        .filter(served_on(on))
        .order(service_agreements::id)
        .select((
            service_points::commodity,
            premises::state,
            premises::dwelling_units,
            landlord_agreements::service_agreement_id.nullable(),
        ))
        .load(conn)?;
    let place = |(commodity, state, dwellings, landlords): (_, _, _, Option<_>)| Place {
        commodity,
        state,
        dwellings,
        is_landlords: landlords.is_some(),
    };
    Ok(rows.into_iter().map(place).collect())
}

/// The account's own holds in force that keep a shut-off away.
fn held(rows: &[HoldRow], on: NaiveDate) -> Vec<Held> {
    let counts = |row: &&HoldRow| row.span.holds_on(on) && row.stops.has(HoldStop::ShutOff);
    let held = |row: &HoldRow| Held {
        kind: row.kind,
        last_on: row.span.last_day(),
    };
    rows.iter().filter(counts).map(held).collect()
}

/// Every hold of the account that has begun, the latest first, whatever it keeps away.
fn eased(rows: &[HoldRow], on: NaiveDate) -> Vec<Held> {
    let has_begun = |row: &&HoldRow| row.span.from_on <= on && !row.span.is_void();
    let held = |row: &HoldRow| Held {
        kind: row.kind,
        last_on: row.span.last_day(),
    };
    rows.iter().filter(has_begun).map(held).collect()
}

/// Holds that ended by themselves, were not renewed, and that somebody has to look at before anything follows.
fn unreviewed(
    (rows, answered): (&[HoldRow], &BTreeSet<HoldId>),
    on: NaiveDate,
) -> Vec<(HoldKind, NaiveDate)> {
    let ended = |row: &HoldRow| {
        let by_itself = row.span.until_on.filter(|_| row.lift.is_none());
        let counts = row.waits_for_a_look() && row.stops.has(HoldStop::ShutOff);
        let end = by_itself.filter(|end| *end <= on && counts)?;
        let is_done = holds::renewal_of(rows, row).is_some() || answered.contains(&row.id);
        (!is_done).then_some((row.kind, end))
    };
    rows.iter().filter_map(ended).collect()
}

/// What was served on an account and may still count.
fn list_served(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<ServedRow>, StoreError> {
    Ok(shutoff_notices::table
        .filter(shutoff_notices::account_id.eq(account))
        .filter(shutoff_notices::given_on.ge(remembered(on)))
        .order((shutoff_notices::given_on.desc(), shutoff_notices::id.desc()))
        .select(ServedRow::as_select())
        .load(conn)?)
}

/// The temperatures around a day: each as it was forecast whenever somebody noted it, and of days that are over as it was measured too. Of a day
/// that is not over nothing is known before somebody noted a forecast on the day that is asked about or the day before it.
fn felt(around: &Around, on: NaiveDate) -> FeltDays {
    let fresh_from = on.pred_opt().unwrap_or(on);
    let is_fresh = |row: &&Forecast| row.day < on || row.seen_on >= fresh_from;
    let forecasts = &around.forecasts;
    let known: BTreeSet<NaiveDate> = forecasts
        .iter()
        .filter(is_fresh)
        .map(|row| row.day)
        .collect();
    let mut found = FeltDays::new();
    for row in forecasts.iter().filter(|row| known.contains(&row.day)) {
        let felt = Felt {
            low: Degrees::from_hundredths(row.low),
            high: Degrees::from_hundredths(row.high),
        };
        found.entry(row.day).or_default().push(felt);
    }
    for (day, felt) in &around.measured {
        found.entry(*day).or_default().push(*felt);
    }
    found
}

/// Something that was served, on its way into the table.
#[derive(Debug, Clone)]
pub struct NewServed<'a> {
    /// What makes it the same when it is sent again.
    pub request_key: &'a str,
    /// On whose account.
    pub account_id: AccountId,
    /// What, how and when.
    pub served: Served,
    /// What is known of it.
    pub words: &'a str,
}

/// Records what was served.
pub fn insert_served(tx: &mut Tx<'_>, new: &NewServed<'_>) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(shutoff_notices::table)
        .values((
            shutoff_notices::request_key.eq(new.request_key),
            shutoff_notices::account_id.eq(new.account_id),
            shutoff_notices::kind.eq(new.served.kind),
            shutoff_notices::way.eq(new.served.way),
            shutoff_notices::given_on.eq(new.served.given_on),
            shutoff_notices::is_proven.eq(new.served.is_proven),
            shutoff_notices::words.eq(new.words),
            shutoff_notices::recorded_by.eq(&stamp.by.name),
            shutoff_notices::recorded_at.eq(stamp.at),
            shutoff_notices::recorded_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// On whose account something was recorded under this key.
pub fn find_served(conn: &mut Conn, key: &str) -> Result<Option<AccountId>, StoreError> {
    Ok(shutoff_notices::table
        .filter(shutoff_notices::request_key.eq(key))
        .select(shutoff_notices::account_id)
        .first(conn)
        .optional()?)
}

/// A forecast that somebody of the office noted.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = forecasts)]
pub struct ForecastRow {
    /// Of which day.
    pub day: NaiveDate,
    /// The lowest temperature, in hundredths of a degree Fahrenheit.
    pub low: i32,
    /// The highest.
    pub high: i32,
    /// Who noted it.
    pub seen_by: String,
    /// When, in UTC.
    pub seen_at: NaiveDateTime,
    /// On which day of the utility.
    pub seen_on: NaiveDate,
}

/// The forecasts of days, both among them, by their days: of each day the last that was noted comes last.
pub fn list_forecasts(
    conn: &mut Conn,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<ForecastRow>, StoreError> {
    Ok(forecasts::table
        .filter(forecasts::day.ge(from))
        .filter(forecasts::day.le(to))
        .order((forecasts::day, forecasts::id))
        .select(ForecastRow::as_select())
        .load(conn)?)
}

/// Notes a forecast.
pub fn insert_forecast(
    tx: &mut Tx<'_>,
    day: NaiveDate,
    (low, high): (Degrees, Degrees),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(forecasts::table)
        .values((
            forecasts::day.eq(day),
            forecasts::low.eq(low.hundredths()),
            forecasts::high.eq(high.hundredths()),
            forecasts::seen_by.eq(&stamp.by.name),
            forecasts::seen_at.eq(stamp.at),
            forecasts::seen_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    Ok(())
}
