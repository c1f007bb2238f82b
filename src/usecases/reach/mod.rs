//! What must reach somebody: how its notices are named, where the letter goes, who looks for a way where there is none, and what happens when a
//! notice of it did not arrive (`ladder`).

pub(super) mod ladder;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::domain::access::Right;
use crate::domain::alerts::AlertKind;
use crate::domain::exceptions::{ExceptionKind, ExceptionReason, NOBODY_KNOWN};
use crate::domain::ids::{AccountId, LoginId, OutageUpdateId};
use crate::domain::notice::{Channel, Notice};
use crate::store::alerts;
use crate::store::bulk;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::{self, NewException};
use crate::store::letter_addresses;
use crate::store::notices::Reader;

/// What happened, and must be told.
const TOLD: &str = "told";

/// The same, where it is told to others than whoever did it.
const TOLD_TO_OTHERS: &str = "told_to_others";

/// What keys of what must be told begin with.
const MUST_REACH: [&str; 5] = [
    TOLD,
    TOLD_TO_OTHERS,
    AlertKind::PastDue.as_str(),
    AlertKind::UrgentNotice.as_str(),
    AlertKind::PlannedWork.as_str(),
];

/// Something that must be told, as the keys of its notices name it: `told:17:email:4` was mailed of it to the login 4. Of an outage a login is
/// told once for all its accounts, an account's own address and its letter for each.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Event(String);

impl Event {
    /// Something that just happened.
    ///
    /// # Errors
    /// A fault of the store.
    pub(super) fn begin(tx: &mut Tx<'_>, is_for_others: bool) -> Result<Self, StoreError> {
        let number = bulk::reserve(tx, "notices", 1)?;
        let number = number.first().copied().unwrap_or_default();
        let kind = if is_for_others { TOLD_TO_OTHERS } else { TOLD };
        Ok(Self(format!("{kind}:{number}")))
    }

    /// So many things that just happened, each to somebody else.
    ///
    /// # Errors
    /// A fault of the store.
    pub(super) fn begin_some(tx: &mut Tx<'_>, count: usize) -> Result<Vec<Self>, StoreError> {
        let numbers = bulk::reserve(tx, "notices", count)?;
        let event = |number: i64| Self(format!("{TOLD}:{number}"));
        Ok(numbers.into_iter().map(event).collect())
    }

    /// What a notice with this key told of; nothing where it need not reach anybody.
    fn of_key(key: &str) -> Option<Self> {
        let (rest, _who) = key.rsplit_once(':')?;
        let (stem, _channel) = rest.rsplit_once(':')?;
        let kind = stem.split(':').next()?;
        if !MUST_REACH.contains(&kind) {
            return None;
        }
        let event = Self(stem.to_owned());
        if !event.is_of_outage() {
            return Some(event);
        }
        let parts: Vec<&str> = stem.split(':').take(2).collect();
        Some(Self(parts.join(":")))
    }

    fn is_of_outage(&self) -> bool {
        let kinds = [AlertKind::UrgentNotice, AlertKind::PlannedWork];
        let kind = self.0.split(':').next().unwrap_or_default();
        kinds.iter().any(|known| known.as_str() == kind)
    }

    /// What was said, where it is of an outage.
    fn update(&self) -> Option<OutageUpdateId> {
        let (_, update) = self.0.split_once('.')?;
        self.is_of_outage().then(|| update.parse().ok()).flatten()
    }

    /// Whether only the letter may follow a mail: what somebody did is not told to them in the owner's place.
    fn is_for_others(&self) -> bool {
        self.0.starts_with(TOLD_TO_OTHERS)
    }

    /// The name of what is told of it on one way.
    pub(super) fn key(
        &self,
        account: AccountId,
        channel: Channel,
        login: Option<LoginId>,
    ) -> String {
        let stem = &self.0;
        match login {
            Some(login) => format!("{stem}:{channel}:{login}"),
            None if self.is_of_outage() => format!("{stem}:{account}:{channel}:0"),
            None => format!("{stem}:{channel}:0"),
        }
    }
}

