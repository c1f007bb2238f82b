//! More time to pay: what the policy allows today with every day and amount, one look with the words to agree to, and the agreement as it
//! stands. Nothing is paid here, and nothing is taken back here: the office ends an agreement.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::arrangements::{
    ArrangementChannel, ArrangementState, Asked as AskedFor, Choice, Installment, InstallmentState,
    Lengths, Past, Paydays, Plan, Progress, Refusal,
};
use crate::domain::ids::{AccountNumber, ArrangementNumber};
use crate::domain::money::Money;
use crate::domain::payments::amount_to_pay;
use crate::i18n::Words;
use crate::store;
use crate::store::arrangements::{self, ArrangementRow, Standing};
use crate::store::db::{Conn, Tx};
use crate::store::portal::accounts::{self, Account};
use crate::store::portal::owed;
use crate::usecases::arrangements::{ArrangementError, Desk, NewArrangement, make, open_desk};
use crate::web::arrangement_view::{self, agreement, asked_paydays, choice, reasons};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// Which account, and what would be paid first.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
    #[serde(default)]
    down: String,
    #[serde(default)]
    every: String,
    #[serde(default)]
    payday: String,
}

/// One account and what it may be offered.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    pending: Money,
    has_autopay: bool,
    desk: Desk,
}

/// Either something to choose, or the reasons why there is nothing.
enum Offered<T> {
    Yes(T),
    No(Vec<String>),
}

#[derive(Template)]
#[template(path = "portal/more_time/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    account: Account,
    form: Form,
    pending: Money,
    owed: Money,
    open: Option<Past>,
    past: Vec<Past>,
    extensions: Offered<Vec<(u32, Plan)>>,
    monthly: Offered<Lengths>,
    /// By which paydays installments fall due, where it is not by the days of the bills.
    paydays: Option<Paydays>,
    /// The last day on which low income is certified, where these are its terms.
    low_income: Option<NaiveDate>,
}

impl Index {
    fn of(chrome: Chrome, loaded: Loaded, mut form: Form) -> Self {
        let t = chrome.t;
        let down = form.parse_if_any::<Money>("down", t.form_not_money());
        let paydays = asked_paydays(t, &mut form, loaded.desk.facts.today);
        let offers = loaded.desk.offers(down, paydays);
        if let (Some(down), Ok(lengths)) = (down, &offers.arrangements) {
            if down < lengths.least_down {
                form.refuse("down", t.arrangement_refused_down_small(lengths.least_down));
            }
            if down > lengths.most_down {
                form.refuse("down", t.arrangement_refused_down_large(lengths.most_down));
            }
        }
        if let (false, Ok(lengths)) = (form.has("down"), &offers.arrangements) {
            form = form.with("down", lengths.down.dollars());
        }
        let no = |refusals: Vec<Refusal>| reasons(t, &refusals);
        let history = loaded.desk.facts.history;
        let is_open = |past: &Past| past.state == ArrangementState::Open;
        let (open, past): (Vec<Past>, Vec<Past>) = history.into_iter().partition(is_open);
        let debts = loaded.desk.facts.debts.iter();
        Self {
            t,
            chrome: chrome.about(&loaded.account, &loaded.all),
            owed: debts.map(|debt| debt.amount).sum(),
            pending: loaded.pending,
            low_income: loaded.desk.low_income,
            open: open.into_iter().next(),
            past,
            extensions: offers
                .extensions
                .map_or_else(|why| Offered::No(no(why)), Offered::Yes),
            monthly: offers
                .arrangements
                .map_or_else(|why| Offered::No(no(why)), Offered::Yes),
            account: loaded.account,
            paydays,
            form,
        }
    }

    fn rhythms(&self) -> Vec<(&'static str, String)> {
        arrangement_view::rhythms(self.t)
    }

    fn count(&self, of: &u32) -> String {
        arrangement_view::count(self.t, *of, self.paydays)
    }

    fn query(&self) -> String {
        arrangement_view::paydays_query(self.paydays)
    }

    /// The last installment of a plan.
    fn last<'a>(&self, plan: &'a Plan) -> Option<&'a Installment> {
        plan.installments.last()
    }
}

#[derive(Template)]
#[template(path = "portal/more_time/check.html")]
struct Check {
    t: Words,
    chrome: Chrome,
    account: Account,
    form: Form,
    plan: Plan,
    agreement: String,
    has_autopay: bool,
}

