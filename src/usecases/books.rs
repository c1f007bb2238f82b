//! The books that postings go by: the chart of accounts and the policies in force on a day. What staff never set is as shipped.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use crate::domain::allocation::AllocationPolicy;
use crate::domain::correction_policy::CorrectionPolicy;
use crate::domain::deposit_policy::DepositPolicy;
use crate::domain::fees::FeePolicy;
use crate::domain::gl::{Chart, ChartError};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::policies;

/// The chart of accounts among the policies.
pub(super) const CHART: &str = "chart_of_accounts";
/// The order in which debts are paid.
const ALLOCATION: &str = "allocation";
/// The fees that rules charge.
const FEES: &str = "fees";
/// Who may correct what by hand.
const CORRECTIONS: &str = "corrections";
/// When a deposit is asked, and what becomes of it.
const DEPOSITS: &str = "deposits";

/// What postings go by on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Books {
    /// The chart of accounts.
    pub chart: Chart,
    /// The order in which debts are paid.
    pub allocation: AllocationPolicy,
    /// The fees that rules charge.
    pub fees: FeePolicy,
}

/// Why the books could not be opened, or a policy was not taken.
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    /// A chart that lacks something.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// A policy that is not in the documented form.
    #[error("the policy {kind} cannot be read: {error}")]
    Policy {
        /// Which policy.
        kind: &'static str,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// The database.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Opens the books of a day.
///
/// # Errors
/// A stored document that this program cannot read.
pub fn open(conn: &mut Conn, on: NaiveDate) -> Result<Books, BooksError> {
    Ok(Books {
        chart: read_chart(policies::find(conn, CHART, on)?.as_deref())?,
        allocation: policy(conn, ALLOCATION, on)?,
        fees: policy(conn, FEES, on)?,
    })
}

/// The chart of accounts as it is kept; where it never was, the one that ships.
pub(super) fn read_chart(document: Option<&str>) -> Result<Chart, ChartError> {
    match document {
        Some(document) => Chart::read(document),
        None => Ok(Chart::standard().clone()),
    }
}

/// Who may correct what by hand on a day.
///
/// # Errors
/// A stored document that this program cannot read.
pub fn corrections_on(conn: &mut Conn, on: NaiveDate) -> Result<CorrectionPolicy, BooksError> {
    policy(conn, CORRECTIONS, on)
}

/// When a deposit is asked on a day, and what becomes of it.
///
/// # Errors
/// A stored document that this program cannot read.
pub fn deposits_on(conn: &mut Conn, on: NaiveDate) -> Result<DepositPolicy, BooksError> {
    policy(conn, DEPOSITS, on)
}

fn policy<P: DeserializeOwned + Default>(
    conn: &mut Conn,
    kind: &'static str,
    on: NaiveDate,
) -> Result<P, BooksError> {
    match policies::find(conn, kind, on)? {
        Some(document) => {
            serde_json::from_str(&document).map_err(|error| BooksError::Policy { kind, error })
        }
        None => Ok(P::default()),
    }
}
