//! How real homes and shops use water and power, hour by hour: from the reads in `tests/data/ami`, whose README names sources and licenses.
//! A recorded day stands for a day of the town by its weekday and season.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};

use anyhow::Context;
use chrono::{Days, NaiveDate};
use flate2::bufread::GzDecoder;

/// Hourly registers of water meters in Alicante (DAIAD, CC BY-SA 4.0).
const WATER: &[u8] = include_bytes!("../../../tests/data/ami/water_alicante_hourly.csv.gz");
/// Hourly use of homes in Fontana, and what a panel yields there (CityLearn, MIT).
const HOMES: &[u8] = include_bytes!("../../../tests/data/ami/electric_fontana_hourly.csv.gz");
/// Hourly use of loads of a benchmark grid (SimBench, ODbL 1.0).
const SHOPS: &[u8] = include_bytes!("../../../tests/data/ami/electric_simbench_part.csv.gz");

/// The water meters with the fewest gaps.
const METERS: [&str; 12] = [
    "SWM-B2DB2424",
    "SWM-4F038F6B",
    "SWM-3EF5C87D",
    "SWM-6AD16013",
    "SWM-0C3C50A7",
    "SWM-78F53805",
    "SWM-38C59967",
    "SWM-80A30936",
    "SWM-FD186992",
    "SWM-B1790725",
    "SWM-3A235BF0",
    "SWM-F00E155C",
];

/// The shops among the loads: an office, a workshop, a cold store, a farm, a plant.
const LOADS: [&str; 5] = ["SB-001", "SB-003", "SB-005", "SB-011", "SB-013"];

/// More than this in an hour is a jump of the register, in liters.
const JUMP: i64 = 1_500;

/// Thousandths of a gallon in a liter.
const MILLIGALLONS: i64 = 264;

/// One recorded day, by hour.
pub type Day = [i64; 24];

/// A record of whole days, one after the other.
#[derive(Debug, Clone, Default)]
pub struct Record {
    first: NaiveDate,
    days: Vec<Day>,
}

impl Record {
    /// The recorded day that is like a day of the town: of the same weekday, so many weeks beside the same season.
    #[must_use]
    pub fn like(&self, day: NaiveDate, weeks: i64) -> &Day {
        const NOTHING: &Day = &[0; 24];
        let whole_weeks = i64::try_from(self.days.len() / 7).unwrap_or_default() * 7;
        let since = (day - self.first).num_days() + weeks * 7;
        let place = since.checked_rem_euclid(whole_weeks).unwrap_or_default();
        let place = usize::try_from(place).unwrap_or_default();
        self.days.get(place).unwrap_or(NOTHING)
    }

    fn at(&mut self, day: NaiveDate, hour: usize) -> Option<&mut i64> {
        let place = usize::try_from((day - self.first).num_days()).ok()?;
        if place >= self.days.len() {
            self.days.resize(place + 1, [0; 24]);
        }
        self.days.get_mut(place)?.get_mut(hour)
    }
}

/// All records.
#[derive(Debug, Clone)]
pub struct Shapes {
    /// Water of homes, in thousandths of a gallon.
    pub water: Vec<Record>,
    /// Power of homes, in watt-hours.
    pub homes: Vec<Record>,
    /// Power of shops, in watt-hours.
    pub shops: Vec<Record>,
    /// What a panel of one kilowatt yields, in watt-hours.
    pub sun: Record,
}

impl Shapes {
    /// Reads the records.
    ///
    /// # Errors
    /// A record that is not what its README says.
    pub fn read() -> anyhow::Result<Self> {
        let (homes, sun) = homes()?;
        Ok(Self {
            water: water()?,
            homes,
            shops: shops()?,
            sun,
        })
    }
}

fn lines(packed: &'static [u8]) -> impl Iterator<Item = std::io::Result<String>> {
    BufReader::new(GzDecoder::new(packed)).lines()
}

fn recorded(year: i32, month: u32) -> anyhow::Result<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1).context("a day of the calendar")
}

