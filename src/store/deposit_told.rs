//! The deposit that is told about an account, with what it comes to: one query.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable};

use crate::domain::deposits::Sums;
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::store::db::Conn;
use crate::store::deposits::{DepositRow, Standing};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::deposits;

/// What the steps of some kinds come to.
macro_rules! moved {
    ($kinds:literal) => {
        concat!(
            "(SELECT CAST(COALESCE(SUM(m.amount_cents), 0) AS BIGINT) FROM deposit_moves m \
              WHERE m.deposit_id = deposits.id AND m.kind IN (",
            $kinds,
            "))"
        )
    };
}

const ASKED: &str = moved!("'asked'");
const WAIVED: &str = moved!("'waived'");
const INTEREST: &str = moved!("'interest'");
const GIVEN: &str = moved!("'released', 'applied'");

/// What came, and went back: what the ledger put on what was asked for. What was waived is left out.
const PAID: &str = "(SELECT CAST(COALESCE(SUM(p.amount_cents), 0) AS BIGINT) FROM deposit_moves m \
     JOIN ledger_applications p ON p.debit_entry_id = m.entry_id \
     WHERE m.deposit_id = deposits.id AND m.kind = 'asked' AND NOT EXISTS ( \
         SELECT 1 FROM deposit_moves w WHERE w.deposit_id = m.deposit_id AND w.kind = 'waived' AND w.entry_id = p.entry_id))";

/// When the next installment is due of which anything is left.
const DUE_ON: &str = "(SELECT m.due_on FROM deposit_moves m \
     WHERE m.deposit_id = deposits.id AND m.kind = 'asked' AND m.due_on IS NOT NULL AND m.amount_cents > COALESCE( \
         (SELECT SUM(p.amount_cents) FROM ledger_applications p WHERE p.debit_entry_id = m.entry_id), 0) \
     ORDER BY m.id LIMIT 1)";

type Row = (
    DepositRow,
    (Money, Money, Money, Money, Money),
    Option<NaiveDate>,
);

/// The deposit that is told about an account: the open one, else the last that ended; nothing where it was never asked for one. One query.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &mut Conn, account: AccountId) -> Result<Option<Standing>, StoreError> {
    let found: Option<Row> = deposits::table
        .filter(deposits::account_id.eq(account))
        .order((deposits::ended_on.is_null().desc(), deposits::id.desc()))
        .select((
            DepositRow::as_select(),
            (
                sql::<BigInt>(ASKED),
                sql::<BigInt>(PAID),
                sql::<BigInt>(WAIVED),
                sql::<BigInt>(INTEREST),
                sql::<BigInt>(GIVEN),
            ),
            sql::<Nullable<Date>>(DUE_ON),
        ))
        .limit(1)
        .kept()
        .get_result(conn)
        .optional()?;
    let standing = |(row, sums, due_on): Row| {
        let (asked, paid, waived, interest, given) = sums;
        Standing {
            row,
            sums: Sums {
                asked,
                paid,
                waived,
                interest,
                given,
            },
            due_on,
        }
    };
    Ok(found.map(standing))
}
