//! The address of a sign-in is changed: asked for with the password, proved by a link to the new address, told to both.

use chrono::NaiveDateTime;
use serde_json::json;

use crate::domain::access::Right;
use crate::domain::customers::ContactKind;
use crate::domain::ids::LoginId;
use crate::domain::notice::{Channel, Notice};
use crate::domain::sessions::{TokenHash, TokenPurpose};
use crate::secrets::{NO_PASSWORD, Token};
use crate::store;
use crate::store::contact_points::{self, ContactPoint};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::logins::LoginRow;
use crate::store::notices::Addressee;
use crate::store::parts::OwnEmail;
use crate::store::sessions::Holder;
use crate::usecases::accounts::people::{self, PeopleError};
use crate::usecases::logins::{self, LoginError, recognized};
use crate::usecases::second_factor::{Factor, take_if_asked};

/// Mails a link to the address that a login is to have, and a word to the one that it has. Where the new address is another login's, its
/// holder is told so; the page and the word to the old address are the same, so that nobody learns who else has a sign-in.
///
/// # Errors
/// `NotRecognized` when the password checked is no longer the login's, or nothing right was shown beside it though it is asked for; or a fault.
pub fn ask(
    tx: &mut Tx<'_>,
    (login_id, checked_hash): (LoginId, &str),
    factor: Option<&Factor>,
    new_email: &str,
    (token, now): (&Token, NaiveDateTime),
) -> Result<(), LoginError> {
    let login = recognized(tx, login_id, checked_hash)?;
    take_if_asked(tx, &login, factor, now)?;
    tell(tx, &login, &login.email, &changed(&login, new_email, false))?;
    record(tx, "login.email_change_asked", &login, new_email)?;
    // What was asked for before is void: a mistyped address opens nothing any more.
    let (purpose, of_login) = (TokenPurpose::ChangeEmail, format!("{} ", login.id));
    store::tokens::mark_void_beginning(tx, purpose, &of_login, now)?;
    if let Some(other) = proved_holder(tx, new_email)? {
        let notice = Notice::AlreadyRegistered {
            name: other.name.clone(),
        };
        return Ok(tell(tx, &other, &other.email, &notice)?);
    }
    let subject = subject(&login, new_email);
    store::tokens::insert(tx, purpose, &token.hash(), &subject, now)?;
    let link = Notice::ChangeEmail {
        name: login.name.clone(),
        token: token.reveal().to_owned(),
    };
    Ok(tell(tx, &login, new_email, &link)?)
}

/// The login behind a link, whose password the door must check before `confirm`, and the address that the link would make its own.
///
/// # Errors
/// A fault.
pub fn find_asked(
    conn: &mut Conn,
    token: &TokenHash,
    now: NaiveDateTime,
) -> Result<Option<(LoginRow, String)>, StoreError> {
    match store::tokens::find(conn, TokenPurpose::ChangeEmail, token, now)? {
        Some(subject) => opened(conn, &subject),
        None => Ok(None),
    }
}

/// Makes the address the login's, whose holder has shown to read its mail and to know the password. Both addresses are told. Links that were
/// mailed to the old address open nothing any more, and every session ends: whoever reads the old mailbox is out. Bills that went to the old
/// address go to the new one.
///
/// # Errors
/// `LinkSpent` when the link was used, or the login's password, its address or the address's holder changed meanwhile; `NotRecognized` when the
/// password checked is no longer the login's; or a fault.
pub fn confirm(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    checked_hash: &str,
    now: NaiveDateTime,
) -> Result<(), LoginError> {
    let subject = store::tokens::take(tx, TokenPurpose::ChangeEmail, token, now)?
        .ok_or(LoginError::LinkSpent)?;
    let (login, email) = opened(tx, &subject)?.ok_or(LoginError::LinkSpent)?;
    recognized(tx, login.id, checked_hash)?;
    if let Some(unproved) = store::logins::find_by_email(tx, &email)? {
        store::logins::mark_closed(tx, unproved.id, NO_PASSWORD)?;
        let facts = json!({ "because": "the address is another's" });
        logins::record(tx, "login.closed", unproved.id, None, facts)?;
    }
    store::logins::mark_email(tx, login.id, &email)?;
    let reset = (TokenPurpose::ResetPassword, login.id.to_string());
    store::tokens::mark_void(tx, reset.0, &reset.1, now)?;
    store::sessions::mark_all_ended(tx, Holder::Login(login.id), now)?;
    follow(tx, &login, &email)?;
    store::alerts::mark_answering(tx, Channel::Email, &email)?;
    let told = changed(&login, &email, true);
    tell(tx, &login, &login.email, &told)?;
    tell(tx, &login, &email, &told)?;
    Ok(record(tx, "login.email_changed", &login, &email)?)
}

