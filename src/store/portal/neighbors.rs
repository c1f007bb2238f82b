//! What the homes of one bill run used: amounts alone, never whose.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::domain::accounts::AccountClass;
use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, BillId, BillRunId};
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::accounts::in_scope;
use crate::store::schema::{accounts, bill_cancellations, bill_segments, bills};
use crate::store::sql_types::Exact;

/// The bill run in which homes like this one were billed; nothing where the bill's account is no home, or the bill is of no run.
pub fn find_run(
    conn: &mut Conn,
    (scope, account): (&Scope, AccountId),
    bill: BillId,
) -> Result<Option<BillRunId>, StoreError> {
    let of_bill: Option<Option<BillRunId>> = bills::table
        .inner_join(accounts::table)
        .filter(bills::id.eq(bill))
        .filter(bills::account_id.eq(in_scope(scope, account)?))
        .filter(accounts::class.eq(AccountClass::Residential))
        .select(bills::run_id)
        .first(conn)
        .optional()?;
    Ok(of_bill.flatten())
}

/// What every home of a run used of a commodity, in a unit. Answers a row per bill: ask once per run.
pub fn list_used(
    conn: &mut Conn,
    run: BillRunId,
    (commodity, unit): (Commodity, Unit),
) -> Result<Vec<Quantity>, StoreError> {
    let rows: Vec<(AccountId, Option<Exact>, Option<Unit>)> = bills::table
        .inner_join(accounts::table)
        .inner_join(bill_segments::table)
        .left_join(bill_cancellations::table)
        .filter(bills::run_id.eq(run))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bill_cancellations::bill_id.is_null())
        .filter(accounts::class.eq(AccountClass::Residential))
        .filter(bill_segments::commodity.eq(commodity))
        .select((
            bills::account_id,
            bill_segments::quantity,
            bill_segments::unit,
        ))
        .load(conn)?;
    let mut used: BTreeMap<AccountId, Quantity> = BTreeMap::new();
    for (account, amount, counted_in) in rows {
        let told = amount.zip(counted_in).and_then(|(amount, counted_in)| {
            let counted = Quantity {
                amount: amount.0,
                unit: counted_in,
            };
            counted.to(unit)
        });
        let Some(told) = told else { continue };
        used.entry(account)
            .and_modify(|sum| sum.amount += told.amount)
            .or_insert(told);
    }
    Ok(used.into_values().collect())
}
