//! Sessions begin with a new key, rest only so long, and end.

use mainstay::domain::sessions::Door;
use mainstay::secrets::Token;
use mainstay::web::streams::SessionEnds;

use super::town::Town;
use crate::support::app::PASSWORD;

fn cookie_of(headers: &[(String, String)], name: &str) -> Option<String> {
    headers
        .iter()
        .filter(|(header, _)| header == "set-cookie")
        .find_map(|(_, value)| value.strip_prefix(&format!("{name}=")).map(str::to_owned))
}

fn field<'a>(html: &'a str, name: &str) -> &'a str {
    let start = format!("name=\"{name}\" value=\"");
    let rest = html.split(&start).nth(1).expect("the field is there");
    rest.split('"').next().expect("the value ends")
}

#[actix_web::test]
async fn each_sign_in_has_a_new_key_and_the_old_one_opens_nothing() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    let sign_in = async || {
        let page = rosa.visit("/sign-in").await;
        let csrf = field(&page.html, "csrf").to_owned();
        let fields = [
            ("csrf", csrf.as_str()),
            ("email", "rosa@example.com"),
            ("password", PASSWORD),
        ];
        let answer = rosa.post("/sign-in", &fields).await;
        assert_eq!(answer.status, 303);
        cookie_of(&answer.headers, "session").expect("a new key")
    };
    let (first, second) = (sign_in().await, sign_in().await);
    assert_ne!(first, second);
    assert!(first.contains("HttpOnly") && first.contains("SameSite=Lax"));
    let old = format!("session={}", first.split(';').next().unwrap());
    let bare = town.visitor();
    let request = bare.request(reqwest::Method::GET, "/password");
    let answer = request.header("cookie", old).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 303);
}

#[actix_web::test]
async fn a_session_ends_when_its_holder_signs_out_rests_or_has_been_busy_all_day() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    let page = rosa.visit("/password").await;
    page.submit("Sign out").await;
    assert!(!town.is_in(&rosa).await);

    let juan = town.visitor();
    let sign_in = async || {
        let page = juan.visit("/sign-in?next=/password").await;
        let page = page
            .fill("email", "rosa@example.com")
            .fill("password", PASSWORD);
        assert_eq!(page.submit("Sign in").await.path, "/password");
    };
    sign_in().await;
    town.execute("UPDATE sessions SET seen_at = '2026-01-01 00:00:00'");
    assert!(!town.is_in(&juan).await);
    sign_in().await;
    town.execute("UPDATE sessions SET ends_at = '2026-01-01 00:00:00'");
    assert!(!town.is_in(&juan).await);
}

#[actix_web::test]
async fn moving_the_towns_clock_signs_nobody_out() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    town.advance_days(40);
    assert!(town.is_in(&rosa).await);
}

#[actix_web::test]
async fn an_event_stream_ends_with_its_session() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    let page = rosa.visit("/sign-in").await;
    let csrf = field(&page.html, "csrf").to_owned();
    let fields = [
        ("csrf", csrf.as_str()),
        ("email", "rosa@example.com"),
        ("password", PASSWORD),
    ];
    let answer = rosa.post("/sign-in", &fields).await;
    let cookie = cookie_of(&answer.headers, "session").expect("a new key");
    let key = Token::presented(cookie.split(';').next().unwrap()).hash();

    let ends = SessionEnds::default();
    let over = ends.over(&town.app, Door::Portal, &key);
    tokio::pin!(over);
    let soon = std::time::Duration::from_millis(200);
    ends.tell();
    assert!(tokio::time::timeout(soon, &mut over).await.is_err());
    town.execute("UPDATE sessions SET ended_at = '2026-01-01 00:00:00'");
    ends.tell();
    tokio::time::timeout(std::time::Duration::from_secs(5), over)
        .await
        .expect("the stream ends");
}

#[actix_web::test]
async fn the_language_is_kept_with_the_sign_in() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    let page = rosa.visit("/password").await;
    let page = page.submit("Español").await;
    assert_eq!(page.path, "/password");
    assert_eq!(page.heading(), "Cambiar su contraseña");
    assert_eq!(town.deeds("login.language_changed"), 1);
    let somebody = town.visitor();
    let page = somebody.visit("/sign-in").await;
    let page = page.submit("Español").await;
    assert_eq!(page.heading(), "Iniciar sesión");
}
