//! A customer who lost the authenticator app and the recovery codes calls: the office makes sure who it is, and turns the codes off.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use crate::domain::access::Access;
use crate::domain::ids::LoginId;
use crate::domain::sessions::IdentityCheck;
use crate::i18n::Words;
use crate::store::logins::{HolderRow, list_holders};
use crate::usecases::logins::LoginError;
use crate::usecases::second_factor::take_off;
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

#[derive(Template)]
#[template(path = "office/login_factors/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    subject: Subject,
    holder: HolderRow,
}

impl Show {
    /// Each way to make sure who somebody is, in words.
    fn checks(&self) -> Vec<(IdentityCheck, String)> {
        let named = |check: &IdentityCheck| (*check, self.t.identity_check(check.as_str()));
        IdentityCheck::ALL.iter().map(named).collect()
    }
}

/// GET /office/accounts/{number}/logins/{id}/authenticator
pub async fn show(desk: Desk, path: Path<(String, LoginId)>) -> PageResult {
    page(&load(&desk, path, Form::default()).await?)
}

/// POST /office/accounts/{number}/logins/{id}/authenticator — from now on the password alone signs in, and the customer is told.
pub async fn remove(
    desk: Desk,
    staff: StaffMember,
    path: Path<(String, LoginId)>,
    mut form: Form,
) -> PageResult {
    let t = desk.chrome.t;
    let check: Option<IdentityCheck> = form.parse("identity", t.form_choose());
    let view = load(&desk, path, form).await?;
    let Some(check) = check else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let (who, now) = ((view.holder.id, view.subject.label.id), desk.now());
    let taken = desk.app.db.write(staff.stamp(&desk.app), move |tx| {
        take_off(tx, who, check, now)
    });
    match taken.await {
        Ok(()) => {
            desk.ended_elsewhere();
            see_other_saying(view.subject.address(), Tone::Good, t.account_factor_done())
        }
        Err(LoginError::Fault(fault)) => Err(fault.into()),
        Err(_changed_meanwhile) => Err(PageError::Conflict),
    }
}

/// The sign-in whose account it is and that asks for codes; any other is not found.
async fn load(desk: &Desk, path: Path<(String, LoginId)>, form: Form) -> Result<Show, PageError> {
    let (number, login) = path.into_inner();
    let subject = subject::find(&desk.app, &number).await?;
    let (account, today) = (subject.label.id, desk.app.clock.today());
    let holders = desk
        .app
        .db
        .read(move |conn| list_holders(conn, account, today))
        .await?;
    let asks = |holder: &HolderRow| {
        holder.id == login && holder.access == Access::Owner && holder.codes_since.is_some()
    };
    Ok(Show {
        t: desk.chrome.t,
        chrome: desk.chrome.clone(),
        form,
        holder: holders.into_iter().find(asks).ok_or(PageError::NotFound)?,
        subject,
    })
}
