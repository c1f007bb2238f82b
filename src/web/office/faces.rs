//! What registers show, as fields of a form: one for each, with what was found about an unusual value, which is confirmed or entered a second
//! time.

use rust_decimal::Decimal;

use crate::domain::ids::RegisterId;
use crate::domain::rates::numbers::Number;
use crate::domain::reads::ReadVerdict;
use crate::i18n::Words;
use crate::store::latest_reads::LatestRead;
use crate::store::meters::RegisterRow;
use crate::usecases::read_entry::Confirmation;
use crate::usecases::reads::desk::Recorded;
use crate::web::form::Form;

/// A register whose value is asked for.
pub struct FaceField {
    /// The register.
    pub register: RegisterRow,
    /// The number of its meter.
    pub serial: String,
    /// What it showed last.
    pub last: Option<LatestRead>,
    /// What was found about the value that was typed.
    pub found: Option<Recorded>,
}

impl FaceField {
    /// The field of the value.
    #[must_use]
    pub fn name(&self) -> String {
        named("shown", self.register.id)
    }

    /// The field that says that an unusual value is right.
    #[must_use]
    pub fn seen(&self) -> String {
        named("seen", self.register.id)
    }

    /// The field that says that the value takes the place of another of the day.
    #[must_use]
    pub fn replaces(&self) -> String {
        named("replaces", self.register.id)
    }

    /// The field of the value entered a second time.
    #[must_use]
    pub fn again(&self) -> String {
        named("again", self.register.id)
    }

    /// What a person reads beside it.
    #[must_use]
    pub fn label(&self, t: &Words) -> String {
        let channel = t.meter_channel(self.register.channel.as_str());
        t.meter_shows(&self.serial, channel, self.register.unit.as_str())
    }

    /// What it showed last, and whether it may be left out.
    #[must_use]
    pub fn hint(&self, t: &Words) -> String {
        let last = self.last.as_ref();
        let last = last.map(|read| t.read_last(read.value.to_string(), t.date(read.on)));
        let may_stay_out = self.register.resolution_minutes.is_some();
        match (last, may_stay_out) {
            (Some(last), false) => last,
            (Some(last), true) => format!("{last}. {}", t.meter_by_intervals()),
            (None, true) => t.meter_by_intervals().to_owned(),
            (None, false) => String::new(),
        }
    }

    /// What the form says that it shows, and on which day.
    #[must_use]
    pub fn mark(&self, form: &Form) -> String {
        mark(form, self.register.id)
    }

    /// Whether sending the form again says that its value is right: it was found unusual just now, or on this day before.
    #[must_use]
    pub fn is_to_confirm(&self, form: &Form) -> bool {
        match &self.found {
            Some(_) => !self.is_forced(),
            None => form.value(&self.seen()) == self.mark(form),
        }
    }

    /// Whether sending the form again says that its value takes the place of another, which was shown.
    #[must_use]
    pub fn is_to_replace(&self, form: &Form) -> bool {
        form.value(&self.replaces()) == self.mark(form)
    }

    /// Whether the value must be entered a second time.
    #[must_use]
    pub fn is_forced(&self) -> bool {
        let found = self.found.as_ref();
        found.is_some_and(|found| found.verdict == ReadVerdict::Held)
    }
}

/// A field of a register.
#[must_use]
pub fn named(field: &str, register: RegisterId) -> String {
    format!("{field}-{register}")
}

/// What a form says that a register shows, and on which day, whichever of the two it asks for: who confirms it hands it back, so that another
/// value or day is found unusual anew.
#[must_use]
pub fn mark(form: &Form, register: RegisterId) -> String {
    let shown = form.value(&named("shown", register));
    format!("{shown}/{}{}", form.value("on"), form.value("from_on"))
}

/// What was typed of a register.
#[derive(Debug, Clone, Copy)]
pub struct Typed {
    /// Which register.
    pub register: RegisterId,
    /// What it shows.
    pub value: Decimal,
    /// What was said about an unusual value.
    pub confirmation: Confirmation,
}

/// Reads the fields of registers, each with whether it must be filled in.
pub fn read(
    t: Words,
    form: &mut Form,
    registers: impl Iterator<Item = (RegisterId, bool)>,
) -> Vec<Typed> {
    let mut all = Vec::new();
    for (register, is_needed) in registers {
        let name = named("shown", register);
        if !is_needed && !form.has(&name) {
            continue;
        }
        let Ok(value) = form.value(&name).parse::<Number>() else {
            form.refuse(name, t.read_not_a_number());
            continue;
        };
        let again = form.value(&named("again", register)).parse::<Number>();
        all.push(Typed {
            register,
            value: value.0,
            confirmation: Confirmation {
                is_seen: form.value(&named("seen", register)) == mark(form, register),
                repeated: again.ok().map(|again| again.0),
            },
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customers::Language;
    use crate::i18n::words;

    #[test]
    fn only_the_value_and_the_day_that_were_shown_are_confirmed() {
        let register = RegisterId(7);
        let is_seen = |value: &str, on: &str, seen: &str| {
            let mut form = Form::default()
                .with("shown-7", value)
                .with("on", on)
                .with("seen-7", seen);
            let typed = read(
                words(Language::English),
                &mut form,
                [(register, true)].into_iter(),
            );
            typed
                .first()
                .is_some_and(|typed| typed.confirmation.is_seen)
        };
        let seen = "5000/2026-07-10";
        assert!(is_seen("5000", "2026-07-10", seen));
        assert!(!is_seen("6000", "2026-07-10", seen), "another value");
        assert!(!is_seen("5000", "2026-07-11", seen), "another day");
        assert!(!is_seen("5000", "2026-07-10", "yes") && !is_seen("5000", "2026-07-10", ""));
    }
}
