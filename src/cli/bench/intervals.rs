//! `mainstay bench intervals`: writes a CMEP file of hourly values, imports it with VEE into a fresh database, and tells the values a second.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use clap::Args;
use rust_decimal::Decimal;

use crate::adapters::ami::{self, FeedOptions, FeedPlan};
use crate::cli::say;
use crate::domain::accounts::AccountClass;
use crate::domain::customers::{CustomerKind, Language};
use crate::domain::feed::FeedFormat;
use crate::domain::ids::CycleId;
use crate::domain::meters::{Channel, MeterKind};
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::domain::vee::settings::VeeSettings;
use crate::store::db::{Access, Db, Tx};
use crate::usecases::accounts::{
    AccountError, NewAccount, NewCustomer, NewMeter, NewPremise, NewRegister, NewService,
    open_accounts,
};
use crate::usecases::cycles::{NewCycle, open_cycle};
use crate::usecases::reads::{ImportPlan, import_reads};

const ZONE: Tz = chrono_tz::America::Chicago;

#[derive(Args)]
pub struct IntervalsArgs {
    /// How many hourly meters.
    #[arg(long, default_value_t = 2_000)]
    meters: i64,
    /// How many days of each.
    #[arg(long, default_value_t = 90)]
    days: u64,
}

/// Measures and tells.
pub fn run(args: &IntervalsArgs) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("mainstay-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let measured = measure(args, &folder);
    std::fs::remove_dir_all(&folder)?;
    measured
}

fn measure(args: &IntervalsArgs, folder: &Path) -> anyhow::Result<()> {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).context("a day")?;
    let path = folder.join("intervals.cmep");
    write_file(args, first, &path)?;
    let bytes = std::fs::metadata(&path)?.len();
    let database = folder.join("bench.db");
    let db = Db::open(&database.to_string_lossy(), Access::Own)?;
    let on = first + Days::new(args.days + 2);
    let stamp = Stamp {
        by: Actor::unnamed(ActorKind::Operator),
        at: on.and_time(chrono::NaiveTime::MIN),
        on,
        request_id: None,
    };
    let count = args.meters;
    db.write_bulk(stamp.clone(), move |tx| set_meters(tx, count, first))?;
    let feed = FeedPlan {
        format: FeedFormat::Cmep,
        options: FeedOptions::usual(FeedFormat::Cmep, ZONE),
        mapping: None,
    };
    let plan = ImportPlan {
        file_name: "intervals.cmep".to_owned(),
        sha256: "bench".to_owned(),
        format: feed.format.to_string(),
        options: "{}".to_owned(),
        zone: ZONE,
        settings: VeeSettings::default(),
    };
    let started = Instant::now();
    let parsed = ami::read(&feed, ami::unpacked(File::open(&path)?)?)?.count();
    let reading = started.elapsed();
    let started = Instant::now();
    let items = ami::read(&feed, ami::unpacked(File::open(&path)?)?)?;
    let report = import_reads(&db, &stamp, &plan, items)?;
    let took = started.elapsed();
    let values = u64::try_from(report.counts.accepted)?;
    let a_second = |time: std::time::Duration| u128::from(values) * 1_000 / time.as_millis().max(1);
    say(format_args!(
        "{values} hourly values of {} meters from {bytes} bytes of CMEP ({parsed} records, read alone: {} values/s)",
        args.meters,
        a_second(reading)
    ));
    say(format_args!(
        "imported with VEE into packed days in {} ms: {} values/s; {} refused, {} exceptions",
        took.as_millis(),
        a_second(took),
        report.counts.rejected,
        report.exceptions.values().sum::<u64>()
    ));
    let size = std::fs::metadata(&database)?.len();
    say(format_args!("database file: {size} bytes"));
    Ok(())
}

/// A record for each meter and day, as a head-end sends them: day by day, stamped at the end of each hour.
fn write_file(args: &IntervalsArgs, first: NaiveDate, path: &Path) -> anyhow::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut noise = 12_345_u64;
    for day in first.iter_days().zip(0..args.days).map(|(day, _)| day) {
        let start = crate::domain::intervals::calendar::CivilDay::of(ZONE, day);
        let hours: Vec<String> = (1..=(start.end - start.start) / 3_600)
            .map(|hour| {
                let at = chrono::DateTime::from_timestamp(start.start, 0).unwrap_or_default();
                let local = (at + TimeDelta::hours(hour)).with_timezone(&ZONE);
                local.format("%Y%m%d%H%M").to_string()
            })
            .collect();
        for meter in 1..=args.meters {
            let stamp = day.format("%Y%m%d");
            let count = hours.len();
            write!(
                file,
                "MEPMD01,19990504,BENCH,,BENCH,,{stamp}2359,B{meter:07},OK,E,KWH,1,00000100,{count}"
            )?;
            for hour in &hours {
                noise = noise
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                write!(
                    file,
                    ",{hour},R0,{}.{:03}",
                    noise >> 62,
                    (noise >> 40) % 1_000
                )?;
            }
            writeln!(file)?;
        }
    }
    Ok(file.flush()?)
}

/// A household with an hourly electric meter for each place in the sequence.
fn set_meters(tx: &mut Tx<'_>, count: i64, from_on: NaiveDate) -> Result<(), AccountError> {
    let cycle = NewCycle {
        code: "BENCH".to_owned(),
        name: "Bench".to_owned(),
        months: 1,
        read_day: 1,
        issue_after: 3,
        due_after: 20,
    };
    let cycle = open_cycle(tx, &cycle, from_on, 1)?;
    let homes: Vec<NewAccount> = (1..=count)
        .map(|place| home(place, cycle, from_on))
        .collect();
    for homes in homes.chunks(1_000) {
        open_accounts(tx, homes)?;
    }
    Ok(())
}

fn home(place: i64, cycle: CycleId, from_on: NaiveDate) -> NewAccount {
    let serial = format!("B{place:07}");
    NewAccount {
        customer: NewCustomer {
            kind: CustomerKind::Person,
            name: format!("Resident {place}"),
            given_name: None,
            language: Language::English,
            email: None,
            phone: None,
        },
        others: Vec::new(),
        class: AccountClass::Residential,
        cycle,
        paper: true,
        email: false,
        from_on,
        premise: NewPremise {
            line_1: format!("{place} Bench Street"),
            unit: None,
            city: "Bench".to_owned(),
            state: "XX".to_owned(),
            postal_code: "00000".to_owned(),
            point: None,
            impervious_sqft: None,
            dwelling_units: 1,
        },
        services: vec![NewService {
            commodity: Commodity::Electric,
            rate_code: "BENCH".to_owned(),
            facts: serde_json::json!({}),
            meter: Some(NewMeter {
                serial: serial.clone(),
                kind: MeterKind::Simple,
                size: None,
                registers: vec![NewRegister {
                    channel: Channel::Delivered,
                    external_key: serial,
                    unit: Unit::Kwh,
                    dials: 6,
                    decimals: 3,
                    multiplier: Decimal::ONE,
                    resolution_minutes: Some(60),
                }],
            }),
        }],
    }
}
