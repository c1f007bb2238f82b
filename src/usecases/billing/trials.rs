//! The interval days behind billed services, for a schedule that is tried on them: a bill keeps its reads and sums, the days stay with the
//! registers.

use std::collections::HashMap;

use crate::domain::ids::{RegisterId, ServicePointId};
use crate::domain::period::Period;
use crate::domain::rates::facts::IntervalDay;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::{intervals, meters};
use crate::usecases::billing::places;

/// The days of intervals at each service point in its billed period, named as a schedule that nets or does not net asks for them. Two
/// queries, however many services are asked for.
///
/// # Errors
/// Those of the database.
pub fn interval_days(
    conn: &mut Conn,
    billed: &[(ServicePointId, Period)],
    is_net: bool,
) -> Result<HashMap<ServicePointId, Vec<IntervalDay>>, StoreError> {
    let first = billed.iter().map(|(_, period)| period.from).min();
    let last = billed.iter().map(|(_, period)| period.until).max();
    let (Some(from), Some(until)) = (first, last) else {
        return Ok(HashMap::new());
    };
    let points: Vec<ServicePointId> = billed.iter().map(|(point, _)| *point).collect();
    let installed = meters::list_installed(conn, &points)?;
    let reporting: HashMap<RegisterId, (ServicePointId, &'static str)> = installed
        .iter()
        .filter(|one| one.register.resolution_minutes.is_some())
        .map(|one| {
            let name = places::measure_of(one.register.channel, is_net);
            (one.register.id, (one.service_point_id, name))
        })
        .collect();
    let registers: Vec<RegisterId> = reporting.keys().copied().collect();
    let periods: HashMap<ServicePointId, Period> = billed.iter().copied().collect();
    let mut days: HashMap<ServicePointId, Vec<IntervalDay>> = HashMap::new();
    for day in intervals::list_usage(conn, &registers, Period { from, until })? {
        let Some((point, name)) = reporting.get(&day.register_id) else {
            continue;
        };
        if periods
            .get(point)
            .is_some_and(|period| period.contains(day.day))
        {
            let of_point = days.entry(*point).or_default();
            of_point.push(places::interval_day(name, day.day, &day.usage));
        }
    }
    Ok(days)
}
