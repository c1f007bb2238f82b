//! Invitations to accounts, and who gets copies of what is told when money is overdue.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::access::{Answer, INVITED_FOR, Offer};
use crate::domain::accounts::AccountRole;
use crate::domain::customers::{ContactKind, Language};
use crate::domain::ids::{AccountId, AccountNumber, AccountRoleId, InvitationId, LoginId};
use crate::domain::sessions::TokenHash;
use crate::store::dated::{contact_on, role_on};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    account_invitations, account_roles, accounts, contact_points, customers,
};

/// An invitation that was not answered yet.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = account_invitations)]
pub struct InvitationRow {
    /// The row.
    pub id: InvitationId,
    /// To which account.
    pub account_id: AccountId,
    /// What is offered.
    pub offer: Offer,
    /// What we call whoever is invited.
    pub name: String,
    /// Where the invitation went.
    pub email: String,
    /// In which language.
    pub language: Language,
    /// Who invited.
    pub invited_by: String,
    /// The sign-in that invited.
    pub inviter_id: Option<LoginId>,
    /// Until when it opens, by the world's clock.
    pub ends_at: NaiveDateTime,
}

/// An invitation to send.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// To which account.
    pub account_id: AccountId,
    /// What is offered.
    pub offer: Offer,
    /// What we call whoever is invited.
    pub name: String,
    /// Where the invitation goes, as it is stored and looked for.
    pub email: String,
    /// In which language.
    pub language: Language,
}

/// Keeps an invitation, which opens by its link from now on.
pub fn insert(
    tx: &mut Tx<'_>,
    new: &NewInvitation,
    token: &TokenHash,
    now: NaiveDateTime,
) -> Result<InvitationId, StoreError> {
    let by = tx.stamp.by.name.clone();
    Ok(diesel::insert_into(account_invitations::table)
        .values((
            account_invitations::token_hash.eq(token.as_str()),
            account_invitations::account_id.eq(new.account_id),
            account_invitations::offer.eq(new.offer),
            account_invitations::name.eq(&new.name),
            account_invitations::email.eq(&new.email),
            account_invitations::language.eq(new.language),
            account_invitations::invited_by.eq(by),
            account_invitations::inviter_id.eq(tx.stamp.by.as_login()),
            account_invitations::invited_at.eq(now),
            account_invitations::ends_at.eq(now + INVITED_FOR),
        ))
        .returning(account_invitations::id)
        .get_result(tx.conn())?)
}

/// The invitations to an account that open now, the first sent before the others.
pub fn list_open(
    conn: &mut Conn,
    account: AccountId,
    now: NaiveDateTime,
) -> Result<Vec<InvitationRow>, StoreError> {
    Ok(account_invitations::table
        .filter(account_invitations::account_id.eq(account))
        .filter(account_invitations::answer.is_null())
        .filter(account_invitations::ends_at.gt(now))
        .order(account_invitations::id)
        .select(InvitationRow::as_select())
        .load(conn)?)
}

/// The invitation that a link opens now.
pub fn find_open(
    conn: &mut Conn,
    token: &TokenHash,
    now: NaiveDateTime,
) -> Result<Option<InvitationRow>, StoreError> {
    Ok(account_invitations::table
        .filter(account_invitations::token_hash.eq(token.as_str()))
        .filter(account_invitations::answer.is_null())
        .filter(account_invitations::ends_at.gt(now))
        .select(InvitationRow::as_select())
        .first(conn)
        .optional()?)
}

