//! What a customer sets: how bills come and what is told, by what is paid, and how to sign in.

use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::AccountNumber;
use crate::i18n::Words;
use crate::store::landlords::list_places;
use crate::store::logins;
use crate::store::portal::accounts::{self, Account};
use crate::web::chrome::Chrome;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page};

/// Which account.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

#[derive(Template)]
#[template(path = "portal/profile/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    name: String,
    email: String,
    account: Option<Account>,
    /// Whether the customer of the account rents places out.
    is_landlord: bool,
}

/// One row: where it leads, its picture, its name and what it is for.
struct Row {
    address: String,
    icon: &'static str,
    name: &'static str,
    about: &'static str,
}

impl Index {
    /// What is set for the account that was chosen; nothing before a sign-in has one.
    fn of_account(&self) -> Vec<Row> {
        let t = self.t;
        let Some(account) = &self.account else {
            return Vec::new();
        };
        let named = [
            (
                "/delivery",
                "mail",
                t.delivery_title(),
                t.profile_delivery(),
            ),
            ("/alerts", "bell", t.alerts_title(), t.profile_alerts()),
            (
                "/contacts",
                "phone",
                t.contacts_title(),
                t.profile_contacts(),
            ),
            (
                "/payment-methods",
                "wallet",
                t.methods_title(),
                t.profile_methods(),
            ),
            ("/autopay", "repeat", t.autopay_title(), t.profile_autopay()),
            (
                "/level-plan",
                "chart-column",
                t.budget_plan_title(),
                t.budget_plan_profile(),
            ),
            (
                "/requests",
                "message-square",
                t.requests_title(),
                t.profile_requests(),
            ),
            ("/people", "users", t.sharing_title(), t.profile_sharing()),
            (
                "/premises",
                "house",
                t.landlord_title(),
                t.landlord_profile(),
            ),
        ];
        let is_open = |(address, ..): &&Named| match *address {
            "/people" | "/contacts" => account.may_share(),
            "/premises" => account.may_change() && self.is_landlord,
            "/alerts" | "/requests" => true,
            _ => account.may_change(),
        };
        let open: Vec<Named> = named.iter().filter(is_open).copied().collect();
        rows(&account.suffix(), &open)
    }

    /// What is set for the sign-in.
    fn of_login(&self) -> Vec<Row> {
        let t = self.t;
        let named = [
            (
                "/security",
                "shield-check",
                t.security_title(),
                t.profile_security(),
            ),
            ("/claim", "house", t.claim_title(), t.profile_claim()),
        ];
        rows(&self.chrome.suffix(), &named)
    }
}

type Named = (&'static str, &'static str, &'static str, &'static str);

fn rows(suffix: &str, named: &[Named]) -> Vec<Row> {
    let row = |(path, icon, name, about): &Named| Row {
        address: format!("{path}{suffix}"),
        icon,
        name,
        about,
    };
    named.iter().map(row).collect()
}

/// GET /profile
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let (scope, login) = (customer.scope.clone(), customer.login_id);
    let wanted = asked.into_inner().account;
    let today = app.clock.today();
    let (email, chosen, is_landlord) = app
        .db
        .read(move |conn| {
            let email = logins::get(conn, login)?.email;
            let chosen = if scope.is_empty() {
                None
            } else {
                Some(accounts::choose(conn, &scope, wanted.as_ref())?)
            };
            let is_landlord = match &chosen {
                Some((account, _)) => !list_places(conn, account.id, today)?.is_empty(),
                None => false,
            };
            Ok::<_, PageError>((email, chosen, is_landlord))
        })
        .await?;
    let t = chrome.t;
    let (chrome, account) = match chosen {
        Some((account, all)) => (chrome.about(&account, &all), Some(account)),
        None => (chrome, None),
    };
    page(&Index {
        t,
        chrome,
        name: customer.name,
        email,
        account,
        is_landlord,
    })
}