/// Bills and notices that went to the old address of an account's own customer go to the new one.
fn follow(tx: &mut Tx<'_>, login: &LoginRow, email: &str) -> Result<(), LoginError> {
    let on = tx.stamp.on;
    let own = store::sessions::scope(tx, login.id, on)?.with(Right::Share);
    for contact in store::parts::list_own_emails(tx, own.accounts(), on)? {
        if !contact.value.eq_ignore_ascii_case(&login.email) {
            continue;
        }
        let (account, customer) = (contact.account_id, contact.customer_id);
        let way = (ContactKind::Email, email);
        people::end_contact(tx, account, customer, contact.contact_id)
            .map_err(PeopleError::fault)?;
        match people::add_contact(tx, account, customer, way) {
            Ok(()) | Err(PeopleError::ContactKnown) => {}
            // The customer has the part and the contact, and the address was looked at.
            Err(other) => return Err(other.fault().into()),
        }
        keep_chosen(tx, &contact, email)?;
    }
    Ok(())
}

/// The new address is proved by its link, and takes over what its customer chose the old one for.
fn keep_chosen(tx: &mut Tx<'_>, old: &OwnEmail, email: &str) -> Result<(), StoreError> {
    let (customer, on) = (old.customer_id, tx.stamp.on);
    let present = contact_points::list_present(tx, &[customer], on)?;
    let is_new = |point: &&ContactPoint| point.value.eq_ignore_ascii_case(email);
    let Some(new) = present.iter().find(is_new) else {
        return Ok(());
    };
    contact_points::mark_verified(tx, new.id)?;
    if old.is_primary {
        contact_points::mark_primary(tx, (customer, ContactKind::Email), new.id)?;
    }
    Ok(())
}

/// A link opens for one password, one address of now and one to come: after a new password or address, what was asked for before is void.
fn subject(login: &LoginRow, email: &str) -> String {
    let now = format!("{} {}", login.password_hash, login.email);
    let now = Token::presented(&now).hash();
    format!("{} {} {email}", login.id, now.as_str())
}

/// The login whose address this is and who proved it: what somebody typed into a registration and never proved keeps no address from anybody.
fn proved_holder(conn: &mut Conn, email: &str) -> Result<Option<LoginRow>, StoreError> {
    let found = store::logins::find_by_email(conn, email)?;
    Ok(found.filter(|login| login.email_verified_at.is_some()))
}

/// The login and its new address, where both still stand as they did when the link was asked for.
fn opened(conn: &mut Conn, asked: &str) -> Result<Option<(LoginRow, String)>, StoreError> {
    let mut parts = asked.splitn(3, ' ');
    let id = parts.next().and_then(|id| id.parse::<LoginId>().ok());
    let (Some(id), Some(email)) = (id, parts.nth(1)) else {
        return Ok(None);
    };
    let login = store::logins::get(conn, id)?;
    let is_free = proved_holder(conn, email)?.is_none();
    let stands = login.is_active && is_free && subject(&login, email) == asked;
    Ok(stands.then(|| (login, email.to_owned())))
}

fn changed(login: &LoginRow, to: &str, is_done: bool) -> Notice {
    Notice::EmailChanged {
        name: login.name.clone(),
        to: in_part(to),
        is_done,
    }
}

/// `r…@post.example`: enough for its holder to know it by.
pub(super) fn in_part(email: &str) -> String {
    let (before, host) = email.rsplit_once('@').unwrap_or(("", email));
    let first: String = before.chars().take(1).collect();
    format!("{first}…@{host}")
}

fn tell(
    tx: &mut Tx<'_>,
    login: &LoginRow,
    address: &str,
    notice: &Notice,
) -> Result<(), StoreError> {
    let to = Addressee::by_email(address, login.language).of_login(login.id);
    store::notices::put(tx, &to, notice)?;
    Ok(())
}

fn record(
    tx: &mut Tx<'_>,
    action: &'static str,
    login: &LoginRow,
    to: &str,
) -> Result<(), StoreError> {
    let facts = json!({ "from": login.email, "to": to });
    logins::record(tx, action, login.id, None, facts)
}
