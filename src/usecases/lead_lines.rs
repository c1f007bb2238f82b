//! The inventory of water service lines, and telling whoever is served by one that is or may be of lead: when service begins, when the inventory
//! finds it, and once in each year (40 CFR 141.84(a), 141.85(e)). The notice goes by mail, which needs no leave of the state.

use std::collections::{BTreeMap, HashSet};

use serde_json::json;

use crate::domain::ids::{AccountId, PremiseId};
use crate::domain::lead_lines::{
    LeadTold, LineMaterial, LineSide, MaterialSource, ServedLine, is_due, served,
};
use crate::domain::notice::{Channel, Notice};
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::lead_lines::{self, NewMaterial, Parts, ToldRow};
use crate::store::notices::NewNotice;
use crate::store::premises;
use crate::usecases::alerts::put_new;
use crate::usecases::reach::{self, Event};

/// The longest words about a line, in characters.
pub const LONGEST_WORDS: usize = 500;

/// How many are told at once.
const TOLD_AT_ONCE: usize = 200;

/// Why nothing was recorded of a line.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// What is known is known today at the latest.
    #[error("the day is still to come")]
    DayAhead,
    /// More words than are kept.
    #[error("at most {LONGEST_WORDS} letters")]
    WordsTooLong,
    /// Places that are not ours, or where no water is delivered.
    #[error("no water is delivered at the places {0:?}")]
    NoWater(Vec<PremiseId>),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Records what parts of lines are made of: all or, where one of them cannot be, none.
///
/// # Errors
/// `DayAhead`, `WordsTooLong`, `NoWater`, or a fault.
pub fn record(tx: &mut Tx<'_>, new: &[NewMaterial]) -> Result<(), LineError> {
    let today = tx.stamp.on;
    if new.iter().any(|one| one.known_on > today) {
        return Err(LineError::DayAhead);
    }
    if new
        .iter()
        .any(|one| one.words.chars().count() > LONGEST_WORDS)
    {
        return Err(LineError::WordsTooLong);
    }
    let known = lead_lines::list_water_places(tx)?;
    let strange = new.iter().map(|one| one.premise);
    let strange: Vec<PremiseId> = strange.filter(|id| !known.contains_key(id)).collect();
    if !strange.is_empty() {
        return Err(LineError::NoWater(strange));
    }
    lead_lines::insert_all_rows(tx, new)?;
    let deed = |one: &NewMaterial| Deed {
        action: "service_line.recorded",
        subject_kind: "premise",
        subject_id: one.premise.to_string(),
        account_id: None,
        facts: json!({ "side": one.side, "material": one.material, "source": one.source, "known_on": one.known_on }),
    };
    let deeds: Vec<Deed<'_>> = new.iter().map(deed).collect();
    Ok(audit::insert_all(tx, &deeds)?)
}

/// Takes every place where water is delivered and of whose line nothing is recorded into the inventory, as not known: from then on whoever is
/// served there is told. Says how many there were.
///
/// # Errors
/// A fault.
pub fn record_missing(tx: &mut Tx<'_>) -> Result<usize, LineError> {
    let known = lead_lines::list_lines(tx)?;
    let places = lead_lines::list_water_places(tx)?;
    let missing = places.keys().filter(|id| !known.contains_key(*id));
    let missing: Vec<PremiseId> = missing.copied().collect();
    let today = tx.stamp.on;
    let part = |premise: PremiseId, side: LineSide| NewMaterial {
        premise,
        side,
        material: LineMaterial::Unknown,
        source: MaterialSource::NotLooked,
        known_on: today,
        words: String::new(),
    };
    let new: Vec<NewMaterial> = missing
        .iter()
        .flat_map(|id| [part(*id, LineSide::Utility), part(*id, LineSide::Customer)])
        .collect();
    if !new.is_empty() {
        record(tx, &new)?;
    }
    Ok(missing.len())
}

