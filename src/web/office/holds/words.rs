//! Holds and shut-offs in words: why one is refused, and every reason why an account may not be shut off.

use crate::domain::holds::Refusal;
use crate::domain::shutoff::{Reason, ServedKind};
use crate::domain::staff::Role;
use crate::i18n::Words;
use crate::usecases::holds::HoldError;
use crate::web::PageError;
use crate::web::form::Form;
use crate::web::office::holds::FIELD;

/// Notes on a form why a hold was refused, each reason at its field; what is no refusal is a fault.
///
/// # Errors
/// A fault, or what a page cannot explain.
pub fn refuse(t: Words, form: &mut Form, error: HoldError) -> Result<(), PageError> {
    match error {
        HoldError::Refused(all) => {
            for refusal in &all {
                form.refuse(field_of(refusal), refusal_in_words(t, refusal));
            }
        }
        HoldError::WordsMissing => form.refuse("reason", t.hold_words_missing()),
        HoldError::WordsTooLong(most) => form.refuse("reason", t.hold_words_long(most)),
        HoldError::SignerTooLong(most) => form.refuse("signer", t.hold_words_long(most)),
        HoldError::TooManyDocuments(most) => form.refuse(FIELD, t.hold_too_many_documents(most)),
        HoldError::HasEnded => form.refuse("reason", t.hold_has_ended()),
        HoldError::Fault(fault) => return Err(fault.into()),
        other @ (HoldError::NotYet(_) | HoldError::NotAnOwner(_) | HoldError::Policy(_)) => {
            return Err(PageError::fault(other));
        }
    }
    Ok(())
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotOffered
        | Refusal::NotYourRole(_)
        | Refusal::Overlaps(..)
        | Refusal::TooManyPeriods(_)
        | Refusal::TooManyRenewals(_)
        | Refusal::HasNoEnd
        | Refusal::HasEnded
        | Refusal::IsRenewed => "kind",
        Refusal::DocumentMissing => FIELD,
        Refusal::SignerMissing => "signer",
        Refusal::Passed | Refusal::TooFar(_) => "from",
        Refusal::EndsBefore
        | Refusal::TooLong(_)
        | Refusal::TooLongWithoutDocument(_)
        | Refusal::TooManyDays(..) => "last",
    }
}

fn refusal_in_words(t: Words, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotOffered => t.hold_refused_not_offered().to_owned(),
        Refusal::NotYourRole(jobs) => {
            let named: Vec<String> = jobs
                .iter()
                .map(|job: &Role| t.staff_role_name(job.as_str()))
                .collect();
            t.hold_refused_role(named.join(", "))
        }
        Refusal::DocumentMissing => t.hold_refused_document().to_owned(),
        Refusal::SignerMissing => t.hold_refused_signer().to_owned(),
        Refusal::Passed => t.hold_refused_passed().to_owned(),
        Refusal::TooFar(last) => t.hold_refused_far(*last),
        Refusal::EndsBefore => t.hold_refused_ends_before().to_owned(),
        Refusal::TooLong(last) => t.hold_refused_long(*last),
        Refusal::TooLongWithoutDocument(last) => t.hold_refused_long_without(*last),
        Refusal::Overlaps(from, Some(last)) => t.hold_refused_overlaps(*from, *last),
        Refusal::Overlaps(from, None) => t.hold_refused_overlaps_open(*from),
        Refusal::TooManyPeriods(most) => t.hold_refused_periods(*most),
        Refusal::TooManyDays(most, left) => t.hold_refused_days(*most, *left),
        Refusal::TooManyRenewals(most) => t.hold_refused_renewals(*most),
        Refusal::HasNoEnd => t.hold_refused_no_end().to_owned(),
        Refusal::HasEnded => t.hold_refused_ended().to_owned(),
        Refusal::IsRenewed => t.hold_refused_renewed().to_owned(),
    }
}

/// One reason why an account may not be shut off, as a part of a sentence.
pub fn reason(t: Words, reason: &Reason) -> String {
    match reason {
        Reason::NoRules(state) => t.shutoff_no_rules(state),
        Reason::NoPlace => t.shutoff_no_place().to_owned(),
        Reason::NotServed => t.shutoff_not_served().to_owned(),
        Reason::NothingPastDue => t.shutoff_nothing_past_due().to_owned(),
        Reason::TooYoung(from) => t.shutoff_too_young(*from),
        Reason::TooLittle(owed, least) => t.shutoff_too_little(*owed, *least),
        Reason::Disputed(amount) => t.shutoff_disputed(*amount),
        Reason::Arranged(amount) => t.shutoff_arranged(*amount),
        Reason::Pending(amount) => t.shutoff_pending(*amount),
        Reason::Penalties(amount) => t.shutoff_penalties(*amount),
        Reason::Deposit(amount) => t.shutoff_deposit(*amount),
        Reason::Held(kind, Some(last)) => t.shutoff_held(t.hold_kind_said(kind.as_str()), *last),
        Reason::Held(kind, None) => t.shutoff_held_open(t.hold_kind_said(kind.as_str())),
        Reason::Unreviewed(kind, end) => {
            t.shutoff_unreviewed(t.hold_kind_said(kind.as_str()), *end)
        }
        Reason::Unserved(kind) => t.shutoff_unserved(kind.as_str()),
        Reason::Unproven(kind) => t.shutoff_unproven(said(t, *kind)),
        Reason::TooSoon(kind, from) => t.shutoff_too_soon(said(t, *kind), *from),
        Reason::Hardship(kind, days) => t.shutoff_hardship(t.hold_kind_said(kind.as_str()), *days),
        Reason::TooOld(kind, last) => t.shutoff_too_old(said(t, *kind), *last),
        Reason::ContactsMissing(done, needed, days) => {
            t.shutoff_contacts_missing(*done, *needed, *days)
        }
        Reason::ContactTooSoon(from) => t.shutoff_contact_too_soon(*from),
        Reason::Weekday(day) => t.shutoff_weekday(day.as_str()),
        Reason::Holiday => t.shutoff_holiday().to_owned(),
        Reason::Eve => t.shutoff_eve().to_owned(),
        Reason::BeforeClosed => t.shutoff_before_closed().to_owned(),
        Reason::Winter(last) => t.shutoff_winter(*last),
        Reason::Cold(day) => t.shutoff_cold(*day),
        Reason::Heat(day) => t.shutoff_heat(*day),
        Reason::WeatherUnknown(day) => t.shutoff_weather_unknown(*day),
    }
}

fn said(t: Words, kind: ServedKind) -> String {
    t.served_kind_said(kind.as_str())
}
