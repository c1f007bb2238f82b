//! The `Stripe-Signature` header: made for our own sandbox's messages, checked on everybody's, over the bytes as they came.

use hmac::Hmac;
use hmac::KeyInit;
use hmac::Mac;
use sha2::Sha256;

/// How far a message's time may be from ours, in seconds: the official libraries' own default.
pub const TOLERANCE_SECONDS: i64 = 300;

/// Why a message is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureRefused {
    /// The header holds no time.
    #[error("the signature names no time")]
    NoTime,
    /// No signature in it was made with one of our secrets.
    #[error("no signature fits")]
    NoneFits,
    /// It was signed too long ago, or too far ahead.
    #[error("the signature is too old")]
    TooOld,
}

/// Checks a message against every secret in use: there are two while one is being replaced.
///
/// # Errors
/// `SignatureRefused` with the first reason found.
pub fn verify(
    body: &[u8],
    header: &str,
    secrets: &[String],
    now: i64,
) -> Result<(), SignatureRefused> {
    let mut time = None;
    let mut signatures = Vec::new();
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", value)) => time = value.parse::<i64>().ok(),
            Some(("v1", value)) => signatures.extend(hex::decode(value)),
            _ => {}
        }
    }
    let time = time.ok_or(SignatureRefused::NoTime)?;
    let fits = secrets.iter().any(|secret| {
        let mac = mac_of(body, secret, time);
        signatures
            .iter()
            .any(|signature| mac.clone().verify_slice(signature).is_ok())
    });
    if !fits {
        return Err(SignatureRefused::NoneFits);
    }
    if now.abs_diff(time) > TOLERANCE_SECONDS.unsigned_abs() {
        return Err(SignatureRefused::TooOld);
    }
    Ok(())
}

/// The header for a message signed now.
#[must_use]
pub fn sign(body: &[u8], secret: &str, now: i64) -> String {
    let signature = hex::encode(mac_of(body, secret, now).finalize().into_bytes());
    format!("t={now},v1={signature}")
}

fn mac_of(body: &[u8], secret: &str, time: i64) -> Hmac<Sha256> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key may have any length");
    mac.update(time.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"id":"evt_1"}"#;

    fn check(header: &str, secrets: &[&str], now: i64) -> Result<(), SignatureRefused> {
        let secrets: Vec<String> = secrets.iter().map(ToString::to_string).collect();
        verify(BODY, header, &secrets, now)
    }

    #[test]
    fn a_message_signed_with_either_secret_is_believed_while_one_is_replaced() {
        let header = sign(BODY, "whsec_new", 1_000);
        assert_eq!(check(&header, &["whsec_old", "whsec_new"], 1_200), Ok(()));
        let both = format!("{header},{}", sign(BODY, "whsec_old", 1_000));
        assert_eq!(check(&both, &["whsec_old"], 1_000), Ok(()));
    }

    #[test]
    fn a_changed_or_unsigned_or_old_message_is_not() {
        let header = sign(BODY, "whsec", 1_000);
        let other = verify(b"{}", &header, &["whsec".to_owned()], 1_000);
        assert_eq!(other, Err(SignatureRefused::NoneFits));
        assert_eq!(
            check(&header, &["wrong"], 1_000),
            Err(SignatureRefused::NoneFits)
        );
        assert_eq!(check(&header, &[], 1_000), Err(SignatureRefused::NoneFits));
        assert_eq!(check("", &["whsec"], 1_000), Err(SignatureRefused::NoTime));
        assert_eq!(
            check("t=1000,v1=zz", &["whsec"], 1_000),
            Err(SignatureRefused::NoneFits)
        );
        assert_eq!(
            check(&header, &["whsec"], 1_301),
            Err(SignatureRefused::TooOld)
        );
        assert_eq!(
            check(&header, &["whsec"], 699),
            Err(SignatureRefused::TooOld)
        );
    }

    #[test]
    fn the_signature_is_the_one_the_official_library_makes() {
        // stripe.WebhookSignature._compute_signature("1000.{\"id\":\"evt_1\"}", "whsec")
        assert_eq!(
            sign(BODY, "whsec", 1_000),
            "t=1000,v1=3e52031107262c3063c3353d1197bb54dadf18ab9ec8702baea95181613a10f8"
        );
    }
}
