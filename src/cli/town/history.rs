//! A town's history, day by day: meters are read, bills drafted, looked at and issued, money comes in or does not, and fees follow. Every step
//! is a use case of the program, stamped with the day on which it would have been taken.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::cli::town::asking;
use crate::cli::town::by_itself;
use crate::cli::town::correcting;
use crate::cli::town::foundation::{self, Calendar, Foundation, Plan, publish_due};
use crate::cli::town::holding;
use crate::cli::town::homes::{Home, Part, Register};
use crate::cli::town::leaving;
use crate::cli::town::levelling;
use crate::cli::town::mail;
use crate::cli::town::more_time;
use crate::cli::town::moving;
use crate::cli::town::office::Office;
use crate::cli::town::paper;
use crate::cli::town::paying::{Issued, Order};
use crate::cli::town::people::PARTS;
use crate::cli::town::reading::{Files, HANDHELD, HANDHELD_NAME, Walked};
use crate::cli::town::securing;
use crate::cli::town::shapes::Shapes;
use crate::cli::town::sharing;
use crate::cli::town::till::Till;
use crate::cli::town::walking;
use crate::cli::town::weather;
use crate::cli::town::working_off::{accept_held, work_off};
use crate::cli::town::works;
use crate::documents::bill_pdf::Sender;
use crate::documents::letters::Letterhead;
use crate::domain::ids::{AccountId, BillRunId};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::domain::vee::settings::VeeSettings;
use crate::store::cycles::{self, CyclePeriodRow};
use crate::store::db::{Db, Tx};
use crate::usecases::billing::{draft_run, flag_missed, issue_run, open_run, redraft_held};
use crate::usecases::cycles::NewCycle;
use crate::usecases::fees::assess_late_fees_today;
use crate::usecases::mappings;
use crate::usecases::policies::{PolicyKind, set_policy};
use crate::web::print_batches::House;

/// Days from a read to its bill.
const ISSUED_AFTER: u32 = 7;

/// Days from a bill to its due date.
const DUE_AFTER: u32 = 20;

/// How many days ago the meters of each part of town were read last.
const READ_AGO: [u64; 3] = [3, 12, 21];

/// Periods of the calendars that lie in the future.
const AHEAD: u32 = 18;

/// Held reads of so many days wait for whoever opens the town.
const LEFT_OPEN: u64 = 5;

/// Days after the due date on which the office looks who has not paid.
const LOOKS_AFTER: u64 = 6;

/// How big a town is, and how long it has been there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// How many accounts.
    pub accounts: u64,
    /// How many months were billed.
    pub months: u32,
}

impl Size {
    /// The demonstration.
    pub const DEMONSTRATION: Self = Self {
        accounts: 400,
        months: 25,
    };
}

/// When a town is built, and what heads its letters.
#[derive(Debug, Clone)]
pub struct Present {
    /// The utility's zone.
    pub zone: Tz,
    /// The present, in UTC.
    pub now: NaiveDateTime,
    /// What heads its letters.
    pub letterhead: Letterhead,
    /// Where checks go, line by line.
    pub remit_to: Vec<String>,
}

impl Present {
    fn house(&self) -> House {
        House {
            sender: Sender {
                address: self.remit_to.clone(),
                phone: self.letterhead.phone.clone(),
                site: self.letterhead.public_url.clone(),
            },
            head: self.letterhead.clone(),
        }
    }

    /// The operator, now.
    fn stamp(&self) -> Stamp {
        Stamp {
            by: Actor::unnamed(ActorKind::Operator),
            at: self.now,
            on: self.today(),
            request_id: None,
        }
    }

    fn today(&self) -> NaiveDate {
        self.now.and_utc().with_timezone(&self.zone).date_naive()
    }
}

