//! Customers' logins, the accounts they hold, and what proves that an account is somebody's.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date};

use crate::domain::access::Access;
use crate::domain::accounts::{AccountStatus, most_sharing};
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, BillId, LoginId};
use crate::domain::money::Money;
use crate::domain::sessions::HoldEnd;
use crate::store::any::native;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    accounts, authenticators, bill_cancellations, bills, budget_plan_bills, login_accounts, logins,
    premises, service_agreements, service_points,
};

/// A login as the doors need it.
#[derive(Debug, Clone, Queryable)]
pub struct LoginRow {
    /// The row.
    pub id: LoginId,
    /// The address, in lower case.
    pub email: String,
    /// What we call the person.
    pub name: String,
    /// The stored password hash.
    pub password_hash: String,
    /// The language of pages and mail.
    pub language: Language,
    /// When the address was proved, if it was.
    pub email_verified_at: Option<NaiveDateTime>,
    /// Whether it may sign in.
    pub is_active: bool,
}

/// A login to make.
#[derive(Debug, Clone)]
pub struct NewLogin {
    /// The address, in lower case.
    pub email: String,
    /// What we call the person.
    pub name: String,
    /// The hash of the password.
    pub password_hash: String,
    /// The language of pages and mail.
    pub language: Language,
}

/// An account that somebody says is theirs, with all that can prove it.
#[derive(Debug, Clone)]
pub struct ClaimableAccount {
    /// The account.
    pub id: AccountId,
    /// Its number.
    pub number: AccountNumber,
    /// The language of its letters.
    pub language: Language,
    /// The last bill.
    pub last_bill_id: Option<BillId>,
    /// What the last bill says: its new charges, and all that was due with it.
    pub last_bill: Option<(Money, Money)>,
    /// Whether the account was taken from somebody who came by it: its bills prove nothing any more.
    pub was_taken: bool,
    /// Whether somebody whose account it is not has seen the last bill, or may.
    pub is_shared: bool,
}

impl ClaimableAccount {
    /// Whether the account's last bill shows this amount: as its new charges, or as all that was due.
    #[must_use]
    pub fn has_printed(&self, amount: Money) -> bool {
        amount.is_positive()
            && !self.was_taken
            && self
                .last_bill
                .is_some_and(|(charges, due)| amount == charges || amount == due)
    }

    /// Whether the last bill can prove whose account it is: where others see it, only the code of a letter does.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        !self.is_shared
    }
}

/// A login that holds an account.
#[derive(Debug, Clone, Queryable)]
pub struct HolderRow {
    /// The login.
    pub id: LoginId,
    /// Its address.
    pub email: String,
    /// What we call the person.
    pub name: String,
    /// From which day.
    pub since: NaiveDate,
    /// How far the account is open to it.
    pub access: Access,
    /// Since when signing in asks for codes of an app, if it does.
    pub codes_since: Option<NaiveDateTime>,
}

type Columns = (
    logins::id,
    logins::email,
    logins::name,
    logins::password_hash,
    logins::language,
    logins::email_verified_at,
    logins::is_active,
);

const COLUMNS: Columns = (
    logins::id,
    logins::email,
    logins::name,
    logins::password_hash,
    logins::language,
    logins::email_verified_at,
    logins::is_active,
);

/// An address as it is stored and looked for.
#[must_use]
pub fn email_key(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// The login with this address.
pub fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<LoginRow>, StoreError> {
    Ok(logins::table
        .filter(logins::email.eq(email_key(email)))
        .select(COLUMNS)
        .first(conn)
        .optional()?)
}

/// The login of a session or token.
pub fn get(conn: &mut Conn, id: LoginId) -> Result<LoginRow, StoreError> {
    logins::table
        .find(id)
        .select(COLUMNS)
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("login"))
}

/// Makes a login; it opens nothing until its address is proved.
pub fn insert(tx: &mut Tx<'_>, new: &NewLogin) -> Result<LoginId, StoreError> {
    let at = tx.stamp.at;
    Ok(diesel::insert_into(logins::table)
        .values((
            logins::email.eq(&new.email),
            logins::name.eq(&new.name),
            logins::password_hash.eq(&new.password_hash),
            logins::language.eq(new.language),
            logins::is_active.eq(true),
            logins::created_at.eq(at),
        ))
        .returning(logins::id)
        .get_result(tx.conn())?)
}

