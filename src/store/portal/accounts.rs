//! The accounts in scope.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::access::{Access, Right};
use crate::domain::accounts::{AccountClass, AccountStatus};
use crate::domain::ids::{AccountId, AccountNumber};
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::presence::{Served, present};
use crate::store::schema::{accounts, premises, service_agreements, service_points};

/// An account in scope, with where and what it is served.
#[derive(Debug, Clone)]
pub struct Account {
    /// Row id.
    pub id: AccountId,
    /// Printed number.
    pub number: AccountNumber,
    /// A home, a business, a garden.
    pub class: AccountClass,
    /// Standing.
    pub status: AccountStatus,
    /// The places served, in one line each: where none is, the last that was, or the next that will be.
    pub addresses: Vec<String>,
    /// Whether the login holds no other.
    pub is_only: bool,
    /// How far it is open.
    pub access: Access,
}

impl Account {
    /// Whether payments may be made.
    #[must_use]
    pub const fn may_pay(&self) -> bool {
        self.access.gives(Right::Pay)
    }

    /// Whether it may be changed, and asked and agreed for.
    #[must_use]
    pub const fn may_change(&self) -> bool {
        self.access.gives(Right::Change)
    }

    /// Whether others may be invited to it.
    #[must_use]
    pub const fn may_share(&self) -> bool {
        self.access.gives(Right::Share)
    }

    /// What an address ends in to stay with this account: nothing where there is only one.
    #[must_use]
    pub fn suffix(&self) -> String {
        if self.is_only {
            String::new()
        } else {
            format!("?account={}", self.number.as_str())
        }
    }
}

type AccountRow = (
    AccountId,
    AccountNumber,
    AccountClass,
    AccountStatus,
    (Option<NaiveDate>, Option<NaiveDate>),
    (Option<String>, Option<String>),
);

/// Every account in scope, in the order they were opened.
pub fn list(conn: &mut Conn, scope: &Scope) -> Result<Vec<Account>, StoreError> {
    // One join after the other: a join of its own inside a left join is worked out by SQLite for the whole city.
    let rows: Vec<AccountRow> = accounts::table
        .left_join(
            service_agreements::table.on(service_agreements::account_id
                .eq(accounts::id)
                .and(service_agreements::withdrawn_at.is_null())),
        )
        .left_join(
            service_points::table.on(service_points::id
                .nullable()
                .eq(service_agreements::service_point_id.nullable())),
        )
        .left_join(
            premises::table.on(premises::id
                .nullable()
                .eq(service_points::premise_id.nullable())),
        )
        .filter(accounts::id.eq_any(scope.accounts()))
        .order((
            accounts::id,
            service_agreements::from_on,
            service_agreements::id,
        ))
        .select((
            accounts::id,
            accounts::number,
            accounts::class,
            accounts::status,
            (
                service_agreements::from_on.nullable(),
                service_agreements::until_on.nullable(),
            ),
            (premises::line_1.nullable(), premises::unit.nullable()),
        ))
        .load(conn)?;
    let mut found: Vec<Account> = Vec::new();
    let mut served: Vec<Vec<Served>> = Vec::new();
    for (id, number, class, status, (from_on, until_on), (line, unit)) in rows {
        let access = scope.access(id).unwrap_or(Access::View);
        if found.last().is_none_or(|account| account.id != id) {
            found.push(Account {
                access,
                id,
                number,
                class,
                status,
                addresses: Vec::new(),
                is_only: scope.is_of_one(),
            });
            served.push(Vec::new());
        }
        let place = line.zip(from_on).map(|(line, from_on)| Served {
            from_on,
            until_on,
            line: unit.map_or(line.clone(), |unit| format!("{line}, {unit}")),
        });
        if let Some(places) = served.last_mut() {
            places.extend(place);
        }
    }
    for (account, places) in found.iter_mut().zip(&served) {
        account.addresses = present(places, scope.day().unwrap_or(NaiveDate::MAX));
    }
    Ok(found)
}

/// The account a page is about: the one asked for, which must be in scope, else the first that is.
pub fn choose(
    conn: &mut Conn,
    scope: &Scope,
    wanted: Option<&AccountNumber>,
) -> Result<(Account, Vec<Account>), StoreError> {
    let all = list(conn, scope)?;
    let chosen = match wanted {
        Some(number) => match all.iter().find(|account| account.number == *number) {
            Some(chosen) => chosen,
            None => return Err(refusal(conn, scope, number)?),
        },
        None => all
            .iter()
            .find(|account| account.status == AccountStatus::Active)
            .or(all.first())
            .ok_or(StoreError::Missing("account"))?,
    };
    Ok((chosen.clone(), all))
}

/// Why an account is not shown: it is open, but not for what is asked; or it is as missing as one that never was.
fn refusal(
    conn: &mut Conn,
    scope: &Scope,
    number: &AccountNumber,
) -> Result<StoreError, StoreError> {
    let id = accounts::table
        .filter(accounts::number.eq(number))
        .select(accounts::id)
        .first::<AccountId>(conn)
        .optional()?;
    Ok(match id.and_then(|id| scope.access(id)) {
        Some(_) => StoreError::NotShared,
        None => StoreError::Missing("account"),
    })
}

/// The account, if the scope holds it: a neighbor's is as missing as one that never was.
pub fn in_scope(scope: &Scope, account: AccountId) -> Result<AccountId, StoreError> {
    match scope.access(account) {
        Some(_) if scope.holds(account) => Ok(account),
        Some(_) => Err(StoreError::NotShared),
        None => Err(StoreError::Missing("account")),
    }
}
