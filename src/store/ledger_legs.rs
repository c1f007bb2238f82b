//! Legs and what stands on debts, of many entries at once: what a bulk change of the ledger reads. A fixed number of queries.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::allocation::Part;
use crate::domain::entries::Standing;
use crate::domain::gl::{FundCode, GlCode};
use crate::domain::ids::EntryId;
use crate::domain::ledger::{LegId, Posting};
use crate::domain::money::Money;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
use crate::store::schema::{ledger_applications, ledger_postings};

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

type LegRow = (EntryId, GlCode, FundCode, Money, Option<NaiveDate>);

/// The legs of entries, in their places.
pub fn list_postings(
    conn: &mut Conn,
    entries: &[EntryId],
) -> Result<BTreeMap<EntryId, Vec<Posting>>, StoreError> {
    let mut by_entry: BTreeMap<EntryId, Vec<Posting>> = BTreeMap::new();
    for some in entries.chunks(LIST) {
        let legs: Vec<LegRow> = ledger_postings::table
            .filter(ledger_postings::entry_id.eq_any(some))
            .order((ledger_postings::entry_id, ledger_postings::position))
            .select((
                ledger_postings::entry_id,
                ledger_postings::gl_account,
                ledger_postings::fund,
                ledger_postings::amount_cents,
                ledger_postings::due_on,
            ))
            .load(conn)?;
        for (entry, gl, fund, amount, due_on) in legs {
            by_entry.entry(entry).or_default().push(Posting {
                gl,
                fund,
                amount,
                due_on,
            });
        }
    }
    Ok(by_entry)
}

/// The credits that stand on the debts of entries.
pub fn list_standing_on(
    conn: &mut Conn,
    debits: &[EntryId],
) -> Result<BTreeMap<EntryId, Vec<Standing>>, StoreError> {
    use ledger_applications as of;
    let legs = list_postings(conn, debits)?;
    let fund_of = |entry: EntryId, position: i32| {
        let place = usize::try_from(position).ok()?;
        Some(legs.get(&entry)?.get(place)?.fund.clone())
    };
    let mut found: BTreeMap<EntryId, Vec<Standing>> = BTreeMap::new();
    for some in debits.chunks(LIST) {
        let sums: Vec<(EntryId, i32, EntryId, Option<i64>)> = of::table
            .filter(of::debit_entry_id.eq_any(some))
            .group_by((of::debit_entry_id, of::debit_position, of::credit_entry_id))
            .order((of::debit_entry_id, of::credit_entry_id, of::debit_position))
            .select((
                of::debit_entry_id,
                of::debit_position,
                of::credit_entry_id,
                sum_i64(of::amount_cents),
            ))
            .load(conn)?;
        for (entry, position, credit, cents) in sums {
            let amount = Money::from_cents(cents.unwrap_or_default());
            if amount.is_zero() {
                continue;
            }
            let fund =
                fund_of(entry, position).ok_or(StoreError::Missing("leg of an application"))?;
            let leg = LegId { entry, position };
            found.entry(entry).or_default().push(Standing {
                credit,
                part: Part { leg, fund, amount },
            });
        }
    }
    Ok(found)
}
