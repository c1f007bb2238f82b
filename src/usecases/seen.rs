//! What somebody at the office changes rests on what they saw when they opened the form. Where somebody else changed it meanwhile, nothing is
//! changed and what stands there now is handed back, so that the page can say so: the later form never overwrites unseen. Each of these holds
//! the row it is about before it looks.

use chrono::NaiveDate;

use crate::domain::agreement_facts::AgreementFacts;
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, CustomerId, OrderId, ServiceAgreementId, StaffId};
use crate::domain::orders::Slot as PartOfDay;
use crate::domain::own_texts::Slot;
use crate::store;
use crate::store::customers::CustomerRow;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::orders::OrderRow;
use crate::usecases::accounts::facts::change_facts;
use crate::usecases::accounts::names::{self, NameChange, NameError};
use crate::usecases::accounts::people::Person;
use crate::usecases::accounts::services::ServiceError;
use crate::usecases::accounts::settings::{Settings, SettingsError, change_settings, settings_of};
use crate::usecases::notice_texts::{NoticeTextError, current, write};
use crate::usecases::orders::{self, OrderError, Plan};

/// Why a form changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum Unseen<T: std::fmt::Debug, E: std::error::Error> {
    /// Somebody changed it after the form was opened; it is so now.
    #[error("it was changed since it was looked at")]
    ChangedSince(Box<T>),
    /// The change itself is refused, or a fault.
    #[error("{0}")]
    Refused(E),
}

impl<T: std::fmt::Debug, E: std::error::Error + From<StoreError>> From<StoreError>
    for Unseen<T, E>
{
    fn from(fault: StoreError) -> Self {
        Self::Refused(fault.into())
    }
}

/// When an order is to be worked, and by whom, as somebody saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenPlan {
    /// The day; nothing where none was set.
    pub day: Option<NaiveDate>,
    /// The part of the day.
    pub slot: PartOfDay,
    /// Who goes.
    pub assignee: Option<StaffId>,
}

impl SeenPlan {
    /// As an order stands.
    #[must_use]
    pub const fn of(row: &OrderRow) -> Self {
        Self {
            day: row.appointed_on,
            slot: row.slot,
            assignee: row.assignee_staff_id,
        }
    }
}

/// Words of one notice in the languages that it is written in, nothing where ours stand.
pub type Wording = Vec<(Language, Option<String>)>;

/// What is said of a customer.
fn person_of(row: CustomerRow) -> Person {
    Person {
        name: row.name,
        given_name: row.given_name,
        language: row.language,
        mailing_address: row.mailing_address,
    }
}

/// `names::change_person`, where it still stands as it was seen, or stands already as it is to be.
///
/// # Errors
/// `ChangedSince` with what stands there now, or why it is refused.
pub fn person(
    tx: &mut Tx<'_>,
    (account, customer): (AccountId, CustomerId),
    (seen, (new, why)): (Option<&Person>, (&Person, &NameChange)),
) -> Result<(), Unseen<Person, NameError>> {
    store::contact_points::lock(tx, customer)?;
    let now = person_of(store::parts::get_customer(tx, customer)?);
    if seen.is_some_and(|seen| !seen.is_same(&now)) && !new.is_same(&now) {
        return Err(Unseen::ChangedSince(Box::new(now)));
    }
    names::change_person(tx, (account, customer), new, why).map_err(Unseen::Refused)
}

/// `change_settings` by the office, where they still stand as they were seen.
///
/// # Errors
/// `ChangedSince` with the settings as they are, or why it is refused.
pub fn settings(
    tx: &mut Tx<'_>,
    account: AccountId,
    (seen, new): (Option<Settings>, Settings),
) -> Result<(), Unseen<Settings, SettingsError>> {
    store::ledger::lock(tx, &[account])?;
    let now = settings_of(&store::accounts::get(tx, account)?);
    if seen.is_some_and(|seen| seen != now) && new != now {
        return Err(Unseen::ChangedSince(Box::new(now)));
    }
    change_settings(tx, account, new, None).map_err(Unseen::Refused)
}

/// `orders::plan`, where the order is still planned as it was seen, or already as it is to be.
///
/// # Errors
/// `ChangedSince` with the plan as it is, or why it is refused.
pub fn plan(
    tx: &mut Tx<'_>,
    id: OrderId,
    (seen, new): (Option<SeenPlan>, &Plan),
) -> Result<(), Unseen<SeenPlan, OrderError>> {
    let now = SeenPlan::of(&orders::open(tx, id).map_err(Unseen::Refused)?);
    let planned = SeenPlan {
        day: new.day,
        slot: new.slot.unwrap_or(now.slot),
        assignee: new.assignee,
    };
    if seen.is_some_and(|seen| seen != now) && planned != now {
        return Err(Unseen::ChangedSince(Box::new(now)));
    }
    orders::plan(tx, id, new).map_err(Unseen::Refused)
}

/// `change_facts`, where so many changes are written down as were seen, or what is to count does already.
///
/// # Errors
/// `ChangedSince` with how many there are by now, or why it is refused.
pub fn facts(
    tx: &mut Tx<'_>,
    (account, id): (AccountId, ServiceAgreementId),
    (seen, new): (Option<usize>, (NaiveDate, &AgreementFacts)),
) -> Result<(), Unseen<usize, ServiceError>> {
    store::ledger::lock(tx, &[account])?;
    let now = store::agreement_facts::list(tx, &[id])?.len();
    if seen.is_some_and(|seen| seen != now) && !counts_already(tx, id, new)? {
        return Err(Unseen::ChangedSince(Box::new(now)));
    }
    change_facts(tx, account, id, new).map_err(Unseen::Refused)
}

fn counts_already(
    tx: &mut Tx<'_>,
    id: ServiceAgreementId,
    (from_on, facts): (NaiveDate, &AgreementFacts),
) -> Result<bool, StoreError> {
    let Some(row) = store::service::find(tx, id)? else {
        return Ok(false);
    };
    let dated = store::agreement_facts::of(tx, (id, &row.facts))?;
    Ok(dated.on(from_on).is_same(facts))
}

/// Words of a notice in each language, where they still stand as they were seen.
///
/// # Errors
/// `ChangedSince` with the words as they are, or why they are refused.
pub fn wording(
    tx: &mut Tx<'_>,
    slot: &Slot<'_>,
    (seen, new): (Option<&Wording>, &Wording),
) -> Result<(), Unseen<Wording, NoticeTextError>> {
    let all = current(tx)?;
    let words = |language: &Language| {
        let found = all.find(*language, slot.key);
        found.map(|words| words.plain().to_owned())
    };
    let now: Wording = new
        .iter()
        .map(|(language, _)| (*language, words(language)))
        .collect();
    if seen.is_some_and(|seen| *seen != now) && *new != now {
        return Err(Unseen::ChangedSince(Box::new(now)));
    }
    new.iter().try_for_each(|(language, words)| {
        write(tx, slot, *language, words.as_deref()).map_err(Unseen::Refused)
    })
}
