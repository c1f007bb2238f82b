//! Two customers who became one: what each has, what moved from the one to the other, and that it was taken back. What was recorded is never
//! changed.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::access::Access;
use crate::domain::accounts::{AccountRole, AccountStatus};
use crate::domain::duplicates::Moved;
use crate::domain::holds::HoldKind;
use crate::domain::ids::{
    AccountId, AccountNumber, AccountRoleId, ContactPointId, CustomerId, CustomerMergeId, PremiseId,
};
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    account_roles, accounts, coming_addresses, contact_points, contact_proofs, customer_history,
    customer_merge_moves, customer_merge_undos, customer_merges, customers, hold_lifts, holds,
    login_accounts, logins, notes,
};

/// A part of a customer on an account, present or past.
#[derive(Debug, Clone, Queryable)]
pub struct PartOf {
    /// The row.
    pub id: AccountRoleId,
    /// Who.
    pub customer_id: CustomerId,
    /// The account.
    pub account_id: AccountId,
    /// Its number.
    pub number: AccountNumber,
    /// Its standing.
    pub status: AccountStatus,
    /// What the customer is to it.
    pub role: AccountRole,
    /// The place that a landlord rents out.
    pub premise_id: Option<PremiseId>,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

impl PartOf {
    /// The part in a few plain words, by which it is seen whether it is still what it was.
    #[must_use]
    pub fn said(&self) -> String {
        let until = self.until_on.map(|day| day.to_string()).unwrap_or_default();
        format!("{} {} {until}", self.role, self.from_on)
    }

    /// Whether it is held on a day or later.
    #[must_use]
    pub fn is_open(&self, on: NaiveDate) -> bool {
        self.until_on.is_none_or(|until| until > on)
    }
}

/// A sign-in that an account is open to.
#[derive(Debug, Clone, Queryable)]
pub struct SignIn {
    /// The account.
    pub account_id: AccountId,
    /// Its number.
    pub number: AccountNumber,
    /// The address it signs in with.
    pub email: String,
    /// How far the account is open to it.
    pub access: Access,
}

/// A merge, and that it was taken back.
#[derive(Debug, Clone, Queryable)]
pub struct MergeRow {
    /// The row.
    pub id: CustomerMergeId,
    /// Who stays.
    pub kept_id: CustomerId,
    /// Who became one with them.
    pub gone_id: CustomerId,
    /// Why.
    pub reason: String,
    /// Whether mail goes since then where the one who went had it sent.
    pub took_address: bool,
    /// Where it went before.
    pub address_before: Option<String>,
    /// Who did it.
    pub merged_by: String,
    /// When, in UTC.
    pub merged_at: NaiveDateTime,
    /// On which day.
    pub merged_on: NaiveDate,
    /// Who took it back.
    pub undone_by: Option<String>,
    /// Why it was taken back.
    pub undone_reason: Option<String>,
}

/// What moved by a merge.
#[derive(Debug, Clone, Queryable)]
pub struct MoveRow {
    /// What kind of thing.
    pub kind: Moved,
    /// Its row.
    pub row_id: i64,
    /// Whose it was.
    pub from_id: CustomerId,
    /// Whose it became.
    pub to_id: CustomerId,
    /// What it was, in a few plain words.
    pub was: String,
    /// Since when it was the chosen one of its kind.
    pub was_primary_at: Option<NaiveDateTime>,
}

/// A merge on its way into the table.
#[derive(Debug, Clone)]
pub struct NewMerge<'a> {
    /// What makes it the same when it is sent again.
    pub request_key: &'a str,
    /// Who stays.
    pub kept: CustomerId,
    /// Who becomes one with them.
    pub gone: CustomerId,
    /// Why.
    pub reason: &'a str,
    /// Whether mail goes from now on where the one who goes had it sent, and where it went before.
    pub address: (bool, Option<&'a str>),
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = customer_merge_moves, treat_none_as_default_value = false)]
struct NewMove {
    merge_id: CustomerMergeId,
    kind: Moved,
    row_id: i64,
    from_id: CustomerId,
    to_id: CustomerId,
    was: String,
    was_primary_at: Option<NaiveDateTime>,
}

/// Every part of these customers, the latest first.
pub fn list_parts(conn: &mut Conn, ids: &[CustomerId]) -> Result<Vec<PartOf>, StoreError> {
    Ok(account_roles::table
        .inner_join(accounts::table)
        .filter(account_roles::customer_id.eq_any(ids))
        .order((account_roles::from_on.desc(), account_roles::id))
        .select((
            account_roles::id,
            account_roles::customer_id,
            accounts::id,
            accounts::number,
            accounts::status,
            account_roles::role,
            account_roles::premise_id,
            account_roles::from_on,
            account_roles::until_on,
        ))
        .load(conn)?)
}

