//! The processor's objects as far as we read them: every field we don't need is passed over, so that a new word of theirs breaks nothing.

use std::collections::HashMap;

use chrono::DateTime;
use chrono::NaiveDateTime;
use serde::Deserialize;

use crate::adapters::stripe::account_objects::BalanceTransaction;
use crate::adapters::stripe::account_objects::line_seen;
use crate::adapters::stripe::refunds;
use crate::domain::money::Money;
use crate::domain::payments::Brand;
use crate::domain::payments::Instrument;
use crate::domain::payments::ProviderEvent;
use crate::domain::payments::Tender;
use crate::domain::payments::seen::DisputeSeen;
use crate::domain::payments::seen::DisputeStatus;
use crate::domain::payments::seen::IntentSeen;
use crate::domain::payments::seen::RefundSeen;
use crate::domain::payments::seen::Seen;

/// An object, or only its name where it was not asked for in full.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Named<T> {
    /// Its name.
    Id(String),
    /// All of it.
    Full(Box<T>),
}

impl<T> Named<T> {
    /// All of it, where it was asked for.
    pub fn full(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Full(object) => Some(object),
        }
    }
}

/// A page of objects.
#[derive(Debug, Clone, Deserialize)]
pub struct List<T> {
    /// The objects.
    pub data: Vec<T>,
    /// Whether there are more after the last.
    #[serde(default)]
    pub has_more: bool,
}

/// A Checkout session.
#[derive(Debug, Clone, Deserialize)]
pub struct Session {
    /// Its name.
    pub id: String,
    /// `open`, `complete` or `expired`.
    pub status: Option<String>,
    /// Where the customer pays, while it is open.
    pub url: Option<String>,
    /// The payment, once there is one.
    pub payment_intent: Option<Named<Intent>>,
}

/// A PaymentIntent.
#[derive(Debug, Clone, Deserialize)]
pub struct Intent {
    /// Its name.
    pub id: String,
    /// Where it stands.
    pub status: String,
    /// What was asked.
    pub amount: i64,
    /// What came.
    #[serde(default)]
    pub amount_received: i64,
    /// When it was made.
    pub created: i64,
    /// The last try.
    pub latest_charge: Option<Named<Charge>>,
    /// Why the last try was refused.
    pub last_payment_error: Option<Refusal>,
    /// What we wrote on it.
    #[serde(default)]
    pub metadata: HashMap<String, String>,
}

/// Why a try was refused.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Refusal {
    /// The processor's word.
    pub code: Option<String>,
    /// The bank's word, which says more.
    pub decline_code: Option<String>,
}

/// A charge: one try to take the money.
#[derive(Debug, Clone, Deserialize)]
pub struct Charge {
    /// When it was tried.
    pub created: i64,
    /// By what.
    pub payment_method_details: Option<MethodDetails>,
    /// What it cost, once known.
    pub balance_transaction: Option<Named<BalanceTransaction>>,
    /// How much went back.
    #[serde(default)]
    pub amount_refunded: i64,
    /// Whether it was ever disputed.
    #[serde(default)]
    pub disputed: bool,
}

/// By what a charge was paid.
#[derive(Debug, Clone, Deserialize)]
pub struct MethodDetails {
    /// A card.
    pub card: Option<Card>,
    /// A bank account.
    pub us_bank_account: Option<BankAccount>,
}

/// What is known of a card.
#[derive(Debug, Clone, Deserialize)]
pub struct Card {
    /// Its brand.
    pub brand: Option<String>,
    /// Its last four digits.
    pub last4: Option<String>,
    /// The same for the same card.
    pub fingerprint: Option<String>,
    /// The month it ends with.
    pub exp_month: Option<u32>,
    /// The year it ends in.
    pub exp_year: Option<i32>,
}

/// What is known of a bank account.
#[derive(Debug, Clone, Deserialize)]
pub struct BankAccount {
    /// Its last four digits.
    pub last4: Option<String>,
    /// The same for the same account.
    pub fingerprint: Option<String>,
    /// The bank's name.
    pub bank_name: Option<String>,
    /// `checking` or `savings`.
    pub account_type: Option<String>,
}

