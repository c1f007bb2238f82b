//! Finds what runs unnoticed: water that never stands still at night, a toilet that refills by itself, use that rose from one day to the next.
//!
//! The usual rule, 24 unbroken hours above zero, misses a leak whose hours are not all known and one that comes and goes. Here the hours
//! from one to five in the morning are judged, night by night: few people use water in each of them, and hardly anybody night after night.
//! A night counts with three of its four hours. A finding is a hint and says so; it never changes what is billed.
//!
//! The nights are judged at one home with one water point alone: a business works at night, and a garden is watered then. Use that rose is
//! looked for in water and electricity; gas goes by the weather.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::commodity::Commodity;
use crate::domain::period::Period;

/// The hours of the night, from one to five.
const NIGHT: std::ops::Range<usize> = 1..5;
/// Hours of a night that must be known.
const KNOWN_HOURS: usize = 3;
/// Nights in a row on which water must run: a guest, a holiday or a garden hose left on is shorter.
const FLOW_NIGHTS: usize = 5;
/// Nights over which a toilet is looked for, and how many of them must be known.
const TOILET_NIGHTS: usize = 10;
const TOILET_KNOWN: usize = 7;
/// The newest days, and the days before with which they are compared: one week against four, so that weekends count in both.
const NOW_DAYS: usize = 7;
const BEFORE_DAYS: usize = 28;
const BEFORE_KNOWN: usize = 14;
/// A finding is news only while it lasts: its last night or day may lie so many days before today, for reads come late.
const STALE_DAYS: u64 = 3;

/// What is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    /// The service.
    pub commodity: Commodity,
    /// Whether it is the one water point of a home.
    pub is_one_home: bool,
}

/// One day, in the unit that people know the service by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub day: NaiveDate,
    /// What each hour used; `None` where any of it is missing or only estimated.
    pub hours: Vec<Option<Decimal>>,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Water runs through the night without standing still.
    NightFlow,
    /// Small, even amounts in most hours of the night: a toilet that refills.
    Toilet,
    /// Use is far above what it was a week before.
    Change,
}

impl Kind {
    /// As the words of the pages name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NightFlow => "night_flow",
            Self::Toilet => "toilet",
            Self::Change => "change",
        }
    }
}

/// Something that likely runs unnoticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// What it looks like.
    pub kind: Kind,
    /// The first day on which it was seen.
    pub since: NaiveDate,
    /// The last.
    pub until: NaiveDate,
    /// About how much a day, in the unit of the days.
    pub a_day: Decimal,
}

/// From which amounts on something is worth a word.
struct Least {
    /// Units an hour through the night.
    flow: Decimal,
    /// The most that an hour of a refilling toilet uses.
    refill: Decimal,
    /// Units a day by which use must have risen.
    rise: Decimal,
    /// Use must be so many quarters of what it was.
    quarters: Decimal,
}

impl Least {
    /// Water: a quarter of a gallon an hour is a drip that a person can find (6 gallons a day); a toilet's refill is at most a few flushes
    /// an hour; 50 gallons are a sixth of what an average household uses a day. Power follows the weather in part, so use must double; gas
    /// is burned for heat, and a cold week is no finding.
    fn of(commodity: Commodity) -> Option<Self> {
        let least = |rise: i64, quarters: i64| Self {
            flow: Decimal::new(25, 2),
            refill: Decimal::from(15),
            rise: Decimal::from(rise),
            quarters: Decimal::from(quarters),
        };
        match commodity {
            Commodity::Water => Some(least(50, 7)),
            Commodity::Electric => Some(least(8, 8)),
            Commodity::Gas
            | Commodity::Sewer
            | Commodity::Stormwater
            | Commodity::Refuse
            | Commodity::Other => None,
        }
    }
}

/// The most likely finding in some weeks of days, in order; nothing where nothing stands out, or where it was last seen long before today.
#[must_use]
pub fn find(watched: Watched, days: &[Day], today: NaiveDate) -> Option<Finding> {
    let least = Least::of(watched.commodity)?;
    let is_news = |finding: &Finding| {
        finding
            .until
            .checked_add_days(Days::new(STALE_DAYS))
            .is_some_and(|until| until >= today)
    };
    let of_water = || {
        let nights: Vec<Night> = days.iter().filter_map(Night::of).collect();
        night_flow(&nights, &least).or_else(|| toilet(&nights, &least))
    };
    let at_night = if watched.commodity == Commodity::Water && watched.is_one_home {
        of_water()
    } else {
        None
    };
    at_night
        .filter(is_news)
        .or_else(|| change(days, &least).filter(is_news))
}

