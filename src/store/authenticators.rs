//! The secrets of authenticator apps, at most one for each sign-in of either door, and the step of the last code each was used with.
//! Instants here are the world's.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::StaffId;
use crate::domain::sessions::AUTHENTICATOR_WAITS;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::authenticators;
use crate::store::sessions::Holder;

/// An authenticator, in use or waiting for its first code.
#[derive(Debug, Clone, Queryable)]
pub struct AuthenticatorRow {
    /// What the app and we both know.
    pub secret: String,
    /// When the secret was made.
    pub begun_at: NaiveDateTime,
    /// When a first code proved that the app has the secret.
    pub confirmed_at: Option<NaiveDateTime>,
    /// The step of the last code used.
    pub last_step: Option<i64>,
}

/// A code that was right: of which secret, and for which step. The secret may be another by the time the code is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedCode {
    /// The secret that it is a code of.
    pub secret: String,
    /// Its step.
    pub step: i64,
}

impl AuthenticatorRow {
    /// Whether the sign-in asks for its codes.
    #[must_use]
    pub const fn is_in_use(&self) -> bool {
        self.confirmed_at.is_some()
    }

    /// Whether it still waits for its first code: a secret that was left lying counts no more.
    #[must_use]
    pub fn is_waiting(&self, now: NaiveDateTime) -> bool {
        self.confirmed_at.is_none() && now < self.begun_at + AUTHENTICATOR_WAITS
    }
}

/// The authenticator of a sign-in.
pub fn find(conn: &mut Conn, holder: Holder) -> Result<Option<AuthenticatorRow>, StoreError> {
    let columns = (
        authenticators::secret,
        authenticators::begun_at,
        authenticators::confirmed_at,
        authenticators::last_step,
    );
    let all = authenticators::table.select(columns);
    Ok(match holder {
        Holder::Login(id) => all
            .filter(authenticators::login_id.eq(id))
            .first(conn)
            .optional()?,
        Holder::Staff(id) => all
            .filter(authenticators::staff_id.eq(id))
            .first(conn)
            .optional()?,
    })
}

/// Those of the office whose sign-in asks for codes.
pub fn list_staff(conn: &mut Conn) -> Result<Vec<StaffId>, StoreError> {
    let found: Vec<Option<StaffId>> = authenticators::table
        .filter(authenticators::confirmed_at.is_not_null())
        .filter(authenticators::staff_id.is_not_null())
        .select(authenticators::staff_id)
        .load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

/// Keeps a new secret that a first code must still confirm, in place of any other that waits for its own.
///
/// # Errors
/// `Conflict` where one is in use: it may have been confirmed at the same moment.
pub fn put(
    tx: &mut Tx<'_>,
    holder: Holder,
    secret: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    remove_waiting(tx, holder)?;
    let (login, staff) = match holder {
        Holder::Login(id) => (Some(id), None),
        Holder::Staff(id) => (None, Some(id)),
    };
    diesel::insert_into(authenticators::table)
        .values((
            authenticators::login_id.eq(login),
            authenticators::staff_id.eq(staff),
            authenticators::secret.eq(secret),
            authenticators::begun_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that the app has this secret: sign-in asks for its codes from now on.
pub fn mark_confirmed(
    tx: &mut Tx<'_>,
    holder: Holder,
    (secret, now): (&str, NaiveDateTime),
) -> Result<(), StoreError> {
    let confirmed = authenticators::confirmed_at.eq(now);
    match holder {
        Holder::Login(id) => diesel::update(authenticators::table)
            .filter(authenticators::login_id.eq(id))
            .filter(authenticators::secret.eq(secret))
            .set(confirmed)
            .kept()
            .execute(tx.conn())?,
        Holder::Staff(id) => diesel::update(authenticators::table)
            .filter(authenticators::staff_id.eq(id))
            .filter(authenticators::secret.eq(secret))
            .set(confirmed)
            .kept()
            .execute(tx.conn())?,
    };
    Ok(())
}

/// Uses up a code's step; `false` when it, or a later one, was used already, or the code is of another secret. Of two that come at once, one
/// gets it.
pub fn take_step(
    tx: &mut Tx<'_>,
    holder: Holder,
    checked: &CheckedCode,
) -> Result<bool, StoreError> {
    let is_newer = authenticators::secret.eq(&checked.secret).and(
        authenticators::last_step
            .is_null()
            .or(authenticators::last_step.lt(checked.step)),
    );
    let used = authenticators::last_step.eq(checked.step);
    let taken = match holder {
        Holder::Login(id) => diesel::update(authenticators::table)
            .filter(authenticators::login_id.eq(id))
            .filter(is_newer)
            .set(used)
            .kept()
            .execute(tx.conn())?,
        Holder::Staff(id) => diesel::update(authenticators::table)
            .filter(authenticators::staff_id.eq(id))
            .filter(is_newer)
            .set(used)
            .kept()
            .execute(tx.conn())?,
    };
    Ok(taken == 1)
}

fn remove_waiting(tx: &mut Tx<'_>, holder: Holder) -> Result<(), StoreError> {
    let waiting = authenticators::table.filter(authenticators::confirmed_at.is_null());
    match holder {
        Holder::Login(id) => {
            let own = waiting.filter(authenticators::login_id.eq(id));
            diesel::delete(own).execute(tx.conn())?
        }
        Holder::Staff(id) => {
            let own = waiting.filter(authenticators::staff_id.eq(id));
            diesel::delete(own).execute(tx.conn())?
        }
    };
    Ok(())
}

/// Forgets the authenticator of a sign-in.
pub fn remove(tx: &mut Tx<'_>, holder: Holder) -> Result<(), StoreError> {
    match holder {
        Holder::Login(id) => {
            let own = authenticators::table.filter(authenticators::login_id.eq(id));
            diesel::delete(own).execute(tx.conn())?
        }
        Holder::Staff(id) => {
            let own = authenticators::table.filter(authenticators::staff_id.eq(id));
            diesel::delete(own).execute(tx.conn())?
        }
    };
    Ok(())
}
