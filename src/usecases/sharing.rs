//! Who else may see or do something on an account: its owner invites, changes and ends; whoever is invited accepts, declines or leaves. Copies
//! of what is told when money is overdue go to somebody who said yes to them and sees nothing else.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde_json::json;

use crate::domain::access::{Access, Answer, MOST_INVITED_A_DAY, MOST_PEOPLE, Offer, Right};
use crate::domain::accounts::AccountRole;
use crate::domain::customers::{
    ContactKind, ContactRefused, CustomerKind, Language, check_contact,
};
use crate::domain::ids::{AccountId, AccountRoleId, InvitationId, LoginId};
use crate::domain::notice::{Channel, Notice, SharingNews, SharingTold};
use crate::domain::sessions::{Stage, TokenHash};
use crate::secrets::Token;
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::logins::{HolderRow, LoginRow, NewLogin};
use crate::store::notices::Addressee;
use crate::store::sessions::Holder;
use crate::store::sharing::{self, InvitationRow, NewInvitation, Opened};
use crate::usecases::accounts::people::{self, PeopleError, Person, Whom};
use crate::usecases::guests::{self, record, tell, tell_guest, tell_owners};
use crate::usecases::sessions::{self, NewKey};
use crate::usecases::{logins, notices};

/// Why nothing was shared.
#[derive(Debug, thiserror::Error)]
pub enum SharingError {
    /// Whoever is invited sees as much already, or gets copies already.
    #[error("they are there already")]
    AlreadyThere,
    /// As many people as an account may have.
    #[error("too many people")]
    TooMany,
    /// As many invitations as an account may send in a day.
    #[error("too many invitations today")]
    TooOften,
    /// What was written is no address.
    #[error(transparent)]
    Contact(#[from] ContactRefused),
    /// The link was used, taken back or has run out, or opens something else.
    #[error("the link no longer opens")]
    LinkSpent,
    /// The address has a sign-in: it is signed in with.
    #[error("the address has a sign-in")]
    HasSignIn,
    /// Whose account it is is changed by nobody else.
    #[error("the owner stays")]
    OwnerStays,
    /// The rows about people refused.
    #[error(transparent)]
    People(PeopleError),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<PeopleError> for SharingError {
    fn from(error: PeopleError) -> Self {
        if let PeopleError::Fault(fault) = error {
            Self::Fault(fault)
        } else {
            Self::People(error)
        }
    }
}

/// Everybody who has, or is asked to have, something to do with an account.
#[derive(Debug, Clone)]
pub struct Circle {
    /// The sign-ins to which it is open.
    pub holders: Vec<HolderRow>,
    /// Who gets copies.
    pub copies: Vec<sharing::CopyReader>,
    /// Who was invited and has not answered.
    pub invited: Vec<InvitationRow>,
}

impl Circle {
    /// Reads it. Three queries.
    ///
    /// # Errors
    /// A fault.
    pub fn read(
        conn: &mut Conn,
        account: AccountId,
        on: NaiveDate,
        now: NaiveDateTime,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            holders: store::logins::list_holders(conn, account, on)?,
            copies: sharing::list_copy_readers(conn, &[account], on)?,
            invited: sharing::list_open(conn, account, now)?,
        })
    }

    fn has(&self, new: &NewInvitation) -> bool {
        let is_same = |email: &str| email.eq_ignore_ascii_case(&new.email);
        match new.offer.access() {
            Some(_) => self.holders.iter().any(|holder| is_same(&holder.email)),
            None => self.copies.iter().any(|reader| is_same(&reader.email)),
        }
    }

    /// How many were asked to the account and are not gone again.
    fn guests(&self) -> usize {
        let shared = self.holders.iter();
        let shared = shared.filter(|holder| holder.access != Access::Owner);
        shared.count() + self.copies.len() + self.invited.len()
    }
}

