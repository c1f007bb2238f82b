//! The day itself: the day of the week, holidays and closed days, winter, and how cold or hot it is.

use chrono::NaiveDate;

use crate::domain::shutoff::days::{Weekday, felt_on, is_holiday, season_until};
use crate::domain::shutoff::{Asked, Felt, Reason, TemperatureTerms, WinterNeed, WinterTerms};
use crate::domain::weather::Degrees;
use crate::domain::working_days::is_working_day;

impl Asked<'_> {
    /// The winter that the day lies in, with its last day, where it protects this account.
    pub(super) fn winter(&self) -> Option<(&WinterTerms, NaiveDate)> {
        let winter = self.rules.winter.as_ref()?;
        let is_for_services = winter.services.is_empty()
            || self
                .facts
                .services
                .iter()
                .any(|one| winter.services.contains(one));
        if !is_for_services || !winter.classes.contains(&self.facts.class) {
            return None;
        }
        let last = season_until(self.day, winter.from, winter.last)?;
        Some((winter, last))
    }

    /// That winter keeps the shut-off away altogether.
    pub(super) fn season(&self) -> Option<Reason> {
        let (winter, last) = self.winter()?;
        (winter.needs == WinterNeed::Never).then_some(Reason::Winter(last))
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

    /// Days on which it is too cold or too hot, and days of which nobody knows.
    pub(super) fn temperature(&self) -> Vec<Reason> {
        let Some(limits) = &self.rules.temperature else {
            return Vec::new();
        };
        let concerns = self
            .facts
            .services
            .iter()
            .any(|one| limits.services.contains(one));
        if !concerns {
            return Vec::new();
        }
        let days = felt_on(self.day, limits.days_before);
        let judged = days.into_iter().filter_map(|day| self.felt(limits, day));
        judged.collect()
    }

    fn felt(&self, limits: &TemperatureTerms, day: NaiveDate) -> Option<Reason> {
        let all = self.facts.felt.get(&day).filter(|all| !all.is_empty());
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
