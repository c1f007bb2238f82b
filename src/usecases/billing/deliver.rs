//! Sending issued bills out as each account wants them: on paper, by e-mail, or on the customer's own pages. What happens to a delivery
//! later is a row of its own; one that fails goes out another way at once.

use std::collections::HashMap;

use serde_json::json;

use crate::domain::access::Right;
use crate::domain::bills::{DeliveryChannel, DeliveryState};
use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::{AccountId, BillId};
use crate::domain::notice::{Channel, Notice};
use crate::store;
use crate::store::bill_deliveries::{self, Addressee, DeliveryRow, IssuedHead};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::{self, NewException};
use crate::store::notices::{self, NewNotice};

/// Puts bills that were just issued on their way, in a fixed number of statements.
pub(super) fn send_out(tx: &mut Tx<'_>, ids: &[BillId]) -> Result<(), StoreError> {
    let issued = bill_deliveries::list_issued(tx, ids)?;
    let accounts: Vec<AccountId> = issued.iter().map(|bill| bill.account_id).collect();
    let on = tx.stamp.on;
    let mut addressees = bill_deliveries::list_addressees(tx, &accounts, on)?;
    forget_failing(tx, &mut addressees)?;
    let mut rows = Vec::with_capacity(issued.len());
    let mut letters = Vec::new();
    for bill in &issued {
        let Some(to) = addressees.get(&bill.account_id) else {
            return Err(StoreError::Missing("account"));
        };
        rows.extend(first_steps(tx, bill.id, to));
        letters.extend(letter(bill, to));
    }
    bill_deliveries::insert_rows(tx, &rows)?;
    notices::put_all(tx, &letters)
}

/// An address from which mail comes back is none.
fn forget_failing(
    tx: &mut Tx<'_>,
    addressees: &mut HashMap<AccountId, Addressee>,
) -> Result<(), StoreError> {
    let addresses: Vec<String> = addressees
        .values()
        .filter_map(|to| Some(to.address.as_ref()?.to_lowercase()))
        .collect();
    for some in addresses.chunks(1_000) {
        let failing = store::alerts::list_failing(tx, Channel::Email, some)?;
        if failing.is_empty() {
            continue;
        }
        for to in addressees.values_mut() {
            let is_failing = |address: &String| failing.contains(&address.to_lowercase());
            to.address = to.address.take().filter(|address| !is_failing(address));
        }
    }
    Ok(())
}

/// The first step on each channel. Without paper or e-mail the bill is there as soon as it stands on the customer's pages; an e-mail without
/// an address fails at once, and the bill goes out on paper.
fn first_steps(tx: &Tx<'_>, bill_id: BillId, to: &Addressee) -> Vec<DeliveryRow> {
    use DeliveryChannel::{Email, Paper, Portal};
    let at = tx.stamp.at;
    let step = |channel, state, facts: Option<&str>| DeliveryRow {
        bill_id,
        channel,
        state,
        at,
        facts: facts.map(str::to_owned),
    };
    let mut steps = Vec::with_capacity(2);
    match (to.email, &to.address) {
        (true, Some(_)) => steps.push(step(Email, DeliveryState::Queued, None)),
        (true, None) => steps.push(step(Email, DeliveryState::Failed, Some("no address"))),
        (false, _) => {}
    }
    if to.paper || (to.email && to.address.is_none()) {
        steps.push(step(Paper, DeliveryState::Queued, None));
    }
    if steps.is_empty() {
        steps.push(step(Portal, DeliveryState::Delivered, None));
    }
    steps
}

fn letter(bill: &IssuedHead, to: &Addressee) -> Option<NewNotice> {
    let address = to.address.as_ref().filter(|_| to.email)?;
    let addressee = notices::Addressee::by_email(address, to.language);
    Some(NewNotice::once(
        addressee.of_account(bill.account_id),
        bill_ready(bill, to),
        format!("bill:{}", bill.id),
    ))
}

fn bill_ready(bill: &IssuedHead, to: &Addressee) -> Notice {
    Notice::BillReady {
        name: to.name.clone(),
        account_number: to.number.clone(),
        bill: bill.id,
        total: bill.asked(),
        balance: bill.previous + bill.asked(),
        due_on: bill.due_on,
    }
}

/// Notes that the mails that carry these bills left.
///
/// # Errors
/// Those of the database.
pub(crate) fn record_mailed(tx: &mut Tx<'_>, bills: &[BillId]) -> Result<(), StoreError> {
    let sent = (DeliveryChannel::Email, DeliveryState::Sent);
    let rows: Vec<DeliveryRow> = bills
        .iter()
        .map(|bill| step_now(tx, *bill, sent, None))
        .collect();
    bill_deliveries::insert_rows(tx, &rows)
}

