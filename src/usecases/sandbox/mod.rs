//! A payment processor of our own for trying things out: the shapes, states and messages of Stripe's, and no money anywhere.
//!
//! Calls come in over HTTP (`web::sandbox`), messages go out over HTTP (`jobs::sandbox`), and our side speaks to it through the same
//! adapter as to the real one. It refuses to run in production; no number but the test numbers is taken, and none is kept.

use serde_json::{Value, json};

use crate::store::error::StoreError;

pub mod api;
pub mod checkout;
pub mod clock;
pub mod disputes;
pub mod instruments;
pub mod intents;
pub mod objects;
pub mod params;
pub mod payouts;
pub mod refunds;
pub mod setups;
pub mod till;

/// Why a call brought nothing: the processor's own refusal, or a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// What the processor would answer.
    #[error("{}", .0.message)]
    Refused(Box<Refusal>),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// The processor's refusal.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// `card_error`, `invalid_request_error`, `idempotency_error` or `authentication_error`.
    pub kind: &'static str,
    /// The error's code.
    pub code: String,
    /// The bank's own word.
    pub decline_code: Option<String>,
    /// A sentence for developers.
    pub message: String,
    /// The parameter that is wrong.
    pub param: Option<String>,
    /// The payment it is about.
    pub payment_intent: Option<Value>,
}

impl Refusal {
    /// The same refusal, naming the parameter that is wrong.
    #[must_use]
    pub fn param(mut self, name: &str) -> Self {
        self.param = Some(name.to_owned());
        self
    }

    /// The body of the answer.
    #[must_use]
    pub fn body(&self) -> Value {
        let mut error = json!({"type": self.kind, "code": self.code, "message": self.message});
        let more = [
            ("decline_code", self.decline_code.clone().map(Value::from)),
            ("param", self.param.clone().map(Value::from)),
            ("payment_intent", self.payment_intent.clone()),
        ];
        if let Some(fields) = error.as_object_mut() {
            fields.extend(
                more.into_iter()
                    .filter_map(|(name, value)| Some((name.to_owned(), value?))),
            );
        }
        json!({"error": error})
    }
}

impl From<Refusal> for SandboxError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// A refusal of a wrong call.
#[must_use]
pub fn refusal(status: u16, code: &str, message: &str) -> Refusal {
    Refusal {
        status,
        kind: "invalid_request_error",
        code: code.to_owned(),
        decline_code: None,
        message: message.to_owned(),
        param: None,
        payment_intent: None,
    }
}

/// The refusal of a call for something that isn't there.
#[must_use]
pub fn missing(kind: &str, id: &str) -> Refusal {
    refusal(404, "resource_missing", &format!("No such {kind}: '{id}'")).param("id")
}
