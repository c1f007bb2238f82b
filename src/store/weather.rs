//! The weather of days, by station.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::period::Period;
use crate::domain::weather::{Degrees, WeatherDay};
use crate::store::bulk::insert_lent;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{settings, weather_days};

/// The setting that holds the station whose weather the pages show.
pub const STATION: &str = "weather_station";

#[derive(Insertable)]
#[diesel(table_name = weather_days, treat_none_as_default_value = false)]
struct Row<'a> {
    station: &'a str,
    day: NaiveDate,
    high: Option<i32>,
    low: Option<i32>,
    mean: i32,
}

type Raw = (NaiveDate, Option<i32>, Option<i32>, i32);

const COLUMNS: (
    weather_days::day,
    weather_days::high,
    weather_days::low,
    weather_days::mean,
) = (
    weather_days::day,
    weather_days::high,
    weather_days::low,
    weather_days::mean,
);

fn read((day, high, low, mean): Raw) -> WeatherDay {
    WeatherDay {
        day,
        high: high.map(Degrees::from_hundredths),
        low: low.map(Degrees::from_hundredths),
        mean: Degrees::from_hundredths(mean),
    }
}

/// The weather of a period at the utility's station, in order; nothing where none is loaded.
pub fn list(conn: &mut Conn, period: Period) -> Result<Vec<WeatherDay>, StoreError> {
    let rows: Vec<Raw> = weather_days::table
        .inner_join(settings::table.on(settings::value.eq(weather_days::station)))
        .filter(settings::name.eq(STATION))
        .filter(weather_days::day.ge(period.from))
        .filter(weather_days::day.lt(period.until))
        .order(weather_days::day)
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(read).collect())
}

/// What is known of a station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StationRow {
    /// Its code.
    pub station: String,
    /// How many days.
    pub days: i64,
    /// The first and the last of them.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// Whether the pages show its weather.
    pub is_shown: bool,
}

/// The stations whose weather is known, by their codes.
pub fn list_stations(conn: &mut Conn) -> Result<Vec<StationRow>, StoreError> {
    type Counted = (String, i64, Option<NaiveDate>, Option<NaiveDate>);
    let shown = crate::store::settings::find(conn, STATION)?;
    let rows: Vec<Counted> = weather_days::table
        .group_by(weather_days::station)
        .order(weather_days::station)
        .select((
            weather_days::station,
            diesel::dsl::count_star(),
            diesel::dsl::min(weather_days::day),
            diesel::dsl::max(weather_days::day),
        ))
        .load(conn)?;
    let row = |(station, days, first, last): Counted| StationRow {
        is_shown: shown.as_deref() == Some(station.as_str()),
        station,
        days,
        span: first.zip(last),
    };
    Ok(rows.into_iter().map(row).collect())
}

/// What is known of these days at a station.
pub fn find_days(
    conn: &mut Conn,
    station: &str,
    days: &[NaiveDate],
) -> Result<BTreeMap<NaiveDate, WeatherDay>, StoreError> {
    let rows: Vec<Raw> = weather_days::table
        .filter(weather_days::station.eq(station))
        .filter(weather_days::day.eq_any(days))
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(|raw| (raw.0, read(raw))).collect())
}

/// Records the weather of days at a station, in place of what was known of them.
pub fn put(tx: &mut Tx<'_>, station: &str, days: &[WeatherDay]) -> Result<(), StoreError> {
    let dates: Vec<NaiveDate> = days.iter().map(|day| day.day).collect();
    diesel::delete(weather_days::table)
        .filter(weather_days::station.eq(station))
        .filter(weather_days::day.eq_any(dates))
        .execute(tx.conn())?;
    let row = |day: &WeatherDay| Row {
        station,
        day: day.day,
        high: day.high.map(Degrees::hundredths),
        low: day.low.map(Degrees::hundredths),
        mean: day.mean.hundredths(),
    };
    let rows: Vec<Row<'_>> = days.iter().map(row).collect();
    insert_lent!(tx, weather_days::table, &rows)
}