/// A refund.
#[derive(Debug, Clone, Deserialize)]
pub struct Refund {
    /// Its name.
    pub id: String,
    /// How much.
    pub amount: i64,
    /// `pending`, `succeeded`, `failed` or `canceled`.
    pub status: Option<String>,
    /// The line by which it went.
    pub balance_transaction: Option<Named<BalanceTransaction>>,
    /// The line by which it came again.
    pub failure_balance_transaction: Option<Named<BalanceTransaction>>,
    /// What whoever asked for it wrote beside it.
    #[serde(default)]
    pub metadata: Option<HashMap<String, String>>,
}

/// A dispute of a charge.
#[derive(Debug, Clone, Deserialize)]
pub struct Dispute {
    /// Its name.
    pub id: String,
    /// How much was taken back.
    pub amount: i64,
    /// Where it stands.
    pub status: String,
    /// Why.
    pub reason: String,
    /// The lines by which money went and came.
    #[serde(default)]
    pub balance_transactions: Vec<BalanceTransaction>,
}

/// A word of the processor's that we can't read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the processor's {what} can't be read")]
pub struct Unreadable {
    /// Which part.
    pub what: &'static str,
}

/// The instant of a processor's time stamp.
pub(super) fn instant(seconds: i64) -> Result<NaiveDateTime, Unreadable> {
    DateTime::from_timestamp(seconds, 0)
        .map(|time| time.naive_utc())
        .ok_or(Unreadable { what: "time" })
}

impl MethodDetails {
    /// The instrument, as far as it is ever kept.
    pub(super) fn instrument(&self) -> Option<Instrument> {
        let word = |text: &Option<String>| text.clone().unwrap_or_default();
        match (&self.card, &self.us_bank_account) {
            (Some(card), _) => Some(Instrument {
                tender: Tender::Card,
                brand: word(&card.brand).parse().unwrap_or(Brand::Other),
                last4: word(&card.last4),
                fingerprint: word(&card.fingerprint),
            }),
            (None, Some(bank)) => Some(Instrument {
                tender: Tender::BankAccount,
                brand: Brand::Bank,
                last4: word(&bank.last4),
                fingerprint: word(&bank.fingerprint),
            }),
            (None, None) => None,
        }
    }
}

impl Session {
    /// The name of its PaymentIntent.
    #[must_use]
    pub fn intent_ref(&self) -> Option<&str> {
        match self.payment_intent.as_ref()? {
            Named::Id(id) => Some(id),
            Named::Full(intent) => Some(&intent.id),
        }
    }

    /// Its PaymentIntent, where it was asked for in full.
    #[must_use]
    pub fn intent(&self) -> Option<&Intent> {
        self.payment_intent.as_ref()?.full()
    }

    /// What it says of the payment.
    ///
    /// # Errors
    /// `Unreadable` when a state is none we know.
    pub fn seen(&self, disputes: &[Dispute], refunds: &[Refund]) -> Result<Seen, Unreadable> {
        let session = match &self.status {
            Some(status) => Some(status.parse().map_err(|_unknown| Unreadable {
                what: "session state",
            })?),
            None => None,
        };
        let intent = match self.intent() {
            Some(intent) => Some(intent.seen(disputes, refunds)?),
            None => None,
        };
        Ok(Seen { session, intent })
    }
}

impl Intent {
    /// Its last charge, where it was asked for in full.
    #[must_use]
    pub fn charge(&self) -> Option<&Charge> {
        self.latest_charge.as_ref()?.full()
    }

