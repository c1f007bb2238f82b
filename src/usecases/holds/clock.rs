//! What the clock does with holds: some days before one ends it raises the office's work and tells the customer, once. A chunk at a time; run
//! again, it finds nothing new.

use serde_json::json;

use crate::domain::access::Right;
use crate::domain::alerts::AlertKind;
use crate::domain::hold_told::HoldNews;
use crate::domain::holds::HoldState;
use crate::domain::ids::{AccountId, HoldId};
use crate::domain::notice::Channel;
use crate::store;
use crate::store::alerts::{self, Listener};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::holds::{self, HoldRow, reviews};
use crate::store::notices::NewNotice;
use crate::usecases::alerts::{by_letter, on_every_way, put_new};
use crate::usecases::holds::{audit, is_told, told};
use crate::usecases::reach;

/// How many holds one chunk looks at.
const CHUNK: i64 = 500;

/// What one chunk came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// How many holds end soon.
    pub ending: usize,
    /// How many notices were put in the outbox.
    pub notices: usize,
    /// Where the next chunk begins; `None` when all were looked at.
    pub next: Option<HoldId>,
}

/// Looks at the next holds after one that are to be told of today.
///
/// # Errors
/// A fault of the store.
pub fn look(tx: &mut Tx<'_>, after: HoldId) -> Result<Looked, StoreError> {
    let on = tx.stamp.on;
    let seen = holds::list_to_tell(tx, (on, after), CHUNK)?;
    let is_full = i64::try_from(seen.len()).is_ok_and(|found| found == CHUNK);
    let next = seen.last().map(|row| row.id).filter(|_| is_full);
    let accounts: Vec<AccountId> = seen.iter().map(|row| row.account_id).collect();
    store::ledger::lock(tx, &accounts)?;
    // Read again under the locks: one may have been lifted or renewed between.
    let mut rows = holds::list_to_tell(tx, (on, after), CHUNK)?;
    rows.retain(|row| accounts.contains(&row.account_id));
    Ok(Looked {
        ending: rows.len(),
        notices: raise(tx, &rows)?,
        next,
    })
}

/// Raises the work of the ends of these holds, which have none yet, and tells of them; says of how many notices are new.
pub(super) fn raise(tx: &mut Tx<'_>, rows: &[HoldRow]) -> Result<usize, StoreError> {
    let ids: Vec<HoldId> = rows.iter().map(|row| row.id).collect();
    reviews::raise(tx, &ids)?;
    for row in rows {
        let facts = json!({ "kind": row.kind, "until": row.span.until_on });
        audit(tx, (row.account_id, row.id), "hold.ending", facts)?;
    }
    remind(tx, rows)
}

/// Tells those whose account it is: by the ways that they chose for what is overdue, and by letter where nobody is reached by e-mail.
fn remind(tx: &mut Tx<'_>, rows: &[HoldRow]) -> Result<usize, StoreError> {
    let on = tx.stamp.on;
    let told_of: Vec<(&HoldRow, HoldNews)> = rows
        .iter()
        .filter(|row| is_told(row.kind, &row.stops) && row.state(on) != HoldState::Past)
        .filter_map(|row| Some((row, news(row)?)))
        .collect();
    let accounts: Vec<AccountId> = told_of.iter().map(|(row, _)| row.account_id).collect();
    let listeners = alerts::by_account(alerts::list_listeners(tx, &accounts, on)?);
    let mut planned: Vec<NewNotice> = Vec::new();
    let mut unreached: Vec<(&HoldRow, HoldNews)> = Vec::new();
    for (row, news) in told_of {
        let all: &[Listener] = listeners.get(&row.account_id).map_or(&[], Vec::as_slice);
        let mut is_mailed = false;
        for listener in all.iter().filter(|listener| listener.gives(Right::Share)) {
            let notice = told(&listener.reader, row.kind, news.clone());
            let ways = on_every_way(listener, AlertKind::PastDue, &what(row), &notice);
            is_mailed |= ways.iter().any(|new| new.to.channel == Channel::Email);
            planned.extend(ways);
        }
        if !is_mailed {
            unreached.push((row, news));
        }
    }
    planned.extend(letters(tx, &unreached)?);
    put_new(tx, planned)
}

fn news(row: &HoldRow) -> Option<HoldNews> {
    Some(HoldNews::Ending {
        last_on: row.span.last_day()?,
        is_provisional: row.lacks_document(),
        then: row.follow_up(),
    })
}

/// What makes the notice of an end the same when it is found again.
fn what(row: &HoldRow) -> String {
    format!("hold {}", row.id)
}

/// A letter for each that reaches nobody by e-mail; where nobody is known to write to, somebody looks for a way.
fn letters(
    tx: &mut Tx<'_>,
    unreached: &[(&HoldRow, HoldNews)],
) -> Result<Vec<NewNotice>, StoreError> {
    let accounts: Vec<AccountId> = unreached.iter().map(|(row, _)| row.account_id).collect();
    let readers = reach::letter_readers(tx, &accounts)?;
    let mut nobody = Vec::new();
    let mut all = Vec::new();
    for (row, news) in unreached {
        match readers.get(&row.account_id) {
            Some(reader) => {
                let notice = told(reader, row.kind, news.clone());
                all.push(by_letter(reader, AlertKind::PastDue, &what(row), notice));
            }
            None => nobody.push((row.account_id, what(row))),
        }
    }
    reach::ask_for_help(tx, &nobody)?;
    Ok(all)
}
