//! Our account at the processor as it is read: lines, payouts, the balance. Every field we don't need is passed over.

use serde::Deserialize;

use crate::adapters::stripe::objects::Named;
use crate::adapters::stripe::objects::Unreadable;
use crate::adapters::stripe::objects::instant;
use crate::domain::money::Money;
use crate::domain::payments::lines::LineKind;
use crate::domain::payments::lines::LineSeen;
use crate::domain::payments::lines::PayoutSeen;

/// One line of our account at the processor.
#[derive(Debug, Clone, Deserialize)]
pub struct BalanceTransaction {
    /// Its name.
    pub id: String,
    /// How much, before the fee.
    pub amount: i64,
    /// What the processor keeps.
    pub fee: i64,
    /// When it was made.
    pub created: i64,
    /// The processor's word for what moved.
    #[serde(rename = "type")]
    pub kind: String,
    /// The object it is of.
    pub source: Option<Named<LineSource>>,
}

/// The object a line of the account is of, as far as it tells the payment.
#[derive(Debug, Clone, Deserialize)]
pub struct LineSource {
    /// Its name.
    pub id: String,
    /// What it is.
    pub object: String,
    /// The PaymentIntent it belongs to.
    pub payment_intent: Option<String>,
}

/// A payout to the bank.
#[derive(Debug, Clone, Deserialize)]
pub struct Payout {
    /// Its name.
    pub id: String,
    /// How much.
    pub amount: i64,
    /// When it reaches the bank.
    pub arrival_date: i64,
    /// Where it stands.
    pub status: String,
    /// Whether it goes by itself: then the processor names its lines.
    #[serde(default)]
    pub automatic: bool,
    /// `completed` once all its lines are named.
    pub reconciliation_status: Option<String>,
    /// The line by which it came again.
    pub failure_balance_transaction: Option<Named<BalanceTransaction>>,
}

/// What we hold at the processor.
#[derive(Debug, Clone, Deserialize)]
pub struct Balance {
    /// What can be paid out.
    pub available: Vec<Held>,
    /// What can be paid out soon.
    pub pending: Vec<Held>,
}

/// So much of one currency.
#[derive(Debug, Clone, Deserialize)]
pub struct Held {
    /// How much.
    pub amount: i64,
    /// Of what.
    pub currency: String,
}

impl Balance {
    /// All that is held in dollars.
    #[must_use]
    pub fn total(&self) -> Money {
        let held = self.available.iter().chain(&self.pending);
        let cents = held
            .filter(|held| held.currency == "usd")
            .map(|held| held.amount);
        Money::from_cents(cents.sum())
    }
}

impl BalanceTransaction {
    /// The line, as the rules read it.
    ///
    /// # Errors
    /// `Unreadable` when its time is none.
    pub fn seen(&self) -> Result<LineSeen, Unreadable> {
        let (source, object, intent) = match &self.source {
            Some(Named::Id(id)) => (Some(id.clone()), None, None),
            Some(Named::Full(of)) => (
                Some(of.id.clone()),
                Some(of.object.as_str()),
                of.payment_intent.clone(),
            ),
            None => (None, None, None),
        };
        let is_dispute = object == Some("dispute")
            || source
                .as_deref()
                .is_some_and(|id| id.starts_with("du_") || id.starts_with("dp_"));
        Ok(LineSeen {
            reference: self.id.clone(),
            kind: match self.kind.as_str() {
                "charge" | "payment" => LineKind::Charge,
                "refund" | "payment_refund" => LineKind::Refund,
                "refund_failure" => LineKind::RefundFailure,
                "payout" => LineKind::Payout,
                "payout_failure" | "payout_cancel" => LineKind::PayoutFailure,
                "stripe_fee" | "network_cost" => LineKind::Cost,
                "adjustment" | "payment_reversal" if is_dispute => LineKind::Dispute,
                _ => LineKind::Other,
            },
            amount: Money::from_cents(self.amount),
            fee: Money::from_cents(self.fee),
            created_at: instant(self.created)?,
            source,
            intent,
        })
    }
}

/// The line where it was asked for in full.
pub(super) fn line_seen(
    line: &Option<Named<BalanceTransaction>>,
) -> Result<Option<LineSeen>, Unreadable> {
    let line = line.as_ref().and_then(Named::full);
    line.map(BalanceTransaction::seen).transpose()
}

impl Payout {
    /// The payout with its lines, as the rules read it.
    ///
    /// # Errors
    /// `Unreadable` when its state or time is none we know.
    pub fn seen(&self, lines: &[BalanceTransaction]) -> Result<PayoutSeen, Unreadable> {
        let status = self.status.parse().map_err(|_unknown| Unreadable {
            what: "payout state",
        })?;
        Ok(PayoutSeen {
            reference: self.id.clone(),
            status,
            amount: Money::from_cents(self.amount),
            // The processor names a civil day by its midnight in UTC.
            arrives_on: instant(self.arrival_date)?.date(),
            is_reconciled: !self.automatic
                || self.reconciliation_status.as_deref() == Some("completed"),
            lines: lines
                .iter()
                .map(BalanceTransaction::seen)
                .collect::<Result<_, _>>()?,
            failure: line_seen(&self.failure_balance_transaction)?,
        })
    }
}
