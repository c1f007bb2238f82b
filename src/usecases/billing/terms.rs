//! What a bill run goes by, read once for the whole run: the published schedules, the bounds and the thresholds in force on its day.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::bill_case::Tariffs;
use crate::domain::bill_policy::BillPolicy;
use crate::domain::vee::settings::VeeSettings;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::policies;
use crate::usecases::billing::tariffs::{self, TariffError};
use crate::usecases::reads::desk::vee_settings;

/// Where the bounds of bills are kept among the policies.
pub const BILL_POLICY: &str = "bills";

/// What a bill run goes by.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The published schedules.
    pub tariffs: Arc<Tariffs>,
    /// Bounds beyond which a person looks at a draft.
    pub bills: BillPolicy,
    /// Thresholds for reads.
    pub reads: VeeSettings,
}

/// Reads what is in force on a day.
///
/// # Errors
/// A stored document that cannot be read.
pub fn load(conn: &mut Conn, on: NaiveDate) -> Result<Terms, TariffError> {
    let tariffs = Arc::new(tariffs::load(conn)?);
    Ok(with(conn, tariffs, on)?)
}

/// What is in force on a day, beside schedules that are already read.
///
/// # Errors
/// A stored document that cannot be read.
pub fn with(conn: &mut Conn, tariffs: Arc<Tariffs>, on: NaiveDate) -> Result<Terms, StoreError> {
    Ok(Terms {
        tariffs,
        bills: bill_policy(conn, on)?,
        reads: vee_settings(conn, on)?,
    })
}

/// The bounds and days to pay in force on a day.
pub(super) fn bill_policy(conn: &mut Conn, on: NaiveDate) -> Result<BillPolicy, StoreError> {
    match policies::find(conn, BILL_POLICY, on)? {
        None => Ok(BillPolicy::default()),
        Some(text) => serde_json::from_str(&text)
            .map_err(|error| StoreError::Unreadable(format!("bill policy: {error}"))),
    }
}
