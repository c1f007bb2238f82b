//! One process owns a SQLite file: commands that write are run by the server that owns it. PostgreSQL needs none of this.

use std::time::Duration;

use mainstay::cli::hand_over::desk;
use reqwest::Method;
use tempfile::TempDir;

use super::imports::{IMPORT, METERS, house_and_file, kept};
use crate::support::app::TestApp;
use crate::support::db::postgres_server;
use crate::support::process::{Server, command, run, said};

const COLUMNS: &str = r#"{"meter": {"columns": ["meter"]}, "stamp": {"column": {"name": "at", "format": "%Y-%m-%d %H:%M"}},
    "value": {"column": "value"}, "unit": {"column": "unit"}, "kind": "register"}"#;

/// Contract: F27, F155
#[actix_web::test]
async fn a_file_imported_beside_the_server_is_heard_by_an_open_page() {
    if postgres_server().is_some() {
        return;
    }
    let house = TestApp::start().await;
    let _desk = desk::open(&house.app).expect("the desk opens");
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let mut stream = rosa
        .request(Method::GET, "/live/account")
        .send()
        .await
        .expect("the stream opens");
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("columns.json"), COLUMNS).unwrap();
    let reads = "meter,at,value,unit\nW000001,2026-05-01 08:00,1200,gal\nW000001,2026-06-01 08:00,4200,gal\n";
    std::fs::write(folder.path().join("reads.csv"), reads).unwrap();

    let (url, at) = (house.database().url.clone(), folder.path().to_owned());
    let done = tokio::task::spawn_blocking(move || said(&url, &at, &IMPORT));
    let told = done.await.expect("the import runs");
    assert!(told.contains("2 new, 0 corrected"), "{told}");

    let message = tokio::time::timeout(Duration::from_secs(5), stream.chunk()).await;
    let bytes = message
        .expect("a message in time")
        .expect("an open stream")
        .expect("a message");
    assert!(bytes.starts_with(b"data: "), "{bytes:?}");

    let (url, at) = (house.database().url.clone(), folder.path().to_owned());
    let missing = [
        "import",
        "reads",
        "other.csv",
        "--format",
        "csv",
        "--mapping",
        "columns.json",
    ];
    let refused = tokio::task::spawn_blocking(move || run(&url, &at, &missing))
        .await
        .expect("the import runs");
    assert!(!refused.status.success());
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(why.contains("other.csv: No such file"), "{why}");
}

/// Contract: F30, F155
#[test]
fn two_files_at_once_come_in_through_one_server() {
    if postgres_server().is_some() {
        return;
    }
    let (house, folder) = house_and_file();
    let server = Server::start(&house.url, folder.path());
    let twice = [0, 1].map(|_| {
        command(&house.url, folder.path(), &IMPORT)
            .spawn()
            .expect("the import starts")
    });
    for import in twice {
        let output = import.wait_with_output().expect("the import ends");
        assert!(output.status.success(), "{output:?}");
    }
    let checked = said(&house.url, folder.path(), &["check"]);
    assert!(checked.starts_with("Sound"), "{checked}");
    let again = said(&house.url, folder.path(), &IMPORT);
    assert!(again.contains("0 new, 0 corrected"), "{again}");
    server.kill();
    assert_eq!(
        house.look(kept).len(),
        usize::try_from(METERS).unwrap() * 90
    );
}

/// Contract: F30, F157
#[test]
fn a_command_whose_server_dies_says_so_and_is_finished_by_running_it_again() {
    if postgres_server().is_some() {
        return;
    }
    let (house, folder) = house_and_file();
    let server = Server::start(&house.url, folder.path());
    let import = command(&house.url, folder.path(), &IMPORT)
        .spawn()
        .expect("the import starts");
    std::thread::sleep(Duration::from_millis(250));
    server.kill();
    let output = import.wait_with_output().expect("the import ends");
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{output:?}");
    assert!(why.contains("run the same command again"), "{why}");

    said(&house.url, folder.path(), &IMPORT);
    let again = said(&house.url, folder.path(), &IMPORT);
    assert!(again.contains("0 new, 0 corrected"), "{again}");
    assert_eq!(
        house.look(kept).len(),
        usize::try_from(METERS).unwrap() * 90
    );
}
