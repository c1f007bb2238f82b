//! How each answer of a request is read: days within the days on which the office can act, choices among what is offered, numbers as people
//! write them.

use chrono::{Days, NaiveDate};

use crate::domain::premises::Commodity;
use crate::domain::requests::asking::{ALL_SERVICES, Field, Refusal, Shape};
use crate::domain::requests::{LONGEST_WORDS, ProblemKind};
use crate::domain::typed_day::TypedDay;
use crate::domain::working_days;

/// The longest line, in characters.
const LONGEST_LINE: usize = 200;

/// How far ahead service may be ordered: leases are signed earlier, but a mistyped year is caught.
const DAYS_AHEAD: u64 = 90;

/// How long after a repair part of the leak may be forgiven: bills older than two quarters are closed.
const REPAIR_DAYS: u64 = 180;

/// The day's order is made up the working day before, so that service starts and stops on the next working day at the earliest.
const LEAD_WORKING_DAYS: usize = 1;

/// The states, the District and the territories that the mail serves.
const STATES: &str = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI";

/// One answer as it is kept, or why it can't be taken.
pub(super) fn read(
    field: Field,
    text: &str,
    services: &[Commodity],
    today: NaiveDate,
) -> Result<String, Refusal> {
    match field.shape() {
        Shape::Day => {
            let day: TypedDay = text.parse().map_err(|_no_day| Refusal::NotADay)?;
            day_in_range(field, day.0, today).map(|day| day.to_string())
        }
        Shape::Line => bounded(text, LONGEST_LINE),
        Shape::Text => bounded(text, LONGEST_WORDS),
        Shape::Service => {
            let is_offered = text == ALL_SERVICES
                || text
                    .parse()
                    .is_ok_and(|service: Commodity| services.contains(&service));
            chosen(text, is_offered)
        }
        Shape::Problem => chosen(text, text.parse::<ProblemKind>().is_ok()),
        Shape::Phone => phone(text),
        Shape::Dial => {
            let is_dial = text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit());
            is_dial.then(|| text.to_owned()).ok_or(Refusal::NotADial)
        }
        Shape::State => {
            let state = text.to_ascii_uppercase();
            let is_known = STATES.split(' ').any(|known| known == state);
            is_known.then_some(state).ok_or(Refusal::NotAState)
        }
        Shape::PostalCode => {
            let digits = |text: &str, many: usize| {
                text.len() == many && text.bytes().all(|byte| byte.is_ascii_digit())
            };
            let is_zip = match text.split_once('-') {
                Some((zip, more)) => digits(zip, 5) && digits(more, 4),
                None => digits(text, 5),
            };
            is_zip
                .then(|| text.to_owned())
                .ok_or(Refusal::NotAPostalCode)
        }
    }
}

fn bounded(text: &str, longest: usize) -> Result<String, Refusal> {
    if text.chars().count() > longest {
        return Err(Refusal::TooLong(longest));
    }
    Ok(text.to_owned())
}

fn chosen(text: &str, is_offered: bool) -> Result<String, Refusal> {
    is_offered
        .then(|| text.to_owned())
        .ok_or(Refusal::NotOffered)
}

/// A number of the United States, with or without its country code, as `(555) 010-0142`.
fn phone(text: &str) -> Result<String, Refusal> {
    let is_mark = |letter: char| matches!(letter, ' ' | '(' | ')' | '-' | '.' | '+');
    let digits: String = text.chars().filter(|letter| !is_mark(*letter)).collect();
    let digits = match digits.strip_prefix('1') {
        Some(rest) if digits.len() == 11 => rest,
        Some(_) | None => digits.as_str(),
    };
    let is_number = digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
    match (digits.get(..3), digits.get(3..6), digits.get(6..)) {
        (Some(area), Some(first), Some(last)) if is_number => {
            Ok(format!("({area}) {first}-{last}"))
        }
        _ => Err(Refusal::NotAPhone),
    }
}

/// The first day on which service can start or stop, asked for on a day.
#[must_use]
pub fn first_order_day(today: NaiveDate) -> NaiveDate {
    working_days::after(today, LEAD_WORKING_DAYS)
}

fn day_in_range(field: Field, day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    if field == Field::RepairedOn {
        let first = today
            .checked_sub_days(Days::new(REPAIR_DAYS))
            .unwrap_or(today);
        return match day {
            day if day > today => Err(Refusal::ToCome),
            day if day < first => Err(Refusal::TooOld(first)),
            day => Ok(day),
        };
    }
    if day < today {
        return Err(Refusal::Passed);
    }
    let is_order = matches!(field, Field::StartOn | Field::StopOn);
    let first = if is_order {
        first_order_day(today)
    } else {
        today
    };
    let last = today
        .checked_add_days(Days::new(DAYS_AHEAD))
        .unwrap_or(today);
    if day < first {
        return Err(Refusal::TooSoon(first));
    }
    if day > last {
        return Err(Refusal::TooFar(last));
    }
    if field == Field::StopOn && !working_days::is_working_day(day) {
        return Err(Refusal::NotAWorkingDay(working_days::on_or_after(day)));
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_telephone_number_is_read_as_people_write_it() {
        assert_eq!(phone("1 555.010.0142").unwrap(), "(555) 010-0142");
        assert_eq!(phone("555-0142"), Err(Refusal::NotAPhone));
        assert_eq!(phone("555 010 01x2"), Err(Refusal::NotAPhone));
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_a_fault(text in ".{1,40}") {
            for field in Field::ALL {
                let read = read(*field, &text, &[Commodity::Water], NaiveDate::default());
                prop_assert!(read.is_err() || !text.is_empty());
            }
        }
    }
}
