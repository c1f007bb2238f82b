//! Floor 3 · doors for the clock: what happens because of the time. Every job can be run twice; a failed round is logged and tried again.

pub mod bill_runs;
mod charge_late_fees;
pub mod deliver_notices;
pub mod processor_account;
pub mod provider_events;
pub mod sandbox;
mod tidy;

use std::future::Future;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::app::App;

/// The jobs of this process, running.
pub struct Jobs {
    stop: watch::Sender<bool>,
    running: Vec<JoinHandle<()>>,
}

/// Starts every job, each on its own beat.
#[must_use]
pub fn start(app: &App) -> Jobs {
    let (stop, _) = watch::channel(false);
    let mut jobs = Jobs {
        stop,
        running: Vec::new(),
    };
    jobs.every(
        Duration::from_secs(5),
        "deliver_notices",
        app,
        deliver_notices::run,
    );
    jobs.every(Duration::from_secs(30), "bill_runs", app, bill_runs::run);
    jobs.every(
        Duration::from_secs(60),
        "bills_without_reads",
        app,
        bill_runs::try_again,
    );
    jobs.every(
        Duration::from_secs(3600),
        "billing_gaps",
        app,
        bill_runs::look_for_gaps,
    );
    jobs.every(
        Duration::from_secs(3600),
        "charge_late_fees",
        app,
        charge_late_fees::run,
    );
    jobs.every(Duration::from_secs(3600), "tidy", app, tidy::run);
    if app.desk.is_some() {
        let polls = Duration::from_secs(300);
        jobs.every(Duration::ZERO, "provider_events", app, provider_events::run);
        jobs.every(polls, "payment_polls", app, provider_events::poll);
        let readings = Duration::from_secs(900);
        jobs.every(readings, "processor_account", app, processor_account::run);
        jobs.every(Duration::ZERO, "sandbox", app, sandbox::run);
    }
    jobs
}

impl Jobs {
    /// Runs a job again and again, with a pause between its rounds.
    fn every<F, Round>(&mut self, pause: Duration, name: &'static str, app: &App, job: F)
    where
        F: Fn(App) -> Round + 'static,
        Round: Future<Output = anyhow::Result<()>> + 'static,
    {
        let (app, mut stop) = (app.clone(), self.stop.subscribe());
        let rounds = async move {
            while !*stop.borrow_and_update() {
                if let Err(error) = job(app.clone()).await {
                    tracing::error!(job = name, "{error:#}");
                }
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    changed = stop.changed() => if changed.is_err() { return; },
                }
            }
        };
        self.running.push(actix_web::rt::spawn(rounds));
    }

    /// Lets each job finish its round, then ends.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for job in self.running {
            if let Err(error) = job.await {
                tracing::error!("a job ended badly: {error}");
            }
        }
    }
}