/// Notes what became of an invitation; says whether it was still open. Of two answers that come at once, one counts.
pub fn mark_answered(
    tx: &mut Tx<'_>,
    id: InvitationId,
    answer: Answer,
    now: NaiveDateTime,
) -> Result<bool, StoreError> {
    let answered = diesel::update(account_invitations::table.find(id))
        .filter(account_invitations::answer.is_null())
        .filter(account_invitations::ends_at.gt(now))
        .set((
            account_invitations::answer.eq(answer),
            account_invitations::answered_at.eq(now),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(answered > 0)
}

/// What an invitation opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// The account, to a sign-in.
    Login(LoginId),
    /// Copies, by a part on the account.
    Copies(AccountRoleId),
}

/// Remembers what an invitation opened, so that it can be told what came of it.
pub fn mark_opened(tx: &mut Tx<'_>, id: InvitationId, opened: Opened) -> Result<(), StoreError> {
    let invitation = diesel::update(account_invitations::table.find(id));
    match opened {
        Opened::Login(login) => invitation
            .set(account_invitations::taken_by.eq(login))
            .execute(tx.conn())?,
        Opened::Copies(part) => invitation
            .set(account_invitations::copies_role_id.eq(part))
            .execute(tx.conn())?,
    };
    Ok(())
}

/// What the invitations of a sign-in opened on an account.
pub fn list_opened(
    conn: &mut Conn,
    account: AccountId,
    inviter: LoginId,
) -> Result<Vec<Opened>, StoreError> {
    let rows: Vec<(Option<LoginId>, Option<AccountRoleId>)> = account_invitations::table
        .filter(account_invitations::account_id.eq(account))
        .filter(account_invitations::inviter_id.eq(inviter))
        .filter(account_invitations::answer.eq(Answer::Accepted))
        .order(account_invitations::id)
        .select((
            account_invitations::taken_by,
            account_invitations::copies_role_id,
        ))
        .load(conn)?;
    let opened = |(login, part): (Option<LoginId>, Option<AccountRoleId>)| {
        login.map(Opened::Login).or(part.map(Opened::Copies))
    };
    Ok(rows.into_iter().filter_map(opened).collect())
}

/// Takes back the invitations to these accounts that nobody answered: those of one sign-in, or everybody's. Gives each with its account.
pub fn mark_withdrawn(
    tx: &mut Tx<'_>,
    accounts: &[AccountId],
    inviter: Option<LoginId>,
    now: NaiveDateTime,
) -> Result<Vec<(InvitationId, AccountId)>, StoreError> {
    let open = account_invitations::table
        .filter(account_invitations::account_id.eq_any(accounts))
        .filter(account_invitations::answer.is_null())
        .order(account_invitations::id)
        .select((account_invitations::id, account_invitations::account_id));
    let found: Vec<(InvitationId, AccountId)> = match inviter {
        Some(login) => open
            .filter(account_invitations::inviter_id.eq(login))
            .load(tx.conn())?,
        None => open.load(tx.conn())?,
    };
    let ids: Vec<InvitationId> = found.iter().map(|(id, _)| *id).collect();
    diesel::update(account_invitations::table.filter(account_invitations::id.eq_any(ids)))
        .filter(account_invitations::answer.is_null())
        .set((
            account_invitations::answer.eq(Answer::Withdrawn),
            account_invitations::answered_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(found)
}

/// How many invitations to an account were sent since an instant, whatever became of them.
pub fn count_since(
    conn: &mut Conn,
    account: AccountId,
    instant: NaiveDateTime,
) -> Result<i64, StoreError> {
    Ok(account_invitations::table
        .filter(account_invitations::account_id.eq(account))
        .filter(account_invitations::invited_at.gt(instant))
        .count()
        .get_result(conn)?)
}

/// Somebody who gets copies of what is told when an account's money is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct CopyReader {
    /// Their part on the account.
    pub part: AccountRoleId,
    /// The account.
    pub account_id: AccountId,
    /// Its number.
    pub account_number: AccountNumber,
    /// What we call them.
    pub name: String,
    /// The language they read.
    pub language: Language,
    /// Where copies go.
    pub email: String,
    /// The first day without them, where they end.
    pub until_on: Option<NaiveDate>,
}

/// Everybody who gets copies for these accounts on a day and has an address. One query.
pub fn list_copy_readers(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<CopyReader>, StoreError> {
    Ok(account_roles::table
        .inner_join(accounts::table)
        .inner_join(customers::table.inner_join(contact_points::table))
        .filter(account_roles::account_id.eq_any(ids))
        .filter(account_roles::role.eq(AccountRole::ThirdPartyNotice))
        .filter(role_on(on))
        .filter(contact_points::kind.eq(ContactKind::Email))
        .filter(contact_on(on))
        .order((account_roles::id, contact_points::id))
        .select((
            account_roles::id,
            accounts::id,
            accounts::number,
            customers::name,
            customers::language,
            contact_points::value,
            account_roles::until_on,
        ))
        .load(conn)?)
}
