//! More time to pay: offered, agreed, ended by the office, and looked at by the clock. What is covered draws no late fee and is nobody's past
//! due while it is kept; once it is broken the clock of the late fee goes on from that day.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::accounts::AccountStatus;
use crate::domain::arrangement_policy::{ArrangementPolicy, Terms};
use crate::domain::arrangements::{
    ArrangementChannel, ArrangementState, Choice, Debt, Facts, Offers, Past, Paydays, Plan,
    Refusal, offers, plan,
};
use crate::domain::customers::Language;
use crate::domain::disputes::frozen;
use crate::domain::ids::{AccountId, ArrangementNumber, EntryId};
use crate::domain::money::Money;
use crate::domain::notice::{ArrangementNews, ArrangementTold, Notice, Urgency};
use crate::domain::requests::LONGEST_WORDS;
use crate::store;
use crate::store::arrangements::{self, ArrangementRow, NewRow};
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::notices::Reader;
use crate::store::{deposits, disputes, income, open_items, policies};
use crate::usecases::notices;
use crate::usecases::orders::shutoffs::after_protection;

mod clock;
mod missed;
mod reminders;
mod returned;

pub use crate::usecases::arrangements::clock::{Looked, look};
pub(super) use crate::usecases::arrangements::returned::{after_money_went_back, left_before};

/// The kind of the policy.
const POLICY: &str = "arrangements";

/// Why more time is not given, or not taken back.
#[derive(Debug, thiserror::Error)]
pub enum ArrangementError {
    /// The rules say no, and why.
    #[error("more time is not offered: {0:?}")]
    Refused(Vec<Refusal>),
    /// What would be agreed now is not what was seen: a payment came, or a day passed.
    #[error("the days or amounts have changed since they were seen")]
    Changed,
    /// Nothing was written where the customer or the next reader needs words.
    #[error("a few words are needed")]
    WordsMissing,
    /// More words than are kept.
    #[error("at most {0} letters")]
    WordsTooLong(usize),
    /// It has ended meanwhile.
    #[error("it has ended")]
    Ended,
    /// The policy cannot be read.
    #[error("the policy on more time cannot be read: {0}")]
    Policy(serde_json::Error),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// What an account may be offered, and what the answer rests on.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The terms of its class, or of low income.
    pub terms: Terms,
    /// The last day on which low income is certified, where it is.
    pub low_income: Option<NaiveDate>,
    /// The policy's version; zero for what ships.
    pub version: i32,
    /// What the rules look at.
    pub facts: Facts,
}

impl Desk {
    /// Everything that may be chosen, with so much paid first, and by these paydays where some are named.
    #[must_use]
    pub fn offers(&self, down: Option<Money>, paydays: Option<Paydays>) -> Offers {
        offers(&self.terms, &self.facts, (down, paydays))
    }

    /// What was chosen.
    ///
    /// # Errors
    /// Every reason why it is not given.
    pub fn plan(&self, choice: Choice) -> Result<Plan, Vec<Refusal>> {
        plan(&self.terms, &self.facts, choice)
    }
}

