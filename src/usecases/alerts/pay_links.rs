//! The link to pay in whatever asks for money, a bill, a reminder, an installment: signed, good for three weeks, and for paying alone. Whoever has the message may pay without a
//! sign-in and sees what is owed, as the message says it; the account's number is shown in part, since with it and an amount somebody could
//! say that the account is theirs.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde_json::json;

use crate::domain::ids::{AccountId, AccountNumber, LoginId, NoticeId};
use crate::domain::notice::{Channel, Notice};
use crate::domain::sessions::TokenPurpose;
use crate::secrets::{self, Token};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::notices::NoticeRow;
use crate::store::outbox::{self, Left};
use crate::usecases::alerts::wishes::{KEY, mail_key};

/// How long a link opens, counted from the message.
const OPENS_FOR: TimeDelta = TimeDelta::days(21);

/// So many letters of the signature are in the link: a text has little room, and 96 bits are not guessed.
const LETTERS: usize = 24;

/// The signature of the link in a message; nothing where it asks for no money.
#[must_use]
pub fn signature(key: &str, row: &NoticeRow) -> Option<String> {
    row.notice.asks_to_pay().then(|| sign(key, row.id))
}

/// Where the links of what a mail carries lead, in its order; nothing for what asks for no money.
///
/// # Errors
/// A fault of the store.
pub(super) fn of_digest(
    conn: &mut Conn,
    key: &str,
    digest: NoticeId,
) -> Result<Vec<Option<String>>, StoreError> {
    let carried = outbox::list_of_digest(conn, digest)?;
    let asks = |left: &Left| {
        let notice = serde_json::from_str::<Notice>(&left.facts);
        notice.is_ok_and(|notice| notice.asks_to_pay())
    };
    let link = |left: &Left| asks(left).then(|| path(left.id, &sign(key, left.id)));
    Ok(carried.iter().map(link).collect())
}

/// Where a link leads on the public address.
#[must_use]
pub fn path(id: NoticeId, signature: &str) -> String {
    format!("/pay-link/{id}/{signature}")
}

/// Signs the links of these texts, in their order. The first call keeps the fresh key.
///
/// # Errors
/// A fault of the store.
pub fn sign_texts(
    tx: &mut Tx<'_>,
    rows: &[NoticeRow],
    fresh: &Token,
) -> Result<Vec<Option<String>>, StoreError> {
    let key = mail_key(tx, fresh)?;
    Ok(rows.iter().map(|row| signature(&key, row)).collect())
}

/// The account that a link would let pay now; nothing where it is not ours, too old, or went where nobody answers any more, or to a sign-in
/// that holds the account no more.
///
/// # Errors
/// A fault of the store.
pub fn find(
    conn: &mut Conn,
    (id, told): (NoticeId, &str),
    (on, now): (NaiveDate, NaiveDateTime),
) -> Result<Option<(AccountId, AccountNumber)>, StoreError> {
    let Some(key) = store::settings::find(conn, KEY)? else {
        return Ok(None);
    };
    if !secrets::is_same(&sign(&key, id), told) {
        return Ok(None);
    }
    let Some((left, created_at)) = outbox::find_dated(conn, id)? else {
        return Ok(None);
    };
    let failing = match left.channel {
        Channel::Email | Channel::Text => {
            let address = left.recipient.to_lowercase();
            store::alerts::list_failing(conn, left.channel, &[address])?
        }
        Channel::Paper | Channel::Portal => return Ok(None),
    };
    let Some(account) = left.account_id else {
        return Ok(None);
    };
    if created_at + OPENS_FOR <= now || !failing.is_empty() {
        return Ok(None);
    }
    if let Some(login) = left.login_id
        && !still_follows(conn, login, (account, &left), on)?
    {
        return Ok(None);
    }
    let number = store::logins::account_number(conn, account)?;
    Ok(Some((account, number)))
}

/// Whether a message still is in the hands of somebody to whom the account is open: by mail, at the address that the sign-in has now, or the one
/// that the customer chose.
fn still_follows(
    conn: &mut Conn,
    login: LoginId,
    (account, left): (AccountId, &Left),
    on: NaiveDate,
) -> Result<bool, StoreError> {
    let row = store::logins::get(conn, login)?;
    let is_same = |email: &str| email.eq_ignore_ascii_case(&left.recipient);
    let is_theirs = left.channel != Channel::Email
        || is_same(&row.email)
        || store::parts::list_own_emails(conn, &[account], on)?
            .iter()
            .any(|own| own.is_primary && is_same(&own.value));
    let access = store::logins::find_access(conn, login, account, on)?;
    Ok(row.is_active && is_theirs && access.is_some())
}

/// Lets whoever has the link pay with this token, as a guest who has seen the bill. Says whether the link opened.
///
/// # Errors
/// A fault of the store.
pub fn open(
    tx: &mut Tx<'_>,
    (id, told): (NoticeId, &str),
    (token, now): (&Token, NaiveDateTime),
) -> Result<bool, StoreError> {
    let (on, at) = (tx.stamp.on, tx.stamp.at);
    let Some((account, _)) = find(tx, (id, told), (on, at))? else {
        return Ok(false);
    };
    let purpose = TokenPurpose::QuickPayWithBill;
    store::tokens::insert(tx, purpose, &token.hash(), &account.to_string(), now)?;
    let deed = Deed {
        action: "account.pay_link_opened",
        subject_kind: "notice",
        subject_id: id.to_string(),
        account_id: Some(account),
        facts: json!({}),
    };
    audit::insert(tx, &deed)?;
    Ok(true)
}

fn sign(key: &str, id: NoticeId) -> String {
    secrets::sign(key, &format!("pay:{id}"))
        .chars()
        .take(LETTERS)
        .collect()
}
