//! A scheduled payment of an account, taken back for a customer who calls.

use actix_web::web::{Data, Path};

use crate::app::App;
use crate::store;
use crate::store::db::Tx;
use crate::usecases;
use crate::usecases::scheduled_payments::ScheduleError;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::office::subject;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult};

/// POST /office/accounts/{number}/scheduled-payments/{key}/cancellation — nothing is charged on its day; the customer is told. Safe to repeat.
pub async fn cancel(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, String)>,
) -> PageResult {
    let (number, key) = path.into_inner();
    let subject = subject::find(&app, &number).await?;
    let account = subject.label.id;
    let find = app
        .db
        .read(move |conn| store::scheduled_payments::find(conn, &[account], &key));
    let (row, _) = find.await?.ok_or(PageError::NotFound)?;
    let cancel = move |tx: &mut Tx<'_>| usecases::scheduled_payments::cancel(tx, row.id);
    let t = chrome.t;
    match app.db.write(staff.stamp(&app), cancel).await {
        Ok(Some(day)) => see_other_saying(
            subject.address(),
            Tone::Good,
            t.account_scheduled_canceled_autopay(day),
        ),
        Ok(None) => see_other_saying(
            subject.address(),
            Tone::Good,
            t.account_scheduled_canceled(),
        ),
        Err(ScheduleError::Begun(_)) => {
            see_other_saying(subject.address(), Tone::Bad, t.account_scheduled_begun())
        }
        Err(ScheduleError::Fault(fault)) => Err(fault.into()),
        Err(fault) => Err(PageError::fault(fault)),
    }
}
