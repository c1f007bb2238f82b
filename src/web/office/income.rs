//! Low income of a household at the office: what was certified and why, the form that certifies it, and its end before its time.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{Days, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::ids::IncomeCertificationId;
use crate::domain::income::{IncomeProof, LONGEST_DAYS, WrongDays};
use crate::domain::staff::{Permission, Role};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::income::{self, IncomeRow};
use crate::usecases::income::{IncomeError, NewCertification, certify, end};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// What was certified of an account, and certifying.
pub fn doors() -> Doors {
    let (see, place) = (Permission::ViewAccount, Permission::PlaceHold);
    Doors::at("/office/accounts/{number}/income")
        .get("", see, show)
        .post("", place, create)
        .post("/{id}/end", place, destroy)
}

#[derive(Template)]
#[template(path = "office/income/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    today: NaiveDate,
    role: Role,
    subject: Subject,
    rows: Vec<IncomeRow>,
    form: Form,
}

impl Show {
    fn proofs(&self) -> Vec<(&'static str, String)> {
        let named = |proof: &IncomeProof| (proof.as_str(), self.t.income_proof(proof.as_str()));
        IncomeProof::ALL.iter().map(named).collect()
    }

    fn counts(&self, row: &IncomeRow) -> bool {
        row.counts_on(self.today)
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office/accounts/{number}/income
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let today = app.clock.today();
    let form = Form::default()
        .with("from", today)
        .with("last", today + Days::new(LONGEST_DAYS - 1))
        .with("key", uuid::Uuid::new_v4());
    page(&view((&app, chrome), &staff, (&path, form)).await?)
}

/// POST /office/accounts/{number}/income — certify it.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let subject = subject::find(&app, &path).await?;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let proof = form.parse::<IncomeProof>("proof", t.form_choose());
    let from = form.day("from", t.form_not_a_date());
    let last = form.day("last", t.form_not_a_date());
    if let (Some(proof), Some(from_on), Some(last_on)) = (proof, from, last) {
        let new = NewCertification {
            request_key: key.to_string(),
            account: subject.label.id,
            proof,
            from_on,
            last_on,
            words: form.value("words").to_owned(),
        };
        let change = move |tx: &mut Tx<'_>| certify(tx, &new);
        match app.db.write(staff.stamp(&app), change).await {
            Ok(()) => {
                let at = format!("{}/income", subject.address());
                return see_other_saying(at, Tone::Good, t.income_done());
            }
            Err(IncomeError::Fault(fault)) => return Err(fault.into()),
            Err(refusal) => refuse(t, &mut form, "words", &refusal),
        }
    }
    again((&app, chrome), &staff, (&path, form)).await
}

/// POST /office/accounts/{number}/income/{id}/end
pub async fn destroy(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, String)>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let (number, id) = path.into_inner();
    let subject = subject::find(&app, &number).await?;
    let id: IncomeCertificationId = id.parse().map_err(|_strange| PageError::NotFound)?;
    let (account, words) = (subject.label.id, form.value("end_words").to_owned());
    let change = move |tx: &mut Tx<'_>| end(tx, (account, id), &words);
    let at = format!("{}/income", subject.address());
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(at, Tone::Good, t.income_end_done()),
        Err(IncomeError::Ended) => see_other_saying(at, Tone::Bad, t.income_has_ended()),
        Err(IncomeError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            refuse(t, &mut form, "end_words", &refusal);
            let today = app.clock.today();
            let form = form
                .with("from", today)
                .with("last", today + Days::new(LONGEST_DAYS - 1))
                .with("key", uuid::Uuid::new_v4());
            again((&app, chrome), &staff, (&number, form)).await
        }
    }
}

/// Notes on the form why it was refused, at the field of its words or of its days.
fn refuse(t: Words, form: &mut Form, words: &'static str, refusal: &IncomeError) {
    match refusal {
        IncomeError::NotAHousehold => form.refuse("proof", t.income_not_a_household()),
        IncomeError::Days(WrongDays::Begins(first, last)) => {
            form.refuse("from", t.income_wrong_days(*first, *last));
        }
        IncomeError::Days(WrongDays::Lasts(first, last)) => {
            form.refuse("last", t.income_wrong_days(*first, *last));
        }
        IncomeError::WordsTooLong(most) => form.refuse(words, t.hold_words_long(*most)),
        IncomeError::WordsMissing | IncomeError::Ended | IncomeError::Fault(_) => {
            form.refuse(words, t.hold_words_missing());
        }
    }
}

async fn again(
    (app, chrome): (&App, Chrome),
    staff: &StaffMember,
    what: (&str, Form),
) -> PageResult {
    let view = view((app, chrome), staff, what).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

async fn view(
    (app, chrome): (&App, Chrome),
    staff: &StaffMember,
    (number, form): (&str, Form),
) -> Result<Show, PageError> {
    let subject = subject::find(app, number).await?;
    let account = subject.label.id;
    let rows = app
        .db
        .read(move |conn: &mut Conn| income::list(conn, account))
        .await?;
    Ok(Show {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        today: app.clock.today(),
        role: staff.role,
        subject,
        rows,
        form,
    })
}
