//! What the weather is asked about of accounts: how each is served, and where.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::accounts::AccountClass;
use crate::domain::ids::AccountId;
use crate::domain::premises::Commodity;
use crate::domain::shutoff::Exposed;
use crate::store::dated::served_on;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::schema::{accounts, premises, service_agreements, service_points};

/// What the weather is asked about of these accounts on a day; those that are not served are left out. One query.
pub fn list(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<BTreeMap<AccountId, Exposed>, StoreError> {
    let rows: Vec<(AccountId, AccountClass, Commodity, String)> = service_agreements::table
        .inner_join(service_points::table.inner_join(premises::table))
        .inner_join(accounts::table)
        .filter(service_agreements::account_id.among(ids))
        .filter(served_on(on))
        .order(service_agreements::id)
        .select((
            service_agreements::account_id,
            accounts::class,
            service_points::commodity,
            premises::state,
        ))
        .load(conn)?;
    let mut found: BTreeMap<AccountId, Exposed> = BTreeMap::new();
    for (account, class, commodity, state) in rows {
        let one = found.entry(account).or_insert_with(|| Exposed {
            class,
            services: Vec::new(),
            states: Vec::new(),
        });
        one.services.push(commodity);
        one.states.push(state.trim().to_uppercase());
    }
    Ok(found)
}
