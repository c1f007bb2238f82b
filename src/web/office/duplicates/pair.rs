//! Two customers side by side with all that each has; making them one, or saying that they are two.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::duplicates::name_key;
use crate::domain::ids::{AccountId, CustomerId};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::duplicates::{ApartRow, find_apart};
use crate::store::error::StoreError;
use crate::store::merges::PartOf;
use crate::usecases;
use crate::usecases::merges::{Merge, MergeError, Side, side};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::duplicates::{address, said};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

#[derive(Template)]
#[template(path = "office/duplicates/pair.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    today: NaiveDate,
    sides: [Side; 2],
    apart: Option<ApartRow>,
}

impl Show {
    fn address(&self) -> String {
        let [one, other] = &self.sides;
        address(one.customer.id, other.customer.id)
    }

    /// Whether both are customers of their own.
    fn are_two(&self) -> bool {
        self.sides.iter().all(|side| side.merged_into.is_none())
    }

    /// Whether a reader of both names would take them for one.
    fn are_named_alike(&self) -> bool {
        let [one, other] = &self.sides;
        let key = |side: &Side| name_key(side.customer.kind, &side.customer.name);
        key(one) == key(other)
    }

    fn is_open(&self, part: &PartOf) -> bool {
        part.is_open(self.today)
    }

    /// Who may stay, with how many accounts each has a part on now: one account once, whatever the parts on it.
    fn stays(&self) -> Vec<(CustomerId, String)> {
        let row = |side: &Side| {
            let customer = &side.customer;
            let open = side.parts.iter().filter(|part| self.is_open(part));
            let accounts: BTreeSet<AccountId> = open.map(|part| part.account_id).collect();
            let words = self.t.merge_who(
                customer.name.as_str(),
                customer.id.to_string(),
                accounts.len(),
            );
            (customer.id, words)
        };
        self.sides.iter().map(row).collect()
    }

    /// Where mail may go.
    fn addresses(&self) -> Vec<(&'static str, String)> {
        vec![
            ("kept", self.t.merge_address_kept().to_owned()),
            ("gone", self.t.merge_address_gone().to_owned()),
        ]
    }

    fn have_other_addresses(&self) -> bool {
        let [one, other] = &self.sides;
        one.customer.mailing_address != other.customer.mailing_address
    }
}

/// GET /office/duplicates/{one}/{other}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    path: Path<(CustomerId, CustomerId)>,
) -> PageResult {
    let form = Form::default()
        .with("kept", path.0.min(path.1))
        .with("key", uuid::Uuid::new_v4());
    view(&app, chrome, *path, (form, StatusCode::OK)).await
}

async fn view(
    app: &App,
    chrome: Chrome,
    (one, other): (CustomerId, CustomerId),
    (form, status): (Form, StatusCode),
) -> PageResult {
    if one == other {
        return Err(PageError::NotFound);
    }
    let (one, other, today) = (one.min(other), one.max(other), app.clock.today());
    let look = move |conn: &mut Conn| {
        let sides = [side(conn, one, today)?, side(conn, other, today)?];
        Ok::<_, StoreError>((sides, find_apart(conn, (one, other))?))
    };
    let (sides, apart) = app.db.read(look).await?;
    let view = Show {
        t: chrome.t,
        chrome,
        form,
        today,
        sides,
        apart,
    };
    page_with(status, &view)
}

/// POST /office/duplicates/{one}/{other}/merge — they are one.
pub async fn merge(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(CustomerId, CustomerId)>,
    mut form: Form,
) -> PageResult {
    let (one, other) = *path;
    let t = chrome.t;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let kept = form.parse::<CustomerId>("kept", t.form_choose());
    let kept = kept.filter(|kept| [one, other].contains(kept));
    let Some(kept) = kept else {
        form.refuse("kept", t.form_choose());
        let bad = StatusCode::UNPROCESSABLE_ENTITY;
        return view(&app, chrome, (one, other), (form, bad)).await;
    };
    let new = Merge {
        request_key: key.to_string(),
        kept,
        gone: if kept == one { other } else { one },
        takes_address: form.value("address") == "gone",
        reason: form.value("reason").to_owned(),
    };
    let change = move |tx: &mut Tx<'_>| usecases::merges::merge(tx, &new);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(_) => see_other_saying(address(one, other), Tone::Good, t.merge_done()),
        Err(MergeError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse("reason", said(t, &refused));
            let bad = StatusCode::UNPROCESSABLE_ENTITY;
            view(&app, chrome, (one, other), (form, bad)).await
        }
    }
}

/// POST /office/duplicates/{one}/{other}/apart — they are two.
pub async fn keep_apart(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(CustomerId, CustomerId)>,
    mut form: Form,
) -> PageResult {
    let pair = *path;
    let reason = form.value("apart").to_owned();
    let change = move |tx: &mut Tx<'_>| usecases::merges::keep_apart(tx, pair, &reason);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let words = chrome.t.merge_apart_done();
            see_other_saying("/office/duplicates", Tone::Good, words)
        }
        Err(MergeError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse("apart", said(chrome.t, &refused));
            let form = form
                .with("kept", pair.0.min(pair.1))
                .with("key", uuid::Uuid::new_v4());
            let bad = StatusCode::UNPROCESSABLE_ENTITY;
            view(&app, chrome, pair, (form, bad)).await
        }
    }
}
