//! Autopay of an account, stopped for a customer who calls, or who has no way into the portal any more.

use actix_web::web::{Data, Path};

use crate::app::App;
use crate::store::db::Tx;
use crate::usecases;
use crate::web::PageResult;
use crate::web::chrome::Chrome;
use crate::web::closing::close_autopay;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::office::subject;
use crate::web::session::StaffMember;

/// POST /office/accounts/{number}/autopay/end — nothing is charged by itself from now on; the customer is told.
pub async fn end(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    number: Path<String>,
) -> PageResult {
    let subject = subject::find(&app, &number).await?;
    let id = subject.label.id;
    let stop = move |tx: &mut Tx<'_>| usecases::autopay::stop(tx, id);
    app.db.write(staff.stamp(&app), stop).await?;
    close_autopay(&app, id).await;
    let words = chrome.t.account_autopay_stopped();
    see_other_saying(subject.address(), Tone::Good, words)
}
