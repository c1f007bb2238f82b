//! The tabs of the account screen: which history is shown, how much of it, and its rows.

use serde::Deserialize;

use crate::domain::ids::AccountNumber;
use crate::store::account_history::{BillLine, NoticeLine, PaymentLine};
use crate::store::account_screen::ReadLine;
use crate::store::audit::AuditRow;
use crate::web::office::account_usage::UsageLine;
use crate::web::office::ledger_lines::LedgerLine;

/// How many rows a tab shows; "all" shows more.
const ROWS: i64 = 30;

/// How many rows "all" shows: the rest is on the timeline, a page at a time.
const ALL_ROWS: i64 = 1_000;

/// Which history is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tab {
    /// Entries with a running balance.
    #[default]
    Ledger,
    /// Bills.
    Bills,
    /// Payments.
    Payments,
    /// Usage by bill.
    Usage,
    /// Reads with their quality.
    Reads,
    /// Notices and notes.
    Contacts,
    /// Who did what.
    Audit,
}

impl Tab {
    /// Every tab, in its order.
    pub const ALL: [Self; 7] = [
        Self::Ledger,
        Self::Bills,
        Self::Payments,
        Self::Usage,
        Self::Reads,
        Self::Contacts,
        Self::Audit,
    ];

    /// The word in the address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Bills => "bills",
            Self::Payments => "payments",
            Self::Usage => "usage",
            Self::Reads => "reads",
            Self::Contacts => "contacts",
            Self::Audit => "audit",
        }
    }

    /// The key that opens it; those that are opened most have one.
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::Ledger => Some("L"),
            Self::Bills => Some("B"),
            Self::Payments => Some("P"),
            Self::Usage => Some("U"),
            Self::Reads | Self::Contacts | Self::Audit => None,
        }
    }
}

/// What the address asks for beside the account.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Shown {
    /// Which history.
    #[serde(default)]
    pub tab: Tab,
    /// Whether all of it.
    #[serde(default)]
    pub all: bool,
}

impl Shown {
    /// How many rows are read.
    #[must_use]
    pub const fn limit(self) -> i64 {
        if self.all { ALL_ROWS } else { ROWS }
    }
}

/// The rows of the tab that is shown.
pub enum Rows {
    /// The ledger.
    Ledger(Vec<LedgerLine>),
    /// Bills.
    Bills(Vec<BillLine>),
    /// Payments.
    Payments(Vec<PaymentLine>),
    /// Usage.
    Usage(Vec<UsageLine>),
    /// Reads.
    Reads(Vec<ReadLine>),
    /// Notices; the notes stand beside.
    Contacts(Vec<NoticeLine>),
    /// Deeds.
    Audit(Vec<AuditRow>),
}

impl Rows {
    /// Where all rows are shown, where the tab has more than it shows now.
    #[must_use]
    pub fn all_at(&self, number: &AccountNumber, shown: Shown) -> Option<String> {
        let rows = match self {
            Self::Ledger(rows) => rows.len(),
            Self::Bills(rows) => rows.len(),
            Self::Payments(rows) => rows.len(),
            Self::Reads(rows) => rows.len(),
            Self::Contacts(rows) => rows.len(),
            Self::Audit(rows) => rows.len(),
            Self::Usage(_) => 0,
        };
        let is_full = i64::try_from(rows).unwrap_or(i64::MAX) >= ROWS;
        (is_full && !shown.all).then(|| {
            let (number, tab) = (number.as_str(), shown.tab.word());
            format!("/office/accounts/{number}?tab={tab}&all=true")
        })
    }
}
