//! Where payments are taken: the processor, or the sandbox in its place; and what wakes the workers behind it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::adapters::stripe::{Stripe, StripeRefused, StripeSettings};
use crate::adapters::webhook_sender::{NotTaken, WebhookSender};

/// How long one try of a call may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Where payments are taken.
#[derive(Clone)]
pub struct Desk {
    /// The adapter, to Stripe or to the sandbox.
    pub stripe: Stripe,
    /// The name that payments are recorded under.
    pub processor: &'static str,
    /// The sandbox, where it stands in.
    pub sandbox: Option<Sandbox>,
    /// Wakes the worker that reads the processor's messages.
    pub events: Arc<Notify>,
}

/// The sandbox's own side.
#[derive(Clone)]
pub struct Sandbox {
    /// The key that callers must show.
    pub secret_key: String,
    /// Delivers its messages.
    pub sender: WebhookSender,
    /// Wakes the worker that delivers them.
    pub deliveries: Arc<Notify>,
}

/// Why no payments can be taken.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The adapter can't be made.
    #[error(transparent)]
    Stripe(#[from] StripeRefused),
    /// The sandbox's sender can't be made.
    #[error(transparent)]
    Sender(#[from] NotTaken),
}

impl Desk {
    /// The processor itself.
    ///
    /// # Errors
    /// A key or an address that can't be used.
    pub fn of_stripe(
        secret_key: String,
        webhook_secrets: Vec<String>,
        api_base: Option<String>,
    ) -> Result<Self, DeskError> {
        let settings = StripeSettings {
            secret_key,
            api_base,
            webhook_secrets,
            timeout: TIMEOUT,
        };
        Ok(Self {
            stripe: Stripe::new(settings)?,
            processor: "stripe",
            sandbox: None,
            events: Arc::default(),
        })
    }

    /// The sandbox, which is this same server: `address` is where it listens, without a slash at the end.
    ///
    /// # Errors
    /// A key or an address that can't be used.
    pub fn of_sandbox(
        address: &str,
        secret_key: String,
        webhook_secret: String,
    ) -> Result<Self, DeskError> {
        let settings = StripeSettings {
            secret_key: secret_key.clone(),
            api_base: Some(format!("{address}/sandbox/")),
            webhook_secrets: vec![webhook_secret.clone()],
            timeout: TIMEOUT,
        };
        let sender = WebhookSender::new(format!("{address}/webhooks/stripe"), webhook_secret)?;
        Ok(Self {
            stripe: Stripe::new(settings)?,
            processor: "sandbox",
            sandbox: Some(Sandbox {
                secret_key,
                sender,
                deliveries: Arc::default(),
            }),
            events: Arc::default(),
        })
    }
}
