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

use std::collections::{HashMap, HashSet};

use crate::domain::access::Right;
use crate::domain::alerts::AlertKind;
use crate::domain::ids::AccountId;
use crate::domain::notice::{Channel, Notice, NoticeState};
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

/// What names the telling of an event on one way of somebody's.
fn name_of_way(kind: AlertKind, what: &str, channel: Channel, listener: &Listener) -> String {
    let who = listener.reader.to.login_id.map_or(0, |login| login.0);
    format!("{kind}:{what}:{channel}:{who}")
}

/// Of which of these events of accounts a text stands with somebody who looks after the account: it waits, left or arrived. Where mail comes back
/// it went out in its place.
pub(super) fn list_texted(
    tx: &mut Tx<'_>,
    kind: AlertKind,
    events: &[(AccountId, String)],
    listeners: &HashMap<AccountId, Vec<Listener>>,
) -> Result<HashSet<String>, StoreError> {
    let mut named: HashMap<String, &String> = HashMap::new();
    for (account, what) in events {
        let all = listeners.get(account).into_iter().flatten();
        for listener in all.filter(|listener| listener.gives(Right::Change)) {
            named.insert(name_of_way(kind, what, Channel::Text, listener), what);
        }
    }
    let keys: Vec<String> = named.keys().cloned().collect();
    let states = planned_alerts::list_states(tx, &keys)?;
    let stands = |(key, what): (&String, &&String)| {
        let state = states.get(key)?;
        (*state != NoticeState::Failed).then(|| (*what).clone())
    };
    Ok(named.iter().filter_map(stands).collect())
}

/// One notice for each way on which somebody is told of it. `what` names the event: each way of each person tells it once.
pub(super) fn on_every_way(
    listener: &Listener,
    kind: AlertKind,
    what: &str,
    notice: &Notice,
) -> Vec<NewNotice> {
    listener
        .ways(kind)
        .into_iter()
        .map(|to| {
            let key = name_of_way(kind, what, to.channel, listener);
            NewNotice::once(to, notice.clone(), key)
        })
        .collect()
}

/// One letter to an account's house. `what` names the event, as for the other ways.
pub(super) fn by_letter(reader: &Reader, kind: AlertKind, what: &str, notice: Notice) -> NewNotice {
    let key = format!("{kind}:{what}:{}:0", Channel::Paper);
    NewNotice::once(reader.to.clone(), notice, key)
}
