//! A database for one test: a copy of a migrated template, on whichever database the run is for, gone when the test ends.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use chrono::{NaiveDate, NaiveTime};
use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::{Connection, PgConnection, SqliteConnection};
use mainstay::domain::stamp::{Actor, ActorKind, Stamp};
use mainstay::store::any::AnyConnection;
use mainstay::store::db::{Access, Conn, Db, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::migrate;
use tempfile::TempDir;

/// A migrated, empty database of its own.
pub struct TestDb {
    /// The open database, as the program opens it.
    pub db: Db,
    /// Its address.
    pub url: String,
    place: Place,
}

/// The name of a test's SQLite file within its folder.
const FILE: &str = "mainstay.db";

/// Where the database lives, so that it can be removed.
enum Place {
    Folder(TempDir),
    Server(#[expect(dead_code, reason = "its drop removes the database")] ServerDatabase),
}

/// A database of PostgreSQL, dropped with this.
pub struct ServerDatabase {
    /// Its address.
    pub url: String,
    server: String,
    name: String,
}

impl ServerDatabase {
    /// One without tables.
    pub fn empty(server: &str) -> Self {
        Self::create(server, "")
    }

    fn create(server: &str, like: &str) -> Self {
        let name = unique_name("test");
        execute_on(server, &format!("CREATE DATABASE {name}{like}"));
        Self {
            url: with_database(server, &name),
            server: server.to_owned(),
            name,
        }
    }
}

impl Drop for ServerDatabase {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let removed = PgConnection::establish(&self.server)
            .map_err(|error| error.to_string())
            .and_then(|mut conn| conn.batch_execute(&sql).map_err(|error| error.to_string()));
        if let Err(error) = removed {
            eprintln!("{} was not removed: {error}", self.name);
        }
    }
}

/// A database that nobody of this process has open.
pub struct ClosedDb {
    /// Its address.
    pub url: String,
    place: Place,
}

impl ClosedDb {
    /// Opens it again, as its owner.
    pub fn open(self) -> TestDb {
        let db = Db::open(&self.url, Access::Own).expect("nobody else owns the database");
        TestDb {
            db,
            url: self.url,
            place: self.place,
        }
    }

    /// A connection past the program, while nobody owns it.
    pub fn connect(&self) -> AnyConnection {
        connect(&self.url)
    }

    /// Reads beside whoever owns it.
    pub fn look<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> T {
        let db = Db::open(&self.url, Access::Look).expect("the database can be read");
        db.read_blocking(work).expect("the read succeeds")
    }
}

impl TestDb {
    /// A new database, opened as its owner.
    pub fn new() -> Self {
        let (url, place) = copy_of_template();
        let db = Db::open(&url, Access::Own).expect("a copy of the template opens");
        Self { db, url, place }
    }

    /// Closes the database for this process, so that another may own it; it is there until the returned part is dropped.
    pub fn close(self) -> ClosedDb {
        ClosedDb {
            url: self.url,
            place: self.place,
        }
    }

    /// Whether this run is for PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Server(_))
    }

    /// The SQLite file, where there is one.
    pub fn file(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Folder(folder) => Some(folder.path().join(FILE)),
            Place::Server(_) => None,
        }
    }

    /// Reads one snapshot.
    pub fn read<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> T {
        self.db.read_blocking(work).expect("the read succeeds")
    }

    /// Writes as the operator, at noon UTC of a day.
    pub fn write<T, E>(
        &self,
        on: &str,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.db.write_blocking(stamp(on), work)
    }

    /// A connection past the program, as an intruder or another program would have one.
    pub fn connect(&self) -> AnyConnection {
        connect(&self.url)
    }
}

/// Counts the statements of a connection from now on.
pub fn count_statements(conn: &mut AnyConnection) -> Statements {
    let counted = Statements::default();
    let count = Arc::clone(&counted.0);
    let watch = move |event: InstrumentationEvent<'_>| {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    };
    match conn {
        AnyConnection::Sqlite(conn) => conn.set_instrumentation(watch),
        AnyConnection::Pg(conn) => conn.set_instrumentation(watch),
    }
    counted
}

/// Statements as they are counted.
#[derive(Default)]
pub struct Statements(Arc<AtomicU32>);

impl Statements {
    /// How many there were by now.
    pub fn so_far(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The operator at noon UTC of a day written as `2026-07-01`.
pub fn stamp(on: &str) -> Stamp {
    let on: NaiveDate = on.parse().expect("a day such as 2026-07-01");
    let noon = NaiveTime::from_hms_opt(12, 0, 0).expect("noon exists");
    Stamp {
        by: Actor::unnamed(ActorKind::Operator),
        at: on.and_time(noon),
        on,
        request_id: None,
    }
}

/// The address of the PostgreSQL server to test on; without one, tests run on SQLite.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no config.rs; this is their one look at the environment"
)]
pub fn postgres_server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL")
        .ok()
        .filter(|url| !url.is_empty())
}

/// A connection to any database, chosen by its address.
pub fn connect(url: &str) -> AnyConnection {
    if mainstay::store::db::is_postgres(url) {
        AnyConnection::Pg(PgConnection::establish(url).expect("PostgreSQL answers"))
    } else {
        AnyConnection::Sqlite(SqliteConnection::establish(url).expect("the file opens"))
    }
}

/// The same server, another database.
pub fn with_database(server: &str, name: &str) -> String {
    let (address, options) = server
        .split_once('?')
        .map_or((server, None), |(address, options)| {
            (address, Some(options))
        });
    let scheme_ends = address.find("://").map_or(0, |at| at + 3);
    let host_ends = address[scheme_ends..]
        .find('/')
        .map_or(address.len(), |at| scheme_ends + at);
    let options = options.map_or(String::new(), |options| format!("?{options}"));
    format!("{}/{name}{options}", &address[..host_ends])
}

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A name no other test of this machine uses.
pub fn unique_name(kind: &str) -> String {
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("mainstay_{kind}_{}_{count}", std::process::id())
}

fn copy_of_template() -> (String, Place) {
    match postgres_server() {
        Some(server) => {
            let like = format!(" TEMPLATE {}", server_template(&server));
            let database = ServerDatabase::create(&server, &like);
            (database.url.clone(), Place::Server(database))
        }
        None => {
            let folder = TempDir::new().expect("a temporary folder");
            let file = folder.path().join(FILE);
            std::fs::copy(file_template(), &file).expect("the template is copied");
            let url = file.to_str().expect("a plain path").to_owned();
            (url, Place::Folder(folder))
        }
    }
}

fn execute_on(server: &str, sql: &str) {
    PgConnection::establish(server)
        .expect("PostgreSQL answers")
        .batch_execute(sql)
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The migrated file that SQLite tests copy, made once.
fn file_template() -> &'static Path {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = TempDir::new().expect("a temporary folder");
        let fresh = folder.path().join(FILE);
        migrate::run(&mut connect(fresh.to_str().expect("a plain path")))
            .expect("the migrations run");
        // Moved in one step to a name that the next run replaces, so that nothing piles up.
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("template.db");
        let beside = kept.with_extension(std::process::id().to_string());
        std::fs::copy(&fresh, &beside).expect("the template is copied");
        std::fs::rename(&beside, &kept).expect("the template is moved");
        kept
    })
}

/// The migrated database that PostgreSQL tests copy, made once.
fn server_template(server: &str) -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = unique_name("template");
        execute_on(server, &format!("DROP DATABASE IF EXISTS {name}"));
        execute_on(server, &format!("CREATE DATABASE {name}"));
        migrate::run(&mut connect(&with_database(server, &name))).expect("the migrations run");
        name
    })
}
