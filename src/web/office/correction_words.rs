//! What the pages of corrections share: why one was refused, in words, and the chart and policy they go by.

use chrono::NaiveDate;

use crate::app::App;
use crate::domain::correction_policy::CorrectionPolicy;
use crate::domain::corrections::CorrectionKind;
use crate::domain::gl::{Chart, GlCode};
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::money::Money;
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::ledger;
use crate::usecases::books::{self, BooksError};
use crate::usecases::corrections::CorrectionError;
use crate::web::PageError;
use crate::web::form::Form;
use crate::web::office::correction_page::Kind;

/// How many entries are told that somebody else posted meanwhile: the latest say enough.
const TOLD: usize = 5;

/// The name of an account of the chart.
pub fn gl_name<'a>(chart: &'a Chart, gl: &GlCode) -> &'a str {
    let account = chart.account(gl);
    account.map_or("", |account| account.name.as_str())
}

/// Why nothing was corrected, and what to do about it.
pub fn said(t: Words, refused: &CorrectionError) -> String {
    match refused {
        CorrectionError::OverLimit { most, decided } if decided.is_zero() => {
            t.correction_over_limit(most)
        }
        CorrectionError::OverLimit { most, decided } => {
            t.correction_over_limit_so_far(most, decided)
        }
        CorrectionError::DueDay { last } => t.correction_due_day(*last),
        CorrectionError::NotAFund | CorrectionError::Reason(_) => t.form_choose().to_owned(),
        CorrectionError::NoteMissing => t.correction_note_missing().to_owned(),
        CorrectionError::NotHeld { held } => t.correction_not_held(held),
        CorrectionError::NotOwed { owed } => t.correction_not_owed(owed),
        CorrectionError::Arranged => t.correction_arranged().to_owned(),
        CorrectionError::NotEnded => t.correction_not_ended().to_owned(),
        CorrectionError::Held => t.correction_kept_away().to_owned(),
        CorrectionError::DepositOpen => t.correction_deposit_open().to_owned(),
        CorrectionError::NotReversible => t.correction_not_reversible().to_owned(),
        CorrectionError::ReversedBefore => t.correction_reversed_before().to_owned(),
        CorrectionError::CameBack => t.correction_came_back().to_owned(),
        CorrectionError::SameAccount => t.correction_same_account().to_owned(),
        CorrectionError::Protected => t.correction_protected().to_owned(),
        CorrectionError::KeyUsed => t.correction_key_used().to_owned(),
        CorrectionError::NotAllowed(_) => t.correction_not_allowed().to_owned(),
        CorrectionError::Chart(_) => t.correction_no_part().to_owned(),
        CorrectionError::CourtesyUsed { waivers, months } => {
            t.correction_courtesy_used(*waivers, *months)
        }
        CorrectionError::SamePerson(_) => t.correction_same_person().to_owned(),
        CorrectionError::Decided(status) => t.correction_outcome(status.as_str()),
        CorrectionError::Changed(_) => t.correction_changed().to_owned(),
        CorrectionError::Amount
        | CorrectionError::Looked(_)
        | CorrectionError::SecondPerson(_)
        | CorrectionError::Refused(_)
        | CorrectionError::Fault(_) => t.taking_wrong_amount().to_owned(),
    }
}

/// Which field of the form a refusal is about.
pub(super) const fn field_of(refused: &CorrectionError, kind: Kind) -> &'static str {
    match (refused, kind) {
        (CorrectionError::DueDay { .. }, _) => "due_on",
        (CorrectionError::NotAFund, _) => "fund",
        (CorrectionError::Reason(_), _) => "reason",
        (CorrectionError::NoteMissing, _) => "note",
        (CorrectionError::SameAccount | CorrectionError::Protected, _) => "to",
        (_, Kind::Waiver) => "fee",
        (_, Kind::WriteOff) => "reason",
        (_, Kind::Adjustment | Kind::Refund | Kind::Transfer) => "amount",
    }
}

/// Whether a job decides so much of a kind as the second person, after what the same person decided on the account already.
pub fn may_second(
    policy: &CorrectionPolicy,
    role: Role,
    (kind, amount): (CorrectionKind, Money),
    decided: Money,
) -> bool {
    let rules = policy.rules(kind);
    role.may(Permission::ApproveCorrection)
        && rules.is_some_and(|rules| rules.is_within(role, amount, decided))
}

/// Who decides what somebody looks at who may not: these jobs, in words.
pub fn who_decides(t: Words, jobs: impl Iterator<Item = Role>) -> String {
    let jobs: Vec<String> = jobs.map(|role| t.staff_role_name(role)).collect();
    if jobs.is_empty() {
        t.correction_not_allowed().to_owned()
    } else {
        t.correction_who_decides(jobs.join(", "))
    }
}

/// Who decides so much of a kind as the second person.
pub fn who_seconds(
    t: Words,
    policy: &CorrectionPolicy,
    (kind, amount): (CorrectionKind, Money),
) -> String {
    let jobs = Role::ALL.iter().copied();
    let decides = |role: &Role| may_second(policy, *role, (kind, amount), Money::ZERO);
    who_decides(t, jobs.filter(decides))
}

/// The chart and the policy for corrections of a day.
pub fn law(conn: &mut Conn, on: NaiveDate) -> Result<(Chart, CorrectionPolicy), BooksError> {
    let chart = books::open(conn, on)?.chart;
    Ok((chart, books::corrections_on(conn, on)?))
}

/// A page's error of books that cannot be opened.
pub fn closed(error: BooksError) -> PageError {
    match error {
        BooksError::Fault(fault) => fault.into(),
        unreadable => PageError::fault(unreadable),
    }
}

/// An amount of more than nothing.
pub fn amount_of(form: &mut Form, t: Words) -> Option<Money> {
    let amount = form.parse::<Money>("amount", t.form_not_money())?;
    if amount.is_positive() {
        return Some(amount);
    }
    form.refuse("amount", t.taking_wrong_amount());
    None
}

/// Says on the form what was posted on accounts since somebody looked at them.
///
/// # Errors
/// A fault.
pub async fn posted_since(
    app: &App,
    form: &mut Form,
    (t, accounts): (Words, Vec<AccountId>),
) -> Result<(), PageError> {
    let mut told = Vec::new();
    if let Some(after) = form.saw("entry").and_then(|id| id.parse::<EntryId>().ok()) {
        let read = move |conn: &mut Conn| ledger::list_since(conn, &accounts, after);
        let posted = app.db.read(read).await?;
        for (entry, _) in posted.iter().rev().take(TOLD).rev() {
            let kind = t.entry_kind(entry.kind.as_str());
            told.push(format!("{kind} {}", entry.receivable));
        }
    }
    let text = if told.is_empty() {
        t.correction_changed().to_owned()
    } else {
        t.correction_changed_by(told.join("; "))
    };
    form.overtaken("looked", text);
    Ok(())
}