/// What weighed most of all that was to be found on any morning of a period, for judging its bill afterwards. The days reach back before
/// the period, for a change is measured against the weeks before it.
#[must_use]
pub fn find_within(watched: Watched, days: &[Day], period: Period) -> Option<Finding> {
    let mornings = period.from.iter_days().skip(1);
    let found = mornings
        .take_while(|morning| *morning <= period.until)
        .filter_map(|morning| {
            let before = days.partition_point(|day| day.day < morning);
            find(watched, days.get(..before)?, morning)
        });
    found.max_by_key(Finding::amount)
}

impl Finding {
    /// What it used in all the days on which it was seen.
    #[must_use]
    pub fn amount(&self) -> Decimal {
        let days = (self.until - self.since).num_days() + 1;
        self.a_day * Decimal::from(days)
    }
}

/// The known hours of one night.
struct Night {
    day: NaiveDate,
    hours: Vec<Decimal>,
}

impl Night {
    fn of(day: &Day) -> Option<Self> {
        let hours: Vec<Decimal> = day.hours.get(NIGHT)?.iter().copied().flatten().collect();
        (hours.len() >= KNOWN_HOURS).then_some(Self {
            day: day.day,
            hours,
        })
    }

    /// What ran in its quietest hour.
    fn least(&self) -> Decimal {
        self.hours.iter().copied().min().unwrap_or_default()
    }

    fn running(&self) -> usize {
        let runs = |hour: &&Decimal| hour.is_sign_positive() && !hour.is_zero();
        self.hours.iter().filter(runs).count()
    }
}

/// Water that ran in every known hour of every known night up to the last.
fn night_flow(nights: &[Night], least: &Least) -> Option<Finding> {
    let run: Vec<&Night> = nights
        .iter()
        .rev()
        .take_while(|night| night.least() >= least.flow)
        .collect();
    if run.len() < FLOW_NIGHTS {
        return None;
    }
    let hourly = median(run.iter().map(|night| night.least()).collect())?;
    Some(Finding {
        kind: Kind::NightFlow,
        since: run.last()?.day,
        until: run.first()?.day,
        a_day: hourly * Decimal::from(24),
    })
}

/// Small, even amounts in most hours of most nights.
fn toilet(nights: &[Night], least: &Least) -> Option<Finding> {
    let start = nights.len().saturating_sub(TOILET_NIGHTS);
    let latest = nights.get(start..)?;
    if latest.len() < TOILET_KNOWN {
        return None;
    }
    let known: usize = latest.iter().map(|night| night.hours.len()).sum();
    let running: usize = latest.iter().map(Night::running).sum();
    let amounts: Vec<Decimal> = latest
        .iter()
        .flat_map(|night| night.hours.iter().copied())
        .filter(|hour| hour.is_sign_positive() && !hour.is_zero())
        .collect();
    let middle = median(amounts.clone())?;
    let is_even =
        |hour: &&Decimal| **hour * Decimal::TWO >= middle && **hour <= middle * Decimal::TWO;
    let even = amounts.iter().filter(is_even).count();
    // Three fifths of the hours, three quarters of the amounts alike, none larger than a few flushes.
    let is_most = running * 5 >= known * 3;
    if !is_most || even * 4 < running * 3 || middle > least.refill {
        return None;
    }
    let run = nights.iter().rev().take_while(|night| night.running() >= 2);
    let since = run.last()?.day;
    let sum: Decimal = amounts.iter().sum();
    let hourly = sum.checked_div(Decimal::from(known))?;
    Some(Finding {
        kind: Kind::Toilet,
        since,
        until: latest.last()?.day,
        a_day: hourly * Decimal::from(24),
    })
}

