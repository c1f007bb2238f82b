//! Ways to pay: the cards and bank accounts that the processor keeps for an account. One is given on the processor's own page, shown by
//! what a person recognizes it by, offered first, or taken away after a look at what ends with it.

use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::adapters::desk::Desk;
use crate::adapters::stripe::saved::SetupOrder;
use crate::app::App;
use crate::domain::ids::AccountNumber;
use crate::domain::payments::Tender;
use crate::domain::payments::saved::MethodState;
use crate::domain::stamp::{Actor, ActorKind};
use crate::i18n::Words;
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::payment_methods::MethodRow;
use crate::store::portal::accounts::{self, Account};
use crate::usecases;
use crate::usecases::payment_methods::MethodError;
use crate::web::chrome::Chrome;
use crate::web::closing::close_autopay;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, see_other};

/// Which account.
#[derive(Debug, Deserialize)]
pub struct Asked {
    account: Option<AccountNumber>,
}

#[derive(Template)]
#[template(path = "portal/payment_methods/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    account: Account,
    methods: Vec<MethodRow>,
    /// Which of them autopay charges.
    charged: Option<String>,
    new_card: String,
    new_bank: String,
    is_offered: bool,
    today: NaiveDate,
}

impl Index {
    fn has_expired(&self, method: &MethodRow) -> bool {
        method.has_expired(self.today)
    }

    fn is_charged(&self, method: &MethodRow) -> bool {
        self.charged.as_ref() == Some(&method.request_key)
    }
}

#[derive(Template)]
#[template(path = "portal/payment_methods/removal.html")]
struct Removal {
    t: Words,
    chrome: Chrome,
    account: Account,
    method: MethodRow,
    ends_autopay: bool,
    ends_scheduled: bool,
}

/// GET /payment-methods — what is saved, and a way to save another.
pub async fn index(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    asked: Query<Asked>,
) -> PageResult {
    let (scope, wanted) = (customer.scope.clone(), asked.into_inner().account);
    let (account, all, methods, enrolment) = app
        .db
        .read(move |conn| {
            let (account, all) = accounts::choose(conn, &scope, wanted.as_ref())?;
            let methods = store::payment_methods::list(conn, account.id)?;
            let enrolment = store::autopay::find(conn, account.id)?;
            Ok::<_, StoreError>((account, all, methods, enrolment))
        })
        .await?;
    let charged = enrolment.and_then(|enrolment| {
        let of = |method: &&MethodRow| method.id == enrolment.payment_method_id;
        methods
            .iter()
            .find(of)
            .map(|found| found.request_key.clone())
    });
    let new_key = || uuid::Uuid::new_v4().to_string();
    page(&Index {
        t: chrome.t,
        chrome: chrome.about(&account, &all),
        account,
        methods,
        charged,
        new_card: new_key(),
        new_bank: new_key(),
        is_offered: app.desk.is_some(),
        today: app.clock.today(),
    })
}

/// POST /payment-methods — ask for a way to pay to be saved, open the processor's page, and go there.
pub async fn create(app: Data<App>, customer: SignedIn, chrome: Chrome, form: Form) -> PageResult {
    let Some(desk) = &app.desk else {
        return Err(PageError::NotFound);
    };
    let number: AccountNumber = form
        .value("account")
        .parse()
        .map_err(|_not_ours| PageError::NotFound)?;
    let Ok(tender @ (Tender::BankAccount | Tender::Card)) = form.value("tender").parse() else {
        return Err(PageError::Unreadable);
    };
    let key = form.value("key").to_owned();
    if uuid::Uuid::parse_str(&key).is_err() {
        return Err(PageError::Unreadable);
    }
    let scope = customer.scope.clone();
    let choose = move |conn: &mut Conn| accounts::choose(conn, &scope, Some(&number));
    let (account, _) = app.db.read(choose).await?;
    let (id, processor) = (account.id, desk.processor);
    let ask =
        move |tx: &mut Tx<'_>| usecases::payment_methods::ask(tx, id, (tender, processor), &key);
    let method = match app.db.write(customer.stamp(&app), ask).await {
        Ok(method) => method,
        Err(MethodError::Fault(fault)) => return Err(fault.into()),
        Err(MethodError::FormUsed | MethodError::NotAttached(_)) => {
            return Err(PageError::Conflict);
        }
    };
    match &method.checkout_url {
        Some(url) if method.state == MethodState::Asked => see_other(url),
        Some(_) => see_other(format!("/payment-methods{}", account.suffix())),
        None => open_page(&app, desk, chrome.t, (&account, &method)).await,
    }
}

