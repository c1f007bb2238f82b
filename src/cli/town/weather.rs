//! The town's weather: made up like the town, by a plain rule, and taken in by the import that takes everybody's.
//!
//! Each month has a mean temperature, as a river town in Iowa has it; a day lies on the straight line between the middles of its month and the
//! next. On top comes a wobble of at most nine degrees, which goes up and down over days and is the same for the same day every time: the
//! day's number times 37, by 19, less nine, half of it from the day before. Afternoons are eleven degrees warmer than the mean, nights ten
//! degrees colder.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use crate::adapters::weather;
use crate::domain::stamp::Stamp;
use crate::domain::weather::TemperatureUnit;
use crate::store::db::Db;
use crate::usecases::weather::import;

/// The town's station.
const STATION: &str = "LARKSPUR BEND";

/// The mean of each month in tenths of a degree Fahrenheit, January first.
const MONTHS: [i64; 12] = [225, 270, 390, 510, 620, 720, 760, 740, 660, 530, 400, 280];

/// Takes in the days from one on, up to the day before another.
///
/// # Errors
/// A fault of the database.
pub fn take(
    (db, stamp): (&Db, &Stamp),
    (first, today): (NaiveDate, NaiveDate),
) -> anyhow::Result<()> {
    let mut file = String::from("STATION,DATE,TMAX,TMIN,TAVG\n");
    for day in first.iter_days().take_while(|day| *day < today) {
        let mean = mean(day);
        writeln!(
            file,
            "{STATION},{day},{},{},{}",
            degrees(mean + 110),
            degrees(mean - 100),
            degrees(mean)
        )?;
    }
    let lines = weather::read(file.as_bytes(), (TemperatureUnit::Fahrenheit, today))?;
    import((db, stamp), lines, None, |_line, _why| {})?;
    Ok(())
}

/// In tenths of a degree.
fn mean(day: NaiveDate) -> i64 {
    let of = |month: u32| {
        let place = usize::try_from(month % 12).unwrap_or_default();
        MONTHS.get(place).copied().unwrap_or_default()
    };
    let (month, days) = (day.month0(), i64::from(day.day()) - 15);
    let (from, to, after) = if days < 0 {
        (of(month + 11), of(month), days + 30)
    } else {
        (of(month), of(month + 1), days)
    };
    let number = i64::from(day.num_days_from_ce());
    let wobble = |number: i64| (number * 37) % 19 - 9;
    from + (to - from) * after / 30 + (wobble(number) + wobble(number - 1)) * 5
}

fn degrees(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summers_are_warm_winters_cold_and_no_day_jumps() {
        let mean_of = |text: &str| mean(text.parse().unwrap());
        assert!((670..=850).contains(&mean_of("2026-07-15")));
        assert!((135..=315).contains(&mean_of("2026-01-15")));
        let first: NaiveDate = "2025-01-01".parse().unwrap();
        let days: Vec<i64> = first.iter_days().take(500).map(mean).collect();
        assert!(days.windows(2).all(|pair| (pair[1] - pair[0]).abs() < 200));
        assert_eq!(degrees(-5), "-0.5");
    }
}
