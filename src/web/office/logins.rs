//! The sign-ins that follow an account: one that should not is parted from it, for an owner who calls.

use actix_web::web::{Data, Path};

use crate::app::App;
use crate::domain::ids::LoginId;
use crate::store::db::Tx;
use crate::usecases::logins::{LoginError, release_account};
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
    match app.db.write(staff.stamp(&app), release).await {
        Ok(()) => {}
        Err(LoginError::Fault(fault)) => return Err(fault.into()),
        Err(refused) => return Err(PageError::fault(refused)),
    }
    ends.tell();
    let words = chrome.t.account_login_ended();
    see_other_saying(subject.address(), Tone::Good, words)
}
