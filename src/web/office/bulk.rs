//! Several rows of a list of work at once, by boxes that are ticked: given to somebody, or dismissed for one reason. The list comes back with the
//! filters it had. Every list goes the same way; what differs stands beside its address.

use std::str::FromStr;

use actix_web::web::Data;

use crate::app::App;
use crate::domain::ids::StaffId;
use crate::domain::queues::{Queue, filters};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::staff;
use crate::usecases::bulk_work::{
    BulkError, dismiss_broken, dismiss_exceptions, dismiss_failed, give_broken, give_credits,
    give_exceptions, give_failed, give_holds, give_orders, give_requests,
};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult};

/// The boxes of the rows begin so; the row follows.
pub const BOX: &str = "pick-";

/// Where the money that is held for accounts is listed.
pub const UNAPPLIED: &str = "/office/receivables/unapplied";

/// Several rows at once.
pub fn doors() -> Doors {
    Doors::at("/office")
        .post("/exceptions/bulk", Permission::WorkExceptions, exceptions)
        .post("/requests/bulk", Permission::WorkRequests, requests)
        .post("/orders/bulk", Permission::ManageOrders, orders)
        .post("/holds/bulk", Permission::PlaceHold, holds)
        .post(
            "/arrangements/bulk",
            Permission::MakeArrangement,
            arrangements,
        )
        .post("/notices/bulk", Permission::WorkExceptions, notices)
        .post(
            "/receivables/unapplied/bulk",
            Permission::RefundCredit,
            credits,
        )
}

/// What may be done with several rows of a list at once.
pub struct Bulk {
    /// The address of the list.
    pub path: &'static str,
    /// The filters that the list has.
    pub query: String,
    /// Whether the reader works the list, and may take rows.
    pub may_take: bool,
    /// Whoever else works it, by id.
    pub colleagues: Vec<(String, String)>,
    /// Whether rows may be dismissed for one reason.
    pub may_dismiss: bool,
}

impl Bulk {
    /// What may be done with a list, as it is looked at by an address, that is worked by whoever has a permission.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn load(
        conn: &mut Conn,
        reader: &StaffMember,
        (queue, permission, address): (Queue, Permission, &str),
    ) -> Result<Self, StoreError> {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let dismisses = match queue {
            Queue::Exceptions | Queue::Arrangements | Queue::Notices => true,
            Queue::Requests | Queue::Orders | Queue::Holds | Queue::Receivables => false,
        };
        let path = match queue {
            Queue::Receivables => UNAPPLIED,
            Queue::Exceptions
            | Queue::Requests
            | Queue::Orders
            | Queue::Holds
            | Queue::Arrangements
            | Queue::Notices => queue.path(),
        };
        let works = |member: &staff::StaffRow| {
            member.is_active && member.id != reader.id && member.role.may(permission)
        };
        let others = staff::list(conn)?.into_iter().filter(works);
        Ok(Self {
            path,
            query: filters(query).unwrap_or_default(),
            may_take: reader.may(permission),
            colleagues: others
                .map(|member| (member.id.to_string(), member.name))
                .collect(),
            may_dismiss: dismisses,
        })
    }
}

