//! What the answer to "may this account be shut off today?" rests on: one fixed set of questions, whatever the account holds; what was served
//! before, and the forecasts that somebody of the office noted. Both are only added to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::accounts::{AccountClass, AccountStatus};
use crate::domain::disputes::frozen;
use crate::domain::holds::{HoldKind, HoldStop};
use crate::domain::ids::{AccountId, EntryId, HoldId, ServiceAgreementId};
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::shutoff::{
    Debt, Exposed, Facts, Felt, FeltDays, Held, Served, ServedKind, ServedWay,
};
use crate::domain::weather::Degrees;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::holds::{HoldRow, moratoria, reviews};
use crate::store::open_items::OpenItem;
use crate::store::schema::{
    accounts as account_rows, forecasts, landlord_agreements, premises, service_agreements,
    service_points, shutoff_notices,
};
use crate::store::{
    accounts, arrangements, deposits, disputes, holds, open_items, overdue, weather,
};

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

/// Everything that the rules need to know of an account on a day. Seventeen questions at the most.
pub fn case(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Case, StoreError> {
    let row = accounts::get(conn, account)?;
    let places = places(conn, account, on)?;
    let mut services: Vec<Commodity> = places.iter().map(|place| place.commodity).collect();
    services.sort_unstable();
    services.dedup();
    let mut states: Vec<String> = places.iter().map(|place| place.state.clone()).collect();
    states.sort_unstable();
    states.dedup();
    let rows = holds::list_of_account(conn, account)?;
    let mut held = held(&rows, on);
    for declared in moratoria::list_begun(conn, on)? {
        let counts = declared.span.holds_on(on) && declared.stops.has(HoldStop::ShutOff);
        if counts && declared.is_for(row.class, &services) {
            held.push(Held {
                kind: HoldKind::Moratorium,
                last_on: declared.span.last_day(),
            });
        }
    }
    let served = list_served(conn, account, on)?;
    let pending = overdue::pending_payments(conn, &[account])?;
    let facts = Facts {
        class: row.class,
        is_active: row.status == AccountStatus::Active,
        has_occupants: has_occupants(conn, &places)?,
        services,
        states,
        debts: debts(conn, account, on)?,
        pending: pending.get(&account).copied().unwrap_or_default(),
        holds: held,
        eased: eased(&rows, on),
        unreviewed: unreviewed(conn, &rows, on)?,
        served: served.iter().map(as_served).collect(),
        felt: felt(conn, on)?,
    };
    Ok(Case {
        facts,
        served,
        holds: rows,
    })
}

const fn as_served(row: &ServedRow) -> Served {
    Served {
        kind: row.kind,
        way: row.way,
        given_on: row.given_on,
        is_proven: row.is_proven,
    }
}

/// A service of the account, and where it is.
struct Place {
    agreement: ServiceAgreementId,
    commodity: Commodity,
    state: String,
    dwellings: i32,
}

fn places(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Vec<Place>, StoreError> {
    let rows: Vec<(ServiceAgreementId, Commodity, String, i32)> = service_agreements::table
        .inner_join(service_points::table.inner_join(premises::table))
        .filter(service_agreements::account_id.eq(account))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(service_agreements::from_on.le(on))
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(on)),
        )
        .order(service_agreements::id)
        .select((
            service_agreements::id,
            service_points::commodity,
            premises::state,
            premises::dwelling_units,
        ))
        .load(conn)?;
    let place = |(agreement, commodity, state, dwellings): (_, _, String, _)| Place {
        agreement,
        commodity,
        state: state.trim().to_uppercase(),
        dwellings,
    };
    Ok(rows.into_iter().map(place).collect())
}

/// What the weather is asked about of these accounts on a day; those that are not served are left out. One query.
pub fn list_exposed(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<BTreeMap<AccountId, Exposed>, StoreError> {
    let rows: Vec<(AccountId, AccountClass, Commodity, String)> = service_agreements::table
        .inner_join(service_points::table.inner_join(premises::table))
        .inner_join(account_rows::table)
        .filter(service_agreements::account_id.among(ids))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(service_agreements::from_on.le(on))
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(on)),
        )
        .order(service_agreements::id)
        .select((
            service_agreements::account_id,
            account_rows::class,
            service_points::commodity,
            premises::state,
        ))
        .load(conn)?;
    let mut found: BTreeMap<AccountId, Exposed> = BTreeMap::new();
    for (account, class, commodity, state) in rows {
        let one = found.entry(account).or_insert_with(|| Exposed {
            class,
            services: Vec::new(),
            states: Vec::new(),
        });
        one.services.push(commodity);
        one.states.push(state.trim().to_uppercase());
    }
    Ok(found)
}