async fn open_page(
    app: &App,
    desk: &Desk,
    t: Words,
    (account, method): (&Account, &MethodRow),
) -> PageResult {
    let (id, processor) = (account.id, desk.processor);
    let find = move |conn: &mut Conn| store::payment_methods::find_customer(conn, id, processor);
    let known = app.db.read(find).await?;
    let (number, key) = (account.number.as_str(), method.request_key.clone());
    let customer = match known {
        Some(customer) => customer,
        None => desk
            .stripe
            .make_customer(number, &key)
            .await
            .map_err(PageError::fault)?,
    };
    let url = &app.config.public_url;
    let order = SetupOrder {
        account: number.to_owned(),
        customer: customer.clone(),
        tender: method.tender,
        in_spanish: t.tag().starts_with("es"),
        success_url: format!("{url}/payment-methods/{key}/return"),
        cancel_url: format!("{url}/payment-methods?account={number}"),
        request_key: key,
    };
    let opened = desk.stripe.open_setup(&order).await;
    let opened = opened.map_err(PageError::fault)?;
    let (id, address) = (method.id, opened.url.clone());
    let record = move |tx: &mut Tx<'_>| {
        let page = (opened.session_ref.as_str(), opened.url.as_str());
        usecases::payment_methods::record_page(tx, id, &customer, page)
    };
    let stamp = app.stamp(Actor::unnamed(ActorKind::Processor), None);
    app.db.write(stamp, record).await?;
    see_other(address)
}

/// GET /payment-methods/{key}/return — back from the processor's page: it is read again at once, and then shown as it stands.
pub async fn back(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    key: Path<String>,
) -> PageResult {
    let (account, method, _) = find(&app, &customer, key.into_inner()).await?;
    let list = format!("/payment-methods{}", account.suffix());
    let (Some(desk), Some(session)) = (&app.desk, &method.session_reference) else {
        return see_other(list);
    };
    let seen = match desk.stripe.read_setup(session).await {
        Ok(seen) => seen,
        Err(error) => {
            // The webhook and the pollers will tell.
            tracing::warn!(%error, "a way to pay could not be read on return");
            return see_other(list);
        }
    };
    let id = method.id;
    let bring = move |tx: &mut Tx<'_>| usecases::payment_methods::bring_up_to_date(tx, id, &seen);
    let stamp = app.stamp(Actor::unnamed(ActorKind::Processor), None);
    match app.db.write(stamp, bring).await? {
        MethodState::Attached => see_other_saying(list, Tone::Good, chrome.t.methods_saved()),
        MethodState::Asked => see_other_saying(list, Tone::Good, chrome.t.methods_waiting()),
        MethodState::Removed | MethodState::Blocked | MethodState::Left => see_other(list),
    }
}

/// GET /payment-methods/{key}/removal — a look at what ends with it.
pub async fn check_removal(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    key: Path<String>,
) -> PageResult {
    let (account, method, all) = find(&app, &customer, key.into_inner()).await?;
    if method.state != MethodState::Attached {
        return Err(PageError::NotFound);
    }
    let id = method.id;
    let list = move |conn: &mut Conn| {
        let autopay = store::autopay::list_of_method(conn, id)?;
        let scheduled = store::scheduled_payments::list_of_method(conn, id)?;
        Ok::<_, StoreError>((!autopay.is_empty(), !scheduled.is_empty()))
    };
    let (ends_autopay, ends_scheduled) = app.db.read(list).await?;
    page(&Removal {
        t: chrome.t,
        chrome: chrome.about(&account, &all),
        account,
        method,
        ends_autopay,
        ends_scheduled,
    })
}

/// POST /payment-methods/{key}/removal — the processor forgets it, then we do.
pub async fn remove(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    key: Path<String>,
) -> PageResult {
    let (account, method, _) = find(&app, &customer, key.into_inner()).await?;
    if let (Some(desk), Some(reference)) = (&app.desk, &method.processor_reference) {
        let detached = desk.stripe.detach(reference).await;
        detached.map_err(PageError::fault)?;
    }
    let id = method.id;
    let remove = move |tx: &mut Tx<'_>| usecases::payment_methods::remove(tx, id);
    app.db.write(customer.stamp(&app), remove).await?;
    close_autopay(&app, account.id).await;
    let list = format!("/payment-methods{}", account.suffix());
    see_other_saying(list, Tone::Good, chrome.t.methods_removed())
}

/// POST /payment-methods/{key}/default — offer it first.
pub async fn make_default(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    key: Path<String>,
) -> PageResult {
    let (account, method, _) = find(&app, &customer, key.into_inner()).await?;
    let id = method.id;
    let change = move |tx: &mut Tx<'_>| usecases::payment_methods::make_default(tx, id);
    match app.db.write(customer.stamp(&app), change).await {
        Ok(()) => {
            let list = format!("/payment-methods{}", account.suffix());
            see_other_saying(list, Tone::Good, chrome.t.methods_made_first())
        }
        Err(MethodError::Fault(fault)) => Err(fault.into()),
        Err(MethodError::NotAttached(_) | MethodError::FormUsed) => Err(PageError::Conflict),
    }
}

/// The way to pay of this name on an account that the customer may see, with the accounts.
async fn find(
    app: &App,
    customer: &SignedIn,
    key: String,
) -> Result<(Account, MethodRow, Vec<Account>), PageError> {
    let scope = customer.scope.clone();
    let (all, method) = app
        .db
        .read(move |conn| {
            let all = accounts::list(conn, &scope)?;
            let method = store::payment_methods::find(conn, scope.accounts(), &key)?;
            Ok::<_, StoreError>((all, method))
        })
        .await?;
    let method = method.ok_or(PageError::NotFound)?;
    let account = all.iter().find(|account| account.id == method.account_id);
    let account = account.cloned().ok_or(PageError::NotFound)?;
    Ok((account, method, all))
}