/// The sign-ins that these accounts are open to on a day.
pub fn list_sign_ins(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<SignIn>, StoreError> {
    Ok(login_accounts::table
        .inner_join(logins::table)
        .inner_join(accounts::table)
        .filter(login_accounts::account_id.eq_any(ids))
        .filter(
            login_accounts::until_on
                .is_null()
                .or(login_accounts::until_on.gt(on)),
        )
        .order((accounts::number, login_accounts::id))
        .select((
            accounts::id,
            accounts::number,
            logins::email,
            login_accounts::access,
        ))
        .load(conn)?)
}

/// The holds of these accounts that are in force on a day or later.
pub fn list_holds(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<(AccountId, AccountNumber, HoldKind)>, StoreError> {
    Ok(holds::table
        .inner_join(accounts::table)
        .left_join(hold_lifts::table)
        .filter(holds::account_id.eq_any(ids))
        .filter(hold_lifts::hold_id.nullable().is_null())
        .filter(holds::until_on.is_null().or(holds::until_on.gt(on)))
        .order((accounts::number, holds::id))
        .select((accounts::id, accounts::number, holds::kind))
        .load(conn)?)
}

/// How many notes each of these accounts has.
pub fn count_notes(
    conn: &mut Conn,
    ids: &[AccountId],
) -> Result<Vec<(AccountId, i64)>, StoreError> {
    Ok(notes::table
        .filter(notes::account_id.eq_any(ids))
        .group_by(notes::account_id)
        .select((notes::account_id, diesel::dsl::count_star()))
        .load(conn)?)
}

/// Whom a customer became one with; nothing where they are one of their own.
pub fn merged_into(conn: &mut Conn, id: CustomerId) -> Result<Option<CustomerId>, StoreError> {
    let found: Option<Option<CustomerId>> = customers::table
        .find(id)
        .select(customers::merged_into_id)
        .first(conn)
        .optional()?;
    found.ok_or(StoreError::Missing("customer"))
}

/// Notes whom a customer became one with, or that they are one of their own again.
pub fn mark_merged(
    tx: &mut Tx<'_>,
    id: CustomerId,
    into: Option<CustomerId>,
) -> Result<(), StoreError> {
    diesel::update(customers::table.find(id))
        .set(customers::merged_into_id.eq(into))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Records a merge.
pub fn insert(tx: &mut Tx<'_>, new: &NewMerge<'_>) -> Result<CustomerMergeId, StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(customer_merges::table)
        .values((
            customer_merges::request_key.eq(new.request_key),
            customer_merges::kept_id.eq(new.kept),
            customer_merges::gone_id.eq(new.gone),
            customer_merges::reason.eq(new.reason),
            customer_merges::took_address.eq(new.address.0),
            customer_merges::address_before.eq(new.address.1),
            customer_merges::merged_by.eq(&stamp.by.name),
            customer_merges::merged_at.eq(stamp.at),
            customer_merges::merged_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    find_by_key(tx, new.request_key)?.ok_or(StoreError::Missing("customer merge"))
}

/// The merge that was asked for under this key.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<CustomerMergeId>, StoreError> {
    Ok(customer_merges::table
        .filter(customer_merges::request_key.eq(key))
        .select(customer_merges::id)
        .first(conn)
        .optional()?)
}

/// Records what moved.
pub fn insert_moves(
    tx: &mut Tx<'_>,
    merge_id: CustomerMergeId,
    moved: &[MoveRow],
) -> Result<(), StoreError> {
    let new = |row: &MoveRow| NewMove {
        merge_id,
        kind: row.kind,
        row_id: row.row_id,
        from_id: row.from_id,
        to_id: row.to_id,
        was: row.was.clone(),
        was_primary_at: row.was_primary_at,
    };
    let rows: Vec<NewMove> = moved.iter().map(new).collect();
    insert_all!(tx, customer_merge_moves::table, rows.as_slice())
}

/// Records that a merge was taken back.
pub fn insert_undo(tx: &mut Tx<'_>, id: CustomerMergeId, reason: &str) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(customer_merge_undos::table)
        .values((
            customer_merge_undos::merge_id.eq(id),
            customer_merge_undos::reason.eq(reason),
            customer_merge_undos::undone_by.eq(&stamp.by.name),
            customer_merge_undos::undone_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The merge with this id, else all of them: the latest first.
pub fn list(
    conn: &mut Conn,
    id: Option<CustomerMergeId>,
    (limit, offset): (i64, i64),
) -> Result<Vec<MergeRow>, StoreError> {
    let mut query = customer_merges::table
        .left_join(customer_merge_undos::table)
        .order(customer_merges::id.desc())
        .limit(limit)
        .offset(offset)
        .select((
            customer_merges::id,
            customer_merges::kept_id,
            customer_merges::gone_id,
            customer_merges::reason,
            customer_merges::took_address,
            customer_merges::address_before,
            customer_merges::merged_by,
            customer_merges::merged_at,
            customer_merges::merged_on,
            customer_merge_undos::undone_by.nullable(),
            customer_merge_undos::reason.nullable(),
        ))
        .into_boxed();
    if let Some(id) = id {
        query = query.filter(customer_merges::id.eq(id));
    }
    Ok(query.load(conn)?)
}

/// What moved by a merge, in the order in which it did.
pub fn list_moves(conn: &mut Conn, id: CustomerMergeId) -> Result<Vec<MoveRow>, StoreError> {
    Ok(customer_merge_moves::table
        .filter(customer_merge_moves::merge_id.eq(id))
        .order(customer_merge_moves::id)
        .select((
            customer_merge_moves::kind,
            customer_merge_moves::row_id,
            customer_merge_moves::from_id,
            customer_merge_moves::to_id,
            customer_merge_moves::was,
            customer_merge_moves::was_primary_at,
        ))
        .load(conn)?)
}

/// What customers are called.
pub fn list_names(
    conn: &mut Conn,
    ids: &[CustomerId],
) -> Result<Vec<(CustomerId, String)>, StoreError> {
    Ok(customers::table
        .filter(customers::id.eq_any(ids))
        .select((customers::id, customers::name))
        .load(conn)?)
}

/// Whether another customer became one with somebody after a merge, and still is.
pub fn has_later(
    conn: &mut Conn,
    kept: CustomerId,
    after: CustomerMergeId,
) -> Result<bool, StoreError> {
    let later = customer_merges::table
        .left_join(customer_merge_undos::table)
        .filter(customer_merges::kept_id.eq(kept))
        .filter(customer_merges::id.gt(after))
        .filter(customer_merge_undos::undone_by.nullable().is_null());
    Ok(diesel::select(diesel::dsl::exists(later)).get_result(conn)?)
}

/// Whether something was changed about a customer after a moment.
pub fn was_changed_since(
    conn: &mut Conn,
    id: CustomerId,
    at: NaiveDateTime,
) -> Result<bool, StoreError> {
    let changes = customer_history::table
        .filter(customer_history::customer_id.eq(id))
        .filter(customer_history::replaced_at.gt(at));
    Ok(diesel::select(diesel::dsl::exists(changes)).get_result(conn)?)
}

/// Gives parts to a customer.
pub fn move_parts(
    tx: &mut Tx<'_>,
    ids: &[AccountRoleId],
    to: CustomerId,
) -> Result<(), StoreError> {
    diesel::update(account_roles::table)
        .filter(account_roles::id.eq_any(ids))
        .set(account_roles::customer_id.eq(to))
        .execute(tx.conn())?;
    Ok(())
}

/// Gives ways to reach somebody to a customer; none of them is a chosen one there.
pub fn move_contacts(
    tx: &mut Tx<'_>,
    ids: &[ContactPointId],
    to: CustomerId,
) -> Result<(), StoreError> {
    diesel::update(contact_points::table)
        .filter(contact_points::id.eq_any(ids))
        .set((
            contact_points::customer_id.eq(to),
            contact_points::primary_at.eq(None::<NaiveDateTime>),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Makes a way the chosen one again, since when it was.
pub fn choose_again(
    tx: &mut Tx<'_>,
    id: ContactPointId,
    since: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::update(contact_points::table.find(id))
        .set(contact_points::primary_at.eq(since))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Gives what waits for its day from one customer to another.
pub fn move_coming(tx: &mut Tx<'_>, from: CustomerId, to: CustomerId) -> Result<(), StoreError> {
    diesel::update(coming_addresses::table.find(from))
        .set(coming_addresses::customer_id.eq(to))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends what was given for a customer and is not proved yet: the code is of nobody now.
pub fn end_proofs(tx: &mut Tx<'_>, of: CustomerId) -> Result<usize, StoreError> {
    let at = tx.stamp.at;
    Ok(diesel::update(contact_proofs::table)
        .filter(contact_proofs::customer_id.eq(of))
        .filter(contact_proofs::ended_at.is_null())
        .set(contact_proofs::ended_at.eq(at))
        .kept()
        .execute(tx.conn())?)
}
