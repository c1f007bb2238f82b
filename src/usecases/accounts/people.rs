//! The people on an account: what they are called, how they are reached, which part they have. What was true before stays to be read: every
//! part and contact has its dates, and a customer's earlier names are kept.

use chrono::{Days, NaiveDate, NaiveDateTime};
use serde_json::json;

use crate::domain::accounts::AccountRole;
use crate::domain::customers::{
    ADDRESS_LINES, ContactKind, ContactRefused, CustomerKind, Language, check_contact, search_value,
};
use crate::domain::ids::{AccountId, AccountRoleId, ContactPointId, CustomerId, PremiseId};
use crate::store;
use crate::store::accounts::NewAccountRole;
use crate::store::audit::Deed;
use crate::store::bulk::reserve;
use crate::store::customers::{CustomerRow, NewContactPoint};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::parts::{self, PartRow};
use crate::usecases::{guests, merges};

/// Why nothing was changed about somebody.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// A customer has a name.
    #[error("the name is missing")]
    NameMissing,
    /// What was written is no address or number.
    #[error(transparent)]
    Contact(#[from] ContactRefused),
    /// The customer is reached so already.
    #[error("the contact is there already")]
    ContactKnown,
    /// The customer has this part already.
    #[error("the part is there already")]
    PartKnown,
    /// An account has a customer that its bill is addressed to: another takes over, but nobody is not enough.
    #[error("the bill must be addressed to somebody")]
    MainStays,
    /// The part begins before the account does, or later than today.
    #[error("the day is outside of the account's time")]
    OutsideOfAccount,
    /// A landlord rents out a place, and of several it is not said which.
    #[error("the place that the landlord rents out is missing")]
    PlaceMissing,
    /// An address has more lines than the window of an envelope shows.
    #[error("an address has at most {ADDRESS_LINES} lines")]
    AddressTooLong,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl PeopleError {
    /// As a fault, where what was asked for cannot be refused.
    pub(in crate::usecases) fn fault(self) -> StoreError {
        if let Self::Fault(fault) = self {
            fault
        } else {
            StoreError::Unreadable(self.to_string())
        }
    }
}

/// What is said of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The full name.
    pub name: String,
    /// What a letter begins with.
    pub given_name: Option<String>,
    /// The language they read.
    pub language: Language,
    /// Where paper goes when not to the premise.
    pub mailing_address: Option<String>,
}

impl Person {
    /// Whether the same is said, however its lines end.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let lines = |person: &Self| -> Vec<String> {
            let mailing = person.mailing_address.as_deref().unwrap_or_default();
            let lines = mailing.trim().lines();
            lines.map(|line| line.trim().to_owned()).collect()
        };
        let given = |person: &Self| person.given_name.clone().unwrap_or_default();
        self.name.trim() == other.name.trim()
            && given(self) == given(other)
            && self.language == other.language
            && lines(self) == lines(other)
    }
}

/// Who takes a part on an account.
#[derive(Debug, Clone)]
pub enum Whom {
    /// Somebody we know.
    Known(CustomerId),
    /// Somebody new.
    New(CustomerKind, Person),
}

/// Changes what is said of a customer who has a part on the account; what was said before is kept. Saying the same again changes nothing.
///
/// # Errors
/// `NameMissing`, that the customer has no part on the account, or a fault.
pub fn change_person(
    tx: &mut Tx<'_>,
    account: AccountId,
    customer: CustomerId,
    person: &Person,
) -> Result<(), PeopleError> {
    if person.name.trim().is_empty() {
        return Err(PeopleError::NameMissing);
    }
    part_of(tx, account, customer)?;
    let old = parts::get_customer(tx, customer)?;
    if old.mailing_address != person.mailing_address {
        check_address(person)?;
    }
    let new = CustomerRow {
        name: person.name.trim().to_owned(),
        given_name: person.given_name.clone(),
        language: person.language,
        mailing_address: person.mailing_address.clone(),
        ..old.clone()
    };
    let changed: Vec<&str> = [
        ("name", old.name != new.name),
        ("given_name", old.given_name != new.given_name),
        ("language", old.language != new.language),
        (
            "mailing_address",
            old.mailing_address != new.mailing_address,
        ),
    ]
    .into_iter()
    .filter_map(|(field, is_other)| is_other.then_some(field))
    .collect();
    if changed.is_empty() {
        return Ok(());
    }
    parts::replace_customer(tx, &new)?;
    followed(tx, customer)?;
    let facts = json!({ "customer": customer, "changed": changed });
    record(tx, account, "customer.changed", facts)
}

