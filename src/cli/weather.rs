//! `mainstay import weather FILE`: the weather of days, from a table as NOAA writes it, into the house.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use clap::Args;

use crate::adapters::weather;
use crate::cli::hand_over::Work;
use crate::domain::weather::TemperatureUnit;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::weather::{WeatherError, choose_station, import};

#[derive(Args)]
pub struct WeatherArgs {
    /// A table with the columns DATE and TAVG, or TMAX and TMIN; STATION where it holds several.
    file: PathBuf,
    /// What its temperatures are counted in: tenths-celsius (GHCN-Daily), celsius or fahrenheit (daily summaries).
    #[arg(long)]
    unit: TemperatureUnit,
    /// The station, for a file that names none.
    #[arg(long)]
    station: Option<String>,
    /// Let the pages show the weather of this station from now on; without it they show that of the first one taken.
    #[arg(long)]
    show: Option<String>,
}

impl WeatherArgs {
    /// Takes the file in, and tells what became of it.
    pub fn run(&self, work: &mut Work<'_>) -> anyhow::Result<()> {
        let path = work.file(&self.file);
        let file = File::open(path).with_context(|| self.file.display().to_string())?;
        let stamp = work.stamp();
        let mut refused = 0_usize;
        let db = work.db;
        let lines = weather::read(BufReader::new(file), (self.unit, stamp.on))?;
        let of = self.station.as_deref();
        let taken = match import((db, &stamp), lines, of, |line, why| {
            refused += 1;
            (work.say)(format!("line {line}: {why}"));
        }) {
            Ok(taken) => taken,
            Err(WeatherError::NoStation) => bail!("the file names no station: say --station"),
            Err(error) => return Err(error.into()),
        };
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
