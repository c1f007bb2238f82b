//! The order in which meters are read, and between which values a register is expected to stand.

use std::collections::HashSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::ids::ServicePointId;

/// How far turns are apart when they are given: whoever writes a file may put others between.
pub const STEP: i32 = 10;

/// Where stops go on a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    First,
    /// After all others.
    Last,
    /// After this one.
    After(ServicePointId),
}

/// The order of a route once some stops, in their own order, stand at a place of it. Last where the one to stand after is itself moved or
/// not there.
#[must_use]
pub fn placed(
    order: &[ServicePointId],
    moved: &[ServicePointId],
    place: Place,
) -> Vec<ServicePointId> {
    let leaving: HashSet<ServicePointId> = moved.iter().copied().collect();
    let mut rest: Vec<ServicePointId> = order.to_vec();
    rest.retain(|stop| !leaving.contains(stop));
    let at = match place {
        Place::First => Some(0),
        Place::Last => None,
        Place::After(stop) => rest.iter().position(|one| *one == stop).map(|at| at + 1),
    };
    let tail = rest.split_off(at.unwrap_or(rest.len()).min(rest.len()));
    rest.extend_from_slice(moved);
    rest.extend(tail);
    rest
}

/// The turn of a stop by its place in the order.
#[must_use]
pub fn turn(index: usize) -> i32 {
    let place = i32::try_from(index).unwrap_or(i32::MAX / STEP - 1);
    (place + 1) * STEP
}

/// Between which values a register is expected to stand on a day: the last value and the least and most a day that it ever went by between two
/// reads of those given, oldest first. Nothing where it was not read twice. A register that went over its end or was exchanged says nothing
/// of that time.
#[must_use]
pub fn expected(reads: &[(NaiveDate, Decimal)], on: NaiveDate) -> Option<(Decimal, Decimal)> {
    let rate = |pair: &[(NaiveDate, Decimal)]| match pair {
        [(first, before), (last, after)] => {
            let days = Decimal::from((*last - *first).num_days());
            let used = after - before;
            (days > Decimal::ZERO && !used.is_sign_negative()).then(|| used / days)
        }
        _other => None,
    };
    let rates: Vec<Decimal> = reads.windows(2).filter_map(rate).collect();
    let (last_on, last) = reads.last()?;
    let days = Decimal::from((on - *last_on).num_days().max(0));
    let least = rates.iter().min()?;
    let most = rates.iter().max()?;
    Some(((last + least * days).floor(), (last + most * days).ceil()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stops(ids: &[i64]) -> Vec<ServicePointId> {
        ids.iter().copied().map(ServicePointId).collect()
    }

    #[test]
    fn stops_go_where_they_are_put_and_the_others_keep_their_order() {
        let order = stops(&[1, 2, 3, 4, 5]);
        let moved = stops(&[4, 2]);
        let at = |place| placed(&order, &moved, place);
        assert_eq!(at(Place::First), stops(&[4, 2, 1, 3, 5]));
        assert_eq!(at(Place::Last), stops(&[1, 3, 5, 4, 2]));
        assert_eq!(at(Place::After(ServicePointId(3))), stops(&[1, 3, 4, 2, 5]));
        assert_eq!(at(Place::After(ServicePointId(2))), stops(&[1, 3, 5, 4, 2]));
        assert_eq!((turn(0), turn(4)), (10, 50));
    }

    #[test]
    fn a_register_is_expected_between_its_slowest_and_its_fastest_month() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
        let reads = [
            (day(1), Decimal::from(100)),
            (day(11), Decimal::from(110)),
            (day(21), Decimal::from(140)),
        ];
        let between = Some((Decimal::from(150), Decimal::from(170)));
        assert_eq!(expected(&reads, day(31)), between);
        assert_eq!(expected(&reads[..1], day(31)), None);
    }
}
