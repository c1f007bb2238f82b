//! Meters are read: files as a handheld device and a radio head-end write them, taken in by the import that takes everybody's files.

use std::fmt::Write;
use std::io::Cursor;

use anyhow::Context;
use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use crate::adapters::ami::mapping::Mapping;
use crate::adapters::ami::{self, FeedOptions, FeedPlan};
use crate::cli::town::homes::{Home, Register, Reporting};
use crate::cli::town::load::Load;
use crate::cli::town::shapes::Shapes;
use crate::domain::feed::FeedFormat;
use crate::domain::intervals::Resolution;
use crate::domain::intervals::calendar::CivilDay;
use crate::domain::quantity::Unit;
use crate::domain::stamp::Stamp;
use crate::store::db::Db;
use crate::usecases::reads::desk::vee_settings;
use crate::usecases::reads::{ImportPlan, import_reads};

/// How the handheld device writes its table.
pub const HANDHELD: &str = r#"{
  "meter": {"columns": ["meter"]},
  "stamp": {"column": {"name": "read_at", "format": "%Y-%m-%d %H:%M"}},
  "value": {"column": "reading"},
  "unit": {"column": "unit"},
  "kind": "register"
}"#;

/// The name under which the office saved it.
pub const HANDHELD_NAME: &str = "Handheld route";

/// What a wrong figure adds to a water meter: sixty thousand gallons, in thousandths.
const MISREAD: i64 = 60_000_000;

/// What is read on a day.
#[derive(Default)]
pub struct Files {
    handheld: String,
    radio: String,
}

impl Files {
    /// Whether there is nothing in them.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.handheld.is_empty() && self.radio.is_empty()
    }

    /// Lets a home's registers count up to the beginning of a day, and writes down what is told of it.
    ///
    /// # Errors
    /// None but those of writing text.
    pub fn read(
        &mut self,
        home: &mut Home,
        shapes: &Shapes,
        (zone, until): (Tz, NaiveDate),
        walked: Walked,
    ) -> anyhow::Result<()> {
        let place = home.place;
        for register in &mut home.registers {
            match register.reporting {
                Reporting::Walked => {
                    for day in register.until.iter_days().take_while(|day| *day < until) {
                        register.counted += day_of(&register.load, shapes, day, walked);
                    }
                    if matches!(walked, Walked::Read | Walked::Reopened | Walked::Misread) {
                        self.by_hand(register, place, (until, walked))?;
                    }
                }
                Reporting::Shows | Reporting::Uses => {
                    let first = register.until;
                    for day in first.iter_days().take_while(|day| *day < until) {
                        self.by_radio(register, shapes, (zone, day), day == first)?;
                    }
                }
            }
            register.until = register.until.max(until);
        }
        Ok(())
    }

    fn by_hand(
        &mut self,
        register: &Register,
        place: u64,
        (on, walked): (NaiveDate, Walked),
    ) -> anyhow::Result<()> {
        let minute = place * 3 % 420;
        let at = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default()
            + chrono::TimeDelta::minutes(i64::try_from(minute)?);
        let is_wrong = walked == Walked::Misread && register.unit == Unit::Gallon;
        let face = if is_wrong {
            face_at(register, register.counted + MISREAD)
        } else {
            shown(register)
        };
        writeln!(
            self.handheld,
            "{},{on} {},{face},{}",
            register.key,
            at.format("%H:%M"),
            register.unit
        )?;
        Ok(())
    }

    /// A record of CMEP for a day: hourly values by the end of their hour.
    fn by_radio(
        &mut self,
        register: &mut Register,
        shapes: &Shapes,
        (zone, day): (Tz, NaiveDate),
        is_first: bool,
    ) -> anyhow::Result<()> {
        let hours = register.load.hours(shapes, day);
        let slots = CivilDay::of(zone, day).slots(Resolution::Hour);
        let is_register = register.reporting == Reporting::Shows;
        let opens = is_register && is_first;
        let (commodity, unit) = match register.unit {
            Unit::Gallon => ("W", "GAL"),
            _ => ("E", "KWH"),
        };
        let kind = if is_register { "REG" } else { "" };
        let count = slots + usize::from(opens);
        let file = &mut self.radio;
        let stamp = day.format("%Y%m%d");
        write!(
            file,
            "MEPMD01,19990504,RIVERNET,,LARKSPUR,,{stamp}2359,{},OK,{commodity},{unit}{kind},1,00000100,{count}",
            register.key
        )?;
        if opens {
            write!(file, ",{stamp}0000,R0,{}", shown(register))?;
        }
        for slot in 0..slots {
            // The hour that the clocks repeat in autumn is like the one before; the one they leave out in spring is left out.
            let hour = hours.get(if slots > 24 && slot > 1 {
                slot - 1
            } else {
                slot
            });
            let used = hour.copied().unwrap_or_default();
            register.counted += used;
            match slot {
                0 if !opens => write!(file, ",{stamp}0100,R0,")?,
                _ => write!(file, ",,R0,")?,
            }
            if is_register {
                write!(file, "{}", shown(register))?;
            } else {
                write!(file, "{}.{:03}", used / 1_000, used % 1_000)?;
            }
        }
        writeln!(file)?;
        Ok(())
    }

    /// Takes the files in.
    ///
    /// # Errors
    /// Files that cannot be read, lines that are refused, or a fault.
    pub fn import(self, db: &Db, stamp: &Stamp, zone: Tz, name: &str) -> anyhow::Result<()> {
        if !self.radio.is_empty() {
            let plan = FeedPlan {
                format: FeedFormat::Cmep,
                options: FeedOptions::usual(FeedFormat::Cmep, zone),
                mapping: None,
            };
            take_in(
                db,
                stamp,
                &plan,
                (format!("rivernet_{name}.cmep"), self.radio),
            )?;
        }
        if !self.handheld.is_empty() {
            let mapping: Mapping = serde_json::from_str(HANDHELD)?;
            let plan = FeedPlan {
                format: FeedFormat::Csv,
                options: FeedOptions::usual(FeedFormat::Csv, zone),
                mapping: Some(mapping),
            };
            let text = format!("meter,read_at,reading,unit\n{}", self.handheld);
            take_in(db, stamp, &plan, (format!("handheld_{name}.csv"), text))?;
        }
        Ok(())
    }
}

