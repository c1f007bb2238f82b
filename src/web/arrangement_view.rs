//! More time to pay as both doors show it: the reasons why not, the words that are agreed to, and the badges.

use std::borrow::Borrow;

use crate::domain::arrangements::{
    ArrangementKind, ArrangementState, Choice, InstallmentState, Plan, Refusal,
};
use crate::domain::ids::AccountNumber;
use crate::domain::money::Money;
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
