//! Values of a file on their way: sorted to registers and days, in the registers' units. Pure: what is kept already plays no part here.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::feed::{
    FeedItem, FeedKind, FeedPoint, FeedSeries, ONE, RejectReason, Rejection,
};
use crate::domain::ids::RegisterId;
use crate::domain::intervals::calendar::{Calendar, CivilDay};
use crate::domain::intervals::scaled::Scaled;
use crate::domain::intervals::series::SeriesPoint;
use crate::domain::intervals::{IntervalDay, Merged, Resolution};
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::reads::ReadQuality;
use crate::usecases::reads::registers::{Register, Registers, key_of};

/// Decimals that converted interval usage keeps.
const INTERVAL_DECIMALS: u32 = 6;

/// A chunk of values, ready to be decided.
#[derive(Debug, Default)]
pub struct Incoming {
    /// Interval usage by register and day, in order, each day once.
    pub usage: Vec<(RegisterId, CivilDay, IntervalDay)>,
    /// Values of registers that report in slots.
    pub series: BTreeMap<RegisterId, Vec<SeriesPoint>>,
    /// Values of registers that are read now and then.
    pub scalars: BTreeMap<RegisterId, Vec<SeriesPoint>>,
    /// Lines that are not used.
    pub rejections: Vec<Rejection>,
    /// The registers concerned.
    pub registers: HashMap<RegisterId, Arc<Register>>,
    /// Values that came twice within the chunk.
    pub duplicates: i64,
    points: usize,
}

impl Incoming {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points == 0 && self.rejections.is_empty()
    }
}

/// Gathers a chunk.
#[derive(Debug)]
pub struct Gathering {
    held: Vec<FeedItem>,
    incoming: Incoming,
    calendar: Calendar,
    now: i64,
    size: usize,
}

impl Gathering {
    /// An empty chunk, for days of the utility's zone; values after the present are refused.
    #[must_use]
    pub fn new(zone: Tz, now: NaiveDateTime) -> Self {
        Self {
            held: Vec::new(),
            incoming: Incoming::default(),
            calendar: Calendar::new(zone),
            now: now.and_utc().timestamp(),
            size: 0,
        }
    }

    /// Adds a piece of the file, to be sorted once its register is known.
    pub fn hold(&mut self, item: FeedItem) {
        self.size += match &item {
            FeedItem::Series(series) => series.points.len(),
            FeedItem::Rejected(_) => 1,
        };
        self.held.push(item);
    }

