//! Where a customer's mail goes from a day on: changed at once, or waiting for a day to come, on which the clock changes it. What was true before
//! stays to be read, as with every other change of a customer.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::customers::ADDRESS_LINES;
use crate::domain::ids::{AccountId, CustomerId};
use crate::store::coming_addresses::{self, ComingRow};
use crate::store::contact_points;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::parts;
use crate::usecases::accounts::people::{
    PeopleError, Person, change_person, followed, part_of, record,
};

/// How many addresses one transaction puts in place.
pub const CHUNK: i64 = 100;

/// Sends a customer's mail to an address from a day on, or to the place served where there are no lines. One that waits for a later day takes the
/// place of what waited before. The same once more changes nothing; says whether anything was new.
///
/// # Errors
/// `AddressTooLong`, that the customer has no part on the account, or a fault.
pub fn send_mail_to(
    tx: &mut Tx<'_>,
    (account, customer): (AccountId, CustomerId),
    from_on: NaiveDate,
    lines: Option<&str>,
) -> Result<bool, PeopleError> {
    part_of(tx, account, customer)?;
    let lines = lines.map(str::trim).filter(|lines| !lines.is_empty());
    if lines.is_some_and(|lines| lines.lines().count() > ADDRESS_LINES) {
        return Err(PeopleError::AddressTooLong);
    }
    let waiting = coming_addresses::find(tx, customer)?;
    if from_on <= tx.stamp.on {
        let was_waiting = waiting.is_some() && coming_addresses::remove(tx, customer)?;
        let old = parts::get_customer(tx, customer)?.mailing_address;
        change_address(tx, (account, customer), lines)?;
        return Ok(was_waiting || old.as_deref() != lines);
    }
    let is_same =
        |row: &ComingRow| (row.from_on, row.mailing_address.as_deref()) == (from_on, lines);
    if waiting.as_ref().is_some_and(is_same) {
        return Ok(false);
    }
    let old = parts::get_customer(tx, customer)?.mailing_address;
    if waiting.is_none() && old.as_deref() == lines {
        return Ok(false);
    }
    coming_addresses::replace(tx, (account, customer), from_on, lines)?;
    followed(tx, customer)?;
    let facts = json!({ "customer": customer, "from": from_on });
    record(tx, account, "customer.address_coming", facts)?;
    Ok(true)
}

/// Takes back an address that waits for its day. Safe to repeat.
///
/// # Errors
/// That the customer has no part on the account, or a fault.
pub fn keep_address(
    tx: &mut Tx<'_>,
    account: AccountId,
    customer: CustomerId,
) -> Result<(), PeopleError> {
    part_of(tx, account, customer)?;
    if !coming_addresses::remove(tx, customer)? {
        return Ok(());
    }
    followed(tx, customer)?;
    let facts = json!({ "customer": customer });
    record(tx, account, "customer.address_kept", facts)
}

/// Puts in place the addresses whose day has come, as many as one transaction does. Says how many those were.
///
/// # Errors
/// A fault.
pub fn put_in_place(tx: &mut Tx<'_>) -> Result<usize, PeopleError> {
    let on = tx.stamp.on;
    let due = coming_addresses::list_due(tx, on, CHUNK)?;
    // In one order, so that two who hold several customers never wait for each other.
    let held: BTreeSet<CustomerId> = due.iter().map(|row| row.customer_id).collect();
    for customer in held {
        contact_points::lock(tx, customer)?;
    }
    for row in &due {
        // What a merge gave to somebody else meanwhile is put in place with theirs, in the next round.
        if !coming_addresses::remove(tx, row.customer_id)? {
            continue;
        }
        let of = (row.account_id, row.customer_id);
        let why = match part_of(tx, of.0, of.1) {
            Ok(()) => match change_address(tx, of, row.mailing_address.as_deref()) {
                Ok(()) => continue,
                Err(PeopleError::Fault(fault)) => return Err(fault.into()),
                // One that cannot be written holds up nobody else's.
                Err(refused) => refused.to_string(),
            },
            // Whoever left the account meanwhile keeps the address that they have.
            Err(StoreError::Missing(what)) => format!("no {what}"),
            Err(fault) => return Err(fault.into()),
        };
        let facts = json!({ "customer": row.customer_id, "from": row.from_on, "why": why });
        record(tx, row.account_id, "customer.address_not_changed", facts)?;
    }
    Ok(due.len())
}

fn change_address(
    tx: &mut Tx<'_>,
    (account, customer): (AccountId, CustomerId),
    lines: Option<&str>,
) -> Result<(), PeopleError> {
    let old = parts::get_customer(tx, customer)?;
    let person = Person {
        name: old.name,
        given_name: old.given_name,
        language: old.language,
        mailing_address: lines.map(str::to_owned),
    };
    change_person(tx, account, customer, &person)
}
