//! Outside judges: the processor's own Python library drives our sandbox, and another program's signed messages are taken. Each is skipped,
//! saying so, where its program is not installed; `./test` installs both.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mainstay::adapters::stripe::signature;
use mainstay::store;

use crate::payments::events::secret;
use crate::support::app::TestApp;

#[actix_web::test]
async fn the_official_library_is_content_with_the_sandbox() {
    let house = TestApp::start().await;
    let secret = secret(&house).await;
    let body = crate::payments::events::message("evt_for_judge", false).replace('\n', " ");
    let now = house.app.clock.world_now().and_utc().timestamp();
    let header = signature::sign(body.as_bytes(), &secret, now);
    let (base, key) = (house.base().to_owned(), house.sandbox().secret_key);
    let judged = tokio::task::spawn_blocking(move || {
        let mut judge = Command::new("python3")
            .args(["tests/judges/stripe_sdk.py", &base, &key, &secret])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .ok()?;
        let mut input = judge.stdin.take().expect("an input");
        write!(input, "{header}\n{body}").expect("the message is written");
        drop(input);
        judge.wait_with_output().ok()
    });
    match judged.await.expect("the judge ends") {
        Some(output) if output.status.code() == Some(77) => {
            eprintln!("skipped: the Python library `stripe` is not installed");
        }
        Some(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        None => eprintln!("skipped: there is no python3"),
    }
}

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[actix_web::test]
async fn messages_signed_by_another_program_are_taken() {
    let house = TestApp::start().await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let folder = tempfile::tempdir().expect("a folder");
    let started = Command::new("localstripe")
        .args(["--port", &port.to_string(), "--from-scratch"])
        .env("TMPDIR", folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(child) = started else {
        eprintln!("skipped: localstripe is not installed");
        return;
    };
    let _child = Ended(child);
    let base = format!("http://127.0.0.1:{port}");
    let client = reqwest::Client::new();
    let mut tries = 0;
    while client.get(&base).send().await.is_err() {
        tries += 1;
        assert!(tries < 100, "localstripe does not start");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let form = |path: &str, body: String| {
        client
            .post(format!("{base}{path}"))
            .basic_auth("sk_test_judge", Some(""))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
    };
    let ours = format!("{}/webhooks/stripe", house.base());
    let config = format!("url={ours}&secret={}", secret(&house).await);
    let answer = form("/_config/webhooks/ours", config)
        .await
        .expect("an answer");
    assert!(answer.status().is_success());
    let answer = form("/v1/customers", "name=Rosa".to_owned())
        .await
        .expect("an answer");
    assert!(answer.status().is_success());
    for _ in 0..50 {
        let open = house.app.db.read(store::provider_events::count_open).await;
        if open.expect("a count") > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no message of localstripe was taken");
}
