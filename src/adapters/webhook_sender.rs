//! Delivers the sandbox's signed messages over HTTP, as the real processor would: to our own webhook door, or to a judge's.

use std::time::Duration;

use chrono::NaiveDateTime;

use crate::adapters::stripe::signature;

/// How long a receiver may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Sends messages to one address.
#[derive(Clone)]
pub struct WebhookSender {
    client: reqwest::Client,
    url: String,
    secret: String,
}

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// Nobody answered.
    #[error(transparent)]
    NoAnswer(#[from] reqwest::Error),
    /// The answer was no.
    #[error("the receiver answered {0}")]
    Answered(u16),
}

impl WebhookSender {
    /// A sender to an address, signing with a secret.
    ///
    /// # Errors
    /// `NoAnswer` when no client can be made.
    pub fn new(url: String, secret: String) -> Result<Self, NotTaken> {
        let client = reqwest::Client::builder().timeout(TIMEOUT).build()?;
        Ok(Self {
            client,
            url,
            secret,
        })
    }

    /// Sends one message, signed now.
    ///
    /// # Errors
    /// `NotTaken`: it must be sent again.
    pub async fn send(&self, body: String, now: NaiveDateTime) -> Result<(), NotTaken> {
        let seconds = now.and_utc().timestamp();
        let header = signature::sign(body.as_bytes(), &self.secret, seconds);
        let answer = self
            .client
            .post(&self.url)
            .header("content-type", "application/json; charset=utf-8")
            .header("stripe-signature", header)
            .body(body)
            .send()
            .await?;
        if answer.status().is_success() {
            Ok(())
        } else {
            Err(NotTaken::Answered(answer.status().as_u16()))
        }
    }
}