/// Builds a town up to the present in an empty database; `passed` hears of each day, its number, and how many there are.
///
/// # Errors
/// A database that is not empty, or a fault.
pub fn build(
    db: &Db,
    present: &Present,
    size: Size,
    mut passed: impl FnMut(NaiveDate, u64, u64),
) -> anyhow::Result<()> {
    let today = present.today();
    let newest = READ_AGO.map(|ago| read_day(today, ago));
    let first = newest.map(|day| day - Months::new(size.months));
    let founded_on = first.iter().min().copied().unwrap_or(today) - Days::new(2);
    let calendars = PARTS.iter().zip(first).enumerate();
    let plan = Plan {
        zone: present.zone,
        founded_on,
        published_until: founded_on,
        calendars: calendars
            .map(|(place, (name, first))| calendar(place, name, first, size.months + AHEAD))
            .collect(),
    };
    let ground = foundation::lay(db, &plan)?;
    weather::take((db, &present.stamp()), (founded_on, today))?;
    let mut town = Town::settle(db, present, size, (ground, newest, founded_on))?;
    let days = u64::try_from((today - founded_on).num_days())?;
    for (number, day) in (0..).zip(founded_on.iter_days().take_while(|day| *day <= today)) {
        passed(day, number, days);
        town.pass(day)
            .with_context(|| format!("the town's {day}"))?;
    }
    town.catch_up()
}

/// The last day, so many days ago or somewhat earlier, that every month has.
fn read_day(today: NaiveDate, ago: u64) -> NaiveDate {
    let mut day = today - Days::new(ago);
    while day.day() > 28 {
        day = day - Days::new(1);
    }
    day
}

fn calendar(place: usize, name: &str, first: NaiveDate, periods: u32) -> Calendar {
    Calendar {
        cycle: NewCycle {
            code: format!("0{}", place + 1),
            name: name.to_owned(),
            months: 1,
            read_day: first.day(),
            issue_after: ISSUED_AFTER,
            due_after: DUE_AFTER,
        },
        first,
        periods,
    }
}

/// A town while its history passes.
struct Town<'a> {
    office: Office<'a>,
    ground: Foundation,
    shapes: Shapes,
    homes: Vec<Home>,
    by_account: BTreeMap<AccountId, usize>,
    founded_on: NaiveDate,
    periods: [Vec<CyclePeriodRow>; 3],
    drafts: [Option<BillRunId>; 3],
    till: Till,
    house: House,
    orders: BTreeMap<NaiveDate, Vec<Order>>,
    household_hash: String,
}

impl<'a> Town<'a> {
    fn settle(
        db: &'a Db,
        present: &Present,
        size: Size,
        (ground, newest, founded_on): (Foundation, [NaiveDate; 3], NaiveDate),
    ) -> anyhow::Result<Self> {
        let today = present.today();
        let office = Office {
            db,
            zone: present.zone,
            now: present.now,
            today,
            crew: ground.crew.clone(),
        };
        let cycles: [_; 3] = ground
            .cycles
            .as_slice()
            .try_into()
            .context("three cycles")?;
        let all = db.read_blocking(|conn| {
            cycles
                .iter()
                .map(|cycle| cycles::list_periods(conn, *cycle))
                .collect::<Result<Vec<_>, _>>()
        })?;
        let periods: [Vec<CyclePeriodRow>; 3] = all.try_into().ok().context("three calendars")?;
        let from = |place: usize| periods.get(place).and_then(|periods| periods.first());
        let part = |(place, cycle)| Part {
            place,
            cycle,
            from: from(place).map_or(founded_on, |period| period.from_on),
        };
        let parts: Vec<Part> = cycles.into_iter().enumerate().map(part).collect();
        let parts: [Part; 3] = parts.as_slice().try_into().context("three parts")?;
        let homes = moving::homes(parts, newest, today, size);
        let town = Self {
            office,
            ground,
            shapes: Shapes::read()?,
            homes,
            by_account: BTreeMap::new(),
            founded_on,
            periods,
            drafts: [None; 3],
            till: Till::open(&present.letterhead.public_url)?,
            house: present.house(),
            orders: BTreeMap::new(),
            household_hash: moving::unknown_password()?,
        };
        town.set_rules()?;
        Ok(town)
    }

    /// What the office decides for itself: the form of its handheld's table, and how far a cold month's gas may leap before it is asked about.
    fn set_rules(&self) -> anyhow::Result<()> {
        let (office, on) = (&self.office, self.founded_on);
        let save = |tx: &mut Tx<'_>| mappings::save(tx, HANDHELD_NAME, HANDHELD);
        office.write(office.clerk(on, 10), save)?;
        let mut vee = VeeSettings::default();
        vee.gas.warn_difference.amount = Decimal::from(60);
        let document = serde_json::to_string(&vee)?;
        let set = move |tx: &mut Tx<'_>| set_policy(tx, PolicyKind::Vee, on, &document);
        Ok(office.write(office.stamp(&office.crew.manager, on, 11), set)?)
    }

