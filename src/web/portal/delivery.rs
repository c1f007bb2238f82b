//! How an account's bills come: by e-mail, on paper, both ways or on the customer's own pages alone, and in which language.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::accounts::Delivery;
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, LoginId};
use crate::domain::notice::Channel;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::accounts::{self, Account};
use crate::store::{alerts, bill_deliveries, letter_addresses, logins};
use crate::usecases::accounts::settings::{Settings, SettingsError, change_settings};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with};

/// Which account.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

#[derive(Template)]
#[template(path = "portal/profile/delivery.html")]
struct Edit {
    t: Words,
    chrome: Chrome,
    form: Form,
    account: Account,
    now: Settings,
    /// Where bills by e-mail go.
    bills_to: Option<BillsTo>,
    /// Where letters go, in lines.
    letters_to: Option<String>,
}

/// Where bills by e-mail go.
struct BillsTo {
    address: String,
    /// Whether mail came back from there.
    is_failing: bool,
    /// Whether somebody showed that it is theirs.
    is_proved: bool,
    /// The address of the sign-in, where that is another.
    signs_in_as: Option<String>,
}

impl Edit {
    /// Each way, and whether it is the chosen one.
    fn ways(&self) -> impl Iterator<Item = (Delivery, bool)> {
        let chosen = self.form.value("delivery");
        Delivery::ALL
            .iter()
            .map(move |way| (*way, way.as_str() == chosen))
    }

    fn languages(&self) -> Vec<(Language, &'static str)> {
        vec![
            (Language::English, self.t.delivery_english()),
            (Language::Spanish, self.t.delivery_spanish()),
        ]
    }
}

/// What the page is about.
struct Loaded {
    account: Account,
    all: Vec<Account>,
    now: Settings,
    bills_to: Option<BillsTo>,
    letters_to: Option<String>,
}

impl Loaded {
    fn page(self, chrome: Chrome, form: Form) -> Edit {
        Edit {
            t: chrome.t,
            chrome: chrome.about(&self.account, &self.all),
            form,
            account: self.account,
            now: self.now,
            bills_to: self.bills_to,
            letters_to: self.letters_to,
        }
    }
}

/// GET /delivery
pub async fn edit(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let loaded = load(&app, &customer, asked.into_inner().account).await?;
    let form = Form::default()
        .with("delivery", loaded.now.delivery)
        .with("bill_language", loaded.now.language);
    page(&loaded.page(chrome, form))
}

/// POST /delivery
pub async fn update(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let loaded = load(&app, &customer, Some(form.account()?)).await?;
    let delivery: Option<Delivery> = form.parse("delivery", t.form_choose());
    let language: Option<Language> = form.parse("bill_language", t.form_choose());
    let (Some(delivery), Some(language)) = (delivery, language) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &loaded.page(chrome, form));
    };
    let new = Settings { language, delivery };
    let (id, agreed) = (loaded.account.id, t.delivery_agreed(delivery.as_str()));
    let changed = app.db.write(customer.stamp(&app), move |tx| {
        change_settings(tx, id, new, Some(&agreed))
    });
    match changed.await {
        Ok(()) => {
            let address = format!("/delivery{}", loaded.account.suffix());
            see_other_saying(address, Tone::Good, t.delivery_saved())
        }
        Err(SettingsError::Fault(fault)) => Err(fault.into()),
        Err(SettingsError::NoEmail | SettingsError::ReachesNobody) => {
            form.refuse("delivery", t.delivery_reaches_nobody());
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &loaded.page(chrome, form))
        }
    }
}

async fn load(
    app: &App,
    customer: &SignedIn,
    wanted: Option<AccountNumber>,
) -> Result<Loaded, PageError> {
    let (scope, login, today) = (customer.scope.clone(), customer.login_id, app.clock.today());
    app.db
        .read(move |conn| {
            let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
            let row = crate::store::accounts::get(conn, account.id)?;
            let bills_to = find_bills_to(conn, (account.id, login), today)?;
            let letters_to = letter_addresses::find(conn, account.id, today)?;
            Ok(Loaded {
                account,
                all,
                now: Settings {
                    language: row.language,
                    delivery: Delivery::of(row.paper, row.email),
                },
                bills_to,
                letters_to: letters_to.map(|reader| reader.to.address),
            })
        })
        .await
}

/// Where an account's bills by e-mail go on a day, as this sign-in is told it.
fn find_bills_to(
    conn: &mut Conn,
    (account, login): (AccountId, LoginId),
    on: NaiveDate,
) -> Result<Option<BillsTo>, StoreError> {
    let Some((address, is_proved)) = bill_deliveries::find_address(conn, account, on)? else {
        return Ok(None);
    };
    let failing = alerts::list_failing(conn, Channel::Email, &[address.to_lowercase()])?;
    let sign_in = logins::get(conn, login)?.email;
    let is_own = sign_in.eq_ignore_ascii_case(&address);
    Ok(Some(BillsTo {
        is_failing: !failing.is_empty(),
        is_proved: is_proved || is_own,
        signs_in_as: (!is_own).then_some(sign_in),
        address,
    }))
}
