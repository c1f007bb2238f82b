//! Sends texts by a carrier that speaks as Twilio does, and checks the carrier's own messages. It knows nothing of what it sends.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha1::Sha1;

/// How long the carrier may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Why a text was not sent.
#[derive(Debug, thiserror::Error)]
pub enum NotTexted {
    /// The carrier will never take it: its code for why, and its words.
    #[error("the carrier refused it for good: {0}")]
    Refused(String),
    /// Later it may be.
    #[error("not sent: {0}")]
    Later(String),
}

/// The account at the carrier.
#[derive(Clone)]
pub struct Texter {
    client: reqwest::Client,
    url: String,
    account: String,
    token: String,
    from: String,
    status_url: String,
}

/// Where and as whom texts are sent.
pub struct Carrier<'a> {
    /// The interface's address, without a slash at the end.
    pub api_base: &'a str,
    /// The account.
    pub account: &'a str,
    /// Its secret.
    pub token: &'a str,
    /// Our number.
    pub from: &'a str,
    /// Where the carrier tells what became of a text.
    pub status_url: &'a str,
}

#[derive(Deserialize)]
struct Taken {
    sid: String,
}

#[derive(Deserialize)]
struct Refusal {
    code: Option<i64>,
    #[serde(default)]
    message: String,
}

impl Texter {
    /// A texter for an account. It does not connect yet.
    ///
    /// # Errors
    /// `Refused` when no client can be made.
    pub fn new(carrier: &Carrier<'_>) -> Result<Self, NotTexted> {
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .build()
            .map_err(|error| NotTexted::Refused(error.to_string()))?;
        let (base, account) = (carrier.api_base, carrier.account);
        Ok(Self {
            client,
            url: format!("{base}/2010-04-01/Accounts/{account}/Messages.json"),
            account: account.to_owned(),
            token: carrier.token.to_owned(),
            from: carrier.from.to_owned(),
            status_url: carrier.status_url.to_owned(),
        })
    }

    /// Sends one text, and says by which name the carrier knows it.
    ///
    /// # Errors
    /// `Refused` or `Later`.
    pub async fn send(&self, to: &str, words: &str) -> Result<String, NotTexted> {
        let fields = [
            ("To", to),
            ("From", self.from.as_str()),
            ("Body", words),
            ("StatusCallback", self.status_url.as_str()),
        ];
        let later = |error: reqwest::Error| NotTexted::Later(error.without_url().to_string());
        let answer = self
            .client
            .post(&self.url)
            .basic_auth(&self.account, Some(&self.token))
            .form(&fields)
            .send()
            .await
            .map_err(later)?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer.json::<Taken>().await.map_err(later)?.sid);
        }
        let words = match answer.json::<Refusal>().await {
            Ok(refusal) => format!("{} {}", refusal.code.unwrap_or_default(), refusal.message),
            Err(_unreadable) => String::new(),
        };
        let why = format!("{status} {words}");
        // 400 is about this text; anything else is about the account or the moment.
        if status == reqwest::StatusCode::BAD_REQUEST {
            Err(NotTexted::Refused(why))
        } else {
            Err(NotTexted::Later(why))
        }
    }
}

/// The signature of a message that the carrier posts: over the address it was told and every field, sorted by name.
#[must_use]
pub fn signature(token: &str, url: &str, fields: &[(String, String)]) -> String {
    STANDARD.encode(mac_of(token, url, fields).finalize().into_bytes())
}

/// Whether a message is the carrier's.
#[must_use]
pub fn is_signed(token: &str, url: &str, fields: &[(String, String)], header: &str) -> bool {
    STANDARD
        .decode(header)
        .is_ok_and(|given| mac_of(token, url, fields).verify_slice(&given).is_ok())
}

fn mac_of(token: &str, url: &str, fields: &[(String, String)]) -> Hmac<Sha1> {
    let mut sorted: Vec<&(String, String)> = fields.iter().collect();
    sorted.sort();
    let mut mac =
        Hmac::<Sha1>::new_from_slice(token.as_bytes()).expect("a key may have any length");
    mac.update(url.as_bytes());
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the carrier's own documentation.
    #[test]
    fn the_signature_is_the_carriers() {
        let fields = [
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let expected = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        assert_eq!(signature("12345", url, &fields), expected);
        assert!(is_signed("12345", url, &fields, expected));
        assert!(!is_signed("12346", url, &fields, expected));
        assert!(!is_signed("12345", url, &fields, "no signature"));
    }
}
