//! Drafting again inside a run: one account whose exception was answered, or all that are held.

use actix_web::web::{Data, Path};

use crate::app::App;
use crate::domain::ids::{AccountNumber, BillRunId};
use crate::store::error::StoreError;
use crate::store::labels;
use crate::usecases::billing::{BillingRunError, Redrafted, redraft_account, redraft_held};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::bill_runs::go_on;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult};

/// POST /office/bill-runs/{id}/drafts — with an account, that one; without, every account that is held.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    form: Form,
) -> PageResult {
    let run = BillRunId(*path);
    if form.has("account") {
        return one(&app, &chrome, &staff, run, form.value("account")).await;
    }
    let (stamp, zone) = (staff.stamp(&app), app.clock.zone());
    go_on(&app, run, move |db| {
        redraft_held(db, &stamp, zone, run).map(|_drafted| ())
    });
    let at = format!("/office/bill-runs/{run}");
    see_other_saying(at, Tone::Good, chrome.t.run_trying_held())
}

async fn one(
    app: &App,
    chrome: &Chrome,
    staff: &StaffMember,
    run: BillRunId,
    number: &str,
) -> PageResult {
    let number: AccountNumber = number.parse().map_err(|_not_ours| PageError::NotFound)?;
    let wanted = number.clone();
    let account = app
        .db
        .read(move |conn| labels::id_of(conn, &wanted)?.ok_or(StoreError::Missing("account")))
        .await?;
    let (db, stamp, zone) = (app.db.clone(), staff.stamp(app), app.clock.zone());
    let work = move || redraft_account(&db, &stamp, zone, run, account);
    let outcome = tokio::task::spawn_blocking(work)
        .await
        .map_err(PageError::fault)?;
    let (t, at_run) = (chrome.t, format!("/office/bill-runs/{run}"));
    match outcome {
        Ok(Redrafted::Draft { number, .. }) => {
            let at = format!("/office/bills/{number}");
            see_other_saying(at, Tone::Good, t.run_billed_again())
        }
        Ok(Redrafted::Held(_)) => {
            let at = format!("/office/exceptions?run={run}&account={}", number.as_str());
            see_other_saying(at, Tone::Bad, t.run_not_billed_again())
        }
        Ok(Redrafted::Nothing) => see_other_saying(at_run, Tone::Bad, t.run_nothing_served()),
        Err(BillingRunError::AlreadyIssued(_)) => {
            see_other_saying(at_run, Tone::Bad, t.run_account_issued())
        }
        Err(BillingRunError::NotAtRest(_)) => see_other_saying(at_run, Tone::Bad, t.run_refused()),
        Err(BillingRunError::Fault(fault)) => Err(fault.into()),
        Err(fault) => Err(PageError::fault(fault)),
    }
}
