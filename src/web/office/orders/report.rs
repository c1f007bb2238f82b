//! The form of a result as a crew filled it in, read into what is brought back; what is wrong with it is noted at its field.

use rust_decimal::Decimal;

use crate::domain::ids::MeterId;
use crate::domain::orders::{Finding, Why};
use crate::domain::rates::numbers::Number;
use crate::i18n::Words;
use crate::usecases::meters::Face;
use crate::usecases::orders::results::{Coming, Outcome, Report};
use crate::usecases::read_entry::Confirmation;
use crate::usecases::requests::Photo;
use crate::web::PageError;
use crate::web::form::Form;
use crate::web::office::orders::jobs::{Dial, Job};

/// As many decimals of a degree as a place of a meter needs: about a yard.
const PLACES: u32 = 5;

/// Reads a result; nothing where something is wrong with it.
///
/// # Errors
/// `Unreadable` for a form that is none of ours.
pub fn read(
    t: Words,
    job: &mut Job,
    (photo, coming): (Option<Photo>, Option<MeterId>),
) -> Result<Option<Report>, PageError> {
    let key = uuid::Uuid::parse_str(job.form.value("key"));
    let key = key.map_err(|_strange| PageError::Unreadable)?;
    let on = job.form.day("on", t.form_not_a_date());
    let outcome = outcome(t, &mut job.form);
    let is_done = matches!(outcome, Some(Outcome::Done(_)));
    let mut shown = Vec::new();
    if is_done {
        let is_must = job.needs().read.is_must();
        shown = faces(t, &mut job.form, (&job.dials, is_must));
    }
    let coming = if is_done && job.is_exchange() {
        come(t, job, coming)
    } else {
        None
    };
    let (Some(worked_on), Some(outcome), true) = (on, outcome, job.form.is_good()) else {
        return Ok(None);
    };
    Ok(Some(Report {
        key: key.to_string(),
        order: job.row.id,
        worked_on,
        outcome,
        words: job.form.value("words").to_owned(),
        photo,
        spot: spot(&job.form),
        shown,
        coming,
    }))
}

fn outcome(t: Words, form: &mut Form) -> Option<Outcome> {
    match form.value("outcome") {
        "done" => {
            let finding: Option<Finding> = form.parse_if_any("finding", t.form_choose());
            Some(Outcome::Done(finding))
        }
        "could_not" => {
            let why: Option<Why> = form.parse("why", t.form_choose());
            why.map(Outcome::CouldNot)
        }
        _ => {
            form.refuse("outcome", t.form_choose());
            None
        }
    }
}

/// What the registers show. One that records intervals may be left out, and so may all where the order does not ask for a read.
fn faces(t: Words, form: &mut Form, (dials, is_must): (&[Dial], bool)) -> Vec<Face> {
    let mut all = Vec::new();
    for dial in dials {
        let name = dial.name();
        let is_needed = is_must && dial.register.resolution_minutes.is_none();
        if !is_needed && !form.has(&name) {
            continue;
        }
        match form.value(&name).parse::<Number>() {
            Ok(value) => all.push(face(form, dial, value.0)),
            Err(_not_a_number) => form.refuse(name, t.read_not_a_number()),
        }
    }
    all
}

/// Whoever stands before the meter says at once that an unusual value is right: nobody can ask back where there is no coverage.
fn face(form: &Form, dial: &Dial, value: Decimal) -> Face {
    let is_sure = form.has("sure");
    Face {
        register: dial.register.id,
        value,
        confirmation: Confirmation {
            is_seen: is_sure,
            repeated: is_sure.then_some(value),
        },
    }
}

/// The meter that came. Where it has one register, its value may come in the field that every telephone has before the number is known.
fn come(t: Words, job: &mut Job, meter: Option<MeterId>) -> Option<Coming> {
    let Some(meter) = meter else {
        job.form.refuse("serial", t.order_meter_missing());
        return None;
    };
    if let [only] = job.coming.as_slice() {
        let name = only.name();
        if !job.form.has(&name) && job.form.has("coming") {
            let value = job.form.value("coming").to_owned();
            job.form = std::mem::take(&mut job.form).with(&name, value);
        }
    }
    let shown = faces(t, &mut job.form, (&job.coming, true));
    Some(Coming { meter, shown })
}

/// Where it was done, as far as the telephone told it: anything else is nothing.
fn spot(form: &Form) -> Option<(Decimal, Decimal)> {
    let degrees = |name: &str, most: i64| {
        let value = form
            .value(name)
            .parse::<Number>()
            .ok()?
            .0
            .trunc_with_scale(PLACES);
        (value.abs() <= Decimal::from(most)).then_some(value)
    };
    Some((degrees("latitude", 90)?, degrees("longitude", 180)?))
}
