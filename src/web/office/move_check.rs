//! A move before it counts, in plain words: what ends and begins when, which bills come, where mail goes, what a landlord's word leads to, and
//! what whoever carries it out should know.

use askama::Template;
use chrono::NaiveDate;

use crate::domain::ids::CycleId;
use crate::domain::moves::{ReadFate, ends_on};
use crate::domain::premises::Commodity;
use crate::i18n::Words;
use crate::store::cycles::{CyclePeriodRow, CycleRow};
use crate::usecases::accounts::landlords::AfterTenant;
use crate::usecases::accounts::moves::{Begun, CycleFate, Done, Ended, NewMove};
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::move_data::Around;
use crate::web::office::move_form::{Fields, ReadField};
use crate::web::office::move_words::{begun, ended};

/// One line of what would happen.
pub struct Line {
    /// What, in words.
    pub text: String,
    /// What goes with it: a read, a landlord's word.
    pub more: Vec<String>,
}

/// What is to be known before it is done.
pub struct Notice {
    /// Whether it needs somebody, or is only said.
    pub is_warning: bool,
    /// In words.
    pub text: String,
}

/// The page.
#[derive(Template)]
#[template(path = "office/moves/check.html")]
pub struct Check {
    pub t: Words,
    pub chrome: Chrome,
    pub form: Form,
    pub around: Around,
    pub ends: Vec<Line>,
    pub begins: Vec<Line>,
    pub bills: Vec<String>,
    pub mail: String,
    pub notices: Vec<Notice>,
    /// What the customer will read, where a request asked for it.
    pub words: Option<String>,
    pub seal: String,
}

impl Check {
    /// The fields that go back with the button.
    fn kept(&self) -> Vec<(String, String)> {
        let names = [
            "stop_on",
            "start_on",
            "premise",
            "placed",
            "mail",
            "mail_from",
            "mail_to",
            "request",
            "q",
        ];
        let named = names.iter().map(|name| (*name).to_owned());
        let parts = [
            "end-", "begin-", "rate-", "read-", "open-", "again-", "seen-",
        ];
        let more = parts.iter().flat_map(|part| {
            let rests = self.form.named(part);
            rests.into_iter().map(move |rest| format!("{part}{rest}"))
        });
        let kept = named.chain(more);
        let with_value = kept.map(|name| {
            let value = self.form.value(&name).to_owned();
            (name, value)
        });
        with_value.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Where a read of a day comes from, in words; nothing for a service without a meter.
    fn reads(
        (t, form): (Words, &Form),
        fields: &[ReadField],
        (day, window): (NaiveDate, Option<NaiveDate>),
    ) -> Vec<String> {
        let line = |one: &ReadField| {
            let fate = one.fate(form, day);
            let serial = one.register.serial.as_str();
            match (fate, window) {
                (ReadFate::Estimated, Some(window)) => t.move_read_estimated(serial, window),
                _ => t.move_read_fate(fate.as_str(), serial),
            }
        };
        fields.iter().map(line).collect()
    }
}

/// What the page says of a move.
pub struct Said<'a> {
    /// The words of whoever reads the page.
    pub t: Words,
    /// What is known.
    pub around: &'a Around,
    /// The fields of the form.
    pub fields: &'a Fields,
    /// What was typed.
    pub form: &'a Form,
    /// What is asked for.
    pub new: &'a NewMove,
    /// What it comes to.
    pub done: &'a Done,
    /// Today.
    pub today: NaiveDate,
}

