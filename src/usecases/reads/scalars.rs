//! Reads of registers that are read now and then: each against the reads before it, with a verdict of its own.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use crate::domain::ids::{ReadId, RegisterId};
use crate::domain::intervals::calendar::Calendar;
use crate::domain::meters::{Channel, Difference, Rollover};
use crate::domain::period::Period;
use crate::domain::reads::{ReadQuality, ReadSource, ReadVerdict};
use crate::domain::vee::checks::{Background, Shown, check};
use crate::domain::vee::days::instant;
use crate::domain::vee::estimates::{self, EstimateMethod, PastUsage};
use crate::domain::vee::{Finding, Verdict};
use crate::store;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::reads::{NewRead, ReadRow};
use crate::store::sql_types::Exact;
use crate::usecases::reads::class_averages::ClassAverages;
use crate::usecases::reads::incoming::Incoming;
use crate::usecases::reads::registers::Register;
use crate::usecases::reads::{Context, Decision, distinct, exception};

/// A read as it is known while a chunk is decided.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// Its row, once it is written.
    pub(crate) id: Option<ReadId>,
    pub(crate) at: NaiveDateTime,
    pub(crate) on: NaiveDate,
    pub(crate) value: Decimal,
    pub(crate) quality: ReadQuality,
    pub(crate) source: ReadSource,
    pub(crate) verdict: ReadVerdict,
    pub(crate) version: i32,
}

impl Known {
    fn shown(&self) -> Shown {
        Shown {
            at: self.at,
            on: self.on,
            value: self.value,
            quality: self.quality,
        }
    }
}

impl From<ReadRow> for Known {
    fn from(row: ReadRow) -> Self {
        Self {
            id: Some(row.id),
            at: row.read_at,
            on: row.read_on,
            value: row.value.0,
            quality: row.quality,
            source: row.source,
            verdict: row.verdict,
            version: row.version,
        }
    }
}

/// The reads of one register in order of time, as they will stand after the chunk.
#[derive(Debug, Default)]
pub(crate) struct Timeline(pub(crate) Vec<Known>);

impl Timeline {
    fn usable(&self) -> impl DoubleEndedIterator<Item = &Known> {
        self.0.iter().filter(|known| known.verdict.is_usable())
    }

    /// The last usable read before an instant.
    pub(crate) fn before(&self, at: NaiveDateTime) -> Option<&Known> {
        self.usable().rev().find(|known| known.at < at)
    }

    /// The last usable read before an instant that is no estimate.
    fn last_measured(&self, at: NaiveDateTime) -> Option<&Known> {
        self.usable()
            .rev()
            .find(|known| known.at < at && known.quality != ReadQuality::Estimated)
    }

    /// The first usable read after an instant that is no estimate.
    fn next_measured(&self, at: NaiveDateTime) -> Option<&Known> {
        self.usable()
            .find(|known| known.at > at && known.quality != ReadQuality::Estimated)
    }

    /// Whether so few measured reads stand before an instant that they may say nothing of what is usual.
    pub(crate) fn is_new(&self, at: NaiveDateTime) -> bool {
        let before = self.usable().take_while(|known| known.at < at);
        let measured = before.filter(|known| known.quality != ReadQuality::Estimated);
        measured.take(4).count() < 4
    }

    /// How many estimates stand in a row before an instant.
    pub(crate) fn estimates_before(&self, at: NaiveDateTime) -> u32 {
        let in_a_row = self
            .usable()
            .rev()
            .filter(|known| known.at < at)
            .take_while(|known| known.quality == ReadQuality::Estimated)
            .count();
        u32::try_from(in_a_row).unwrap_or(u32::MAX)
    }

    /// Usage between usable reads, as history for what is to be expected. Spans in which service was suspended tell nothing of other days.
    pub(crate) fn history(&self, register: &Register) -> Vec<PastUsage> {
        let usable: Vec<&Known> = self.usable().collect();
        let pair = |pair: &[&Known]| match pair {
            [from, until] => {
                match register
                    .face
                    .difference(from.value, until.value, Rollover::Believed)
                {
                    Difference::Usage(usage) | Difference::RolledOver(usage) => Some(PastUsage {
                        period: Period {
                            from: from.on,
                            until: until.on,
                        },
                        usage,
                        quality: from.quality.weaker(until.quality),
                    }),
                    Difference::Falling { .. } => None,
                }
            }
            _ => None,
        };
        let is_whole = |past: &PastUsage| register.idle_days(past.period) == 0;
        let pairs = usable.windows(2).filter_map(pair);
        pairs.filter(is_whole).collect()
    }

    fn put(&mut self, known: Known) {
        match self.0.binary_search_by_key(&known.at, |kept| kept.at) {
            Ok(place) => {
                if let Some(kept) = self.0.get_mut(place) {
                    *kept = known;
                }
            }
            Err(place) => self.0.insert(place, known),
        }
    }
}

