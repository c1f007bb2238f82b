//! Floor 3 · doors for the clock: what happens because of the time. Every job can be run twice; a failed round is logged and tried again.

pub mod addresses;
pub mod appointments;
pub mod arrangements;
pub mod bill_papers;
pub mod bill_runs;
pub mod budget_plans;
pub mod calendars;
mod charge_late_fees;
pub mod days;
pub mod deliver_notices;
pub mod deliver_texts;
pub mod deposit_interest;
pub mod fee_reversals;
mod file_notices;
pub mod holds;
pub mod lead_lines;
pub mod outages;
pub mod payment_refunds;
pub mod plan_alerts;
pub mod processor_account;
pub mod provider_events;
pub mod run_autopay;
pub mod sandbox;
mod saved_charges;
mod tidy;
mod written_mails;

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
    jobs.every(
        Duration::from_secs(5),
        "deliver_texts",
        app,
        deliver_texts::run,
    );
    jobs.every(Duration::from_secs(5), "outages", app, outages::run);
    let minute = Duration::from_secs(60);
    jobs.every(minute, "alerts_of_bills", app, plan_alerts::of_bills);
    let hour = Duration::from_secs(3600);
    if app.is_demonstration {
        jobs.every(hour, "days", app, days::run);
    } else {
        jobs.every(hour, "addresses", app, addresses::run);
        jobs.every(hour, "appointments", app, appointments::run);
        jobs.every(hour, "alerts_of_debts", app, plan_alerts::of_debts);
        jobs.every(hour, "alerts_of_usage", app, plan_alerts::of_usage);
        jobs.every(hour, "arrangements", app, arrangements::run);
        jobs.every(hour, "budget_plans", app, budget_plans::run);
        jobs.every(hour, "holds", app, holds::run);
        jobs.every(hour, "lead_lines", app, lead_lines::run);
        jobs.every(hour, "charge_late_fees", app, charge_late_fees::run);
        jobs.every(hour, "deposit_interest", app, deposit_interest::run);
        jobs.every(hour, "run_autopay", app, run_autopay::run);
    }
    jobs.every(Duration::from_secs(30), "bill_runs", app, bill_runs::run);
    let soon = Duration::from_secs(10);
    jobs.every(soon, "fee_reversals", app, fee_reversals::run);
    jobs.every(minute, "bill_papers", app, bill_papers::run);
    jobs.every(minute, "bills_without_reads", app, bill_runs::try_again);
    jobs.every(hour, "billing_gaps", app, bill_runs::look_for_gaps);
    jobs.every(hour, "calendars", app, calendars::run);
    jobs.every(hour, "tidy", app, tidy::run);
    if app.desk.is_some() {
        let polls = Duration::from_secs(300);
        jobs.every(Duration::ZERO, "provider_events", app, provider_events::run);
        jobs.every(minute, "payment_refunds", app, payment_refunds::run);
        jobs.every(polls, "payment_polls", app, provider_events::poll);
        let readings = Duration::from_secs(900);
        jobs.every(readings, "processor_account", app, processor_account::run);
        jobs.every(Duration::ZERO, "sandbox", app, sandbox::run);
    }
    jobs
}

impl Jobs {
    /// Runs a job again and again, with a pause between its rounds, a longer one after failures. Where a demonstration's clock is moved, the
    /// next round begins at once.
    fn every<F, Round>(&mut self, pause: Duration, name: &'static str, app: &App, job: F)
    where
        F: Fn(App) -> Round + 'static,
        Round: Future<Output = anyhow::Result<()>> + 'static,
    {
        let (app, mut stop) = (app.clone(), self.stop.subscribe());
        let mut moved = app.clock.watch();
        let rounds = async move {
            let mut failures = 0;
            while !*stop.borrow_and_update() {
                failures = match job(app.clone()).await {
                    Ok(()) => 0,
                    Err(error) => {
                        tracing::error!(job = name, "{error:#}");
                        failures + 1
                    }
                };
                tokio::select! {
                    () = tokio::time::sleep(pause.max(rest_after(failures))) => {}
                    _ = moved.changed() => {}
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

/// How long a job rests after so many failures in a row: a second, then twice as long each time, a minute at the most. What keeps failing
/// neither fills the log nor wears out the database, and goes on soon after it is mended.
fn rest_after(failures: u32) -> Duration {
    match failures {
        0 => Duration::ZERO,
        _ => Duration::from_secs(1 << (failures - 1).min(6)).min(Duration::from_secs(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_keeps_failing_rests_longer_each_time_and_a_minute_at_the_most() {
        let rests: Vec<u64> = [0, 1, 2, 3, 6, 7, 8, 4_000]
            .map(|failures| rest_after(failures).as_secs())
            .into();
        assert_eq!(rests, [0, 1, 2, 4, 32, 60, 60, 60]);
    }
}
