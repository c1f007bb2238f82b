//! Level payment plans: offered, agreed, kept by every bill that is issued, looked at by the clock, and ended. What is put off is none of what
//! is asked: late fees, reminders, autopay and shut-offs see only what bills ask, and nothing here has to tell them so.

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::domain::accounts::{AccountClass, AccountStatus};
use crate::domain::budget_billing::{
    Amount, BudgetFacts, BudgetNews, BudgetPlanPolicy, BudgetPlanState, BudgetRefusal,
    BudgetSettle, BudgetStep, BudgetTerms, BudgetTold, BudgetVariant,
};
use crate::domain::customers::Language;
use crate::domain::disputes::frozen;
use crate::domain::fees::due_after;
use crate::domain::gl::{FundCode, Role};
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::money::{Money, MoneyError};
use crate::domain::notice::{Notice, Urgency};
use crate::domain::requests::LONGEST_WORDS;
use crate::store;
use crate::store::audit::Deed;
use crate::store::budget_plans::{self, NewPlan, NewStep, PlanBillLine, PlanRow, StepRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::{disputes, open_items, policies};
use crate::usecases::books::{self, Books};
use crate::usecases::ledger::PostingError;
use crate::usecases::notices;

mod asking;
mod clock;
mod listing;
mod settling;

pub(in crate::usecases) use crate::usecases::budget_plans::asking::{ask, record};
pub use crate::usecases::budget_plans::clock::{Looked, look};
pub use crate::usecases::budget_plans::listing::{PlanLine, list_plans};
pub(in crate::usecases) use crate::usecases::budget_plans::settling::settle_leftover;

/// The kind of the policy.
const POLICY: &str = "budget_plans";

/// How far back bills are looked at: more days than the most bills that a policy may ask for have in a monthly or two-monthly cycle.
const HISTORY_DAYS: u64 = 1_500;

/// How many bills of a plan a page shows.
const SHOWN: i64 = 24;

/// Why a plan is not made, or not ended.
#[derive(Debug, thiserror::Error)]
pub enum BudgetError {
    /// The rules say no, and why.
    #[error("a level payment plan is not offered: {0:?}")]
    Refused(Vec<BudgetRefusal>),
    /// The variant is none of those that are offered.
    #[error("this variant is not offered")]
    NoSuchVariant,
    /// What would be agreed now is not what was seen: a bill came, or the policy changed.
    #[error("the amount has changed since it was seen")]
    Changed,
    /// Nothing was written where the customer or the next reader needs words.
    #[error("a few words are needed")]
    WordsMissing,
    /// More words than are kept.
    #[error("at most {0} letters")]
    WordsTooLong(usize),
    /// None is in force.
    #[error("no plan is in force")]
    Ended,
    /// An amount past the range of money.
    #[error(transparent)]
    Amount(#[from] MoneyError),
    /// The books could not be opened, or refused an entry.
    #[error(transparent)]
    Posting(#[from] PostingError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// What an account may be offered, and what stands now.
#[derive(Debug, Clone)]
pub struct BudgetDesk {
    /// The terms of its class; `None` where it is offered none.
    pub terms: Option<BudgetTerms>,
    /// The policy's version; zero for what ships.
    pub version: i32,
    /// For how many months a bill of the account stands; the terms count its bills by that.
    pub cycle_months: i32,
    /// What the rules look at.
    pub facts: BudgetFacts,
    /// The day after the last of each bill of the history, newest first, as the charges in the facts are.
    pub until: Vec<NaiveDate>,
    /// What a plan would begin with.
    pub level: Money,
    /// The plan in force, or the one before.
    pub plan: Option<Standing>,
}

/// A plan with how it stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// What was agreed.
    pub row: PlanRow,
    /// What is put off by now; negative where more was asked than charged.
    pub difference: Money,
    /// Its latest bills, newest first.
    pub bills: Vec<PlanBillLine>,
    /// Every move of it.
    pub steps: Vec<StepRow>,
}

impl BudgetDesk {
    /// The plan in force.
    #[must_use]
    pub fn open(&self) -> Option<&Standing> {
        let plan = self.plan.as_ref();
        plan.filter(|plan| plan.row.state == BudgetPlanState::Open)
    }

    /// Why nobody may join now; nothing where they may.
    ///
    /// # Errors
    /// Amounts past the range of money.
    pub fn refusals(&self) -> Result<Vec<BudgetRefusal>, MoneyError> {
        match &self.terms {
            Some(terms) => terms.refusals(&self.facts),
            None => Ok(vec![BudgetRefusal::NotOffered]),
        }
    }

    /// What the bills of the history charged and would have been asked for, the oldest first, with the day after their last.
    ///
    /// # Errors
    /// Amounts past the range of money.
    pub fn would_have_asked(
        &self,
        variant: BudgetVariant,
    ) -> Result<Vec<(NaiveDate, Money, Money)>, MoneyError> {
        let Some(terms) = &self.terms else {
            return Ok(Vec::new());
        };
        let asked = terms.would_have_asked(variant, &self.facts.earlier)?;
        let newest_first = self.until.iter().zip(&self.facts.earlier).take(asked.len());
        let mut rows: Vec<(NaiveDate, Money)> = newest_first
            .map(|(until, charges)| (*until, *charges))
            .collect();
        rows.reverse();
        let rows = rows.into_iter().zip(asked);
        Ok(rows
            .map(|((until, charges), asked)| (until, charges, asked))
            .collect())
    }
}

/// What the rules need to know of an account that the door has found, and its plan. A fixed number of questions.
///
/// # Errors
/// A fault, or a policy or chart that cannot be read.
pub fn open_desk(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<BudgetDesk, BudgetError> {
    let row = store::accounts::get(conn, account)?;
    let (version, policy) = policy(conn, on)?;
    let cycle_months = store::cycles::get(conn, row.cycle_id)?.months;
    let terms = policy.terms(row.class);
    let terms = terms.map(|terms| terms.for_bills_of(cycle_months.unsigned_abs()));
    let books = books::open(conn, on).map_err(PostingError::from)?;
    let plan = find_standing(conn, &books, account)?;
    let charged = budget_plans::list_charged(conn, &[account], (history_from(on), &[]))?
        .remove(&account)
        .unwrap_or_default();
    let (until, earlier): (Vec<NaiveDate>, Vec<Money>) = charged.into_iter().unzip();
    let is_open = |plan: &Standing| plan.row.state == BudgetPlanState::Open;
    let facts = BudgetFacts {
        is_on: plan.as_ref().is_some_and(is_open),
        is_active: row.status == AccountStatus::Active,
        has_account: books.chart.find_code(Role::BudgetBilling).is_some(),
        past_due: past_due(conn, account, on)?,
        removed_on: budget_plans::find_removed_on(conn, account)?,
        earlier,
        today: on,
    };
    let level = match &terms {
        Some(terms) => terms.level(&facts.earlier)?,
        None => Money::ZERO,
    };
    Ok(BudgetDesk {
        terms,
        version,
        cycle_months,
        facts,
        until,
        level,
        plan,
    })
}

/// The plan of an account, in force or the one before, as it stands.
fn find_standing(
    conn: &mut Conn,
    books: &Books,
    account: AccountId,
) -> Result<Option<Standing>, StoreError> {
    let Some(row) = budget_plans::find_latest(conn, account)? else {
        return Ok(None);
    };
    Ok(Some(Standing {
        difference: difference(&shares(conn, books, account)?),
        bills: budget_plans::list_bill_lines(conn, row.id, SHOWN)?,
        steps: budget_plans::list_steps(conn, row.id)?,
        row,
    }))
}

/// The plan in force of an account, with what is put off by now: what its screens show beside what is asked. One question where there is none.
///
/// # Errors
/// A fault, or a chart that cannot be read.
pub fn find_open(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Option<(PlanRow, Money)>, StoreError> {
    let Some(row) = budget_plans::list_open(conn, &[account])?.pop() else {
        return Ok(None);
    };
    let books = books::open(conn, on).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let difference = difference(&shares(conn, &books, account)?);
    Ok(Some((row, difference)))
}

/// What is put off by now on an account that pays level amounts, by the chart of accounts in force as it is kept; nothing for what ships. One
/// question.
///
/// # Errors
/// A fault, or a chart that cannot be read.
pub fn put_off(
    conn: &mut Conn,
    account: AccountId,
    chart: Option<&str>,
) -> Result<Money, StoreError> {
    let chart =
        books::read_chart(chart).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    match chart.find_code(Role::BudgetBilling) {
        Some(gl) => store::ledger::sum_on(conn, account, gl),
        None => Ok(Money::ZERO),
    }
}

/// What is past due and nobody disputes.
fn past_due(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Money, StoreError> {
    let open = open_items::list(conn, account)?;
    let late: Vec<_> = open.into_iter().filter(|item| item.due_on < on).collect();
    let entries: Vec<EntryId> = late.iter().map(|item| item.entry_id).collect();
    let disputed = disputes::list_open(conn, &entries)?;
    let undisputed = |item: &open_items::OpenItem| {
        let amount = disputed.get(&item.entry_id).copied().unwrap_or_default();
        item.remaining - frozen(item.remaining, amount)
    };
    Ok(late.iter().map(undisputed).sum())
}

fn history_from(on: NaiveDate) -> NaiveDate {
    on.checked_sub_days(Days::new(HISTORY_DAYS))
        .unwrap_or(NaiveDate::MIN)
}

fn policy(conn: &mut Conn, on: NaiveDate) -> Result<(i32, BudgetPlanPolicy), StoreError> {
    match policies::find_version(conn, POLICY, on)? {
        Some((version, document)) => Ok((version, read(&document)?)),
        None => Ok((0, BudgetPlanPolicy::default())),
    }
}

fn read(document: &str) -> Result<BudgetPlanPolicy, StoreError> {
    serde_json::from_str(document)
        .map_err(|error| StoreError::Unreadable(format!("policy on level payment plans: {error}")))
}

/// The terms that a plan was agreed under, for the class that its account has now: a later policy is for later plans.
struct Agreed(Vec<(i32, BudgetPlanPolicy)>);

impl Agreed {
    fn load(conn: &mut Conn) -> Result<Self, StoreError> {
        let rows = policies::list(conn, POLICY)?;
        let versions = rows
            .iter()
            .map(|row| Ok((row.version, read(&row.document)?)));
        Ok(Self(versions.collect::<Result<_, StoreError>>()?))
    }

    fn terms(&self, plan: &PlanRow, class: AccountClass) -> BudgetTerms {
        let version = plan.policy_version;
        let found = self.0.iter().find(|(known, _)| *known == version);
        let policy = found.map_or_else(BudgetPlanPolicy::default, |(_, policy)| policy.clone());
        // An account that came to a class without terms goes on by those for all.
        let terms = policy.terms(class).unwrap_or(&policy.terms);
        terms.for_bills_of(plan.cycle_months.unsigned_abs())
    }
}

/// What is put off on an account, by fund.
fn shares(
    conn: &mut Conn,
    books: &Books,
    account: AccountId,
) -> Result<Vec<(FundCode, Money)>, StoreError> {
    let Some(gl) = books.chart.find_code(Role::BudgetBilling) else {
        return Ok(Vec::new());
    };
    let all = budget_plans::list_differences(conn, &[account], gl)?.remove(&account);
    Ok(all.unwrap_or_default())
}

fn difference(shares: &[(FundCode, Money)]) -> Money {
    shares.iter().map(|(_, amount)| *amount).sum()
}

/// What somebody agrees to.
#[derive(Debug, Clone)]
pub struct NewBudgetPlan {
    /// For which account.
    pub account: AccountId,
    /// How the amount is worked out.
    pub variant: BudgetVariant,
    /// What becomes of a deficit when a plan of even amounts settles.
    pub settle: BudgetSettle,
    /// The amount that was seen.
    pub seen: Money,
    /// The words that were agreed to.
    pub agreement: String,
    /// Their language.
    pub language: Language,
}

/// Makes a plan, exactly as it was seen, and tells the customer. Sent again while it is in force, it is the same one.
///
/// # Errors
/// `Refused` with every reason, `NoSuchVariant`, `Changed` where the amount is no longer what was seen.
pub fn join(tx: &mut Tx<'_>, new: &NewBudgetPlan) -> Result<(), BudgetError> {
    // Two at once are one after the other.
    store::ledger::lock(tx, &[new.account])?;
    let on = tx.stamp.on;
    let desk = open_desk(tx, new.account, on)?;
    let is_same = |plan: &Standing| plan.row.variant == new.variant && plan.row.made_on == on;
    if desk.open().is_some_and(is_same) {
        return Ok(());
    }
    let why = desk.refusals()?;
    if !why.is_empty() {
        return Err(BudgetError::Refused(why));
    }
    let offered = desk.terms.as_ref().map(|terms| &terms.variants);
    if !offered.is_some_and(|variants| variants.contains(&new.variant)) {
        return Err(BudgetError::NoSuchVariant);
    }
    if desk.level != new.seen {
        return Err(BudgetError::Changed);
    }
    let amount = Amount {
        level: desk.level,
        spread: Money::ZERO,
    };
    let row = NewPlan {
        account: new.account,
        variant: new.variant,
        settle: new.settle,
        amount,
        agreement: &new.agreement,
        language: new.language,
        policy_version: desk.version,
        cycle_months: desk.cycle_months,
    };
    let id = budget_plans::insert(tx, &row)?;
    let facts = json!({
        "variant": new.variant,
        "settle": new.settle,
        "monthly_cents": amount.monthly(),
        "policy": desk.version,
    });
    audit(
        tx,
        (new.account, id.to_string()),
        "budget_plan.joined",
        facts,
    )?;
    let agreement = new.agreement.clone();
    let news = BudgetNews::Joined { agreement };
    Ok(tell(tx, new.account, Urgency::MustReach, &news)?)
}

/// The customer leaves the plan: what was put off is asked, or what was asked ahead is held for them. Sent again, nothing changes.
///
/// # Errors
/// A fault, or an entry that the books refuse.
pub fn leave(tx: &mut Tx<'_>, account: AccountId) -> Result<(), BudgetError> {
    store::ledger::lock(tx, &[account])?;
    match budget_plans::list_open(tx, &[account])?.pop() {
        Some(row) => Ok(end(tx, &row, (BudgetPlanState::Left, None))?),
        None => Ok(()),
    }
}

/// The office ends a plan, with the reason.
///
/// # Errors
/// `WordsMissing`, `WordsTooLong`, `Ended` where none is in force.
pub fn end_by_office(tx: &mut Tx<'_>, account: AccountId, words: &str) -> Result<(), BudgetError> {
    let words = words.trim();
    if words.is_empty() {
        return Err(BudgetError::WordsMissing);
    }
    if words.chars().count() > LONGEST_WORDS {
        return Err(BudgetError::WordsTooLong(LONGEST_WORDS));
    }
    store::ledger::lock(tx, &[account])?;
    let row = budget_plans::list_open(tx, &[account])?.pop();
    let row = row.ok_or(BudgetError::Ended)?;
    Ok(end(tx, &row, (BudgetPlanState::Ended, Some(words)))?)
}

/// Ends a plan in force: its difference is settled, and whoever follows the account is told. The caller holds the account.
fn end(
    tx: &mut Tx<'_>,
    row: &PlanRow,
    (state, words): (BudgetPlanState, Option<&str>),
) -> Result<(), PostingError> {
    if !budget_plans::mark_ended(tx, row.id, state)? {
        return Ok(());
    }
    let on = tx.stamp.on;
    let books = books::open(tx, on)?;
    let class = store::accounts::get(tx, row.account_id)?.class;
    let terms = Agreed::load(tx)?.terms(row, class);
    let due_on = due_after(on, terms.due_days);
    let step = NewStep {
        plan: row.id,
        kind: BudgetStep::Ended,
        amount: row.amount(),
        settled: Money::ZERO,
        words,
    };
    let settled = settling::settle(tx, &books, (row.account_id, due_on), step)?;
    let facts =
        json!({ "state": state, "settled_cents": settled, "due_on": due_on, "reason": words });
    let subject = (row.account_id, row.id.to_string());
    audit(tx, subject, "budget_plan.ended", facts)?;
    let news = BudgetNews::Ended {
        is_removed: state == BudgetPlanState::Removed,
        difference: settled,
        due_on,
    };
    Ok(tell(tx, row.account_id, Urgency::MustReach, &news)?)
}

/// Tells whoever follows the account.
fn tell(
    tx: &mut Tx<'_>,
    account: AccountId,
    urgency: Urgency,
    news: &BudgetNews,
) -> Result<(), StoreError> {
    notices::tell(tx, account, urgency, |reader| {
        Notice::Budget(BudgetTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            news: news.clone(),
        })
    })
}

fn audit(
    tx: &mut Tx<'_>,
    (account, plan): (AccountId, String),
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "budget_plan",
        subject_id: plan,
        account_id: Some(account),
        facts,
    };
    store::audit::insert(tx, &deed)?;
    tx.touch(account);
    Ok(())
}