    /// What it says of the payment.
    ///
    /// # Errors
    /// `Unreadable` when a state is none we know.
    pub fn seen(&self, disputes: &[Dispute], refunds: &[Refund]) -> Result<IntentSeen, Unreadable> {
        let charge = self.charge();
        let status = self.status.parse().map_err(|_unknown| Unreadable {
            what: "payment state",
        })?;
        let cents = if self.amount_received > 0 {
            self.amount_received
        } else {
            self.amount
        };
        Ok(IntentSeen {
            reference: self.id.clone(),
            status,
            amount: Money::from_cents(cents),
            instrument: charge
                .and_then(|charge| charge.payment_method_details.as_ref())
                .and_then(MethodDetails::instrument),
            given_at: instant(charge.map_or(self.created, |charge| charge.created))?,
            failure: self
                .last_payment_error
                .clone()
                .and_then(|refusal| refusal.decline_code.or(refusal.code)),
            line: match charge {
                Some(charge) => line_seen(&charge.balance_transaction)?,
                None => None,
            },
            disputes: disputes
                .iter()
                .map(Dispute::seen)
                .collect::<Result<_, _>>()?,
            refunds: refunds
                .iter()
                .filter_map(|refund| refund.seen().transpose())
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Dispute {
    fn seen(&self) -> Result<DisputeSeen, Unreadable> {
        let status: DisputeStatus = self.status.parse().map_err(|_unknown| Unreadable {
            what: "dispute state",
        })?;
        Ok(DisputeSeen {
            reference: self.id.clone(),
            status,
            amount: Money::from_cents(self.amount),
            reason: self.reason.clone(),
            lines: self
                .balance_transactions
                .iter()
                .map(BalanceTransaction::seen)
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Refund {
    /// The key under which it was asked for here; nothing where it was made at the processor.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        let written = self.metadata.as_ref()?;
        written.get(refunds::KEY).map(String::as_str)
    }

    /// A refund moves money from the moment it is made; one that was canceled or failed has moved it back.
    fn seen(&self) -> Result<Option<RefundSeen>, Unreadable> {
        let Some(status) = self.status.as_deref() else {
            return Ok(None);
        };
        Ok(Some(RefundSeen {
            reference: self.id.clone(),
            key: self.key().map(str::to_owned),
            amount: Money::from_cents(self.amount),
            has_failed: matches!(status, "failed" | "canceled"),
            line: line_seen(&self.balance_transaction)?,
            failure_line: line_seen(&self.failure_balance_transaction)?,
        }))
    }
}

#[derive(Deserialize)]
struct Envelope {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    created: i64,
    livemode: bool,
    api_version: Option<String>,
    data: EnvelopeData,
}

#[derive(Deserialize)]
struct EnvelopeData {
    object: EnvelopeObject,
}

#[derive(Deserialize)]
struct EnvelopeObject {
    id: Option<String>,
    object: Option<String>,
    payment_intent: Option<Named<serde_json::Value>>,
    metadata: Option<HashMap<String, String>>,
}

/// Reads the few facts of a message that choose what is read again; the rest is kept as it came.
///
/// # Errors
/// `Unreadable` when it is no message at all.
pub fn event(body: &[u8]) -> Result<ProviderEvent, Unreadable> {
    let unreadable = Unreadable { what: "message" };
    let payload = std::str::from_utf8(body).map_err(|_not_text| unreadable.clone())?;
    let envelope: Envelope = serde_json::from_str(payload).map_err(|_no_event| unreadable)?;
    let object = envelope.data.object;
    let written = |key: &str| object.metadata.as_ref()?.get(key);
    let payment_number = written("payment").and_then(|number| number.parse().ok());
    let account = written("account").cloned();
    let object_id = object.id.unwrap_or_default();
    let is = |kind: &str| object.object.as_deref() == Some(kind);
    let named = match object.payment_intent {
        Some(Named::Id(id)) => Some(id),
        Some(Named::Full(intent)) => intent
            .get("id")
            .and_then(|id| id.as_str())
            .map(str::to_owned),
        None => None,
    };
    Ok(ProviderEvent {
        intent_ref: if is("payment_intent") {
            Some(object_id.clone())
        } else {
            named
        },
        payment_number,
        account,
        session_ref: is("checkout.session").then(|| object_id.clone()),
        id: envelope.id,
        kind: envelope.kind,
        object_id,
        created_at: instant(envelope.created)?,
        is_live: envelope.livemode,
        api_version: envelope.api_version,
        payload: payload.to_owned(),
    })
}
