//! What each kind of request asks the customer, and whether what was typed can be taken.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::premises::Commodity;
use crate::domain::requests::reading::read;
use crate::domain::requests::{ProblemKind, RequestKind};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// One thing that is asked.
    Field {
        /// What is broken or in danger.
        Problem => "problem",
        /// The day service ends.
        StopOn => "stop_on",
        /// The day service begins.
        StartOn => "start_on",
        /// The day from which mail goes elsewhere.
        FromOn => "from_on",
        /// The day of the repair.
        RepairedOn => "repaired_on",
        /// The service it is about.
        Service => "service",
        /// The place it is about.
        Place => "place",
        /// Where the last bill is to go.
        ForwardTo => "forward_to",
        /// Number and street.
        Line1 => "line_1",
        /// Apartment, post box.
        Line2 => "line_2",
        /// City.
        City => "city",
        /// State, in two letters.
        State => "state",
        /// ZIP code.
        PostalCode => "postal_code",
        /// What the dial shows.
        Dial => "dial",
        /// What was repaired.
        Repair => "repair",
        /// How a crew gets to the meter.
        Access => "access",
        /// Whom to call.
        Phone => "phone",
        /// Everything else.
        Words => "words",
    }
}

/// How an answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A day.
    Day,
    /// A line of text.
    Line,
    /// Text of several lines.
    Text,
    /// One of the services.
    Service,
    /// One of the problems.
    Problem,
    /// A telephone number.
    Phone,
    /// A whole number, as a dial shows it.
    Dial,
    /// A state of the United States.
    State,
    /// A ZIP code.
    PostalCode,
}

/// Every service, where one is chosen.
pub const ALL_SERVICES: &str = "all";

impl Field {
    /// How its answer is read.
    #[must_use]
    pub const fn shape(self) -> Shape {
        match self {
            Self::Problem => Shape::Problem,
            Self::StopOn | Self::StartOn | Self::FromOn | Self::RepairedOn => Shape::Day,
            Self::Service => Shape::Service,
            Self::Place | Self::Line1 | Self::Line2 | Self::City | Self::Access => Shape::Line,
            Self::ForwardTo | Self::Repair | Self::Words => Shape::Text,
            Self::State => Shape::State,
            Self::PostalCode => Shape::PostalCode,
            Self::Dial => Shape::Dial,
            Self::Phone => Shape::Phone,
        }
    }
}

/// A field of a form, and whether it may stay empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// What is asked.
    pub field: Field,
    /// Whether it must be answered.
    pub is_required: bool,
}

const fn must(field: Field) -> Ask {
    Ask {
        field,
        is_required: true,
    }
}

const fn may(field: Field) -> Ask {
    Ask {
        field,
        is_required: false,
    }
}

/// What a kind of request asks, in the order of its form.
#[must_use]
pub fn asks(kind: RequestKind) -> Vec<Ask> {
    match kind {
        RequestKind::StartService => vec![
            must(Field::StartOn),
            must(Field::Place),
            may(Field::Access),
            may(Field::Phone),
            may(Field::Words),
        ],
        RequestKind::StopService => vec![
            must(Field::StopOn),
            must(Field::Service),
            must(Field::ForwardTo),
            may(Field::Access),
            may(Field::Phone),
            may(Field::Words),
        ],
        RequestKind::Move => vec![
            must(Field::StopOn),
            must(Field::StartOn),
            must(Field::Place),
            may(Field::Access),
            may(Field::Phone),
            may(Field::Words),
        ],
        RequestKind::NewService => vec![must(Field::Place), must(Field::Words), may(Field::Phone)],
        RequestKind::MailingAddress => vec![
            must(Field::FromOn),
            must(Field::Line1),
            may(Field::Line2),
            must(Field::City),
            must(Field::State),
            must(Field::PostalCode),
            may(Field::Words),
        ],
        RequestKind::MeterReread => vec![
            must(Field::Service),
            may(Field::Dial),
            may(Field::Access),
            may(Field::Phone),
            may(Field::Words),
        ],
        RequestKind::HighBillCheck => {
            vec![must(Field::Service), must(Field::Words), may(Field::Phone)]
        }
        RequestKind::LeakAdjustment => vec![
            must(Field::RepairedOn),
            must(Field::Repair),
            may(Field::Words),
        ],
        RequestKind::Problem => vec![
            must(Field::Problem),
            must(Field::Place),
            may(Field::Words),
            may(Field::Phone),
        ],
        RequestKind::BillDispute => vec![must(Field::Words)],
    }
}

/// Why an answer can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It must be answered.
    Missing,
    /// It is longer than so many characters.
    TooLong(usize),
    /// It is no day.
    NotADay,
    /// The day has passed.
    Passed,
    /// Nobody can be there before this day.
    TooSoon(NaiveDate),
    /// The office is closed; the next day on which it is open.
    NotAWorkingDay(NaiveDate),
    /// No later than this day.
    TooFar(NaiveDate),
    /// The day is still to come.
    ToCome,
    /// No earlier than this day.
    TooOld(NaiveDate),
    /// It is none of those that can be chosen.
    NotOffered,
    /// It is no telephone number.
    NotAPhone,
    /// It is no whole number.
    NotADial,
    /// It is no state.
    NotAState,
    /// It is no ZIP code.
    NotAPostalCode,
}

