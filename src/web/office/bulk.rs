//! Several rows of a list of work at once, by boxes that are ticked: given to somebody, or dismissed for one reason. The list comes back with the
//! filters it had.

use std::str::FromStr;

use actix_web::web::Data;

use crate::app::App;
use crate::domain::ids::{ExceptionId, HoldId, OrderId, RequestId, StaffId};
use crate::domain::queues::{Queue, filters};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::staff;
use crate::usecases::bulk_work::{
    BulkError, dismiss_exceptions, give_exceptions, give_holds, give_orders, give_requests,
};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult};

/// The boxes of the rows begin so; the row follows.
pub const BOX: &str = "pick-";

/// Several rows at once.
pub fn doors() -> Doors {
    Doors::at("/office")
        .post("/exceptions/bulk", Permission::WorkExceptions, exceptions)
        .post("/requests/bulk", Permission::WorkRequests, requests)
        .post("/orders/bulk", Permission::ManageOrders, orders)
        .post("/holds/bulk", Permission::PlaceHold, holds)
}

/// What may be done with several rows of a list at once.
pub struct Bulk {
    /// Whether the reader works the list, and may take rows.
    pub may_take: bool,
    /// Whoever else works it, by id.
    pub colleagues: Vec<(String, String)>,
    /// Whether rows may be dismissed for one reason.
    pub may_dismiss: bool,
}

impl Bulk {
    /// What may be done with a list that is worked by whoever has a permission.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn load(
        conn: &mut Conn,
        reader: &StaffMember,
        (queue, permission): (Queue, Permission),
    ) -> Result<Self, StoreError> {
        let works = |member: &staff::StaffRow| {
            member.is_active && member.id != reader.id && member.role.may(permission)
        };
        let others = staff::list(conn)?.into_iter().filter(works);
        Ok(Self {
            may_take: reader.may(permission),
            colleagues: others
                .map(|member| (member.id.to_string(), member.name))
                .collect(),
            may_dismiss: queue == Queue::Exceptions,
        })
    }
}

/// POST /office/exceptions/bulk
pub async fn exceptions(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    form: Form,
) -> PageResult {
    let t = chrome.t;
    let back = back(Queue::Exceptions, &form);
    let ids: Vec<ExceptionId> = picked(&form);
    if ids.is_empty() {
        return see_other_saying(back, Tone::Bad, t.bulk_none());
    }
    let chosen = ids.len();
    if form.value("do") == "dismiss" {
        let reason = form.value("reason").to_owned();
        let change = move |tx: &mut Tx<'_>| dismiss_exceptions(tx, &ids, &reason);
        let done = app.db.write(staff.stamp(&app), change).await;
        return answer(t, &back, done, |count| {
            let said = t.bulk_dismissed(count);
            match chosen - count {
                0 => said,
                left => format!("{said} {}", t.bulk_left(left)),
            }
        });
    }
    let owner = owner(&form, &staff)?;
    let change = move |tx: &mut Tx<'_>| give_exceptions(tx, &ids, owner);
    let done = app.db.write(staff.stamp(&app), change).await;
    answer(t, &back, done, |count| t.bulk_assigned(count))
}

/// POST /office/requests/bulk
pub async fn requests(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    form: Form,
) -> PageResult {
    let t = chrome.t;
    let back = back(Queue::Requests, &form);
    let ids: Vec<RequestId> = picked(&form);
    if ids.is_empty() {
        return see_other_saying(back, Tone::Bad, t.bulk_none());
    }
    let owner = owner(&form, &staff)?;
    let change = move |tx: &mut Tx<'_>| give_requests(tx, &ids, owner);
    let done = app.db.write(staff.stamp(&app), change).await;
    answer(t, &back, done, |count| t.bulk_assigned(count))
}

/// POST /office/orders/bulk
pub async fn orders(app: Data<App>, chrome: Chrome, staff: StaffMember, form: Form) -> PageResult {
    let t = chrome.t;
    let back = back(Queue::Orders, &form);
    let ids: Vec<OrderId> = picked(&form);
    if ids.is_empty() {
        return see_other_saying(back, Tone::Bad, t.bulk_none());
    }
    let (owner, chosen) = (owner(&form, &staff)?, ids.len());
    let change = move |tx: &mut Tx<'_>| give_orders(tx, &ids, owner);
    let done = app.db.write(staff.stamp(&app), change).await;
    answer(t, &back, done, |count| {
        let said = t.bulk_assigned(count);
        match chosen - count {
            0 => said,
            left => format!("{said} {}", t.bulk_orders_left(left)),
        }
    })
}

/// POST /office/holds/bulk
pub async fn holds(app: Data<App>, chrome: Chrome, staff: StaffMember, form: Form) -> PageResult {
    let t = chrome.t;
    let back = back(Queue::Holds, &form);
    let ids: Vec<HoldId> = picked(&form);
    if ids.is_empty() {
        return see_other_saying(back, Tone::Bad, t.bulk_none());
    }
    let owner = owner(&form, &staff)?;
    let change = move |tx: &mut Tx<'_>| give_holds(tx, &ids, owner);
    let done = app.db.write(staff.stamp(&app), change).await;
    answer(t, &back, done, |count| t.bulk_assigned(count))
}

/// The rows whose boxes are ticked.
fn picked<Id: FromStr>(form: &Form) -> Vec<Id> {
    let rows = form.named(BOX).into_iter();
    rows.filter_map(|row| row.parse().ok()).collect()
}

/// The list as it was looked at.
fn back(queue: Queue, form: &Form) -> String {
    queue.address(&filters(form.value("query")).unwrap_or_default())
}

/// Who is given the work: whoever asks, where nobody else is chosen.
fn owner(form: &Form, staff: &StaffMember) -> Result<StaffId, PageError> {
    match form.value("to") {
        "" | "me" => Ok(staff.id),
        other => other.parse().map_err(|_strange| PageError::Unreadable),
    }
}

fn answer(
    t: Words,
    back: &str,
    done: Result<usize, BulkError>,
    said: impl FnOnce(usize) -> String,
) -> PageResult {
    let refused = |words: String| see_other_saying(back, Tone::Bad, words);
    match done {
        Ok(count) => see_other_saying(back, Tone::Good, said(count)),
        Err(BulkError::NotAnOwner(_)) => refused(t.bulk_no_owner().to_owned()),
        Err(BulkError::ReasonMissing) => refused(t.exception_reason_missing().to_owned()),
        Err(BulkError::ReasonTooLong(most)) => refused(t.exception_reason_too_long(most)),
        Err(BulkError::Fault(fault)) => Err(fault.into()),
    }
}
