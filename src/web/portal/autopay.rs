//! Autopay: join it, see what it will charge and when, change it, pause it, stop it. The words that are agreed to are shown before, kept as
//! they were read, and shown afterwards.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::autopay::Terms;
use crate::domain::ids::AccountNumber;
use crate::domain::money::Money;
use crate::i18n::Words;
use crate::store;
use crate::store::autopay::NewEnrolment;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::payment_methods::MethodRow;
use crate::store::portal::accounts::{self, Account};
use crate::usecases;
use crate::usecases::autopay::{AutopayError, LAST_DAY};
use crate::web::chrome::Chrome;
use crate::web::closing::close_autopay;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::portal::autopay_view::{Coming, Outlook, What};
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// Which account, and what was chosen before, where somebody comes back to change it.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
    #[serde(default)]
    method: String,
    #[serde(default)]
    when: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    cap: String,
}

/// One account, its ways to pay, and what autopay does or would do.
struct Standing {
    account: Account,
    all: Vec<Account>,
    methods: Vec<MethodRow>,
    outlook: Outlook,
}

impl Standing {
    /// What was past due when the customer agreed, where they did.
    fn late(&self, today: NaiveDate) -> Option<Money> {
        let agreed = self.outlook.enrolment.as_ref()?;
        self.outlook.late(&agreed.terms(), today)
    }
}

#[derive(Template)]
#[template(path = "portal/autopay/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    account: Account,
    methods: Vec<MethodRow>,
    outlook: Outlook,
    coming: Vec<Coming>,
    late: Option<Money>,
    is_offered: bool,
    today: NaiveDate,
}

impl Show {
    fn of(app: &App, chrome: Chrome, standing: Standing, form: Form) -> Self {
        Self {
            t: chrome.t,
            chrome: chrome.about(&standing.account, &standing.all),
            form,
            coming: standing.outlook.now(),
            late: standing.late(app.clock.today()),
            account: standing.account,
            methods: standing.methods,
            outlook: standing.outlook,
            is_offered: app.desk.is_some(),
            today: app.clock.today(),
        }
    }

    /// What the way that is charged is recognized by.
    fn method(&self) -> Option<String> {
        let enrolment = self.outlook.enrolment.as_ref()?;
        let of = |method: &&MethodRow| method.id == enrolment.payment_method_id;
        self.methods.iter().find(of).map(MethodRow::label)
    }

    /// Until when it is paused, where it is.
    fn paused(&self) -> Option<NaiveDate> {
        let until = self.outlook.enrolment.as_ref()?.paused_until;
        until.filter(|day| *day > self.today)
    }

    fn days(&self) -> Vec<(u32, String)> {
        (1..=LAST_DAY).map(|day| (day, day.to_string())).collect()
    }
}

#[derive(Template)]
#[template(path = "portal/autopay/check.html")]
struct Check {
    t: Words,
    chrome: Chrome,
    form: Form,
    account: Account,
    choice: Choice,
    agreement: String,
    coming: Vec<Coming>,
    late: Option<Money>,
    is_change: bool,
}

impl Check {
    /// The form again, with what was chosen.
    fn change(&self) -> String {
        let (choice, number) = (&self.choice, self.account.number.as_str());
        let day = choice.day_of_month.map(|day| day.to_string());
        let when = if day.is_some() { "day" } else { "due" };
        let cap = choice.cap.map(|cap| cap.dollars().to_string());
        format!(
            "/autopay?account={number}&method={}&when={when}&day={}&cap={}",
            choice.method.request_key,
            day.unwrap_or_default(),
            cap.unwrap_or_default()
        )
    }
}

/// What a customer chose.
#[derive(Debug, Clone)]
struct Choice {
    method: MethodRow,
    day_of_month: Option<u32>,
    cap: Option<Money>,
}