/// Invites somebody by mail. Inviting the same person again replaces the invitation that waits.
///
/// # Errors
/// `AlreadyThere`, `TooMany`, `TooOften`, `Contact`, or a fault.
pub fn invite(
    tx: &mut Tx<'_>,
    new: &NewInvitation,
    (token, now): (&Token, NaiveDateTime),
) -> Result<(), SharingError> {
    let on = tx.stamp.on;
    check_contact(ContactKind::Email, &new.email)?;
    let mut circle = Circle::read(tx, new.account_id, on, now)?;
    if circle.has(new) {
        return Err(SharingError::AlreadyThere);
    }
    let is_copy = |offer: Offer| offer.access().is_none();
    let is_again = |row: &InvitationRow| {
        row.email.eq_ignore_ascii_case(&new.email) && is_copy(row.offer) == is_copy(new.offer)
    };
    for row in circle.invited.iter().filter(|row| is_again(row)) {
        sharing::mark_answered(tx, row.id, Answer::Withdrawn, now)?;
    }
    circle.invited.retain(|row| !is_again(row));
    if circle.guests() >= MOST_PEOPLE {
        return Err(SharingError::TooMany);
    }
    // Each is a mail of ours to whoever the owner names: a page that is left open sends no flood of them.
    let since = now - TimeDelta::days(1);
    if sharing::count_since(tx, new.account_id, since)? >= MOST_INVITED_A_DAY {
        return Err(SharingError::TooOften);
    }
    let id = sharing::insert(tx, new, &token.hash(), now)?;
    let news = SharingNews::Invited {
        offer: new.offer,
        token: token.reveal().to_owned(),
    };
    let by = tx.stamp.by.name.clone();
    let to = Addressee::by_email(&new.email, new.language).of_account(new.account_id);
    tell(tx, (&to, &new.name), new.account_id, (&by, news))?;
    let facts = json!({ "invitation": id, "offer": new.offer });
    Ok(record(tx, new.account_id, "sharing.invited", facts)?)
}

/// Takes back an invitation to an account that nobody answered. Safe to repeat.
///
/// # Errors
/// A fault.
pub fn withdraw(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: InvitationId,
    now: NaiveDateTime,
) -> Result<(), SharingError> {
    let open = sharing::list_open(tx, account, now)?;
    if open.iter().any(|row| row.id == id)
        && sharing::mark_answered(tx, id, Answer::Withdrawn, now)?
    {
        let facts = json!({ "invitation": id });
        record(tx, account, "sharing.withdrawn", facts)?;
    }
    Ok(())
}

/// Opens the account to somebody who is signed in, whatever their address: the link was mailed to whoever is invited. The session goes on under
/// a new key.
///
/// # Errors
/// `LinkSpent`; `AlreadyThere` where the login sees as much already; or a fault.
pub fn accept(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    login_id: LoginId,
    new_key: &NewKey,
) -> Result<AccountId, SharingError> {
    let (row, access) = shared(tx, token, new_key.now)?;
    let login = store::logins::get(tx, login_id)?;
    let on = tx.stamp.on;
    let held = store::logins::find_access(tx, login_id, row.account_id, on)?;
    if held.is_some_and(|held| held >= access) {
        return Err(SharingError::AlreadyThere);
    }
    answer(tx, &row, Answer::Accepted, new_key.now)?;
    open(tx, &login, &row, access)?;
    sessions::begin(tx, Holder::Login(login_id), Stage::Full, new_key)?;
    Ok(row.account_id)
}

/// Who somebody without a sign-in wants to be.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// What we call them.
    pub name: String,
    /// The hash of the password they chose.
    pub password_hash: String,
    /// The language of pages and mail.
    pub language: Language,
}