/// The newest week far above the four weeks before it. Where nothing was used then, somebody came home.
fn change(days: &[Day], least: &Least) -> Option<Finding> {
    let totals: Vec<(NaiveDate, Decimal)> = days
        .iter()
        .filter_map(|day| Some((day.day, day.hours.iter().copied().sum::<Option<Decimal>>()?)))
        .collect();
    let split = totals.len().checked_sub(NOW_DAYS)?;
    let (before, now) = totals.split_at_checked(split)?;
    let before = before.get(before.len().saturating_sub(BEFORE_DAYS)..)?;
    if before.len() < BEFORE_KNOWN {
        return None;
    }
    let used =
        |days: &[(NaiveDate, Decimal)]| days.iter().map(|(_, used)| *used).collect::<Vec<_>>();
    let (was, is) = (median(used(before))?, median(used(now))?);
    let mut sorted = used(before);
    sorted.sort_unstable();
    let high = sorted.get(sorted.len() * 9 / 10).copied()?;
    let above = now.iter().filter(|(_, used)| *used > high).count();
    let was_used = was.is_sign_positive() && !was.is_zero();
    let is_far =
        was_used && is * Decimal::from(4) >= was * least.quarters && is - was >= least.rise;
    if !is_far || above + 1 < NOW_DAYS {
        return None;
    }
    let middle = (was + is).checked_div(Decimal::TWO)?;
    let run = totals.iter().rev().take_while(|(_, used)| *used > middle);
    let since = run.last().or(now.first())?.0;
    Some(Finding {
        kind: Kind::Change,
        since,
        until: now.last()?.0,
        a_day: is - was,
    })
}

