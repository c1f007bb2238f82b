//! The sign-ins that follow an account: one that should not is parted from it, and an invitation taken back, for an owner who calls.

use actix_web::web::{Data, Path};

use crate::app::App;
use crate::domain::ids::{InvitationId, LoginId};
use crate::store::db::Tx;
use crate::usecases::guests::release_account;
use crate::usecases::sharing::{SharingError, withdraw};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::office::subject;
use crate::web::session::StaffMember;
use crate::web::streams::SessionEnds;
use crate::web::{PageError, PageResult};

/// POST /office/accounts/{number}/logins/{id}/end — the sign-in sees nothing of the account from now on.
pub async fn end(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    ends: Data<SessionEnds>,
    path: Path<(String, LoginId)>,
) -> PageResult {
    let (number, login) = path.into_inner();
    let subject = subject::find(&app, &number).await?;
    let (account, now) = (subject.label.id, app.clock.world_now());
    let release = move |tx: &mut Tx<'_>| release_account(tx, login, account, now);
    app.db.write(staff.stamp(&app), release).await?;
    ends.tell();
    let words = chrome.t.account_login_ended();
    see_other_saying(subject.address(), Tone::Good, words)
}

/// POST /office/accounts/{number}/invitations/{id}/withdrawal — the link opens nothing from now on.
pub async fn withdraw_invitation(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, InvitationId)>,
) -> PageResult {
    let (number, id) = path.into_inner();
    let subject = subject::find(&app, &number).await?;
    let (account, now) = (subject.label.id, app.clock.world_now());
    let take_back = move |tx: &mut Tx<'_>| withdraw(tx, account, id, now);
    match app.db.write(staff.stamp(&app), take_back).await {
        Ok(()) => {}
        Err(SharingError::Fault(fault)) => return Err(fault.into()),
        Err(refused) => return Err(PageError::fault(refused)),
    }
    let words = chrome.t.sharing_withdrawn();
    see_other_saying(subject.address(), Tone::Good, words)
}
