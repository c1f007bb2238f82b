//! Taking in the weather of days. Safe to repeat: a day that is known as it is told changes nothing, one that is told otherwise is corrected.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::stamp::Stamp;
use crate::domain::weather::{WeatherDay, WeatherLine};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::{Db, Tx};
use crate::store::error::StoreError;
use crate::store::weather::{self, STATION};

/// How many days one transaction takes.
const CHUNK: usize = 1_000;

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

/// Why a file of weather was not taken to its end. What came before stays taken: taking it again changes nothing.
#[derive(Debug, thiserror::Error)]
pub enum WeatherError<E: std::error::Error + 'static> {
    /// The file broke off.
    #[error(transparent)]
    File(E),
    /// A line names no station, and nobody said which it is.
    #[error("the file names no station")]
    NoStation,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Takes a file in, a chunk of days at a time; `refused` hears of each line that cannot be taken, and why. `station` is that of a line that
/// names none.
///
/// # Errors
/// `File`, `NoStation`, or a fault of the store.
pub fn import<E: std::error::Error + 'static>(
    (db, stamp): (&Db, &Stamp),
    lines: impl Iterator<Item = Result<WeatherLine, E>>,
    station: Option<&str>,
    mut refused: impl FnMut(u64, String),
) -> Result<Taken, WeatherError<E>> {
    let mut taken = Taken::default();
    let mut waiting: BTreeMap<String, Vec<WeatherDay>> = BTreeMap::new();
    for line in lines {
        let (named, day) = match line.map_err(WeatherError::File)? {
            WeatherLine::Day(named, day) => (named, day),
            WeatherLine::Refused { line, why } => {
                refused(line, why);
                continue;
            }
        };
        let of = named.or_else(|| station.map(str::to_owned));
        let of = of.ok_or(WeatherError::NoStation)?;
        let days = waiting.entry(of.clone()).or_default();
        days.push(day);
        if days.len() >= CHUNK {
            let full = std::mem::take(days);
            taken = taken.with(keep((db, stamp), (of, full))?);
        }
    }
    for rest in waiting {
        taken = taken.with(keep((db, stamp), rest)?);
    }
    Ok(taken)
}

fn keep(
    (db, stamp): (&Db, &Stamp),
    (station, days): (String, Vec<WeatherDay>),
) -> Result<Taken, StoreError> {
    if days.is_empty() {
        return Ok(Taken::default());
    }
    db.write_blocking(stamp.clone(), move |tx| take(tx, &station, &days))
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
