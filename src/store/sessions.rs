//! Sign-ins that last: a row for each, found by the hash of the cookie's key. Instants here are the world's.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::access::Access;
use crate::domain::accounts::AccountRole;
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, CallId, LoginId, StaffId};
use crate::domain::scope::Scope;
use crate::domain::sessions::{Door, Stage, TokenHash};
use crate::domain::staff::Role;
use crate::store::calls::OpenCall;
use crate::store::dated::{access_on, role_on};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    account_roles, accounts, calls, customers, login_accounts, logins, sessions, staff,
};

/// Whose session it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A customer's.
    Login(LoginId),
    /// Somebody's of the office.
    Staff(StaffId),
}

impl Holder {
    /// The door it opens.
    #[must_use]
    pub const fn door(self) -> Door {
        match self {
            Self::Login(_) => Door::Portal,
            Self::Staff(_) => Door::Office,
        }
    }

    /// The kind and the number that audit rows name it by.
    #[must_use]
    pub fn subject(self) -> (&'static str, String) {
        match self {
            Self::Login(id) => ("login", id.to_string()),
            Self::Staff(id) => ("staff", id.to_string()),
        }
    }
}

/// A session to begin.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// The hash of the cookie's key.
    pub key: TokenHash,
    /// Whose it is.
    pub holder: Holder,
    /// How far the sign-in has come.
    pub stage: Stage,
    /// What its forms send back.
    pub csrf_token: String,
    /// What the browser calls itself.
    pub device_name: Option<String>,
    /// When it began, by the world's clock.
    pub now: NaiveDateTime,
}

/// A session that counts now.
#[derive(Debug, Clone)]
pub struct Session {
    /// The hash of the cookie's key.
    pub key: TokenHash,
    /// How far the sign-in has come.
    pub stage: Stage,
    /// What its forms send back.
    pub csrf_token: String,
    /// When it was last used, to the minute.
    pub seen_at: NaiveDateTime,
}

impl Session {
    /// Whether all that the sign-in asks for was given.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.stage == Stage::Full
    }
}

/// A customer's session, with what every page needs of the customer.
#[derive(Debug, Clone)]
pub struct PortalSession {
    /// The session.
    pub session: Session,
    /// The login.
    pub login_id: LoginId,
    /// The name people call the customer by.
    pub name: String,
    /// The language of the pages.
    pub language: Language,
    /// The accounts that may be seen.
    pub scope: Scope,
}

/// A session of somebody of the office.
#[derive(Debug, Clone)]
pub struct OfficeSession {
    /// The session.
    pub session: Session,
    /// The member of staff.
    pub staff_id: StaffId,
    /// The name.
    pub name: String,
    /// The job.
    pub role: Role,
    /// The language of the pages.
    pub language: Language,
    /// The call that is open.
    pub call: Option<OpenCall>,
}

/// What a session's row says of itself.
type OwnPart = (Stage, String, NaiveDateTime);

/// Who holds it.
type StaffPart = (StaffId, String, Role, Language);

/// The call that is open: all of it but the name, or nothing.
type CallPart = (
    Option<CallId>,
    Option<NaiveDateTime>,
    Option<NaiveDateTime>,
    Option<AccountNumber>,
    Option<String>,
);

