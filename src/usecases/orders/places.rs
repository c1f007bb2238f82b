//! Where an order is done: the metered services of its place, the meters that hang there, and the registers that are read.

use chrono::{Days, NaiveDate};

use crate::domain::ids::{AccountId, MeterId, PremiseId, ServicePointId};
use crate::domain::meters::MeterKind;
use crate::domain::orders::OrderKind;
use crate::domain::period::{Period, in_force};
use crate::domain::premises::Commodity;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::meters::{self, RegisterRow};
use crate::store::orders::OrderRow;
use crate::store::premises;
use crate::store::service;
use crate::usecases::orders::OrderError;

/// The points of an order: the one it names, or every metered one of its place.
///
/// # Errors
/// A fault of the store.
pub fn points_of(conn: &mut Conn, row: &OrderRow) -> Result<Vec<ServicePointId>, StoreError> {
    points(conn, (row.premise_id, row.service_point_id))
}

fn points(
    conn: &mut Conn,
    place: (Option<PremiseId>, Option<ServicePointId>),
) -> Result<Vec<ServicePointId>, StoreError> {
    match place {
        (_, Some(point)) => Ok(vec![point]),
        (Some(premise), None) => {
            let all = premises::list_points_at(conn, premise)?;
            let metered = all.into_iter().filter(|row| row.commodity.is_metered());
            Ok(metered.map(|row| row.id).collect())
        }
        (None, None) => Ok(Vec::new()),
    }
}

/// The registers that count at points on a day, each with its point.
///
/// # Errors
/// A fault of the store.
pub fn registers_at(
    conn: &mut Conn,
    points: &[ServicePointId],
    on: NaiveDate,
) -> Result<Vec<(RegisterRow, ServicePointId)>, StoreError> {
    let installed = meters::list_installed(conn, points)?;
    Ok(installed
        .into_iter()
        .filter(|row| in_force(row.from_on, row.until_on, on))
        .map(|row| (row.register, row.service_point_id))
        .collect())
}

/// The one meter at a place on a day that is not behind another; nothing where there are several, or none.
pub(super) fn only_meter(
    conn: &mut Conn,
    place: (Option<PremiseId>, Option<ServicePointId>),
    on: NaiveDate,
) -> Result<Option<MeterId>, StoreError> {
    let points = points(conn, place)?;
    let hung = meters::list_hung_at(conn, &points)?;
    let mut here = hung.into_iter().filter(|hung| {
        hung.meter.kind != MeterKind::Deduct && in_force(hung.from_on, hung.until_on, on)
    });
    Ok(match (here.next(), here.next()) {
        (Some(only), None) => Some(only.meter.id),
        (Some(_), Some(_)) | (None, _) => None,
    })
}

/// The place of an order that is made: one where the account is, was or is to be served, and the point is there.
pub(super) fn checked(
    conn: &mut Conn,
    (account, premise, point): (AccountId, Option<PremiseId>, Option<ServicePointId>),
) -> Result<Option<PremiseId>, OrderError> {
    let premise = match point {
        Some(point) => {
            let (at, _) = service::place_of(conn, point)?;
            if premise.is_some_and(|premise| premise != at) {
                return Err(OrderError::NotTheirs);
            }
            Some(at)
        }
        None => premise,
    };
    let Some(at) = premise else {
        return Ok(None);
    };
    if premises::list_served(conn, account)?.contains(&at) {
        Ok(Some(at))
    } else {
        Err(OrderError::NotTheirs)
    }
}

/// Whose service an order to turn it off would end on a day: another account's than its own, which has left by then; nothing for other orders.
pub(super) fn served_by(
    conn: &mut Conn,
    row: &OrderRow,
    on: NaiveDate,
) -> Result<Option<AccountId>, StoreError> {
    if row.kind != OrderKind::TurnOff {
        return Ok(None);
    }
    for point in points_of(conn, row)? {
        let agreements = service::list_at_point_since(conn, point, on)?;
        let other = agreements.iter().find(|one| {
            one.account_id != row.account_id && in_force(one.from_on, one.until_on, on)
        });
        if let Some(other) = other {
            return Ok(Some(other.account_id));
        }
    }
    Ok(None)
}

/// Nobody's service is turned off on a day for somebody who has left.
pub(super) fn nobody_else(
    conn: &mut Conn,
    row: &OrderRow,
    on: NaiveDate,
) -> Result<(), OrderError> {
    match served_by(conn, row, on)? {
        Some(_) => Err(OrderError::Served),
        None => Ok(()),
    }
}

/// Where an account is served on a day, for an order about one service or about all: each place once, with the point where it is one alone.
pub(in crate::usecases) fn own(
    conn: &mut Conn,
    (account, service): (AccountId, Option<Commodity>),
    on: NaiveDate,
) -> Result<Vec<(PremiseId, Option<ServicePointId>)>, StoreError> {
    let day = Period {
        from: on,
        until: on + Days::new(1),
    };
    let agreed = service::list_of_accounts(conn, &[account], day)?;
    let wanted = agreed.into_iter().filter(|one| {
        one.commodity.is_metered() && service.is_none_or(|service| service == one.commodity)
    });
    let mut found: Vec<(PremiseId, Option<ServicePointId>)> = Vec::new();
    for one in wanted {
        let point = one.agreement.service_point_id;
        match found.iter_mut().find(|(place, _)| *place == one.premise_id) {
            Some((_, several)) => *several = None,
            None => found.push((one.premise_id, Some(point))),
        }
    }
    Ok(found)
}
