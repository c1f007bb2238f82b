//! The checks on one register read, in the order in which a person would ask.

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use crate::domain::meters::{Difference, RegisterFace, Rollover};
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;
use crate::domain::vee::settings::Limits;
use crate::domain::vee::{Finding, Verdict};

/// A value and when it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// The civil day of the utility.
    pub on: NaiveDate,
    /// What the face showed.
    pub value: Decimal,
    /// How good it is.
    pub quality: ReadQuality,
}

/// What is known about the register when a read comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Background {
    /// The face it is read from.
    pub face: RegisterFace,
    /// The unit of its usage.
    pub unit: Unit,
    /// The accepted read before this one.
    pub previous: Option<Shown>,
    /// The next read after this one that is no estimate, where one is kept.
    pub following: Option<Shown>,
    /// The latest accepted read, where it is later than this one.
    pub latest_at: Option<NaiveDateTime>,
    /// What is kept already for the same instant.
    pub same_instant: Option<Decimal>,
    /// Usage expected since the previous read.
    pub expected: Option<Decimal>,
    /// Whether that is what the class uses: the register has no history of its own.
    pub is_by_class: bool,
    /// What the intervals since the previous read add up to, where all of them are there.
    pub intervals: Option<Decimal>,
    /// How many estimates stand in a row before this read.
    pub estimates_in_a_row: u32,
    /// Whether a service was active at the service point since the previous read.
    pub is_active: bool,
    /// On how many days since the previous read service was suspended.
    pub idle_days: u32,
    /// The present, in UTC.
    pub now: NaiveDateTime,
}

/// The outcome for one read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Usage since the previous read, where it can be told.
    pub usage: Option<Decimal>,
    /// What becomes of the read.
    pub verdict: Verdict,
}

/// Gives the verdict on a read (rules §3.4): duplicate, future, out of order, negative or rollover, days outside the range, zero with
/// history, low, high and very high against the expected, usage on inactive service, estimates in a row.
#[must_use]
pub fn check(limits: &Limits, read: &Shown, background: &Background) -> Checked {
    let mut findings = Vec::new();
    if background.same_instant == Some(read.value) {
        return Checked {
            usage: None,
            verdict: Verdict::AcceptWithFlags(vec![Finding::Duplicate]),
        };
    }
    if read.at > background.now {
        findings.push(Finding::Future {
            now: background.now,
        });
    }
    if let Some(latest) = background.latest_at.filter(|latest| *latest > read.at) {
        findings.push(Finding::OutOfOrder { latest });
    }
    findings.extend(falls_after(limits, read, background));
    let usage = background
        .previous
        .and_then(|previous| usage_since(limits, read, &previous, background, &mut findings));
    if let Some(usage) = usage {
        compare(limits, usage, background, &mut findings);
        let sums = background.intervals;
        findings.extend(sums.and_then(|sum| sum_check(limits, background.unit, sum, usage)));
    }
    let count = background.estimates_in_a_row + 1;
    if read.quality == ReadQuality::Estimated && count > limits.most_estimates_in_a_row {
        findings.push(Finding::EstimatesInARow { count });
    }
    Checked {
        usage,
        verdict: Verdict::of(findings),
    }
}

/// A late or corrected read must not lie above the one that follows it: then one of the two is wrong.
fn falls_after(limits: &Limits, read: &Shown, background: &Background) -> Option<Finding> {
    let following = background.following?;
    let (previous, current) = (read.value, following.value);
    let rollover = within_limit(limits, background);
    match background.face.difference(previous, current, rollover) {
        Difference::Usage(_) | Difference::RolledOver(_) => None,
        Difference::Falling { .. } => Some(Finding::Falling { previous, current }),
    }
}

/// A rollover is believed as far as the usage stays within the high limit; without anything to expect, not at all.
fn within_limit(limits: &Limits, background: &Background) -> Rollover {
    let most = |expected: Decimal| expected * limits.force_high_percent / Decimal::ONE_HUNDRED;
    let slack = Limits::amount(limits.warn_difference, background.unit).unwrap_or(Decimal::ZERO);
    let limit = background
        .expected
        .map(|expected| most(expected).max(expected + slack));
    limit.map_or(Rollover::Never, Rollover::UpTo)
}

