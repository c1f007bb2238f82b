//! An informal hearing of a dispute: set, moved, recorded. The customer is told each time, and reads what was recorded.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::ids::RequestId;
use crate::domain::notice::{RequestNews, Urgency};
use crate::domain::requests::{RequestKind, Side};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::hearings;
use crate::store::requests::{RequestRow, insert_step};
use crate::usecases::requests::{self, RequestError};

/// The longest place, and the longest list of those who were there, in characters.
pub const LONGEST_LINE: usize = 300;

/// Why no hearing was set or recorded.
#[derive(Debug, thiserror::Error)]
pub enum HearingError {
    /// The day has passed.
    #[error("a hearing is set for today or later")]
    Past,
    /// It is not a time of the clock.
    #[error("{0:?} is not an hour such as 14:30")]
    NotAnHour(String),
    /// The place, or who was there, is missing or longer than is kept.
    #[error("a line of at most {0} characters")]
    Line(usize),
    /// None is to come.
    #[error("no hearing is set")]
    NotSet,
    /// It is still to be held.
    #[error("it is held on {0}")]
    NotYet(NaiveDate),
    /// What every request may fail by.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// When and where.
#[derive(Debug, Clone)]
pub struct NewHearing {
    /// The day.
    pub on: NaiveDate,
    /// The hour: `14:30`.
    pub hour: String,
    /// Where, or by which telephone.
    pub place: String,
}

/// Sets a hearing, or moves the one that is to come. The same one again changes nothing.
///
/// # Errors
/// `Past`, `NotAnHour`, `Line`, `Moved` where the dispute has ended.
pub fn set(tx: &mut Tx<'_>, id: RequestId, new: &NewHearing) -> Result<(), HearingError> {
    let row = disputed(tx, id)?;
    if new.on < tx.stamp.on {
        return Err(HearingError::Past);
    }
    let hour = chrono::NaiveTime::parse_from_str(new.hour.trim(), "%H:%M")
        .map_err(|_not_a_time| HearingError::NotAnHour(new.hour.clone()))?;
    let (hour, place) = (hour.format("%H:%M").to_string(), line(&new.place)?);
    let what = (new.on, hour.as_str(), place);
    let open = hearings::list(tx, id)?
        .into_iter()
        .find(hearings::HearingRow::is_open);
    match open {
        Some(open) if (open.on_date, open.hour.as_str(), open.place.as_str()) == what => {
            return Ok(());
        }
        Some(open) => hearings::mark_moved(tx, open.id, what)?,
        None => hearings::insert(tx, id, what)?,
    }
    requests::take_if_free(tx, &row)?;
    let facts = json!({ "on": new.on, "hour": hour });
    requests::audit(tx, &row, "dispute.hearing_set", facts)?;
    let news = RequestNews::HearingSet {
        on: new.on,
        hour: hour.clone(),
        place: place.to_owned(),
    };
    Ok(requests::tell(tx, &row, Urgency::MustReach, &news)?)
}

/// Records who was there and what was said. It stands in the history of the dispute, which the customer reads.
///
/// # Errors
/// `NotSet`, `NotYet`, `Line`, `WordsMissing`, `WordsTooLong`, `Moved` where the dispute has ended.
pub fn record(
    tx: &mut Tx<'_>,
    id: RequestId,
    (attended, words): (&str, &str),
) -> Result<(), HearingError> {
    let row = disputed(tx, id)?;
    let attended = line(attended)?;
    let words = requests::checked(words)?.ok_or(RequestError::WordsMissing)?;
    let open = hearings::list(tx, id)?
        .into_iter()
        .find(hearings::HearingRow::is_open);
    let open = open.ok_or(HearingError::NotSet)?;
    if open.on_date > tx.stamp.on {
        return Err(HearingError::NotYet(open.on_date));
    }
    if !hearings::mark_recorded(tx, open.id, (attended, words))? {
        return Err(HearingError::NotSet);
    }
    insert_step(tx, row.id, Side::Office, (None, Some(words)))?;
    let facts = json!({ "on": open.on_date });
    requests::audit(tx, &row, "dispute.hearing_recorded", facts)?;
    let news = RequestNews::HearingRecorded {
        on: open.on_date,
        words: words.to_owned(),
    };
    Ok(requests::tell(tx, &row, Urgency::GoodToKnow, &news)?)
}

/// The request, where it is a dispute that has not ended.
fn disputed(tx: &mut Tx<'_>, id: RequestId) -> Result<RequestRow, HearingError> {
    let row = requests::open(tx, id)?;
    if row.kind == RequestKind::BillDispute {
        Ok(row)
    } else {
        Err(StoreError::Missing("dispute").into())
    }
}

fn line(text: &str) -> Result<&str, HearingError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_LINE {
        return Err(HearingError::Line(LONGEST_LINE));
    }
    Ok(text)
}
