//! Letters leave the outbox through a mail server, once; what carried a secret leaves no copy behind.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use diesel::prelude::*;
use mainstay::app::App;
use mainstay::jobs::deliver_notices;
use mainstay::store::schema::notices;

use super::town::Town;

/// A mail server that takes everything and hands it over.
fn mail_server() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("smtp://{}", listener.local_addr().unwrap());
    let (taken, received) = channel();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let mail = converse(client.unwrap());
            if taken.send(mail).is_err() {
                break;
            }
        }
    });
    (address, received)
}

fn converse(mut client: TcpStream) -> String {
    let mut lines = BufReader::new(client.try_clone().unwrap()).lines();
    let mut mail = String::new();
    let mut is_data = false;
    client.write_all(b"220 test\r\n").unwrap();
    while let Some(Ok(line)) = lines.next() {
        if is_data && line != "." {
            mail.push_str(&line);
            mail.push('\n');
            continue;
        }
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "DATA" => "354 go on\r\n",
            "QUIT" => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        is_data = line == "DATA";
        client.write_all(answer.as_bytes()).unwrap();
        if answer.starts_with("221") {
            break;
        }
    }
    mail
}

fn with_mail_server(town: &Town, address: &str) -> App {
    let mut config = (*town.app.config).clone();
    config.smtp_url = Some(address.to_owned());
    App {
        config: Arc::new(config),
        ..town.app.clone()
    }
}

/// State, tries and facts of the one notice.
fn outbox(town: &Town) -> (String, i32, String) {
    town.database().read(|conn| {
        Ok(notices::table
            .select((notices::state, notices::attempts, notices::facts))
            .first(conn)?)
    })
}

#[actix_web::test]
async fn a_letter_is_sent_once_and_its_secret_forgotten() {
    let town = Town::new().await;
    let rosa = town.visitor();
    let page = town.registration(&rosa, "rosa@example.com").await;
    page.submit("Set up my sign-in").await;
    let (address, received) = mail_server();
    let app = with_mail_server(&town, &address);
    deliver_notices::run(app.clone()).await.unwrap();
    deliver_notices::run(app).await.unwrap();
    let mail = tokio::task::spawn_blocking(move || received.recv().unwrap());
    let mail = mail.await.unwrap();
    assert!(mail.contains("To: rosa@example.com") && mail.contains("Confirm your e-mail address"));
    let (state, _, facts) = outbox(&town);
    assert_eq!((state.as_str(), facts.as_str()), ("sent", "{}"));
    assert_eq!(town.deeds("notice.sent"), 1);
}

#[actix_web::test]
async fn a_letter_that_cannot_be_sent_is_tried_again_later() {
    let town = Town::new().await;
    let rosa = town.visitor();
    let page = town.registration(&rosa, "rosa@example.com").await;
    page.submit("Set up my sign-in").await;
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("smtp://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let app = with_mail_server(&town, &address);
    deliver_notices::run(app.clone()).await.unwrap();
    deliver_notices::run(app.clone()).await.unwrap();
    let (state, attempts, _) = outbox(&town);
    assert_eq!((state.as_str(), attempts), ("queued", 1));
    town.advance_days(1);
    deliver_notices::run(app).await.unwrap();
    assert_eq!(outbox(&town).1, 2);
}