/// The timelines that rows make.
pub(crate) fn lines_of(rows: Vec<ReadRow>) -> HashMap<RegisterId, Timeline> {
    let mut lines: HashMap<RegisterId, Timeline> = HashMap::new();
    for row in rows {
        let line = lines.entry(row.register_id).or_default();
        line.0.push(Known::from(row));
    }
    lines
}

/// Loads the timelines of registers, in one query.
pub(crate) fn timelines(
    conn: &mut Conn,
    registers: &[RegisterId],
) -> Result<HashMap<RegisterId, Timeline>, StoreError> {
    Ok(lines_of(store::reads::list(conn, registers)?))
}

/// Decides the reads of a chunk.
pub(crate) fn decide(
    conn: &mut Conn,
    context: &Context,
    incoming: &Incoming,
    decision: &mut Decision,
) -> Result<(), StoreError> {
    if incoming.scalars.is_empty() {
        return Ok(());
    }
    let registers = distinct(incoming.scalars.keys().copied());
    let mut lines = timelines(conn, &registers)?;
    let mut calendar = Calendar::new(context.zone);
    let mut averages = ClassAverages::default();
    for (id, points) in &incoming.scalars {
        let Some(register) = incoming.registers.get(id) else {
            continue;
        };
        let line = lines.entry(*id).or_default();
        let mut points = points.clone();
        points.sort_by_key(|point| point.at);
        for point in points {
            let shown = Shown {
                at: instant(point.at),
                on: calendar.day_of(point.at).day,
                value: point.value.to_decimal().normalize(),
                quality: point.quality,
            };
            let read = Taken {
                shown,
                source: ReadSource::File,
                intervals: None,
                class_daily: averages.for_newcomer(conn, register, (&*line, &shown))?,
            };
            judge(context, register, line, &read, decision);
        }
    }
    Ok(())
}

/// A read on its way to its verdict.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) shown: Shown,
    pub(crate) source: ReadSource,
    /// What the intervals since the previous read add up to, where all of them are there.
    pub(crate) intervals: Option<Decimal>,
    /// What others of the class use a day in these months, where the register's own reads tell nothing.
    pub(crate) class_daily: Option<Decimal>,
}

/// Gives one read its verdict, and its place among the others. An actual read is compared with the last one that was no estimate, and
/// spreads the estimates between the two anew.
pub(crate) fn judge(
    context: &Context,
    register: &Register,
    line: &mut Timeline,
    read: &Taken,
    decision: &mut Decision,
) {
    let shown = read.shown;
    let kept = line.0.iter().find(|known| known.at == shown.at).cloned();
    // What somebody refused may be said again by whoever stands before the register: it is looked at again then.
    let is_said_anew = |kept: &Known| kept.verdict == ReadVerdict::Refused && is_said(read.source);
    let is_same = |kept: &Known| {
        kept.value == shown.value && kept.quality == shown.quality && !is_said_anew(kept)
    };
    if kept.as_ref().is_some_and(is_same) {
        decision.counts.duplicates += 1;
        return;
    }
    let verdict = verdict(context, register, line, (read, kept.as_ref()));
    let version = kept.as_ref().map_or(0, |kept| kept.version) + 1;
    match &kept {
        Some(_) => decision.counts.corrections += 1,
        None => decision.counts.accepted += 1,
    }
    decision.counts.held += i64::from(verdict.is_held());
    let known = Known {
        id: None,
        at: shown.at,
        on: shown.on,
        value: shown.value,
        quality: shown.quality,
        source: read.source,
        verdict: verdict.word(),
        version,
    };
    let instant = shown.at.format("%Y-%m-%dT%H:%M:%S");
    let about = format!("read:{}:{instant}:v{version}", register.id);
    let findings = verdict.findings();
    let exceptions = findings
        .iter()
        .filter_map(|finding| exception(finding, register, shown.on, &about))
        .collect();
    let mut row = new_row(context, register, &known, read.source);
    row.reasons =
        (!findings.is_empty()).then(|| serde_json::to_string(findings).unwrap_or_default());
    decision.reads.push((row, exceptions));
    line.put(known);
    if verdict.word().is_usable() {
        for (known, reasons) in respread(register, line, &shown) {
            let mut row = new_row(context, register, &known, ReadSource::Estimate);
            row.reasons = reasons;
            decision.reads.push((row, Vec::new()));
        }
    }
}

/// Whether a person said what a register shows; a file that comes twice says nothing new.
const fn is_said(source: ReadSource) -> bool {
    match source {
        ReadSource::Manual | ReadSource::Customer | ReadSource::Exchange => true,
        ReadSource::Ami | ReadSource::File | ReadSource::Estimate => false,
    }
}

/// Spreads the estimates before a read that may be used anew, and says what each shows now, with what is to be said of it. An estimate
/// spreads none.
pub(crate) fn respread(
    register: &Register,
    line: &mut Timeline,
    shown: &Shown,
) -> Vec<(Known, Option<String>)> {
    if shown.quality == ReadQuality::Estimated {
        return Vec::new();
    }
    let mended = respread_estimates(register, line, shown);
    let with_reasons = |known: Known| {
        let reasons = passed_zero(line, &known);
        line.put(known.clone());
        (known, reasons)
    };
    mended.into_iter().map(with_reasons).collect()
}

