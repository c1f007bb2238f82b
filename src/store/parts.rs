//! Who has, or had, which part on an account; how each is reached; and what each was called before.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::accounts::AccountRole;
use crate::domain::customers::{ContactKind, Language};
use crate::domain::ids::{
    AccountId, AccountNumber, AccountRoleId, ContactPointId, CustomerId, PremiseId,
};
use crate::store::customers::CustomerRow;
use crate::store::dated::{contact_on, role_on};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::kept::KeptDsl;
use crate::store::labels::one_line;
use crate::store::schema::{
    account_roles, accounts, contact_points, customer_history, customers, premises,
};

/// A customer's part on an account, present or past.
#[derive(Debug, Clone)]
pub struct PartRow {
    /// The row.
    pub id: AccountRoleId,
    /// What the customer is to the account.
    pub role: AccountRole,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
    /// Who.
    pub customer: CustomerRow,
    /// The place that a landlord rents out, and how it is written in one line.
    pub place: Option<(PremiseId, String)>,
}

/// A way to reach a customer, present or past.
#[derive(Debug, Clone, Queryable)]
pub struct ContactRow {
    /// The row.
    pub id: ContactPointId,
    /// Whose.
    pub customer_id: CustomerId,
    /// E-mail or phone.
    pub kind: ContactKind,
    /// As written.
    pub value: String,
    /// Since when it is proved.
    pub verified_at: Option<NaiveDateTime>,
    /// Since when it is the one that the customer chose.
    pub primary_at: Option<NaiveDateTime>,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

/// What a customer was called, and where mail went, until a day.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = customer_history)]
pub struct FormerRow {
    /// Who.
    pub customer_id: CustomerId,
    /// The full name.
    pub name: String,
    /// What a letter began with.
    pub given_name: Option<String>,
    /// The language they read.
    pub language: Language,
    /// Where paper went.
    pub mailing_address: Option<String>,
    /// First day.
    pub from_on: NaiveDate,
    /// First day on which it was so no more.
    pub until_on: NaiveDate,
    /// Who changed it.
    pub replaced_by: String,
}

/// Every part on an account: present ones first, the main customer before the others.
pub fn list(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<PartRow>, StoreError> {
    type Row = (
        AccountRoleId,
        AccountRole,
        NaiveDate,
        Option<NaiveDate>,
        CustomerRow,
        (Option<PremiseId>, Option<String>, Option<String>),
    );
    let rows: Vec<Row> = account_roles::table
        .inner_join(customers::table)
        .left_join(premises::table)
        .filter(account_roles::account_id.eq(account))
        .order((account_roles::from_on.desc(), account_roles::id))
        .select((
            account_roles::id,
            account_roles::role,
            account_roles::from_on,
            account_roles::until_on,
            CustomerRow::as_select(),
            (
                premises::id.nullable(),
                premises::line_1.nullable(),
                premises::unit.nullable(),
            ),
        ))
        .load(conn)?;
    let part = |(id, role, from_on, until_on, customer, (premise, line_1, unit)): Row| PartRow {
        id,
        role,
        from_on,
        until_on,
        customer,
        place: premise.zip(line_1.map(|line_1| one_line(line_1, unit))),
    };
    let mut parts: Vec<PartRow> = rows.into_iter().map(part).collect();
    let has_ended = |part: &PartRow| part.until_on.is_some_and(|until| until <= on);
    parts.sort_by_key(|part| (has_ended(part), part.role));
    Ok(parts)
}

/// Every way to reach these customers: present ones first.
pub fn list_contacts(
    conn: &mut Conn,
    customers: &[CustomerId],
) -> Result<Vec<ContactRow>, StoreError> {
    let mut rows: Vec<ContactRow> = contact_points::table
        .filter(contact_points::customer_id.among(customers))
        .order(contact_points::id)
        .select((
            contact_points::id,
            contact_points::customer_id,
            contact_points::kind,
            contact_points::value,
            contact_points::verified_at,
            contact_points::primary_at,
            contact_points::from_on,
            contact_points::until_on,
        ))
        .load(conn)?;
    rows.sort_by_key(|row| row.until_on.is_some());
    Ok(rows)
}

/// What these customers were called before, the latest first.
pub fn list_former(
    conn: &mut Conn,
    customers: &[CustomerId],
) -> Result<Vec<FormerRow>, StoreError> {
    Ok(customer_history::table
        .filter(customer_history::customer_id.among(customers))
        .order(customer_history::id.desc())
        .select(FormerRow::as_select())
        .load(conn)?)
}

/// The accounts on which a customer has or had a part: their search terms follow the customer's name.
pub fn list_accounts(conn: &mut Conn, customer: CustomerId) -> Result<Vec<AccountId>, StoreError> {
    Ok(account_roles::table
        .filter(account_roles::customer_id.eq(customer))
        .order(account_roles::account_id)
        .select(account_roles::account_id)
        .distinct()
        .load(conn)?)
}

/// The customer, which must exist.
pub fn get_customer(conn: &mut Conn, id: CustomerId) -> Result<CustomerRow, StoreError> {
    customers::table
        .find(id)
        .select(CustomerRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("customer"))
}

/// Replaces what is said of a customer, and keeps what was said until today.
pub fn replace_customer(tx: &mut Tx<'_>, new: &CustomerRow) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let old = get_customer(tx, new.id)?;
    let before: Option<NaiveDate> = customer_history::table
        .filter(customer_history::customer_id.eq(new.id))
        .select(diesel::dsl::max(customer_history::until_on))
        .first(tx.conn())?;
    let from_on = before.unwrap_or(old.created_at.date()).min(stamp.on);
    diesel::insert_into(customer_history::table)
        .values((
            customer_history::customer_id.eq(old.id),
            customer_history::name.eq(&old.name),
            customer_history::given_name.eq(&old.given_name),
            customer_history::language.eq(old.language),
            customer_history::mailing_address.eq(&old.mailing_address),
            customer_history::from_on.eq(from_on),
            customer_history::until_on.eq(stamp.on),
            customer_history::replaced_by.eq(&stamp.by.name),
            customer_history::replaced_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    diesel::update(customers::table.find(new.id))
        .set((
            customers::name.eq(&new.name),
            customers::given_name.eq(&new.given_name),
            customers::language.eq(new.language),
            customers::mailing_address.eq(&new.mailing_address),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends a way to reach a customer: from this day it is used no more.
pub fn mark_contact_ended(
    tx: &mut Tx<'_>,
    id: ContactPointId,
    until_on: NaiveDate,
) -> Result<(), StoreError> {
    diesel::update(contact_points::table.find(id))
        .filter(contact_points::until_on.is_null())
        .set(contact_points::until_on.eq(until_on))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends a part on an account; one that would end before it began is taken back whole.
pub fn mark_ended(
    tx: &mut Tx<'_>,
    id: AccountRoleId,
    until_on: NaiveDate,
) -> Result<(), StoreError> {
    let ended = diesel::update(account_roles::table.find(id))
        .filter(account_roles::from_on.lt(until_on))
        .set(account_roles::until_on.eq(until_on))
        .kept()
        .execute(tx.conn())?;
    if ended == 0 {
        diesel::delete(account_roles::table.find(id)).execute(tx.conn())?;
    }
    Ok(())
}

/// The part by which a customer gets copies, the latest before others.
pub fn find_copies(
    conn: &mut Conn,
    account: AccountId,
    customer: CustomerId,
) -> Result<Option<AccountRoleId>, StoreError> {
    Ok(account_roles::table
        .filter(account_roles::account_id.eq(account))
        .filter(account_roles::customer_id.eq(customer))
        .filter(account_roles::role.eq(AccountRole::ThirdPartyNotice))
        .order(account_roles::id.desc())
        .select(account_roles::id)
        .first(conn)
        .optional()?)
}

/// An e-mail address of the customer that an account's bill is addressed to.
#[derive(Debug, Clone, Queryable)]
pub struct OwnEmail {
    /// The account.
    pub account_id: AccountId,
    /// Its number.
    pub account_number: AccountNumber,
    /// The language of its bills.
    pub language: Language,
    /// Whether its bills go out by e-mail.
    pub is_mailed: bool,
    /// The customer.
    pub customer_id: CustomerId,
    /// What we call them.
    pub name: String,
    /// The row of the address.
    pub contact_id: ContactPointId,
    /// As written.
    pub value: String,
    /// Whether it is the one that the customer chose.
    pub is_primary: bool,
}

/// The main customers' own e-mail addresses of these accounts on a day. One query.
pub fn list_own_emails(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<OwnEmail>, StoreError> {
    Ok(account_roles::table
        .inner_join(accounts::table)
        .inner_join(customers::table.inner_join(contact_points::table))
        .filter(account_roles::account_id.among(ids))
        .filter(account_roles::role.eq(AccountRole::Main))
        .filter(role_on(on))
        .filter(contact_points::kind.eq(ContactKind::Email))
        .filter(contact_on(on))
        .order(contact_points::id)
        .select((
            accounts::id,
            accounts::number,
            accounts::language,
            accounts::email,
            customers::id,
            customers::name,
            contact_points::id,
            contact_points::value,
            contact_points::primary_at.is_not_null(),
        ))
        .load(conn)?)
}
