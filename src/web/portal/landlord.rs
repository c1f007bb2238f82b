//! The places that a landlord rents out: who is served there, never by name, and what happens when a tenant leaves.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{AccountNumber, PremiseId};
use crate::domain::landlords::{Instruction, Occupancy, Tenure, occupancy};
use crate::domain::scope::Scope;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::landlords::{self, Place};
use crate::store::portal::accounts::{self, Account};
use crate::usecases::accounts::landlords::instruct;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page_with};

/// Which account.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

#[derive(Template)]
#[template(path = "portal/landlord/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    account: Account,
    places: Vec<Place>,
    today: NaiveDate,
}

impl Index {
    fn state(&self, place: &Place) -> Occupancy {
        let tenures: Vec<Tenure> = place.services.iter().map(|(_, tenure)| *tenure).collect();
        occupancy(self.account.id, &tenures, self.today)
    }

    /// The services on in the landlord's name, or in the tenant's, in words.
    fn services(&self, place: &Place, are_own: bool) -> Option<String> {
        let is_there = |tenure: &Tenure| {
            tenure.is_on(self.today) && (tenure.account == self.account.id) == are_own
        };
        let there = place.services.iter().filter(|(_, tenure)| is_there(tenure));
        let names: Vec<String> = there
            .map(|(commodity, _)| self.t.service_name(commodity.as_str()))
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// What may be said, and whether it is what was said last.
    fn instructions(&self, place: &Place) -> Vec<(Instruction, bool)> {
        let now = place
            .said
            .first()
            .map_or(Instruction::Unsaid, |said| said.instruction);
        Instruction::ALL
            .iter()
            .map(|instruction| (*instruction, *instruction == now))
            .collect()
    }
}

/// GET /premises
pub async fn index(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let wanted = asked.into_inner().account;
    show(&app, &customer.scope, chrome, (wanted, Form::default())).await
}

async fn show(
    app: &App,
    scope: &Scope,
    chrome: Chrome,
    (wanted, form): (Option<AccountNumber>, Form),
) -> PageResult {
    let (scope, today) = (scope.clone(), app.clock.today());
    let read = move |conn: &mut Conn| {
        let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
        let places = landlords::list_places(conn, account.id, today)?;
        Ok::<_, PageError>((account, all, places))
    };
    let (account, all, places) = app.db.read(read).await?;
    let status = if form.is_good() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = Index {
        t: chrome.t,
        chrome: chrome.about(&account, &all),
        form,
        account,
        places,
        today,
    };
    page_with(status, &view)
}

/// POST /premises — say what happens at a place when a tenant leaves.
pub async fn update(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    mut form: Form,
) -> PageResult {
    let (t, number) = (chrome.t, form.account()?);
    let Some(instruction) = form.parse::<Instruction>("instruction", t.landlord_choose()) else {
        return show(&app, &customer.scope, chrome, (Some(number), form)).await;
    };
    let premise: PremiseId = form
        .value("premise")
        .parse()
        .map_err(|_no_number| PageError::NotFound)?;
    let (scope, wanted) = (customer.scope.clone(), number.clone());
    let choose = move |conn: &mut Conn| accounts::choose(conn, &scope, Some(&wanted));
    let (account, _) = app.db.read(choose).await?;
    let id = account.id;
    let said = move |tx: &mut Tx<'_>| instruct(tx, id, premise, instruction);
    app.db.write(customer.stamp(&app), said).await?;
    let back = format!("/premises?account={}", number.as_str());
    see_other_saying(back, Tone::Good, t.landlord_saved())
}