impl Said<'_> {
    /// The period in which a day is billed: by the account's cycle of that day, as it will be.
    fn period(&self, day: NaiveDate) -> Option<(&CycleRow, &CyclePeriodRow)> {
        let cycle: CycleId = match self.done.cycle {
            CycleFate::Changes { from, to, on } => {
                if day < on {
                    from
                } else {
                    to
                }
            }
            CycleFate::Same | CycleFate::Stays { .. } => self.around.history.on(day),
        };
        self.around.period(cycle, day)
    }

    /// What ends.
    pub fn ends(&self) -> Vec<Line> {
        let Some(leaving) = &self.new.leaving else {
            return Vec::new();
        };
        let window = self
            .period(leaving.last_on)
            .map(|(_, period)| period.window_closes_on);
        let line = |one: &Ended| {
            let old = self
                .fields
                .old
                .iter()
                .find(|old| old.service.id == one.agreement);
            let reads = old.map_or(&[][..], |old| old.reads.as_slice());
            let mut more = Check::reads(
                (self.t, self.form),
                reads,
                (ends_on(leaving.last_on), window),
            );
            more.extend(self.after(&one.after));
            Line {
                text: self.t.move_line_ends(ended(self.t, one), leaving.last_on),
                more,
            }
        };
        self.done.ended.iter().map(line).collect()
    }

    fn after(&self, after: &AfterTenant) -> Option<String> {
        let t = self.t;
        match after {
            AfterTenant::Nothing => None,
            AfterTenant::Continued(number) => Some(t.move_landlord_continues(number.to_string())),
            AfterTenant::Vacant => Some(t.move_landlord_vacant().to_owned()),
            AfterTenant::NotContinued(number) => Some(t.move_landlord_stuck(number.to_string())),
            AfterTenant::Billed(number) => Some(t.move_landlord_billed(number.to_string())),
        }
    }

    /// What begins.
    pub fn begins(&self) -> Vec<Line> {
        let Some(coming) = &self.new.coming else {
            return Vec::new();
        };
        let window = self
            .period(coming.first_on)
            .map(|(_, period)| period.window_closes_on);
        let line = |one: &Begun| {
            let new = self.fields.new.iter().find(|new| new.point.id == one.point);
            let reads = new.map_or(&[][..], |new| new.reads.as_slice());
            let mut more = Check::reads((self.t, self.form), reads, (coming.first_on, window));
            if let Some(number) = &one.gave_way {
                more.push(self.t.move_gives_way(number.to_string(), coming.first_on));
            }
            let named = begun(self.t, one);
            Line {
                text: self
                    .t
                    .move_line_begins(named, coming.first_on, one.rate_code.as_str()),
                more,
            }
        };
        self.done.begun.iter().map(line).collect()
    }

    /// Which bills come: the last of the old place, the first of the new, or one for both.
    pub fn bills(&self) -> Vec<String> {
        let t = self.t;
        let last = self.new.leaving.as_ref().map(|leaving| leaving.last_on);
        let first = self.new.coming.as_ref().map(|coming| coming.first_on);
        let of = |day: Option<NaiveDate>| day.and_then(|day| Some((day, self.period(day)?)));
        let (last, first) = (of(last), of(first));
        if let (Some((last, (cycle, period))), Some((_, (_, other)))) = (&last, &first)
            && period.id == other.id
        {
            return vec![t.move_bill_both(&cycle.name, period.issue_on, period.due_on, *last)];
        }
        let mut bills = Vec::new();
        if let Some((last, (cycle, period))) = last {
            bills.push(t.move_bill_last(&cycle.name, last, period.issue_on, period.due_on));
        }
        if let Some((first, (cycle, period))) = first {
            bills.push(t.move_bill_first(&cycle.name, first, period.issue_on, period.due_on));
        }
        bills
    }

    /// Where mail will go.
    pub fn mail(&self) -> String {
        let t = self.t;
        let own = self.around.standing.people.first();
        let own = own.and_then(|person| person.mailing_address.as_deref());
        let place = self
            .around
            .place
            .as_ref()
            .filter(|_| self.new.coming.is_some());
        match (&self.new.mail, own, place) {
            (Some((from, Some(lines))), _, _) => {
                t.move_mail_to(*from, lines.lines().collect::<Vec<_>>().join(", "))
            }
            (Some((from, None)), _, Some((place, _))) => t.move_mail_place(*from, &place.line),
            (None, None, Some((place, _))) => {
                let first = self
                    .new
                    .coming
                    .as_ref()
                    .map_or(self.today, |coming| coming.first_on);
                let last = self
                    .new
                    .leaving
                    .as_ref()
                    .map(|leaving| ends_on(leaving.last_on));
                t.move_mail_place(last.map_or(first, |last| last.max(first)), &place.line)
            }
            (Some((_, None)) | None, ..) => match &self.around.mail_to {
                Some(lines) => t.move_mail_stays(lines.as_str()),
                None => t.move_mail_unknown().to_owned(),
            },
        }
    }

    /// What should be known before it is done.
    pub fn notices(&self) -> Vec<Notice> {
        let t = self.t;
        let mut all = Vec::new();
        let mut say = |is_warning: bool, text: String| all.push(Notice { is_warning, text });
        match self.done.cycle {
            CycleFate::Same => {}
            CycleFate::Changes { to, on, .. } => {
                say(false, t.move_cycle_changes(self.cycle_name(to), on));
            }
            CycleFate::Stays { place } => {
                say(true, t.move_cycle_stays(self.cycle_name(place)));
            }
        }
        for day in self.days_of_runs_made() {
            say(true, t.move_run_made(day));
        }
        if let (Some(leaving), Some(coming)) = (&self.new.leaving, &self.new.coming) {
            let next = ends_on(leaving.last_on);
            if coming.first_on == leaving.last_on {
                say(false, t.move_overlap_day(coming.first_on));
            } else if coming.first_on < next {
                say(false, t.move_overlap(coming.first_on, leaving.last_on));
            } else if coming.first_on > next {
                say(false, t.move_gap(next, coming.first_on));
            }
        }
        for commodity in self.not_begun() {
            say(true, t.move_not_begun(t.service_name(commodity.as_str())));
        }
        if self.new.mail.is_some() && self.around.others > 0 {
            let others = i64::try_from(self.around.others).unwrap_or(i64::MAX);
            say(true, t.move_mail_others(others));
        }
        if !self.done.is_served {
            let balance = self.around.subject.balance;
            say(false, t.move_no_service(balance));
        }
        all
    }

    fn cycle_name(&self, id: CycleId) -> String {
        let mut all = self.around.calendars.iter();
        let found = all.find(|(row, _)| row.id == id);
        found.map(|(row, _)| row.name.clone()).unwrap_or_default()
    }

    /// First days of periods whose bills are dated already, and in which days are changed: whoever was not in their run is drafted by hand.
    fn days_of_runs_made(&self) -> Vec<NaiveDate> {
        let last = self.new.leaving.as_ref().map(|leaving| leaving.last_on);
        let first = self.new.coming.as_ref().map(|coming| coming.first_on);
        let periods = [last, first]
            .into_iter()
            .flatten()
            .filter_map(|day| self.period(day));
        let past = periods.filter(|(_, period)| period.issue_on < self.today);
        let mut days: Vec<NaiveDate> = past.map(|(_, period)| period.from_on).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Services that the customer has now and the new place offers, and that do not begin there.
    fn not_begun(&self) -> Vec<Commodity> {
        let Some((place, _)) = self
            .around
            .place
            .as_ref()
            .filter(|_| self.new.coming.is_some())
        else {
            return Vec::new();
        };
        let had = self.done.ended.iter().map(|one| one.commodity);
        let is_left_out = |commodity: &Commodity| {
            let begins = self
                .done
                .begun
                .iter()
                .any(|one| one.commodity == *commodity);
            !begins && place.services.contains(commodity)
        };
        let mut left: Vec<Commodity> = had.filter(is_left_out).collect();
        left.sort_unstable();
        left.dedup();
        left
    }
}