    /// One day of the town.
    fn pass(&mut self, day: NaiveDate) -> anyhow::Result<()> {
        publish_due(self.office.db, self.office.zone, &mut self.ground, day)?;
        self.move_in(day)?;
        for part in 0..PARTS.len() {
            self.read_meters(part, day)?;
            self.look_at_reads(part, day)?;
            self.bill(part, day)?;
        }
        let orders = self.orders.remove(&day).unwrap_or_default();
        self.till.pass(&self.office, &self.homes, day, &orders)?;
        self.charge_late_fees(day)?;
        asking::pass(&self.office, &self.homes, day)?;
        more_time::pass(&self.office, &self.homes, day)?;
        levelling::pass(&self.office, &self.homes, day)?;
        holding::pass(&self.office, &self.homes, day)?;
        correcting::pass(&self.office, &self.homes, day)?;
        securing::pass(&self.office, &self.homes, day)?;
        sharing::pass(&self.office, &self.homes, day)?;
        leaving::pass(&self.office, &self.homes, day)?;
        walking::pass(&self.office, &self.ground.cycles, day)?;
        if day == self.office.today {
            let head = &self.house.head;
            let at = (head.public_url.as_str(), head.phone.as_str());
            by_itself::pass(&self.office, &self.homes, at)?;
        }
        paper::send(&self.office, &self.house, day)?;
        mail::send(&self.office, &self.house.head, day)
    }

    /// Accounts are opened on the first day for those who live here already, and on their own day for those who come.
    fn move_in(&mut self, day: NaiveDate) -> anyhow::Result<()> {
        let is_founding = day == self.founded_on;
        let comes = |home: &Home| home.new.from_on == day || is_founding && home.new.from_on < day;
        let coming: Vec<usize> = (0..)
            .zip(&self.homes)
            .filter(|(_, home)| comes(home))
            .map(|(place, _)| place)
            .collect();
        if !coming.is_empty() {
            let opened = moving::open(&self.office, &mut self.homes, &coming, day)?;
            self.by_account.extend(opened);
        }
        for (part, periods) in self.periods.iter().enumerate() {
            let closing = self
                .homes
                .iter()
                .filter(|home| home.part == part && home.is_seasonal);
            moving::close_for_winter(&self.office, closing, day, periods)?;
        }
        moving::sign_up(&self.office, &mut self.homes, day, &self.household_hash)
    }

    /// Whether this is a read day of a part of town, and how many periods are newer than the one that it closes.
    fn reads_on(&self, part: usize, day: NaiveDate) -> Option<usize> {
        let periods = self.periods.get(part)?;
        let is_first = periods.first().is_some_and(|period| period.from_on == day);
        let place = periods.iter().position(|period| period.read_on == day);
        let newest = periods
            .iter()
            .rposition(|period| period.read_on <= self.office.today);
        match (place, newest) {
            (Some(place), Some(newest)) => Some(newest.saturating_sub(place)),
            _ if is_first => Some(periods.len()),
            _ => None,
        }
    }

    fn read_meters(&mut self, part: usize, day: NaiveDate) -> anyhow::Result<()> {
        let Some(newer) = self.reads_on(part, day) else {
            return Ok(());
        };
        let mut files = Files::default();
        let zone = self.office.zone;
        let open = self
            .homes
            .iter_mut()
            .filter(|home| home.part == part && home.account.is_some());
        for home in open {
            let periods = self
                .periods
                .get(part)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let walked = match moving::winter_of(home, day, periods) {
                Some(winter) if day == winter.until => Walked::Reopened,
                Some(winter) if day != winter.from => Walked::Off,
                _ if home.unread.contains(&newer) => Walked::Missed,
                _ if home.is_misread && newer == 0 => Walked::Misread,
                _ => Walked::Read,
            };
            files.read(home, &self.shapes, (zone, day), walked)?;
        }
        let stamp = self.office.clerk(day, 18);
        files.import(
            self.office.db,
            &stamp,
            zone,
            &format!("0{}_{day}", part + 1),
        )
    }

    /// The day after the read day the clerk takes what was held and is right after all; what came in these days still waits.
    fn look_at_reads(&self, part: usize, day: NaiveDate) -> anyhow::Result<()> {
        let is_day_after = self.reads_on(part, day - Days::new(1)).is_some();
        if is_day_after && day + Days::new(LEFT_OPEN) < self.office.today {
            accept_held(&self.office, day)?;
        }
        Ok(())
    }

