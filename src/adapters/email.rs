//! Sends mail over SMTP. It knows nothing of what it sends.

use std::error::Error;
use std::sync::Arc;

use lettre::address::Envelope;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::PoolConfig;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::adapters::dkim::Signer;
use crate::domain::mail_refusals::is_final;

/// How many connections are kept open to the mail server. Each waits some 45 ms for a mail, most of it for the server's system to acknowledge
/// what it was sent; servers allow one sender about fifty.
pub const CONNECTIONS: usize = 32;

/// A mail to send.
#[derive(Debug, Clone)]
pub struct Mail {
    /// A number of ours: a mail that is sent twice after a crash has the same Message-ID, so that readers show it once.
    pub number: i64,
    /// What nobody else can write beside the number: who tells us that the mail came back must know it.
    pub tag: String,
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// The address that ends mails of this kind, opened or posted to; nothing where none may.
    pub leave: Option<String>,
}

/// How a reader's own program ends mails of a kind (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), format!("<{}>", self.0))
    }
}

/// That one post to that address is enough (RFC 8058).
#[derive(Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_text: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address or the mail will never be taken.
    #[error("refused for good: {0}")]
    Refused(String),
    /// Later it may be.
    #[error("not sent: {0}")]
    Later(String),
}

/// Writes mails as they leave: from one address, signed where there is a key. Cloning is cheap.
#[derive(Clone)]
pub struct Writer {
    from: Mailbox,
    signer: Option<Arc<Signer>>,
}

/// Connections to a mail server, kept open between mails. Cloning is cheap.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    writer: Writer,
}

impl Mailer {
    /// A mailer for `smtps://user:password@host`. It does not connect yet.
    ///
    /// # Errors
    /// `Refused` when the address cannot be read.
    pub fn new(url: &str, writer: Writer) -> Result<Self, MailError> {
        let most = u32::try_from(CONNECTIONS).map_err(|error| refused(&error))?;
        let pool = PoolConfig::new().max_size(most);
        Ok(Self {
            transport: AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                .map_err(|error| refused(&error))?
                .pool_config(pool)
                .build(),
            writer,
        })
    }

    /// Whether an address can be used; it is not called. For a start at which nothing runs yet that could call it.
    ///
    /// # Errors
    /// `Refused` when the address cannot be read.
    pub fn check(url: &str) -> Result<(), MailError> {
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| refused(&error))?;
        Ok(())
    }

    /// Sends one mail.
    ///
    /// # Errors
    /// `Refused` or `Later`.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let (envelope, bytes) = self.writer.write(mail)?;
        match self.transport.send_raw(&envelope, &bytes).await {
            Ok(_taken) => Ok(()),
            Err(error) => {
                let why = error.to_string();
                if error.is_permanent() && is_final(&why) {
                    Err(MailError::Refused(why))
                } else {
                    Err(MailError::Later(why))
                }
            }
        }
    }
}

impl Writer {
    /// Writes from this address.
    ///
    /// # Errors
    /// `Refused` when it cannot be read.
    pub fn new(from: &str, signer: Option<Signer>) -> Result<Self, MailError> {
        Ok(Self {
            from: from.parse().map_err(|error| refused(&error))?,
            signer: signer.map(Arc::new),
        })
    }

    /// The mail as it leaves, and where it goes.
    ///
    /// # Errors
    /// `Refused` where it has no address to go to; `Later` where it could not be signed.
    pub fn write(&self, mail: &Mail) -> Result<(Envelope, Vec<u8>), MailError> {
        let message = self.message(mail)?;
        let envelope = message.envelope().clone();
        let bytes = message.formatted();
        let signed = match &self.signer {
            Some(signer) => signer
                .sign(&bytes)
                .map_err(|error| MailError::Later(error.to_string()))?,
            None => bytes,
        };
        Ok((envelope, signed))
    }

    fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        let host = self.from.email.domain();
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(mail.to.parse().map_err(|error| refused(&error))?)
            .message_id(Some(format!(
                "<notice-{}.{}@{host}>",
                mail.number, mail.tag
            )))
            .subject(&mail.subject);
        if let Some(address) = &mail.leave {
            message = message
                .header(ListUnsubscribe(address.clone()))
                .header(OneClick);
        }
        message
            .multipart(MultiPart::alternative_plain_html(
                mail.text.clone(),
                mail.html.clone(),
            ))
            .map_err(|error| refused(&error))
    }
}

fn refused(error: &dyn std::fmt::Display) -> MailError {
    MailError::Refused(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_carries_both_forms_and_the_same_id_each_time() {
        let writer = Writer::new("Bend <billing@bend.example>", None).unwrap();
        let mail = Mail {
            number: 42,
            tag: "5f".to_owned(),
            to: "rosa@example.com".to_owned(),
            subject: "Contraseña".to_owned(),
            text: "Hola".to_owned(),
            html: "<p>Hola</p>".to_owned(),
            leave: Some("https://bend.example/unsubscribe?notice=42&signature=ab".to_owned()),
        };
        let sent = String::from_utf8(writer.write(&mail).unwrap().1).unwrap();
        let leave = "List-Unsubscribe: <https://bend.example/unsubscribe?notice=42&signature=ab>";
        assert!(sent.contains(leave), "{sent}");
        assert!(sent.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
        assert!(sent.contains("Message-ID: <notice-42.5f@bend.example>"));
        assert!(sent.contains("text/plain") && sent.contains("text/html"));
        let nobody = Mail {
            to: "nobody".to_owned(),
            ..mail
        };
        assert!(matches!(writer.write(&nobody), Err(MailError::Refused(_))));
    }
}
