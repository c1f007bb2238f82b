//! Whom holds keep something away from on a day, for any number of accounts at once: what late fees, reminders, autopay and write-offs ask. Two
//! questions, and two more while something that is declared for a class or a service is remembered.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::holds::{HoldStop, Span};
use crate::domain::ids::AccountId;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::holds::{list_begun, moratoria};

/// From whom something is kept away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stopped {
    held: BTreeSet<AccountId>,
    freed: BTreeMap<AccountId, NaiveDate>,
}

impl Stopped {
    /// Whether it is kept away from an account.
    #[must_use]
    pub fn is(&self, account: AccountId) -> bool {
        self.held.contains(&account)
    }

    /// How many accounts it is kept away from.
    #[must_use]
    pub fn count(&self) -> usize {
        self.held.len()
    }

    /// The first day after the last hold that kept it away from an account, where none does any more.
    #[must_use]
    pub fn freed_on(&self, account: AccountId) -> Option<NaiveDate> {
        self.freed.get(&account).copied()
    }

    fn note(&mut self, account: AccountId, span: &Span, on: NaiveDate) {
        if span.holds_on(on) {
            self.held.insert(account);
        } else if let Some(end) = span
            .ends_on()
            .filter(|end| *end <= on && *end > span.from_on)
        {
            let freed = self.freed.entry(account).or_insert(end);
            *freed = end.max(*freed);
        }
    }
}

/// From which of these accounts something is kept away on a day.
pub fn stopped(
    conn: &mut Conn,
    accounts: &[AccountId],
    (stop, on): (HoldStop, NaiveDate),
) -> Result<Stopped, StoreError> {
    let mut found = Stopped::default();
    if accounts.is_empty() {
        return Ok(found);
    }
    let mut ids = accounts.to_vec();
    ids.sort_unstable();
    ids.dedup();
    for row in list_begun(conn, &ids, on)? {
        if row.stops.has(stop) {
            found.note(row.account_id, &row.span, on);
        }
    }
    let mut declared = moratoria::list_begun(conn, on)?;
    declared.retain(|row| row.stops.has(stop));
    let is_for_some = declared
        .iter()
        .any(|row| row.class.is_some() || row.commodity.is_some());
    let served = if is_for_some {
        moratoria::list_served(conn, &ids, on)?
    } else {
        BTreeMap::new()
    };
    for row in &declared {
        for id in &ids {
            let is_theirs = match served.get(id) {
                Some((class, services)) => row.is_for(*class, services),
                None => row.class.is_none() && row.commodity.is_none(),
            };
            if is_theirs {
                found.note(*id, &row.span, on);
            }
        }
    }
    Ok(found)
}