impl Check {
    /// The choices again, with what would be paid first and by which paydays.
    fn change(&self) -> String {
        let mut address = format!("/more-time?account={}", self.account.number.as_str());
        if let Some(Choice::Arrangement { down, paydays, .. }) = choice(&self.form) {
            address += &down.map_or_else(String::new, |down| format!("&down={}", down.dollars()));
            address += &arrangement_view::paydays_query(paydays);
        }
        address
    }
}

/// GET /more-time — what is possible today.
pub async fn index(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let Asked {
        account,
        down,
        every,
        payday,
    } = asked.into_inner();
    let loaded = load(&app, &customer, account).await?;
    let form = Form::default()
        .with("down", down)
        .with("every", every)
        .with("payday", payday);
    let view = Index::of(chrome, loaded, form);
    if view.form.is_good() {
        page(&view)
    } else {
        page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
    }
}

/// GET /more-time/check — the days, the amounts and the words, before anything counts.
pub async fn check(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    request: HttpRequest,
) -> PageResult {
    let form = Form::of_query(request.query_string());
    if !form.has("kind") {
        let suffix = form.account().map_or_else(
            |_none| chrome.suffix(),
            |number| format!("?account={}", number.as_str()),
        );
        return see_other(format!("/more-time{suffix}"));
    }
    let number = form.account()?;
    let loaded = load(&app, &customer, Some(number)).await?;
    let Some(choice) = choice(&form) else {
        return refused(chrome, loaded, (form, &[Refusal::NoSuchLength]));
    };
    match loaded.desk.plan(choice) {
        Ok(plan) => {
            let form = form.with("key", uuid::Uuid::new_v4());
            page(&view(chrome, loaded, (form, plan)))
        }
        Err(why) => refused(chrome, loaded, (form, &why)),
    }
}

