//! When a time-of-use price counts, in words: the hours, days and months that a schedule's calendar gives to a period.

use chrono::NaiveDate;

use crate::domain::rates::calendars::{Calendar, CalendarRule, DayKind, Holidays};
use crate::i18n::Words;

/// The hours, days and months of a period of a calendar.
pub fn in_words(t: Words, calendar: &Calendar, period: &str) -> String {
    let rules = calendar.rules.iter().filter(|rule| rule.period == period);
    let mut parts: Vec<String> = rules.map(|rule| one(t, rule, calendar.holidays)).collect();
    if period == calendar.otherwise {
        parts.push(t.price_hours_otherwise().to_owned());
    }
    let said = parts.join("; ");
    // The first rule that fits an hour decides, so that a later one has what the earlier ones leave.
    let first = calendar.rules.first();
    if period == calendar.otherwise || first.is_none_or(|rule| rule.period == period) {
        said
    } else {
        t.price_hours_rest(&said)
    }
}

fn one(t: Words, rule: &CalendarRule, holidays: Holidays) -> String {
    let hours = rule.hours.iter().map(|hours| {
        let (from, until) = (t.hour(hours.from), t.hour(hours.until % 24));
        t.price_hours_span(&from, &until)
    });
    let days = match (rule.days, holidays) {
        (DayKind::All, _) => "all",
        (DayKind::Weekdays, Holidays::None) => "weekdays",
        (DayKind::Weekdays, Holidays::UsFederal | Holidays::Nerc) => "weekdays_not_holidays",
        (DayKind::Weekends, Holidays::None) => "weekends",
        (DayKind::Weekends, Holidays::UsFederal | Holidays::Nerc) => "weekends_and_holidays",
        (DayKind::Saturdays, Holidays::None) => "saturdays",
        (DayKind::Saturdays, Holidays::UsFederal | Holidays::Nerc) => "saturdays_not_holidays",
        (DayKind::Sundays, Holidays::None) => "sundays",
        (DayKind::Sundays, Holidays::UsFederal | Holidays::Nerc) => "sundays_not_holidays",
        (DayKind::Holidays, _) => "holidays",
    };
    let months = runs(&rule.months).into_iter().map(|(first, last)| {
        if first == last {
            t.price_hours_month(month_name(t, first))
        } else {
            t.price_hours_months(month_name(t, first), month_name(t, last))
        }
    });
    let said: Vec<String> = hours
        .chain([t.price_hours_days(days)])
        .chain(months)
        .collect();
    said.join(", ")
}

fn month_name(t: Words, month: u32) -> String {
    NaiveDate::from_ymd_opt(2026, month, 1).map_or_else(String::new, |first| t.month_name(first))
}

/// Months that follow one another, as first and last; over the end of the year too. None where it is all of them.
fn runs(months: &[u32]) -> Vec<(u32, u32)> {
    let has = |month: u32| months.contains(&month);
    let next = |month: u32| month % 12 + 1;
    let starts = (1..=12).filter(|month| has(*month) && !has((month + 10) % 12 + 1));
    let run = |first: u32| {
        let mut last = first;
        while has(next(last)) && next(last) != first {
            last = next(last);
        }
        (first, last)
    };
    starts.map(run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::i18n::words;

    #[test]
    fn hours_days_and_months_are_said_as_the_calendar_has_them() {
        let calendar: Calendar = serde_json::from_str(
            r#"{"otherwise": "off-peak", "holidays": "us-federal", "rules": [
                {"period": "on-peak", "months": [6, 7, 8, 9], "days": "weekdays", "hours": [{"from": 14, "until": 20}]},
                {"period": "on-peak", "months": [12, 1], "hours": [{"from": 6, "until": 9}]}]}"#,
        )
        .unwrap();
        let said = |language, period| {
            in_words(words(language), &calendar, period).replace('\u{202f}', " ")
        };
        assert_eq!(
            said(Language::English, "on-peak"),
            "2 PM to 8 PM, weekdays except holidays, June to September; 6 AM to 9 AM, every day, December to January"
        );
        assert_eq!(said(Language::English, "off-peak"), "all other hours");
        let mut three = calendar.clone();
        three.rules.push(CalendarRule {
            period: "mid-peak".to_owned(),
            hours: vec![],
            months: vec![],
            days: DayKind::Weekends,
        });
        assert_eq!(
            in_words(words(Language::English), &three, "mid-peak"),
            "weekends and holidays, outside the hours above"
        );
        assert!(said(Language::Spanish, "on-peak").contains("de lunes a viernes"));
    }

    #[test]
    fn months_run_on_over_the_end_of_the_year() {
        assert_eq!(runs(&[]), []);
        assert_eq!(runs(&[1, 2, 11, 12]), [(11, 2)]);
        assert_eq!(runs(&[3, 5, 6]), [(3, 3), (5, 6)]);
        assert_eq!(runs(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), []);
    }
}
