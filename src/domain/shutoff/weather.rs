//! The day itself: the day of the week, holidays and closed days, winter, and how cold or hot it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::accounts::AccountClass;
use crate::domain::premises::Commodity;
use crate::domain::shutoff::days::{Weekday, felt_on, is_holiday, season_until};
use crate::domain::shutoff::{
    Asked, Felt, Reason, ShutoffPolicy, StateRules, TemperatureTerms, WinterNeed, WinterTerms,
};
use crate::domain::weather::Degrees;
use crate::domain::working_days::is_working_day;

/// Of days, how cold and how warm each was forecast or measured to be.
pub type FeltDays = BTreeMap<NaiveDate, Vec<Felt>>;

/// What of an account the weather is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposed {
    /// Its class.
    pub class: AccountClass,
    /// What it is served with on the day.
    pub services: Vec<Commodity>,
    /// The states in which its places lie, in two letters.
    pub states: Vec<String>,
}

/// Whether the season, the cold or the heat of a day keeps a shut-off away from whoever is served so, whatever is owed.
#[must_use]
pub fn is_against_weather(
    policy: &ShutoffPolicy,
    exposed: &Exposed,
    felt: &FeltDays,
    day: NaiveDate,
) -> bool {
    let mut sets = exposed
        .states
        .iter()
        .filter_map(|state| policy.rules(state));
    sets.any(|rules| {
        let sky = Sky {
            rules,
            class: exposed.class,
            services: &exposed.services,
            felt,
            day,
        };
        let is_felt = |reason: &Reason| matches!(reason, Reason::Cold(_) | Reason::Heat(_));
        sky.season().is_some() || sky.temperature().iter().any(is_felt)
    })
}

/// One set of rules asked about the weather of a day.
#[derive(Clone, Copy)]
struct Sky<'a> {
    rules: &'a StateRules,
    class: AccountClass,
    services: &'a [Commodity],
    felt: &'a FeltDays,
    day: NaiveDate,
}

impl<'a> Asked<'a> {
    const fn sky(&self) -> Sky<'a> {
        Sky {
            rules: self.rules,
            class: self.facts.class,
            services: self.facts.services.as_slice(),
            felt: &self.facts.felt,
            day: self.day,
        }
    }

    /// The winter that the day lies in, with its last day, where it protects this account.
    pub(super) fn winter(&self) -> Option<(&'a WinterTerms, NaiveDate)> {
        self.sky().winter()
    }

    /// That winter keeps the shut-off away altogether.
    pub(super) fn season(&self) -> Option<Reason> {
        self.sky().season()
    }

    /// Days on which it is too cold or too hot, and days of which nobody knows.
    pub(super) fn temperature(&self) -> Vec<Reason> {
        self.sky().temperature()
    }

    pub(super) fn day_of_week(&self) -> Vec<Reason> {
        let terms = &self.rules.days;
        let weekday = Weekday::of(self.day);
        let mut why = Vec::new();
        if is_holiday(self.day) {
            why.push(Reason::Holiday);
        } else if !terms.weekdays.contains(&weekday) {
            why.push(Reason::Weekday(weekday));
        }
        let Some(next) = self.day.succ_opt() else {
            return why;
        };
        // What is closed tomorrow anyway is said once.
        if why.is_empty() && !terms.eves && is_holiday(next) {
            why.push(Reason::Eve);
        } else if why.is_empty() && !terms.before_closed && !is_working_day(next) {
            why.push(Reason::BeforeClosed);
        }
        why
    }
}

impl<'a> Sky<'a> {
    fn winter(&self) -> Option<(&'a WinterTerms, NaiveDate)> {
        let winter = self.rules.winter.as_ref()?;
        let is_for_services = winter.services.is_empty()
            || self
                .services
                .iter()
                .any(|one| winter.services.contains(one));
        if !is_for_services || !winter.classes.contains(&self.class) {
            return None;
        }
        let last = season_until(self.day, winter.from, winter.last)?;
        Some((winter, last))
    }

    fn season(&self) -> Option<Reason> {
        let (winter, last) = self.winter()?;
        (winter.needs == WinterNeed::Never).then_some(Reason::Winter(last))
    }

    fn temperature(&self) -> Vec<Reason> {
        let Some(limits) = &self.rules.temperature else {
            return Vec::new();
        };
        if !self
            .services
            .iter()
            .any(|one| limits.services.contains(one))
        {
            return Vec::new();
        }
        let days = felt_on(self.day, limits.days_before);
        let judged = days.into_iter().filter_map(|day| self.felt(limits, day));
        judged.collect()
    }

    fn felt(&self, limits: &TemperatureTerms, day: NaiveDate) -> Option<Reason> {
        let all = self.felt.get(&day).filter(|all| !all.is_empty());
        let Some(all) = all else {
            return Some(Reason::WeatherUnknown(day));
        };
        let is_at = |degrees: i32| Degrees::from_hundredths(degrees.saturating_mul(100));
        let is_cold = |felt: &Felt| {
            let cold = if limits.cold_by_high {
                felt.high
            } else {
                felt.low
            };
            limits.at_or_below.is_some_and(|limit| cold <= is_at(limit))
        };
        if all.iter().any(is_cold) {
            return Some(Reason::Cold(day));
        }
        let is_hot = |felt: &Felt| {
            limits
                .at_or_above
                .is_some_and(|limit| felt.high >= is_at(limit))
        };
        all.iter().any(is_hot).then_some(Reason::Heat(day))
    }
}
