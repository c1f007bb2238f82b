//! Taking in the weather of days. Safe to repeat: a day that is known as it is told changes nothing, one that is told otherwise is corrected.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::weather::WeatherDay;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::weather::{self, STATION};

/// How many days one transaction takes.
pub const CHUNK: usize = 1_000;

/// What became of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// Not known before.
    pub new: usize,
    /// Known otherwise.
    pub corrected: usize,
    /// Known just so.
    pub known: usize,
}

impl Taken {
    /// With what became of others.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            new: self.new + other.new,
            corrected: self.corrected + other.corrected,
            known: self.known + other.known,
        }
    }
}

/// Takes days of a station; of a day that is told twice the last counts. The first station that is taken is the utility's.
///
/// # Errors
/// A fault of the store.
pub fn take(tx: &mut Tx<'_>, station: &str, days: &[WeatherDay]) -> Result<Taken, StoreError> {
    let told: BTreeMap<NaiveDate, WeatherDay> = days.iter().map(|day| (day.day, *day)).collect();
    let dates: Vec<NaiveDate> = told.keys().copied().collect();
    let before = weather::find_days(tx, station, &dates)?;
    let is_other = |day: &&WeatherDay| before.get(&day.day) != Some(*day);
    let other: Vec<WeatherDay> = told.values().filter(is_other).copied().collect();
    if store::settings::find(tx, STATION)?.is_none() {
        store::settings::put(tx, STATION, station)?;
    }
    let corrected = other.iter().filter(|day| before.contains_key(&day.day));
    let corrected = corrected.count();
    let taken = Taken {
        new: other.len() - corrected,
        corrected,
        known: told.len() - other.len(),
    };
    let (Some(first), Some(last)) = (other.first(), other.last()) else {
        return Ok(taken);
    };
    weather::put(tx, station, &other)?;
    let deed = Deed {
        action: "weather.taken",
        subject_kind: "weather_station",
        subject_id: station.to_owned(),
        account_id: None,
        facts: json!({ "first": first.day, "last": last.day, "new": taken.new, "corrected": corrected }),
    };
    audit::insert(tx, &deed)?;
    Ok(taken)
}

/// Lets the pages show the weather of a station.
///
/// # Errors
/// A fault of the store.
pub fn choose_station(tx: &mut Tx<'_>, station: &str) -> Result<(), StoreError> {
    if store::settings::find(tx, STATION)?.as_deref() == Some(station) {
        return Ok(());
    }
    store::settings::put(tx, STATION, station)?;
    let deed = Deed {
        action: "weather.station_chosen",
        subject_kind: "weather_station",
        subject_id: station.to_owned(),
        account_id: None,
        facts: json!({}),
    };
    audit::insert(tx, &deed)
}
