//! What must have been served before a shut-off: the written notice for what is past due now, calls or visits after it, a notice to those who
//! live there and are not the customer, and a plan in winter.

use chrono::NaiveDate;

use crate::domain::holds::HoldKind;
use crate::domain::money::Money;
use crate::domain::shutoff::days::after;
use crate::domain::shutoff::{
    Asked, ContactTerms, Free, Held, Reason, Served, ServedKind, ServedWay, WinterNeed,
};

/// How a notice counts on a day.
enum Counts {
    /// It counts.
    Now,
    /// It does not, and why.
    Not(Reason),
}

impl Asked<'_> {
    /// What was not served as it must be.
    pub(super) fn unserved(&self, free: &[Free]) -> Vec<Reason> {
        let mut why = Vec::new();
        let (days, mailed) = self.rules.notice_days(self.facts.class);
        let hardship = self.hardship();
        let more = self.winter().map_or(0, |(winter, _)| winter.more_days)
            + hardship.map_or(0, |(_, days)| days);
        let written = self.notice(ServedKind::Written, (days + more, mailed + more), free);
        let is_longer = matches!(written, Err(Reason::TooSoon(..)));
        why.extend(written.err());
        why.extend(hardship.filter(|_| is_longer).map(of_hardship));
        // Nobody is spoken to before there is something to speak of.
        let since = self
            .latest(ServedKind::Written, free)
            .map(|one| one.given_on);
        if let Some(contact) = self.rules.contact.filter(|terms| self.asks_contact(*terms)) {
            why.extend(self.spoken_to(contact, since));
        }
        if self.facts.has_occupants {
            let days = self.rules.occupants_days;
            let notice = self.notice(ServedKind::Occupants, (days, days), free);
            why.extend(notice.err());
        }
        let needs_plan = |need: WinterNeed| need == WinterNeed::PlanOffered;
        if self
            .winter()
            .is_some_and(|(winter, _)| needs_plan(winter.needs))
        {
            why.extend(self.notice(ServedKind::PlanOffered, (0, 0), free).err());
        }
        why
    }

    /// The hold for which notice comes earlier, and by how many days.
    fn hardship(&self) -> Option<(HoldKind, u32)> {
        let terms = self.rules.hardship.as_ref()?;
        let counts = |held: &&Held| {
            let until = held
                .last_on
                .map(|last| after(last, terms.after_days, false));
            terms.holds.contains(&held.kind) && until.is_none_or(|until| self.day <= until)
        };
        let held = self.facts.eased.iter().find(counts)?;
        Some((held.kind, terms.more_days))
    }

    /// The notices of a kind that speak of enough of what is past due now: only what was due when a notice was given is in it.
    fn of_kind(&self, kind: ServedKind, free: &[Free]) -> Vec<Served> {
        let is_enough = |served: &&Served| {
            let named = free.iter().filter(|part| part.due_on < served.given_on);
            let owed: Money = named.map(|part| part.amount).sum();
            owed.is_positive() && owed >= self.least
        };
        let given = self.facts.served.iter();
        given
            .filter(|served| served.kind == kind && served.given_on <= self.day)
            .filter(is_enough)
            .copied()
            .collect()
    }

    fn latest(&self, kind: ServedKind, free: &[Free]) -> Option<Served> {
        let all = self.of_kind(kind, free);
        all.into_iter().max_by_key(|served| served.given_on)
    }

    /// Whether a notice counts on the day, by hand so many days after it was given or by mail so many.
    fn notice(&self, kind: ServedKind, days: (u32, u32), free: &[Free]) -> Result<(), Reason> {
        let mut all = self.of_kind(kind, free);
        all.sort_by_key(|served| std::cmp::Reverse((served.is_proven, served.given_on)));
        let mut why = None;
        for served in &all {
            match self.counts(served, days) {
                Counts::Now => return Ok(()),
                Counts::Not(reason) => why = why.or(Some(reason)),
            }
        }
        Err(why.unwrap_or(Reason::Unserved(kind)))
    }

    fn counts(&self, served: &Served, (days, mailed): (u32, u32)) -> Counts {
        let (kind, given_on) = (served.kind, served.given_on);
        if !served.is_proven {
            return Counts::Not(Reason::Unproven(kind));
        }
        let terms = self.rules.notice;
        let last = after(given_on, terms.valid_days, false);
        if last < self.day {
            return Counts::Not(Reason::TooOld(kind, last));
        }
        let days = match served.way {
            ServedWay::Mail => mailed,
            ServedWay::Hand | ServedWay::Phone | ServedWay::Visit | ServedWay::Door => days,
        };
        let from = if days == 0 {
            given_on
        } else {
            after(given_on, days, terms.working_days)
        };
        if from > self.day {
            return Counts::Not(Reason::TooSoon(kind, from));
        }
        Counts::Now
    }

    fn asks_contact(&self, terms: ContactTerms) -> bool {
        !terms.winter_only || self.winter().is_some()
    }

    /// Whether somebody was spoken to as often and as early as is asked.
    fn spoken_to(&self, terms: ContactTerms, since: Option<NaiveDate>) -> Option<Reason> {
        let missing = |done: usize| {
            let done = u32::try_from(done).unwrap_or(u32::MAX);
            Some(Reason::ContactsMissing(done, terms.attempts, terms.on_days))
        };
        let Some(since) = since else {
            return missing(0);
        };
        // That a notice hangs at a door is as good as its proof.
        let is_after = |served: &&Served| {
            let stands = served.kind != ServedKind::Posted || served.is_proven;
            stands && since <= served.given_on && served.given_on <= self.day
        };
        let all: Vec<&Served> = self.facts.served.iter().filter(is_after).collect();
        if terms.same_day {
            let is_today = |served: &&Served| served.given_on == self.day;
            let speaks =
                |served: &&Served| matches!(served.kind, ServedKind::Contact | ServedKind::Posted);
            let today = all.iter().copied().filter(is_today).filter(speaks);
            if today.count() == 0 {
                return missing(0);
            }
        }
        let counts_from = |served: &Served| match terms.days_before {
            0 => served.given_on,
            days => after(served.given_on, days, terms.working_days),
        };
        let mut attempts: Vec<NaiveDate> = Vec::new();
        let mut ready: Vec<NaiveDate> = Vec::new();
        let mut calls: Vec<&Served> = all
            .iter()
            .copied()
            .filter(|served| served.kind == ServedKind::Contact)
            .collect();
        calls.sort_by_key(|served| served.given_on);
        for call in &calls {
            attempts.push(call.given_on);
            let mut on = attempts.clone();
            on.dedup();
            if is_at_least(attempts.len(), terms.attempts) && is_at_least(on.len(), terms.on_days) {
                ready.push(counts_from(call));
            }
        }
        let posted = all
            .iter()
            .filter(|served| served.kind == ServedKind::Posted);
        ready.extend(posted.map(|served| counts_from(served)));
        match ready.into_iter().min() {
            Some(from) if from <= self.day => None,
            Some(from) => Some(Reason::ContactTooSoon(from)),
            None => missing(calls.len()),
        }
    }
}

const fn of_hardship((kind, days): (HoldKind, u32)) -> Reason {
    Reason::Hardship(kind, days)
}

fn is_at_least(count: usize, needed: u32) -> bool {
    usize::try_from(needed).is_ok_and(|needed| count >= needed)
}
