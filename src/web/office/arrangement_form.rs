//! More time made by the office for a customer who asks: the same choices, rules and words as at the customer's own door.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::arrangements::{ArrangementChannel, Offers, Paydays, Plan, Refusal};
use crate::domain::customers::Language;
use crate::domain::money::Money;
use crate::i18n::{Words, words};
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::usecases::arrangements::{ArrangementError, Desk, NewArrangement, make, open_desk};
use crate::web::arrangement_view::{
    agreement, asked_paydays, choice, count, paydays_query, reason, reasons, rhythms,
};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::arrangements::address;
use crate::web::office::subject::{self, Subject};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

#[derive(Template)]
#[template(path = "office/arrangements/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    subject: Subject,
    form: Form,
    offers: Offers,
    /// By which paydays installments fall due, where it is not by the days of the bills.
    paydays: Option<Paydays>,
    /// What was chosen, with the words in the customer's language.
    chosen: Option<(Plan, String)>,
    language: Language,
    has_autopay: bool,
    /// The last day on which low income is certified, where these are its terms.
    low_income: Option<NaiveDate>,
}

impl New {
    fn rhythms(&self) -> Vec<(&'static str, String)> {
        rhythms(self.t)
    }

    fn count(&self, of: &u32) -> String {
        count(self.t, *of, self.paydays)
    }

    fn query(&self) -> String {
        paydays_query(self.paydays)
    }

    fn why(&self, refusals: &[Refusal]) -> Vec<String> {
        reasons(self.t, refusals)
    }
}

/// The account, what it may be offered, and the language of its customer.
struct Loaded {
    subject: Subject,
    desk: Desk,
    language: Language,
    has_autopay: bool,
}

/// GET /office/accounts/{number}/arrangements/new — the choices, and what was chosen.
pub async fn new(
    app: Data<App>,
    chrome: Chrome,
    path: Path<String>,
    request: HttpRequest,
) -> PageResult {
    let form = Form::of_query(request.query_string());
    let loaded = load(&app, &path).await?;
    let view = view(chrome, loaded, form);
    if view.form.is_good() {
        page(&view)
    } else {
        page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
    }
}

fn view(chrome: Chrome, loaded: Loaded, mut form: Form) -> New {
    let t = chrome.t;
    let down = form.parse_if_any::<Money>("down", t.form_not_money());
    let paydays = asked_paydays(t, &mut form, loaded.desk.facts.today);
    let offers = loaded.desk.offers(down, paydays);
    let number = &loaded.subject.label.number;
    let chosen = choice(&form).and_then(|choice| match loaded.desk.plan(choice) {
        Ok(plan) => {
            let said = agreement(words(loaded.language), &plan, number);
            Some((plan, said))
        }
        Err(why) => {
            for why in &why {
                form.refuse("choices", reason(t, why));
            }
            None
        }
    });
    if let (false, Ok(lengths)) = (form.has("down"), &offers.arrangements) {
        form = form.with("down", lengths.down.dollars());
    }
    if !form.has("key") {
        form = form.with("key", uuid::Uuid::new_v4());
    }
    New {
        t,
        chrome,
        subject: loaded.subject,
        form,
        offers,
        paydays,
        chosen,
        language: loaded.language,
        has_autopay: loaded.has_autopay,
        low_income: loaded.desk.low_income,
    }
}

/// POST /office/accounts/{number}/arrangements
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let choice = choice(&form).ok_or(PageError::Unreadable)?;
    let loaded = load(&app, &path).await?;
    if !form.has("agree") {
        form.refuse("agree", t.more_time_must_agree());
        return again(chrome, loaded, form);
    }
    let number = &loaded.subject.label.number;
    // Sent again, there is nothing left to plan: the key alone says what was made.
    let plan = loaded.desk.plan(choice).ok();
    let said = plan.map(|plan| agreement(words(loaded.language), &plan, number));
    let new = NewArrangement {
        request_key: key.to_string(),
        account: loaded.subject.label.id,
        choice,
        seen: form.value("seen").to_owned(),
        channel: ArrangementChannel::Office,
        agreement: said.unwrap_or_default(),
        language: loaded.language,
    };
    let change = move |tx: &mut Tx<'_>| make(tx, &new);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(number) => {
            let words = t.office_arrangement_done();
            see_other_saying(address(&number), Tone::Good, words)
        }
        // The choices are worked out anew, and say why.
        Err(ArrangementError::Refused(_)) => again(chrome, loaded, form),
        Err(ArrangementError::Changed) => {
            form.refuse("payments", t.more_time_changed());
            again(chrome, loaded, form)
        }
        Err(ArrangementError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(PageError::fault(other)),
    }
}

fn again(chrome: Chrome, loaded: Loaded, form: Form) -> PageResult {
    page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &view(chrome, loaded, form),
    )
}

async fn load(app: &App, number: &str) -> Result<Loaded, PageError> {
    let subject = subject::find(app, number).await?;
    let (account, today) = (subject.label.id, app.clock.today());
    let read = move |conn: &mut Conn| {
        let desk = open_desk(conn, account, today)?;
        let language = store::accounts::get(conn, account)?.language;
        let has_autopay = store::autopay::find(conn, account)?.is_some();
        Ok((desk, language, has_autopay))
    };
    let (desk, language, has_autopay) = app.db.read(read).await.map_err(|error| match error {
        ArrangementError::Fault(fault) => PageError::from(fault),
        other => PageError::fault(other),
    })?;
    Ok(Loaded {
        subject,
        desk,
        language,
        has_autopay,
    })
}