/// Begins a session.
pub fn insert(tx: &mut Tx<'_>, new: &NewSession) -> Result<(), StoreError> {
    let (login_id, staff_id) = match new.holder {
        Holder::Login(id) => (Some(id), None),
        Holder::Staff(id) => (None, Some(id)),
    };
    let door = new.holder.door();
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(new.key.as_str()),
            sessions::door.eq(door),
            sessions::login_id.eq(login_id),
            sessions::staff_id.eq(staff_id),
            sessions::csrf_token.eq(&new.csrf_token),
            sessions::stage.eq(new.stage),
            sessions::created_at.eq(new.now),
            sessions::device_name.eq(new.device_name.as_deref().unwrap_or_default()),
            sessions::seen_at.eq(new.now),
            sessions::ends_at.eq(new.stage.ends_at(door, new.now)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The customer behind a key, while the session counts. Two queries: the session with its login, and the scope.
pub fn find_portal(
    conn: &mut Conn,
    key: &TokenHash,
    now: NaiveDateTime,
    today: NaiveDate,
) -> Result<Option<PortalSession>, StoreError> {
    let found = sessions::table
        .inner_join(logins::table)
        .filter(sessions::token_hash.eq(key.as_str()))
        .filter(sessions::door.eq(Door::Portal))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::ends_at.gt(now))
        .filter(sessions::seen_at.gt(now - Door::Portal.idle_limit()))
        .filter(logins::is_active.eq(true))
        .select((
            sessions::stage,
            sessions::csrf_token,
            sessions::seen_at,
            logins::id,
            logins::name,
            logins::language,
        ))
        .first::<(Stage, String, NaiveDateTime, LoginId, String, Language)>(conn)
        .optional()?;
    let Some((stage, csrf_token, seen_at, login_id, name, language)) = found else {
        return Ok(None);
    };
    Ok(Some(PortalSession {
        session: Session {
            key: key.clone(),
            stage,
            csrf_token,
            seen_at,
        },
        login_id,
        name,
        language,
        scope: scope(conn, login_id, today)?,
    }))
}

/// The accounts a login holds on a day, and how far each is open to it.
pub fn scope(conn: &mut Conn, login: LoginId, on: NaiveDate) -> Result<Scope, StoreError> {
    let accounts = login_accounts::table
        .filter(login_accounts::login_id.eq(login))
        .filter(access_on(on))
        .select((login_accounts::account_id, login_accounts::access))
        .load::<(AccountId, Access)>(conn)?;
    Ok(Scope::held(accounts).as_of(on))
}

/// The member of staff behind a key, while the session counts, with the call that is open: every page of theirs shows it. One query.
pub fn find_office(
    conn: &mut Conn,
    key: &TokenHash,
    now: NaiveDateTime,
    today: NaiveDate,
) -> Result<Option<OfficeSession>, StoreError> {
    let is_open = calls::staff_id.eq(staff::id).and(calls::ended_at.is_null());
    let is_main = account_roles::account_id
        .eq(accounts::id)
        .and(account_roles::role.eq(AccountRole::Main))
        .and(role_on(today));
    let found = sessions::table
        .inner_join(staff::table)
        .left_join(calls::table.on(is_open))
        .left_join(accounts::table.on(accounts::id.eq(calls::account_id)))
        .left_join(account_roles::table.on(is_main))
        .left_join(customers::table.on(customers::id.eq(account_roles::customer_id)))
        .filter(sessions::token_hash.eq(key.as_str()))
        .filter(sessions::door.eq(Door::Office))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::ends_at.gt(now))
        .filter(sessions::seen_at.gt(now - Door::Office.idle_limit()))
        .filter(staff::is_active.eq(true))
        .select((
            (sessions::stage, sessions::csrf_token, sessions::seen_at),
            (staff::id, staff::name, staff::role, staff::language),
            (
                calls::id.nullable(),
                calls::began_at.nullable(),
                calls::identity_checked_at.nullable(),
                accounts::number.nullable(),
                customers::name.nullable(),
            ),
        ))
        .first::<(OwnPart, StaffPart, CallPart)>(conn)
        .optional()?;
    let Some(((stage, csrf_token, seen_at), holder, call)) = found else {
        return Ok(None);
    };
    let (staff_id, name, role, language) = holder;
    Ok(Some(OfficeSession {
        session: Session {
            key: key.clone(),
            stage,
            csrf_token,
            seen_at,
        },
        staff_id,
        name,
        role,
        language,
        call: open_call(call),
    }))
}

fn open_call((id, began_at, identity_checked_at, number, name): CallPart) -> Option<OpenCall> {
    Some(OpenCall {
        id: id?,
        number: number?,
        name: name.unwrap_or_default(),
        began_at: began_at?,
        identity_checked_at,
    })
}

