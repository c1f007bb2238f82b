//! One hold: why, for how long, what it keeps away and what it rests on; renewed, lifted, documented, and its end taken and answered.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::holds::{HoldState, Refusal};
use crate::domain::ids::{HoldDocumentId, HoldId, StaffId};
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::owner_names;
use crate::store::holds::documents::{self as papers, DocumentRow};
use crate::store::holds::reviews::{self, ReviewRow};
use crate::store::holds::{self, HoldRow};
use crate::store::labels::{self, AccountLabel};
use crate::store::staff;
use crate::usecases::holds::{self as working, Grounds, HoldError};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::handed_in::{self, documents};
use crate::web::office::holds::words::refuse;
use crate::web::office::holds::{FIELD, LATER, address, number, tone};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, files, page, page_with};

#[derive(Template)]
#[template(path = "office/holds/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    today: NaiveDate,
    role: Role,
    me: StaffId,
    row: HoldRow,
    account: AccountLabel,
    /// Every period of the same kind on the account, the latest first.
    others: Vec<HoldRow>,
    is_renewed: bool,
    papers: Vec<DocumentRow>,
    work: Option<ReviewRow>,
    owner: Option<String>,
    /// Who else may take its work.
    colleagues: Vec<(StaffId, String)>,
    form: Form,
}

impl Show {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    fn state(&self) -> HoldState {
        self.row.state(self.today)
    }

    fn tone_of(&self, row: &HoldRow) -> &'static str {
        tone(row.state(self.today))
    }

    fn state_of(&self, row: &HoldRow) -> HoldState {
        row.state(self.today)
    }

    fn may_place(&self) -> bool {
        self.role.may(Permission::PlaceHold)
    }

    fn may_see(&self) -> bool {
        self.role.may(Permission::ViewEvidence)
    }

    /// Whether the document that it awaited is here, and nobody has decided yet what follows from that.
    fn document_came(&self) -> bool {
        let is_open = self.row.lift.is_none() && !self.is_renewed && !self.is_answered();
        is_open && self.row.is_provisional && self.row.is_documented
    }

    fn is_answered(&self) -> bool {
        let closed_on = self.work.as_ref().and_then(|work| work.closed_on);
        closed_on.is_some()
    }

    /// Whether its end can still be moved: it has one, nobody lifted or renewed it, and no day has passed without it.
    fn may_renew(&self) -> bool {
        let waits = self.row.waits_for_a_look() && !self.is_answered();
        let ends_later = self
            .row
            .span
            .until_on
            .is_some_and(|until| until >= self.today || waits);
        self.may_place() && ends_later && self.row.lift.is_none() && !self.is_renewed
    }

    fn may_lift(&self) -> bool {
        self.may_place() && self.state() != HoldState::Past
    }

    fn is_mine(&self) -> bool {
        self.work.as_ref().and_then(|work| work.owner_staff_id) == Some(self.me)
    }
}

/// GET /office/holds/{id}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let id = number(&path)?;
    page(&view(&app, chrome, &staff, (id, Form::default())).await?)
}

async fn view(
    app: &App,
    chrome: Chrome,
    member: &StaffMember,
    (id, form): (HoldId, Form),
) -> Result<Show, PageError> {
    let (today, zone) = (app.clock.today(), app.clock.zone());
    let (role, me) = (member.role, member.id);
    let form = if form.has("key") {
        form
    } else {
        form.with("key", uuid::Uuid::new_v4())
    };
    let read = move |conn: &mut Conn| {
        let row = holds::get(conn, id)?;
        let account = row.account_id;
        let label = labels::of_accounts(conn, &[account], today)?.remove(&account);
        let mut others = holds::list_of_account(conn, account)?;
        let is_renewed = holds::renewal_of(&others, &row).is_some();
        others.retain(|other| other.kind == row.kind && other.id != id);
        let work = reviews::list(conn, &[id])?.remove(&id);
        let owner = work.as_ref().and_then(|work| work.owner_staff_id);
        let names = owner_names(conn, owner.as_slice())?;
        let works =
            |member: &staff::StaffRow| member.is_active && member.role.may(Permission::PlaceHold);
        let colleagues = staff::list(conn)?.into_iter().filter(works);
        Ok::<_, StoreError>(Show {
            t: chrome.t,
            chrome,
            zone,
            today,
            role,
            me,
            account: label.ok_or(StoreError::Missing("account"))?,
            others,
            is_renewed,
            papers: papers::list(conn, &[id])?,
            work,
            owner: names.into_iter().next().map(|(_, name)| name),
            colleagues: colleagues.map(|one| (one.id, one.name)).collect(),
            form,
            row,
        })
    };
    Ok(app.db.read(read).await?)
}

async fn again(app: &App, chrome: Chrome, staff: &StaffMember, what: (HoldId, Form)) -> PageResult {
    let view = view(app, chrome, staff, what).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// POST /office/holds/{id}/renewal
pub async fn renew(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    sent: Multipart,
) -> PageResult {
    let (t, id): (Words, HoldId) = (chrome.t, number(&path)?);
    let (mut form, files) = files::read(sent).await?;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let documents = documents(t, &mut form, (files, FIELD));
    let last = form.day_if_any("last", t.form_not_a_date());
    if !form.is_good() {
        return again(&app, chrome, &staff, (id, form)).await;
    }
    let grounds = Grounds {
        request_key: key.to_string(),
        until_on: last.and_then(|day| day.succ_opt()),
        reason: form.value("reason").to_owned(),
        signer: form.value("signer").to_owned(),
        documents,
    };
    let change = move |tx: &mut Tx<'_>| working::renew(tx, id, &grounds);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(new) => see_other_saying(address(new), Tone::Good, t.hold_was_renewed()),
        Err(error) => {
            refuse(t, &mut form, error)?;
            again(&app, chrome, &staff, (id, form)).await
        }
    }
}