/// What the rules need to know of an account that the door has found.
///
/// # Errors
/// `Policy`, or a fault.
pub fn open_desk(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Desk, ArrangementError> {
    let row = store::accounts::get(conn, account)?;
    let (version, policy) = policy(conn, on)?;
    let low_income = income::find_in_force(conn, account, on)?.map(|row| row.last_on());
    let open = open_items::list(conn, account)?;
    let entries: Vec<EntryId> = open.iter().map(|item| item.entry_id).collect();
    let disputed = disputes::list_open(conn, &entries)?;
    // A deposit has installments of its own.
    let deposits = deposits::list_asks(conn, &entries)?;
    let debt = |item: &open_items::OpenItem| {
        let in_dispute = disputed.get(&item.entry_id).copied().unwrap_or_default();
        let disputed = frozen(item.remaining, in_dispute);
        Debt {
            entry: item.entry_id,
            due_on: item.due_on,
            amount: item.remaining - disputed,
            disputed,
        }
    };
    let facts = Facts {
        is_active: row.status == AccountStatus::Active,
        debts: open
            .iter()
            .filter(|item| !deposits.contains(&item.entry_id))
            .map(debt)
            .filter(|debt| debt.amount.is_positive())
            .collect(),
        history: history(conn, account, on)?,
        has_returned: arrangements::has_returned(conn, account)?,
        bill_dues: arrangements::list_bill_dues(conn, account, on)?,
        today: on,
    };
    Ok(Desk {
        terms: policy.terms_of(row.class, low_income.is_some()),
        low_income,
        version,
        facts,
    })
}

/// Every extension and arrangement before; one of which everything is paid is kept, whether or not the clock has looked since.
fn history(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Vec<Past>, StoreError> {
    let mut history = arrangements::list_past(conn, account)?;
    let open = arrangements::list_open(conn, &[account])?;
    let paid: Vec<&ArrangementNumber> = open
        .iter()
        .filter(|one| one.cover.is_paid())
        .map(|one| &one.row.number)
        .collect();
    for past in &mut history {
        if paid.contains(&&past.number) {
            past.state = ArrangementState::Kept;
            past.ended_on = Some(on);
        }
    }
    Ok(history)
}

/// The policy in force on a day, and its version; zero for what ships.
fn policy(conn: &mut Conn, on: NaiveDate) -> Result<(i32, ArrangementPolicy), ArrangementError> {
    match policies::find_version(conn, POLICY, on)? {
        Some((version, document)) => {
            let policy = serde_json::from_str(&document).map_err(ArrangementError::Policy)?;
            Ok((version, policy))
        }
        None => Ok((0, ArrangementPolicy::default())),
    }
}

/// What somebody agrees to.
#[derive(Debug, Clone)]
pub struct NewArrangement {
    /// What makes it the same when it is sent again.
    pub request_key: String,
    /// For which account.
    pub account: AccountId,
    /// What was chosen.
    pub choice: Choice,
    /// The mark of the plan that was seen.
    pub seen: String,
    /// By which door.
    pub channel: ArrangementChannel,
    /// The words that were agreed to.
    pub agreement: String,
    /// Their language.
    pub language: Language,
}

/// Makes an extension or an arrangement, exactly as it was seen, and tells the customer. Sent again under its key it is the same one.
///
/// # Errors
/// `Refused` with every reason, `Changed` where it is no longer what was seen.
pub fn make(tx: &mut Tx<'_>, new: &NewArrangement) -> Result<ArrangementNumber, ArrangementError> {
    // Two at once are one after the other.
    store::ledger::lock(tx, &[new.account])?;
    match arrangements::find_by_key(tx, &new.request_key)? {
        Some(row) if row.account_id == new.account => return Ok(row.number),
        // Somebody else's key: as good as none of ours.
        Some(_) => return Err(StoreError::Missing("arrangement").into()),
        None => {}
    }
    clock::settle(tx, new.account)?;
    let on = tx.stamp.on;
    let desk = open_desk(tx, new.account, on)?;
    let plan = desk.plan(new.choice).map_err(ArrangementError::Refused)?;
    if plan.mark() != new.seen {
        return Err(ArrangementError::Changed);
    }
    let row = NewRow {
        request_key: &new.request_key,
        account_id: new.account,
        plan: &plan,
        channel: new.channel,
        agreement: &new.agreement,
        language: new.language,
        policy_version: desk.version,
    };
    let number = arrangements::insert(tx, &row)?;
    let row = arrangements::find(tx, &number)?.ok_or(StoreError::Missing("arrangement"))?;
    let facts = json!({
        "kind": plan.kind,
        "cents": plan.amount(),
        "installments": plan.mark(),
        "channel": new.channel,
        "policy": desk.version,
        "low_income": desk.low_income,
    });
    audit(tx, &row, "arrangement.made", facts)?;
    after_protection(tx, new.account)?;
    let agreement = new.agreement.clone();
    let news = ArrangementNews::Made { agreement };
    tell(tx, &row, Urgency::MustReach, &news)?;
    Ok(number)
}

/// The office ends one that is in force, with the reason: what it covered is due as before, and the clock of the late fee goes on from today.
///
/// # Errors
/// `WordsMissing`, `WordsTooLong`, `Ended` where it is not in force any more.
pub fn cancel(
    tx: &mut Tx<'_>,
    number: &ArrangementNumber,
    words: &str,
) -> Result<(), ArrangementError> {
    let words = words.trim();
    if words.is_empty() {
        return Err(ArrangementError::WordsMissing);
    }
    if words.chars().count() > LONGEST_WORDS {
        return Err(ArrangementError::WordsTooLong(LONGEST_WORDS));
    }
    let row = arrangements::find(tx, number)?.ok_or(StoreError::Missing("arrangement"))?;
    store::ledger::lock(tx, &[row.account_id])?;
    let open = arrangements::list_open(tx, &[row.account_id])?;
    let left = open
        .iter()
        .find(|open| open.row.id == row.id)
        .map(|open| open.cover.to_pay())
        .ok_or(ArrangementError::Ended)?;
    let news = ArrangementNews::Canceled {
        left,
        words: words.to_owned(),
    };
    end(tx, &row, (ArrangementState::Canceled, Some(words)), left)?;
    Ok(tell(tx, &row, Urgency::MustReach, &news)?)
}

/// Ends one that is open, with its audit row; nothing where it was ended meanwhile.
fn end(
    tx: &mut Tx<'_>,
    row: &ArrangementRow,
    (state, words): (ArrangementState, Option<&str>),
    left: Money,
) -> Result<bool, StoreError> {
    if !arrangements::mark_ended(tx, row.id, (state, words))? {
        return Ok(false);
    }
    let action = format!("arrangement.{state}");
    audit(
        tx,
        row,
        &action,
        json!({ "left_cents": left, "reason": words }),
    )?;
    Ok(true)
}

/// Tells whoever follows the account.
fn tell(
    tx: &mut Tx<'_>,
    row: &ArrangementRow,
    urgency: Urgency,
    news: &ArrangementNews,
) -> Result<(), StoreError> {
    notices::tell(tx, row.account_id, urgency, |reader| {
        told(reader, row, news.clone())
    })
}

fn told(reader: &Reader, row: &ArrangementRow, news: ArrangementNews) -> Notice {
    Notice::Arrangement(ArrangementTold {
        name: reader.name.clone(),
        account_number: reader.account_number.clone(),
        number: row.number.clone(),
        about: row.kind,
        news,
    })
}

fn audit(
    tx: &mut Tx<'_>,
    row: &ArrangementRow,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "arrangement",
        subject_id: row.number.to_string(),
        account_id: Some(row.account_id),
        facts,
    };
    store::audit::insert(tx, &deed)?;
    tx.touch(row.account_id);
    Ok(())
}
