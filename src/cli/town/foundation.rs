//! What a made-up town stands on before anybody lives there: the people of its office, its rate schedules, drafted by one of them and
//! published by another, and its bill cycles. Everything is laid by use cases, stamped with the day on which it would have happened.

use anyhow::Context;
use chrono::{Datelike, Months, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;

use crate::domain::customers::Language;
use crate::domain::ids::CycleId;
use crate::domain::rates::compile;
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::staff::Role;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::secrets::{Password, hash_now};
use crate::store::db::{Db, Tx};
use crate::store::error::StoreError;
use crate::store::staff::NewStaff;
use crate::usecases::cycles::{NewCycle, open_cycle};
use crate::usecases::rates::{self, RateError};
use crate::usecases::staff::{StaffError, add as add_staff};

/// The town's rate schedules, each version as it is written; their years begin in October.
const SCHEDULES: &[&str] = &[
    include_str!("schedules/W-1.1.json"),
    include_str!("schedules/W-1.2.json"),
    include_str!("schedules/W-1.3.json"),
    include_str!("schedules/S-1.1.json"),
    include_str!("schedules/S-1.2.json"),
    include_str!("schedules/S-1.3.json"),
    include_str!("schedules/ST-1.1.json"),
    include_str!("schedules/ST-1.2.json"),
    include_str!("schedules/E-1.1.json"),
    include_str!("schedules/E-1.2.json"),
    include_str!("schedules/E-2.1.json"),
    include_str!("schedules/E-2.2.json"),
    include_str!("schedules/E-NM.1.json"),
    include_str!("schedules/E-NM.2.json"),
    include_str!("schedules/E-TOU.1.json"),
    include_str!("schedules/E-TOU.2.json"),
    include_str!("schedules/G-1.1.json"),
    include_str!("schedules/G-1.2.json"),
    include_str!("schedules/R-1.1.json"),
    include_str!("schedules/R-1.2.json"),
];

/// The year in whose October the first versions begin, as written.
const WRITTEN_FOR: i32 = 2024;

/// How many days before it comes into force a version is published.
const NOTICE: u64 = 30;

/// What the people of the office sign in with: a word for their job, an address, a password.
pub const OFFICE: [(&str, &str, &str); 4] = [
    (
        "clerk",
        "june.castellano@larkspurbend.example",
        "larkspur-clerk",
    ),
    (
        "billing manager",
        "marcus.lindqvist@larkspurbend.example",
        "larkspur-manager",
    ),
    (
        "administrator",
        "harriet.okafor@larkspurbend.example",
        "larkspur-administrator",
    ),
    ("crew", "tomas.ibarra@larkspurbend.example", "larkspur-crew"),
];

/// A bill cycle and how far its calendar goes.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The cycle.
    pub cycle: NewCycle,
    /// A day of the month in which its first period begins.
    pub first: NaiveDate,
    /// How many periods it has.
    pub periods: u32,
}

/// What is to be laid.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The utility's zone.
    pub zone: Tz,
    /// The day on which the office sets itself up; the schedules' first versions are in force by then.
    pub founded_on: NaiveDate,
    /// Versions that are in force by this day are published at once; [`publish_due`] publishes the others when their time comes.
    pub published_until: NaiveDate,
    /// The bill cycles.
    pub calendars: Vec<Calendar>,
}

/// The people of the office.
#[derive(Debug, Clone)]
pub struct Crew {
    /// Runs the system.
    pub administrator: Actor,
    /// Answers for bills and rates: publishes schedules, issues bills.
    pub manager: Actor,
    /// Works reads, bills and exceptions; drafts schedules.
    pub clerk: Actor,
    /// Does service orders, out of doors.
    pub field: Actor,
}

/// The town's ground, laid.
#[derive(Debug, Clone)]
pub struct Foundation {
    /// The people of the office.
    pub crew: Crew,
    /// The cycles, in the order of the plan.
    pub cycles: Vec<CycleId>,
    /// Versions whose time has not come, the earliest first.
    pub to_come: Vec<RateSchedule>,
}

/// Lays it all.
///
/// # Errors
/// A database that has such people or cycles already, or a fault.
pub fn lay(db: &Db, plan: &Plan) -> anyhow::Result<Foundation> {
    let operator = Actor::unnamed(ActorKind::Operator);
    let morning = stamp(plan.zone, &operator, plan.founded_on, 8);
    let crew = hire(db, &morning)?;
    let (in_force, to_come): (Vec<_>, Vec<_>) = schedules(plan.founded_on)?
        .into_iter()
        .partition(|schedule| schedule.effective_from <= plan.published_until);
    let drafted = stamp(plan.zone, &crew.clerk, plan.founded_on, 9);
    let published = stamp(plan.zone, &crew.manager, plan.founded_on, 15);
    publish(db, (drafted, published), in_force)?;
    let calendars = plan.calendars.clone();
    let opened = stamp(plan.zone, &crew.administrator, plan.founded_on, 16);
    let cycles = db.write_blocking(opened, move |tx| {
        let open =
            |calendar: &Calendar| open_cycle(tx, &calendar.cycle, calendar.first, calendar.periods);
        calendars
            .iter()
            .map(open)
            .collect::<Result<_, StoreError>>()
    })?;
    Ok(Foundation {
        crew,
        cycles,
        to_come,
    })
}