/// POST /office/holds/{id}/lift
pub async fn lift(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let (t, id): (Words, HoldId) = (chrome.t, number(&path)?);
    let words = form.value("why").to_owned();
    let change = move |tx: &mut Tx<'_>| working::lift(tx, id, &words);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(address(id), Tone::Good, t.hold_was_lifted()),
        Err(HoldError::WordsMissing) => {
            form.refuse("why", t.hold_words_missing());
            again(&app, chrome, &staff, (id, form)).await
        }
        Err(HoldError::WordsTooLong(most)) => {
            form.refuse("why", t.hold_words_long(most));
            again(&app, chrome, &staff, (id, form)).await
        }
        Err(HoldError::HasEnded) => see_other_saying(address(id), Tone::Bad, t.hold_has_ended()),
        Err(error) => {
            refuse(t, &mut form, error)?;
            again(&app, chrome, &staff, (id, form)).await
        }
    }
}

/// POST /office/holds/{id}/owner — take the work of its end, give it to somebody, or give it back.
pub async fn own(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    form: Form,
) -> PageResult {
    let (t, id): (Words, HoldId) = (chrome.t, number(&path)?);
    let owner = match form.value("owner") {
        "me" => Some(staff.id),
        "nobody" | "" => None,
        other => Some(number(other)?),
    };
    let change = move |tx: &mut Tx<'_>| working::own(tx, id, owner);
    let (tone, words) = match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => (Tone::Good, t.hold_assigned()),
        Err(HoldError::NotAnOwner(_)) => (Tone::Bad, t.hold_not_owner()),
        Err(HoldError::HasEnded) => (Tone::Bad, t.hold_has_ended()),
        Err(HoldError::NotYet(from)) => {
            return see_other_saying(address(id), Tone::Bad, t.hold_not_yet(from));
        }
        Err(HoldError::Fault(fault)) => return Err(fault.into()),
        Err(other) => return Err(PageError::fault(other)),
    };
    see_other_saying(address(id), tone, words)
}

/// POST /office/holds/{id}/answer — what follows may follow.
pub async fn answer(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let (t, id): (Words, HoldId) = (chrome.t, number(&path)?);
    let words = form.value("answer").to_owned();
    let change = move |tx: &mut Tx<'_>| working::answer(tx, id, &words);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(address(id), Tone::Good, t.hold_was_answered()),
        Err(HoldError::HasEnded) => see_other_saying(address(id), Tone::Bad, t.hold_has_ended()),
        Err(HoldError::NotYet(from)) => {
            see_other_saying(address(id), Tone::Bad, t.hold_not_yet(from))
        }
        Err(HoldError::WordsMissing) => {
            form.refuse("answer", t.hold_words_missing());
            again(&app, chrome, &staff, (id, form)).await
        }
        Err(HoldError::WordsTooLong(most)) => {
            form.refuse("answer", t.hold_words_long(most));
            again(&app, chrome, &staff, (id, form)).await
        }
        Err(HoldError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(PageError::fault(other)),
    }
}

/// POST /office/holds/{id}/documents
pub async fn add(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    sent: Multipart,
) -> PageResult {
    let (t, id): (Words, HoldId) = (chrome.t, number(&path)?);
    let (mut form, files) = files::read(sent).await?;
    let documents = documents(t, &mut form, (files, LATER));
    if form.is_good() && documents.is_empty() {
        form.refuse(LATER, t.hold_refused_document());
    }
    if !form.is_good() {
        return again(&app, chrome, &staff, (id, form)).await;
    }
    let change = move |tx: &mut Tx<'_>| working::add_documents(tx, id, &documents);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(address(id), Tone::Good, t.hold_documents_kept()),
        Err(HoldError::Refused(all)) if all.iter().any(is_of_job) => {
            Err(PageError::Forbidden(Permission::PlaceHold.as_str()))
        }
        Err(HoldError::TooManyDocuments(most)) => {
            form.refuse(LATER, t.hold_too_many_documents(most));
            again(&app, chrome, &staff, (id, form)).await
        }
        Err(error) => {
            refuse(t, &mut form, error)?;
            again(&app, chrome, &staff, (id, form)).await
        }
    }
}

const fn is_of_job(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::NotYourRole(_))
}

/// GET /office/holds/{id}/documents/{document} — as a file to keep.
pub async fn document(app: Data<App>, path: Path<(String, String)>) -> PageResult {
    let (hold, document) = path.into_inner();
    let (hold, document): (HoldId, HoldDocumentId) = (number(&hold)?, number(&document)?);
    let read = move |conn: &mut Conn| papers::get(conn, hold, document);
    let (row, bytes) = app.db.read(read).await?;
    let name = format!("hold-{}-{}", row.hold_id, row.id);
    Ok(handed_in::answer(&name, row.media_type, bytes))
}
