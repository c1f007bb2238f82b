//! `mainstay import factors` as the real program: taken whole or not at all, and again changes nothing.

use serde_json::json;
use tempfile::TempDir;

use crate::support::billing::{Utility, charge};
use crate::support::db::TestDb;
use crate::support::process::{run, said};

const GOOD: &str =
    "factor,from,value,source\npca,2026-08-01,0.0125,Memo 14\npca,2026-09-01,0.0131,Memo 15\n";

/// Contract: F24
#[test]
fn a_file_of_factors_waits_for_the_office_and_again_changes_nothing() {
    let database = TestDb::new();
    let rider = json!({"usage": {"of": "usage", "rate": {"factor": "pca"}}});
    Utility::open(&database.db).publish(
        "2025-01-01",
        "E-1",
        "electric",
        json!({
            "measures": {"usage": "kWh"}, "factors": {"pca": [{"from": "2025-01-01", "value": "0.0000"}]}, "charges": [charge("pca", rider)],
        }),
    );
    let house = database.close();
    let folder = TempDir::new().expect("a folder");
    let write = |text: &str| {
        std::fs::write(folder.path().join("factors.csv"), text).expect("the file is written");
    };
    let words = ["import", "factors", "factors.csv"];
    write(&format!("{GOOD}pca,soon,1e2,Memo 16\n"));
    let refused = run(&house.url, folder.path(), &words);
    assert!(!refused.status.success());
    let told = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert!(told.contains("line 4: \"soon\" is no day"), "{told}");
    write(&format!("{GOOD}fuel,2026-08-01,1,Memo 16\n"));
    assert!(!run(&house.url, folder.path(), &words).status.success());
    write(GOOD);
    let first = said(&house.url, folder.path(), &words);
    assert!(
        first.contains("2 values proposed, 0 there already."),
        "{first}"
    );
    let again = said(&house.url, folder.path(), &words);
    assert!(
        again.contains("0 values proposed, 2 there already."),
        "{again}"
    );
    let sound = said(&house.url, folder.path(), &["check"]);
    assert!(sound.starts_with("Sound"), "{sound}");
}
