//! What was paid on an account in scope.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, PaymentNumber};
use crate::domain::money::Money;
use crate::domain::payments::{PaymentState, Tender};
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::accounts::in_scope;
use crate::store::schema::payments;

/// A payment, as the home page lists it.
#[derive(Debug, Clone, Queryable)]
pub struct Paid {
    /// The number on its receipt.
    pub number: PaymentNumber,
    /// How much.
    pub amount: Money,
    /// The instrument.
    pub tender: Tender,
    /// What a person knows it by.
    pub tender_label: Option<String>,
    /// Where it stands.
    pub state: PaymentState,
    /// The day it was made.
    pub on: NaiveDate,
}

/// The latest payments that were made or are on their way, newest first.
pub fn list_payments(
    conn: &mut Conn,
    scope: &Scope,
    account: AccountId,
    limit: i64,
) -> Result<Vec<Paid>, StoreError> {
    Ok(payments::table
        .filter(payments::account_id.eq(in_scope(scope, account)?))
        .filter(payments::state.ne_all([PaymentState::Requested, PaymentState::Canceled]))
        .order((payments::requested_on.desc(), payments::id.desc()))
        .limit(limit)
        .select((
            payments::number,
            payments::amount_cents,
            payments::tender,
            payments::tender_label,
            payments::state,
            payments::requested_on,
        ))
        .load(conn)?)
}
