//! Paying several accounts at once: what is to be paid on each, one look before it counts, one payment at the processor, and then a receipt
//! for each account. What counts for one account counts for each of them here.

use std::collections::HashSet;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

use crate::adapters::desk::Desk;
use crate::app::App;
use crate::domain::ids::{AccountId, AccountNumber};
use crate::domain::payments::PaymentState;
use crate::domain::payments::joint::{JointRequest, Part};
use crate::domain::stamp::Stamp;
use crate::i18n::Words;
use crate::store;
use crate::store::error::StoreError;
use crate::store::payments::PaymentRow;
use crate::usecases;
use crate::usecases::payments::PaymentError;
use crate::web::chrome::Chrome;
use crate::web::closing;
use crate::web::form::Form;
use crate::web::portal::pay::{Urls, Wanted, look_again, open_page_for};
use crate::web::portal::pay_saved::{self, Means};
use crate::web::portal::pay_together_view::{
    Check, New, Payable, Row, Show, chosen, parts_of, payable, prefilled, refuse,
};
use crate::web::session::SignedIn;
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// GET /pay/together — every account that may be paid, with what is due on it.
pub async fn new(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    request: HttpRequest,
) -> PageResult {
    let payable = payable(&app, &customer.scope).await?;
    if payable.lines.len() < 2 {
        return see_other(format!("/pay{}", chrome.suffix()));
    }
    let asked = Form::of_query(request.query_string());
    let form = if asked.has("tender") {
        asked
    } else {
        prefilled(&payable)
    };
    page(&New {
        t: chrome.t,
        chrome,
        form,
        payable,
        is_offered: app.desk.is_some(),
    })
}

/// GET /pay/together/check — one look at the whole and its parts before they count.
pub async fn check(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    request: HttpRequest,
) -> PageResult {
    let mut form = Form::of_query(request.query_string());
    if !form.has("tender") {
        return see_other("/pay/together");
    }
    let (payable, t) = (payable(&app, &customer.scope).await?, chrome.t);
    let means = Means::of(&form, &payable.methods)?;
    let rows = chosen(&mut form, &payable, t);
    if let ([row], true) = (rows.as_slice(), form.is_good()) {
        return see_other(alone(row, &means));
    }
    let request = JointRequest {
        parts: rows.iter().map(Row::part).collect(),
        tender: means.tender(),
        request_key: uuid::Uuid::new_v4().to_string(),
        is_sure: false,
    };
    if form.is_good()
        && let Err(refused) = request.check()
    {
        refuse(&mut form, t, refused);
    }
    let (true, Some(desk)) = (form.is_good(), &app.desk) else {
        return again(&app, chrome, form, payable);
    };
    let rows = looked_at(&app, desk, rows).await?;
    page(&Check::of(chrome, form, rows, (&request, means)))
}

