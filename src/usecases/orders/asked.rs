//! Orders that nobody types: what a customer's request leads to the moment it comes, what becomes of them when it ends, and what a move that the
//! office carries out asks of a crew.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::ids::{AccountId, PremiseId, RequestId, ServicePointId};
use crate::domain::moves::ends_on;
use crate::domain::orders::asked::{Asked, Place, orders_of};
use crate::domain::orders::told::Appointment;
use crate::domain::orders::{LONGEST_WORDS, OrderKind, Slot, Urgency, Why};
use crate::domain::period::in_force;
use crate::domain::requests::asking::{Answers, Field};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::orders::{self, Filter, OrderRow};
use crate::store::requests::RequestRow;
use crate::store::service;
use crate::usecases::accounts::moves::NewMove;
use crate::usecases::orders::{NewOrder, end, fault, hold, make, places, record, told};

/// More orders than a request or a move ever leads to.
const MOST: i64 = 200;

/// Makes the orders that a request leads to; the same request makes them once.
///
/// # Errors
/// A fault of the store.
pub fn follow_request(tx: &mut Tx<'_>, row: &RequestRow) -> Result<(), StoreError> {
    let (answers, today) = (row.answers()?, tx.stamp.on);
    for asked in orders_of(row.kind, &answers) {
        let places = match asked.place {
            Place::Own => places::own(tx, (row.account_id, asked.service), today)?,
            Place::ToCome | Place::Elsewhere => Vec::new(),
        };
        if places.is_empty() {
            make_asked(tx, (row, &answers), (&asked, None))?;
        }
        for place in places {
            make_asked(tx, (row, &answers), (&asked, Some(place)))?;
        }
    }
    Ok(())
}

fn make_asked(
    tx: &mut Tx<'_>,
    (row, answers): (&RequestRow, &Answers),
    (asked, place): (&Asked, Option<(PremiseId, Option<ServicePointId>)>),
) -> Result<(), StoreError> {
    let (premise, point) = (
        place.map(|(premise, _)| premise),
        place.and_then(|(_, one)| one),
    );
    let at = premise.map_or_else(String::new, |premise| format!("-{premise}"));
    let new = NewOrder {
        key: format!("request-{}-{}{at}", row.number, asked.kind),
        kind: asked.kind,
        urgency: asked.urgency,
        account: row.account_id,
        premise,
        point,
        request: Some(row.id),
        follows: None,
        instructions: instructions(answers),
        on: asked.on,
        slot: Slot::AllDay,
    };
    make(tx, &new).map(drop).map_err(fault)
}

/// What the customer wrote that a crew has to know: each on a line, cut where it is longer than what an order carries.
fn instructions(answers: &Answers) -> String {
    let told = [Field::Place, Field::Access, Field::Phone, Field::Words];
    let lines: Vec<&str> = told
        .iter()
        .filter_map(|field| answers.get(*field))
        .collect();
    lines.join("\n").chars().take(LONGEST_WORDS).collect()
}

/// Cancels what is still to be done for a request that has ended.
///
/// # Errors
/// A fault of the store.
pub fn end_request(tx: &mut Tx<'_>, request: RequestId) -> Result<(), StoreError> {
    for row in open_of(tx, request)? {
        let row = hold(tx, row.id)?;
        if row.state.is_open() {
            end(tx, &row, (Why::RequestEnded, None)).map_err(fault)?;
        }
    }
    Ok(())
}

fn open_of(tx: &mut Tx<'_>, request: RequestId) -> Result<Vec<OrderRow>, StoreError> {
    let filter = Filter {
        is_open: true,
        request: Some(request),
        ..Filter::default()
    };
    orders::list(tx, &filter, (MOST, 0))
}

/// Sends a crew to what a move ends and begins, where its day has not passed. Orders of the request that asked for it learn the place and the day;
/// where service goes on in somebody else's name the meter is only read.
///
/// # Errors
/// A fault of the store.
pub fn follow_move(tx: &mut Tx<'_>, account: AccountId, new: &NewMove) -> Result<(), StoreError> {
    let today = tx.stamp.on;
    if let Some(leaving) = new.leaving.as_ref().filter(|one| one.last_on >= today) {
        let mut left: Vec<(PremiseId, bool)> = Vec::new();
        for id in &leaving.services {
            let Some(row) = service::find(tx, *id)? else {
                continue;
            };
            let point = row.service_point_id;
            if !service::commodity_of(tx, point)?.is_metered() {
                continue;
            }
            let (premise, _) = service::place_of(tx, point)?;
            let goes_on = goes_on(tx, (account, point), ends_on(leaving.last_on))?;
            match left.iter_mut().find(|(place, _)| *place == premise) {
                Some((_, all)) => *all = *all && goes_on,
                None => left.push((premise, goes_on)),
            }
        }
        for (premise, goes_on) in left {
            let kind = if goes_on {
                OrderKind::ReadOut
            } else {
                OrderKind::TurnOff
            };
            send(tx, (account, new.request), (kind, premise, leaving.last_on))?;
        }
    }
    if let Some(coming) = new.coming.as_ref().filter(|one| one.first_on >= today) {
        let mut is_metered = false;
        for (point, _) in &coming.services {
            is_metered |= service::commodity_of(tx, *point)?.is_metered();
        }
        if is_metered {
            let what = (OrderKind::TurnOn, coming.premise, coming.first_on);
            send(tx, (account, new.request), what)?;
        }
    }
    Ok(())
}

/// Whether somebody else is served at a point from a day on.
fn goes_on(
    tx: &mut Tx<'_>,
    (account, point): (AccountId, ServicePointId),
    from: NaiveDate,
) -> Result<bool, StoreError> {
    let agreements = service::list_at_point_since(tx, point, from)?;
    Ok(agreements
        .iter()
        .any(|row| row.account_id != account && in_force(row.from_on, row.until_on, from)))
}

/// Tells the request's own order where and when, or makes one.
fn send(
    tx: &mut Tx<'_>,
    (account, request): (AccountId, Option<RequestId>),
    (kind, premise, on): (OrderKind, PremiseId, NaiveDate),
) -> Result<(), StoreError> {
    let asked = match request {
        Some(request) => open_of(tx, request)?,
        None => Vec::new(),
    };
    let is_here = |row: &&OrderRow| row.premise_id.is_none_or(|at| at == premise);
    let wanted = asked.iter().filter(is_here).find(|row| row.kind == kind);
    if let Some(row) = wanted {
        let row = hold(tx, row.id)?;
        orders::mark_place(tx, row.id, (premise, on))?;
        let facts = json!({ "premise": premise, "on": on });
        record(tx, &row, "order.placed", facts)?;
        let slot = row.slot;
        let now = OrderRow {
            premise_id: Some(premise),
            ..row.clone()
        };
        let at = (row.appointment(), Some(Appointment { on, slot }), true);
        return told::changed(tx, &now, at);
    }
    // Service goes on: the order that was to turn it off is to do no harm.
    let turn_off = asked
        .iter()
        .filter(is_here)
        .find(|row| kind == OrderKind::ReadOut && row.kind == OrderKind::TurnOff);
    if let Some(row) = turn_off {
        let row = hold(tx, row.id)?;
        end(tx, &row, (Why::ByOffice, None)).map_err(fault)?;
    }
    let new = NewOrder {
        key: format!("move-{account}-{kind}-{premise}-{on}"),
        kind,
        urgency: Urgency::Standard,
        account,
        premise: Some(premise),
        point: None,
        request,
        follows: None,
        instructions: String::new(),
        on: Some(on),
        slot: Slot::AllDay,
    };
    make(tx, &new).map(drop).map_err(fault)
}