/// Replaces what somebody filled in for a login that nobody has proved yet.
pub fn mark_refilled(tx: &mut Tx<'_>, id: LoginId, new: &NewLogin) -> Result<(), StoreError> {
    diesel::update(logins::table.find(id))
        .filter(logins::email_verified_at.is_null())
        .set((
            logins::name.eq(&new.name),
            logins::password_hash.eq(&new.password_hash),
            logins::language.eq(new.language),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Gives the login another address, which was proved.
pub fn mark_email(tx: &mut Tx<'_>, id: LoginId, email: &str) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(logins::table.find(id))
        .set((
            logins::email.eq(email_key(email)),
            logins::email_verified_at.eq(at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that the login's address was proved.
pub fn mark_verified(tx: &mut Tx<'_>, id: LoginId) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(logins::table.find(id))
        .filter(logins::email_verified_at.is_null())
        .set(logins::email_verified_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Replaces the password hash.
pub fn mark_password(tx: &mut Tx<'_>, id: LoginId, hash: &str) -> Result<(), StoreError> {
    diesel::update(logins::table.find(id))
        .set(logins::password_hash.eq(hash))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Changes the language of pages and mail.
pub fn mark_language(tx: &mut Tx<'_>, id: LoginId, language: Language) -> Result<(), StoreError> {
    diesel::update(logins::table.find(id))
        .set(logins::language.eq(language))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// How far an account is open to a login on a day.
pub fn find_access(
    conn: &mut Conn,
    login: LoginId,
    account: AccountId,
    on: NaiveDate,
) -> Result<Option<Access>, StoreError> {
    Ok(login_accounts::table
        .filter(login_accounts::login_id.eq(login))
        .filter(login_accounts::account_id.eq(account))
        .filter(
            login_accounts::until_on
                .is_null()
                .or(login_accounts::until_on.gt(on)),
        )
        .select(login_accounts::access)
        .first(conn)
        .optional()?)
}

/// The logins that hold an account on a day, the first to come before the others.
pub fn list_holders(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<HolderRow>, StoreError> {
    Ok(login_accounts::table
        .inner_join(logins::table.left_join(authenticators::table))
        .filter(login_accounts::account_id.eq(account))
        .filter(
            login_accounts::until_on
                .is_null()
                .or(login_accounts::until_on.gt(on)),
        )
        .order(login_accounts::id)
        .select((
            logins::id,
            logins::email,
            logins::name,
            login_accounts::from_on,
            login_accounts::access,
            authenticators::confirmed_at.nullable(),
        ))
        .load(conn)?)
}

/// Parts these accounts from a login as of today; says how many of them it held.
pub fn mark_released(
    tx: &mut Tx<'_>,
    login: LoginId,
    accounts: &[AccountId],
    why: HoldEnd,
) -> Result<usize, StoreError> {
    let on = tx.stamp.on;
    Ok(diesel::update(login_accounts::table)
        .filter(login_accounts::login_id.eq(login))
        .filter(login_accounts::account_id.eq_any(accounts))
        .filter(
            login_accounts::until_on
                .is_null()
                .or(login_accounts::until_on.gt(on)),
        )
        .set((
            login_accounts::until_on.eq(on),
            login_accounts::end_reason.eq(why),
        ))
        .execute(tx.conn())?)
}

/// Closes a login for good: nobody signs in with it, and its address is free for another.
pub fn mark_closed(tx: &mut Tx<'_>, id: LoginId, no_password: &str) -> Result<(), StoreError> {
    diesel::update(logins::table.find(id))
        .set((
            logins::email.eq(format!("closed:{id}")),
            logins::password_hash.eq(no_password),
            logins::is_active.eq(false),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Opens an account to a login from today on, as far as this; what was open before ends, and what ended today begins again.
pub fn put_access(
    tx: &mut Tx<'_>,
    login: LoginId,
    account: AccountId,
    access: Access,
) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    diesel::update(login_accounts::table)
        .filter(login_accounts::login_id.eq(login))
        .filter(login_accounts::account_id.eq(account))
        .filter(login_accounts::from_on.lt(on))
        .filter(
            login_accounts::until_on
                .is_null()
                .or(login_accounts::until_on.gt(on)),
        )
        .set(login_accounts::until_on.eq(on))
        .kept()
        .execute(tx.conn())?;
    let begun_again = diesel::update(login_accounts::table)
        .filter(login_accounts::login_id.eq(login))
        .filter(login_accounts::account_id.eq(account))
        .filter(login_accounts::from_on.eq(on))
        .set((
            login_accounts::until_on.eq(None::<NaiveDate>),
            login_accounts::access.eq(access),
            login_accounts::end_reason.eq(None::<HoldEnd>),
        ))
        .kept()
        .execute(tx.conn())?;
    if begun_again > 0 {
        return Ok(());
    }
    diesel::insert_into(login_accounts::table)
        .values((
            login_accounts::login_id.eq(login),
            login_accounts::account_id.eq(account),
            login_accounts::from_on.eq(on),
            login_accounts::access.eq(access),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The account with this number, unless it is closed for good.
pub fn find_claimable(
    conn: &mut Conn,
    number: &AccountNumber,
) -> Result<Option<ClaimableAccount>, StoreError> {
    let found = accounts::table
        .filter(accounts::number.eq(number))
        .filter(accounts::status.ne(AccountStatus::WrittenOff))
        .select((accounts::id, accounts::language))
        .first::<(AccountId, Language)>(conn)
        .optional()?;
    // The bill is looked for even where there is no account, so that both answers take as long.
    let account_id = found.map_or(AccountId(0), |(id, _)| id);
    let bill = bills::table
        .left_join(bill_cancellations::table)
        .left_join(budget_plan_bills::table)
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .filter(bills::account_id.eq(account_id))
        .filter(bills::status.eq("issued"))
        .order((bills::until_on.desc(), bills::id.desc()))
        .select((
            (bills::id, bills::issued_on),
            bills::previous_cents,
            bills::total_cents,
            budget_plan_bills::deferred_cents.nullable(),
        ))
        .first::<((BillId, Option<NaiveDate>), Money, Money, Option<Money>)>(conn)
        .optional()?;
    let held: Vec<(Access, Option<NaiveDate>, Option<HoldEnd>)> = login_accounts::table
        .filter(login_accounts::account_id.eq(account_id))
        .select((
            login_accounts::access,
            login_accounts::until_on,
            login_accounts::end_reason,
        ))
        .load(conn)?;
    let issued_on = bill.and_then(|((_, issued_on), ..)| issued_on);
    let has_seen = |until: Option<NaiveDate>| until.is_none_or(|until| Some(until) >= issued_on);
    Ok(found.map(|(id, language)| ClaimableAccount {
        id,
        number: number.clone(),
        language,
        last_bill_id: bill.map(|((id, _), ..)| id),
        last_bill: bill.map(|(_, previous, charges, deferred)| {
            // What the paper asks for: under a level payment plan not what it charges.
            (charges, previous + charges - deferred.unwrap_or_default())
        }),
        was_taken: held.iter().any(|(.., why)| *why == Some(HoldEnd::Taken)),
        is_shared: held
            .iter()
            .any(|(access, until, _)| *access != Access::Owner && has_seen(*until)),
    }))
}

/// Whether bills that were issued since a day show an amount on so many accounts that it proves nothing, such as the base charge of homes that
/// stand empty. Read from one index, in the order of issue.
pub fn is_common(conn: &mut Conn, amount: Money, since: NaiveDate) -> Result<bool, StoreError> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = BigInt)]
        sharing: i64,
    }
    let most = most_sharing(accounts::table.count().get_result(conn)?);
    let sql = "SELECT COUNT(*) AS sharing FROM (
                   SELECT DISTINCT account_id FROM bills
                   WHERE issued_on >= $1 AND status = 'issued' AND (total_cents = $2 OR previous_cents + total_cents = $2)
                   LIMIT $3) sharing";
    let found: Found = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Date, _>(since)
        .bind::<BigInt, _>(amount.cents())
        .bind::<BigInt, _>(most + 1)
        .kept()
        .get_result(c))?;
    Ok(found.sharing > most)
}

/// Whether an account has or had service at a place with this postal code, by its first five digits.
pub fn is_served_in(
    conn: &mut Conn,
    account: AccountId,
    postal_code: &str,
) -> Result<bool, StoreError> {
    let places: i64 = service_agreements::table
        .inner_join(service_points::table.inner_join(premises::table))
        .filter(service_agreements::account_id.eq(account))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(premises::postal_code.like(format!("{postal_code}%")))
        .count()
        .get_result(conn)?;
    Ok(places > 0)
}

/// The number of an account.
pub fn account_number(conn: &mut Conn, id: AccountId) -> Result<AccountNumber, StoreError> {
    Ok(accounts::table
        .find(id)
        .select(accounts::number)
        .first(conn)?)
}