fn usage_since(
    limits: &Limits,
    read: &Shown,
    previous: &Shown,
    background: &Background,
    findings: &mut Vec<Finding>,
) -> Option<Decimal> {
    let days = Period {
        from: previous.on,
        until: read.on,
    }
    .days();
    // A span in which service was suspended has no usual length.
    let is_usual = background.idle_days == 0;
    if is_usual && (days < limits.fewest_days || days > limits.most_days) {
        findings.push(Finding::DaysOutsideRange { days });
    }
    let (before, current) = (previous.value, read.value);
    let rollover = within_limit(limits, background);
    match background.face.difference(before, current, rollover) {
        Difference::Usage(usage) => Some(usage),
        Difference::RolledOver(usage) => {
            findings.push(Finding::RolledOver {
                previous: before,
                current,
            });
            Some(usage)
        }
        Difference::Falling { .. } => {
            findings.push(Finding::Falling {
                previous: before,
                current,
            });
            None
        }
    }
}

fn compare(limits: &Limits, usage: Decimal, background: &Background, findings: &mut Vec<Finding>) {
    let at_least = |threshold| Limits::amount(threshold, background.unit);
    if !background.is_active && at_least(limits.inactive_usage).is_some_and(|least| usage >= least)
    {
        findings.push(Finding::InactiveUsage { usage });
    }
    let Some(expected) = background
        .expected
        .filter(|expected| *expected > Decimal::ZERO)
    else {
        return;
    };
    // A newcomer who uses nothing has no history that says otherwise.
    if usage.is_zero() && !background.is_by_class {
        findings.push(Finding::ZeroWithHistory { expected });
        return;
    }
    let slack = at_least(limits.warn_difference).unwrap_or(Decimal::ZERO);
    if (usage - expected).abs() <= slack {
        return;
    }
    let percent = usage / expected * Decimal::ONE_HUNDRED;
    if percent > limits.force_high_percent {
        findings.push(Finding::VeryHigh { usage, expected });
    } else if percent > limits.warn_high_percent {
        findings.push(Finding::High { usage, expected });
    } else if percent < limits.warn_low_percent {
        findings.push(Finding::Low { usage, expected });
    }
}

