//! `mainstay seed`: a city of any size with its history, made the way the house itself makes it: accounts opened, read files imported, bills
//! run, payments received, late fees charged, all in the order of their days. For measuring at scale; the demonstration town is another.

pub mod deep;
pub mod homes;
mod people;
pub mod reads;
pub mod schedules;
mod story;

use std::time::Instant;

use anyhow::{Context, ensure};
use chrono::{Datelike, Days, Months, NaiveDate};
use chrono_tz::Tz;
use clap::Args;

use crate::cli::say;
use crate::cli::seed::homes::home;
use crate::cli::seed::people::People;
use crate::cli::seed::reads::{instant, noon};
use crate::cli::seed::story::{Event, Story};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::ids::CycleId;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store;
use crate::store::db::{Access, Db};
use crate::usecases::accounts::open_accounts;
use crate::usecases::cycles::{NewCycle, open_cycle};

/// How many accounts are opened at once.
const BATCH: usize = 1_000;

/// The most cycles a city has; they are read on the first days of the month, one a day.
const MOST_CYCLES: u64 = 20;

/// A cycle is not worth a day of its own for fewer accounts than this.
const FEWEST_OF_A_CYCLE: u64 = 250;

/// Periods of each cycle's calendar after the last that is billed, for whoever goes on with the city.
const PERIODS_AHEAD: u32 = 12;

#[derive(Args)]
pub struct SeedArgs {
    /// How many accounts.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=9_000_000))]
    accounts: u64,
    /// How many months of history; the last bills are those of the latest read days.
    #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u32).range(1..=120))]
    months: u32,
    /// The database, which must be empty; `DATABASE_URL` where none is named.
    #[arg(long)]
    database: Option<String>,
}

/// A city under way.
struct City {
    db: Db,
    zone: Tz,
    people: People,
}

impl City {
    /// Who makes the city, at noon of a day.
    fn stamp(&self, on: NaiveDate) -> Stamp {
        Stamp {
            by: Actor::unnamed(ActorKind::Operator),
            at: instant(noon(self.zone, on)),
            on,
            request_id: None,
        }
    }
}

/// Makes the city, telling how far it has come.
pub fn run(args: &SeedArgs) -> anyhow::Result<()> {
    let config = Config::from_environment()?;
    let url = args.database.clone().unwrap_or(config.database_url);
    let db = Db::open(&url, Access::Own)?;
    let there = db.read_blocking(store::accounts::count)?;
    ensure!(
        there == 0,
        "the database has {there} accounts already; a city is made in an empty one"
    );
    let clock = Clock::new(config.zone);
    let mut city = City {
        db,
        zone: clock.zone(),
        people: People::default(),
    };
    let started = Instant::now();
    let first = first_month(clock.today(), args.months).context("a day of this calendar")?;
    settle(&mut city, args, first)?;
    say(format_args!(
        "{} accounts opened in {} s",
        args.accounts,
        started.elapsed().as_secs()
    ));
    let events = Event::all(&city.people.cycles, first, args.months);
    Story::new(&city, args.months)?.tell(&events)?;
    say(format_args!(
        "{} accounts with {} months of history in {} s.",
        args.accounts,
        args.months,
        started.elapsed().as_secs()
    ));
    Ok(())
}

/// The month of the first read days: so many before the latest month whose bills are all out by today.
fn first_month(today: NaiveDate, months: u32) -> Option<NaiveDate> {
    let latest = today.checked_sub_days(Days::new(MOST_CYCLES + 3))?;
    latest.with_day(1)?.checked_sub_months(Months::new(months))
}

/// Publishes the price lists, opens the cycles with their calendars, and lets everybody move in.
fn settle(city: &mut City, args: &SeedArgs, first: NaiveDate) -> anyhow::Result<()> {
    let before = first - Months::new(1);
    schedules::publish_all(&city.db, &city.stamp(before), before)?;
    let count = (args.accounts / FEWEST_OF_A_CYCLE).clamp(1, MOST_CYCLES);
    for day in 1..=u32::try_from(count)? {
        let code = format!("{day:02}");
        let cycle = open_one(
            city,
            (day, code.as_str()),
            first,
            args.months + PERIODS_AHEAD,
        )?;
        city.people.cycles.push((cycle, day));
    }
    let places: Vec<u64> = (1..=args.accounts).collect();
    for places in places.chunks(BATCH) {
        let homes: Vec<_> = places
            .iter()
            .filter_map(|place| {
                let (cycle, day) = city.people.cycle_of(*place)?;
                Some(home(*place, cycle, first.with_day(day)?))
            })
            .collect();
        let opened = city
            .db
            .write_bulk(city.stamp(first), move |tx| open_accounts(tx, &homes))?;
        city.people.accounts.extend(opened);
    }
    Ok(())
}

fn open_one(
    city: &City,
    (day, code): (u32, &str),
    first: NaiveDate,
    periods: u32,
) -> anyhow::Result<CycleId> {
    let new = NewCycle {
        code: code.to_owned(),
        name: format!("Read on day {day}"),
        months: 1,
        read_day: day,
        issue_after: 3,
        due_after: 20,
    };
    let stamp = city.stamp(first - Months::new(1));
    Ok(city
        .db
        .write_bulk(stamp, move |tx| open_cycle(tx, &new, first, periods))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bills_are_those_of_the_latest_read_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(first_month(day("2026-11-24"), 25), Some(day("2024-10-01")));
        assert_eq!(first_month(day("2026-11-23"), 1), Some(day("2026-09-01")));
    }
}
