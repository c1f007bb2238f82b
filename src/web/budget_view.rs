//! Level payment plans as both doors show them: what may be chosen, what it would have asked, the words that are agreed to, and why not.

use std::borrow::Borrow;

use chrono::NaiveDate;

use crate::domain::budget_billing::{
    BudgetPlanState, BudgetRefusal, BudgetSettle, BudgetTerms, BudgetVariant,
};
use crate::domain::ids::AccountNumber;
use crate::domain::money::{Money, MoneyError};
use crate::i18n::Words;
use crate::usecases::budget_plans::BudgetDesk;
use crate::web::form::Form;

/// What somebody chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// How the amount is worked out.
    pub variant: BudgetVariant,
    /// What becomes of a deficit when a plan of even amounts settles.
    pub settle: BudgetSettle,
}

impl Choice {
    /// What a form or an address chooses; nothing where it names no variant.
    pub fn of(form: &Form) -> Option<Self> {
        let settle = form.value("settle").parse();
        Some(Self {
            variant: form.value("variant").parse().ok()?,
            settle: settle.unwrap_or(BudgetSettle::Spread),
        })
    }
}

/// What was chosen, looked at before it counts.
pub struct Preview {
    /// The choice.
    pub choice: Choice,
    /// What the plan begins with.
    pub level: Money,
    /// Each of the last bills: the day after it, what it charged, what it would have asked; oldest first.
    pub rows: Vec<(NaiveDate, Money, Money)>,
    /// The words that are agreed to.
    pub agreement: String,
}

impl Preview {
    /// What a choice comes to, with words in a language; nothing where that variant is not offered.
    ///
    /// # Errors
    /// Amounts past the range of money.
    pub fn of(
        t: Words,
        desk: &BudgetDesk,
        (choice, number): (Choice, &AccountNumber),
    ) -> Result<Option<Self>, MoneyError> {
        let offered = desk.terms.as_ref();
        let Some(terms) = offered.filter(|terms| terms.variants.contains(&choice.variant)) else {
            return Ok(None);
        };
        Ok(Some(Self {
            choice,
            level: desk.level,
            rows: desk.would_have_asked(choice.variant)?,
            agreement: agreement(t, terms, (choice, number, desk.level)),
        }))
    }
}

/// The last day of a bill, as the bill itself names it.
pub fn last_day(until: &NaiveDate) -> NaiveDate {
    until.pred_opt().unwrap_or(*until)
}

/// The words that are agreed to: how the amount comes about, what settles it and what ends it.
fn agreement(
    t: Words,
    terms: &BudgetTerms,
    (choice, number, level): (Choice, &AccountNumber, Money),
) -> String {
    let account = number.masked();
    let (bills, year) = (terms.history_bills, terms.year_bills);
    let first = match choice.variant {
        BudgetVariant::Fixed => t.budget_plan_agreement_fixed(
            account,
            level,
            bills,
            terms.review_percent,
            year,
            terms.least_credit_cents,
        ),
        BudgetVariant::Rolling => t.budget_plan_agreement_rolling(account, bills, year, level),
        BudgetVariant::Equal => {
            t.budget_plan_agreement_equal(account, level, bills, year, choice.settle.as_str())
        }
    };
    let rest = t.budget_plan_agreement_rest(
        terms.most_deferred_cents,
        terms.missed_bills,
        terms.due_days,
    );
    format!("{first} {rest}")
}

/// Why nobody may join, in words.
pub fn reasons(t: Words, refusals: &[BudgetRefusal]) -> Vec<String> {
    refusals.iter().map(|refusal| reason(t, *refusal)).collect()
}

fn reason(t: Words, refusal: BudgetRefusal) -> String {
    match refusal {
        BudgetRefusal::NotOffered => t.budget_plan_refused_class().to_owned(),
        BudgetRefusal::AlreadyOn => t.budget_plan_refused_already().to_owned(),
        BudgetRefusal::NotActive => t.budget_plan_refused_not_active().to_owned(),
        BudgetRefusal::NoLedgerAccount => t.budget_plan_refused_ledger().to_owned(),
        BudgetRefusal::HistoryShort { have, need } => t.budget_plan_refused_history(need, have),
        BudgetRefusal::NothingToLevel => t.budget_plan_refused_nothing().to_owned(),
        BudgetRefusal::PastDue(amount) => t.budget_plan_refused_past_due(amount),
        BudgetRefusal::RemovedBefore(day) => t.budget_plan_refused_removed(day),
    }
}

/// The variants to choose from, each with its name and what it means.
pub fn variants(t: Words, desk: &BudgetDesk) -> Vec<(BudgetVariant, String, String)> {
    let offered = desk.terms.as_ref();
    let offered = offered.map_or(&[][..], |terms| terms.variants.as_slice());
    let named = |variant: &BudgetVariant| {
        let word = variant.as_str();
        (
            *variant,
            t.budget_plan_variant(word),
            t.budget_plan_variant_hint(word),
        )
    };
    offered.iter().map(named).collect()
}

/// The ways to settle a deficit.
pub fn settles(t: Words) -> Vec<(&'static str, String)> {
    let named =
        |settle: &BudgetSettle| (settle.as_str(), t.budget_plan_settle_way(settle.as_str()));
    BudgetSettle::ALL.iter().map(named).collect()
}

/// The badge's tone of a plan.
pub fn tone(state: impl Borrow<BudgetPlanState>) -> &'static str {
    match state.borrow() {
        BudgetPlanState::Open => "good",
        BudgetPlanState::Removed => "bad",
        BudgetPlanState::Left | BudgetPlanState::Ended | BudgetPlanState::Final => "",
    }
}
