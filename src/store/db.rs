//! The only doors to the database: `read` shows one snapshot, `write` does all or nothing. The writer of SQLite lives next door.

use std::collections::BTreeSet;
use std::fs::File;
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::{
    AnsiTransactionManager, InstrumentationEvent, SimpleConnection, TransactionManager,
};
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use tokio::sync::{broadcast, oneshot};

use crate::domain::ids::AccountId;
use crate::domain::stamp::Stamp;
use crate::store::address::{establish, own_file};
use crate::store::any::AnyConnection;
use crate::store::claims::{Claim, Claims};
use crate::store::error::{StoreError, is_transient};
use crate::store::writer::{Priority, Writer};
use crate::store::{migrate, notify};

pub use crate::store::address::{is_postgres, sqlite_path};

type Manager = <AnyConnection as Connection>::TransactionManager;

/// A connection that may read.
pub type Conn = AnyConnection;

/// A connection inside a transaction. Writing functions ask for one, and only `Db::write` makes one.
pub struct Tx<'c> {
    conn: &'c mut AnyConnection,
    /// Who writes, and when.
    pub stamp: &'c Stamp,
    touched: &'c mut BTreeSet<AccountId>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(
        conn: &'c mut AnyConnection,
        stamp: &'c Stamp,
        touched: &'c mut BTreeSet<AccountId>,
    ) -> Self {
        Self {
            conn,
            stamp,
            touched,
        }
    }

    /// The connection, for a query.
    pub fn conn(&mut self) -> &mut AnyConnection {
        self.conn
    }

    /// Says that an account's money or service changed: open pages that show it are told after the commit.
    pub fn touch(&mut self, account: AccountId) {
        self.touched.insert(account);
    }
}

impl Deref for Tx<'_> {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        self.conn
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.conn
    }
}

/// The database: a pool of readers and, on SQLite, one writer.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Opener>,
    writer: Option<Writer>,
    changes: broadcast::Sender<AccountId>,
    claims: Claims,
    _owner: Option<Arc<File>>,
}

/// How a database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads and writes; on SQLite this process owns the file.
    Own,
    /// As `Own`, but a commit does not wait for the disk: for what is thrown away when its making is interrupted.
    Build,
    /// Reads only, beside a process that owns the file.
    Look,
}

impl Db {
    /// Opens the database and, when it may write, brings its tables up to date.
    ///
    /// # Errors
    /// `Unavailable` when the address does not answer, another process owns the SQLite file, or a migration fails.
    pub fn open(url: &str, access: Access) -> Result<Self, StoreError> {
        let is_postgres = is_postgres(url);
        if access == Access::Look
            && !is_postgres
            && !std::path::Path::new(sqlite_path(url)).exists()
        {
            return Err(unavailable(format!(
                "there is no file {}",
                sqlite_path(url)
            )));
        }
        let writes = access != Access::Look;
        let owner = if writes && !is_postgres {
            Some(Arc::new(own_file(url)?))
        } else {
            None
        };
        if writes {
            migrate::run(&mut open_writer(url, access)?)?;
        }
        let readers = Opener {
            url: url.to_owned(),
            access: if is_postgres { access } else { Access::Look },
        };
        let pool = Pool::builder()
            .max_size(8)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .build(readers)
            .map_err(unavailable)?;
        let (changes, _) = broadcast::channel(1024);
        let writer = if writes && !is_postgres {
            Some(Writer::start(open_writer(url, access)?, changes.clone()))
        } else {
            None
        };
        if is_postgres && access == Access::Own {
            notify::listen(url, changes.clone())?;
        }
        Ok(Self {
            pool,
            writer,
            changes,
            claims: Claims::default(),
            _owner: owner,
        })
    }

    /// Claims a long piece of work on this database for one thread of this process; `None` while another has it.
    #[must_use]
    pub fn claim(&self, what: &str) -> Option<Claim> {
        self.claims.claim(what)
    }

