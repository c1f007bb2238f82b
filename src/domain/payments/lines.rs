//! The utility's account at the processor: each movement of it as the processor names it, and what it pays out.
//!
//! Every line is written to the ledger once, with what it cost, so that the clearing account holds to the cent what the processor holds.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::money::Money;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What moved.
    LineKind {
        /// A customer paid.
        Charge => "charge",
        /// A payment was given back.
        Refund => "refund",
        /// A refund could not be delivered and came again.
        RefundFailure => "refund_failure",
        /// A dispute took money away, or brought it again.
        Dispute => "dispute",
        /// The processor paid out to the bank.
        Payout => "payout",
        /// The bank sent a payout back.
        PayoutFailure => "payout_failure",
        /// The processor charged for its work beside any payment.
        Cost => "cost",
        /// Something a person must look at.
        Other => "other",
    }
}

text_enum! {
    /// Where a payout stands.
    PayoutStatus {
        /// Not yet with the bank.
        Pending => "pending",
        /// With the bank.
        InTransit => "in_transit",
        /// At the bank.
        Paid => "paid",
        /// The bank sent it back.
        Failed => "failed",
        /// Taken back before it left.
        Canceled => "canceled",
    }
}

/// One line of the account, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineSeen {
    /// Its name.
    pub reference: String,
    /// What moved.
    pub kind: LineKind,
    /// How much came, before the fee; negative where it went.
    pub amount: Money,
    /// What the processor kept for it.
    pub fee: Money,
    /// When.
    pub created_at: NaiveDateTime,
    /// The object it is of: a charge, a refund, a dispute, a payout.
    pub source: Option<String>,
    /// The PaymentIntent that object belongs to, where it was named.
    pub intent: Option<String>,
}

impl LineSeen {
    /// What the account gained by it.
    #[must_use]
    pub fn net(&self) -> Money {
        self.amount - self.fee
    }
}

/// A payout, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutSeen {
    /// Its name.
    pub reference: String,
    /// Where it stands.
    pub status: PayoutStatus,
    /// How much.
    pub amount: Money,
    /// The day it reaches the bank.
    pub arrives_on: NaiveDate,
    /// Whether the processor has named all its lines.
    pub is_reconciled: bool,
    /// All its lines, its own among them.
    pub lines: Vec<LineSeen>,
    /// The line by which it came again, where it failed.
    pub failure: Option<LineSeen>,
}

/// Why a payout is not written down: a person must look.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayoutRefused {
    /// What it is made of is not what it pays.
    #[error("the lines of payout {payout} come to {lines}, not to {amount}")]
    DoesNotSum {
        /// Its name.
        payout: String,
        /// What its lines come to.
        lines: Money,
        /// What it pays.
        amount: Money,
    },
    /// It has no line of its own, by which it left the account.
    #[error("payout {0} has no line of its own")]
    NoLine(String),
}

impl PayoutSeen {
    /// The line by which it left the account, once everything it is made of adds up to it.
    ///
    /// # Errors
    /// `PayoutRefused` where it does not.
    pub fn own_line(&self) -> Result<&LineSeen, PayoutRefused> {
        let is_own = |line: &&LineSeen| {
            line.kind == LineKind::Payout && line.source.as_deref() == Some(&self.reference)
        };
        let lines: Money = self
            .lines
            .iter()
            .filter(|line| !is_own(line))
            .map(LineSeen::net)
            .sum();
        let own = self.lines.iter().find(is_own);
        let own = own.ok_or_else(|| PayoutRefused::NoLine(self.reference.clone()))?;
        if lines != self.amount || own.net() != -self.amount {
            return Err(PayoutRefused::DoesNotSum {
                payout: self.reference.clone(),
                lines,
                amount: self.amount,
            });
        }
        Ok(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: LineKind, source: &str, amount: i64, fee: i64) -> LineSeen {
        LineSeen {
            reference: format!("txn_{source}"),
            kind,
            amount: Money::from_cents(amount),
            fee: Money::from_cents(fee),
            created_at: NaiveDateTime::default(),
            source: Some(source.to_owned()),
            intent: None,
        }
    }

    fn payout(amount: i64, lines: Vec<LineSeen>) -> PayoutSeen {
        PayoutSeen {
            reference: "po_1".to_owned(),
            status: PayoutStatus::Paid,
            amount: Money::from_cents(amount),
            arrives_on: NaiveDate::default(),
            is_reconciled: true,
            lines,
            failure: None,
        }
    }

    #[test]
    fn a_payout_is_the_sum_of_its_lines_or_is_held() {
        let lines = vec![
            line(LineKind::Charge, "ch_1", 8_410, 274),
            line(LineKind::Refund, "re_1", -2_000, 0),
            line(LineKind::Payout, "po_1", -6_136, 0),
        ];
        assert_eq!(payout(6_136, lines.clone()).own_line(), Ok(&lines[2]));
        assert!(matches!(
            payout(6_135, lines.clone()).own_line(),
            Err(PayoutRefused::DoesNotSum { .. })
        ));
        assert!(matches!(
            payout(6_136, lines[..2].to_vec()).own_line(),
            Err(PayoutRefused::NoLine(_))
        ));
    }
}
