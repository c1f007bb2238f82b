//! Telling customers when somebody comes: as soon as an appointment is made, moved or called off, and on the day before. What a shut-off, a notice at
//! the door or a look into tampering is about is told otherwise, or not at all.

use std::collections::HashMap;

use chrono::Days;

use crate::domain::access::Right;
use crate::domain::alerts::AlertKind;
use crate::domain::ids::{AccountId, OrderId, PremiseId, RequestNumber};
use crate::domain::notice::{Notice, Urgency};
use crate::domain::orders::told::{Appointment, AppointmentNews, AppointmentTold, news};
use crate::store::alerts;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::{NewNotice, Reader};
use crate::store::orders::{self, OrderRow};
use crate::store::premises;
use crate::usecases::alerts::{on_every_way, put_new};
use crate::usecases::notices;

/// How many orders one chunk looks at.
const CHUNK: i64 = 500;

/// Tells whose account it is what became of an order's appointment: `before` and `now`, of an order that goes on or has ended.
pub(super) fn changed(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    (before, now, goes_on): (Option<Appointment>, Option<Appointment>, bool),
) -> Result<(), StoreError> {
    let today = tx.stamp.on;
    let said = news(before, now, (goes_on, today)).filter(|_| row.kind.is_told());
    let Some(said) = said else {
        return Ok(());
    };
    let place = match row.premise_id {
        Some(premise) => premises::list_lines(tx, &[premise])?.pop(),
        None => None,
    };
    let place = place.map(|(_, line)| line);
    let whose = (row.account_id, Right::Change);
    notices::tell_those(tx, whose, Urgency::GoodToKnow, |reader| {
        told(reader, row, (place.clone(), said))
    })?;
    orders::mark_told(tx, &[row.id])
}

fn told(
    reader: &Reader,
    row: &OrderRow,
    (place, news): (Option<String>, AppointmentNews),
) -> Notice {
    Notice::Appointment(AppointmentTold {
        name: reader.name.clone(),
        account_number: reader.account_number.clone(),
        order: row.number.clone(),
        about: row.kind,
        place,
        request: row.request_id.map(|request| RequestNumber::of(request.0)),
        news,
    })
}

/// What one chunk came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reminded {
    /// How many notices were put in the outbox.
    pub notices: usize,
    /// Where the next chunk begins; `None` when all were looked at.
    pub next: Option<OrderId>,
}

/// Tells of the next appointments of tomorrow after an order, but for those that were told of today: a fixed number of questions for all of them.
///
/// # Errors
/// A fault of the store.
pub fn remind(tx: &mut Tx<'_>, after: OrderId) -> Result<Reminded, StoreError> {
    let today = tx.stamp.on;
    let rows = orders::list_appointed(tx, (today + Days::new(1), today), (after, CHUNK))?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|found| found == CHUNK);
    let next = rows.last().map(|row| row.id).filter(|_| is_full);
    let rows: Vec<OrderRow> = rows.into_iter().filter(|row| row.kind.is_told()).collect();
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let listeners = alerts::by_account(alerts::list_listeners(tx, &accounts, today)?);
    let places: Vec<PremiseId> = rows.iter().filter_map(|row| row.premise_id).collect();
    let places: HashMap<PremiseId, String> =
        premises::list_lines(tx, &places)?.into_iter().collect();
    let mut planned: Vec<NewNotice> = Vec::new();
    for row in &rows {
        let Some(at) = row.appointment() else {
            continue;
        };
        let place = row.premise_id.and_then(|id| places.get(&id).cloned());
        let what = format!("{}:{}:{}", row.id, at.on, at.slot);
        let all = listeners.get(&row.account_id).into_iter().flatten();
        for listener in all.filter(|listener| listener.gives(Right::Change)) {
            let said = (place.clone(), AppointmentNews::Tomorrow { at });
            let notice = told(&listener.reader, row, said);
            let ways = on_every_way(listener, AlertKind::Appointment, &what, &notice);
            planned.extend(ways);
        }
    }
    let ids: Vec<OrderId> = rows.iter().map(|row| row.id).collect();
    orders::mark_told(tx, &ids)?;
    let notices = put_new(tx, planned)?;
    Ok(Reminded { notices, next })
}
