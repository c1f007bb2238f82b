//! Telling whoever follows an account, and what becomes of a notice after it was put in the outbox.

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use crate::domain::ids::{AccountId, NoticeId};
use crate::domain::notice::{Channel, Notice, Urgency};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::{Addressee, NoticeRow, Reader};
use crate::usecases::billing::deliver;

/// Tells whoever follows an account, each in their language; where nobody is reached by e-mail, what must be told goes by letter.
///
/// # Errors
/// A fault of the store.
pub fn tell(
    tx: &mut Tx<'_>,
    account: AccountId,
    urgency: Urgency,
    write: impl Fn(&Reader) -> Notice,
) -> Result<(), StoreError> {
    for reader in &readers(tx, account, urgency)? {
        store::notices::put(tx, &reader.to, &write(reader))?;
    }
    Ok(())
}

/// Tells whoever follows the account, by letter where nobody is reached by e-mail; all but one address, which is told otherwise.
///
/// # Errors
/// A fault of the store.
pub fn tell_others(
    tx: &mut Tx<'_>,
    account: AccountId,
    but: &str,
    write: impl Fn(&Reader) -> Notice,
) -> Result<(), StoreError> {
    for reader in &readers(tx, account, Urgency::MustReach)? {
        if !reader.to.address.eq_ignore_ascii_case(but) {
            store::notices::put(tx, &reader.to, &write(reader))?;
        }
    }
    Ok(())
}

fn readers(
    tx: &mut Tx<'_>,
    account: AccountId,
    urgency: Urgency,
) -> Result<Vec<Reader>, StoreError> {
    let on = tx.stamp.on;
    let mut readers = store::notices::list_readers(tx, account, on)?;
    if readers.is_empty() && urgency == Urgency::MustReach {
        readers.extend(by_letter(tx, account)?);
    }
    Ok(readers)
}

/// The customer at the account's mailing address, where there is one.
fn by_letter(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Reader>, StoreError> {
    let on = tx.stamp.on;
    let Some(address) = store::logins::mailing_address(tx, account, on)? else {
        return Ok(None);
    };
    let row = store::accounts::get(tx, account)?;
    Ok(Some(Reader {
        name: address.lines().next().unwrap_or_default().to_owned(),
        account_number: row.number,
        to: Addressee {
            channel: Channel::Paper,
            address,
            language: row.language,
            account_id: Some(account),
            login_id: None,
        },
    }))
}

/// Takes mail that is due for one sender, who reports within a few minutes; else it is due again. No audit row: nothing changed for anybody.
///
/// # Errors
/// A fault of the store.
pub fn take_due(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<NoticeRow>, StoreError> {
    let until = tx.stamp.at + TimeDelta::minutes(5);
    store::notices::take_due(tx, until, limit)
}

/// Notes that a notice was sent, with the exact words; a letter that carried a secret leaves none behind.
///
/// # Errors
/// A fault of the store.
pub fn record_sent(
    tx: &mut Tx<'_>,
    row: &NoticeRow,
    subject: &str,
    text: &str,
) -> Result<(), StoreError> {
    store::notices::mark_sent(tx, row, subject, text)?;
    if let Notice::BillReady { bill, .. } = &row.notice {
        deliver::record_mailed(tx, *bill)?;
    }
    record(
        tx,
        "notice.sent",
        row.id,
        json!({ "kind": row.notice.kind() }),
    )
}

/// Notes that sending failed: it is tried again at an instant, or given up.
///
/// # Errors
/// A fault of the store.
pub fn record_failed(
    tx: &mut Tx<'_>,
    row: &NoticeRow,
    why: &str,
    again_at: Option<NaiveDateTime>,
) -> Result<(), StoreError> {
    store::notices::mark_failed(tx, row.id, why, again_at)?;
    if again_at.is_some() {
        return Ok(());
    }
    if let Notice::BillReady { bill, .. } = &row.notice {
        deliver::record_undelivered(tx, *bill, why)?;
    }
    record(tx, "notice.given_up", row.id, json!({}))
}

fn record(
    tx: &mut Tx<'_>,
    action: &str,
    id: NoticeId,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "notice",
        subject_id: id.to_string(),
        account_id: None,
        facts,
    };
    store::audit::insert(tx, &deed)
}
