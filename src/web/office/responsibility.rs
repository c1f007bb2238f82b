//! Who answers for an account: as a rule an account ends with whoever had it, and the page leads there; who takes it on as it is says so, and how
//! is written down.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::accounts::AccountRole;
use crate::domain::customers::{CustomerKind, Language};
use crate::domain::ids::{CustomerId, PremiseId};
use crate::domain::money::Money;
use crate::domain::responsibility::{Consent, TakeoverReason};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::name_changes::{self, TakeoverRow};
use crate::store::parts::{self, PartRow};
use crate::store::premises;
use crate::usecases::accounts::people::Whom;
use crate::usecases::accounts::responsibility::{
    LONGEST_WORDS, Obstacle, Takeover, TakeoverError, obstacles, take_over,
};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::people::{languages, read_person, refuse};
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// Who answers for an account, and who takes it on.
pub fn doors() -> Doors {
    let service = Permission::ManageService;
    Doors::at("/office/accounts/{number}/responsible-person")
        .get("", service, show)
        .post("", service, create)
}

#[derive(Template)]
#[template(path = "office/people/responsible.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    subject: Subject,
    parts: Vec<PartRow>,
    in_the_way: Vec<Obstacle>,
    takeovers: Vec<TakeoverRow>,
    places: Vec<(PremiseId, String)>,
    today: NaiveDate,
}

impl Show {
    fn present(&self) -> impl Iterator<Item = &PartRow> {
        let today = self.today;
        self.parts
            .iter()
            .filter(move |part| part.until_on.is_none_or(|until| until > today))
    }

    fn main(&self) -> Option<&PartRow> {
        self.present().find(|part| part.role == AccountRole::Main)
    }

    /// Who may take it on: whoever has a part on the account, and somebody new.
    fn people(&self) -> Vec<(String, String)> {
        let new = (String::new(), self.t.responsible_somebody_new().to_owned());
        let others = self.present().filter(|part| part.role != AccountRole::Main);
        let named = others.map(|part| {
            let role = self.t.account_role(part.role.as_str());
            let name = &part.customer.name;
            (part.customer.id.to_string(), format!("{name} ({role})"))
        });
        std::iter::once(new).chain(named).collect()
    }

    fn kinds(&self) -> Vec<(CustomerKind, String)> {
        let words = |kind: &CustomerKind| (*kind, self.t.people_kind(kind.as_str()));
        CustomerKind::ALL.iter().map(words).collect()
    }

    fn languages(&self) -> Vec<(Language, String)> {
        languages(self.t)
    }

    fn reasons(&self) -> Vec<(TakeoverReason, String)> {
        let words = |one: &TakeoverReason| (*one, self.t.responsible_reason(one.as_str()));
        TakeoverReason::ALL.iter().map(words).collect()
    }

    fn consents(&self) -> Vec<(Consent, String)> {
        let words = |one: &Consent| (*one, self.t.responsible_consent(one.as_str()));
        Consent::ALL.iter().map(words).collect()
    }

    /// What is owed and has to be taken on.
    fn owes(&self) -> Option<Money> {
        self.in_the_way.iter().find_map(|one| match one {
            Obstacle::Owes(amount) => Some(*amount),
            Obstacle::NotActive
            | Obstacle::Credit(_)
            | Obstacle::OnItsWay(_)
            | Obstacle::Dispute
            | Obstacle::Deposit
            | Obstacle::Arrangement
            | Obstacle::LevelPlan
            | Obstacle::Bankruptcy => None,
        })
    }

    /// What has to be out of the way first, in words.
    fn first(&self) -> Vec<String> {
        let others = self.in_the_way.iter();
        let others = others.filter(|one| !matches!(one, Obstacle::Owes(_)));
        others.map(|one| said(self.t, *one)).collect()
    }
}

/// What is in the way, in words.
fn said(t: Words, one: Obstacle) -> String {
    match one {
        Obstacle::NotActive => t.responsible_not_active().to_owned(),
        Obstacle::Owes(amount) => t.responsible_owes(amount),
        Obstacle::Credit(amount) => t.responsible_credit(amount),
        Obstacle::OnItsWay(amount) => t.responsible_on_its_way(amount),
        Obstacle::Dispute => t.responsible_dispute().to_owned(),
        Obstacle::Deposit => t.responsible_deposit().to_owned(),
        Obstacle::Arrangement => t.responsible_arrangement().to_owned(),
        Obstacle::LevelPlan => t.responsible_level_plan().to_owned(),
        Obstacle::Bankruptcy => t.responsible_bankruptcy().to_owned(),
    }
}

