//! What customers want to be told of, and telling it when the time comes: reminders of what is owed, what a new bill has to say, and what use
//! in a period that goes on will come to.

pub(super) mod copies;
pub mod new_bills;
pub mod outages;
pub mod pay_links;
pub mod reminders;
pub mod usage;
mod usage_news;
pub mod wishes;

use std::collections::HashSet;

use crate::domain::alerts::AlertKind;
use crate::domain::notice::{Channel, Notice};
use crate::store::alerts::Listener;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::{self, NewNotice, Reader};
use crate::store::planned_alerts;

/// Puts what was not told before in the outbox, in one statement. Says how many that are.
pub(super) fn put_new(tx: &mut Tx<'_>, planned: Vec<NewNotice>) -> Result<usize, StoreError> {
    let keys: Vec<String> = planned
        .iter()
        .filter_map(|new| new.source_key.clone())
        .collect();
    let mut seen: HashSet<String> = planned_alerts::list_told(tx, &keys)?;
    let is_new = |new: &NewNotice| {
        let key = new.source_key.as_ref();
        key.is_none_or(|key| seen.insert(key.clone()))
    };
    let mut new = planned;
    new.retain(is_new);
    notices::put_all(tx, &new)?;
    Ok(new.len())
}

/// One notice for each way on which somebody is told of it. `what` names the event: each way of each person tells it once.
pub(super) fn on_every_way(
    listener: &Listener,
    kind: AlertKind,
    what: &str,
    notice: &Notice,
) -> Vec<NewNotice> {
    let who = listener.reader.to.login_id.map_or(0, |login| login.0);
    listener
        .ways(kind)
        .into_iter()
        .map(|to| {
            let key = format!("{kind}:{what}:{}:{who}", to.channel);
            NewNotice::once(to, notice.clone(), key)
        })
        .collect()
}

/// One letter to an account's house. `what` names the event, as for the other ways.
pub(super) fn by_letter(reader: &Reader, kind: AlertKind, what: &str, notice: Notice) -> NewNotice {
    let key = format!("{kind}:{what}:{}:0", Channel::Paper);
    NewNotice::once(reader.to.clone(), notice, key)
}
