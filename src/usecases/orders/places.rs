//! Where an order is done: the metered services of its place, the meters that hang there, and the registers that are read.

use chrono::{Days, NaiveDate};

use crate::domain::ids::{AccountId, MeterId, PremiseId, ServicePointId};
use crate::domain::meters::MeterKind;
use crate::domain::orders::OrderKind;
use crate::domain::period::{Period, in_force};
use crate::domain::premises::Commodity;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::meters::{self, RegisterRow};
use crate::store::orders::OrderRow;
use crate::store::place_merges;
use crate::store::premises;
use crate::store::service;
use crate::store::switches;
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

/// The points of an order without those that it is not about: nobody's service is shut off for what somebody else at the place owes, nor turned on.
pub(super) fn without_others(
    conn: &mut Conn,
    row: &OrderRow,
    (mut points, on): (Vec<ServicePointId>, NaiveDate),
) -> Result<Vec<ServicePointId>, StoreError> {
    if row.is_of_own_points() {
        let served = switches::list_served(conn, &points, on)?;
        let others = of_others(&points, &served, row.account_id);
        points.retain(|point| !others.contains(point));
    }
    Ok(points)
}

/// Those of the points of a place that are others' alone, by who is served at which; none where the account has none of its own there.
#[must_use]
pub fn of_others(
    points: &[ServicePointId],
    served: &[(ServicePointId, AccountId)],
    account: AccountId,
) -> Vec<ServicePointId> {
    let own: Vec<ServicePointId> = served
        .iter()
        .filter(|(at, who)| *who == account && points.contains(at))
        .map(|(at, _)| *at)
        .collect();
    if own.is_empty() {
        return Vec::new();
    }
    let of_others = served
        .iter()
        .filter(|(at, _)| points.contains(at) && !own.contains(at));
    of_others.map(|(at, _)| *at).collect()
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

/// The place itself, or the one that it became one with in the meantime: nobody merges it before the transaction ends.
pub(super) fn standing(tx: &mut Tx<'_>, place: PremiseId) -> Result<PremiseId, StoreError> {
    premises::lock(tx, place)?;
    Ok(place_merges::merged_into(tx, place)?.unwrap_or(place))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_place_that_several_share_each_has_its_own_points() {
        let point = ServicePointId;
        let (ana, ben) = (AccountId(1), AccountId(2));
        let points = [point(1), point(2), point(3)];
        let served = [(point(1), ana), (point(2), ben), (point(9), ben)];
        assert_eq!(of_others(&points, &served, ana), [point(2)]);
        assert_eq!(of_others(&points, &served, ben), [point(1)]);
        // What nobody is served at is the place's; who has left it has nothing to tell apart.
        assert_eq!(of_others(&points, &served, AccountId(3)), []);
        let both = [(point(1), ana), (point(1), ben)];
        assert_eq!(of_others(&points, &both, ana), []);
    }
}