/// POST /more-time — agree.
pub async fn create(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let choice = choice(&form).ok_or(PageError::Unreadable)?;
    let loaded = load(&app, &customer, Some(form.account()?)).await?;
    let plan = match loaded.desk.plan(choice) {
        Ok(plan) => plan,
        Err(why) => return sent_before_or(&app, chrome, loaded, (form, why)).await,
    };
    if plan.mark() != form.value("seen") {
        return changed(chrome, loaded, (form, plan));
    }
    if !form.has("agree") {
        form.refuse("agree", t.more_time_must_agree());
        let view = view(chrome, loaded, (form, plan));
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let new = NewArrangement {
        request_key: key.to_string(),
        account: loaded.account.id,
        choice,
        seen: form.value("seen").to_owned(),
        channel: ArrangementChannel::Portal,
        agreement: agreement(t, &plan, &loaded.account.number),
        language: t.language,
    };
    let change = move |tx: &mut Tx<'_>| make(tx, &new);
    match app.db.write(customer.stamp(&app), change).await {
        Ok(number) => see_other_saying(address(&number), Tone::Good, t.more_time_done()),
        Err(ArrangementError::Refused(why)) => refused(chrome, loaded, (form, &why)),
        Err(ArrangementError::Changed) => changed(chrome, loaded, (form, plan)),
        Err(ArrangementError::Fault(fault)) => Err(fault.into()),
        Err(fault) => Err(PageError::fault(fault)),
    }
}

/// A form sent again leads to what it made the first time; else the reasons are shown.
async fn sent_before_or(
    app: &App,
    chrome: Chrome,
    loaded: Loaded,
    (form, why): (Form, Vec<Refusal>),
) -> PageResult {
    let (key, account) = (form.value("key").to_owned(), loaded.account.id);
    let find = move |conn: &mut Conn| arrangements::find_by_key(conn, &key);
    let earlier: Option<ArrangementRow> = app.db.read(find).await?;
    match earlier.filter(|row| row.account_id == account) {
        Some(row) => see_other(address(&row.number)),
        None => refused(chrome, loaded, (form, &why)),
    }
}

/// The choices again, with the reasons why the one that was made is not possible.
fn refused(chrome: Chrome, loaded: Loaded, (form, why): (Form, &[Refusal])) -> PageResult {
    let t = chrome.t;
    let asked = ["down", "every", "payday"].into_iter();
    let asked = asked.fold(Form::default(), |asked, name| {
        asked.with(name, form.value(name))
    });
    let mut view = Index::of(chrome, loaded, asked);
    let is_strange = ["down", "every", "payday"]
        .iter()
        .any(|name| view.form.problem(name).is_some());
    // What is wrong with the first payment or the payday stands at its own field; a word that is no amount says nothing of the length.
    let is_of_field = |why: &&Refusal| {
        matches!(
            why,
            Refusal::DownTooSmall(_) | Refusal::DownTooLarge(_) | Refusal::NotAPayday(..)
        ) || (is_strange && **why == Refusal::NoSuchLength)
    };
    for why in why.iter().filter(|why| !is_of_field(why)) {
        view.form
            .refuse("choices", arrangement_view::reason(t, why));
    }
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// The look again, with the days and amounts as they are now.
fn changed(chrome: Chrome, loaded: Loaded, (mut form, plan): (Form, Plan)) -> PageResult {
    form.refuse("payments", chrome.t.more_time_changed());
    page_with(StatusCode::CONFLICT, &view(chrome, loaded, (form, plan)))
}

fn view(chrome: Chrome, loaded: Loaded, (form, plan): (Form, Plan)) -> Check {
    Check {
        t: chrome.t,
        agreement: agreement(chrome.t, &plan, &loaded.account.number),
        chrome: chrome.about(&loaded.account, &loaded.all),
        has_autopay: loaded.has_autopay,
        account: loaded.account,
        form,
        plan,
    }
}

#[derive(Template)]
#[template(path = "portal/more_time/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    account: Account,
    standing: Standing,
    progress: Vec<Progress>,
    /// What is asked for today, and what is due beside it by then.
    asked: Option<(AskedFor, Money)>,
    /// Both, less what is on its way.
    pay: Money,
    pending: Money,
    today: NaiveDate,
}

impl Show {
    fn state(&self, part: &Progress) -> InstallmentState {
        part.state(self.standing.row.grace_days(), self.today)
    }

    fn is_open(&self) -> bool {
        self.standing.row.state == ArrangementState::Open
    }
}

/// GET /more-time/{number} — the agreement as it stands.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    path: Path<String>,
) -> PageResult {
    let number: ArrangementNumber = path.parse().map_err(|_not_ours| PageError::NotFound)?;
    let scope = customer.scope.clone();
    let read = move |conn: &mut Conn| {
        let row = arrangements::find(conn, &number)?.ok_or(PageError::NotFound)?;
        let account = accounts::in_scope(&scope, row.account_id)?;
        let all = accounts::list(conn, &scope)?;
        let account = all.iter().find(|found| found.id == account).cloned();
        let standing = arrangements::with_cover(conn, vec![row])?.pop();
        let found = account.zip(standing).ok_or(PageError::NotFound)?;
        let owed = owed::find(conn, &scope, found.0.id)?;
        Ok::<_, PageError>((found, owed, all))
    };
    let ((account, standing), owed, all) = app.db.read(read).await?;
    let today = app.clock.today();
    let is_open = standing.row.state == ArrangementState::Open;
    let asked = owed.asked(today).filter(|_| is_open);
    let all_asked = asked.map_or(Money::ZERO, |(asked, beside)| asked.amount + beside);
    page(&Show {
        asked,
        pay: amount_to_pay(all_asked, owed.pending),
        pending: owed.pending,
        t: chrome.t,
        chrome: chrome.about(&account, &all),
        progress: standing.cover.progress(),
        today,
        account,
        standing,
    })
}

fn address(number: &ArrangementNumber) -> String {
    format!("/more-time/{number}")
}

async fn load(
    app: &App,
    customer: &SignedIn,
    wanted: Option<AccountNumber>,
) -> Result<Loaded, PageError> {
    let (scope, today) = (customer.scope.clone(), app.clock.today());
    let read = move |conn: &mut Conn| {
        let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
        let desk = open_desk(conn, account.id, today).map_err(|error| match error {
            ArrangementError::Fault(fault) => PageError::from(fault),
            other => PageError::fault(other),
        })?;
        Ok::<_, PageError>(Loaded {
            pending: store::payments::pending(conn, &[account.id])?,
            has_autopay: store::autopay::find(conn, account.id)?.is_some(),
            account,
            all,
            desk,
        })
    };
    app.db.read(read).await
}
