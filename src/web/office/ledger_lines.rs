//! The ledger as the account screen lists it: each entry with the balance after it, and the bill or payment it was made for.

use std::collections::HashMap;

use crate::domain::deposits::DepositStep;
use crate::domain::ids::{AccountId, BillNumber, CorrectionId, EntryId};
use crate::domain::ledger::{EntryKind, SourceKind};
use crate::domain::money::Money;
use crate::store::account_history::{self, PaymentLine};
use crate::store::corrections;
use crate::store::db::Conn;
use crate::store::deposits;
use crate::store::error::StoreError;
use crate::store::ledger::{self, EntryRow};

/// One entry with what it was made for.
#[derive(Debug, Clone)]
pub struct LedgerLine {
    /// The entry.
    pub entry: EntryRow,
    /// What the account owed after it.
    pub balance: Money,
    /// The bill it was made for.
    pub bill: Option<BillNumber>,
    /// The payment it was made for.
    pub payment: Option<PaymentLine>,
    /// The correction it was posted for.
    pub correction: Option<CorrectionId>,
    /// The step of a deposit that it was posted for.
    pub deposit: Option<DepositStep>,
}

impl LedgerLine {
    /// What it added to the balance, where it did.
    #[must_use]
    pub fn charge(&self) -> Option<Money> {
        Some(self.entry.receivable).filter(|amount| amount.is_positive())
    }

    /// What it took off the balance, where it did.
    #[must_use]
    pub fn credit(&self) -> Option<Money> {
        Some(-self.entry.receivable).filter(|amount| amount.is_positive())
    }

    /// The badge's tone.
    #[must_use]
    pub const fn tone(&self) -> &'static str {
        match self.entry.kind {
            EntryKind::Bill => "",
            EntryKind::Payment | EntryKind::PaymentReinstatement => "good",
            EntryKind::PaymentReturn => "bad",
            EntryKind::LateFee | EntryKind::ReturnedPaymentFee => "warn",
            EntryKind::Cancellation
            | EntryKind::CreditApplication
            | EntryKind::CreditRelease
            | EntryKind::Refund
            | EntryKind::Adjustment
            | EntryKind::ProcessorCost
            | EntryKind::Payout
            | EntryKind::PayoutReturn
            | EntryKind::DisputeWithheld
            | EntryKind::DisputeRestored => "info",
        }
    }
}

/// An account's latest entries, newest first. Six queries.
pub fn list(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
) -> Result<Vec<LedgerLine>, StoreError> {
    let statement = ledger::statement(conn, account, limit)?;
    let sources = |kind: SourceKind| -> Vec<i64> {
        statement
            .iter()
            .filter(|row| row.entry.source_kind == kind)
            .map(|row| row.entry.source_id)
            .collect()
    };
    let (bill_ids, payment_ids) = (sources(SourceKind::Bill), sources(SourceKind::Payment));
    let bills: HashMap<i64, BillNumber> = account_history::bill_numbers(conn, &bill_ids)?
        .into_iter()
        .collect();
    let payments: HashMap<i64, PaymentLine> = account_history::payments_by_id(conn, &payment_ids)?
        .into_iter()
        .map(|payment| (payment.id.0, payment))
        .collect();
    let ids: Vec<EntryId> = statement.iter().map(|row| row.entry.id).collect();
    let corrections = corrections::list_of_entries(conn, &ids)?;
    let deposits = deposits::list_of_entries(conn, &ids)?;
    Ok(statement
        .into_iter()
        .map(|row| {
            let of = |kind: SourceKind| {
                Some(row.entry.source_id).filter(|_| row.entry.source_kind == kind)
            };
            LedgerLine {
                bill: of(SourceKind::Bill).and_then(|id| bills.get(&id).cloned()),
                payment: of(SourceKind::Payment).and_then(|id| payments.get(&id).cloned()),
                correction: corrections.get(&row.entry.id).copied(),
                deposit: deposits.get(&row.entry.id).copied(),
                balance: row.balance,
                entry: row.entry,
            }
        })
        .collect())
}