impl Choice {
    /// What a form says; what is wrong with it is noted there.
    fn of(form: &mut Form, methods: &[MethodRow], t: Words) -> Option<Self> {
        let chosen = form.value("method");
        let method = methods.iter().find(|method| method.request_key == chosen);
        let method = method.cloned();
        if method.is_none() {
            form.refuse("method", t.autopay_choose_method());
        }
        let day_of_month = match form.value("when") {
            "day" => form
                .parse::<u32>("day", t.autopay_choose_day())
                .filter(|day| (1..=LAST_DAY).contains(day)),
            _ => None,
        };
        if form.value("when") == "day" && day_of_month.is_none() {
            form.refuse("day", t.autopay_choose_day());
        }
        let cap = form.parse_if_any::<Money>("cap", t.form_not_money());
        if cap.is_some_and(|cap| !cap.is_positive()) {
            form.refuse("cap", t.form_not_money());
        }
        form.is_good().then_some(())?;
        Some(Self {
            method: method?,
            day_of_month,
            cap,
        })
    }

    /// As the rules ask for it; a pause of the agreement that it changes goes on.
    const fn terms(&self, agreed_on: NaiveDate, paused_until: Option<NaiveDate>) -> Terms {
        Terms {
            day_of_month: self.day_of_month,
            cap: self.cap,
            agreed_on,
            paused_until,
        }
    }

    /// The words of the authorization.
    fn agreement(&self, t: Words, account: &Account, phone: &str) -> String {
        let mut text = vec![t.autopay_agreement(self.method.label(), account.number.masked())];
        text.push(match self.day_of_month {
            Some(day) => t.autopay_agreement_day(day),
            None => t.autopay_agreement_due().to_owned(),
        });
        text.extend(self.cap.map(|cap| t.autopay_agreement_cap(cap)));
        text.push(t.autopay_agreement_rest(phone));
        text.join(" ")
    }
}

/// GET /autopay — how it stands and what it will do, or the form to join.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let Asked {
        account,
        method,
        when,
        day,
        cap,
    } = asked.into_inner();
    let standing = standing(&app, &customer, account).await?;
    let mut form = as_agreed(Form::default(), &standing);
    if !when.is_empty() {
        form = form
            .with("method", method)
            .with("when", when)
            .with("day", day)
            .with("cap", cap);
    }
    page(&Show::of(&app, chrome, standing, form))
}

/// A form with what is agreed; where nothing is, with the way to pay that comes first.
fn as_agreed(form: Form, standing: &Standing) -> Form {
    let mut form = form.with("when", "due");
    if let Some(enrolment) = &standing.outlook.enrolment {
        let terms = enrolment.terms();
        let of = |method: &&MethodRow| method.id == enrolment.payment_method_id;
        if let Some(method) = standing.methods.iter().find(of) {
            form = form.with("method", &method.request_key);
        }
        if let Some(day) = terms.day_of_month {
            form = form.with("when", "day").with("day", day);
        }
        if let Some(cap) = terms.cap {
            form = form.with("cap", cap.dollars());
        }
    } else if let Some(first) = standing.methods.first() {
        form = form.with("method", &first.request_key);
    }
    form
}

