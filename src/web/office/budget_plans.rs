//! The level payment plan of an account for the office: how it stands with both amounts and every move, what joining would mean with the words
//! to read to the customer, and its end with the reason.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::budget_billing::{BudgetPlanState, BudgetVariant};
use crate::domain::customers::Language;
use crate::domain::money::Money;
use crate::domain::staff::{Permission, Role};
use crate::i18n::{Words, words};
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::usecases::budget_plans::{
    BudgetDesk, BudgetError, NewBudgetPlan, end_by_office, join, open_desk,
};
use crate::web::budget_view::{self, Choice, Preview};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::level_plans;
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// The routes of level payment plans.
pub fn doors() -> Doors {
    let (make, cancel) = (Permission::MakeArrangement, Permission::CancelArrangement);
    Doors::at("/office")
        .get(
            "/level-plans",
            Permission::ViewReceivables,
            level_plans::index,
        )
        .with(of_an_account(make, cancel))
}

fn of_an_account(make: Permission, cancel: Permission) -> Doors {
    Doors::at("/office/accounts/{number}/level-plan")
        .get("", Permission::ViewAccount, show)
        .post("", make, create)
        .post("/end", cancel, end)
}

#[derive(Template)]
#[template(path = "office/budget_plans/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    subject: Subject,
    form: Form,
    role: Role,
    language: Language,
    why: Vec<String>,
    desk: BudgetDesk,
    preview: Option<Preview>,
}

impl Show {
    fn of(
        chrome: Chrome,
        (role, loaded): (Role, Loaded),
        mut form: Form,
    ) -> Result<Self, PageError> {
        let t = chrome.t;
        let Loaded {
            subject,
            desk,
            language,
        } = loaded;
        let why = desk.refusals().map_err(PageError::fault)?;
        let choice = Choice::of(&form).filter(|_| why.is_empty());
        let preview = match choice {
            Some(choice) => {
                let of = (choice, &subject.label.number);
                Preview::of(words(language), &desk, of).map_err(PageError::fault)?
            }
            None => None,
        };
        if !form.has("variant")
            && let Some((first, ..)) = budget_view::variants(t, &desk).first()
        {
            form = form.with("variant", first);
        }
        Ok(Self {
            t,
            chrome,
            why: budget_view::reasons(t, &why),
            subject,
            form,
            role,
            language,
            desk,
            preview,
        })
    }

    fn is_open(&self) -> bool {
        let plan = self.desk.plan.as_ref();
        plan.is_some_and(|plan| plan.row.state == BudgetPlanState::Open)
    }

    fn may_join(&self) -> bool {
        self.role.may(Permission::MakeArrangement)
    }

    fn may_end(&self) -> bool {
        self.is_open() && self.role.may(Permission::CancelArrangement)
    }

    fn variants(&self) -> Vec<(&'static str, String)> {
        let all = budget_view::variants(self.t, &self.desk);
        let named = |(variant, name, _): (BudgetVariant, String, String)| (variant.as_str(), name);
        all.into_iter().map(named).collect()
    }

    fn settles(&self) -> Vec<(&'static str, String)> {
        budget_view::settles(self.t)
    }
}

/// The account, what it may be offered, and the language of its customer.
struct Loaded {
    subject: Subject,
    desk: BudgetDesk,
    language: Language,
}

/// GET /office/accounts/{number}/level-plan — how it stands, or what joining would mean.
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    request: HttpRequest,
) -> PageResult {
    let form = Form::of_query(request.query_string());
    let loaded = load(&app, &path).await?;
    page(&Show::of(chrome, (staff.role, loaded), form)?)
}

/// POST /office/accounts/{number}/level-plan — join, for a customer who agrees.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let choice = Choice::of(&form).ok_or(PageError::Unreadable)?;
    let seen: Money = form
        .value("seen")
        .parse()
        .map_err(|_strange| PageError::Unreadable)?;
    let loaded = load(&app, &path).await?;
    if !form.has("agree") {
        form.refuse("agree", t.budget_plan_must_agree());
        return again(chrome, (staff.role, loaded), form);
    }
    let of = (choice, &loaded.subject.label.number);
    let said = Preview::of(words(loaded.language), &loaded.desk, of).map_err(PageError::fault)?;
    let new = NewBudgetPlan {
        account: loaded.subject.label.id,
        variant: choice.variant,
        settle: choice.settle,
        seen,
        agreement: said.map(|said| said.agreement).unwrap_or_default(),
        language: loaded.language,
    };
    let change = move |tx: &mut Tx<'_>| join(tx, &new);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let words = t.office_budget_plan_made();
            see_other_saying(address(&loaded.subject), Tone::Good, words)
        }
        // What the page shows says why.
        Err(BudgetError::Refused(_) | BudgetError::NoSuchVariant) => {
            again(chrome, (staff.role, loaded), form)
        }
        Err(BudgetError::Changed) => {
            form.refuse("amounts", t.budget_plan_changed());
            again(chrome, (staff.role, loaded), form)
        }
        Err(BudgetError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(PageError::fault(other)),
    }
}

/// POST /office/accounts/{number}/level-plan/end — end it, with the reason.
pub async fn end(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let loaded = load(&app, &path).await?;
    let (id, words) = (loaded.subject.label.id, form.value("reason").to_owned());
    let change = move |tx: &mut Tx<'_>| end_by_office(tx, id, &words);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let words = t.office_budget_plan_ended();
            return see_other_saying(address(&loaded.subject), Tone::Good, words);
        }
        Err(BudgetError::Ended) => {
            let words = t.office_budget_plan_none();
            return see_other_saying(address(&loaded.subject), Tone::Bad, words);
        }
        Err(BudgetError::WordsMissing) => {
            form.refuse("reason", t.office_budget_plan_words_missing());
        }
        Err(BudgetError::WordsTooLong(most)) => {
            form.refuse("reason", t.office_budget_plan_words_long(most));
        }
        Err(BudgetError::Fault(fault)) => return Err(fault.into()),
        Err(other) => return Err(PageError::fault(other)),
    }
    again(chrome, (staff.role, loaded), form)
}

fn again(chrome: Chrome, loaded: (Role, Loaded), form: Form) -> PageResult {
    page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &Show::of(chrome, loaded, form)?,
    )
}

fn address(subject: &Subject) -> String {
    format!("{}/level-plan", subject.address())
}

async fn load(app: &App, number: &str) -> Result<Loaded, PageError> {
    let subject = subject::find(app, number).await?;
    let (account, today) = (subject.label.id, app.clock.today());
    let read = move |conn: &mut Conn| {
        let desk = open_desk(conn, account, today)?;
        let language = store::accounts::get(conn, account)?.language;
        Ok((desk, language))
    };
    let (desk, language) = app.db.read(read).await.map_err(|error| match error {
        BudgetError::Fault(fault) => PageError::from(fault),
        other => PageError::fault(other),
    })?;
    Ok(Loaded {
        subject,
        desk,
        language,
    })
}