/// What a list does with rows: gives them to somebody, and dismisses them where it does.
struct Ways<Id> {
    path: &'static str,
    give: fn(&mut Tx<'_>, &[Id], StaffId) -> Result<usize, BulkError>,
    dismiss: Option<fn(&mut Tx<'_>, &[Id], &str) -> Result<usize, BulkError>>,
    /// What is said of rows that were left, where some may be.
    left: Option<fn(Words, usize) -> String>,
}

/// Does with the ticked rows what the form asks for.
async fn work<Id: FromStr + Send + 'static>(
    (app, chrome, staff): (Data<App>, Chrome, StaffMember),
    form: &Form,
    ways: &Ways<Id>,
) -> PageResult {
    let t = chrome.t;
    let query = filters(form.value("query")).unwrap_or_default();
    let back = if query.is_empty() {
        ways.path.to_owned()
    } else {
        format!("{}?{query}", ways.path)
    };
    let rows = form.named(BOX).into_iter();
    let ids: Vec<Id> = rows.filter_map(|row| row.parse().ok()).collect();
    if ids.is_empty() {
        return see_other_saying(back, Tone::Bad, t.bulk_none());
    }
    let chosen = ids.len();
    let (done, said): (Result<usize, BulkError>, fn(Words, usize) -> String) = match ways.dismiss {
        Some(dismiss) if form.value("do") == "dismiss" => {
            let reason = form.value("reason").to_owned();
            let change = move |tx: &mut Tx<'_>| dismiss(tx, &ids, &reason);
            let done = app.db.write(staff.stamp(&app), change).await;
            (done, |t, count| t.bulk_dismissed(count))
        }
        Some(_) | None => {
            let (owner, give) = (owner(form, &staff)?, ways.give);
            let change = move |tx: &mut Tx<'_>| give(tx, &ids, owner);
            let done = app.db.write(staff.stamp(&app), change).await;
            (done, |t, count| t.bulk_assigned(count))
        }
    };
    let refused = |words: String| see_other_saying(&back, Tone::Bad, words);
    match done {
        Ok(count) => {
            let left = ways.left.filter(|_| count < chosen);
            let words = match left {
                Some(left) => format!("{} {}", said(t, count), left(t, chosen - count)),
                None => said(t, count),
            };
            see_other_saying(&back, Tone::Good, words)
        }
        Err(BulkError::NotAnOwner(_)) => refused(t.bulk_no_owner().to_owned()),
        Err(BulkError::ReasonMissing) => refused(t.exception_reason_missing().to_owned()),
        Err(BulkError::ReasonTooLong(most)) => refused(t.exception_reason_too_long(most)),
        Err(BulkError::Fault(fault)) => Err(fault.into()),
    }
}

/// Who is given the work: whoever asks, where nobody else is chosen.
fn owner(form: &Form, staff: &StaffMember) -> Result<StaffId, PageError> {
    match form.value("to") {
        "" | "me" => Ok(staff.id),
        other => other.parse().map_err(|_strange| PageError::Unreadable),
    }
}

/// POST /office/exceptions/bulk
pub async fn exceptions(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    form: Form,
) -> PageResult {
    let ways = Ways {
        path: Queue::Exceptions.path(),
        give: give_exceptions,
        dismiss: Some(dismiss_exceptions),
        left: Some(Words::bulk_left),
    };
    work((app, chrome, staff), &form, &ways).await
}

/// POST /office/requests/bulk
pub async fn requests(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    form: Form,
) -> PageResult {
    let ways = Ways {
        path: Queue::Requests.path(),
        give: give_requests,
        dismiss: None,
        left: None,
    };
    work((app, chrome, staff), &form, &ways).await
}

/// POST /office/orders/bulk
pub async fn orders(app: Data<App>, chrome: Chrome, staff: StaffMember, form: Form) -> PageResult {
    let ways = Ways {
        path: Queue::Orders.path(),
        give: give_orders,
        dismiss: None,
        left: Some(Words::bulk_orders_left),
    };
    work((app, chrome, staff), &form, &ways).await
}

/// POST /office/holds/bulk
pub async fn holds(app: Data<App>, chrome: Chrome, staff: StaffMember, form: Form) -> PageResult {
    let ways = Ways {
        path: Queue::Holds.path(),
        give: give_holds,
        dismiss: None,
        left: None,
    };
    work((app, chrome, staff), &form, &ways).await
}

/// POST /office/arrangements/bulk — those that broke.
pub async fn arrangements(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    form: Form,
) -> PageResult {
    let ways = Ways {
        path: Queue::Arrangements.path(),
        give: give_broken,
        dismiss: Some(dismiss_broken),
        left: Some(Words::bulk_marked_left),
    };
    work((app, chrome, staff), &form, &ways).await
}

/// POST /office/notices/bulk — those that failed.
pub async fn notices(app: Data<App>, chrome: Chrome, staff: StaffMember, form: Form) -> PageResult {
    let ways = Ways {
        path: Queue::Notices.path(),
        give: give_failed,
        dismiss: Some(dismiss_failed),
        left: Some(Words::bulk_marked_left),
    };
    work((app, chrome, staff), &form, &ways).await
}

/// POST /office/receivables/unapplied/bulk
pub async fn credits(app: Data<App>, chrome: Chrome, staff: StaffMember, form: Form) -> PageResult {
    let ways = Ways {
        path: UNAPPLIED,
        give: give_credits,
        dismiss: None,
        left: Some(Words::bulk_marked_left),
    };
    work((app, chrome, staff), &form, &ways).await
}
