//! The registers that a file speaks of: found by the file's names, remembered for the rest of the file.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::accounts::AccountClass;
use crate::domain::feed::{FeedSeries, RejectReason};
use crate::domain::ids::{AccountId, MeterId, RegisterId, ServiceAgreementId};
use crate::domain::intervals::Resolution;
use crate::domain::metered::WINDOW_DAYS;
use crate::domain::meters::{Channel, MeterKind, RegisterFace};
use crate::domain::period::{Period, in_force};
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::reads::{KnownRegister, Placement, Served};
use crate::store::service::SuspensionRow;

/// A register with all that VEE needs to know of it.
#[derive(Debug, Clone)]
pub struct Register {
    /// Row id.
    pub id: RegisterId,
    /// What import files call it.
    pub external_key: String,
    /// The meter's number.
    pub serial: String,
    /// How the meter's registers add up.
    pub kind: MeterKind,
    /// What it counts.
    pub channel: Channel,
    /// What it counts in.
    pub unit: Unit,
    /// How it counts.
    pub face: RegisterFace,
    /// The length of its intervals, where it records them.
    pub resolution: Option<Resolution>,
    placements: Vec<Placement>,
    served: Vec<Served>,
    suspended: Vec<SuspensionRow>,
}

impl Register {
    /// What is delivered through it, by its latest place.
    #[must_use]
    pub fn commodity(&self) -> Commodity {
        self.placements
            .last()
            .map_or(Commodity::Other, |placement| placement.commodity)
    }

    /// Who is served through it on a day.
    #[must_use]
    pub fn account_on(&self, day: NaiveDate) -> Option<(AccountId, ServiceAgreementId)> {
        let served = self.served_on(day)?;
        Some((served.account_id, served.service_agreement_id))
    }

    /// The class of whoever is served through it on a day.
    #[must_use]
    pub fn class_on(&self, day: NaiveDate) -> Option<AccountClass> {
        self.served_on(day).map(|served| served.class)
    }

    fn served_on(&self, day: NaiveDate) -> Option<&Served> {
        let placement = self
            .placements
            .iter()
            .find(|placement| in_force(placement.from_on, placement.until_on, day))?;
        self.served
            .iter()
            .filter(|served| served.service_point_id == placement.service_point_id)
            .find(|served| in_force(served.from_on, served.until_on, day))
    }
}

impl Register {
    /// Whether its meter hung somewhere on a day; on the last day it is still read.
    #[must_use]
    pub fn is_placed_on(&self, day: NaiveDate) -> bool {
        let hung = |placement: &Placement| {
            placement.from_on <= day && placement.until_on.is_none_or(|until| day <= until)
        };
        self.placements.iter().any(hung)
    }

    /// Since when its meter hung where it hung on a day; on the last day it is still there.
    #[must_use]
    pub fn hung_since(&self, day: NaiveDate) -> Option<NaiveDate> {
        let hung = |placement: &&Placement| {
            placement.from_on <= day && placement.until_on.is_none_or(|until| day <= until)
        };
        let here = self.placements.iter().filter(hung);
        here.map(|placement| placement.from_on).max()
    }

    /// On how many days of a span the service through it was suspended.
    #[must_use]
    pub fn idle_days(&self, span: Period) -> u32 {
        let shared = |row: &SuspensionRow| {
            let off = Period {
                from: row.from_on,
                until: row.until_on.unwrap_or(NaiveDate::MAX),
            };
            span.overlap(off).map_or(0, Period::days)
        };
        self.suspended.iter().map(shared).sum()
    }

    /// Whether somebody's service through it begins or ends around a day, so that a read of the day opens or closes it.
    #[must_use]
    pub fn changes_hands(&self, day: NaiveDate) -> bool {
        let is_near = |other: NaiveDate| (other - day).num_days().abs() <= i64::from(WINDOW_DAYS);
        let mut served = self.served.iter();
        served.any(|one| is_near(one.from_on) || one.until_on.is_some_and(is_near))
    }

    /// Whether service went through it since the read before a day: to somebody who still lives there, or who left on that day.
    #[must_use]
    pub fn is_served(&self, since: Option<Period>, on: NaiveDate) -> bool {
        let is_all_idle = |span: Period| span.days() > 0 && self.idle_days(span) == span.days();
        if since.is_some_and(is_all_idle) {
            return false;
        }
        let day_before = on.pred_opt().filter(|_| since.is_some());
        self.account_on(on).is_some()
            || day_before.is_some_and(|day| self.account_on(day).is_some())
    }
}

