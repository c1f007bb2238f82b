//! Why an order was not moved or taken as done, in words, each at the field that mends it.

use crate::domain::ids::RegisterId;
use crate::domain::shutoff::Reason;
use crate::i18n::Words;
use crate::usecases::meters::MeterError;
use crate::usecases::orders::OrderError;
use crate::usecases::read_entry::EntryError;
use crate::usecases::reads::desk::ReadError;
use crate::web::PageError;
use crate::web::form::Form;
use crate::web::office::faces::named;
use crate::web::office::holds;
use crate::web::office::meter_moves;

/// Notes on a form why nothing was done.
///
/// # Errors
/// A fault, or what a page cannot explain.
pub fn refuse(t: Words, form: &mut Form, error: OrderError) -> Result<(), PageError> {
    match error {
        OrderError::Fault(fault) => return Err(fault.into()),
        OrderError::KeyUsed => return Err(PageError::Conflict),
        OrderError::Moved(state) => form.refuse("state", t.order_moved(state.as_str())),
        OrderError::NotYours => form.refuse("state", t.order_not_yours()),
        OrderError::NotCrew(_) => form.refuse("assignee", t.order_not_crew()),
        OrderError::MayNot(why) => form.refuse("state", t.order_may_not(reasons(t, &why))),
        OrderError::HandedOut => form.refuse("state", t.field_stale()),
        OrderError::Served => form.refuse("state", t.order_served()),
        OrderError::NotToday => form.refuse("day", t.order_not_today()),
        OrderError::DayMissing => form.refuse("day", t.order_day_missing()),
        OrderError::Passed => form.refuse("day", t.order_day_passed()),
        OrderError::WordsMissing => form.refuse("words", t.order_words_missing()),
        OrderError::WordsTooLong(most) => form.refuse("words", t.hold_words_long(most)),
        OrderError::NoPlace => form.refuse("state", t.order_no_place()),
        OrderError::NotTheirs => form.refuse("place", t.form_choose()),
        OrderError::NotThatDay(from, to) => form.refuse("on", t.order_not_that_day(from, to)),
        OrderError::ReadMissing(register) => {
            form.refuse(named("shown", register), t.read_not_a_number());
        }
        OrderError::Read(register, refused) => read(t, form, register, &refused),
        OrderError::PhotoMissing => form.refuse("photo", t.order_photo_missing()),
        OrderError::FindingMissing => form.refuse("finding", t.form_choose()),
        OrderError::NotAReason(_) => form.refuse("why", t.form_choose()),
        OrderError::MeterMissing => form.refuse("serial", t.order_meter_missing()),
        OrderError::Meter(refused) => meter(t, form, &refused),
    }
    Ok(())
}

/// Every reason why an account may not be shut off, in one sentence.
pub fn reasons(t: Words, why: &[Reason]) -> String {
    let all: Vec<String> = why.iter().map(|one| holds::words::reason(t, one)).collect();
    all.join("; ")
}

fn read(t: Words, form: &mut Form, register: RegisterId, refused: &ReadError) {
    let words = match refused {
        ReadError::BeyondFace { most } => t.read_beyond(most.to_string()),
        _ => t.read_not_installed().to_owned(),
    };
    form.refuse(named("shown", register), words);
}

fn meter(t: Words, form: &mut Form, refused: &MeterError) {
    if let MeterError::Read(register, EntryError::Unusual(_) | EntryError::NotEqual(_)) = refused {
        form.refuse(named("shown", *register), t.order_read_unusual());
    } else {
        meter_moves::refuse(t, form, refused);
    }
}
