//! Parts of the year and of the week: seasons, and calendars that sort hours into time-of-use periods.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A part of the year, from a day up to but not including another: `{"from": "06-01", "until": "10-01"}`. It may pass the new year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Season {
    /// Its first day.
    pub from: MonthDay,
    /// The first day after it.
    pub until: MonthDay,
}

impl Season {
    /// Whether the day lies in the season.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        let day = MonthDay {
            month: day.month(),
            day: day.day(),
        };
        if self.from < self.until {
            self.from <= day && day < self.until
        } else {
            self.from <= day || day < self.until
        }
    }

    /// The days in a year on which the season begins and ends.
    #[must_use]
    pub fn turns(self, year: i32) -> [Option<NaiveDate>; 2] {
        [self.from.in_year(year), self.until.in_year(year)]
    }
}

/// A day of every year, written `"06-15"`. February 29 is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    /// The first day of a month (1 to 12).
    pub(super) const fn first_of(month: u32) -> Self {
        Self { month, day: 1 }
    }

    fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }
}

/// A text that is not a day of every year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a day of every year; write month and day, such as \"06-15\"")]
pub struct NotAMonthDay(pub String);

impl FromStr for MonthDay {
    type Err = NotAMonthDay;

    fn from_str(text: &str) -> Result<Self, NotAMonthDay> {
        text.split_once('-')
            .filter(|(month, day)| month.len() == 2 && day.len() == 2)
            .and_then(|(month, day)| month.parse().ok().zip(day.parse().ok()))
            .map(|(month, day)| Self { month, day })
            .filter(|both| both.in_year(2023).is_some())
            .ok_or_else(|| NotAMonthDay(text.to_owned()))
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

impl JsonSchema for MonthDay {
    fn schema_name() -> Cow<'static, str> {
        "MonthDay".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-1][0-9]-[0-3][0-9]$", "description": "A day of every year: month-day." })
    }
}

/// Reads a day of one year, and says what else was written.
///
/// # Errors
/// Whatever is not a day.
pub(super) fn read_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = Cow::<'de, str>::deserialize(deserializer)?;
    let refused = |_not_a_day| {
        D::Error::custom(format!(
            "{text:?} is not a day; write year, month and day, such as \"2026-06-15\""
        ))
    };
    text.parse().map_err(refused)
}

/// Sorts the hours of the year into time-of-use periods. The first rule that fits an hour decides; hours that fit none are `otherwise`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// The period of hours that no rule names.
    pub otherwise: String,
    /// The rules, first to last.
    #[serde(default)]
    pub rules: Vec<CalendarRule>,
    /// Its holidays.
    #[serde(default)]
    pub holidays: Holidays,
}

/// Hours that belong to a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarRule {
    /// The period.
    pub period: String,
    /// Its months (1 to 12). Default: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<u32>,
    /// Its days. Default: all.
    #[serde(default)]
    pub days: DayKind,
    /// Its hours. Default: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
}

/// Hours of the day, from one up to but not including another: `{"from": 14, "until": 20}`. It may pass midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The first hour (0 to 23).
    pub from: u32,
    /// The first hour after (1 to 24).
    pub until: u32,
}

impl Hours {
    /// Whether the hour lies inside.
    #[must_use]
    pub const fn contains(self, hour: u32) -> bool {
        if self.from < self.until {
            self.from <= hour && hour < self.until
        } else {
            self.from <= hour || hour < self.until
        }
    }
}

/// Which days a rule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DayKind {
    /// All days.
    #[default]
    All,
    /// Monday to Friday, holidays not among them.
    Weekdays,
    /// Saturday, Sunday and holidays.
    Weekends,
    /// Saturdays that are no holidays.
    Saturdays,
    /// Sundays that are no holidays.
    Sundays,
    /// Holidays, whatever day of the week they fall on.
    Holidays,
}

impl DayKind {
    /// Whether days of the class are among them.
    #[must_use]
    pub fn names(self, class: DayClass) -> bool {
        match self {
            Self::All => true,
            Self::Weekdays => class == DayClass::Weekday,
            Self::Weekends => class != DayClass::Weekday,
            Self::Saturdays => class == DayClass::Saturday,
            Self::Sundays => class == DayClass::Sunday,
            Self::Holidays => class == DayClass::Holiday,
        }
    }
}

/// What a day is to a time-of-use calendar. Every day is one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayClass {
    /// Monday to Friday, and no holiday.
    Weekday,
    /// A Saturday that is no holiday.
    Saturday,
    /// A Sunday that is no holiday.
    Sunday,
    /// A holiday.
    Holiday,
}

impl DayClass {
    /// All of them, in the order of [`Self::place`].
    pub const ALL: [Self; 4] = [Self::Weekday, Self::Saturday, Self::Sunday, Self::Holiday];

