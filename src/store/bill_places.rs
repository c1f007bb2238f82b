//! Whose bills are and where the places lie that they bill: by this the law leaves more or less time to pay.

use diesel::prelude::*;

use crate::domain::accounts::AccountClass;
use crate::domain::ids::BillId;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{
    accounts, bill_segments, bills, premises, service_agreements, service_points,
};

/// Whose a bill is, and where the place it serves lies.
#[derive(Debug, Clone, Queryable)]
pub struct BillPlace {
    /// The bill.
    pub bill_id: BillId,
    /// The class of its account.
    pub class: AccountClass,
    /// The state of a place it bills, two letters.
    pub state: String,
}

/// The class and the states of these bills: one row for each place that a bill serves.
pub fn list(conn: &mut Conn, ids: &[BillId]) -> Result<Vec<BillPlace>, StoreError> {
    Ok(bill_segments::table
        .inner_join(bills::table.inner_join(accounts::table))
        .inner_join(
            service_agreements::table.inner_join(service_points::table.inner_join(premises::table)),
        )
        .filter(bill_segments::bill_id.eq_any(ids))
        .filter(bills::id.eq_any(ids))
        .select((bills::id, accounts::class, premises::state))
        .distinct()
        .load(conn)?)
}