/// Builds registers with their places from rows, in four queries.
///
/// # Errors
/// Those of the database.
pub fn with_places(
    conn: &mut Conn,
    rows: Vec<KnownRegister>,
) -> Result<Vec<Arc<Register>>, StoreError> {
    let mut meters: Vec<MeterId> = rows.iter().map(|row| row.meter_id).collect();
    meters.sort_unstable();
    meters.dedup();
    let mut placements: HashMap<MeterId, Vec<Placement>> = HashMap::new();
    let mut points = Vec::new();
    for placement in store::reads::list_placements(conn, &meters)? {
        points.push(placement.service_point_id);
        placements
            .entry(placement.meter_id)
            .or_default()
            .push(placement);
    }
    points.sort_unstable();
    points.dedup();
    let mut served: HashMap<_, Vec<Served>> = HashMap::new();
    for row in store::reads::list_served(conn, &points)? {
        served.entry(row.service_point_id).or_default().push(row);
    }
    let agreements: Vec<ServiceAgreementId> = served
        .values()
        .flatten()
        .map(|row| row.service_agreement_id)
        .collect();
    let suspended = store::reads::list_suspended(conn, &agreements)?;
    let mut suspensions: HashMap<ServiceAgreementId, Vec<SuspensionRow>> = HashMap::new();
    for row in suspended {
        let of_agreement = suspensions.entry(row.service_agreement_id).or_default();
        of_agreement.push(row);
    }
    let build = |row: KnownRegister| {
        let places = placements.get(&row.meter_id).cloned().unwrap_or_default();
        let served: Vec<Served> = places
            .iter()
            .flat_map(|place| served.get(&place.service_point_id).into_iter().flatten())
            .cloned()
            .collect();
        let suspended = served
            .iter()
            .flat_map(|row| {
                suspensions
                    .get(&row.service_agreement_id)
                    .into_iter()
                    .flatten()
            })
            .cloned()
            .collect();
        let resolution = row
            .resolution_minutes
            .and_then(|minutes| Resolution::of_seconds(i64::from(minutes) * 60));
        let face = row.face();
        Arc::new(Register {
            id: row.id,
            external_key: row.external_key,
            serial: row.serial,
            kind: row.kind,
            channel: row.channel,
            unit: row.unit,
            face,
            resolution,
            placements: places,
            served,
            suspended,
        })
    };
    Ok(rows.into_iter().map(build).collect())
}

/// What has been found so far, under the file's names.
#[derive(Debug, Default)]
pub struct Registers {
    known: HashMap<String, Vec<Arc<Register>>>,
}

/// More names than this are forgotten, and looked up again.
const MOST_REMEMBERED: usize = 300_000;

impl Registers {
    /// The names that have not been looked up yet.
    #[must_use]
    pub fn unknown(&self, names: impl Iterator<Item = String>) -> HashSet<String> {
        names
            .filter(|name| !self.known.contains_key(name))
            .collect()
    }

    /// Looks names up.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(&mut self, conn: &mut Conn, names: HashSet<String>) -> Result<(), StoreError> {
        if self.known.len() > MOST_REMEMBERED {
            self.known.clear();
        }
        let names: Vec<String> = names.into_iter().collect();
        let rows = store::reads::find_registers(conn, &names)?;
        for name in names {
            self.known.insert(name, Vec::new());
        }
        for register in with_places(conn, rows)? {
            for name in [&register.external_key, &register.serial] {
                if let Some(found) = self.known.get_mut(name)
                    && !found.iter().any(|other| other.id == register.id)
                {
                    found.push(Arc::clone(&register));
                }
            }
        }
        Ok(())
    }

    /// The register that a series is meant for: the one with exactly this key; or of the meter's registers the one with the channel, then
    /// the unit, then a unit that can be converted.
    ///
    /// # Errors
    /// Why there is none.
    pub fn resolve(&self, series: &FeedSeries) -> Result<&Arc<Register>, RejectReason> {
        let named = |name: &str| self.known.get(name).map_or(&[][..], Vec::as_slice);
        if let Some(channel) = &series.channel {
            let key = key_of(&series.meter, channel);
            if let [only] = named(&key) {
                return convertible(only, series.unit);
            }
        }
        let found = named(&series.meter);
        let of_key: Vec<_> = found
            .iter()
            .filter(|one| one.external_key == series.meter)
            .collect();
        if let [only] = of_key.as_slice() {
            return convertible(only, series.unit);
        }
        if found.is_empty() {
            return Err(RejectReason::UnknownMeter);
        }
        let channel = series.channel.as_deref().and_then(channel_named);
        let fits = |one: &&Arc<Register>| channel.is_none_or(|channel| one.channel == channel);
        let of_channel: Vec<_> = found.iter().filter(fits).collect();
        let same: Vec<_> = of_channel
            .iter()
            .filter(|one| one.unit == series.unit)
            .collect();
        let near: Vec<_> = of_channel
            .iter()
            .filter(|one| series.unit.converts_to(one.unit))
            .collect();
        match (same.as_slice(), near.as_slice()) {
            ([only], _) | ([], [only]) => Ok(only),
            ([], []) => Err(RejectReason::UnitMismatch),
            _ => Err(RejectReason::AmbiguousRegister),
        }
    }
}

/// A register's key where a file names channels.
#[must_use]
pub fn key_of(meter: &str, channel: &str) -> String {
    format!("{meter}:{channel}")
}

fn convertible(register: &Arc<Register>, unit: Unit) -> Result<&Arc<Register>, RejectReason> {
    if unit.converts_to(register.unit) {
        Ok(register)
    } else {
        Err(RejectReason::UnitMismatch)
    }
}

/// A channel by our word, or by the market's (E delivered, B received).
fn channel_named(name: &str) -> Option<Channel> {
    match name.as_bytes().first() {
        Some(b'E') => Some(Channel::Delivered),
        Some(b'B') => Some(Channel::Received),
        _ => name.parse().ok(),
    }
}