/// The form as it was sent, with what is wrong with it.
fn again(app: &App, chrome: Chrome, form: Form, payable: Payable) -> PageResult {
    let view = New {
        t: chrome.t,
        chrome,
        form,
        payable,
        is_offered: app.desk.is_some(),
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// Where one account is paid: by a way that its own page offers.
fn alone(row: &Row, means: &Means) -> String {
    let (account, amount) = (&row.line.account, row.amount.dollars());
    let number = account.number.as_str();
    match means {
        Means::Saved(method) if method.account_id != account.id => {
            format!("/pay?account={number}&amount={amount}")
        }
        Means::Saved(_) | Means::New(_) => {
            let tender = means.value();
            format!("/pay/check?account={number}&amount={amount}&tender={tender}")
        }
    }
}

/// The rows with what is to be asked about each, and what was begun on it before.
async fn looked_at(app: &App, desk: &Desk, mut rows: Vec<Row>) -> Result<Vec<Row>, PageError> {
    let parts: Vec<Part> = rows.iter().map(Row::part).collect();
    let (now, processor) = (app.clock.now(), desk.processor);
    let (doubts, begun) = app
        .db
        .read(move |conn| {
            let doubts = usecases::payments::find_joint_doubts(conn, &parts, now)?;
            let ids: Vec<AccountId> = parts.iter().map(|part| part.account_id).collect();
            let begun = store::joint_payments::list_requested(conn, &ids, processor)?;
            Ok::<_, StoreError>((doubts, begun))
        })
        .await?;
    for row in &mut rows {
        let id = row.line.account.id;
        row.doubt = doubts
            .iter()
            .find(|found| found.0 == id)
            .map(|found| found.1);
        let mut earlier = begun.iter().filter(|found| found.account_id == id);
        row.begun = earlier.next_back().map(|found| found.amount);
    }
    Ok(rows)
}

/// POST /pay/together — ask for the payment, open the processor's page, and go there.
pub async fn create(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    mut form: Form,
) -> PageResult {
    let Some(desk) = &app.desk else {
        return Err(PageError::NotFound);
    };
    let payable = payable(&app, &customer.scope).await?;
    let rows = chosen(&mut form, &payable, chrome.t);
    let known = payable.methods.clone();
    if !form.is_good() {
        return again(&app, chrome, form, payable);
    }
    let means = Means::of(&form, &known)?;
    let request = JointRequest {
        parts: rows.iter().map(Row::part).collect(),
        tender: means.tender(),
        request_key: form.value("key").to_owned(),
        is_sure: form.has("again"),
    };
    if uuid::Uuid::parse_str(&request.request_key).is_err() {
        return Err(PageError::Unreadable);
    }
    close_pages(&app, desk, &request).await?;
    let asked = ask(&app, desk, customer.stamp(&app), (&request, &means)).await;
    match asked {
        Ok(parts) => go_on(&app, desk, chrome.t, (&request, &means, &parts, &rows)).await,
        Err(PaymentError::Doubtful(_)) => {
            let rows = looked_at(&app, desk, rows).await?;
            let mut view = Check::of(chrome, form, rows, (&request, means));
            let answer = if view.is_paid_again() {
                view.t.pay_doubt_answer()
            } else {
                view.t.pay_large_answer()
            };
            view.form.refuse("again", answer);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(PaymentError::FormUsed | PaymentError::PageOpen) => Err(PageError::Conflict),
        Err(PaymentError::Joint(_)) => Err(PageError::Unreadable),
        Err(fault) => Err(PageError::fault(fault)),
    }
}

/// Asks for the payment, to be made on the processor's page or by a saved way.
async fn ask(
    app: &App,
    desk: &Desk,
    stamp: Stamp,
    (request, means): (&JointRequest, &Means),
) -> Result<Vec<PaymentRow>, PaymentError> {
    let (wanted, processor) = (request.clone(), desk.processor);
    let saved = match means {
        Means::Saved(method) => Some(method.id),
        Means::New(_) => None,
    };
    app.db
        .write(stamp, move |tx| match saved {
            Some(method) => usecases::payments::request_saved_joint_payment(tx, &wanted, method),
            None => usecases::payments::request_joint_payment(tx, &wanted, processor),
        })
        .await
}

/// Charges the saved way to pay, or goes to the processor's page; where the payment came further already, to how it stands.
async fn go_on(
    app: &App,
    desk: &Desk,
    t: Words,
    (request, means, parts, rows): (&JointRequest, &Means, &[PaymentRow], &[Row]),
) -> PageResult {
    let first = parts.first().ok_or(PageError::NotFound)?;
    let back = format!("/pay/together/{}", request.request_key);
    if first.state != PaymentState::Requested {
        return see_other(back);
    }
    if let Means::Saved(_) = means {
        pay_saved::charge(app, desk, first).await;
        return see_other(back);
    }
    if let Some(url) = &first.checkout_url {
        return see_other(url);
    }
    let of_first = |row: &&Row| row.line.account.id == first.account_id;
    let number: Option<&AccountNumber> = rows
        .iter()
        .find(of_first)
        .map(|row| &row.line.account.number);
    let wanted = Wanted {
        request_key: &request.request_key,
        payment: first,
        account: number.ok_or(PageError::NotFound)?,
        title: t.together_for(parts.len()),
        amount: request.whole(),
        tender: request.tender,
    };
    let cancel = "/pay/together".to_owned();
    open_page_for(app, desk, t, wanted, Urls { back, cancel }).await
}

/// Closes the pages that earlier requests left open on any of the accounts, so that nothing is paid twice.
async fn close_pages(app: &App, desk: &Desk, request: &JointRequest) -> Result<(), PageError> {
    let (parts, processor) = (request.parts.clone(), desk.processor);
    let key = request.request_key.clone();
    let left = app
        .db
        .read(move |conn| {
            // A form sent again opens nothing new.
            if store::joint_payments::find_by_request(conn, &key)?.is_some() {
                return Ok(Vec::new());
            }
            let accounts: Vec<AccountId> = parts.iter().map(|part| part.account_id).collect();
            let rows = store::joint_payments::list_requested(conn, &accounts, processor)?;
            let mut known = HashSet::new();
            let each_once = |row: &PaymentRow| row.joint.is_none_or(|joint| known.insert(joint));
            let rows = rows.into_iter().filter(each_once);
            rows.map(|row| usecases::payments::begun(conn, row))
                .collect::<Result<Vec<_>, StoreError>>()
        })
        .await?;
    for payment in left {
        closing::close(app, desk, &payment).await?;
    }
    Ok(())
}

/// GET /pay/together/{key}/return — back from the processor's page: the payment is read again at once, and then shown as it stands.
pub async fn back(app: Data<App>, customer: SignedIn, key: Path<String>) -> PageResult {
    let (parts, _) = parts_of(&app, &customer.scope, &key).await?;
    if let Some((part, _)) = parts.first() {
        look_again(&app, part).await?;
    }
    see_other(format!("/pay/together/{key}"))
}

/// GET /pay/together/{key} — one payment for several accounts: each part as it stands, with its receipt.
pub async fn show(
    app: Data<App>,
    customer: SignedIn,
    chrome: Chrome,
    key: Path<String>,
) -> PageResult {
    let (parts, is_whole) = parts_of(&app, &customer.scope, &key).await?;
    page(&Show {
        t: chrome.t,
        chrome,
        total: parts.iter().map(|(payment, _)| payment.amount).sum(),
        is_test: parts.iter().any(|(part, _)| part.processor == "sandbox"),
        parts,
        is_whole,
        at: format!("/pay/together/{key}"),
    })
}