/// What somebody on the route does at a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walked {
    /// Reads the meters.
    Read,
    /// Reads them, and writes a figure down wrong.
    Misread,
    /// Cannot reach them.
    Missed,
    /// Does not come: nothing is delivered.
    Off,
    /// Reads the meters for the first time after nothing was delivered.
    Reopened,
}

fn day_of(load: &Load, shapes: &Shapes, day: NaiveDate, walked: Walked) -> i64 {
    match walked {
        Walked::Read | Walked::Missed | Walked::Misread => load.hours(shapes, day).iter().sum(),
        Walked::Off | Walked::Reopened => 0,
    }
}

/// What the register's face shows.
#[must_use]
pub fn shown(register: &Register) -> String {
    face_at(register, register.counted)
}

fn face_at(register: &Register, counted: i64) -> String {
    let capacity = 10_i64.saturating_pow(register.dials).saturating_mul(1_000);
    let counted = counted.checked_rem(capacity).unwrap_or_default();
    let (whole, thousandths) = (counted / 1_000, counted % 1_000);
    match register.decimals {
        0 => whole.to_string(),
        1 => format!("{whole}.{}", thousandths / 100),
        _ => format!("{whole}.{thousandths:03}"),
    }
}

fn take_in(
    db: &Db,
    stamp: &Stamp,
    feed: &FeedPlan,
    (name, text): (String, String),
) -> anyhow::Result<()> {
    let plan = ImportPlan {
        sha256: hex::encode(Sha256::digest(text.as_bytes())),
        file_name: name,
        format: feed.format.to_string(),
        options: feed.options.kept(feed.mapping.as_ref()),
        zone: feed.options.zone,
        settings: db.read_blocking(|conn| vee_settings(conn, stamp.on))?,
    };
    let items = ami::read(feed, Cursor::new(text))?;
    let report = import_reads(db, stamp, &plan, items).context("reads of the town")?;
    if let Some(refused) = report.rejections.first() {
        anyhow::bail!(
            "{}, line {}: {}",
            plan.file_name,
            refused.line,
            refused.reason
        );
    }
    Ok(())
}