    /// A part's bills: drafted on the last day on which reads are waited for, drafted again with estimates the day after, looked at and
    /// issued on the calendar's day, and looked through for who was passed over. What the present day drafted waits for whoever opens the
    /// town.
    fn bill(&mut self, part: usize, day: NaiveDate) -> anyhow::Result<()> {
        let office = &self.office;
        let periods = self
            .periods
            .get(part)
            .map(Vec::as_slice)
            .unwrap_or_default();
        if let Some(period) = periods.iter().find(|period| period.window_closes_on == day) {
            let (id, stamp) = (period.id, office.clerk(day, 20));
            let run = office.write(stamp.clone(), move |tx: &mut Tx<'_>| open_run(tx, id))?;
            draft_run(office.db, &stamp, office.zone, run, |_| ())?;
            if let Some(slot) = self.drafts.get_mut(part) {
                *slot = Some(run);
            }
        }
        let closed_yesterday =
            |period: &CyclePeriodRow| period.window_closes_on.succ_opt() == Some(day);
        if periods.iter().any(closed_yesterday)
            && let Some(Some(run)) = self.drafts.get(part)
        {
            redraft_held(office.db, &office.clock(day, 2), office.zone, *run)?;
        }
        if periods
            .iter()
            .any(|period| period.issue_on.succ_opt() == Some(day))
        {
            flag_missed(office.db, &office.clock(day, 2))?;
        }
        let Some(period) = periods
            .iter()
            .find(|period| period.issue_on == day && day < office.today)
        else {
            return Ok(());
        };
        let Some(run) = self.drafts.get_mut(part).and_then(Option::take) else {
            return Ok(());
        };
        work_off(office, run, day)?;
        let stamp = office.stamp(&office.crew.manager, day, 14);
        issue_run(office.db, &stamp, run, |_| ())?;
        let newer = periods
            .iter()
            .filter(|other| other.issue_on > day && other.issue_on < office.today)
            .count();
        let due_on = period.due_on;
        self.order_payments(run, (day, due_on), newer)
    }

    /// Each household that got a bill makes up its mind when and how to pay.
    fn order_payments(
        &mut self,
        run: BillRunId,
        (on, due_on): (NaiveDate, NaiveDate),
        newer: usize,
    ) -> anyhow::Result<()> {
        let billed = moving::billed(&self.office, run)?;
        for account in billed {
            let Some(place) = self.by_account.get(&account) else {
                continue;
            };
            let Some(home) = self.homes.get(*place) else {
                continue;
            };
            let bill = Issued {
                home: *place,
                on,
                due_on,
                newer,
            };
            for (day, order) in home.habit.orders(&bill) {
                self.orders.entry(day).or_default().push(order);
            }
        }
        Ok(())
    }

    fn charge_late_fees(&self, day: NaiveDate) -> anyhow::Result<()> {
        let looks = |period: &CyclePeriodRow| period.due_on + Days::new(LOOKS_AFTER) == day;
        if !self.periods.iter().flatten().any(looks) && day != self.office.today {
            return Ok(());
        }
        let mut after = None;
        loop {
            let stamp = self.office.clock(day, 3);
            let charge = move |tx: &mut Tx<'_>| assess_late_fees_today(tx, after);
            after = self.office.write(stamp, charge)?.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }

    /// The radios report up to last midnight, and the office keeps a few notes.
    fn catch_up(&mut self) -> anyhow::Result<()> {
        let (zone, today) = (self.office.zone, self.office.today);
        for part in 0..PARTS.len() {
            let mut files = Files::default();
            for home in self
                .homes
                .iter_mut()
                .filter(|home| home.part == part && home.account.is_some())
            {
                home.registers.retain(Register::reports_hourly);
                files.read(home, &self.shapes, (zone, today), Walked::Missed)?;
            }
            if !files.is_empty() {
                let stamp = self.office.clerk(today, 7);
                files.import(
                    self.office.db,
                    &stamp,
                    zone,
                    &format!("0{}_{today}", part + 1),
                )?;
            }
        }
        moving::take_calls(&self.office, &self.homes)?;
        works::name_feeders(&self.office)?;
        works::plan(&self.office)
    }
}
