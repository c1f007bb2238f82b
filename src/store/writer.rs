//! SQLite's one writer: a thread fed by two queues. People's changes share a commit; a bulk chunk commits alone, when nobody waits.

use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use diesel::connection::TransactionManager;
use diesel::prelude::*;
use tokio::sync::{broadcast, oneshot};

use crate::domain::ids::AccountId;
use crate::domain::stamp::Stamp;
use crate::store::any::AnyConnection;
use crate::store::db::{Tx, begin, open_transactions, roll_back_to, unharmed};
use crate::store::error::StoreError;

type Manager = <AnyConnection as Connection>::TransactionManager;

/// How many changes of people share one commit at the most.
const GROUP: usize = 64;

/// Who goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Somebody waits for the answer.
    People,
    /// A chunk of a long job.
    Bulk,
}

/// A handle to the writer thread; the thread ends when the last handle is gone and the queues are empty.
#[derive(Clone)]
pub struct Writer {
    queues: Arc<Handle>,
}

struct Handle {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<Queues>,
    wake: Condvar,
}

#[derive(Default)]
struct Queues {
    people: Vec<Box<dyn Job>>,
    bulk: std::collections::VecDeque<Box<dyn Job>>,
    closed: bool,
}

/// One change: run inside a savepoint, answered only after the commit.
trait Job: Send {
    fn run(&mut self, conn: &mut AnyConnection);
    fn answer(self: Box<Self>, commit: Option<&str>, changes: &broadcast::Sender<AccountId>);
}

struct Change<T, E, F> {
    stamp: Stamp,
    work: F,
    outcome: Option<Result<T, E>>,
    touched: BTreeSet<AccountId>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Change<T, E, F>
where
    T: Send,
    E: From<StoreError> + Send,
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, conn: &mut AnyConnection) {
        self.outcome = Some(in_savepoint(
            conn,
            &self.stamp,
            &mut self.work,
            &mut self.touched,
        ));
    }

    fn answer(self: Box<Self>, commit: Option<&str>, changes: &broadcast::Sender<AccountId>) {
        let change = *self;
        let outcome = match (change.outcome, commit) {
            (Some(outcome), None) => outcome,
            (Some(Err(refusal)), Some(_)) => Err(refusal),
            (_, why) => Err(StoreError::Unavailable(
                why.unwrap_or("the change was not tried").to_owned(),
            )
            .into()),
        };
        if outcome.is_ok() {
            for account in change.touched {
                // Nobody listening is no error: no page is open.
                drop(changes.send(account));
            }
        }
        drop(change.reply.send(outcome));
    }
}

fn in_savepoint<T, E>(
    conn: &mut AnyConnection,
    stamp: &Stamp,
    work: &mut impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    touched: &mut BTreeSet<AccountId>,
) -> Result<T, E>
where
    E: From<StoreError>,
{
    let outside = open_transactions(conn)?;
    Manager::begin_transaction(conn).map_err(StoreError::from)?;
    let answer = unharmed(|| work(&mut Tx::new(conn, stamp, touched)));
    if answer.is_ok() {
        Manager::commit_transaction(conn).map_err(StoreError::from)?;
    } else {
        roll_back_to(conn, outside)?;
    }
    answer
}

impl Writer {
    /// Starts the thread that owns the writing connection.
    #[must_use]
    pub fn start(conn: AnyConnection, changes: broadcast::Sender<AccountId>) -> Self {
        let shared = Arc::new(Shared {
            state: Mutex::new(Queues::default()),
            wake: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || write_all(conn, &theirs, &changes))
            .expect("the system starts a thread");
        Self {
            queues: Arc::new(Handle { shared }),
        }
    }

    /// Queues a change; the answer comes after its commit.
    pub fn submit<T, E>(
        &self,
        stamp: Stamp,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        priority: Priority,
    ) -> oneshot::Receiver<Result<T, E>>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, receive) = oneshot::channel();
        let job = Box::new(Change {
            stamp,
            work,
            outcome: None,
            touched: BTreeSet::new(),
            reply,
        });
        let shared = &self.queues.shared;
        let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        match priority {
            Priority::People => state.people.push(job),
            Priority::Bulk => state.bulk.push_back(job),
        }
        drop(state);
        shared.wake.notify_one();
        receive
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.shared
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .closed = true;
        self.shared.wake.notify_one();
    }
}

fn write_all(mut conn: AnyConnection, shared: &Shared, changes: &broadcast::Sender<AccountId>) {
    while let Some(mut jobs) = next_group(shared) {
        let commit = commit_group(&mut conn, &mut jobs)
            .err()
            .map(|error| error.to_string());
        for job in jobs {
            job.answer(commit.as_deref(), changes);
        }
    }
}

/// The changes of the next commit: all people who wait, up to a group; else one bulk chunk; `None` once nobody can ask any more.
fn next_group(shared: &Shared) -> Option<Vec<Box<dyn Job>>> {
    let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if !state.people.is_empty() {
            let count = state.people.len().min(GROUP);
            return Some(state.people.drain(..count).collect());
        }
        if let Some(chunk) = state.bulk.pop_front() {
            return Some(vec![chunk]);
        }
        if state.closed {
            return None;
        }
        state = shared
            .wake
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner);
    }
}

fn commit_group(conn: &mut AnyConnection, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    begin(conn, "BEGIN", "BEGIN IMMEDIATE")?;
    for job in &mut *jobs {
        job.run(conn);
    }
    Manager::commit_transaction(conn).or_else(|error| {
        Manager::rollback_transaction(conn)?;
        Err(error)
    })?;
    Ok(())
}