    /// Accounts whose money or service changes from now on, in this process or another.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<AccountId> {
        self.changes.subscribe()
    }

    /// Shows `work` one consistent snapshot, on a thread that may block.
    ///
    /// # Errors
    /// What `work` returns, or `Unavailable`.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let db = self.clone();
        match tokio::task::spawn_blocking(move || db.read_blocking(work)).await {
            Ok(answer) => answer,
            Err(panic) => Err(StoreError::Abandoned(panic.to_string()).into()),
        }
    }

    /// `read` for callers that may block: jobs, the command line, tests.
    ///
    /// # Errors
    /// What `work` returns, or `Unavailable`.
    pub fn read_blocking<T, E>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let mut conn = self.checkout()?;
        begin(
            &mut conn,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            "BEGIN",
        )?;
        let answer = work(&mut conn);
        // A snapshot has nothing to keep; ending it cannot lose anything, and a broken connection is thrown away by the pool.
        let ended = Manager::rollback_transaction(&mut *conn);
        answer.and_then(|value| {
            ended
                .map(|()| value)
                .map_err(|error| StoreError::from(error).into())
        })
    }

    /// Does all of `work` or none of it. It may run again after a conflict, so it touches nothing outside the database.
    ///
    /// # Errors
    /// What `work` returns, or `Unavailable` when the commit fails.
    pub async fn write<T, E>(
        &self,
        stamp: Stamp,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let answer = match &self.writer {
            Some(writer) => writer.submit(stamp, work, Priority::People),
            None => {
                let (send, receive) = oneshot::channel();
                let db = self.clone();
                tokio::task::spawn_blocking(move || {
                    send.send(db.write_pooled(&stamp, work)).is_ok()
                });
                receive
            }
        };
        answer
            .await
            .unwrap_or_else(|gone| Err(StoreError::Abandoned(gone.to_string()).into()))
    }

    /// `write` for callers that may block: jobs, the command line, tests.
    ///
    /// # Errors
    /// What `work` returns, or `Unavailable` when the commit fails.
    pub fn write_blocking<T, E>(
        &self,
        stamp: Stamp,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.write_as(stamp, work, Priority::People)
    }

    /// One chunk of a bulk job: committed alone, after the people who wait.
    ///
    /// # Errors
    /// What `work` returns, or `Unavailable` when the commit fails.
    pub fn write_bulk<T, E>(
        &self,
        stamp: Stamp,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.write_as(stamp, work, Priority::Bulk)
    }

    /// Makes the room of rows of a table that were written anew free for others. PostgreSQL does so by itself, but often long after a bulk job is
    /// through; SQLite writes them anew in their place.
    ///
    /// # Errors
    /// `Broken` or `Unavailable` from the database.
    pub fn reuse_room(&self, table: &str) -> Result<(), StoreError> {
        if let AnyConnection::Pg(conn) = &mut *self.checkout()? {
            conn.batch_execute(&format!(
                "VACUUM (INDEX_CLEANUP off, TRUNCATE off, SKIP_LOCKED) {table}"
            ))?;
        }
        Ok(())
    }

    fn write_as<T, E>(
        &self,
        stamp: Stamp,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        priority: Priority,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.writer {
            Some(writer) => writer
                .submit(stamp, work, priority)
                .blocking_recv()
                .unwrap_or_else(|gone| Err(StoreError::Abandoned(gone.to_string()).into())),
            None => self.write_pooled(&stamp, work),
        }
    }

    /// A transaction of its own on a pooled connection, tried again after a serialization failure or deadlock.
    fn write_pooled<T, E>(
        &self,
        stamp: &Stamp,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let mut conn = self.checkout()?;
        for attempt in 0_u32.. {
            match write_once(&mut conn, stamp, &mut work) {
                Err(WriteFailure::Retry) if attempt < 8 => {
                    std::thread::sleep(std::time::Duration::from_millis(2 << attempt));
                }
                Err(WriteFailure::Retry) => {
                    return Err(
                        StoreError::Unavailable("too many conflicting writes".to_owned()).into(),
                    );
                }
                Err(WriteFailure::Final(error)) => return Err(error),
                Ok(value) => return Ok(value),
            }
        }
        Err(StoreError::Unavailable("too many conflicting writes".to_owned()).into())
    }

    fn checkout(&self) -> Result<PooledConnection<Opener>, StoreError> {
        self.pool.get().map_err(unavailable)
    }
}

enum WriteFailure<E> {
    Retry,
    Final(E),
}

