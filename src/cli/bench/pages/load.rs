//! A bounded load generator: keep-alive connections of HTTP/1.1, each on a thread of its own, at a steady beat or as fast as they go.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use crate::cli::bench::http::Client;

/// What is asked: an address of the server and the cookie of who asks.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The path with its query.
    pub path: String,
    /// The session's cookie, `name=value`; nothing where nobody signs in.
    pub cookie: String,
}

/// Asks, and reads the whole answer, which must be a page: its bytes.
fn ask(client: &mut Client, asking: &Asking, encoding: &str) -> anyhow::Result<usize> {
    let accepted = format!("accept-encoding: {encoding}\r\n");
    let answer = client.get(&asking.path, &asking.cookie, &accepted)?;
    ensure!(answer.status == 200, "{}: {}", asking.path, answer.status);
    Ok(answer.bytes)
}

/// The times of one measurement, sorted.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Sorts what was measured.
    #[must_use]
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that so many of a hundred stayed within.
    #[must_use]
    pub fn share(&self, percent: usize) -> Duration {
        let place = (self.0.len() * percent / 100).min(self.0.len().saturating_sub(1));
        self.0.get(place).copied().unwrap_or_default()
    }
}

/// How a server is asked.
#[derive(Debug, Clone, Copy)]
pub struct Load<'a> {
    /// Where it listens.
    pub to: SocketAddr,
    /// What is asked, in turn.
    pub askings: &'a [Asking],
    /// Which encodings are accepted.
    pub encoding: &'a str,
    /// How many connections.
    pub connections: usize,
}

impl Load<'_> {
    fn asking(&self, turn: usize) -> anyhow::Result<&Asking> {
        let place = turn.checked_rem(self.askings.len()).unwrap_or_default();
        self.askings.get(place).context("something is asked")
    }

    /// One after another, each asked once; also the bytes of the largest answer.
    pub fn in_turn(&self) -> anyhow::Result<(Times, usize)> {
        let mut client = Client::connect(self.to)?;
        let (mut times, mut largest) = (Vec::new(), 0);
        for asking in self.askings {
            let started = Instant::now();
            largest = largest.max(ask(&mut client, asking, self.encoding)?);
            times.push(started.elapsed());
        }
        Ok((Times::of(times), largest))
    }

    /// A steady beat for a while. A request that has to wait for a free connection waits from its own beat on: what is late counts as late.
    pub fn steady(&self, a_second: u64, seconds: u64) -> anyhow::Result<Times> {
        let beat = Duration::from_secs(1) / u32::try_from(a_second.max(1))?;
        let all = usize::try_from(a_second * seconds)?;
        let turn = AtomicUsize::new(0);
        let begins = Instant::now() + Duration::from_millis(50);
        let worker = || -> anyhow::Result<Vec<Duration>> {
            let mut client = Client::connect(self.to)?;
            let mut times = Vec::new();
            loop {
                let mine = turn.fetch_add(1, Ordering::Relaxed);
                if mine >= all {
                    return Ok(times);
                }
                let due = begins + beat * u32::try_from(mine)?;
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                ask(&mut client, self.asking(mine)?, self.encoding)?;
                times.push(due.elapsed());
            }
        };
        Ok(Times::of(self.on_all(worker)?.concat()))
    }

    /// As many requests as the server answers, for a while.
    pub fn full(&self, seconds: u64) -> anyhow::Result<Times> {
        let turn = AtomicUsize::new(0);
        let is_over = AtomicBool::new(false);
        let ends = Instant::now() + Duration::from_secs(seconds);
        let worker = || -> anyhow::Result<Vec<Duration>> {
            let mut client = Client::connect(self.to)?;
            let mut times = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                let mine = turn.fetch_add(1, Ordering::Relaxed);
                let started = Instant::now();
                ask(&mut client, self.asking(mine)?, self.encoding)?;
                times.push(started.elapsed());
                if Instant::now() >= ends {
                    is_over.store(true, Ordering::Relaxed);
                }
            }
            Ok(times)
        };
        Ok(Times::of(self.on_all(worker)?.concat()))
    }

    fn on_all<T: Send>(
        &self,
        worker: impl Fn() -> anyhow::Result<T> + Sync,
    ) -> anyhow::Result<Vec<T>> {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..self.connections)
                .map(|_| scope.spawn(&worker))
                .collect();
            workers
                .into_iter()
                .map(|worker| match worker.join() {
                    Ok(done) => done,
                    Err(_panic) => bail!("a connection's thread panicked"),
                })
                .collect()
        })
    }
}