/// Whether people may live there who are not the customer: more than one dwelling is behind the account, or service goes on in a landlord's
/// name because a tenant left, and nobody knows who came since.
fn has_occupants(conn: &mut Conn, places: &[Place]) -> Result<bool, StoreError> {
    if places.iter().any(|place| place.dwellings > 1) {
        return Ok(true);
    }
    let ids: Vec<ServiceAgreementId> = places.iter().map(|place| place.agreement).collect();
    let taken_over: i64 = landlord_agreements::table
        .filter(landlord_agreements::service_agreement_id.eq_any(ids))
        .count()
        .get_result(conn)?;
    Ok(taken_over > 0)
}

fn debts(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Vec<Debt>, StoreError> {
    let open = open_items::list(conn, account)?;
    let ids: Vec<i64> = open.iter().map(|item| item.entry_id.0).collect();
    let disputed = disputes::disputed(conn, &ids, on)?;
    let arranged = arrangements::list_of_debts(conn, &ids)?;
    let entries: Vec<EntryId> = open.iter().map(|item| item.entry_id).collect();
    let deposits = deposits::list_asks(conn, &entries)?;
    let debt = |item: &OpenItem| {
        let in_dispute = disputed.get(&item.entry_id).copied().unwrap_or_default();
        let disputed = frozen(item.remaining, in_dispute);
        let agreed = arranged.get(&item.entry_id).copied().unwrap_or_default();
        Debt {
            due_on: agreed
                .ended_on
                .map_or(item.due_on, |day| day.max(item.due_on)),
            remaining: item.remaining,
            disputed,
            arranged: frozen(item.remaining - disputed, agreed.left(item.remaining)),
            is_penalty: item.kind.is_penalty(),
            is_deposit: deposits.contains(&item.entry_id),
        }
    };
    Ok(open.iter().map(debt).collect())
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
    conn: &mut Conn,
    rows: &[HoldRow],
    on: NaiveDate,
) -> Result<Vec<(HoldKind, NaiveDate)>, StoreError> {
    let ended = |row: &HoldRow| {
        let by_itself = row.span.until_on.filter(|_| row.lift.is_none());
        let counts = row.waits_for_a_look() && row.stops.has(HoldStop::ShutOff);
        let end = by_itself.filter(|end| *end <= on && counts)?;
        if holds::renewal_of(rows, row).is_some() {
            return None;
        }
        Some((row.id, row.kind, end))
    };
    let ended: Vec<(HoldId, HoldKind, NaiveDate)> = rows.iter().filter_map(ended).collect();
    if ended.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<HoldId> = ended.iter().map(|(id, ..)| *id).collect();
    let answered = reviews::list_answered(conn, &ids)?;
    let waits = ended.into_iter().filter(|(id, ..)| !answered.contains(id));
    Ok(waits.map(|(_, kind, end)| (kind, end)).collect())
}

/// What was served on an account and may still count.
fn list_served(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<ServedRow>, StoreError> {
    let since = on.checked_sub_days(REMEMBERED).unwrap_or(on);
    Ok(shutoff_notices::table
        .filter(shutoff_notices::account_id.eq(account))
        .filter(shutoff_notices::given_on.ge(since))
        .order((shutoff_notices::given_on.desc(), shutoff_notices::id.desc()))
        .select(ServedRow::as_select())
        .load(conn)?)
}

/// The temperatures around a day: each as it was forecast whenever somebody noted it, and of days that are over as it was measured too. Of a day
/// that is not over nothing is known before somebody noted a forecast on the day that is asked about or the day before it.
pub fn felt(conn: &mut Conn, on: NaiveDate) -> Result<FeltDays, StoreError> {
    let from = on.checked_sub_days(AROUND).unwrap_or(on);
    let until = on.checked_add_days(AROUND).unwrap_or(on);
    let fresh_from = on.pred_opt().unwrap_or(on);
    let forecasts = list_forecasts(conn, (from, until))?;
    let is_fresh = |row: &&ForecastRow| row.day < on || row.seen_on >= fresh_from;
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
    // What was measured of today is the part of it that is over.
    for day in weather::list(conn, Period { from, until: on })? {
        if let Some((high, low)) = day.span() {
            found.entry(day.day).or_default().push(Felt { low, high });
        }
    }
    Ok(found)
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
