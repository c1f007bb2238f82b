//! Staff administration: who works here, as what, and who no longer does.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use crate::domain::customers::Language;
use crate::domain::ids::StaffId;
use crate::domain::staff::Role;
use crate::i18n::Words;
use crate::secrets::{NO_PASSWORD, random_token};
use crate::store;
use crate::store::logins::email_key;
use crate::store::staff::{NewStaff, StaffRow};
use crate::usecases::staff::{StaffError, change_role, close, invite, invite_again};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

#[derive(Template)]
#[template(path = "office/staff/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    me: StaffId,
    members: Vec<StaffRow>,
    with_authenticator: Vec<StaffId>,
    roles: &'static [Role],
    role_options: Vec<(Role, String)>,
}

/// GET /office/staff
pub async fn index(desk: Desk, member: StaffMember) -> PageResult {
    shown(&desk, &member, Form::default(), StatusCode::OK).await
}

/// POST /office/staff — invites somebody, who chooses a password by a mailed link.
pub async fn create(desk: Desk, member: StaffMember, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    let name = form.required("name", t.form_required());
    let email = form.required("email", t.form_required());
    let role = form.parse::<Role>("role", t.form_choose());
    let (Some(name), Some(email), Some(role)) = (name, email, role) else {
        return shown(&desk, &member, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let new = NewStaff {
        name: name.clone(),
        email: email_key(&email),
        password_hash: NO_PASSWORD.to_owned(),
        role,
        language: Language::English,
        is_active: false,
    };
    let (token, now) = (random_token().map_err(PageError::fault)?, desk.now());
    let stamp = member.stamp(&desk.app);
    let invited = desk
        .app
        .db
        .write(stamp, move |tx| invite(tx, &new, &token, now));
    match invited.await {
        Ok(_) => see_other_saying("/office/staff", Tone::Good, t.staff_invited(name)),
        Err(StaffError::EmailTaken) => {
            form.refuse("email", t.staff_email_taken());
            shown(&desk, &member, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(StaffError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => Err(PageError::fault(refusal)),
    }
}

/// POST /office/staff/{id}/role — another job; the sessions of the old one end.
pub async fn update_role(
    desk: Desk,
    member: StaffMember,
    id: Path<StaffId>,
    form: Form,
) -> PageResult {
    let role: Role = form
        .value("role")
        .parse()
        .map_err(|_unknown| PageError::Unreadable)?;
    let (id, now, stamp) = (id.into_inner(), desk.now(), member.stamp(&desk.app));
    let changed = desk
        .app
        .db
        .write(stamp, move |tx| change_role(tx, id, role, now));
    let outcome = changed.await;
    told(&desk, id, outcome, Words::staff_role_changed).await
}

/// POST /office/staff/{id}/invitation — a new link; what they had opens nothing more.
pub async fn reinvite(desk: Desk, member: StaffMember, id: Path<StaffId>) -> PageResult {
    let token = random_token().map_err(PageError::fault)?;
    let (id, now, stamp) = (id.into_inner(), desk.now(), member.stamp(&desk.app));
    let invited = desk
        .app
        .db
        .write(stamp, move |tx| invite_again(tx, id, &token, now));
    let outcome = invited.await;
    told(&desk, id, outcome, Words::staff_invited).await
}

/// POST /office/staff/{id}/closing — the end of somebody's access.
pub async fn destroy(desk: Desk, member: StaffMember, id: Path<StaffId>) -> PageResult {
    let (id, now, stamp) = (id.into_inner(), desk.now(), member.stamp(&desk.app));
    let closed = desk.app.db.write(stamp, move |tx| close(tx, id, now));
    let outcome = closed.await;
    told(&desk, id, outcome, Words::staff_closed).await
}

/// Back to the list, with what was done or why not.
async fn told(
    desk: &Desk,
    id: StaffId,
    outcome: Result<(), StaffError>,
    done: impl Fn(Words, String) -> String,
) -> PageResult {
    let t = desk.chrome.t;
    let refused = |text: &str| see_other_saying("/office/staff", Tone::Bad, text);
    match outcome {
        Ok(()) => {
            desk.ended_elsewhere();
            let row = desk
                .app
                .db
                .read(move |conn| store::staff::get(conn, id))
                .await?;
            see_other_saying("/office/staff", Tone::Good, done(t, row.name))
        }
        Err(StaffError::NotForOneself) => refused(t.staff_not_for_oneself()),
        Err(StaffError::LastAdministrator) => refused(t.staff_last_administrator()),
        Err(StaffError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => Err(PageError::fault(refusal)),
    }
}

async fn shown(desk: &Desk, member: &StaffMember, form: Form, status: StatusCode) -> PageResult {
    let (members, with_authenticator) = desk
        .app
        .db
        .read(|conn| {
            let members = store::staff::list(conn)?;
            Ok::<_, PageError>((members, store::authenticators::list_staff(conn)?))
        })
        .await?;
    let t = desk.chrome.t;
    let view = Index {
        t,
        chrome: desk.chrome.clone(),
        form,
        me: member.id,
        members,
        with_authenticator,
        roles: Role::ALL,
        role_options: Role::ALL
            .iter()
            .map(|role| (*role, t.staff_role_name(role)))
            .collect(),
    };
    page_with(status, &view)
}
