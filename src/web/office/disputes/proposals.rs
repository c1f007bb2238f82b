//! An outcome of a dispute that waits for a second person: their word on it, and the first one's second thoughts.

use actix_web::web::{Data, Path};
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::corrections::CorrectionKind;
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::staff::{Permission, Role};
use crate::domain::stamp::Actor;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::dispute_proposals;
use crate::usecases::corrections::{CorrectionError, decided_by};
use crate::usecases::disputes::DisputeError;
use crate::usecases::disputes::outcomes::{Looked, RemedyError};
use crate::usecases::disputes::proposals;
use crate::usecases::requests::RequestError;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_words::{closed, law, may_second, who_decides};
use crate::web::office::disputes::outcome::why_not;
use crate::web::office::request::{address, again, number_of, read, refused};
use crate::web::session::StaffMember;
use crate::web::similar_homes::SimilarHomes;
use crate::web::{PageError, PageResult};

/// Whether whoever looks decides what waits, and who does.
pub struct Second {
    /// Whether their job, and what is left of its limit on the account, reach it.
    pub may: bool,
    /// The jobs that do, in words.
    pub who: String,
}

/// Who decides what waits, as it stands today.
///
/// # Errors
/// A policy that does not read, or a fault.
pub fn second(
    conn: &mut Conn,
    (by, role): (&Actor, Role),
    (account, seen): (AccountId, &Looked),
    (t, today): (Words, NaiveDate),
) -> Result<Second, PageError> {
    let (_, policy) = law(conn, today).map_err(closed)?;
    let (kind, credit) = (CorrectionKind::Credit, seen.credit());
    let decided = decided_by(conn, by, (account, kind), today)?;
    let needed = seen.remedy.permission();
    let decides = |role: Role, decided: Money| {
        role.may(needed)
            && (credit.is_zero() || may_second(&policy, role, (kind, credit), decided))
            && role.may(Permission::ApproveCorrection)
    };
    let jobs = Role::ALL.iter().copied();
    let jobs = jobs.filter(|role| decides(*role, Money::ZERO));
    Ok(Second {
        may: decides(role, decided),
        who: who_decides(t, jobs),
    })
}

/// POST /office/requests/{number}/proposal/approval — carries out what waits, as it was seen.
pub async fn approve(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (similar, path): (Data<SimilarHomes>, Path<String>),
    form: Form,
) -> PageResult {
    let (t, number) = (chrome.t, number_of(&path)?);
    let id = read(&app, &number).await?.id;
    let waits = move |conn: &mut Conn| dispute_proposals::find_waiting(conn, id);
    if let Some(waits) = app.db.read(waits).await? {
        let needed = waits.remedy.permission();
        if !staff.role.may(needed) {
            return Err(PageError::Forbidden(needed.as_str()));
        }
    }
    let (person, seal) = ((staff.role, t.language), form.exactly("seal").to_owned());
    let work = move |tx: &mut Tx<'_>| proposals::approve(tx, id, person, &seal);
    match app.db.write(staff.stamp(&app), work).await {
        Ok(_) => see_other_saying(address(&number), Tone::Good, t.office_dispute_decided()),
        Err(error) => {
            let (field, told) = ("approval", error);
            unsaid(
                (&app, similar),
                (chrome, &staff),
                &path,
                (form, field, told),
            )
            .await
        }
    }
}

/// POST /office/requests/{number}/proposal/refusal — with the reason, it is back with whoever works the dispute.
pub async fn refuse(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (similar, path): (Data<SimilarHomes>, Path<String>),
    form: Form,
) -> PageResult {
    let (t, number) = (chrome.t, number_of(&path)?);
    let id = read(&app, &number).await?.id;
    let words = form.value("refusal_words").to_owned();
    let work = move |tx: &mut Tx<'_>| proposals::refuse(tx, id, &words);
    match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.proposal_was_refused()),
        Err(error) => {
            let (field, told) = ("refusal_words", error);
            unsaid(
                (&app, similar),
                (chrome, &staff),
                &path,
                (form, field, told),
            )
            .await
        }
    }
}

/// POST /office/requests/{number}/proposal/withdrawal — only whoever proposed it, whatever their job is by now.
pub async fn withdraw(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let (t, number) = (chrome.t, number_of(&path)?);
    let id = read(&app, &number).await?.id;
    let work = move |tx: &mut Tx<'_>| proposals::withdraw(tx, id);
    match app.db.write(staff.stamp(&app), work).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.proposal_was_withdrawn()),
        Err(RemedyError::Correction(CorrectionError::SamePerson(_))) => {
            see_other_saying(address(&number), Tone::Bad, t.correction_not_own())
        }
        Err(error) => {
            let (_, words) = why_not(t, error)?;
            see_other_saying(address(&number), Tone::Bad, words)
        }
    }
}

/// The dispute again, with what keeps the word of the second person from counting.
async fn unsaid(
    (app, similar): (&App, Data<SimilarHomes>),
    (chrome, staff): (Chrome, &StaffMember),
    path: &str,
    (mut form, field, error): (Form, &'static str, RemedyError),
) -> PageResult {
    let (t, number) = (chrome.t, number_of(path)?);
    if let RemedyError::Dispute(DisputeError::Request(ended @ RequestError::Moved)) = &error {
        return see_other_saying(address(&number), Tone::Bad, refused(t, ended));
    }
    let (_, words) = why_not(t, error)?;
    form.refuse(field, words);
    again((app, similar), chrome, staff, (number, form)).await
}