/// Notes that the mail that carries a bill was given up: the bill goes out on paper at once, unless it did so already, and somebody looks at
/// the address.
///
/// # Errors
/// Those of the database.
pub(crate) fn record_undelivered(
    tx: &mut Tx<'_>,
    bill: BillId,
    why: &str,
) -> Result<(), StoreError> {
    let failed = (DeliveryChannel::Email, DeliveryState::Failed);
    let mut rows = vec![step_now(tx, bill, failed, Some(why.to_owned()))];
    let latest = bill_deliveries::list_latest(tx, &[bill])?;
    let on_paper = latest
        .values()
        .flatten()
        .any(|row| row.channel == DeliveryChannel::Paper);
    if !on_paper {
        let queued = (DeliveryChannel::Paper, DeliveryState::Queued);
        rows.push(step_now(tx, bill, queued, None));
    }
    bill_deliveries::insert_rows(tx, &rows)?;
    ask_for_help(tx, bill, ("undelivered", why))
}

/// Notes that a bill on paper came back. Where its account has an address that was not tried, it is mailed there at once; where it has none,
/// it waits on the customer's pages. Somebody looks at the address.
///
/// # Errors
/// Those of the database.
pub(crate) fn record_returned(tx: &mut Tx<'_>, bill: BillId, why: &str) -> Result<(), StoreError> {
    let failed = (DeliveryChannel::Paper, DeliveryState::Failed);
    let mut rows = vec![step_now(tx, bill, failed, Some(why.to_owned()))];
    let latest = bill_deliveries::list_latest(tx, &[bill])?;
    let tried =
        |channel: DeliveryChannel| latest.values().flatten().any(|row| row.channel == channel);
    let mut letters = Vec::new();
    if !tried(DeliveryChannel::Email) {
        letters.extend(mail_instead(tx, bill)?);
    }
    if letters.is_empty() {
        let here = (DeliveryChannel::Portal, DeliveryState::Delivered);
        rows.push(step_now(tx, bill, here, None));
    } else {
        let queued = (DeliveryChannel::Email, DeliveryState::Queued);
        rows.push(step_now(tx, bill, queued, None));
    }
    bill_deliveries::insert_rows(tx, &rows)?;
    notices::put_all(tx, &letters)?;
    ask_for_help(tx, bill, ("returned", why))
}

/// The mail that brings a bill to an account whose bills do not go by mail, where whoever's account it is has an address; never to a guest.
fn mail_instead(tx: &mut Tx<'_>, bill: BillId) -> Result<Option<NewNotice>, StoreError> {
    let issued = bill_deliveries::list_issued(tx, &[bill])?;
    let Some(issued) = issued.first() else {
        return Ok(None);
    };
    let on = tx.stamp.on;
    let listeners = store::alerts::list_listeners(tx, &[issued.account_id], on)?;
    let owner = listeners
        .iter()
        .find(|listener| !listener.is_failing && listener.gives(Right::Share));
    Ok(owner.map(|listener| {
        let to = Addressee {
            number: listener.reader.account_number.clone(),
            language: listener.reader.to.language,
            paper: false,
            email: true,
            name: listener.reader.name.clone(),
            address: Some(listener.reader.to.address.clone()),
        };
        let key = format!("bill:{bill}");
        NewNotice::once(listener.reader.to.clone(), bill_ready(issued, &to), key)
    }))
}

/// Opens the finding that somebody works: the same bill once for each way that failed.
fn ask_for_help(tx: &mut Tx<'_>, bill: BillId, (how, why): (&str, &str)) -> Result<(), StoreError> {
    let row = store::bills::get(tx, bill)?;
    let found = NewException {
        account_id: Some(row.account_id),
        bill_id: Some(bill),
        ..NewException::of(
            format!("bill:{bill}:{how}"),
            ExceptionKind::Delivery,
            ExceptionReason::Undelivered,
            json!({ "why": why }),
        )
    };
    exceptions::open(tx, &found)?;
    tx.touch(row.account_id);
    Ok(())
}

fn step_now(
    tx: &Tx<'_>,
    bill_id: BillId,
    (channel, state): (DeliveryChannel, DeliveryState),
    facts: Option<String>,
) -> DeliveryRow {
    DeliveryRow {
        bill_id,
        channel,
        state,
        at: tx.stamp.at,
        facts,
    }
}
