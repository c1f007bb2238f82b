//! What is heard of a notice after it left: it arrived, it came back, the letter that carried a bill was returned. What came back goes out
//! another way at once.

use serde_json::json;

use crate::domain::access::Right;
use crate::domain::alerts::Consent;
use crate::domain::bills::{DeliveryChannel, DeliveryState};
use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::{AccountId, BillNumber, NoticeId};
use crate::domain::notice::{Channel, Notice, NoticeState};
use crate::domain::print::MailCode;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::bill_deliveries;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::{self, NewException};
use crate::store::notices::Addressee;
use crate::store::outbox::{self, Left};
use crate::store::parts::{self, OwnEmail};
use crate::usecases::alerts::wishes::is_our_tag;
use crate::usecases::billing::deliver;
use crate::usecases::notices::{bills_carried, come_back};
use crate::usecases::reach::{ladder, named};

/// The carrier's code for a number whose holder told the carrier to stop our texts.
const STOPPED_AT_CARRIER: &str = "21610";

/// Notes that a mail which left came back: its address is not written to again, a bill that it carried goes out on paper at once, and what must
/// reach somebody another way. Safe to repeat; what is not ours, by its number and tag, is passed over. Says whether anything changed.
///
/// # Errors
/// A fault of the store.
pub fn record_bounced(
    tx: &mut Tx<'_>,
    (id, tag): (NoticeId, &str),
    why: &str,
) -> Result<bool, StoreError> {
    if !is_our_tag(tx, id, tag)? {
        return Ok(false);
    }
    let Some(left) = outbox::find(tx, id)? else {
        return Ok(false);
    };
    if left.channel != Channel::Email {
        return Ok(false);
    }
    undo(tx, &left, why)
}

/// Notes what the carrier says of a text: `delivered`, `undelivered`, `failed`, or a step on the way, which changes nothing.
///
/// # Errors
/// A fault of the store.
pub fn record_receipt(
    tx: &mut Tx<'_>,
    provider: &str,
    (status, error): (&str, &str),
) -> Result<bool, StoreError> {
    let Some(left) = outbox::find_by_provider(tx, provider)? else {
        return Ok(false);
    };
    match status {
        "delivered" => outbox::mark_delivered(tx, left.id),
        "undelivered" | "failed" => {
            let why = format!("the carrier says {status} {error}");
            undo(tx, &left, why.trim_end())
        }
        _ => Ok(false),
    }
}

fn undo(tx: &mut Tx<'_>, left: &Left, why: &str) -> Result<bool, StoreError> {
    if !outbox::mark_come_back(tx, left.id, why)? {
        return Ok(false);
    }
    come_back(tx, left.channel, &left.recipient, why)?;
    // What carried a secret kept no facts; it brought no bill either.
    if let Ok(notice) = serde_json::from_str::<Notice>(&left.facts) {
        for bill in bills_carried(tx, left.channel, (left.id, &notice))? {
            deliver::record_undelivered(tx, bill, why)?;
        }
    }
    let deed = Deed {
        action: "notice.came_back",
        subject_kind: "notice",
        subject_id: left.id.to_string(),
        account_id: left.account_id,
        facts: json!({ "why": why }),
    };
    audit::insert(tx, &deed)?;
    if let Some(account) = left.account_id {
        tx.touch(account);
    }
    // A letter that came back has its own way on (`reroute_letter`).
    if left.channel != Channel::Paper {
        ladder::go_on(tx, &[left.id])?;
    }
    Ok(true)
}

/// Notes that the carrier refused a text because its number's holder told the carrier to stop: their no stands here too.
///
/// # Errors
/// A fault of the store.
pub fn heed_carrier(tx: &mut Tx<'_>, number: &str, why: &str) -> Result<(), StoreError> {
    if !why.contains(STOPPED_AT_CARRIER) {
        return Ok(());
    }
    store::text_numbers::insert_consent(tx, number, (Consent::Withdrawn, why), None)
}

