//! Meters for the given files: a premise, a service point, an account and a meter with its registers, as the files name them.

use diesel::connection::SimpleConnection;
use mainstay::adapters::ami::{self, FeedPlan};
use mainstay::domain::vee::settings::VeeSettings;
use mainstay::usecases::reads::{ImportError, ImportPlan, ImportReport, dry_run, import_reads};

use crate::reads::files::MADRID;
use crate::support::db::{TestDb, stamp};

/// One register of a meter.
pub struct Set<'a> {
    pub serial: &'a str,
    pub key: &'a str,
    pub channel: &'a str,
    pub commodity: &'a str,
    pub unit: &'a str,
    pub decimals: u8,
    pub minutes: Option<u8>,
}

impl<'a> Set<'a> {
    /// An hourly water register in liters.
    pub fn water(serial: &'a str) -> Self {
        Self {
            serial,
            key: serial,
            channel: "delivered",
            commodity: "water",
            unit: "L",
            decimals: 0,
            minutes: Some(60),
        }
    }
}

/// Sets meters; the ids are one, two and so on in the order given.
pub fn set(db: &TestDb, meters: &[Set<'_>]) {
    let mut sql = String::new();
    for (place, one) in meters.iter().enumerate() {
        let id = place + 1;
        let minutes = one
            .minutes
            .map_or("NULL".to_owned(), |minutes| minutes.to_string());
        let Set {
            serial,
            key,
            channel,
            commodity,
            unit,
            decimals,
            ..
        } = one;
        sql += &format!(
            "INSERT INTO premises (id, line_1, city, state, postal_code, search_text, dwelling_units) VALUES ({id}, '{id} Elm', 'X', 'YY', '1', '', 1);
             INSERT INTO service_points (id, premise_id, commodity, facts) VALUES ({id}, {id}, '{commodity}', '{{}}');
             INSERT INTO meters (id, serial, kind) VALUES ({id}, '{serial}', 'simple');
             INSERT INTO registers (id, meter_id, channel, external_key, unit, dials, decimals, multiplier, resolution_minutes)
             VALUES ({id}, {id}, '{channel}', '{key}', '{unit}', 8, {decimals}, '1', {minutes});
             INSERT INTO meter_installs (id, meter_id, service_point_id, from_on) VALUES ({id}, {id}, {id}, '2000-01-01');"
        );
    }
    db.connect()
        .batch_execute(&sql)
        .expect("the meters can be set");
}

/// A whole import of bytes, as the command line would do it on a day in 2026.
pub fn import(db: &TestDb, feed: &FeedPlan, bytes: &[u8]) -> Result<ImportReport, ImportError> {
    let file = ami::unpacked(bytes)?;
    import_reads(
        &db.db,
        &stamp("2026-06-01"),
        &import_plan(feed, bytes),
        ami::read(feed, file)?,
    )
}

/// What an import of bytes would do.
pub fn rehearse(db: &TestDb, feed: &FeedPlan, bytes: &[u8]) -> Result<ImportReport, ImportError> {
    let file = ami::unpacked(bytes)?;
    dry_run(
        &db.db,
        &stamp("2026-06-01"),
        &import_plan(feed, bytes),
        ami::read(feed, file)?,
    )
}

/// The plan of an import.
pub fn import_plan(feed: &FeedPlan, bytes: &[u8]) -> ImportPlan {
    ImportPlan {
        file_name: "file".to_owned(),
        sha256: format!(
            "{}-{}",
            bytes.len(),
            bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>()
        ),
        format: feed.format.to_string(),
        options: "{}".to_owned(),
        zone: MADRID,
        settings: VeeSettings::default(),
    }
}