    /// Its place in a table of all of them.
    #[must_use]
    pub const fn place(self) -> usize {
        match self {
            Self::Weekday => 0,
            Self::Saturday => 1,
            Self::Sunday => 2,
            Self::Holiday => 3,
        }
    }
}

/// Which days are holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Holidays {
    /// None.
    #[default]
    None,
    /// United States federal holidays, on the days they are observed.
    UsFederal,
    /// The six off-peak days of the electric trade (NERC), on the Monday after where one falls on a Sunday; one on a Saturday stays.
    Nerc,
}

impl Holidays {
    /// What the day is.
    #[must_use]
    pub fn class_of(self, day: NaiveDate) -> DayClass {
        if self.contains(day) {
            return DayClass::Holiday;
        }
        match day.weekday() {
            Weekday::Sat => DayClass::Saturday,
            Weekday::Sun => DayClass::Sunday,
            Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => {
                DayClass::Weekday
            }
        }
    }

    fn contains(self, day: NaiveDate) -> bool {
        match self {
            Self::None => false,
            Self::UsFederal => {
                bdays::HolidayCalendar::is_holiday(&bdays::calendars::us::USSettlement, day)
            }
            Self::Nerc => is_nerc_holiday(day),
        }
    }
}

/// New Year's Day, Memorial Day, Independence Day, Labor Day, Thanksgiving Day and Christmas Day.
fn is_nerc_holiday(day: NaiveDate) -> bool {
    let fixed = |day: NaiveDate| matches!((day.month(), day.day()), (1, 1) | (7, 4) | (12, 25));
    let moved_here = || day.weekday() == Weekday::Mon && day.pred_opt().is_some_and(fixed);
    let of_the_week = match (day.month(), day.weekday()) {
        (5, Weekday::Mon) => day.day() > 24,
        (9, Weekday::Mon) => day.day() <= 7,
        (11, Weekday::Thu) => (22..=28).contains(&day.day()),
        _ => false,
    };
    (fixed(day) && day.weekday() != Weekday::Sun) || moved_here() || of_the_week
}

impl Calendar {
    /// The period of an hour, by the first rule that fits.
    #[must_use]
    pub fn period_of(&self, month: u32, day: DayClass, hour: u32) -> &str {
        self.rules
            .iter()
            .find(|rule| {
                rule.days.names(day)
                    && (rule.months.is_empty() || rule.months.contains(&month))
                    && (rule.hours.is_empty()
                        || rule.hours.iter().any(|hours| hours.contains(hour)))
            })
            .map_or(self.otherwise.as_str(), |rule| rule.period.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_six_holidays_of_the_trade_move_from_sunday_to_monday_alone() {
        // The off-peak days that NERC lists for 2021 to 2023.
        let listed = [
            "2021-01-01",
            "2021-05-31",
            "2021-07-05",
            "2021-09-06",
            "2021-11-25",
            "2021-12-25",
            "2022-01-01",
            "2022-05-30",
            "2022-07-04",
            "2022-09-05",
            "2022-11-24",
            "2022-12-26",
            "2023-01-02",
            "2023-05-29",
            "2023-07-04",
            "2023-09-04",
            "2023-11-23",
            "2023-12-25",
        ];
        let first = day("2021-01-01");
        let found: Vec<String> = first
            .iter_days()
            .take(3 * 365)
            .filter(|day| Holidays::Nerc.class_of(*day) == DayClass::Holiday)
            .map(|day| day.to_string())
            .collect();
        assert_eq!(found, listed);
    }

    #[test]
    fn a_rule_names_saturdays_sundays_and_holidays_apart() {
        let calendar: Calendar = serde_json::from_str(
            r#"{"otherwise": "off", "holidays": "nerc", "rules": [
                {"period": "holiday", "days": "holidays"}, {"period": "sunday", "days": "sundays"},
                {"period": "mid", "days": "saturdays", "hours": [{"from": 8, "until": 20}]},
                {"period": "on", "days": "weekdays", "hours": [{"from": 14, "until": 19}]}]}"#,
        )
        .unwrap();
        let at = |text: &str, hour| {
            let class = calendar.holidays.class_of(day(text));
            calendar
                .period_of(day(text).month(), class, hour)
                .to_owned()
        };
        assert_eq!(at("2026-07-03", 15), "on");
        assert_eq!(at("2026-07-04", 15), "holiday", "a Saturday");
        assert_eq!(at("2026-07-11", 15), "mid");
        assert_eq!(at("2026-07-11", 20), "off");
        assert_eq!(at("2026-07-12", 15), "sunday");
        assert_eq!(at("2026-09-07", 15), "holiday");
        assert_eq!(at("2026-09-08", 13), "off");
    }
}