/// GET /autopay/check — the words to agree to, and what would happen next.
pub async fn check(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    request: HttpRequest,
) -> PageResult {
    let mut form = Form::of_query(request.query_string());
    if !form.has("method") && !form.has("when") {
        return see_other(format!("/autopay{}", chrome.suffix()));
    }
    let standing = standing(&app, &customer, Some(form.account()?)).await?;
    match Choice::of(&mut form, &standing.methods, chrome.t) {
        Some(choice) => page(&view(&app, chrome, form, (standing, choice))),
        None => {
            let view = Show::of(&app, chrome, standing, form);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

fn view(app: &App, chrome: Chrome, form: Form, (standing, choice): (Standing, Choice)) -> Check {
    let changed = standing.outlook.enrolment.as_ref();
    let paused_until = changed.and_then(|enrolment| enrolment.paused_until);
    let terms = choice.terms(app.clock.today(), paused_until);
    Check {
        t: chrome.t,
        agreement: choice.agreement(chrome.t, &standing.account, &chrome.site.phone),
        chrome: chrome.about(&standing.account, &standing.all),
        form,
        coming: standing.outlook.under(&terms),
        late: standing.outlook.late(&terms, app.clock.today()),
        is_change: standing.outlook.enrolment.is_some(),
        account: standing.account,
        choice,
    }
}

/// POST /autopay — agree.
pub async fn create(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let standing = standing(&app, &customer, Some(form.account()?)).await?;
    let Some(choice) = Choice::of(&mut form, &standing.methods, t) else {
        let view = Show::of(&app, chrome, standing, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    if !form.has("agree") {
        form.refuse("agree", t.autopay_must_agree());
        let view = view(&app, chrome, form, (standing, choice));
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let new = NewEnrolment {
        account_id: standing.account.id,
        payment_method_id: choice.method.id,
        day_of_month: choice.day_of_month,
        cap: choice.cap,
        agreement: choice.agreement(t, &standing.account, &chrome.site.phone),
        language: t.language,
    };
    let join = move |tx: &mut Tx<'_>| usecases::autopay::join(tx, &new);
    match app.db.write(customer.stamp(&app), join).await {
        Ok(()) => see_other_saying(home(&standing.account), Tone::Good, t.autopay_joined()),
        Err(AutopayError::Fault(fault)) => Err(fault.into()),
        Err(AutopayError::Method(_)) => Err(PageError::Conflict),
        Err(AutopayError::NoSuchDay(_) | AutopayError::NoCap(_) | AutopayError::Passed(_)) => {
            Err(PageError::Unreadable)
        }
    }
}

/// POST /autopay/pause — charge nothing before a day, or go on.
pub async fn pause(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let standing = standing(&app, &customer, Some(form.account()?)).await?;
    // It ended while this page was open: nothing is paused, and nothing goes on.
    if standing.outlook.enrolment.is_none() {
        return see_other(home(&standing.account));
    }
    let until = form.day_if_any("until", t.autopay_choose_until());
    // A pause without its end is none; to go on is a button of its own.
    if until.is_none() && !form.has("go_on") {
        form.refuse("until", t.autopay_choose_until());
    }
    if !form.is_good() {
        let form = as_agreed(form, &standing);
        let view = Show::of(&app, chrome, standing, form);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let id = standing.account.id;
    let pause = move |tx: &mut Tx<'_>| usecases::autopay::pause(tx, id, until);
    match app.db.write(customer.stamp(&app), pause).await {
        Ok(()) => {
            close_autopay(&app, id).await;
            let words = match until {
                Some(day) => t.autopay_is_paused(day),
                None => t.autopay_goes_on().to_owned(),
            };
            see_other_saying(home(&standing.account), Tone::Good, &words)
        }
        Err(AutopayError::Passed(_)) => {
            form.refuse("until", t.autopay_choose_until());
            let form = as_agreed(form, &standing);
            let view = Show::of(&app, chrome, standing, form);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(AutopayError::Fault(fault)) => Err(fault.into()),
        Err(AutopayError::Method(_) | AutopayError::NoSuchDay(_) | AutopayError::NoCap(_)) => {
            Err(PageError::Unreadable)
        }
    }
}

/// POST /autopay/end — stop it at once.
pub async fn end(app: Data<App>, customer: SignedIn, chrome: Chrome, form: Form) -> PageResult {
    let standing = standing(&app, &customer, Some(form.account()?)).await?;
    let id = standing.account.id;
    let stop = move |tx: &mut Tx<'_>| usecases::autopay::stop(tx, id);
    app.db.write(customer.stamp(&app), stop).await?;
    close_autopay(&app, id).await;
    let words = chrome.t.autopay_stopped();
    see_other_saying(home(&standing.account), Tone::Good, words)
}

fn home(account: &Account) -> String {
    format!("/autopay{}", account.suffix())
}

async fn standing(
    app: &App,
    customer: &SignedIn,
    wanted: Option<AccountNumber>,
) -> Result<Standing, PageError> {
    let (scope, today) = (customer.scope.clone(), app.clock.today());
    let read = app.db.read(move |conn| {
        let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
        let mut methods = store::payment_methods::list(conn, account.id)?;
        methods.retain(|method| !method.has_expired(today));
        let outlook = Outlook::load(conn, (&scope, account.id), today)?;
        Ok::<_, StoreError>(Standing {
            account,
            all,
            methods,
            outlook,
        })
    });
    Ok(read.await?)
}
