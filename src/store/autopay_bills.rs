//! The bills that autopay looks at: those that nobody planned to charge yet, and those of which something is still owed.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date};

use crate::domain::autopay::BillToPay;
use crate::domain::ids::{AccountId, BillId, BillNumber, EnrolmentId};
use crate::domain::ledger::SourceKind;
use crate::store::any::native;
use crate::store::autopay::EnrolmentRow;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{
    autopay_enrolments, bill_cancellations, bills, ledger_entries, open_items,
};

/// A bill of an account in autopay that nobody planned to charge yet.
#[derive(Debug, Clone)]
pub struct Unplanned {
    /// The enrolment.
    pub enrolment: EnrolmentRow,
    /// The bill.
    pub bill_id: BillId,
    /// When it was issued and is due.
    pub bill: BillToPay,
}

/// A bill of which something is still owed.
#[derive(Debug, Clone)]
pub struct OpenBill {
    /// The row.
    pub id: BillId,
    /// Its number.
    pub number: BillNumber,
    /// When it was issued and is due.
    pub bill: BillToPay,
}

/// Bills of accounts in autopay, or of one of them, due since they joined, that nobody planned to charge yet.
pub fn list_unplanned(
    conn: &mut Conn,
    account: Option<AccountId>,
    limit: i64,
) -> Result<Vec<Unplanned>, StoreError> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = BigInt)]
        enrolment_id: EnrolmentId,
        #[diesel(sql_type = BigInt)]
        bill_id: BillId,
        #[diesel(sql_type = Date)]
        issued_on: NaiveDate,
        #[diesel(sql_type = Date)]
        due_on: NaiveDate,
    }
    let of_account = account.map_or_else(String::new, |id| format!("AND e.account_id = {id}"));
    let sql = format!(
        "SELECT e.id AS enrolment_id, b.id AS bill_id, b.issued_on AS issued_on, b.due_on AS due_on \
               FROM autopay_enrolments e JOIN bills b ON b.account_id = e.account_id \
               WHERE e.ended_at IS NULL {of_account} AND b.status = 'issued' AND b.issued_on IS NOT NULL AND b.due_on >= e.agreed_on \
                 AND NOT EXISTS (SELECT 1 FROM bill_cancellations x WHERE x.bill_id = b.id) \
                 AND NOT EXISTS (SELECT 1 FROM autopay_charges c WHERE c.enrolment_id = e.id AND c.bill_id = b.id) \
               ORDER BY b.id LIMIT $1"
    );
    let found: Vec<Found> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(limit)
        .load(c))?;
    let ids: Vec<EnrolmentId> = found.iter().map(|row| row.enrolment_id).collect();
    let enrolments: Vec<EnrolmentRow> = autopay_enrolments::table
        .filter(autopay_enrolments::id.eq_any(ids))
        .select(EnrolmentRow::as_select())
        .load(conn)?;
    let unplanned = found.into_iter().filter_map(|row| {
        let of = |enrolment: &&EnrolmentRow| enrolment.id == row.enrolment_id;
        Some(Unplanned {
            enrolment: enrolments.iter().find(of)?.clone(),
            bill_id: row.bill_id,
            bill: BillToPay {
                issued_on: row.issued_on,
                due_on: row.due_on,
            },
        })
    });
    Ok(unplanned.collect())
}

/// Whether a bill was taken back.
pub fn is_canceled(conn: &mut Conn, bill: BillId) -> Result<bool, StoreError> {
    let found: Option<BillId> = bill_cancellations::table
        .find(bill)
        .select(bill_cancellations::bill_id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// The bills of an account of which something is still owed, the earliest due first.
pub fn list_open_bills(conn: &mut Conn, account: AccountId) -> Result<Vec<OpenBill>, StoreError> {
    let rows: Vec<(BillId, BillNumber, NaiveDate, NaiveDate)> = open_items::table
        .inner_join(ledger_entries::table)
        .inner_join(bills::table.on(bills::id.eq(ledger_entries::source_id)))
        .filter(open_items::account_id.eq(account))
        .filter(ledger_entries::source_kind.eq(SourceKind::Bill))
        .filter(bills::issued_on.is_not_null())
        .order((bills::due_on, bills::id))
        .select((
            bills::id,
            bills::number,
            bills::issued_on.assume_not_null(),
            bills::due_on,
        ))
        .load(conn)?;
    let open = |(id, number, issued_on, due_on)| OpenBill {
        id,
        number,
        bill: BillToPay { issued_on, due_on },
    };
    Ok(rows.into_iter().map(open).collect())
}
