//! What the office finds by the whole number that stands on it: a bill, a payment, a request, a service order, more time to pay. Each is one look
//! into an index.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

use crate::domain::ids::{AccountId, BillNumber, PaymentNumber};
use crate::domain::search::NumberKind;
use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;

/// Something that bears a number.
#[derive(Debug, Clone)]
pub struct Numbered {
    /// What it is.
    pub kind: NumberKind,
    /// The number, as printed.
    pub number: String,
    /// Of which account.
    pub account: AccountId,
    /// Its day: issued, asked for, ordered or agreed; nothing of a bill that did not go out.
    pub on: Option<NaiveDate>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    what: String,
    #[diesel(sql_type = Text)]
    number: String,
    #[diesel(sql_type = BigInt)]
    account_id: AccountId,
    #[diesel(sql_type = Nullable<Date>)]
    on_day: Option<NaiveDate>,
}

/// A bill's number says which row it is.
const BILL: &str = "SELECT 'bill' AS what, b.number AS number, b.account_id AS account_id, b.issued_on AS on_day \
     FROM bills b WHERE b.id = $1 AND b.number = $2 AND b.status <> 'draft'";

const OTHERS: &str = "SELECT 'payment' AS what, p.number AS number, p.account_id AS account_id, p.requested_on AS on_day \
     FROM payments p WHERE p.number = $1 \
     UNION ALL SELECT 'request', r.number, r.account_id, r.asked_on FROM service_requests r WHERE r.number = $1 \
     UNION ALL SELECT 'order', o.number, o.account_id, o.made_on FROM service_orders o WHERE o.number = $1 \
     UNION ALL SELECT 'arrangement', a.number, a.account_id, a.made_on FROM arrangements a WHERE a.number = $1";

/// What bears the number that somebody typed, with spaces and hyphens or without; nothing where it is no such number. One query at the most.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &mut Conn, typed: &str) -> Result<Vec<Numbered>, StoreError> {
    let rows: Vec<Row> = if let Ok(number) = typed.parse::<BillNumber>() {
        native!(conn, |c| diesel::sql_query(BILL)
            .bind::<BigInt, _>(number.bill().0)
            .bind::<Text, _>(number.as_str())
            .kept()
            .load(c))?
    } else if let Ok(number) = typed.parse::<PaymentNumber>() {
        // The numbers of all others are made alike: ten digits, of which the last one proves the rest.
        native!(conn, |c| diesel::sql_query(OTHERS)
            .bind::<Text, _>(number.as_str())
            .kept()
            .load(c))?
    } else {
        Vec::new()
    };
    rows.into_iter().map(numbered).collect()
}

fn numbered(row: Row) -> Result<Numbered, StoreError> {
    let strange = |_unknown| StoreError::Unreadable(format!("kind of a number: {}", row.what));
    Ok(Numbered {
        kind: row.what.parse().map_err(strange)?,
        number: row.number,
        account: row.account_id,
        on: row.on_day,
    })
}
