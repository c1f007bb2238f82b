//! Machines that are not ours, as small as they can be: a mail server that may refuse, a carrier of texts that keeps what it was given.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// A mail server. It refuses addresses with `gone` in them for good, refuses mails to `unwanted` once it has read them, and hands over what it
/// takes.
pub fn mail_server() -> (String, Receiver<String>) {
    slow_mail_server(Duration::ZERO)
}

/// The same, which answers so long after it took a mail.
pub fn slow_mail_server(after: Duration) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("smtp://{}", listener.local_addr().expect("an address"));
    let (taken, received) = channel();
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let taken = taken.clone();
            std::thread::spawn(move || converse(client, &taken, after));
        }
    });
    (address, received)
}

fn converse(mut client: TcpStream, taken: &Sender<String>, after: Duration) {
    let mut lines = BufReader::new(client.try_clone().expect("the client")).lines();
    let mut mail = String::new();
    let mut is_data = false;
    client.write_all(b"220 test\r\n").expect("a listener");
    while let Some(Ok(line)) = lines.next() {
        if is_data && line != "." {
            mail.push_str(&line);
            mail.push('\n');
            continue;
        }
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "RCPT" if line.contains("gone") => "550 5.1.1 no such user here\r\n",
            "DATA" => "354 go on\r\n",
            "QUIT" => "221 bye\r\n",
            "." if is_data && mail.contains("unwanted@") => "554 5.7.1 not wanted here\r\n",
            _ => "250 ok\r\n",
        };
        if is_data && line == "." {
            let whole = std::mem::take(&mut mail);
            if answer.starts_with("250") && taken.send(whole).is_err() {
                return;
            }
            std::thread::sleep(after);
        }
        is_data = line == "DATA";
        if client.write_all(answer.as_bytes()).is_err() || answer.starts_with("221") {
            return;
        }
    }
}

/// A carrier of texts: its address, and the bodies of the forms it was sent. The texts are known to it as `SM1`, `SM2` and so on.
pub fn carrier() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let (taken, received) = channel();
    std::thread::spawn(move || {
        for (index, client) in listener.incoming().flatten().enumerate() {
            let sid = format!("SM{}", index + 1);
            if taken.send(take_form(client, &sid)).is_err() {
                return;
            }
        }
    });
    (address, received)
}

fn take_form(mut client: TcpStream, sid: &str) -> String {
    let mut reader = BufReader::new(client.try_clone().expect("the client"));
    let mut length = 0;
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the form");
    let said = format!("{{\"sid\":\"{sid}\"}}");
    let answer = format!(
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{said}",
        said.len()
    );
    client.write_all(answer.as_bytes()).expect("a listener");
    String::from_utf8(body).expect("a form")
}
