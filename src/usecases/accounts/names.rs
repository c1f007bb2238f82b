//! Somebody is called otherwise: because the name was written wrong, or because it changed by law from a day on. What they were called is kept
//! either way and still finds them; bills that were issued keep the name they were issued under.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::ids::{AccountId, CustomerId};
use crate::domain::responsibility::NameChangeKind;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::name_changes::{self, NewNameChange};
use crate::store::parts;
use crate::usecases::accounts::people::{self, PeopleError, Person};

/// The longest words about a document, in characters.
pub const LONGEST_DOCUMENT: usize = 500;

/// Why a name was not changed.
#[derive(Debug, thiserror::Error)]
pub enum NameError {
    /// A change by law has its first day, today at the latest.
    #[error("the day of the change is missing or still to come")]
    DayMissing,
    /// A change by law is shown by a document.
    #[error("the document is missing")]
    DocumentMissing,
    /// More words than are kept.
    #[error("at most {LONGEST_DOCUMENT} letters")]
    DocumentTooLong,
    /// What is said of the person cannot be.
    #[error(transparent)]
    Person(#[from] PeopleError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Why a name is another.
#[derive(Debug, Clone)]
pub struct NameChange {
    /// A correction, or a change by law.
    pub kind: NameChangeKind,
    /// First day of a change by law.
    pub from_on: Option<NaiveDate>,
    /// Which document says so.
    pub document: String,
}

/// Changes what is said of a customer, and says why where the name is among it.
///
/// # Errors
/// `DayMissing`, `DocumentMissing`, `DocumentTooLong`, what is wrong about the person, or a fault.
pub fn change_person(
    tx: &mut Tx<'_>,
    (account, customer): (AccountId, CustomerId),
    person: &Person,
    why: &NameChange,
) -> Result<(), NameError> {
    people::part_of(tx, account, customer)?;
    let old = parts::get_customer(tx, customer)?;
    let (before, now) = (old.name.as_str(), person.name.trim());
    if before == now {
        return Ok(people::change_person(tx, account, customer, person)?);
    }
    let today = tx.stamp.on;
    let document = why.document.trim();
    if document.chars().count() > LONGEST_DOCUMENT {
        return Err(NameError::DocumentTooLong);
    }
    let from_on = match why.kind {
        NameChangeKind::Correction => today,
        NameChangeKind::Legal => {
            let day = why.from_on.filter(|day| *day <= today);
            day.ok_or(NameError::DayMissing)?
        }
    };
    if why.kind == NameChangeKind::Legal && document.is_empty() {
        return Err(NameError::DocumentMissing);
    }
    people::change_person(tx, account, customer, person)?;
    let new = NewNameChange {
        customer,
        account,
        kind: why.kind,
        names: (before, now),
        from_on,
        document,
    };
    name_changes::insert_name(tx, &new)?;
    let facts = json!({ "customer": customer, "kind": why.kind, "from": from_on });
    Ok(people::record(tx, account, "customer.renamed", facts)?)
}
