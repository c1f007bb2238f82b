//! In a demonstration: each hour, and at once where its clock was moved on, what the days bring, one day after the other. Each day sees what
//! the day before it left, in the order in which a utility's day goes: first what is charged by itself, then what is kept, late or broken.
//! Elsewhere the same jobs run beside each other, each on its own beat.

use chrono::{NaiveDate, NaiveTime};

use crate::app::App;
use crate::jobs::{arrangements, charge_late_fees, plan_alerts, run_autopay};

/// The days since the clock was moved on, and today.
///
/// # Errors
/// None: what fails is logged, and the next round or day tries again.
pub async fn run(app: App) -> anyhow::Result<()> {
    let today = app.clock.today();
    if let Some(before) = app.clock.take_moved_from() {
        let between = before.iter_days().skip(1).take_while(|day| *day < today);
        for day in between.filter_map(|day| on_day(&app, day)) {
            pass(&day).await;
        }
    }
    pass(&app).await;
    Ok(())
}

/// The same house at noon of another day.
fn on_day(app: &App, day: NaiveDate) -> Option<App> {
    let noon = day.and_time(NaiveTime::from_hms_opt(12, 0, 0)?);
    let noon = noon.and_local_timezone(app.clock.zone()).earliest()?;
    Some(App {
        clock: app.clock.at(noon.naive_utc()),
        ..app.clone()
    })
}

async fn pass(app: &App) {
    let rounds = [
        ("run_autopay", run_autopay::run(app.clone()).await),
        ("arrangements", arrangements::run(app.clone()).await),
        ("charge_late_fees", charge_late_fees::run(app.clone()).await),
        ("alerts_of_debts", plan_alerts::of_debts(app.clone()).await),
        ("alerts_of_usage", plan_alerts::of_usage(app.clone()).await),
    ];
    for (job, round) in rounds {
        if let Err(error) = round {
            tracing::error!(job, day = %app.clock.today(), "{error:#}");
        }
    }
}
