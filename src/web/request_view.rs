//! How a request reads, for either door: its name, what was answered, what was said since.

use std::borrow::Borrow;

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::documents::request_letters::how_it_ended;
use crate::domain::requests::asking::{ALL_SERVICES, Answers, Field, Shape};
use crate::domain::requests::{RequestKind, RequestState, Side};
use crate::i18n::Words;
use crate::store::disputes::DisputeRow;
use crate::store::requests::StepRow;

/// The badge's tone of where a request stands.
#[must_use]
pub fn tone(state: impl Borrow<RequestState>) -> &'static str {
    match state.borrow() {
        RequestState::Received | RequestState::InProgress => "info",
        RequestState::Waiting => "warn",
        RequestState::Done => "good",
        RequestState::Declined => "bad",
        RequestState::Withdrawn => "",
    }
}

/// How a dispute ended, in words; nothing while it is open.
#[must_use]
pub fn ended(t: &Words, dispute: &DisputeRow) -> String {
    dispute.outcome.map_or_else(String::new, |outcome| {
        how_it_ended(*t, outcome, dispute.remedy, dispute.credit)
    })
}

/// What is asked for, in words: a problem by its own name.
#[must_use]
pub fn title(t: Words, kind: RequestKind, answers: &Answers) -> String {
    match answers.problem() {
        Some(problem) => t.request_problem(problem.as_str()),
        None => t.request_kind(kind.as_str()),
    }
}

/// How a field is called in a kind's form.
#[must_use]
pub fn label(t: Words, kind: RequestKind, field: Field) -> String {
    match (field, kind) {
        (Field::Words, _) => t.request_words_label(kind.as_str()),
        (Field::Place, RequestKind::Problem) => t.request_place_problem().to_owned(),
        (Field::Place, _) => t.request_place_start().to_owned(),
        (_, _) => t.request_field(field.as_str()),
    }
}

/// What was answered: the name of each field and its words.
#[must_use]
pub fn answered(t: Words, kind: RequestKind, answers: &Answers) -> Vec<(String, String)> {
    let line = |(field, text): (Field, &str)| {
        let shown = match field.shape() {
            Shape::Day => answers.day(field).map(|day| t.long_date(day)),
            Shape::Service if text == ALL_SERVICES => Some(t.request_all_services().to_owned()),
            Shape::Service => Some(t.service_name(text)),
            Shape::Problem => Some(t.request_problem(text)),
            Shape::Line
            | Shape::Text
            | Shape::Phone
            | Shape::Dial
            | Shape::State
            | Shape::PostalCode => None,
        };
        let shown = shown.unwrap_or_else(|| text.to_owned());
        (label(t, kind, field), shown)
    };
    answers.iter().map(line).collect()
}

/// One thing said or done.
pub struct Said {
    /// Whose.
    pub side: Side,
    /// Who.
    pub by: String,
    /// When, by the utility's clock.
    pub at: NaiveDateTime,
    /// Where the request stands since.
    pub state: Option<RequestState>,
    /// The words.
    pub words: Option<String>,
}

/// Everything said and done, in its order.
#[must_use]
pub fn thread(steps: Vec<StepRow>, zone: Tz) -> Vec<Said> {
    let said = |step: StepRow| Said {
        side: step.side,
        by: step.made_by,
        at: step.made_at.and_utc().with_timezone(&zone).naive_local(),
        state: step.state,
        words: step.words,
    };
    steps.into_iter().map(said).collect()
}