/// Adds a way to reach a customer, from today on.
///
/// # Errors
/// `Contact` for what is no address or number, `ContactKnown`, or a fault.
pub fn add_contact(
    tx: &mut Tx<'_>,
    account: AccountId,
    customer: CustomerId,
    (kind, value): (ContactKind, &str),
) -> Result<(), PeopleError> {
    let value = check_contact(kind, value)?;
    part_of(tx, account, customer)?;
    let search = search_value(kind, &value);
    let known = parts::list_contacts(tx, &[customer])?;
    let is_same = |row: &&parts::ContactRow| {
        row.until_on.is_none() && row.kind == kind && search_value(kind, &row.value) == search
    };
    if known.iter().any(|row| is_same(&row)) {
        return Err(PeopleError::ContactKnown);
    }
    let new = NewContactPoint {
        customer_id: customer,
        kind,
        value,
        search_value: search,
        verified_at: None,
        from_on: tx.stamp.on,
        until_on: None,
    };
    store::customers::insert_contact_points(tx, &[new])?;
    followed(tx, customer)?;
    let facts = json!({ "customer": customer, "kind": kind });
    record(tx, account, "contact.added", facts)
}

/// Ends a way to reach a customer today. Safe to repeat.
///
/// # Errors
/// That the customer has no such contact or no part on the account, or a fault.
pub fn end_contact(
    tx: &mut Tx<'_>,
    account: AccountId,
    customer: CustomerId,
    contact: ContactPointId,
) -> Result<(), PeopleError> {
    part_of(tx, account, customer)?;
    let on = tx.stamp.on;
    let known = parts::list_contacts(tx, &[customer])?;
    let row = known.iter().find(|row| row.id == contact);
    let row = row.ok_or(StoreError::Missing("contact"))?;
    if row.until_on.is_some() {
        return Ok(());
    }
    parts::mark_contact_ended(tx, contact, on)?;
    followed(tx, customer)?;
    let facts = json!({ "customer": customer, "kind": row.kind });
    record(tx, account, "contact.ended", facts)
}

/// Gives somebody a part on the account from a day on. A new main customer takes over from the one before on that day, but not whom the one
/// before had invited: they are told that it ended. A landlord is noted for the only place of the account.
///
/// # Errors
/// `NameMissing`, `PartKnown`, `OutsideOfAccount`, `PlaceMissing` for a landlord where the account has no place or several, or a fault.
pub fn add_part(
    tx: &mut Tx<'_>,
    account: AccountId,
    (role, whom): (AccountRole, &Whom),
    days: (NaiveDate, NaiveDateTime),
) -> Result<CustomerId, PeopleError> {
    if role != AccountRole::Landlord {
        return take_part(tx, account, (role, None, whom), days);
    }
    match store::premises::list_served(tx, account)?.as_slice() {
        [only] => take_part(tx, account, (role, Some(*only), whom), days),
        _none_or_several => Err(PeopleError::PlaceMissing),
    }
}

/// Notes somebody as the landlord of one of the account's places from a day on.
///
/// # Errors
/// As of `add_part`; that the account was never served at the place.
pub fn note_landlord(
    tx: &mut Tx<'_>,
    account: AccountId,
    (premise, whom): (PremiseId, &Whom),
    days: (NaiveDate, NaiveDateTime),
) -> Result<CustomerId, PeopleError> {
    if !store::premises::list_served(tx, account)?.contains(&premise) {
        return Err(StoreError::Missing("place").into());
    }
    let part = (AccountRole::Landlord, Some(premise), whom);
    take_part(tx, account, part, days)
}

fn take_part(
    tx: &mut Tx<'_>,
    account: AccountId,
    (role, premise_id, whom): (AccountRole, Option<PremiseId>, &Whom),
    (from_on, now): (NaiveDate, NaiveDateTime),
) -> Result<CustomerId, PeopleError> {
    let (row, on) = (store::accounts::get(tx, account)?, tx.stamp.on);
    if from_on < row.opened_on || from_on > on {
        return Err(PeopleError::OutsideOfAccount);
    }
    let present = present(tx, account)?;
    let customer = match whom {
        Whom::Known(id) => merges::survivor(tx, *id)?,
        Whom::New(kind, person) => insert_person(tx, *kind, person)?,
    };
    let holds = |part: &&PartRow| {
        let place = part.place.as_ref().map(|(premise, _)| *premise);
        part.role == role && part.customer.id == customer && place == premise_id
    };
    if present.iter().any(|part| holds(&part)) {
        return Err(PeopleError::PartKnown);
    }
    let takes_over = role == AccountRole::Main;
    let before = present
        .iter()
        .filter(|part| takes_over && part.role == role)
        .collect::<Vec<_>>();
    for part in &before {
        if from_on <= part.from_on {
            return Err(PeopleError::OutsideOfAccount);
        }
        parts::mark_ended(tx, part.id, from_on)?;
    }
    let new = NewAccountRole {
        account_id: account,
        customer_id: customer,
        role,
        from_on,
        until_on: None,
        premise_id,
    };
    store::accounts::insert_roles(tx, &[new])?;
    followed(tx, customer)?;
    let facts =
        json!({ "customer": customer, "role": role, "from": from_on, "premise": premise_id });
    record(tx, account, "part.added", facts)?;
    if !before.is_empty() {
        guests::end_all(tx, account, now)?;
    }
    Ok(customer)
}

