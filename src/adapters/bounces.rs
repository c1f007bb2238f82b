//! Reads what a mail server tells of mails that came back: a delivery status notification (RFC 3464) as it lies in a mailbox, or a line of
//! JSON; and checks who tells it.

use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;

/// A mail that came back for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// The number in the Message-ID of ours.
    pub number: i64,
    /// What stands beside it there.
    pub tag: String,
    /// Why: the enhanced status first, then the server's words.
    pub why: String,
}

#[derive(Deserialize)]
struct Told {
    message_id: String,
    #[serde(default)]
    reason: String,
    /// `permanent` where it is left out.
    #[serde(default)]
    kind: String,
}

/// Reads one message. Nothing where it tells of no mail of ours, or only of a delay.
#[must_use]
pub fn read(body: &str) -> Option<Bounce> {
    if body.trim_start().starts_with('{') {
        let told: Told = serde_json::from_str(body).ok()?;
        if !(told.kind.is_empty() || told.kind == "permanent") {
            return None;
        }
        let (number, tag) = number_in(&told.message_id)?;
        return Some(Bounce {
            number,
            tag,
            why: told.reason,
        });
    }
    read_notification(body)
}

/// The report's fields and the headers of the mail that came back lie as plain text in their parts of the message.
fn read_notification(body: &str) -> Option<Bounce> {
    let unfolded = body
        .replace("\r\n", "\n")
        .replace("\n ", " ")
        .replace("\n\t", " ");
    let field = |name: &str| {
        unfolded.lines().find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    if !field("Action")?.eq_ignore_ascii_case("failed") {
        return None;
    }
    let status = field("Status")?;
    let (number, tag) = unfolded.lines().find_map(|line| {
        let (field, value) = line.split_once(':')?;
        let is_id = ["message-id", "original-message-id", "x-original-message-id"]
            .iter()
            .any(|name| field.eq_ignore_ascii_case(name));
        is_id.then(|| number_in(value)).flatten()
    })?;
    let words = field("Diagnostic-Code").unwrap_or_default();
    Some(Bounce {
        number,
        tag,
        why: format!("{status} {words}").trim_end().to_owned(),
    })
}

/// The number and the tag in `<notice-42.5f0c@billing.example>`.
fn number_in(message_id: &str) -> Option<(i64, String)> {
    let (_, rest) = message_id.split_once("notice-")?;
    let (ours, _) = rest.split_once('@')?;
    let (number, tag) = ours.split_once('.')?;
    Some((number.parse().ok()?, tag.to_owned()))
}

/// Whether whoever sent this body knows the secret: its HMAC-SHA256, in hex.
#[must_use]
pub fn is_signed(secret: &str, body: &[u8], header: &str) -> bool {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key may have any length");
    mac.update(body);
    hex::decode(header.trim()).is_ok_and(|given| mac.verify_slice(&given).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTIFICATION: &str = "From: MAILER-DAEMON@mx.example\r\nMessage-ID: <77@mx.example>\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
        --b\r\n\r\nI am sorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
        Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; rosa@home.example\r\n\
        Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n  no such user here\r\n\r\n\
        --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <notice-42.5f@bend.example>\r\n--b--\r\n";

    #[test]
    fn a_notification_names_our_mail_and_why_it_came_back() {
        let bounce = read(NOTIFICATION).unwrap();
        assert_eq!((bounce.number, bounce.tag.as_str()), (42, "5f"));
        assert!(bounce.why.starts_with("5.1.1 ") && bounce.why.ends_with("no such user here"));
        let delayed = NOTIFICATION.replace("Action: failed", "Action: delayed");
        assert_eq!(read(&delayed), None);
        assert_eq!(read(&NOTIFICATION.replace("notice-", "")), None);
    }

    #[test]
    fn json_tells_the_same() {
        let told = r#"{"message_id":"<notice-7.5f@bend.example>","reason":"5.2.2 full"}"#;
        let expected = Bounce {
            number: 7,
            tag: "5f".to_owned(),
            why: "5.2.2 full".to_owned(),
        };
        assert_eq!(read(told), Some(expected));
        assert_eq!(
            read(&told.replace("\"reason\"", "\"kind\":\"transient\",\"reason\"")),
            None
        );
        assert_eq!(read("{}"), None);
    }
}
