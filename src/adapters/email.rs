//! Sends mail over SMTP. It knows nothing of what it sends.

use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// A mail to send.
#[derive(Debug, Clone)]
pub struct Mail {
    /// A number of ours: a mail that is sent twice after a crash has the same Message-ID, so that readers show it once.
    pub number: i64,
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
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

/// A connection to a mail server, kept open between mails. Cloning is cheap.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// A mailer for `smtps://user:password@host`, sending as this address. It does not connect yet.
    ///
    /// # Errors
    /// `Refused` when either cannot be read.
    pub fn new(url: &str, from: &str) -> Result<Self, MailError> {
        let refused = |error: &dyn std::fmt::Display| MailError::Refused(error.to_string());
        Ok(Self {
            transport: AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                .map_err(|error| refused(&error))?
                .build(),
            from: from.parse().map_err(|error| refused(&error))?,
        })
    }

    /// Sends one mail.
    ///
    /// # Errors
    /// `Refused` or `Later`.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = self.message(mail)?;
        match self.transport.send(message).await {
            Ok(_taken) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailError::Refused(error.to_string())),
            Err(error) => Err(MailError::Later(error.to_string())),
        }
    }

    fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        let refused = |error: &dyn std::fmt::Display| MailError::Refused(error.to_string());
        let host = self.from.email.domain();
        Message::builder()
            .from(self.from.clone())
            .to(mail.to.parse().map_err(|error| refused(&error))?)
            .message_id(Some(format!("<notice-{}@{host}>", mail.number)))
            .subject(&mail.subject)
            .multipart(MultiPart::alternative_plain_html(
                mail.text.clone(),
                mail.html.clone(),
            ))
            .map_err(|error| refused(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_mail_carries_both_forms_and_the_same_id_each_time() {
        let mailer = Mailer::new("smtp://127.0.0.1:2525", "Bend <billing@bend.example>").unwrap();
        let mail = Mail {
            number: 42,
            to: "rosa@example.com".to_owned(),
            subject: "Contraseña".to_owned(),
            text: "Hola".to_owned(),
            html: "<p>Hola</p>".to_owned(),
        };
        let sent = String::from_utf8(mailer.message(&mail).unwrap().formatted()).unwrap();
        assert!(sent.contains("Message-ID: <notice-42@bend.example>"));
        assert!(sent.contains("text/plain") && sent.contains("text/html"));
        let nobody = Mail {
            to: "nobody".to_owned(),
            ..mail
        };
        assert!(matches!(
            mailer.message(&nobody),
            Err(MailError::Refused(_))
        ));
    }
}
