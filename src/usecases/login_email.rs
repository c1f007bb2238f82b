//! The address of a sign-in is changed: asked for with the password, proved by a link to the new address, told to both.

use chrono::NaiveDateTime;
use serde_json::json;

use crate::domain::ids::LoginId;
use crate::domain::notice::{Channel, Notice};
use crate::domain::sessions::{TokenHash, TokenPurpose};
use crate::secrets::Token;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::logins::LoginRow;
use crate::store::notices::Addressee;
use crate::usecases::logins::{LoginError, recognized};

/// Mails a link to the address that a login is to have, and a word to the one that it has. Where the new address is another login's, its
/// holder is told so; the page and the word to the old address are the same, so that nobody learns who else has a sign-in.
///
/// # Errors
/// `NotRecognized` when the password checked is no longer the login's; or a fault.
pub fn ask(
    tx: &mut Tx<'_>,
    (login_id, checked_hash): (LoginId, &str),
    new_email: &str,
    (token, now): (&Token, NaiveDateTime),
) -> Result<(), LoginError> {
    let login = recognized(tx, login_id, checked_hash)?;
    tell(tx, &login, &login.email, &changed(&login, new_email, false))?;
    record(tx, "login.email_change_asked", &login, new_email)?;
    if let Some(other) = store::logins::find_by_email(tx, new_email)? {
        let notice = Notice::AlreadyRegistered {
            name: other.name.clone(),
        };
        return Ok(tell(tx, &other, &other.email, &notice)?);
    }
    let subject = subject(&login, new_email);
    store::tokens::insert(tx, TokenPurpose::ChangeEmail, &token.hash(), &subject, now)?;
    let link = Notice::ChangeEmail {
        name: login.name.clone(),
        token: token.reveal().to_owned(),
    };
    Ok(tell(tx, &login, new_email, &link)?)
}

/// The address that a link would make a login's now.
///
/// # Errors
/// A fault.
pub fn find_asked(
    conn: &mut Conn,
    token: &TokenHash,
    now: NaiveDateTime,
) -> Result<Option<String>, StoreError> {
    let Some(subject) = store::tokens::find(conn, TokenPurpose::ChangeEmail, token, now)? else {
        return Ok(None);
    };
    Ok(opened(conn, &subject)?.map(|(_, email)| email))
}

/// Makes the address the login's, whose holder has shown to read its mail. Both addresses are told.
///
/// # Errors
/// `LinkSpent` when the link was used, or the login's password or the address's holder changed meanwhile; or a fault.
pub fn confirm(tx: &mut Tx<'_>, token: &TokenHash, now: NaiveDateTime) -> Result<(), LoginError> {
    let subject = store::tokens::take(tx, TokenPurpose::ChangeEmail, token, now)?
        .ok_or(LoginError::LinkSpent)?;
    let (login, email) = opened(tx, &subject)?.ok_or(LoginError::LinkSpent)?;
    store::logins::mark_email(tx, login.id, &email)?;
    store::alerts::mark_answering(tx, Channel::Email, &email)?;
    let told = changed(&login, &email, true);
    tell(tx, &login, &login.email, &told)?;
    tell(tx, &login, &email, &told)?;
    Ok(record(tx, "login.email_changed", &login, &email)?)
}

/// A link opens for one password and one address: after a new password, what was asked for with the old one is void.
fn subject(login: &LoginRow, email: &str) -> String {
    let password = Token::presented(&login.password_hash).hash();
    format!("{} {} {email}", login.id, password.as_str())
}

/// The login and its new address, where both still stand as they did when the link was asked for.
fn opened(conn: &mut Conn, asked: &str) -> Result<Option<(LoginRow, String)>, StoreError> {
    let mut parts = asked.splitn(3, ' ');
    let id = parts.next().and_then(|id| id.parse::<LoginId>().ok());
    let (Some(id), Some(email)) = (id, parts.nth(1)) else {
        return Ok(None);
    };
    let login = store::logins::get(conn, id)?;
    let is_free = store::logins::find_by_email(conn, email)?.is_none();
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
fn in_part(email: &str) -> String {
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
    let deed = Deed {
        action,
        subject_kind: "login",
        subject_id: login.id.to_string(),
        account_id: None,
        facts: json!({ "from": login.email, "to": to }),
    };
    store::audit::insert(tx, &deed)
}
