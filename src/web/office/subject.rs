//! The account that a form of the office is about: who and where, and what is owed on it.

use crate::app::App;
use crate::domain::ids::AccountNumber;
use crate::domain::money::Money;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::open_items;
use crate::store::{ledger, payments};
use crate::web::PageError;

/// The account.
pub struct Subject {
    /// Who and where.
    pub label: AccountLabel,
    /// What is owed in all; negative where money is held.
    pub balance: Money,
    /// What is on its way.
    pub pending: Money,
    /// What is held for the customer.
    pub held: Money,
}

impl Subject {
    /// The address of its screen.
    pub fn address(&self) -> String {
        format!("/office/accounts/{}", self.label.number.as_str())
    }
}

/// The account with the number in the address, as it stands.
///
/// # Errors
/// `NotFound` where there is no such account, or a fault.
pub async fn find(app: &App, number: &str) -> Result<Subject, PageError> {
    let number: AccountNumber = number
        .parse()
        .map_err(|_not_a_number| PageError::NotFound)?;
    let today = app.clock.today();
    let read = move |conn: &mut Conn| {
        let id = labels::id_of(conn, &number)?.ok_or(StoreError::Missing("account"))?;
        let label = labels::of_accounts(conn, &[id], today)?.remove(&id);
        Ok::<_, StoreError>(Subject {
            label: label.ok_or(StoreError::Missing("account"))?,
            balance: ledger::balance(conn, id, None)?,
            pending: payments::pending(conn, &[id])?,
            held: open_items::list_held(conn, &[id])?
                .remove(&id)
                .unwrap_or_default(),
        })
    };
    Ok(app.db.read(read).await?)
}