/// Whether a session still counts: an open event stream asks from time to time.
pub fn is_live(
    conn: &mut Conn,
    door: Door,
    key: &TokenHash,
    now: NaiveDateTime,
    today: NaiveDate,
) -> Result<bool, StoreError> {
    Ok(match door {
        Door::Portal => {
            find_portal(conn, key, now, today)?.is_some_and(|found| found.session.is_whole())
        }
        Door::Office => {
            find_office(conn, key, now, today)?.is_some_and(|found| found.session.is_whole())
        }
    })
}

/// Notes that a session was used.
pub fn mark_seen(tx: &mut Tx<'_>, key: &TokenHash, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(sessions::table.find(key.as_str()))
        .filter(sessions::ended_at.is_null())
        .set(sessions::seen_at.eq(now))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends one session.
pub fn mark_ended(tx: &mut Tx<'_>, key: &TokenHash, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(sessions::table.find(key.as_str()))
        .filter(sessions::ended_at.is_null())
        .set(sessions::ended_at.eq(now))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// A sign-in that lasts, as its holder sees it.
#[derive(Debug, Clone, Queryable)]
pub struct SessionRow {
    /// The hash of the cookie's key.
    pub key: String,
    /// What the browser calls itself.
    pub device_name: String,
    /// When it began.
    pub created_at: NaiveDateTime,
    /// When it was last used, to the minute.
    pub seen_at: NaiveDateTime,
}

/// The sessions of a login that count now, the last used first.
pub fn list_of_login(
    conn: &mut Conn,
    login: LoginId,
    now: NaiveDateTime,
) -> Result<Vec<SessionRow>, StoreError> {
    Ok(sessions::table
        .filter(sessions::login_id.eq(login))
        .filter(sessions::stage.eq(Stage::Full))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::ends_at.gt(now))
        .filter(sessions::seen_at.gt(now - Door::Portal.idle_limit()))
        .order((sessions::seen_at.desc(), sessions::token_hash))
        .select((
            sessions::token_hash,
            sessions::device_name,
            sessions::created_at,
            sessions::seen_at,
        ))
        .load(conn)?)
}

/// Whether a session is this login's.
pub fn is_of_login(conn: &mut Conn, login: LoginId, key: &TokenHash) -> Result<bool, StoreError> {
    let found: i64 = sessions::table
        .filter(sessions::token_hash.eq(key.as_str()))
        .filter(sessions::login_id.eq(login))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}

/// Ends every session of a login but one, and tells how many.
pub fn mark_others_ended(
    tx: &mut Tx<'_>,
    login: LoginId,
    but: &TokenHash,
    now: NaiveDateTime,
) -> Result<usize, StoreError> {
    let others = sessions::table
        .filter(sessions::login_id.eq(login))
        .filter(sessions::token_hash.ne(but.as_str()))
        .filter(sessions::ended_at.is_null());
    Ok(diesel::update(others)
        .set(sessions::ended_at.eq(now))
        .kept()
        .execute(tx.conn())?)
}

/// Ends every session of a person: after a new password, a new role, or the end of their work here.
pub fn mark_all_ended(
    tx: &mut Tx<'_>,
    holder: Holder,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    match holder {
        Holder::Login(id) => diesel::update(sessions::table.filter(sessions::login_id.eq(id)))
            .filter(sessions::ended_at.is_null())
            .set(sessions::ended_at.eq(now))
            .kept()
            .execute(tx.conn())?,
        Holder::Staff(id) => diesel::update(sessions::table.filter(sessions::staff_id.eq(id)))
            .filter(sessions::ended_at.is_null())
            .set(sessions::ended_at.eq(now))
            .kept()
            .execute(tx.conn())?,
    };
    Ok(())
}

/// Removes sessions that ended or ran out before an instant; they are no history that anybody needs.
pub fn remove_before(tx: &mut Tx<'_>, instant: NaiveDateTime) -> Result<usize, StoreError> {
    Ok(diesel::delete(sessions::table.filter(sessions::ends_at.lt(instant))).execute(tx.conn())?)
}