/// Makes a sign-in for whoever is invited, whose address the link has proved, opens the account to it, and signs in.
///
/// # Errors
/// `LinkSpent`, `HasSignIn`, or a fault.
pub fn join(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    newcomer: &Newcomer,
    new_key: &NewKey,
) -> Result<(), SharingError> {
    let (row, access) = shared(tx, token, new_key.now)?;
    let new = NewLogin {
        email: store::logins::email_key(&row.email),
        name: newcomer.name.clone(),
        password_hash: newcomer.password_hash.clone(),
        language: newcomer.language,
    };
    let login_id = match store::logins::find_by_email(tx, &new.email)? {
        Some(known) if known.email_verified_at.is_some() => return Err(SharingError::HasSignIn),
        Some(unproved) => {
            store::logins::mark_refilled(tx, unproved.id, &new)?;
            unproved.id
        }
        None => store::logins::insert(tx, &new)?,
    };
    let (by, account) = (json!({ "by": "invitation" }), Some(row.account_id));
    logins::record(tx, "login.registered", login_id, account, by.clone())?;
    store::logins::mark_verified(tx, login_id)?;
    logins::record(tx, "login.verified", login_id, None, by)?;
    store::alerts::mark_answering(tx, Channel::Email, &new.email)?;
    answer(tx, &row, Answer::Accepted, new_key.now)?;
    let login = store::logins::get(tx, login_id)?;
    open(tx, &login, &row, access)?;
    sessions::begin(tx, Holder::Login(login_id), Stage::Full, new_key)?;
    Ok(())
}

/// Somebody who needs no sign-in says yes to copies. Whoever is told of the account learns of it.
///
/// # Errors
/// `LinkSpent`, or a fault.
pub fn accept_copies(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    now: NaiveDateTime,
) -> Result<(), SharingError> {
    let on = tx.stamp.on;
    let row = find(tx, token, (on, now))?.ok_or(SharingError::LinkSpent)?;
    if row.offer.access().is_some() {
        return Err(SharingError::LinkSpent);
    }
    answer(tx, &row, Answer::Accepted, now)?;
    let account = row.account_id;
    let whom = Whom::New(
        CustomerKind::Person,
        Person {
            name: row.name.clone(),
            given_name: None,
            language: row.language,
            mailing_address: None,
        },
    );
    let part = (AccountRole::ThirdPartyNotice, &whom);
    let customer = people::add_part(tx, account, part, (on, now))?;
    people::add_contact(tx, account, customer, (ContactKind::Email, &row.email))?;
    if let Some(part) = store::parts::find_copies(tx, account, customer)? {
        sharing::mark_opened(tx, row.id, Opened::Copies(part))?;
    }
    Ok(tell_owners(
        tx,
        account,
        &row.name,
        &SharingNews::CopiesBegun,
    )?)
}

/// Somebody does not want what they are offered. Safe to repeat.
///
/// # Errors
/// `LinkSpent`, or a fault.
pub fn decline(tx: &mut Tx<'_>, token: &TokenHash, now: NaiveDateTime) -> Result<(), SharingError> {
    let row = sharing::find_open(tx, token, now)?.ok_or(SharingError::LinkSpent)?;
    answer(tx, &row, Answer::Declined, now)
}

/// Opens the account to somebody else further, or less far. Choosing the same again changes nothing.
///
/// # Errors
/// `OwnerStays`, that the account is not open to them, or a fault.
pub fn change(
    tx: &mut Tx<'_>,
    account: AccountId,
    login_id: LoginId,
    access: Access,
) -> Result<(), SharingError> {
    let held = guest(tx, account, login_id)?;
    if access == Access::Owner {
        return Err(SharingError::OwnerStays);
    }
    if held == access {
        return Ok(());
    }
    store::logins::put_access(tx, login_id, account, access)?;
    tell_guest(tx, account, login_id, SharingNews::Changed { access })?;
    if !access.gives(Right::Change) {
        guests::end_ways(tx, account, login_id)?;
    }
    let facts = json!({ "login": login_id, "from": held, "to": access });
    Ok(record(tx, account, "sharing.changed", facts)?)
}

/// Closes the account to somebody to whom it was opened.
///
/// # Errors
/// `OwnerStays`, that the account is not open to them, or a fault.
pub fn end(
    tx: &mut Tx<'_>,
    account: AccountId,
    login_id: LoginId,
    now: NaiveDateTime,
) -> Result<(), SharingError> {
    guest(tx, account, login_id)?;
    guests::end_hold(tx, account, login_id, now)?;
    tell_guest(tx, account, login_id, SharingNews::Ended)?;
    let facts = json!({ "login": login_id });
    Ok(record(tx, account, "sharing.ended", facts)?)
}

