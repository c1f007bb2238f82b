//! The inventory of water service lines, and telling whoever is served by one that is or may be of lead: when service begins, when the inventory
//! finds it, and once in each year (40 CFR 141.84(a), 141.85(e)). The notice goes by mail, which needs no leave of the state.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, PremiseId};
use crate::domain::lead_lines::{
    LeadTold, LineMaterial, LineSide, MaterialSource, RESIDENT, ServedLine, is_due, served,
};
use crate::domain::notice::{Channel, Notice};
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::lead_lines::{self, NewMaterial, Parts, ToldRow};
use crate::store::letter_addresses;
use crate::store::notices::{Addressee, NewNotice};
use crate::store::premises;
use crate::usecases::alerts::put_new;
use crate::usecases::reach::{self, Event};

/// The longest words about a line, in characters.
pub const LONGEST_WORDS: usize = 500;

/// How many one transaction tells.
pub const TOLD_AT_ONCE: usize = 200;

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
    // What a place that became one with another is named for is known of that one.
    let merged = premises::list_merged(tx)?;
    let new: Vec<NewMaterial> = new
        .iter()
        .map(|one| NewMaterial {
            premise: merged.get(&one.premise).copied().unwrap_or(one.premise),
            ..one.clone()
        })
        .collect();
    let known = lead_lines::list_water_places(tx)?;
    let strange = new.iter().map(|one| one.premise);
    let strange: Vec<PremiseId> = strange.filter(|id| !known.contains_key(id)).collect();
    if !strange.is_empty() {
        return Err(LineError::NoWater(strange));
    }
    lead_lines::insert_all_rows(tx, &new)?;
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

/// Who is to be told on a day, of which place and line. Reads the whole inventory, once for a round.
///
/// # Errors
/// A fault.
pub fn list_due(conn: &mut Conn, on: NaiveDate) -> Result<Vec<ToldRow>, StoreError> {
    let lines: BTreeMap<PremiseId, ServedLine> = lead_lines::list_lines(conn)?
        .into_iter()
        .filter_map(|(id, (utility, customer))| Some((id, served(utility, customer)?)))
        .collect();
    let places: Vec<PremiseId> = lines.keys().copied().collect();
    let row = |(account_id, premise_id): (AccountId, PremiseId)| {
        let line = lines.get(&premise_id).copied()?;
        Some(ToldRow {
            account_id,
            premise_id,
            line,
            told_on: on,
        })
    };
    let all = lead_lines::list_served(conn, &places, on)?;
    still_due(conn, all.into_iter().filter_map(row).collect(), on)
}

/// Those of these who are to be told on a day: nobody told them meanwhile.
fn still_due(
    conn: &mut Conn,
    mut rows: Vec<ToldRow>,
    on: NaiveDate,
) -> Result<Vec<ToldRow>, StoreError> {
    let places: BTreeSet<PremiseId> = rows.iter().map(|row| row.premise_id).collect();
    let places: Vec<PremiseId> = places.into_iter().collect();
    let told = lead_lines::list_told(conn, &places)?;
    rows.retain(|row| {
        let days = told.get(&(row.account_id, row.premise_id, row.line));
        is_due(days.map_or(&[][..], Vec::as_slice), on)
    });
    Ok(rows)
}

/// Tells these, as many as one transaction does. Says how many it reached: whom no letter goes to is not told, and is tried again.
///
/// # Errors
/// A fault.
pub fn tell(tx: &mut Tx<'_>, some: &[ToldRow]) -> Result<usize, StoreError> {
    let on = tx.stamp.on;
    let due = still_due(tx, some.to_vec(), on)?;
    if due.is_empty() {
        return Ok(0);
    }
    let (told, unreached) = write(tx, due)?;
    lead_lines::insert_told(tx, &told)?;
    record_told(tx, &told)?;
    for row in unreached {
        let what = format!("lead_line:{}:{}", row.premise_id, row.line);
        reach::ask_again(tx, row.account_id, &what)?;
    }
    Ok(told.len())
}

