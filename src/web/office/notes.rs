//! Writing a note on an account.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

use crate::app::App;
use crate::domain::ids::AccountNumber;
use crate::domain::notes::NoteKind;
use crate::store;
use crate::usecases::notes::{self, NoteError};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::account_tabs::Shown;
use crate::web::office::accounts;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// POST /office/accounts/{number}/notes
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let number: AccountNumber = path.parse().map_err(|_not_a_number| PageError::NotFound)?;
    let kind = form.value("kind").parse().unwrap_or(NoteKind::Note);
    let text = form.value("text").to_owned();
    let write = move |tx: &mut store::db::Tx<'_>| {
        let account = store::accounts::find_by_number(&mut *tx, &number)?
            .ok_or(store::error::StoreError::Missing("account"))?;
        notes::write_note(tx, account.id, kind, &text)
    };
    match app.db.write(staff.stamp(&app), write).await {
        Ok(_) => see_other_saying(
            format!("/office/accounts/{path}"),
            Tone::Good,
            chrome.t.note_saved(),
        ),
        Err(NoteError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            form.refuse("text", said(&chrome, &refusal));
            let shown = (Shown::default(), form);
            let view = accounts::screen(&app, chrome, &staff, &path, shown).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

fn said(chrome: &Chrome, refusal: &NoteError) -> String {
    match refusal {
        NoteError::TooLong { longest } => chrome.t.note_too_long(*longest),
        NoteError::Empty | NoteError::Fault(_) => chrome.t.note_empty().to_owned(),
    }
}
