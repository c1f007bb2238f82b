//! Who may be in the books twice, and what each of two customers has: read in a fixed number of queries.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::domain::duplicates::{Pair, pairs};
use crate::domain::holds::HoldKind;
use crate::domain::ids::{AccountId, AccountNumber, CustomerId};
use crate::store::coming_addresses::{self, ComingRow};
use crate::store::customers::CustomerRow;
use crate::store::db::Conn;
use crate::store::duplicates;
use crate::store::error::StoreError;
use crate::store::merges::{self, PartOf, SignIn};
use crate::store::parts::{self, ContactRow, FormerRow};

/// Two customers who may be one, by name.
#[derive(Debug, Clone)]
pub struct Found {
    /// Who, and what they have in common.
    pub pair: Pair,
    /// What each is called, the one written down first before the other.
    pub names: (String, String),
    /// Whether somebody said that they are two.
    pub is_apart: bool,
}

/// Everything that a customer has.
#[derive(Debug, Clone)]
pub struct Side {
    /// What is said of them.
    pub customer: CustomerRow,
    /// Whom they became one with.
    pub merged_into: Option<CustomerId>,
    /// What they are to accounts, present and past.
    pub parts: Vec<PartOf>,
    /// How they are reached.
    pub contacts: Vec<ContactRow>,
    /// What they were called before.
    pub former: Vec<FormerRow>,
    /// Where mail goes from a day to come.
    pub coming: Option<ComingRow>,
    /// The sign-ins that their accounts are open to.
    pub sign_ins: Vec<SignIn>,
    /// What their accounts are held for.
    pub holds: Vec<(AccountNumber, HoldKind)>,
    /// How many notes their accounts have.
    pub notes: i64,
}

/// Customers who may be in the books twice, those that somebody said are two only where they are asked for.
///
/// # Errors
/// A fault.
pub fn find(conn: &mut Conn, with_apart: bool) -> Result<Vec<Found>, StoreError> {
    let all = duplicates::list_customers(conn)?;
    let marks = duplicates::list_marks(conn)?;
    let apart = duplicates::list_apart(conn)?;
    let names: HashMap<CustomerId, &str> =
        all.iter().map(|one| (one.id, one.name.as_str())).collect();
    let name = |id: CustomerId| names.get(&id).copied().unwrap_or_default().to_owned();
    let found = pairs(&all, &marks, &apart).into_iter().map(|pair| Found {
        names: (name(pair.one), name(pair.other)),
        is_apart: apart.contains(&(pair.one, pair.other)),
        pair,
    });
    Ok(found.filter(|one| with_apart || !one.is_apart).collect())
}

/// What a customer has on a day.
///
/// # Errors
/// That there is no such customer, or a fault.
pub fn side(conn: &mut Conn, id: CustomerId, on: NaiveDate) -> Result<Side, StoreError> {
    let customer = parts::get_customer(conn, id)?;
    let all = merges::list_parts(conn, &[id])?;
    let accounts: BTreeSet<AccountId> = all.iter().map(|part| part.account_id).collect();
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    let held = merges::list_holds(conn, &accounts, on)?;
    let notes = merges::count_notes(conn, &accounts)?;
    Ok(Side {
        merged_into: merges::merged_into(conn, id)?,
        contacts: parts::list_contacts(conn, &[id])?,
        former: parts::list_former(conn, &[id])?,
        coming: coming_addresses::find(conn, id)?,
        sign_ins: merges::list_sign_ins(conn, &accounts, on)?,
        holds: held
            .into_iter()
            .map(|(_, number, kind)| (number, kind))
            .collect(),
        notes: notes.into_iter().map(|(_, count)| count).sum(),
        parts: all,
        customer,
    })
}
