//! What is out, or will soon be, at the place of an account in scope.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::AccountId;
use crate::domain::outages::OutageStatus;
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::outages::OutageRow;
use crate::store::portal::accounts::in_scope;
use crate::store::schema::{outage_accounts, outages};

/// What goes on and what is planned to begin before an instant.
pub fn list_ahead(
    conn: &mut Conn,
    (scope, account): (&Scope, AccountId),
    before: NaiveDateTime,
) -> Result<Vec<OutageRow>, StoreError> {
    let is_ahead = outages::status
        .eq(OutageStatus::Planned)
        .and(outages::begins_at.lt(before));
    Ok(outages::table
        .inner_join(outage_accounts::table)
        .filter(outage_accounts::account_id.eq(in_scope(scope, account)?))
        .filter(outages::status.eq(OutageStatus::GoingOn).or(is_ahead))
        .order((outages::begins_at, outages::id))
        .select(OutageRow::as_select())
        .load(conn)?)
}
