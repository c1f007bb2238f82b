//! The rate engine against bills that others worked out, through the command line.

mod demo;
mod format;
mod reference;
mod sample_bills;
mod urdb;
mod words;

use std::process::Command;

use serde_json::Value;

/// A file under tests/data.
fn data(path: &str) -> String {
    format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR"))
}

/// Runs `mainstay price`: what it prints, or what it complains of.
fn mainstay_price(words: &[String]) -> Result<String, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_mainstay"))
        .arg("price")
        .args(words)
        .output()
        .unwrap();
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap())
    } else {
        Err(String::from_utf8(output.stderr).unwrap())
    }
}

/// The same as JSON.
fn price_json(words: &[String]) -> Result<Value, String> {
    let mut words = words.to_vec();
    words.push("--json".to_owned());
    mainstay_price(&words).map(|text| serde_json::from_str(&text).unwrap())
}

/// A JSON file, its numbers left as they are written.
fn read_json(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(data(path)).unwrap()).unwrap()
}
