//! A demonstration's database: known by its mark, half or whole, and the only one that is ever taken away.

use mainstay::domain::customers::Language;
use mainstay::domain::staff::Role;
use mainstay::store::db::{Access, Db, Tx};
use mainstay::store::demonstrations::{Holding, look, take_away};
use mainstay::store::staff::NewStaff;
use mainstay::usecases::staff::add;
use mainstay::usecases::town::{TownError, finish, mark};
use tempfile::TempDir;

use crate::support::db::{ServerDatabase, postgres_server, stamp};

/// An address where there is nothing yet, on whichever database the run is for.
struct Empty {
    url: String,
    _place: Place,
}

enum Place {
    Folder(#[expect(dead_code, reason = "its drop removes the folder")] TempDir),
    Server(#[expect(dead_code, reason = "its drop removes the database")] ServerDatabase),
}

fn empty() -> Empty {
    match postgres_server() {
        Some(server) => {
            let database = ServerDatabase::empty(&server);
            Empty {
                url: database.url.clone(),
                _place: Place::Server(database),
            }
        }
        None => {
            let folder = TempDir::new().unwrap();
            Empty {
                url: folder.path().join("town.db").display().to_string(),
                _place: Place::Folder(folder),
            }
        }
    }
}

fn write(url: &str, work: impl FnMut(&mut Tx<'_>) -> Result<(), TownError> + Send + 'static) {
    let db = Db::open(url, Access::Build).unwrap();
    db.write_blocking(stamp("2026-11-24"), work).unwrap();
}

#[test]
fn a_half_built_town_is_told_from_a_whole_one_and_both_can_be_taken_away() {
    let place = empty();
    let url = place.url.as_str();
    assert_eq!(look(url).unwrap(), Holding::Nothing);
    write(url, mark);
    assert_eq!(look(url).unwrap(), Holding::HalfTown);
    take_away(url).unwrap();
    assert_eq!(look(url).unwrap(), Holding::Nothing);
    write(url, |tx| {
        mark(tx)?;
        finish(tx)
    });
    assert_eq!(look(url).unwrap(), Holding::Town);
    take_away(url).unwrap();
    assert_eq!(look(url).unwrap(), Holding::Nothing);
}

#[test]
fn a_utilitys_database_is_neither_marked_nor_taken_away() {
    let place = empty();
    let url = place.url.as_str();
    let db = Db::open(url, Access::Own).unwrap();
    let clerk = NewStaff {
        name: "A clerk".to_owned(),
        email: "clerk@office.example".to_owned(),
        password_hash: "!".to_owned(),
        role: Role::BillingClerk,
        language: Language::English,
        is_active: true,
    };
    db.write_blocking(stamp("2026-11-24"), move |tx| add(tx, &clerk))
        .unwrap();
    let marked = db.write_blocking(stamp("2026-11-24"), mark);
    assert!(matches!(marked, Err(TownError::NotEmpty)));
    drop(db);
    assert_eq!(look(url).unwrap(), Holding::Utility);
    assert!(take_away(url).is_err());
    assert_eq!(look(url).unwrap(), Holding::Utility);
}
