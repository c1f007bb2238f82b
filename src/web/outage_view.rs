//! An outage as both doors show it: its name, where it stands, when, and where in town; never whose place.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::domain::outages::{AreaKind, OutageKind, OutageStatus};
use crate::i18n::Words;
use crate::store::account_matters::Out;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::outage_areas::{self, AreaRow};
use crate::store::outages::{self, OutageRow, UpdateRow};

/// An outage with where it is and how many accounts it touches.
#[derive(Debug, Clone)]
pub struct OutageView {
    /// The outage.
    pub row: OutageRow,
    /// How many accounts it touches.
    pub accounts: i64,
    areas: Vec<AreaRow>,
    zone: Tz,
    now: NaiveDateTime,
}

/// Outages with where they are and whom they touch. Three queries.
///
/// # Errors
/// A fault of the store.
pub fn load(
    conn: &mut Conn,
    rows: Vec<OutageRow>,
    (zone, now): (Tz, NaiveDateTime),
) -> Result<Vec<OutageView>, StoreError> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let areas = outage_areas::list(conn, &ids)?;
    let counts = outages::count_accounts(conn, &ids)?;
    let view = |row: OutageRow| OutageView {
        accounts: counts.get(&row.id).copied().unwrap_or_default(),
        areas: areas
            .iter()
            .filter(|area| area.outage_id == row.id)
            .cloned()
            .collect(),
        row,
        zone,
        now,
    };
    Ok(rows.into_iter().map(view).collect())
}

impl OutageView {
    /// "Water: outage".
    #[must_use]
    pub fn name(&self, t: &Words) -> String {
        name(t, &self.row)
    }

    /// Its times, in sentences.
    #[must_use]
    pub fn times(&self, t: &Words) -> Vec<String> {
        times(t, &self.row, (self.zone, self.now))
    }

    /// The parts of town.
    #[must_use]
    pub fn places(&self, t: &Words) -> Vec<String> {
        self.areas.iter().map(|area| place(*t, area)).collect()
    }

    /// What it means, in the reader's language.
    #[must_use]
    pub fn words(&self, t: &Words) -> &str {
        self.row.words(t.language)
    }

    /// The badge's tone of where it stands.
    #[must_use]
    pub const fn tone(&self) -> &'static str {
        match self.row.status {
            OutageStatus::Planned => "info",
            OutageStatus::GoingOn => "warn",
            OutageStatus::Restored => "good",
            OutageStatus::Canceled => "",
        }
    }

    /// "Nov 20, 2026, 9:12 AM", in the utility's zone.
    #[must_use]
    pub fn moment(&self, t: &Words, at: &NaiveDateTime) -> String {
        t.moment(local(self.zone, *at))
    }
}

/// "Water: outage".
#[must_use]
pub fn name(t: &Words, row: &OutageRow) -> String {
    let service = t.service_name(row.commodity.as_str());
    t.outage_name(row.kind.as_str(), service)
}

/// The same of one that lies on an account's screen.
#[must_use]
pub fn named(t: &Words, out: &Out) -> String {
    let service = t.service_name(out.commodity.as_str());
    t.outage_name(out.kind.as_str(), service)
}

/// The times of an outage, in sentences. An estimate that has passed is told as one that did not hold.
#[must_use]
pub fn times(t: &Words, row: &OutageRow, (zone, now): (Tz, NaiveDateTime)) -> Vec<String> {
    let moment = |at: NaiveDateTime| t.moment(local(zone, at));
    let ended = row.ended_at.unwrap_or(row.begins_at);
    let mut said = match row.status {
        OutageStatus::Planned => vec![t.outage_begins(moment(row.begins_at))],
        OutageStatus::GoingOn => vec![t.outage_since(moment(row.begins_at))],
        OutageStatus::Restored => {
            return vec![
                t.outage_since(moment(row.begins_at)),
                t.outage_ended(moment(ended)),
            ];
        }
        OutageStatus::Canceled => return vec![t.outage_canceled_at(moment(ended))],
    };
    match row.expected_at {
        Some(at) if at < now => said.push(t.outage_expected_before(moment(at))),
        Some(at) => said.push(t.outage_expected(moment(at))),
        None if row.kind == OutageKind::Outage => said.push(t.outage_no_estimate().to_owned()),
        None => {}
    }
    said
}

/// What an update says, in the reader's language.
#[must_use]
pub fn said<'a>(t: &Words, update: &'a UpdateRow) -> &'a str {
    update.words(t.language)
}

/// An instant on the utility's wall clock.
#[must_use]
pub fn local(zone: Tz, at: NaiveDateTime) -> NaiveDateTime {
    at.and_utc().with_timezone(&zone).naive_local()
}

fn place(t: Words, area: &AreaRow) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<i32>| number.unwrap_or_default().to_string();
    match area.kind {
        AreaKind::Street => t.outage_area_street(
            area.side.as_str(),
            text(&area.street),
            number(area.from_number),
            number(area.to_number),
        ),
        AreaKind::PostalCode => t.outage_area_postal_code(text(&area.postal_code)),
        AreaKind::Cycle => t.outage_area_cycle(text(&area.cycle)),
        AreaKind::Feeder => t.outage_area_feeder(text(&area.streets), text(&area.feeder)),
        AreaKind::Drawn => t.outage_area_drawn(text(&area.streets)),
        AreaKind::Accounts => t.outage_area_accounts().to_owned(),
        AreaKind::Everywhere => t.outage_area_everywhere().to_owned(),
    }
}
