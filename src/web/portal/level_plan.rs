//! The level payment plan at the customer's door: how it stands with both amounts, what joining it would mean with the words to agree to, and
//! leaving it.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::budget_billing::BudgetVariant;
use crate::domain::fees::due_after;
use crate::domain::ids::AccountNumber;
use crate::domain::money::Money;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::owed;
use crate::usecases::budget_plans::{
    BudgetDesk, BudgetError, NewBudgetPlan, Standing, join, leave, open_desk,
};
use crate::web::budget_view::{self, Choice, Preview};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with};

/// One account with what it may be offered and its plan.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    owed: Money,
    desk: BudgetDesk,
}

#[derive(Template)]
#[template(path = "portal/level_plan/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    account: Account,
    form: Form,
    owed: Money,
    why: Vec<String>,
    desk: BudgetDesk,
    /// What leaving today would make due, and when.
    leaving: Option<NaiveDate>,
    preview: Option<Preview>,
}

impl Show {
    fn of(chrome: Chrome, loaded: Loaded, (mut form, today): (Form, NaiveDate)) -> PageShow {
        let t = chrome.t;
        let Loaded {
            account,
            all,
            owed,
            desk,
        } = loaded;
        let why = desk.refusals().map_err(PageError::fault)?;
        let choice = Choice::of(&form).filter(|_| why.is_empty());
        let preview = match choice {
            Some(choice) => {
                Preview::of(t, &desk, (choice, &account.number)).map_err(PageError::fault)?
            }
            None => None,
        };
        if !form.has("variant")
            && let Some((first, ..)) = budget_view::variants(t, &desk).first()
        {
            form = form.with("variant", first);
        }
        let days = desk.terms.as_ref().map(|terms| terms.due_days);
        Ok(Self {
            t,
            chrome: chrome.about(&account, &all),
            why: budget_view::reasons(t, &why),
            leaving: days.map(|days| due_after(today, days)),
            account,
            form,
            owed,
            desk,
            preview,
        })
    }

    fn open(&self) -> Option<&Standing> {
        self.desk.open()
    }

    fn variants(&self) -> Vec<(BudgetVariant, String, String)> {
        budget_view::variants(self.t, &self.desk)
    }

    fn settles(&self) -> Vec<(&'static str, String)> {
        budget_view::settles(self.t)
    }
}

type PageShow = Result<Show, PageError>;

/// GET /level-plan — how it stands, or what joining would mean.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    request: HttpRequest,
) -> PageResult {
    let form = Form::of_query(request.query_string());
    let number = form.value("account").parse().ok();
    let loaded = load(&app, &customer, number).await?;
    page(&Show::of(chrome, loaded, (form, app.clock.today()))?)
}

/// POST /level-plan — join.
pub async fn create(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    mut form: Form,
) -> PageResult {
    let (t, today) = (chrome.t, app.clock.today());
    let choice = Choice::of(&form).ok_or(PageError::Unreadable)?;
    let seen: Money = form
        .value("seen")
        .parse()
        .map_err(|_strange| PageError::Unreadable)?;
    let loaded = load(&app, &customer, Some(form.account()?)).await?;
    if !form.has("agree") {
        form.refuse("agree", t.budget_plan_must_agree());
        let view = Show::of(chrome, loaded, (form, today))?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let words = Preview::of(t, &loaded.desk, (choice, &loaded.account.number));
    let words = words.map_err(PageError::fault)?;
    let new = NewBudgetPlan {
        account: loaded.account.id,
        variant: choice.variant,
        settle: choice.settle,
        seen,
        agreement: words.map(|words| words.agreement).unwrap_or_default(),
        language: t.language,
    };
    let change = move |tx: &mut Tx<'_>| join(tx, &new);
    match app.db.write(customer.stamp(&app), change).await {
        Ok(()) => see_other_saying(home(&loaded.account), Tone::Good, t.budget_plan_joined()),
        // What the page shows says why.
        Err(BudgetError::Refused(_) | BudgetError::NoSuchVariant) => {
            let view = Show::of(chrome, loaded, (form, today))?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(BudgetError::Changed) => {
            form.refuse("amounts", t.budget_plan_changed());
            let view = Show::of(chrome, loaded, (form, today))?;
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(BudgetError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(PageError::fault(other)),
    }
}

/// POST /level-plan/end — leave.
pub async fn end(app: Data<App>, customer: SignedIn, chrome: Chrome, form: Form) -> PageResult {
    let loaded = load(&app, &customer, Some(form.account()?)).await?;
    let id = loaded.account.id;
    let change = move |tx: &mut Tx<'_>| leave(tx, id);
    match app.db.write(customer.stamp(&app), change).await {
        Ok(()) => {
            let words = chrome.t.budget_plan_left();
            see_other_saying(home(&loaded.account), Tone::Good, words)
        }
        Err(BudgetError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(PageError::fault(other)),
    }
}

fn home(account: &Account) -> String {
    format!("/level-plan{}", account.suffix())
}

async fn load(
    app: &App,
    customer: &SignedIn,
    wanted: Option<AccountNumber>,
) -> Result<Loaded, PageError> {
    let (scope, today) = (customer.scope.clone(), app.clock.today());
    let read = move |conn: &mut Conn| {
        let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
        let owed = owed::find(conn, &scope, account.id)?.balance;
        let desk = open_desk(conn, account.id, today).map_err(|error| match error {
            BudgetError::Fault(fault) => PageError::from(fault),
            other => PageError::fault(other),
        })?;
        Ok::<_, PageError>(Loaded {
            account,
            all,
            owed,
            desk,
        })
    };
    app.db.read(read).await
}