    /// How many pieces wait for their registers.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// How many values and refused lines the chunk has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.size
    }

    /// Whether the chunk has nothing yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.size == 0
    }

    /// The names of meters that wait to be found.
    pub fn meters(&self) -> impl Iterator<Item = String> + '_ {
        self.held.iter().flat_map(|item| match item {
            FeedItem::Series(series) => {
                let of_channel = series
                    .channel
                    .as_ref()
                    .map(|channel| key_of(&series.meter, channel));
                of_channel
                    .into_iter()
                    .chain([series.meter.clone()])
                    .collect()
            }
            FeedItem::Rejected(_) => Vec::new(),
        })
    }

    /// Sorts what waits to its registers.
    pub fn settle(&mut self, registers: &Registers) {
        for item in std::mem::take(&mut self.held) {
            match item {
                FeedItem::Rejected(rejection) => self.incoming.rejections.push(rejection),
                FeedItem::Series(series) => match registers.resolve(&series) {
                    Ok(register) => self.sort(register, &series),
                    Err(reason) => self.refuse_all(&series, reason),
                },
            }
        }
    }

    /// The chunk, and an empty one in its place.
    pub fn take(&mut self) -> Incoming {
        self.size = 0;
        let mut incoming = std::mem::take(&mut self.incoming);
        let mut merged = Merged::default();
        incoming
            .usage
            .sort_by_key(|(register, civil, _)| (*register, civil.day));
        incoming.usage.dedup_by(|later, kept| {
            let is_same = later.0 == kept.0 && later.1 == kept.1;
            if is_same {
                merged = kept.2.merge(&later.2);
            }
            is_same
        });
        incoming
    }

    fn refuse_all(&mut self, series: &FeedSeries, reason: RejectReason) {
        let mut last = None;
        for point in &series.points {
            if last != Some(point.line) {
                last = Some(point.line);
                self.refuse(series, point, reason);
            }
        }
    }

    fn refuse(&mut self, series: &FeedSeries, point: &FeedPoint, reason: RejectReason) {
        let channel = series.channel.as_deref().unwrap_or_default();
        self.incoming.rejections.push(Rejection {
            line: u64::from(point.line),
            reason,
            fact: Some(series.meter.clone()),
            excerpt: format!(
                "{} {channel} {} {}",
                series.meter,
                point.value.to_decimal(),
                series.unit
            ),
        });
    }

    fn sort(&mut self, register: &Arc<Register>, series: &FeedSeries) {
        let known = self.incoming.registers.entry(register.id);
        known.or_insert_with(|| Arc::clone(register));
        self.incoming.points += series.points.len();
        match (series.kind, register.resolution) {
            (FeedKind::Register, slots) => {
                let own = Scaled::from_decimal(register.face.multiplier);
                if !series.constant.same_as(ONE)
                    && own.is_none_or(|own| !own.same_as(series.constant))
                {
                    return self.refuse_all(series, RejectReason::ConstantMismatch);
                }
                self.sort_values(register, series, slots.is_some());
            }
            (FeedKind::Interval { .. }, None) => self.refuse_all(series, RejectReason::NoSlots),
            (FeedKind::Interval { seconds }, Some(_)) => match Resolution::of_seconds(seconds) {
                Some(resolution) => self.sort_usage(register, series, resolution),
                None => self.refuse_all(series, RejectReason::IntervalLength),
            },
        }
    }

    fn sort_values(&mut self, register: &Register, series: &FeedSeries, is_series: bool) {
        let conversion = Conversion::of_register(register, series.unit);
        for point in &series.points {
            if point.quality == ReadQuality::Missing {
                continue;
            }
            if point.at > self.now {
                self.refuse(series, point, RejectReason::Future);
                continue;
            }
            let Some(value) = conversion.convert(point.value) else {
                self.refuse(series, point, RejectReason::OutOfRange);
                continue;
            };
            if !register.face.shows(value.to_decimal()) {
                self.refuse(series, point, RejectReason::BeyondFace);
                continue;
            }
            if !is_series && !register.is_placed_on(self.calendar.day_of(point.at).day) {
                self.refuse(series, point, RejectReason::NotInstalled);
                continue;
            }
            let (at, quality) = (point.at, point.quality);
            let values = if is_series {
                &mut self.incoming.series
            } else {
                &mut self.incoming.scalars
            };
            let values = values.entry(register.id).or_default();
            values.push(SeriesPoint { at, value, quality });
        }
    }

    fn sort_usage(&mut self, register: &Register, series: &FeedSeries, resolution: Resolution) {
        let conversion = Conversion::of_usage(register, series);
        let mut open: Option<(CivilDay, IntervalDay)> = None;
        let mut merged = Merged::default();
        for point in &series.points {
            if point.quality == ReadQuality::Missing {
                continue;
            }
            if point.at > self.now {
                self.refuse(series, point, RejectReason::Future);
                continue;
            }
            let Some(value) = conversion.convert(point.value) else {
                self.refuse(series, point, RejectReason::OutOfRange);
                continue;
            };
            if !open
                .as_ref()
                .is_some_and(|(civil, _)| civil.contains(point.at))
            {
                let civil = self.calendar.day_of(point.at);
                let slots = civil.slots(resolution);
                let day = IntervalDay::with_scale(resolution, slots, value.scale);
                if let Some((civil, day)) = open.replace((civil, day)) {
                    self.incoming.usage.push((register.id, civil, day));
                }
            }
            let slot = open
                .as_mut()
                .and_then(|(civil, day)| Some((civil.slot_at(point.at, resolution)?, day)));
            match slot {
                Some((slot, day)) => day.lay(slot, value, point.quality, &mut merged),
                None => self.refuse(series, point, RejectReason::OffGrid),
            }
        }
        if let Some((civil, day)) = open {
            self.incoming.usage.push((register.id, civil, day));
        }
        self.incoming.duplicates += i64::from(merged.unchanged);
    }
}

/// From a file's unit to a register's.
struct Conversion {
    factor: Option<Decimal>,
    decimals: u32,
}

impl Conversion {
    /// A converted register value is rounded to the register's own face: what it showed is then found again exactly.
    fn of_register(register: &Register, unit: Unit) -> Self {
        Self {
            factor: factor(unit, register.unit),
            decimals: u32::from(register.face.decimals),
        }
    }

    fn of_usage(register: &Register, series: &FeedSeries) -> Self {
        let factor = factor(series.unit, register.unit);
        let constant = (!series.constant.same_as(ONE)).then(|| series.constant.to_decimal());
        let factor = match (factor, constant) {
            (Some(factor), Some(constant)) => Some(factor * constant),
            (factor, constant) => factor.or(constant),
        };
        Self {
            factor,
            decimals: INTERVAL_DECIMALS,
        }
    }

    fn convert(&self, value: Scaled) -> Option<Scaled> {
        let Some(factor) = self.factor else {
            return Some(value);
        };
        let half_up = RoundingStrategy::MidpointAwayFromZero;
        let converted = value.to_decimal().checked_mul(factor)?;
        Scaled::from_decimal(converted.round_dp_with_strategy(self.decimals, half_up))
    }
}

fn factor(from: Unit, into: Unit) -> Option<Decimal> {
    if from == into {
        return None;
    }
    let one = Quantity {
        amount: Decimal::ONE,
        unit: from,
    };
    one.to(into).map(|quantity| quantity.amount)
}