/// Publishes the versions that somebody who looks ahead would have published by a day.
///
/// # Errors
/// A fault.
pub fn publish_due(
    db: &Db,
    zone: Tz,
    ground: &mut Foundation,
    today: NaiveDate,
) -> anyhow::Result<()> {
    let is_due = |schedule: &RateSchedule| publication(schedule) <= today;
    while ground.to_come.first().is_some_and(is_due) {
        let schedule = ground.to_come.remove(0);
        let on = publication(&schedule);
        let drafted = stamp(zone, &ground.crew.clerk, on, 9);
        let published = stamp(zone, &ground.crew.manager, on, 15);
        publish(db, (drafted, published), vec![schedule])?;
    }
    Ok(())
}

/// Whoever acts, on a day at an hour of the utility's clocks.
#[must_use]
pub fn stamp(zone: Tz, by: &Actor, on: NaiveDate, hour: u32) -> Stamp {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let local = on.and_time(time);
    let at = zone
        .from_local_datetime(&local)
        .earliest()
        .map_or(local, |at| at.naive_utc());
    Stamp {
        by: by.clone(),
        at,
        on,
        request_id: None,
    }
}

fn publication(schedule: &RateSchedule) -> NaiveDate {
    schedule.effective_from - chrono::Days::new(NOTICE)
}

/// All versions, the earliest first, moved by whole years so that the first of them are in force on a day, and as young as can be.
fn schedules(on: NaiveDate) -> anyhow::Result<Vec<RateSchedule>> {
    let year = if on.month() >= 10 {
        on.year()
    } else {
        on.year() - 1
    };
    let years = year - WRITTEN_FOR;
    let mut all = SCHEDULES
        .iter()
        .map(|text| {
            let mut schedule = compile::read(text)?;
            schedule.effective_from = moved(schedule.effective_from, years)?;
            for dated in schedule.factors.values_mut().flatten() {
                dated.from = moved(dated.from, years)?;
            }
            Ok(schedule)
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    all.sort_by_key(|schedule| schedule.effective_from);
    Ok(all)
}

fn moved(day: NaiveDate, years: i32) -> anyhow::Result<NaiveDate> {
    let months = Months::new(years.unsigned_abs() * 12);
    let moved = if years < 0 {
        day.checked_sub_months(months)
    } else {
        day.checked_add_months(months)
    };
    moved.context("a schedule's day past the end of the calendar")
}

/// Drafts, submits and publishes versions, each from its own day.
fn publish(
    db: &Db,
    (drafted, published): (Stamp, Stamp),
    schedules: Vec<RateSchedule>,
) -> anyhow::Result<()> {
    let days: Vec<NaiveDate> = schedules
        .iter()
        .map(|schedule| schedule.effective_from)
        .collect();
    let ids = db.write_blocking(drafted, move |tx| {
        let draft = |schedule: &RateSchedule| {
            let id = rates::draft(tx, schedule.clone())?;
            rates::submit(tx, id)?;
            Ok(id)
        };
        schedules
            .iter()
            .map(draft)
            .collect::<Result<Vec<_>, RateError>>()
    })?;
    db.write_blocking(published, move |tx: &mut Tx<'_>| {
        ids.iter()
            .zip(&days)
            .try_for_each(|(id, from)| rates::publish(tx, *id, *from))
    })?;
    Ok(())
}

/// The people of the office, with the passwords that the demonstration prints.
fn hire(db: &Db, stamp: &Stamp) -> anyhow::Result<Crew> {
    let people = [
        ("June Castellano", Role::BillingClerk),
        ("Marcus Lindqvist", Role::BillingManager),
        ("Harriet Okafor", Role::Administrator),
        ("Tomás Ibarra", Role::Field),
    ];
    let mut hired = Vec::with_capacity(people.len());
    for ((name, role), (_, email, password)) in people.into_iter().zip(OFFICE) {
        let new = NewStaff {
            name: name.to_owned(),
            email: email.to_owned(),
            password_hash: hash_now(&Password::typed(password))?,
            role,
            language: Language::English,
            is_active: true,
        };
        let hire = move |tx: &mut Tx<'_>| -> Result<_, StaffError> { add_staff(tx, &new) };
        hired.push(Actor::staff(db.write_blocking(stamp.clone(), hire)?, name));
    }
    let [clerk, manager, administrator, field] =
        <[Actor; 4]>::try_from(hired).ok().context("four people")?;
    Ok(Crew {
        administrator,
        manager,
        clerk,
        field,
    })
}