/// Somebody to whom an account was opened wants to see it no more. Whoever is told of the account learns of it.
///
/// # Errors
/// `OwnerStays`, that the account is not open to them, or a fault.
pub fn leave(
    tx: &mut Tx<'_>,
    account: AccountId,
    login_id: LoginId,
    now: NaiveDateTime,
) -> Result<(), SharingError> {
    guest(tx, account, login_id)?;
    guests::end_hold(tx, account, login_id, now)?;
    let login = store::logins::get(tx, login_id)?;
    tell_owners(tx, account, &login.name, &SharingNews::Left)?;
    let facts = json!({ "login": login_id });
    Ok(record(tx, account, "sharing.left", facts)?)
}

/// Ends somebody's copies, who is told.
///
/// # Errors
/// That they get none, or a fault.
pub fn end_copies(
    tx: &mut Tx<'_>,
    account: AccountId,
    part: AccountRoleId,
) -> Result<(), SharingError> {
    let on = tx.stamp.on;
    let readers = sharing::list_copy_readers(tx, &[account], on)?;
    let reader = readers.into_iter().find(|reader| reader.part == part);
    let reader = reader.ok_or(StoreError::Missing("copies"))?;
    Ok(guests::end_copies(tx, &reader)?)
}

/// The invitation that a link opens now: not answered, not too old, and of somebody whose the account still is.
///
/// # Errors
/// A fault of the store.
pub fn find(
    conn: &mut Conn,
    token: &TokenHash,
    (on, now): (NaiveDate, NaiveDateTime),
) -> Result<Option<InvitationRow>, StoreError> {
    let Some(row) = sharing::find_open(conn, token, now)? else {
        return Ok(None);
    };
    let access = match row.inviter_id {
        Some(inviter) => store::logins::find_access(conn, inviter, row.account_id, on)?,
        None => None,
    };
    Ok(Some(row).filter(|_| access == Some(Access::Owner)))
}

/// The invitation behind a link that opens an account, and how far.
fn shared(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    now: NaiveDateTime,
) -> Result<(InvitationRow, Access), SharingError> {
    let on = tx.stamp.on;
    let row = find(tx, token, (on, now))?.ok_or(SharingError::LinkSpent)?;
    let access = row.offer.access().ok_or(SharingError::LinkSpent)?;
    Ok((row, access))
}

fn answer(
    tx: &mut Tx<'_>,
    row: &InvitationRow,
    answer: Answer,
    now: NaiveDateTime,
) -> Result<(), SharingError> {
    if !sharing::mark_answered(tx, row.id, answer, now)? {
        return Err(SharingError::LinkSpent);
    }
    let facts = json!({ "invitation": row.id, "answer": answer });
    Ok(record(tx, row.account_id, "sharing.answered", facts)?)
}

/// Opens an account to a sign-in, and tells both it and whose account it is: nobody comes to see it without a word.
fn open(
    tx: &mut Tx<'_>,
    login: &LoginRow,
    row: &InvitationRow,
    access: Access,
) -> Result<(), SharingError> {
    let account = row.account_id;
    sharing::mark_opened(tx, row.id, Opened::Login(login.id))?;
    notices::tell_others(tx, account, &login.email, |reader| {
        Notice::Sharing(SharingTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            other: login.name.clone(),
            news: SharingNews::Joined { access },
        })
    })?;
    store::logins::put_access(tx, login.id, account, access)?;
    tell_guest(tx, account, login.id, SharingNews::Changed { access })?;
    tx.touch(account);
    let facts = json!({ "login": login.id, "access": access });
    Ok(record(tx, account, "sharing.opened", facts)?)
}

/// How far the account is open to somebody whose it is not.
fn guest(tx: &mut Tx<'_>, account: AccountId, login: LoginId) -> Result<Access, SharingError> {
    let on = tx.stamp.on;
    match store::logins::find_access(tx, login, account, on)? {
        Some(Access::Owner) => Err(SharingError::OwnerStays),
        Some(access) => Ok(access),
        None => Err(StoreError::Missing("login").into()),
    }
}
