//! More time to pay as both doors show it: the reasons why not, the words that are agreed to, and the badges.

use std::borrow::Borrow;

use chrono::NaiveDate;

use crate::domain::arrangements::{
    ArrangementKind, ArrangementState, Choice, Every, InstallmentState, Paydays, Plan, Refusal,
};
use crate::domain::ids::AccountNumber;
use crate::domain::money::Money;
use crate::domain::typed_day::TypedDay;
use crate::i18n::Words;
use crate::web::form::Form;

/// Why something is not offered, in words.
pub fn reason(t: Words, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NothingOwed => t.arrangement_refused_nothing().to_owned(),
        Refusal::NotActive => t.arrangement_refused_not_active().to_owned(),
        Refusal::AlreadyOn(_) => t.arrangement_refused_already().to_owned(),
        Refusal::NotOffered => t.arrangement_refused_class().to_owned(),
        Refusal::Returned => t.arrangement_refused_returned().to_owned(),
        Refusal::OwesLess(least) => t.arrangement_refused_less(*least),
        Refusal::OwesMore(most) => t.arrangement_refused_more(*most),
        Refusal::TooOld(days) => t.arrangement_refused_old(*days),
        Refusal::TooOften(often) => t.arrangement_refused_often(often.most, often.months),
        Refusal::BrokenBefore(day) => t.arrangement_refused_broken(*day),
        Refusal::NoSuchLength => t.arrangement_refused_length().to_owned(),
        Refusal::NotAPayday(from, last) => t.payday_not_then(*from, *last),
        Refusal::DownTooSmall(least) => t.arrangement_refused_down_small(*least),
        Refusal::DownTooLarge(most) => t.arrangement_refused_down_large(*most),
    }
}

/// All reasons, each once.
pub fn reasons(t: Words, refusals: &[Refusal]) -> Vec<String> {
    refusals.iter().map(|refusal| reason(t, refusal)).collect()
}

/// The words that are agreed to: every amount and day, what keeps it and what ends it.
pub fn agreement(t: Words, plan: &Plan, account: &AccountNumber) -> String {
    let account = account.masked();
    let amount = plan.amount();
    match (plan.kind, plan.installments.as_slice()) {
        (ArrangementKind::Extension, [only, ..]) => {
            t.arrangement_agreement_extension(amount, account, only.due_on, plan.grace_days)
        }
        (ArrangementKind::Extension | ArrangementKind::Arrangement, parts) => {
            let part = |part: &crate::domain::arrangements::Installment| {
                t.arrangement_agreement_part(part.amount, part.due_on)
            };
            let parts: Vec<String> = parts.iter().map(part).collect();
            t.arrangement_agreement(amount, account, parts.join("; "), plan.grace_days)
        }
    }
}

/// The paydays that a form or an address asks for; nothing where it asks for the days of the bills, or for something that is told at its field.
pub fn asked_paydays(t: Words, form: &mut Form, today: NaiveDate) -> Option<Paydays> {
    let every = form.parse_if_any::<Every>("every", t.form_choose())?;
    let from = form.day("payday", t.form_not_a_date())?;
    let paydays = Paydays { every, from };
    if paydays.is_soon(today) {
        return Some(paydays);
    }
    form.refuse(
        "payday",
        t.payday_not_then(today, Paydays::last_first(today)),
    );
    None
}

/// By which days installments may fall due.
pub fn rhythms(t: Words) -> Vec<(&'static str, String)> {
    let named = |every: &Every| (every.as_str(), t.payday_every(every.as_str()));
    let mut all = vec![("", t.payday_bills().to_owned())];
    all.extend(Every::ALL.iter().map(named));
    all
}

/// So many installments by the days of the bills, or by these paydays.
pub fn count(t: Words, count: u32, paydays: Option<Paydays>) -> String {
    match paydays {
        Some(paydays) => t.more_time_paydays(count, t.payday_each(paydays.every.as_str())),
        None => t.more_time_count(count),
    }
}

/// What of an address says by which paydays; nothing where it is by the days of the bills.
pub fn paydays_query(paydays: Option<Paydays>) -> String {
    paydays.map_or_else(String::new, |Paydays { every, from }| {
        format!("&every={every}&payday={from}")
    })
}

/// What a form or an address chooses; nothing where it names no choice.
pub fn choice(form: &Form) -> Option<Choice> {
    match form.value("kind").parse().ok()? {
        ArrangementKind::Extension => Some(Choice::Extension {
            days: form.value("days").parse().ok()?,
        }),
        ArrangementKind::Arrangement => Some(Choice::Arrangement {
            installments: form.value("installments").parse().ok()?,
            down: match form.value("down") {
                "" => None,
                down => Some(down.parse::<Money>().ok()?),
            },
            paydays: match form.value("every") {
                "" => None,
                every => Some(Paydays {
                    every: every.parse().ok()?,
                    from: form.value("payday").parse::<TypedDay>().ok()?.0,
                }),
            },
        }),
    }
}

/// The badge's tone of an arrangement.
pub fn tone(state: impl Borrow<ArrangementState>) -> &'static str {
    match state.borrow() {
        ArrangementState::Open => "info",
        ArrangementState::Kept => "good",
        ArrangementState::Broken => "bad",
        ArrangementState::Canceled => "",
    }
}

/// The badge's tone of an installment.
pub fn part_tone(state: impl Borrow<InstallmentState>) -> &'static str {
    match state.borrow() {
        InstallmentState::Paid => "good",
        InstallmentState::Due => "",
        InstallmentState::Late => "warn",
        InstallmentState::Missed => "bad",
        InstallmentState::Aside => "info",
    }
}
