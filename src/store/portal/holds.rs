//! What keeps the service of an account in scope on, as its own people read it.

use chrono::NaiveDate;

use crate::domain::access::Right;
use crate::domain::holds::{HoldKind, HoldStop};
use crate::domain::ids::AccountId;
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::holds::{self, moratoria};
use crate::store::portal::accounts::in_scope;

/// Something that keeps service on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protection {
    /// Why.
    pub kind: HoldKind,
    /// Its last day; nothing where it has no end.
    pub last_on: Option<NaiveDate>,
    /// Whether its document is still to come.
    pub is_provisional: bool,
}

/// What keeps service on today. Why it does is told to whoever owns the account; what is declared for everybody is everybody's to read. Two
/// questions, and two more while something is declared for a class or a service.
pub fn list(
    conn: &mut Conn,
    (scope, account): (&Scope, AccountId),
    on: NaiveDate,
) -> Result<Vec<Protection>, StoreError> {
    let account = in_scope(scope, account)?;
    let mut found = Vec::new();
    if scope
        .access(account)
        .is_some_and(|access| access.gives(Right::Share))
    {
        let rows = holds::list_of_account(conn, account)?;
        let counts = |row: &&holds::HoldRow| {
            row.kind.is_told() && row.span.holds_on(on) && row.stops.has(HoldStop::ShutOff)
        };
        found.extend(rows.iter().filter(counts).map(|row| Protection {
            kind: row.kind,
            last_on: row.span.last_day(),
            is_provisional: row.lacks_document(),
        }));
    }
    for row in moratoria::list_in_force(conn, account, on)? {
        if row.stops.has(HoldStop::ShutOff) {
            found.push(Protection {
                kind: HoldKind::Moratorium,
                last_on: row.span.last_day(),
                is_provisional: false,
            });
        }
    }
    Ok(found)
}
