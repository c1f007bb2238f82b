//! In a demonstration: each hour, and at once where its clock was moved on, what the days bring, one day after the other. Each day sees what
//! the day before it left, in the order in which a utility's day goes: first where mail goes, then what is charged by itself, then what is
//! kept, late or broken. Elsewhere the same jobs run beside each other, each on its own beat.

use chrono::{Days, NaiveDate};

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::jobs::{
    addresses, appointments, arrangements, budget_plans, charge_late_fees, deposit_interest, holds,
    lead_lines, plan_alerts, run_autopay,
};
use crate::store::settings::last_day_passed;
use crate::usecases::town::pass_day;

/// The days since the last that passed, and today. The town keeps how far it came: a day that was broken off passes again, and none is left
/// out because the program ended.
///
/// # Errors
/// A fault of the database. What fails within a day is logged, and the next round or day tries again.
pub async fn run(app: App) -> anyhow::Result<()> {
    let today = app.clock.today();
    let last = app.db.read(last_day_passed).await?;
    let next = last.map_or(today, |day| day + Days::new(1));
    for day in next.iter_days().take_while(|day| *day < today) {
        pass(&on_day(&app, day)).await;
        note(&app, day).await?;
    }
    pass(&app).await;
    if last.is_none_or(|day| day < today) {
        note(&app, today).await?;
    }
    Ok(())
}

async fn note(app: &App, day: NaiveDate) -> anyhow::Result<()> {
    let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
    app.db.write(stamp, move |tx| pass_day(tx, day)).await?;
    Ok(())
}

/// The same house at noon of another day.
fn on_day(app: &App, day: NaiveDate) -> App {
    App {
        clock: app.clock.at(app.clock.noon_of(day)),
        ..app.clone()
    }
}

async fn pass(app: &App) {
    let rounds = [
        ("addresses", addresses::run(app.clone()).await),
        ("appointments", appointments::run(app.clone()).await),
        ("run_autopay", run_autopay::run(app.clone()).await),
        ("arrangements", arrangements::run(app.clone()).await),
        ("budget_plans", budget_plans::run(app.clone()).await),
        ("holds", holds::run(app.clone()).await),
        ("lead_lines", lead_lines::run(app.clone()).await),
        ("charge_late_fees", charge_late_fees::run(app.clone()).await),
        ("deposit_interest", deposit_interest::run(app.clone()).await),
        ("alerts_of_debts", plan_alerts::of_debts(app.clone()).await),
        ("alerts_of_usage", plan_alerts::of_usage(app.clone()).await),
    ];
    for (job, round) in rounds {
        if let Err(error) = round {
            tracing::error!(job, day = %app.clock.today(), "{error:#}");
        }
    }
}
