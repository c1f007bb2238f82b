//! A mail server that falls silent in the middle of a mail: what it answers late is the answer to no other mail.

use std::time::Duration;

use mainstay::adapters::email::{Mail, MailError, Mailer, Writer};

use crate::support::servers::slow_mail_server;

fn mail(number: i64, to: &str) -> Mail {
    Mail {
        number,
        tag: "5f".to_owned(),
        to: to.to_owned(),
        subject: "Your payment is past due".to_owned(),
        text: "Please pay.".to_owned(),
        html: "<p>Please pay.</p>".to_owned(),
        leave: None,
    }
}

/// A late answer that lay on a connection which is used again would make each next answer that of the mail before: the mail that is refused
/// would count as sent.
///
/// Contract: F115
#[actix_web::test]
async fn after_a_mail_server_fell_silent_no_answer_is_taken_for_anothers() {
    let (address, received) = slow_mail_server(Duration::from_millis(1_500));
    let writer = Writer::new("Bend <billing@bend.example>", None).expect("a writer");
    let mailer = Mailer::new(&address, writer).expect("a mailer");
    let hasty = mailer.clone().with_patience(Duration::from_millis(500));
    let first = hasty.send(&mail(1, "rosa@post.example")).await;
    assert!(matches!(first, Err(MailError::Later(_))), "{first:?}");
    // The answer comes when nobody waits for it any more.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let refused = mailer.send(&mail(2, "unwanted@post.example")).await;
    assert!(refused.is_err(), "{refused:?}");
    let third = mailer.send(&mail(3, "omar@post.example")).await;
    assert!(third.is_ok(), "{third:?}");
    let taken: Vec<String> = received.try_iter().collect();
    let is_taken = |to: &str| taken.iter().any(|mail| mail.contains(to));
    assert!(is_taken("rosa@") && is_taken("omar@"), "{taken:?}");
    assert!(!is_taken("unwanted@"), "{taken:?}");
}
