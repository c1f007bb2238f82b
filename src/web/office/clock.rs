//! The demonstration's clock: an administrator moves the town forward, to see a bill fall due. No other database has this page.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDate;

use crate::i18n::Words;
use crate::usecases::town::{TownError, move_clock};
use crate::web::chrome::Chrome;
use crate::web::desk::Desk;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

#[derive(Template)]
#[template(path = "office/clock/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    today: NaiveDate,
}

/// GET /office/clock
pub async fn show(desk: Desk) -> PageResult {
    let tomorrow = desk.app.clock.today() + chrono::Days::new(1);
    let form = Form::default().with("day", tomorrow);
    shown(&desk, form, StatusCode::OK)
}

/// POST /office/clock — noon of a later day.
pub async fn update(desk: Desk, member: StaffMember, mut form: Form) -> PageResult {
    let t = desk.chrome.t;
    let clock = &desk.app.clock;
    let day = form.day("day", t.form_not_a_date());
    let Some(noon) = day.map(|day| clock.noon_of(day)) else {
        form.refuse("day", t.form_not_a_date());
        return shown(&desk, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let ahead = noon - clock.world_now();
    let stamp = member.stamp(&desk.app);
    let moved = desk
        .app
        .db
        .write(stamp, move |tx| move_clock(tx, ahead))
        .await;
    match moved {
        Ok(()) => {
            clock.pass_to(noon);
            see_other_saying("/office/clock", Tone::Good, t.clock_moved())
        }
        Err(TownError::Backward) => {
            form.refuse("day", t.clock_backward());
            shown(&desk, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(TownError::TooFar) => {
            form.refuse("day", t.clock_too_far());
            shown(&desk, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(TownError::NoDemonstration | TownError::NotEmpty) => Err(PageError::NotFound),
        Err(TownError::Fault(fault)) => Err(fault.into()),
    }
}

fn shown(desk: &Desk, form: Form, status: StatusCode) -> PageResult {
    if !desk.app.is_demonstration {
        return Err(PageError::NotFound);
    }
    let chrome = desk.chrome.clone();
    let view = Show {
        t: chrome.t,
        chrome,
        form,
        today: desk.app.clock.today(),
    };
    page_with(status, &view)
}