/// Whether the intervals of a period add up to the register that counted beside them, within the greater of two slacks.
#[must_use]
fn sum_check(
    limits: &Limits,
    unit: Unit,
    intervals: Decimal,
    register: Decimal,
) -> Option<Finding> {
    let fixed = Limits::amount(limits.sum_check_difference, unit).unwrap_or(Decimal::ZERO);
    let share = register.abs() * limits.sum_check_percent / Decimal::ONE_HUNDRED;
    ((intervals - register).abs() > fixed.max(share)).then_some(Finding::SumCheck {
        intervals,
        register,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vee::settings::VeeSettings;

    fn shown(on: &str, value: i64) -> Shown {
        let on: NaiveDate = on.parse().unwrap();
        Shown {
            at: on.and_hms_opt(12, 0, 0).unwrap(),
            on,
            value: Decimal::from(value),
            quality: ReadQuality::Actual,
        }
    }

    fn background() -> Background {
        Background {
            face: RegisterFace {
                dials: 6,
                decimals: 0,
                multiplier: Decimal::ONE,
            },
            unit: Unit::Kwh,
            previous: Some(shown("2026-05-01", 10_000)),
            following: None,
            latest_at: None,
            same_instant: None,
            expected: Some(Decimal::from(800)),
            is_by_class: false,
            intervals: None,
            estimates_in_a_row: 0,
            is_active: true,
            idle_days: 0,
            now: shown("2026-07-01", 0).at,
        }
    }

    fn words(read: &Shown, background: &Background) -> (Vec<&'static str>, bool) {
        let checked = check(&VeeSettings::default().electric, read, background);
        let words = checked
            .verdict
            .findings()
            .iter()
            .map(Finding::word)
            .collect();
        (words, checked.verdict.is_held())
    }

    #[test]
    fn a_usual_read_is_accepted() {
        assert_eq!(
            words(&shown("2026-06-01", 10_800), &background()),
            (vec![], false)
        );
    }

    #[test]
    fn high_is_flagged_and_very_high_is_held() {
        let check = |value| words(&shown("2026-06-01", value), &background());
        assert_eq!(check(11_900), (vec!["high"], false));
        assert_eq!(check(14_900), (vec!["very_high"], true));
        assert_eq!(check(10_100), (vec!["low"], false));
        assert_eq!(check(10_000), (vec!["zero_with_history"], false));
        assert_eq!(check(9_000), (vec!["falling"], true));
    }

    #[test]
    fn a_newcomer_is_held_against_the_class() {
        let mut new = background();
        new.is_by_class = true;
        let check = |value| words(&shown("2026-06-01", value), &new);
        assert_eq!(check(11_900), (vec!["high"], false));
        assert_eq!(check(14_900), (vec!["very_high"], true));
        assert_eq!(
            check(10_000),
            (vec!["low"], false),
            "nothing used, and no history"
        );
    }

    #[test]
    fn a_rollover_is_believed_within_the_high_limit_and_never_without_one() {
        let mut full = background();
        full.previous = Some(shown("2026-05-01", 999_500));
        let check = |full: &Background, value| words(&shown("2026-06-01", value), full);
        assert_eq!(check(&full, 300), (vec!["rolled_over"], false));
        assert_eq!(check(&full, 4_100), (vec!["falling"], true));
        full.expected = None;
        assert_eq!(check(&full, 300), (vec!["falling"], true));
    }

    #[test]
    fn a_small_difference_is_never_flagged() {
        let mut quiet = background();
        quiet.expected = Some(Decimal::from(100));
        assert_eq!(words(&shown("2026-06-01", 10_390), &quiet), (vec![], false));
    }

    #[test]
    fn order_and_time_are_checked() {
        let mut odd = background();
        odd.latest_at = Some(shown("2026-06-20", 0).at);
        assert_eq!(
            words(&shown("2026-06-01", 10_800), &odd),
            (vec!["out_of_order"], false)
        );
        assert!(words(&shown("2026-08-01", 10_800), &background()).1);
        odd.same_instant = Some(Decimal::from(10_800));
        assert_eq!(
            words(&shown("2026-06-01", 10_800), &odd),
            (vec!["duplicate"], false)
        );
    }

    #[test]
    fn a_late_read_above_the_one_that_follows_is_held() {
        let mut late = background();
        late.following = Some(shown("2026-06-20", 10_700));
        let check = |value| words(&shown("2026-06-01", value), &late);
        assert_eq!(check(10_650), (vec![], false));
        assert_eq!(check(10_800), (vec!["falling"], true));
    }

    #[test]
    fn an_empty_house_that_uses_power_and_a_third_estimate_are_shown() {
        let mut empty = background();
        empty.is_active = false;
        empty.expected = None;
        assert_eq!(
            words(&shown("2026-06-01", 10_001), &empty),
            (vec!["inactive_usage"], false)
        );
        let mut third = background();
        third.estimates_in_a_row = 2;
        let mut estimate = shown("2026-06-01", 10_800);
        estimate.quality = ReadQuality::Estimated;
        assert_eq!(
            words(&estimate, &third),
            (vec!["estimates_in_a_row"], false)
        );
    }

    #[test]
    fn intervals_must_add_up_to_their_register() {
        let limits = &VeeSettings::default().electric;
        let number = |value: i64| Decimal::from(value);
        assert!(sum_check(limits, Unit::Kwh, number(995), number(1_000)).is_none());
        assert!(sum_check(limits, Unit::Kwh, number(900), number(1_000)).is_some());
    }
}