/// Whom letters to these accounts go to; with an empty address where none is known, so that the letter waits until somebody finds one out.
///
/// # Errors
/// A fault of the store.
pub(super) fn letter_readers(
    tx: &mut Tx<'_>,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Reader>, StoreError> {
    let mut readers = BTreeMap::new();
    if accounts.is_empty() {
        return Ok(readers);
    }
    let on = tx.stamp.on;
    for (account, reader) in letter_addresses::list_all(tx, accounts, on)? {
        readers.entry(account).or_insert(reader);
    }
    Ok(readers)
}

/// The way to tell those whose account it is: a mail that is not known to come back, else a letter with an address; nothing where there is
/// neither.
///
/// # Errors
/// A fault of the store.
pub(super) fn first_way(
    tx: &mut Tx<'_>,
    account: AccountId,
) -> Result<Option<Channel>, StoreError> {
    let on = tx.stamp.on;
    let listeners = alerts::list_listeners(tx, &[account], on)?;
    let is_mailed = listeners
        .iter()
        .any(|listener| !listener.is_failing && listener.gives(Right::Change));
    if is_mailed {
        return Ok(Some(Channel::Email));
    }
    let letter = letter_addresses::find(tx, account, on)?;
    Ok(letter.map(|reader| reader.to.channel))
}

/// Asks the office for a way to reach accounts to which there is none; each thing that is told is asked for once.
///
/// # Errors
/// A fault of the store.
pub(super) fn ask_for_help(
    tx: &mut Tx<'_>,
    unreached: &[(AccountId, String)],
) -> Result<(), StoreError> {
    let found = |(account, what): &(AccountId, String)| NewException {
        account_id: Some(*account),
        ..NewException::of(
            help_key(*account, what),
            ExceptionKind::Delivery,
            ExceptionReason::Undelivered,
            json!({ "why": NOBODY_KNOWN }),
        )
    };
    let all: Vec<NewException> = unreached.iter().map(found).collect();
    exceptions::open_all(tx, &all)?;
    for (account, _) in unreached {
        tx.touch(*account);
    }
    Ok(())
}

/// What somebody is asked for. The account is in it: the number of an event of which nothing was sent is used again.
fn help_key(account: AccountId, what: &str) -> String {
    format!("unreached:{account}:{what}")
}

/// Asks the office for a way that is still missing: anew where what was asked before was answered and nothing came of it, once a day at the
/// most.
///
/// # Errors
/// A fault of the store.
pub(super) fn ask_again(tx: &mut Tx<'_>, account: AccountId, what: &str) -> Result<(), StoreError> {
    let stem = format!("{} ", help_key(account, what));
    if exceptions::is_open_under(tx, account, &stem)? {
        return Ok(());
    }
    let on = tx.stamp.on;
    ask_for_help(tx, &[(account, format!("{what} {on}"))])
}

/// The same notice, which greets somebody else.
///
/// # Errors
/// Facts that this program cannot read.
pub(super) fn named(facts: &str, name: &str) -> Result<Notice, StoreError> {
    let unreadable = |error: serde_json::Error| StoreError::Unreadable(error.to_string());
    let mut facts: Value = serde_json::from_str(facts).map_err(unreadable)?;
    if let Some(greeted) = facts.get_mut("name") {
        *greeted = json!(name);
    }
    serde_json::from_value(facts).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_tells_what_was_told_and_whether_it_must_reach_somebody() {
        let account = AccountId(9);
        for key in [
            "told:17:email:4",
            "past_due:9:2026-07-01:email:4",
            "past_due:arrangement 3:2026-08-01:2026-09-01:text:4",
            "urgent_notice:5.6:email:4",
        ] {
            let event = Event::of_key(key).unwrap();
            let login = Some(LoginId(4));
            let channel = if key.contains("text") {
                Channel::Text
            } else {
                Channel::Email
            };
            assert_eq!(event.key(account, channel, login), key);
        }
        let own = "urgent_notice:5.6:9:email:0";
        let event = Event::of_key(own).unwrap();
        assert_eq!(event.key(account, Channel::Email, None), own);
        assert_eq!(event.update(), Some(OutageUpdateId(6)));
        for key in [
            "due_soon:9:2026-07-01:email:4",
            "past_due_copy:9:2026-07-01:7",
            "outage:5.6:email:4",
            "bill:12",
        ] {
            assert_eq!(Event::of_key(key), None, "{key}");
        }
    }
}
