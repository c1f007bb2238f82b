//! The ledger as the account screen lists it: each entry with the balance after it, and the bill or payment it was made for.

use crate::domain::corrections::CorrectionKind;
use crate::domain::deposits::DepositStep;
use crate::domain::ids::{AccountId, BillNumber, CorrectionId};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::store::account_history::{self, EntryLine, PaymentLine};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ledger::EntryRow;

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
    /// The kind of that correction.
    pub corrected: Option<CorrectionKind>,
    /// The correction that reversed that one.
    pub reversed_by: Option<CorrectionId>,
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

    /// The word of what happened: a fee that somebody waived is told as that, and not as a charge that was taken back.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match (self.entry.kind, self.corrected) {
            (EntryKind::Cancellation, Some(CorrectionKind::Waiver)) => "waiver",
            (kind, _) => kind.as_str(),
        }
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

/// An account's latest entries, newest first, each with the balance after it; the first has the balance of now. One query.
pub fn list(
    conn: &mut Conn,
    account: AccountId,
    (mut balance, limit): (Money, i64),
) -> Result<Vec<LedgerLine>, StoreError> {
    let with_balance = |line: EntryLine| {
        let after = balance;
        balance -= line.entry.receivable;
        LedgerLine {
            entry: line.entry,
            balance: after,
            bill: line.bill,
            payment: line.payment,
            correction: line.correction,
            corrected: line.corrected,
            reversed_by: line.reversed_by,
            deposit: line.deposit,
        }
    };
    let entries = account_history::list_entries(conn, account, limit)?;
    Ok(entries.into_iter().map(with_balance).collect())
}