fn write_once<T, E>(
    conn: &mut AnyConnection,
    stamp: &Stamp,
    work: &mut impl FnMut(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, WriteFailure<E>>
where
    E: From<StoreError>,
{
    let finally = |error: StoreError| WriteFailure::Final(error.into());
    let gave_way = watch_for_giving_way(conn);
    begin(conn, "BEGIN", "BEGIN IMMEDIATE").map_err(finally)?;
    let mut touched = BTreeSet::new();
    let answer = unharmed(|| work(&mut Tx::new(conn, stamp, &mut touched)));
    // PostgreSQL remembers a failed statement: the commit then fails, whatever `work` made of the error.
    let answer = answer.map_err(WriteFailure::Final).and_then(|value| {
        notify::tell(conn, &touched).map_err(finally)?;
        Manager::commit_transaction(conn).map_err(|error| finally(error.into()))?;
        Ok(value)
    });
    if answer.is_err() {
        roll_back_to(conn, 0).map_err(finally)?;
        if gave_way.load(Ordering::Relaxed) {
            return Err(WriteFailure::Retry);
        }
    }
    answer
}

/// Remembers whether a statement of the transaction failed only because another one went first, whatever `work` makes of the error.
fn watch_for_giving_way(conn: &mut AnyConnection) -> Arc<AtomicBool> {
    let gave_way = Arc::new(AtomicBool::new(false));
    if let AnyConnection::Pg(conn) = conn {
        let seen = Arc::clone(&gave_way);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::FinishQuery {
                error: Some(error), ..
            } = event
                && is_transient(error)
            {
                seen.store(true, Ordering::Relaxed);
            }
        });
    }
    gave_way
}

/// Runs `work`; a panic becomes an error, so that the connection and its thread live on.
pub(crate) fn unharmed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E>
where
    E: From<StoreError>,
{
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "panic".to_owned());
        Err(StoreError::Abandoned(text).into())
    })
}

/// Rolls back until so many transactions are open: a panic may have left more than one.
pub(crate) fn roll_back_to(conn: &mut AnyConnection, depth: u32) -> Result<(), StoreError> {
    while open_transactions(conn)? > depth {
        Manager::rollback_transaction(conn)?;
    }
    Ok(())
}

/// How many transactions are open inside each other on a connection.
pub(crate) fn open_transactions(conn: &mut AnyConnection) -> Result<u32, StoreError> {
    let depth = Manager::transaction_manager_status_mut(conn).transaction_depth()?;
    Ok(depth.map_or(0, u32::from))
}

/// Starts a transaction in each database's own words.
pub(crate) fn begin(
    conn: &mut AnyConnection,
    postgres: &str,
    sqlite: &str,
) -> Result<(), StoreError> {
    match conn {
        AnyConnection::Pg(conn) => AnsiTransactionManager::begin_transaction_sql(conn, postgres)?,
        AnyConnection::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sqlite)?,
    }
    Ok(())
}

/// Opens pooled connections, choosing the database by the address, never by trial.
#[derive(Debug, Clone)]
struct Opener {
    url: String,
    access: Access,
}

impl ManageConnection for Opener {
    type Connection = AnyConnection;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<AnyConnection, Self::Error> {
        let mut conn = establish(&self.url).map_err(diesel::r2d2::Error::ConnectionError)?;
        // Statements here end in milliseconds: PostgreSQL would compile the ones that it thinks dear, which takes longer than they do.
        let settings = match (&conn, self.access) {
            (AnyConnection::Pg(_), Access::Build) => {
                "SET TIME ZONE 'UTC'; SET jit = off; SET synchronous_commit = off"
            }
            (AnyConnection::Pg(_), _) => "SET TIME ZONE 'UTC'; SET jit = off",
            (AnyConnection::Sqlite(_), Access::Own) => WRITER_PRAGMAS,
            (AnyConnection::Sqlite(_), Access::Build) => BUILDER_PRAGMAS,
            (AnyConnection::Sqlite(_), Access::Look) => READER_PRAGMAS,
        };
        conn.batch_execute(settings)
            .map_err(diesel::r2d2::Error::QueryError)?;
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut AnyConnection) -> Result<(), Self::Error> {
        conn.batch_execute("SELECT 1")
            .map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut AnyConnection) -> bool {
        std::thread::panicking()
            || !matches!(
                Manager::transaction_manager_status_mut(conn).transaction_depth(),
                Ok(None)
            )
    }
}

const READER_PRAGMAS: &str = "PRAGMA busy_timeout=10000; PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192; \
     PRAGMA mmap_size=67108864;";
const WRITER_PRAGMAS: &str = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; \
     PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;";
const BUILDER_PRAGMAS: &str = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; \
     PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;";

fn open_writer(url: &str, access: Access) -> Result<AnyConnection, StoreError> {
    Opener {
        url: url.to_owned(),
        access,
    }
    .connect()
    .map_err(unavailable)
}

pub(crate) fn unavailable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unavailable(error.to_string())
}
