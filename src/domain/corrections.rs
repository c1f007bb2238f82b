//! What the office corrects by hand on an account: kinds, standings, and what each kind needs to know. Who may decide it is in
//! `correction_policy.rs`; what is posted for it is in `entries/by_hand.rs`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::gl::FundCode;
use crate::domain::ids::{AccountId, BillId, CorrectionId, EntryId};
use crate::domain::money::Money;
use crate::domain::staff::Permission;
use crate::domain::text_enum::text_enum;

/// The verb of the trail for what reverses a correction.
pub const REVERSED: &str = "correction.reversed";

text_enum! {
    /// What is corrected.
    CorrectionKind {
        /// An amount is given.
        Credit => "credit",
        /// An amount is charged.
        Charge => "charge",
        /// Money held for the customer is paid out.
        Refund => "refund",
        /// A late fee is waived as a courtesy.
        Waiver => "waiver",
        /// What is owed or held is carried to another account.
        Transfer => "transfer",
        /// What an account that ended still owes is given up.
        WriteOff => "write_off",
    }
}

text_enum! {
    /// Where a correction stands.
    CorrectionStatus {
        /// It waits for a second person.
        Proposed => "proposed",
        /// It is in the ledger.
        Posted => "posted",
        /// The second person refused it.
        Refused => "refused",
        /// Whoever ordered it gave it up.
        Withdrawn => "withdrawn",
    }
}

text_enum! {
    /// How held money is paid out.
    RefundWay {
        /// Sent by the bank.
        Bank => "bank",
        /// By a check that somebody writes.
        Check => "check",
    }
}

text_enum! {
    /// What is carried to another account.
    Carried {
        /// What is owed.
        Debt => "debt",
        /// What is held for the customer.
        Credit => "credit",
    }
}

impl CorrectionKind {
    /// What somebody needs to order it.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Credit | Self::Charge => Permission::PostAdjustment,
            Self::Refund => Permission::RefundCredit,
            Self::Waiver => Permission::WaiveFee,
            Self::Transfer => Permission::TransferBalance,
            Self::WriteOff => Permission::WriteOffDebt,
        }
    }

    /// The verb of the trail, by which what somebody decided is added up.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Credit | Self::Charge => "account.adjusted",
            Self::Refund => "credit.refunded",
            Self::Waiver => "late_fee.waived",
            Self::Transfer => "balance.transferred",
            Self::WriteOff => "balance.written_off",
        }
    }
}

/// A correction with all it needs, as it is kept until somebody decides it. Amounts are more than nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Correction {
    /// An amount is given.
    Credit {
        /// The fund that gives it.
        fund: FundCode,
        /// How much.
        amount: Money,
        /// The bill that it is for, which it pays first; nothing where it is for none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bill: Option<BillId>,
    },
    /// An amount is charged.
    Charge {
        /// The fund that earns it.
        fund: FundCode,
        /// How much.
        amount: Money,
        /// When it is to be paid.
        due_on: NaiveDate,
    },
    /// Money held for the customer is paid out.
    Refund {
        /// How much.
        amount: Money,
        /// How.
        way: RefundWay,
    },
    /// A late fee is waived.
    Waiver {
        /// The fee's entry.
        fee: EntryId,
    },
    /// What is owed or held is carried to another account.
    Transfer {
        /// The other account.
        to: AccountId,
        /// What is carried.
        carried: Carried,
        /// How much.
        amount: Money,
        /// When what is owed is to be paid on the other account.
        due_on: NaiveDate,
    },
    /// All that is owed is given up.
    WriteOff {},
    /// What was posted for another correction is answered by what undoes it.
    Reversal {
        /// The other correction.
        of: CorrectionId,
        /// Its kind, by whose rules this one is decided.
        was: CorrectionKind,
        /// The account that it was ordered on, where it carried something to the one that this is ordered on.
        to: Option<AccountId>,
        /// When what is owed again is to be paid.
        due_on: NaiveDate,
    },
}

impl Correction {
    /// Which kind.
    #[must_use]
    pub const fn kind(&self) -> CorrectionKind {
        match self {
            Self::Credit { .. } => CorrectionKind::Credit,
            Self::Charge { .. } => CorrectionKind::Charge,
            Self::Refund { .. } => CorrectionKind::Refund,
            Self::Waiver { .. } => CorrectionKind::Waiver,
            Self::Transfer { .. } => CorrectionKind::Transfer,
            Self::WriteOff {} => CorrectionKind::WriteOff,
            Self::Reversal { was, .. } => *was,
        }
    }

    /// The verb of the trail.
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::Reversal { .. } => REVERSED,
            Self::Credit { .. }
            | Self::Charge { .. }
            | Self::Refund { .. }
            | Self::Waiver { .. }
            | Self::Transfer { .. }
            | Self::WriteOff {} => self.kind().verb(),
        }
    }

    /// The correction that it reverses.
    #[must_use]
    pub const fn reverses(&self) -> Option<CorrectionId> {
        match self {
            Self::Reversal { of, .. } => Some(*of),
            Self::Credit { .. }
            | Self::Charge { .. }
            | Self::Refund { .. }
            | Self::Waiver { .. }
            | Self::Transfer { .. }
            | Self::WriteOff {} => None,
        }
    }

    /// Whether it can be reversed: money that left the house does not come back by an entry.
    #[must_use]
    pub const fn may_be_reversed(&self) -> bool {
        match self {
            Self::Credit { .. }
            | Self::Charge { .. }
            | Self::Waiver { .. }
            | Self::Transfer { .. }
            | Self::WriteOff {} => true,
            Self::Refund { .. } | Self::Reversal { .. } => false,
        }
    }

    /// Whether the customer owes again what it gave, carried or gave up, so that its reversal needs a due day.
    #[must_use]
    pub const fn is_owed_again(&self) -> bool {
        match self {
            Self::Credit { .. } | Self::Waiver { .. } | Self::WriteOff {} => true,
            Self::Transfer { carried, .. } => matches!(carried, Carried::Debt),
            Self::Charge { .. } | Self::Refund { .. } | Self::Reversal { .. } => false,
        }
    }

    /// The other account that it touches.
    #[must_use]
    pub const fn other(&self) -> Option<AccountId> {
        match self {
            Self::Transfer { to, .. } => Some(*to),
            Self::Reversal { to, .. } => *to,
            Self::Credit { .. }
            | Self::Charge { .. }
            | Self::Refund { .. }
            | Self::Waiver { .. }
            | Self::WriteOff {} => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_reads_the_same() {
        let all = [
            Correction::Credit {
                fund: "WATER".parse().unwrap(),
                amount: Money::from_cents(1_250),
                bill: None,
            },
            Correction::Credit {
                fund: "WATER".parse().unwrap(),
                amount: Money::from_cents(1_250),
                bill: Some(BillId(7)),
            },
            Correction::Transfer {
                to: AccountId(7),
                carried: Carried::Debt,
                amount: Money::from_cents(1),
                due_on: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
            },
            Correction::WriteOff {},
            Correction::Reversal {
                of: CorrectionId(3),
                was: CorrectionKind::Waiver,
                to: None,
                due_on: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
            },
        ];
        for one in all {
            let kept = serde_json::to_string(&one).unwrap();
            assert_eq!(serde_json::from_str::<Correction>(&kept).unwrap(), one);
            assert!(kept.contains(one.kind().as_str()), "{kept}");
        }
        assert!(serde_json::from_str::<Correction>(r#"{"kind":"gift"}"#).is_err());
    }
}
