//! What is made ready before the house is compiled: words become typed functions, and everything under `static/` one hashed,
//! compressed table, so that the binary needs no file beside it.

#[path = "build/assets.rs"]
mod assets;
#[path = "build/locales.rs"]
mod locales;
#[path = "build/words.rs"]
mod words;

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=static");
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=templates");

    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    std::fs::write(out.join("words.rs"), words::generate(Path::new("locales"))?)?;
    std::fs::write(
        out.join("static_table.rs"),
        assets::generate(Path::new("static"), &out)?,
    )?;
    Ok(())
}
