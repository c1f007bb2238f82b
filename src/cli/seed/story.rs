//! What happens in a city, day by day: meters are read and billed, money comes in, late fees fall due.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, ensure};
use chrono::{Days, Months, NaiveDate};

use crate::adapters::ami::mapping::{
    Kind, Mapping, MeterColumn, StampColumn, UnitColumn, ValueColumn,
};
use crate::adapters::ami::{self, FeedOptions, FeedPlan};
use crate::cli::say;
use crate::cli::seed::City;
use crate::cli::seed::homes::Metered;
use crate::cli::seed::people::{WAVES, pays};
use crate::domain::feed::{FeedFormat, Stamping};
use crate::domain::ids::{AccountId, CycleId, EntryId};
use crate::domain::payments::{Channel, ClearedPayment, Tender};
use crate::store;
use crate::store::db::Tx;
use crate::usecases::billing::{draft_run, issue_run, open_run};
use crate::usecases::fees::assess_late_fees_today;
use crate::usecases::payments::receive_payments;
use crate::usecases::print::life::settle_elsewhere;
use crate::usecases::reads::desk::vee_settings;
use crate::usecases::reads::{ImportPlan, import_reads};

/// How many payments one transaction receives.
const BATCH: usize = 500;

/// Days from read to issue, as the cycles are set up.
const ISSUE_AFTER: u64 = 3;

/// Something that happens on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    on: NaiveDate,
    what: What,
}

/// What happens; of one day's events the first of these comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// A cycle's meters are read.
    Reads { cycle: CycleId, month: u32 },
    /// Its bills go out.
    Bills { cycle: CycleId, month: u32 },
    /// Late fees are charged.
    Fees,
    /// Some of its customers pay.
    Pays {
        cycle: CycleId,
        month: u32,
        wave: usize,
    },
}

impl Event {
    /// Everything that happens, in order: the opening reads, then each month's reads, bills and money, and late fees on the 25th.
    pub fn all(cycles: &[(CycleId, u32)], first: NaiveDate, months: u32) -> Vec<Self> {
        let mut events = Vec::new();
        for (cycle, day) in cycles {
            let cycle = *cycle;
            let opened = first + Days::new(u64::from(*day) - 1);
            for month in 0..=months {
                let on = opened + Months::new(month);
                events.push(Self {
                    on,
                    what: What::Reads { cycle, month },
                });
                if month == 0 {
                    continue;
                }
                let issued = on + Days::new(ISSUE_AFTER);
                events.push(Self {
                    on: issued,
                    what: What::Bills { cycle, month },
                });
                for (wave, days) in WAVES.iter().enumerate() {
                    let on = issued + Days::new(*days);
                    events.push(Self {
                        on,
                        what: What::Pays { cycle, month, wave },
                    });
                }
            }
        }
        for month in 1..=months {
            let on = first + Months::new(month) + Days::new(24);
            events.push(Self {
                on,
                what: What::Fees,
            });
        }
        events.sort_unstable();
        let last = events
            .iter()
            .rev()
            .find(|event| matches!(event.what, What::Bills { .. }));
        let ends = last.map_or(first, |event| event.on);
        events.retain(|event| event.on <= ends);
        events
    }
}

/// The same without late fees, which are charged over a whole city: for the story of a few households among others.
pub fn without_fees(mut events: Vec<Event>) -> Vec<Event> {
    events.retain(|event| event.what != What::Fees);
    events
}

/// What was done since the last word.
#[derive(Default)]
struct Tally {
    reads: i64,
    bills: i64,
    payments: usize,
    fees: usize,
}

/// The telling of a city's history.
pub struct Story<'c> {
    city: &'c City,
    months: u32,
    folder: PathBuf,
    tally: Tally,
}

