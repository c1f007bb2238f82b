//! Households with a long history among those of a city that is there already, made the way the city was: for measuring what a long history costs.

use anyhow::Context;
use chrono::{Months, NaiveDate};

use crate::cli::seed::homes::home;
use crate::cli::seed::people::People;
use crate::cli::seed::story::{Event, Story, without_fees};
use crate::cli::seed::{City, first_month, open_one, schedules};
use crate::clock::Clock;
use crate::domain::ids::AccountId;
use crate::domain::notes::NoteKind;
use crate::store;
use crate::store::db::{Db, Tx};
use crate::usecases::accounts::open_accounts;
use crate::usecases::notes::{NoteError, write_note};

/// The places of a city end before these.
const PLACES_BEFORE: u64 = 9_000_000;

/// In every third month somebody writes a note on each account.
const MONTHS_OF_NOTES: u32 = 3;

/// Lets so many households move in, that many months ago, with a cycle and price lists of their own, and tells their story up to now.
///
/// # Errors
/// What the story stumbles over.
pub fn settle(
    db: &Db,
    clock: &Clock,
    (households, months): (u64, u32),
) -> anyhow::Result<Vec<AccountId>> {
    let first = first_month(clock.today(), months).context("a day of this calendar")?;
    let there = u64::try_from(db.read_blocking(store::accounts::count)?)?;
    let mut city = City {
        db: db.clone(),
        zone: clock.zone(),
        people: People {
            before: PLACES_BEFORE + there,
            ..People::default()
        },
    };
    let before = first - Months::new(1);
    let ending = format!("-{there}");
    schedules::publish_named(&city.db, &city.stamp(before), (before, ending.as_str()))?;
    let code = format!("D{there}");
    let cycle = open_one(&city, (1, code.as_str()), first, months + 12)?;
    city.people.cycles.push((cycle, 1));
    let homes: Vec<_> = (1..=households)
        .map(|place| {
            let mut home = home(city.people.before + place, cycle, first);
            for service in &mut home.services {
                service.rate_code.push_str(&ending);
            }
            home
        })
        .collect();
    let opened = city
        .db
        .write_bulk(city.stamp(first), move |tx| open_accounts(tx, &homes))?;
    city.people.accounts.extend(opened);
    let events = without_fees(Event::all(&city.people.cycles, first, months));
    Story::new(&city, months)?.tell(&events)?;
    write_notes(&city, first, months)?;
    Ok(city.people.accounts)
}

fn write_notes(city: &City, first: NaiveDate, months: u32) -> anyhow::Result<()> {
    for month in (1..months).filter(|month| month.is_multiple_of(MONTHS_OF_NOTES)) {
        let accounts = city.people.accounts.clone();
        let stamp = city.stamp(first + Months::new(month));
        let work = move |tx: &mut Tx<'_>| {
            for account in &accounts {
                write_note(
                    tx,
                    *account,
                    NoteKind::Phone,
                    "Asked what the sewer charge is.",
                )?;
            }
            Ok::<_, NoteError>(())
        };
        city.db.write_bulk(stamp, work)?;
    }
    Ok(())
}
