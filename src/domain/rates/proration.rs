//! Days and shares: which slice of a period a version, season or factor covers, and how much of a cycle that is.
//!
//! Inside the cycle's normal range the shares are slice days over period days, and add up to exactly one; outside it they are slice
//! days over standard days.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::period::Period;
use crate::domain::rates::calendars::Season;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::Facts;
use crate::domain::rates::numbers::{OutOfRange, Ratio};
use crate::domain::rates::priced::PricingError;
use crate::domain::rates::schedule::{DatedNumber, Per, ProrateWhen};

/// The versions in force in the period, by place, each with its days.
///
/// # Errors
/// `EmptyPeriod`; `NoVersion` where the period begins before the first version; `TwoVersions` where two begin on one day.
pub(super) fn versions_in(
    versions: &[CompiledVersion],
    period: Period,
) -> Result<Vec<(u16, Period)>, PricingError> {
    if period.days() == 0 {
        return Err(PricingError::EmptyPeriod);
    }
    let mut found = Vec::with_capacity(2);
    for (place, version) in (0_u16..).zip(versions) {
        let next = versions
            .iter()
            .map(CompiledVersion::effective_from)
            .filter(|from| *from > version.effective_from())
            .min();
        let in_force = Period {
            from: version.effective_from(),
            until: next.unwrap_or(NaiveDate::MAX),
        };
        if let Some(slice) = in_force.overlap(period) {
            found.push((place, slice));
        }
    }
    found.sort_unstable_by_key(|(_, slice)| slice.from);
    let twice = found
        .iter()
        .zip(found.iter().skip(1))
        .find(|(one, next)| one.1.from == next.1.from);
    if let Some((version, _)) = twice {
        return Err(PricingError::TwoVersions(version.1.from));
    }
    match found.first() {
        Some((_, first)) if first.from == period.from => Ok(found),
        Some(_) | None => Err(PricingError::NoVersion(period.from)),
    }
}

/// The days of a slice that lie in a season, cut where the season turns and where a factor changes.
pub(super) fn slices(
    slice: Period,
    season: Option<Season>,
    factor: &[DatedNumber],
    into: &mut Vec<Period>,
) {
    into.clear();
    let turns = |season: Season| {
        (slice.from.year()..=slice.until.year())
            .flat_map(move |year| season.turns(year))
            .flatten()
    };
    let changes = factor.iter().map(|dated| dated.from);
    let has_cut = |day: NaiveDate| slice.from < day && day < slice.until;
    let is_cut =
        season.is_some_and(|season| turns(season).any(has_cut)) || changes.clone().any(has_cut);
    let belongs = |part: &Period| season.is_none_or(|season| season.contains(part.from));
    if is_cut {
        into.extend(
            slice
                .split_at(season.into_iter().flat_map(turns).chain(changes))
                .into_iter()
                .filter(belongs),
        );
    } else if belongs(&slice) {
        into.push(slice);
    }
}

/// How much of a cycle a slice of the period is.
pub(super) fn share(
    version: &CompiledVersion,
    facts: &Facts,
    slice: Period,
    prorate: bool,
) -> Result<Ratio, OutOfRange> {
    let days = facts.whole_days();
    let by_days = match version.when {
        ProrateWhen::Always => true,
        ProrateWhen::Never => false,
        ProrateWhen::OutsideRange => !facts.cycle.contains(days),
    };
    if !(by_days && prorate) {
        return Ok(Ratio::of_days(slice.days(), days));
    }
    let standard = version.standard_days;
    let slice_days = Ratio::of(
        Decimal::from(slice.days())
            .checked_mul(Decimal::from(standard.denominator))
            .ok_or(OutOfRange)?,
    );
    slice_days
        .over(standard.numerator)?
        .over(Decimal::from(facts.cycle.months.max(1)))
}

/// How many bills, months, days or years a slice is, given how much of a cycle it is.
pub(super) fn count(
    per: Per,
    share: Ratio,
    facts: &Facts,
    slice: Period,
) -> Result<Ratio, OutOfRange> {
    let months = || share.times_decimal(Decimal::from(facts.cycle.months.max(1)));
    match per {
        Per::Bill => Ok(share),
        Per::Month => months(),
        Per::Day => Ok(Ratio::of(Decimal::from(slice.days()))),
        Per::Year => months()?.over(Decimal::from(12)),
    }
}
