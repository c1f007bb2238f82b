//! `mainstay import weather FILE`: the weather of days, from a table as NOAA writes it, into the house.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::PathBuf;

use anyhow::{Context, ensure};
use chrono::NaiveDate;
use clap::Args;

use crate::adapters::weather::{self, WeatherLine};
use crate::cli::hand_over::Work;
use crate::domain::stamp::Stamp;
use crate::domain::weather::{TemperatureUnit, WeatherDay};
use crate::store::db::{Db, Tx};
use crate::store::error::StoreError;
use crate::usecases::weather::{CHUNK, Taken, choose_station, take};

#[derive(Args)]
pub struct WeatherArgs {
    /// A table with the columns DATE and TAVG, or TMAX and TMIN; STATION where it holds several.
    file: PathBuf,
    /// What its temperatures are counted in: tenths-celsius (GHCN-Daily), celsius or fahrenheit (daily summaries).
    #[arg(long, default_value_t = TemperatureUnit::TenthsCelsius)]
    unit: TemperatureUnit,
    /// The station, for a file that names none.
    #[arg(long)]
    station: Option<String>,
    /// Let the pages show the weather of this station from now on; without it they show that of the first one taken.
    #[arg(long)]
    show: Option<String>,
}

/// How a file is meant.
pub struct Meant<'a> {
    /// What its temperatures are counted in.
    pub unit: TemperatureUnit,
    /// The station of a line that names none.
    pub station: Option<&'a str>,
    /// The day from which on there is no weather yet.
    pub today: NaiveDate,
}

impl WeatherArgs {
    /// Takes the file in, and tells what became of it.
    pub fn run(&self, work: &mut Work<'_>) -> anyhow::Result<()> {
        let path = work.file(&self.file);
        let file = File::open(path).with_context(|| self.file.display().to_string())?;
        let stamp = work.stamp();
        let meant = Meant {
            unit: self.unit,
            station: self.station.as_deref(),
            today: stamp.on,
        };
        let mut refused = 0_usize;
        let db = work.db;
        let taken = import((db, &stamp), BufReader::new(file), &meant, |line, why| {
            refused += 1;
            (work.say)(format!("line {line}: {why}"));
        })?;
        if let Some(station) = self.show.clone() {
            let choose = move |tx: &mut Tx<'_>| choose_station(tx, &station);
            let chosen: Result<(), StoreError> = db.write_blocking(stamp, choose);
            chosen?;
        }
        (work.say)(format!(
            "{} days new, {} corrected, {} there already, {refused} lines refused.",
            taken.new, taken.corrected, taken.known
        ));
        let used = taken.new + taken.corrected + taken.known;
        ensure!(
            used > 0 || refused == 0,
            "no line of the file could be used; are its temperatures in {}?",
            self.unit
        );
        Ok(())
    }
}

/// Takes a file in, a chunk of days at a time; `refused` hears of each line that cannot be taken, and why.
///
/// # Errors
/// A file that is no such table, or the database's.
pub fn import(
    (db, stamp): (&Db, &Stamp),
    file: impl Read,
    meant: &Meant<'_>,
    mut refused: impl FnMut(u64, &str),
) -> anyhow::Result<Taken> {
    let mut taken = Taken::default();
    let mut waiting: (String, Vec<WeatherDay>) = (String::new(), Vec::new());
    for line in weather::read(file, (meant.unit, meant.today))? {
        let (station, day) = match line? {
            WeatherLine::Day(named, day) => {
                let station = named.or_else(|| meant.station.map(str::to_owned));
                (
                    station.context("the file names no station: say --station")?,
                    day,
                )
            }
            WeatherLine::Refused { line, why } => {
                refused(line, &why);
                continue;
            }
        };
        if waiting.0 != station || waiting.1.len() >= CHUNK {
            taken = taken.with(keep((db, stamp), waiting)?);
            waiting = (station, Vec::new());
        }
        waiting.1.push(day);
    }
    Ok(taken.with(keep((db, stamp), waiting)?))
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
