//! An informal hearing of a dispute at the office: set with day, hour and place, and recorded afterwards.

use actix_web::web::{Data, Path};

use crate::app::App;
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::usecases::disputes::hearings::{HearingError, NewHearing, record as write_down, set};
use crate::usecases::requests::RequestError;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::request::{address, again, number_of, read, refused};
use crate::web::session::StaffMember;
use crate::web::similar_homes::SimilarHomes;
use crate::web::{PageError, PageResult};

/// POST /office/requests/{number}/hearing
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (similar, path): (Data<SimilarHomes>, Path<String>),
    mut form: Form,
) -> PageResult {
    let (t, number) = (chrome.t, number_of(&path)?);
    let row = read(&app, &number).await?;
    let Some(on) = form.day("hearing_on", t.form_not_a_date()) else {
        return again((&app, similar), chrome, &staff, (number, form)).await;
    };
    let new = NewHearing {
        on,
        hour: form.value("hearing_hour").to_owned(),
        place: form.value("hearing_place").to_owned(),
    };
    let work = move |tx: &mut Tx<'_>| set(tx, row.id, &new);
    match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.hearing_was_set()),
        Err(refusal) => {
            let (field, words) = why_not(t, (refusal, "hearing_place"))?;
            form.refuse(field, words);
            again((&app, similar), chrome, &staff, (number, form)).await
        }
    }
}

/// POST /office/requests/{number}/hearing/record
pub async fn record(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (similar, path): (Data<SimilarHomes>, Path<String>),
    mut form: Form,
) -> PageResult {
    let (t, number) = (chrome.t, number_of(&path)?);
    let row = read(&app, &number).await?;
    let attended = form.value("hearing_attended").to_owned();
    let words = form.value("hearing_words").to_owned();
    let work = move |tx: &mut Tx<'_>| write_down(tx, row.id, (&attended, &words));
    match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.hearing_was_recorded()),
        Err(refusal) => {
            let (field, words) = why_not(t, (refusal, "hearing_attended"))?;
            form.refuse(field, words);
            again((&app, similar), chrome, &staff, (number, form)).await
        }
    }
}

/// Which field a refusal is about, and how to mend it.
fn why_not(
    t: Words,
    (refusal, line): (HearingError, &'static str),
) -> Result<(&'static str, String), PageError> {
    match refusal {
        HearingError::Past => Ok(("hearing_on", t.hearing_past().to_owned())),
        HearingError::NotAnHour(_) => Ok(("hearing_hour", t.hearing_not_an_hour().to_owned())),
        HearingError::Line(most) => Ok((line, t.hearing_line(most))),
        HearingError::NotSet => Ok((line, t.hearing_not_set().to_owned())),
        HearingError::NotYet(on) => Ok((line, t.hearing_not_yet(on))),
        HearingError::Request(RequestError::Fault(fault)) | HearingError::Fault(fault) => {
            Err(fault.into())
        }
        HearingError::Request(
            refusal @ (RequestError::WordsMissing | RequestError::WordsTooLong(_)),
        ) => Ok(("hearing_words", refused(t, &refusal))),
        HearingError::Request(refusal) => Ok((line, refused(t, &refusal))),
    }
}