/// Why a returned letter was not noted.
#[derive(Debug, thiserror::Error)]
pub enum ReturnedError {
    /// No issued bill and no letter has this code.
    #[error("no issued bill and no letter has this code")]
    Unknown,
    /// It was not mailed, or noted as returned before.
    #[error("no letter with this code is out")]
    NotOnPaper,
    /// The database.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Notes that a bill or a letter on paper was returned by the post. Only what was handed to the post can come back.
///
/// # Errors
/// `Unknown`, `NotOnPaper`, or a fault.
pub fn record_returned_letter(
    tx: &mut Tx<'_>,
    code: &MailCode,
    why: &str,
) -> Result<(), ReturnedError> {
    match code {
        MailCode::Bill(number) => returned_bill(tx, number, why),
        MailCode::Letter(id) => returned_notice(tx, *id, why),
    }
}

fn returned_notice(tx: &mut Tx<'_>, id: NoticeId, why: &str) -> Result<(), ReturnedError> {
    let left = outbox::find(tx, id)?.ok_or(ReturnedError::Unknown)?;
    if left.channel != Channel::Paper {
        return Err(ReturnedError::Unknown);
    }
    if left.state != NoticeState::Sent {
        return Err(ReturnedError::NotOnPaper);
    }
    Ok(reroute_letter(tx, id, why)?)
}

/// Notes that a letter does not reach its reader: what it tells goes by e-mail where there is an address now, a charge with a later day, and
/// somebody looks at the account's.
///
/// # Errors
/// A fault of the store.
pub(crate) fn reroute_letter(tx: &mut Tx<'_>, id: NoticeId, why: &str) -> Result<(), StoreError> {
    let Some(left) = outbox::find(tx, id)? else {
        return Ok(());
    };
    if !undo(tx, &left, why)? {
        return Ok(());
    }
    let Some(account) = left.account_id else {
        return Ok(());
    };
    // What carried a secret goes to nobody else.
    let notice = serde_json::from_str::<Notice>(&left.facts).ok();
    if notice.is_some_and(|notice| !notice.has_secret())
        && let Some((to, name)) = mailed_instead(tx, account)?
        && !ladder::mail_charge(tx, id, (&to, &name))?
    {
        store::notices::put(tx, &to, &named(&left.facts, &name)?)?;
    }
    let found = NewException {
        account_id: Some(account),
        ..NewException::of(
            format!("notice:{id}:returned"),
            ExceptionKind::Delivery,
            ExceptionReason::Undelivered,
            json!({ "why": why }),
        )
    };
    exceptions::open(tx, &found)?;
    Ok(())
}

/// Where a letter to an account's house goes when the post returned it: to the customer's own address, else to a sign-in whose account it is;
/// never to a guest. With what we call them.
///
/// # Errors
/// A fault of the store.
pub(super) fn mailed_instead(
    tx: &mut Tx<'_>,
    account: AccountId,
) -> Result<Option<(Addressee, String)>, StoreError> {
    let on = tx.stamp.on;
    let own = parts::list_own_emails(tx, &[account], on)?;
    let addresses: Vec<String> = own.iter().map(|own| own.value.to_lowercase()).collect();
    let failing = store::alerts::list_failing(tx, Channel::Email, &addresses)?;
    let answers = |own: &&OwnEmail| !failing.contains(&own.value.to_lowercase());
    if let Some(own) = own.iter().filter(answers).min_by_key(|own| !own.is_primary) {
        let to = Addressee::by_email(&own.value, own.language).of_account(account);
        return Ok(Some((to, own.name.clone())));
    }
    let listeners = store::alerts::list_listeners(tx, &[account], on)?;
    let owner = listeners
        .into_iter()
        .find(|listener| !listener.is_failing && listener.gives(Right::Share));
    Ok(owner.map(|owner| (owner.reader.to, owner.reader.name)))
}

fn returned_bill(tx: &mut Tx<'_>, number: &BillNumber, why: &str) -> Result<(), ReturnedError> {
    let found = bill_deliveries::find_issued(tx, number)?;
    let (bill, account) = found.ok_or(ReturnedError::Unknown)?;
    let latest = bill_deliveries::list_latest(tx, &[bill])?;
    let is_out = latest
        .values()
        .flatten()
        .any(|row| row.channel == DeliveryChannel::Paper && row.state == DeliveryState::Sent);
    if !is_out {
        return Err(ReturnedError::NotOnPaper);
    }
    deliver::record_returned(tx, bill, why)?;
    let deed = Deed {
        action: "bill.letter_returned",
        subject_kind: "bill",
        subject_id: number.to_string(),
        account_id: Some(account),
        facts: json!({ "why": why }),
    };
    audit::insert(tx, &deed)?;
    Ok(())
}

/// Notes that an address answers again: whoever works the finding heard so from the customer.
///
/// # Errors
/// A fault of the store.
pub fn trust_address(tx: &mut Tx<'_>, account: AccountId, address: &str) -> Result<(), StoreError> {
    if store::alerts::mark_answering(tx, Channel::Email, address)? {
        let deed = Deed {
            action: "address.trusted",
            subject_kind: "account",
            subject_id: account.to_string(),
            account_id: Some(account),
            facts: json!({ "address": address }),
        };
        audit::insert(tx, &deed)?;
        tx.touch(account);
    }
    Ok(())
}