/// GET /office/accounts/{number}/responsible-person
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    let form = Form::default()
        .with("from_on", app.clock.today())
        .with("key", uuid::Uuid::new_v4());
    view(&app, chrome, &path, (form, StatusCode::OK)).await
}

async fn view(
    app: &App,
    chrome: Chrome,
    number: &str,
    (form, status): (Form, StatusCode),
) -> PageResult {
    let subject = subject::find(app, number).await?;
    let (account, today) = (subject.label.id, app.clock.today());
    let look = move |conn: &mut Conn| {
        let places = premises::list_served(conn, account)?;
        Ok::<_, StoreError>((
            parts::list(conn, account, today)?,
            obstacles(conn, account, today)?,
            name_changes::list_takeovers(conn, account)?,
            premises::list_lines(conn, &places)?,
        ))
    };
    let (parts, in_the_way, takeovers, places) = app.db.read(look).await?;
    let view = Show {
        t: chrome.t,
        chrome,
        form,
        subject,
        parts,
        in_the_way,
        takeovers,
        places,
        today,
    };
    page_with(status, &view)
}

/// Who takes it on, as the form says.
fn read_whom(form: &mut Form, t: Words) -> Option<Whom> {
    if let Some(known) = form.parse_if_any::<CustomerId>("person", t.form_choose()) {
        return Some(Whom::Known(known));
    }
    let kind = form.parse::<CustomerKind>("kind", t.form_choose());
    let person = read_person(form, t);
    Some(Whom::New(kind?, person?))
}

/// POST /office/accounts/{number}/responsible-person
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let (t, bad) = (chrome.t, StatusCode::UNPROCESSABLE_ENTITY);
    let subject = subject::find(&app, &path).await?;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let whom = read_whom(&mut form, t);
    let from_on = form.day("from_on", t.form_not_a_date());
    let reason = form.parse::<TakeoverReason>("reason", t.form_choose());
    let consent = form.parse::<Consent>("consent", t.form_choose());
    let (Some(whom), Some(from_on), Some(reason), Some(consent)) = (whom, from_on, reason, consent)
    else {
        return view(&app, chrome, &path, (form, bad)).await;
    };
    if let Whom::Known(id) = whom
        && !is_on_account(&app, &subject, id).await?
    {
        form.refuse("person", t.form_choose());
        return view(&app, chrome, &path, (form, bad)).await;
    }
    let new = Takeover {
        request_key: key.to_string(),
        account: subject.label.id,
        whom,
        from_on,
        reason,
        consent,
        words: form.value("words").to_owned(),
        assumes: form.has("assumes"),
    };
    let now = app.clock.world_now();
    let change = move |tx: &mut Tx<'_>| take_over(tx, &new, now);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let address = format!("{}/people", subject.address());
            return see_other_saying(address, Tone::Good, t.responsible_done());
        }
        Err(TakeoverError::Fault(fault)) => return Err(fault.into()),
        Err(TakeoverError::Person(refused)) => refuse(&mut form, t, refused)?,
        Err(TakeoverError::WordsMissing) => form.refuse("words", t.hold_words_missing()),
        Err(TakeoverError::WordsTooLong) => {
            form.refuse("words", t.hold_words_long(LONGEST_WORDS));
        }
        Err(TakeoverError::InTheWay(one)) => form.refuse("person", said(t, one)),
    }
    view(&app, chrome, &path, (form, bad)).await
}

/// Whether somebody has a part on the account: nobody else is chosen by a number.
async fn is_on_account(app: &App, subject: &Subject, id: CustomerId) -> Result<bool, PageError> {
    let (account, today) = (subject.label.id, app.clock.today());
    let look = move |conn: &mut Conn| parts::list(conn, account, today);
    let parts = app.db.read(look).await?;
    Ok(parts.iter().any(|part| part.customer.id == id))
}