/// The lower middle value.
fn median(mut values: Vec<Decimal>) -> Option<Decimal> {
    values.sort_unstable();
    let middle = values.len().checked_sub(1)? / 2;
    values.get(middle).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOME: Watched = Watched {
        commodity: Commodity::Water,
        is_one_home: true,
    };

    fn first() -> NaiveDate {
        "2026-06-01".parse().unwrap()
    }

    /// The day after so many days.
    fn after(days: usize) -> NaiveDate {
        first() + Days::new(u64::try_from(days).unwrap())
    }

    /// What is found on the morning after the days.
    fn found(watched: Watched, hours: &[Vec<i64>]) -> Option<Finding> {
        find(watched, &days(hours), after(hours.len()))
    }

    /// Days of 24 hours: what each hour of each day uses, in tenths of a gallon; negative where it is not known.
    fn days(all: &[Vec<i64>]) -> Vec<Day> {
        first()
            .iter_days()
            .zip(all)
            .map(|(day, hours)| Day {
                day,
                hours: hours
                    .iter()
                    .map(|tenths| (*tenths >= 0).then(|| Decimal::new(*tenths, 1)))
                    .collect(),
            })
            .collect()
    }

    /// A household that sleeps: nothing from midnight to six but for what one hour of the night may use.
    fn household(days: usize, visits: &[(usize, i64)]) -> Vec<Vec<i64>> {
        (0..days)
            .map(|day| {
                let mut hours = vec![0; 24];
                hours[6..22].fill(120);
                if let Some((hour, tenths)) = visits.get(day % visits.len().max(1)) {
                    hours[1 + hour % 4] = *tenths;
                }
                hours
            })
            .collect()
    }

    fn visits() -> impl Strategy<Value = Vec<(usize, i64)>> {
        prop::collection::vec((0_usize..4, 0_i64..400), 1..9)
    }

    #[test]
    fn what_was_mended_meanwhile_is_found_for_the_period_it_lay_in_and_no_other() {
        let mut hours = household(60, &[]);
        for hour in hours[40..50].iter_mut().flatten() {
            *hour += 20;
        }
        let days = days(&hours);
        assert_eq!(find(HOME, &days, after(60)), None);
        let within = |from, until| {
            let (from, until) = (after(from), after(until));
            find_within(HOME, &days, Period { from, until })
        };
        let found = Finding {
            kind: Kind::NightFlow,
            since: after(40),
            until: after(49),
            a_day: Decimal::from(48),
        };
        assert_eq!(within(32, 60), Some(found));
        assert_eq!(within(0, 40), None);
    }

    proptest! {
        #[test]
        fn a_household_that_sleeps_has_no_leak(visits in visits()) {
            prop_assert_eq!(found(HOME, &household(40, &visits)), None);
        }

        #[test]
        fn what_runs_for_five_nights_is_found_also_where_hours_are_missing(
            visits in visits(), flow in 3_i64..900, nights in 5_usize..12, missing in prop::collection::vec(1_usize..5, 12),
        ) {
            let mut hours = household(40, &visits);
            let start = 40 - nights;
            for (day, lost) in hours[start..].iter_mut().zip(missing) {
                day.iter_mut().for_each(|hour| *hour += flow);
                day[lost] = -1;
                day[13] = -1;
            }
            let found = found(HOME, &hours).unwrap();
            prop_assert_eq!(found.kind, Kind::NightFlow);
            prop_assert_eq!(found.until, first() + Days::new(39));
            prop_assert!(found.since <= first() + Days::new(u64::try_from(start).unwrap()));
            prop_assert!(found.a_day >= Decimal::new(flow * 24, 1));
        }

        #[test]
        fn what_stopped_is_no_news(flow in 3_i64..900) {
            let mut hours = household(40, &[(0, 0)]);
            hours[20..30].iter_mut().flatten().for_each(|hour| *hour += flow);
            prop_assert_eq!(found(HOME, &hours), None);
        }
    }

    #[test]
    fn a_refilling_toilet_is_told_by_its_even_amounts() {
        let mut hours = household(40, &[(0, 0)]);
        for (day, quiet) in hours[28..].iter_mut().zip([1, 2, 3, 4].into_iter().cycle()) {
            (0..6).for_each(|hour| day[hour] = 30);
            day[quiet] = 0;
        }
        let found = found(HOME, &hours).unwrap();
        assert_eq!(
            (found.kind, found.since),
            (Kind::Toilet, first() + Days::new(28))
        );
        assert_eq!(found.a_day, Decimal::from(54));
    }

    #[test]
    fn use_that_rises_from_one_day_to_the_next_is_told_but_for_gas_which_goes_by_the_weather() {
        let mut hours = household(40, &[(0, 0)]);
        hours[31..].iter_mut().for_each(|day| day[6..22].fill(300));
        for (commodity, expected) in [
            (Commodity::Water, Some(Kind::Change)),
            (Commodity::Electric, Some(Kind::Change)),
            (Commodity::Gas, None),
            (Commodity::Sewer, None),
        ] {
            let watched = Watched { commodity, ..HOME };
            let found = found(watched, &hours);
            assert_eq!(found.map(|found| found.kind), expected, "{commodity}");
            if let Some(found) = found {
                assert_eq!(found.since, first() + Days::new(31));
                assert_eq!(found.a_day, Decimal::from(288));
            }
        }
    }

    #[test]
    fn what_was_seen_last_long_before_today_is_not_told_as_going_on() {
        let mut hours = household(40, &[(0, 0)]);
        hours[28..].iter_mut().flatten().for_each(|hour| *hour += 5);
        let known = days(&hours);
        let told =
            |days_later: usize| find(HOME, &known, after(39 + days_later)).map(|found| found.kind);
        assert_eq!(told(3), Some(Kind::NightFlow));
        assert_eq!(told(4), None);
        assert_eq!(told(30), None);
    }

    #[test]
    fn a_business_or_a_second_water_point_may_run_at_night_but_a_rise_is_told() {
        let elsewhere = Watched {
            is_one_home: false,
            ..HOME
        };
        let mut flow = household(40, &[(0, 0)]);
        flow[28..].iter_mut().flatten().for_each(|hour| *hour += 5);
        assert_eq!(
            found(HOME, &flow).map(|found| found.kind),
            Some(Kind::NightFlow)
        );
        assert_eq!(found(elsewhere, &flow), None);
        let mut toilet = household(40, &[(0, 0)]);
        for (day, quiet) in toilet[28..]
            .iter_mut()
            .zip([1, 2, 3, 4].into_iter().cycle())
        {
            (0..6).for_each(|hour| day[hour] = 30);
            day[quiet] = 0;
        }
        assert_eq!(
            found(HOME, &toilet).map(|found| found.kind),
            Some(Kind::Toilet)
        );
        assert_eq!(found(elsewhere, &toilet), None);
        let mut rise = household(40, &[(0, 0)]);
        rise[31..].iter_mut().for_each(|day| day[6..22].fill(300));
        assert_eq!(
            found(elsewhere, &rise).map(|found| found.kind),
            Some(Kind::Change)
        );
    }

    #[test]
    fn coming_home_to_an_empty_house_is_no_rise() {
        let mut hours = vec![vec![0; 24]; 40];
        hours[31..].iter_mut().for_each(|day| day[6..22].fill(120));
        let electric = Watched {
            commodity: Commodity::Electric,
            ..HOME
        };
        assert_eq!(found(HOME, &hours), None);
        assert_eq!(found(electric, &hours), None);
    }
}