/// Ends somebody's part on the account on a day.
///
/// # Errors
/// `MainStays` for the customer the bill is addressed to, `OutsideOfAccount` for a day to come, or a fault.
pub fn end_part(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: AccountRoleId,
    until_on: NaiveDate,
) -> Result<(), PeopleError> {
    let present = present(tx, account)?;
    let Some(part) = present.iter().find(|part| part.id == id) else {
        return Err(StoreError::Missing("part").into());
    };
    if part.role == AccountRole::Main {
        return Err(PeopleError::MainStays);
    }
    if until_on > tx.stamp.on {
        return Err(PeopleError::OutsideOfAccount);
    }
    // A part has at least its first day.
    let until_on = until_on.max(part.from_on + Days::new(1));
    parts::mark_ended(tx, id, until_on)?;
    store::search::index_account(tx, account)?;
    tx.touch(account);
    let facts = json!({ "customer": part.customer.id, "role": part.role, "until": until_on });
    record(tx, account, "part.ended", facts)
}

/// Under the name there is room for so many lines in the window of an envelope.
fn check_address(person: &Person) -> Result<(), PeopleError> {
    let lines = person
        .mailing_address
        .as_deref()
        .unwrap_or_default()
        .lines();
    if lines.count() > ADDRESS_LINES {
        return Err(PeopleError::AddressTooLong);
    }
    Ok(())
}

/// Records somebody new.
pub(in crate::usecases) fn insert_person(
    tx: &mut Tx<'_>,
    kind: CustomerKind,
    person: &Person,
) -> Result<CustomerId, PeopleError> {
    if person.name.trim().is_empty() {
        return Err(PeopleError::NameMissing);
    }
    check_address(person)?;
    let reserved = reserve(tx, "customers", 1)?.into_iter().next();
    let id = CustomerId(reserved.ok_or(StoreError::Missing("reserved id"))?);
    let row = CustomerRow {
        id,
        kind,
        name: person.name.trim().to_owned(),
        given_name: person.given_name.clone(),
        language: person.language,
        mailing_address: person.mailing_address.clone(),
        created_at: tx.stamp.at,
    };
    store::customers::insert_all_rows(tx, &[row])?;
    Ok(id)
}

fn present(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<PartRow>, StoreError> {
    let on = tx.stamp.on;
    let mut parts = parts::list(tx, account, on)?;
    parts.retain(|part| part.until_on.is_none_or(|until| until > on));
    Ok(parts)
}

/// Whoever has no part on the account is not changed by way of it: whoever became one with somebody has none. They are held until the transaction
/// ends, so that nobody merges them away meanwhile and leaves behind what is written now.
pub(super) fn part_of(
    tx: &mut Tx<'_>,
    account: AccountId,
    customer: CustomerId,
) -> Result<(), StoreError> {
    store::contact_points::lock(tx, customer)?;
    let present = present(tx, account)?;
    let has_part = present.iter().any(|part| part.customer.id == customer);
    has_part.then_some(()).ok_or(StoreError::Missing("part"))
}

/// The search and the open pages of every account of a customer follow a change.
pub(in crate::usecases) fn followed(
    tx: &mut Tx<'_>,
    customer: CustomerId,
) -> Result<(), StoreError> {
    let accounts = parts::list_accounts(tx, customer)?;
    for account in accounts {
        store::search::index_account(tx, account)?;
        tx.touch(account);
    }
    Ok(())
}

/// The audit names rows and fields, not what is personal in them.
pub(super) fn record(
    tx: &mut Tx<'_>,
    account: AccountId,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), PeopleError> {
    let number = store::accounts::get(tx, account)?.number;
    let deed = Deed {
        action,
        subject_kind: "account",
        subject_id: number.to_string(),
        account_id: Some(account),
        facts,
    };
    Ok(store::audit::insert(tx, &deed)?)
}