fn verdict(
    context: &Context,
    register: &Register,
    line: &Timeline,
    (read, kept): (&Taken, Option<&Known>),
) -> Verdict {
    let shown = read.shown;
    let is_estimate = shown.quality == ReadQuality::Estimated;
    // What a meter showed where it hung before says nothing about this place.
    let hung_since = register.hung_since(shown.on);
    let is_of_place = |known: &&Known| hung_since.is_none_or(|since| known.on >= since);
    let before = line.before(shown.at).filter(is_of_place);
    let measured = line.last_measured(shown.at).filter(is_of_place);
    let anchor = measured.filter(|_| !is_estimate);
    // A peak is no count: the one before says nothing about it.
    let counts = register.channel != Channel::Demand;
    let previous = anchor.or(before).map(Known::shown).filter(|_| counts);
    let since = previous.and_then(|previous| Period::new(previous.on, shown.on));
    let idle_days = since.map_or(0, |since| register.idle_days(since));
    let history = line.history(register);
    let expected =
        since.and_then(|since| estimates::expected(since, idle_days, &history, read.class_daily));
    let background = Background {
        face: register.face,
        unit: register.unit,
        previous,
        following: line
            .next_measured(shown.at)
            .map(Known::shown)
            .filter(|_| counts && !is_estimate),
        latest_at: line.usable().next_back().map(|known| known.at),
        same_instant: kept
            .filter(|kept| kept.verdict != ReadVerdict::Refused)
            .map(|kept| kept.value),
        expected: expected.map(|expected| expected.usage),
        is_by_class: expected.is_some_and(|one| one.method == EstimateMethod::ClassAverage),
        intervals: read.intervals,
        estimates_in_a_row: line.estimates_before(shown.at),
        is_active: register.is_served(since, shown.on),
        idle_days,
        now: context.now,
    };
    let limits = context.settings.limits(register.commodity());
    let verdict = check(limits, &shown, &background).verdict;
    let spans_estimates = previous.map(|previous| previous.at) != before.map(|before| before.at);
    let came_with = anchor.or(before).map(|known| known.source);
    let is_exchange = [Some(read.source), came_with].contains(&Some(ReadSource::Exchange));
    if !spans_estimates && !is_exchange && !register.changes_hands(shown.on) {
        return verdict;
    }
    // The days were checked when each estimate was made; who moves has the meter read on a day of their own; and a meter that comes or goes
    // parts a period in two.
    let mut findings = verdict.findings().to_vec();
    findings.retain(|finding| !matches!(finding, Finding::DaysOutsideRange { .. }));
    Verdict::of(findings)
}

/// The estimates between the last measured read and this one, as they stand once the usage of the whole span is known.
fn respread_estimates(register: &Register, line: &Timeline, shown: &Shown) -> Vec<Known> {
    let Some(anchor) = line.last_measured(shown.at) else {
        return Vec::new();
    };
    let between: Vec<&Known> = line
        .usable()
        .filter(|known| anchor.at < known.at && known.at < shown.at)
        .collect();
    let (Difference::Usage(whole) | Difference::RolledOver(whole)) =
        register
            .face
            .difference(anchor.value, shown.value, Rollover::Believed)
    else {
        return Vec::new();
    };
    let span = Period {
        from: anchor.on,
        until: shown.on,
    };
    let since: Vec<Period> = between
        .iter()
        .map(|known| Period {
            from: anchor.on,
            until: known.on,
        })
        .collect();
    let decimals = u32::from(register.face.decimals);
    let spread = estimates::respread(whole, span, &since, decimals);
    let mended = |(known, (_, usage)): (&&Known, &(Period, Decimal))| {
        let steps = usage.checked_div(register.face.multiplier)?;
        let value = (anchor.value + steps.trunc_with_scale(decimals)) % register.face.capacity();
        (value != known.value).then(|| Known {
            id: None,
            value,
            version: known.version + 1,
            verdict: ReadVerdict::Accepted,
            ..(*known).clone()
        })
    };
    between
        .iter()
        .zip(&spread.by_period)
        .filter_map(mended)
        .collect()
}

/// That a value mended by a later read lies beyond the register's last digit: that read was judged within its limit.
fn passed_zero(line: &Timeline, mended: &Known) -> Option<String> {
    let anchor = line.last_measured(mended.at)?;
    let finding = Finding::RolledOver {
        previous: anchor.value,
        current: mended.value,
    };
    let text = || serde_json::to_string(&[finding]).ok();
    (mended.value < anchor.value).then(text).flatten()
}

fn new_row(context: &Context, register: &Register, known: &Known, source: ReadSource) -> NewRead {
    NewRead {
        register_id: register.id,
        read_on: known.on,
        read_at: known.at,
        version: known.version,
        value: Exact(known.value),
        source,
        quality: known.quality,
        verdict: known.verdict,
        reasons: None,
        import_id: context.import_id,
        recorded_by: context.recorded_by.clone(),
        recorded_at: context.now,
    }
}