/// The letters: to whoever has the account, where its paper goes, and to whoever lives at the place where that is elsewhere (40 CFR 141.85(e)(1):
/// all persons served at it). Gives those to whose account a letter goes, and those to whose account none can go.
fn write(tx: &mut Tx<'_>, due: Vec<ToldRow>) -> Result<(Vec<ToldRow>, Vec<ToldRow>), StoreError> {
    let accounts: Vec<AccountId> = due.iter().map(|row| row.account_id).collect();
    let places: Vec<PremiseId> = due.iter().map(|row| row.premise_id).collect();
    let names: BTreeMap<PremiseId, String> =
        premises::list_lines(tx, &places)?.into_iter().collect();
    let houses = letter_addresses::list_of_premises(tx, &places)?;
    let readers = reach::letter_readers(tx, &accounts)?;
    let events = Event::begin_some(tx, due.len())?;
    let (mut letters, mut told, mut unreached) = (Vec::new(), Vec::new(), Vec::new());
    for (row, event) in due.into_iter().zip(events) {
        let reader = readers.get(&row.account_id);
        let place = names.get(&row.premise_id).cloned().unwrap_or_default();
        if let Some(house) = houses.get(&row.premise_id)
            && reader.is_none_or(|reader| !is_at(&reader.to.address, house))
        {
            let language = reader.map_or(Language::English, |reader| reader.to.language);
            letters.push(to_residents(
                &row,
                (place.as_str(), house.as_str()),
                language,
            ));
        }
        let Some(reader) = reader else {
            unreached.push(row);
            continue;
        };
        letters.push(NewNotice {
            to: reader.to.clone(),
            notice: Notice::LeadLine(LeadTold {
                name: reader.name.clone(),
                account_number: Some(reader.account_number.clone()),
                place,
                line: row.line,
            }),
            source_key: Some(event.key(row.account_id, Channel::Paper, None)),
        });
        told.push(row);
    }
    put_new(tx, letters)?;
    Ok((told, unreached))
}

/// The letter to whoever lives at a place. It names neither the customer nor the account, which is not theirs. Its key keeps it from going out
/// again while the account's own letter finds no way.
fn to_residents(row: &ToldRow, (place, house): (&str, &str), language: Language) -> NewNotice {
    let (account, premise, line) = (row.account_id, row.premise_id, row.line);
    let to = Addressee {
        channel: Channel::Paper,
        address: format!("{RESIDENT}\n{house}"),
        language,
        account_id: Some(account),
        login_id: None,
    };
    let told = LeadTold {
        name: RESIDENT.to_owned(),
        account_number: None,
        place: place.to_owned(),
        line,
    };
    let year = row.told_on.year();
    let key = format!("lead_place:{account}:{premise}:{line}:{year}");
    NewNotice::once(to, Notice::LeadLine(told), key)
}

/// Whether a letter with this name and address arrives at a house.
fn is_at(address: &str, house: &str) -> bool {
    let words = |lines: &str| -> Vec<String> {
        let lines = lines.to_lowercase();
        lines.split_whitespace().map(str::to_owned).collect()
    };
    address
        .split_once('\n')
        .is_some_and(|(_name, lines)| words(lines) == words(house))
}

fn record_told(tx: &mut Tx<'_>, told: &[ToldRow]) -> Result<(), StoreError> {
    let told: HashSet<(AccountId, ServedLine)> =
        told.iter().map(|row| (row.account_id, row.line)).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_arrives_at_the_house_however_its_lines_are_spaced() {
        let house = "12 Elm St\nLarkspur Bend, NM 87001";
        assert!(is_at("Rosa\n12 Elm St\nLarkspur Bend, NM 87001", house));
        assert!(is_at("Rosa\n12  elm st\nLarkspur Bend,  NM 87001", house));
        assert!(!is_at("Rosa\nPO Box 4\nLarkspur Bend, NM 87001", house));
        assert!(!is_at("", house));
    }
}
