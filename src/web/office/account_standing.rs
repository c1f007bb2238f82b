//! Where an account stands between its set-up and the day on which it is settled and closed: moved on by hand.

use actix_web::web::{Data, Path};

use crate::app::App;
use crate::domain::accounts::AccountStatus;
use crate::usecases::accounts::{AccountError, change_status};
use crate::web::chrome::Chrome;
use crate::web::form::Form;
use crate::web::office::people::{saved, shown};
use crate::web::office::subject;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult};

/// POST /office/accounts/{number}/status
pub async fn update(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let account = subject::find(&app, &path).await?.label.id;
    let to = form.parse::<AccountStatus>("status", t.form_choose());
    let on = form.day("moved_on", t.form_not_a_date());
    let (Some(to), Some(on)) = (to, on) else {
        return shown(&app, chrome, &path, Some(form)).await;
    };
    let moved = app.db.write(staff.stamp(&app), move |tx| {
        change_status(tx, account, to, on)
    });
    match moved.await {
        Ok(()) => saved(&path, t),
        Err(AccountError::UnlawfulMove { .. }) => Err(PageError::Conflict),
        Err(AccountError::NotThatDay { since, .. }) => {
            form.refuse("moved_on", t.people_not_that_day(since));
            shown(&app, chrome, &path, Some(form)).await
        }
        Err(AccountError::NotSettled { balance, pending }) => {
            form.refuse("status", t.people_not_settled(balance, pending));
            shown(&app, chrome, &path, Some(form)).await
        }
        Err(AccountError::DepositOpen) => {
            form.refuse("status", t.correction_deposit_open());
            shown(&app, chrome, &path, Some(form)).await
        }
        Err(AccountError::Held) => {
            form.refuse("status", t.people_held());
            shown(&app, chrome, &path, Some(form)).await
        }
        Err(AccountError::StillServed(_)) => {
            form.refuse("status", t.people_still_served());
            shown(&app, chrome, &path, Some(form)).await
        }
        Err(AccountError::NotBilled) => {
            form.refuse("status", t.people_not_billed());
            shown(&app, chrome, &path, Some(form)).await
        }
        Err(AccountError::Fault(fault)) => Err(fault.into()),
    }
}