/// What a customer answered, checked: days as `2026-07-08`, choices as their words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<Field, String>);

impl Answers {
    /// Every answer, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// One answer.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// An answer that is a day.
    #[must_use]
    pub fn day(&self, field: Field) -> Option<NaiveDate> {
        self.get(field)?.parse().ok()
    }

    /// What is broken or in danger.
    #[must_use]
    pub fn problem(&self) -> Option<ProblemKind> {
        self.get(Field::Problem)?.parse().ok()
    }

    /// The same with one more, as it was checked elsewhere.
    #[must_use]
    pub fn with(mut self, field: Field, text: &str) -> Self {
        self.0.insert(field, text.to_owned());
        self
    }
}

/// Reads what was typed into the form of a kind, on a day, by somebody with these services; where the kind is about a meter, those that have
/// one.
///
/// # Errors
/// What is wrong with each field, in the order of the form.
pub fn check<'a>(
    kind: RequestKind,
    typed: impl Fn(Field) -> &'a str,
    services: &[Commodity],
    today: NaiveDate,
) -> Result<Answers, Vec<(Field, Refusal)>> {
    let (mut answers, mut wrong) = (Answers::default(), Vec::new());
    for Ask { field, is_required } in &asks(kind) {
        let text = typed(*field).trim();
        if text.is_empty() {
            if *is_required {
                wrong.push((*field, Refusal::Missing));
            }
            continue;
        }
        if kind.reads_meter() && field.shape() == Shape::Service && services.is_empty() {
            wrong.push((*field, Refusal::NotOffered));
            continue;
        }
        match read(*field, text, services, today) {
            Ok(answer) => {
                answers.0.insert(*field, answer);
            }
            Err(refusal) => wrong.push((*field, refusal)),
        }
    }
    if wrong.is_empty() {
        Ok(answers)
    } else {
        Err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn checked(
        kind: RequestKind,
        typed: &[(Field, &'static str)],
    ) -> Result<Answers, Vec<(Field, Refusal)>> {
        let text = |field: Field| {
            let found = typed.iter().find(|(name, _)| *name == field);
            found.map_or("", |(_, text)| *text)
        };
        // A Wednesday; Friday the 3rd is kept as the Fourth of July.
        check(kind, text, &[Commodity::Water], day("2026-07-01"))
    }

    #[test]
    fn a_stop_is_on_a_working_day_and_not_today() {
        let stop = |on: &'static str| {
            let typed = [
                (Field::StopOn, on),
                (Field::Service, "water"),
                (Field::ForwardTo, "9 Elm Street"),
            ];
            checked(RequestKind::StopService, &typed)
        };
        let refused = |on: &'static str| stop(on).unwrap_err().first().copied().unwrap();
        assert_eq!(
            refused("2026-07-03"),
            (Field::StopOn, Refusal::NotAWorkingDay(day("2026-07-06")))
        );
        assert_eq!(
            refused("2026-07-01"),
            (Field::StopOn, Refusal::TooSoon(day("2026-07-02")))
        );
        assert_eq!(refused("2026-06-30"), (Field::StopOn, Refusal::Passed));
        assert_eq!(
            refused("2027-07-06"),
            (Field::StopOn, Refusal::TooFar(day("2026-09-29")))
        );
        assert_eq!(refused("soon"), (Field::StopOn, Refusal::NotADay));
        let answers = stop("2026-07-06").unwrap();
        assert_eq!(answers.day(Field::StopOn), Some(day("2026-07-06")));
    }

    #[test]
    fn each_field_is_asked_for_once_and_says_what_is_wrong() {
        for kind in RequestKind::ALL {
            let mut fields: Vec<Field> = asks(*kind).iter().map(|ask| ask.field).collect();
            fields.sort_unstable();
            fields.dedup();
            assert_eq!(fields.len(), asks(*kind).len(), "{kind}");
        }
        let wrong = checked(
            RequestKind::MailingAddress,
            &[
                (Field::FromOn, "2026-07-01"),
                (Field::Line1, "9 Elm Street"),
                (Field::State, "ZZ"),
                (Field::PostalCode, "1234"),
            ],
        );
        assert_eq!(
            wrong.unwrap_err(),
            [
                (Field::City, Refusal::Missing),
                (Field::State, Refusal::NotAState),
                (Field::PostalCode, Refusal::NotAPostalCode),
            ]
        );
    }

    #[test]
    fn a_repair_lies_behind_us_and_a_service_is_ones_own() {
        let repaired = |on: &'static str| {
            let typed = [(Field::RepairedOn, on), (Field::Repair, "the valve")];
            checked(RequestKind::LeakAdjustment, &typed).map(|_| ())
        };
        assert!(repaired("2026-06-20").is_ok());
        assert_eq!(
            repaired("2026-07-02").unwrap_err(),
            [(Field::RepairedOn, Refusal::ToCome)]
        );
        let gas = checked(RequestKind::MeterReread, &[(Field::Service, "gas")]);
        assert_eq!(gas.unwrap_err(), [(Field::Service, Refusal::NotOffered)]);
        // Without any meter, all of them are none.
        let all = |kind| check(kind, |_field| ALL_SERVICES, &[], day("2026-07-01"));
        let wrong = all(RequestKind::MeterReread).unwrap_err();
        assert!(wrong.contains(&(Field::Service, Refusal::NotOffered)));
    }
}