impl<'c> Story<'c> {
    /// A story about to begin; its read files lie in a folder of its own until it ends.
    pub fn new(city: &'c City, months: u32) -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("mainstay-seed-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            city,
            months,
            folder,
            tally: Tally::default(),
        })
    }

    /// Lets everything happen, with a word at the end of each month.
    pub fn tell(mut self, events: &[Event]) -> anyhow::Result<()> {
        let mut started = Instant::now();
        let mut told = 0;
        for event in events {
            if let What::Bills { month, .. } = event.what
                && month > told
            {
                if told > 0 {
                    self.say(told, started);
                }
                (told, started) = (month, Instant::now());
            }
            self.happen(event).with_context(|| format!("{event:?}"))?;
        }
        self.say(told, started);
        Ok(std::fs::remove_dir_all(&self.folder)?)
    }

    fn say(&mut self, month: u32, started: Instant) {
        let Tally {
            reads,
            bills,
            payments,
            fees,
        } = std::mem::take(&mut self.tally);
        say(format_args!(
            "month {month:>3} of {}: {reads} reads, {bills} bills, {payments} payments, {fees} late fees in {} s",
            self.months,
            started.elapsed().as_secs()
        ));
    }

    fn happen(&mut self, event: &Event) -> anyhow::Result<()> {
        match event.what {
            What::Reads { cycle, month } => self.read(event.on, cycle, month),
            What::Bills { cycle, month } => self.bill(event.on, cycle, month),
            What::Fees => self.charge_late_fees(event.on),
            What::Pays { cycle, month, wave } => self.pay(event.on, cycle, (month, wave)),
        }
    }

    /// Writes the day's file as a head-end would, and imports it.
    fn read(&mut self, on: NaiveDate, cycle: CycleId, month: u32) -> anyhow::Result<()> {
        let city = self.city;
        let name = format!("reads-{cycle}-{on}.csv");
        let path = self.folder.join(&name);
        let mut file = BufWriter::new(File::create(&path)?);
        writeln!(file, "meter,read,value,unit")?;
        for (place, _) in city.people.of_cycle(cycle) {
            for of in Metered::ALL {
                let (serial, shown, unit) = (
                    of.serial(place),
                    of.shown(place, u64::from(month)),
                    of.unit(),
                );
                writeln!(file, "{serial},{on} 12:00,{shown},{unit}")?;
            }
        }
        file.flush()?;
        let plan = ImportPlan {
            sha256: name.clone(),
            file_name: name,
            format: FeedFormat::Csv.to_string(),
            options: "{}".to_owned(),
            zone: city.zone,
            settings: city.db.read_blocking(|conn| vee_settings(conn, on))?,
        };
        let feed = FeedPlan {
            format: FeedFormat::Csv,
            options: FeedOptions::usual(FeedFormat::Csv, city.zone),
            mapping: Some(columns()),
        };
        let items = ami::read(&feed, ami::unpacked(File::open(&path)?)?)?;
        let report = import_reads(&city.db, &city.stamp(on), &plan, items)?;
        std::fs::remove_file(path)?;
        ensure!(
            report.counts.rejected == 0,
            "{} lines were refused",
            report.counts.rejected
        );
        self.tally.reads += report.counts.accepted;
        Ok(())
    }

    fn bill(&mut self, on: NaiveDate, cycle: CycleId, month: u32) -> anyhow::Result<()> {
        let (db, stamp) = (&self.city.db, self.city.stamp(on));
        let periods = db.read_blocking(|conn| store::cycles::list_periods(conn, cycle))?;
        let place = usize::try_from(month)?.saturating_sub(1);
        let period = periods
            .get(place)
            .context("the calendar has the period")?
            .id;
        let run = db.write_bulk(stamp.clone(), move |tx: &mut Tx<'_>| open_run(tx, period))?;
        draft_run(db, &stamp, self.city.zone, run, |_| {})?;
        issue_run(db, &stamp, run, |_| {})?;
        // What goes on paper was printed by whoever did so then.
        let until = stamp.at;
        db.write_bulk(stamp, move |tx: &mut Tx<'_>| settle_elsewhere(tx, until))?;
        let row = db.read_blocking(|conn| store::bill_runs::get(conn, run))?;
        self.tally.bills += row.bills_drafted;
        Ok(())
    }

    fn charge_late_fees(&mut self, on: NaiveDate) -> anyhow::Result<()> {
        let mut after: Option<EntryId> = None;
        loop {
            let work = move |tx: &mut Tx<'_>| assess_late_fees_today(tx, after);
            let assessed = self.city.db.write_bulk(self.city.stamp(on), work)?;
            self.tally.fees += assessed.fees;
            after = assessed.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }

    fn pay(
        &mut self,
        on: NaiveDate,
        cycle: CycleId,
        (month, wave): (u32, usize),
    ) -> anyhow::Result<()> {
        let city = self.city;
        let payers: Vec<(u64, AccountId)> = city.people.of_cycle(cycle).collect();
        for payers in payers.chunks(BATCH) {
            let ids: Vec<AccountId> = payers.iter().map(|(_, account)| *account).collect();
            let owed = city
                .db
                .read_blocking(|conn| store::open_items::list_owed(conn, &ids))?;
            let payment = |(place, account): &(u64, AccountId)| {
                Some(ClearedPayment {
                    account_id: *account,
                    amount: pays(*place, month, wave, *owed.get(account)?)?,
                    tender: Tender::Check,
                    channel: Channel::Lockbox,
                    received_on: on,
                    reference: format!("{month}.{wave}.{place}"),
                    label: None,
                })
            };
            let batch: Vec<ClearedPayment> = payers.iter().filter_map(payment).collect();
            self.tally.payments += batch.len();
            if !batch.is_empty() {
                let work = move |tx: &mut Tx<'_>| receive_payments(tx, &batch);
                city.db.write_bulk(city.stamp(on), work)?;
            }
        }
        Ok(())
    }
}

/// The columns of the files that a city's head-end sends.
fn columns() -> Mapping {
    Mapping {
        delimiter: ',',
        decimal: '.',
        meter: MeterColumn::Columns(vec!["meter".to_owned()]),
        stamp: StampColumn::Column {
            name: "read".to_owned(),
            format: "%Y-%m-%d %H:%M".to_owned(),
        },
        zone: None,
        stamping: Stamping::Start,
        value: ValueColumn::Column("value".to_owned()),
        unit: UnitColumn::Column("unit".to_owned()),
        kind: Kind::Register,
        missing: Vec::new(),
        decimals: None,
        quality: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meters_are_read_before_their_bills_and_bills_go_out_before_they_are_paid() {
        let first: NaiveDate = "2026-01-01".parse().unwrap();
        let events = Event::all(&[(CycleId(1), 1), (CycleId(2), 15)], first, 3);
        assert!(events.is_sorted());
        let bills = events
            .iter()
            .filter(|event| matches!(event.what, What::Bills { .. }));
        assert_eq!(bills.count(), 6);
        let end = events.last().unwrap();
        assert_eq!(
            end.what,
            What::Bills {
                cycle: CycleId(2),
                month: 3
            }
        );
        let reads = events
            .iter()
            .filter(|event| matches!(event.what, What::Reads { .. }));
        assert_eq!(reads.count(), 8);
    }
}