/// How the lines of the places with water stand: those of the inventory, and how many are not in it.
#[derive(Debug, Clone)]
pub struct Inventory {
    /// Each place in one line, with what is known of its line.
    pub lines: Vec<(PremiseId, String, Parts)>,
    /// How many places with water are not in it.
    pub missing: usize,
}

/// The inventory.
///
/// # Errors
/// A fault.
pub fn inventory(conn: &mut Conn) -> Result<Inventory, StoreError> {
    let known = lead_lines::list_lines(conn)?;
    let places = lead_lines::list_water_places(conn)?;
    let missing = places.keys().filter(|id| !known.contains_key(*id)).count();
    let line = |(id, line): (PremiseId, String)| {
        let parts = known.get(&id).copied()?;
        Some((id, line, parts))
    };
    let mut lines: Vec<_> = places.into_iter().filter_map(line).collect();
    lines.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(Inventory { lines, missing })
}

/// Tells some of those who are to be told today. Says how many they were: there may be more until it is none.
///
/// # Errors
/// A fault.
pub fn tell_some(tx: &mut Tx<'_>) -> Result<usize, StoreError> {
    let on = tx.stamp.on;
    let lines: BTreeMap<PremiseId, ServedLine> = lead_lines::list_lines(tx)?
        .into_iter()
        .filter_map(|(id, (utility, customer))| Some((id, served(utility, customer)?)))
        .collect();
    let places: Vec<PremiseId> = lines.keys().copied().collect();
    if places.is_empty() {
        return Ok(0);
    }
    let told = lead_lines::list_told(tx, &places)?;
    let mut due: Vec<ToldRow> = Vec::new();
    for (account_id, premise_id) in lead_lines::list_served(tx, &places, on)? {
        let Some(line) = lines.get(&premise_id).copied() else {
            continue;
        };
        let days = told.get(&(account_id, premise_id, line));
        if is_due(days.map_or(&[][..], Vec::as_slice), on) {
            due.push(ToldRow {
                account_id,
                premise_id,
                line,
                told_on: on,
            });
        }
    }
    due.truncate(TOLD_AT_ONCE);
    if !due.is_empty() {
        write(tx, &due)?;
        lead_lines::insert_told(tx, &due)?;
    }
    Ok(due.len())
}

/// The letters, to the address where the account's paper goes.
fn write(tx: &mut Tx<'_>, due: &[ToldRow]) -> Result<(), StoreError> {
    let accounts: Vec<AccountId> = due.iter().map(|row| row.account_id).collect();
    let places: Vec<PremiseId> = due.iter().map(|row| row.premise_id).collect();
    let names: BTreeMap<PremiseId, String> =
        premises::list_lines(tx, &places)?.into_iter().collect();
    let readers = reach::letter_readers(tx, &accounts)?;
    let (mut letters, mut unreached) = (Vec::new(), Vec::new());
    let events = Event::begin_some(tx, due.len())?;
    for (row, event) in due.iter().zip(events) {
        let key = event.key(row.account_id, Channel::Paper, None);
        let Some(reader) = readers.get(&row.account_id) else {
            unreached.push((row.account_id, key));
            continue;
        };
        letters.push(NewNotice {
            to: reader.to.clone(),
            notice: Notice::LeadLine(LeadTold {
                name: reader.name.clone(),
                account_number: reader.account_number.clone(),
                place: names.get(&row.premise_id).cloned().unwrap_or_default(),
                line: row.line,
            }),
            source_key: Some(key),
        });
    }
    put_new(tx, letters)?;
    if !unreached.is_empty() {
        reach::ask_for_help(tx, &unreached)?;
    }
    let told: HashSet<(AccountId, ServedLine)> =
        due.iter().map(|row| (row.account_id, row.line)).collect();
    let deed = |(account, line): &(AccountId, ServedLine)| Deed {
        action: "lead_line.told",
        subject_kind: "account",
        subject_id: account.to_string(),
        account_id: Some(*account),
        facts: json!({ "line": line }),
    };
    let deeds: Vec<Deed<'_>> = told.iter().map(deed).collect();
    audit::insert_all(tx, &deeds)
}