/// `meter;datetime(dd/mm/yyyy hh:mm:ss);register_litres;diff_litres`
fn water() -> anyhow::Result<Vec<Record>> {
    let first = recorded(2016, 3)?;
    let record = || Record {
        first,
        days: Vec::new(),
    };
    let mut meters: BTreeMap<&str, Record> =
        METERS.iter().map(|meter| (*meter, record())).collect();
    for line in lines(WATER) {
        let line = line?;
        let mut fields = line.split(';');
        let (Some(meter), Some(stamp), _, Some(liters)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let Some(record) = meters.get_mut(meter) else {
            continue;
        };
        let (day, time) = stamp.split_once(' ').context("a stamp of day and time")?;
        let day = NaiveDate::parse_from_str(day, "%d/%m/%Y")?;
        let hour = time.split(':').next().unwrap_or_default().parse()?;
        let liters: i64 = liters.trim().parse()?;
        if (0..JUMP).contains(&liters)
            && let Some(slot) = record.at(day, hour)
        {
            *slot += liters * MILLIGALLONS;
        }
    }
    Ok(METERS
        .iter()
        .filter_map(|meter| meters.remove(meter))
        .collect())
}

/// `home,month,hour(1-24, hour ending),day_type,kwh,pv_w_per_kw_installed`; a year from the last hour of a Sunday, 31 July.
fn homes() -> anyhow::Result<(Vec<Record>, Record)> {
    let first = recorded(2016, 8)?;
    let record = || Record {
        first,
        days: Vec::new(),
    };
    let mut homes: Vec<(String, Record)> = Vec::new();
    let mut sun = record();
    let mut day = first;
    for line in lines(HOMES).skip(1) {
        let line = line?;
        let fields: Vec<&str> = line.split(',').collect();
        let [home, _month, hour, _day_type, kwh, yielded] = fields.as_slice() else {
            anyhow::bail!("a row of six fields: {line}");
        };
        if homes.last().is_none_or(|(name, _)| name != home) {
            homes.push(((*home).to_owned(), record()));
            day = first - Days::new(1);
        }
        let hour = hour.parse::<usize>()?.saturating_sub(1);
        let is_first_home = homes.len() == 1;
        if let Some((_, record)) = homes.last_mut()
            && let Some(slot) = record.at(day, hour)
        {
            *slot = thousandths(kwh)?;
        }
        if is_first_home && let Some(slot) = sun.at(day, hour) {
            *slot = thousandths(yielded)? / 1_000;
        }
        if hour == 23 {
            day = day + Days::new(1);
        }
    }
    Ok((homes.into_iter().map(|(_, record)| record).collect(), sun))
}

/// `hour_start` and a column of kWh for each load.
fn shops() -> anyhow::Result<Vec<Record>> {
    let mut rows = lines(SHOPS);
    let heading = rows.next().context("a heading")??;
    let columns: Vec<&str> = heading.split(',').collect();
    let record = Record {
        first: recorded(2016, 1)?,
        days: Vec::new(),
    };
    let mut shops = vec![record; LOADS.len()];
    for row in rows {
        let row = row?;
        let fields: Vec<&str> = row.split(',').collect();
        let stamp = fields.first().copied().unwrap_or_default();
        let (day, time) = stamp.split_once('T').context("a stamp of day and time")?;
        let (day, hour) = (
            day.parse()?,
            time.split(':').next().unwrap_or_default().parse()?,
        );
        for (load, record) in LOADS.iter().zip(&mut shops) {
            let column = columns.iter().position(|column| column == load);
            let value = column.and_then(|column| fields.get(column));
            if let (Some(value), Some(slot)) = (value, record.at(day, hour)) {
                *slot = thousandths(value)?;
            }
        }
    }
    Ok(shops)
}

/// Thousandths of a number with a few decimals; what is below them is left out.
fn thousandths(text: &str) -> anyhow::Result<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    Ok(whole.parse::<i64>()? * 1_000 + digits.parse::<i64>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_records_are_whole_and_of_believable_size() {
        let shapes = Shapes::read().unwrap();
        assert_eq!(
            (shapes.water.len(), shapes.homes.len(), shapes.shops.len()),
            (12, 9, 5)
        );
        let year = |record: &Record| record.days.iter().flatten().sum::<i64>();
        for water in &shapes.water {
            let gallons = year(water) / 1_000;
            assert!((15_000..60_000).contains(&gallons), "{gallons} gallons");
        }
        for home in &shapes.homes {
            assert_eq!(home.days.len(), 365);
            let kwh = year(home) / 1_000;
            assert!((5_000..20_000).contains(&kwh), "{kwh} kWh");
        }
        assert!((1_500_000..2_200_000).contains(&year(&shapes.sun)));
        assert_eq!(shapes.shops[4].days.len(), 31);
    }

    #[test]
    fn a_day_is_like_one_of_the_same_weekday() {
        let shapes = Shapes::read().unwrap();
        let sunday: NaiveDate = "2026-08-02".parse().unwrap();
        let recorded: NaiveDate = "2016-08-07".parse().unwrap();
        let like = shapes.homes[0].like(sunday, 0);
        let place = shapes.homes[0]
            .days
            .iter()
            .position(|day| day == like)
            .unwrap();
        assert_eq!(
            i64::try_from(place).unwrap() % 7,
            (recorded - shapes.homes[0].first).num_days() % 7
        );
    }
}
