//! What the homes of one bill run used: amounts alone, never whose.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::accounts::AccountClass;
use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, BillId, BillRunId};
use crate::domain::neighbors::Home;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::accounts::in_scope;
use crate::store::schema::{accounts, bill_cancellations, bill_segments, bills};
use crate::store::sql_types::Exact;

/// The bill run in which homes like this one were billed, and the days that the bill covers; nothing where the bill's account is no home, or
/// the bill is of no run.
pub fn find_run(
    conn: &mut Conn,
    (scope, account): (&Scope, AccountId),
    bill: BillId,
) -> Result<Option<(BillRunId, Period)>, StoreError> {
    let of_bill: Option<(Option<BillRunId>, NaiveDate, NaiveDate)> = bills::table
        .inner_join(accounts::table)
        .filter(bills::id.eq(bill))
        .filter(bills::account_id.eq(in_scope(scope, account)?))
        .filter(accounts::class.eq(AccountClass::Residential))
        .select((bills::run_id, bills::from_on, bills::until_on))
        .first(conn)
        .optional()?;
    Ok(of_bill.and_then(|(run, from, until)| Some((run?, Period { from, until }))))
}

/// What every home of a run used of a commodity, in a unit. Answers a row per bill: ask once per run.
pub fn list_used(
    conn: &mut Conn,
    run: BillRunId,
    (commodity, unit): (Commodity, Unit),
) -> Result<Vec<Home>, StoreError> {
    type Row = (
        AccountId,
        (NaiveDate, NaiveDate),
        Option<Exact>,
        Option<Unit>,
    );
    let rows: Vec<Row> = bills::table
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
            (bills::from_on, bills::until_on),
            bill_segments::quantity,
            bill_segments::unit,
        ))
        .load(conn)?;
    let mut homes: BTreeMap<AccountId, Home> = BTreeMap::new();
    for (account, (from, until), amount, counted_in) in rows {
        let told = amount.zip(counted_in).and_then(|(amount, counted_in)| {
            let counted = Quantity {
                amount: amount.0,
                unit: counted_in,
            };
            counted.to(unit)
        });
        let Some(told) = told else { continue };
        homes
            .entry(account)
            .and_modify(|home| home.used += told.amount)
            .or_insert(Home {
                period: Period { from, until },
                used: told.amount,
            });
    }
    Ok(homes.into_values().collect())
}
