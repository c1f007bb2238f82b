//! Meters: a line for each register, gathered by the meter's number.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::meters::{Channel, MeterKind, can_count};
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::rates::numbers::Number;
use crate::domain::setup::{OwnKind, Refusal, Row, SetupFile, Table, Why};
use crate::usecases::accounts::{NewMeter, NewRegister};
use crate::usecases::meters::inventory::{self, NewMeterRefused};
use crate::usecases::setup::house::House;
use crate::usecases::setup::plan::{Plan, PlannedMeter};

/// What all lines of a meter say alike.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head<'t> {
    kind: MeterKind,
    size: &'t str,
    hangs: Option<(&'t str, NaiveDate)>,
    is_beside: bool,
}

/// A meter as far as it was read.
struct Gathered<'t> {
    first: Row<'t>,
    head: Head<'t>,
    registers: Vec<NewRegister>,
}

/// Meters.
pub(super) fn meters(table: &Table, house: &House, plan: &mut Plan, refusals: &mut Vec<Refusal>) {
    let mut gathered: BTreeMap<&str, Gathered<'_>> = BTreeMap::new();
    let mut spoiled: HashSet<&str> = HashSet::new();
    let mut known: HashSet<&str> = HashSet::new();
    for row in table.rows() {
        let Some(serial) = row.filled("meter", refusals) else {
            continue;
        };
        if house.meters.contains(serial) {
            if known.insert(serial) {
                plan.note_known(SetupFile::Meters);
            }
            continue;
        }
        let (head, register) = (head(&row, refusals), register(&row, refusals));
        let (Some(head), Some(register)) = (head, register) else {
            spoiled.insert(serial);
            continue;
        };
        match gathered.get_mut(serial) {
            Some(meter) if meter.head != head => {
                refusals.push(row.refusal(Why::Differs, "meter"));
                spoiled.insert(serial);
            }
            Some(meter) => meter.registers.push(register),
            None => {
                let meter = Gathered {
                    first: row,
                    head,
                    registers: vec![register],
                };
                gathered.insert(serial, meter);
            }
        }
    }
    gathered.retain(|serial, _| !spoiled.contains(serial));
    let mut meters: Vec<(&str, Gathered<'_>)> = gathered.into_iter().collect();
    // In the order of the file, so that what comes first hangs first.
    meters.sort_by_key(|(_, meter)| meter.first.line);
    take(&meters, house, plan, refusals);
}

fn head<'t>(row: &Row<'t>, refusals: &mut Vec<Refusal>) -> Option<Head<'t>> {
    let kind = row.value_or(("kind", Why::NotOneOf), MeterKind::Simple, refusals);
    let point = row.text("point");
    let installed_on = if point.is_empty() {
        Some(None)
    } else {
        row.day("installed_on", refusals).map(Some)
    };
    let beside = row.text("beside");
    if !["", "yes", "no"].contains(&beside) {
        refusals.push(row.refusal(Why::NotOneOf, "beside"));
        return None;
    }
    Some(Head {
        kind: kind?,
        size: row.text("size"),
        hangs: installed_on?.map(|day| (point, day)),
        is_beside: beside == "yes",
    })
}

fn register(row: &Row<'_>, refusals: &mut Vec<Refusal>) -> Option<NewRegister> {
    let channel = row.value_or(("channel", Why::NotOneOf), Channel::Delivered, refusals);
    let unit: Option<Unit> = row.value(("unit", Why::NotOneOf), refusals);
    let dials = row.value(("dials", Why::NotANumber), refusals);
    let decimals = row.value_or(("decimals", Why::NotANumber), 0, refusals);
    let one = Number(Decimal::ONE);
    let multiplier = row.value_or(("multiplier", Why::NotANumber), one, refusals);
    let interval = row.text("interval");
    let resolution_minutes = if interval.is_empty() {
        Some(None)
    } else {
        row.value(("interval", Why::NotANumber), refusals).map(Some)
    };
    Some(NewRegister {
        channel: channel?,
        external_key: row.text("register").to_owned(),
        unit: unit?,
        dials: dials?,
        decimals: decimals?,
        multiplier: multiplier?.0,
        resolution_minutes: resolution_minutes?,
    })
}

/// What is known of the walls on which the meters hang.
struct Walls<'t> {
    /// What is delivered at the points that are new.
    given: HashMap<String, Commodity>,
    /// Points where the file hangs a meter that deducts from no other, wherever in the file.
    mains: HashSet<&'t str>,
    /// The same, as far as the file was gone through.
    counted: HashSet<&'t str>,
}

/// Checks whole meters against one another and the house.
fn take<'t>(
    meters: &[(&'t str, Gathered<'t>)],
    house: &House,
    plan: &mut Plan,
    refusals: &mut Vec<Refusal>,
) {
    let mains = meters
        .iter()
        .filter(|(_, meter)| is_main(meter))
        .filter_map(|(_, meter)| meter.head.hangs.map(|(point, _)| point))
        .collect();
    let mut walls = Walls {
        given: commodities(plan),
        mains,
        counted: HashSet::new(),
    };
    let mut keys: HashSet<String> = HashSet::new();
    for (serial, meter) in meters {
        let row = &meter.first;
        let new = inventory::with_keys(&NewMeter {
            serial: (*serial).to_owned(),
            kind: meter.head.kind,
            size: Some(meter.head.size.to_owned()),
            registers: meter.registers.clone(),
        });
        let is_taken = |register: &NewRegister| {
            let key = &register.external_key;
            house.registers.contains_key(key) || keys.contains(key)
        };
        let refused = match inventory::check(&new) {
            Err(refused) => Some(why_not(&refused)),
            Ok(()) if new.registers.iter().any(is_taken) => Some((Why::Taken, "register")),
            Ok(()) => why_not_there(house, &walls, (meter, &new)),
        };
        let refused = refused.map(|(why, column)| {
            if why == Why::Unknown {
                house.unknown(row, OwnKind::ServicePoint, column)
            } else {
                row.refusal(why, column)
            }
        });
        if let Some(refused) = refused.or_else(|| billed_there(house, meter)) {
            refusals.push(refused);
            continue;
        }
        keys.extend(new.registers.iter().map(|one| one.external_key.clone()));
        if let Some((point, _)) = meter.head.hangs.filter(|_| is_main(meter)) {
            walls.counted.insert(point);
        }
        plan.meters.push(PlannedMeter {
            meter: new,
            hangs: meter.head.hangs.map(|(point, day)| (point.to_owned(), day)),
        });
    }
}

fn is_main(meter: &Gathered<'_>) -> bool {
    meter.head.kind != MeterKind::Deduct
}

/// Why a meter cannot hang where the file hangs it.
fn why_not_there(
    house: &House,
    walls: &Walls<'_>,
    (meter, new): (&Gathered<'_>, &NewMeter),
) -> Option<(Why, &'static str)> {
    let (point, day) = meter.head.hangs?;
    let known = house.point(point);
    let is_counted = |here: &HashSet<&str>| {
        here.contains(point) || known.is_some_and(|row| house.counts_at(row.id, day))
    };
    if !house.has(OwnKind::ServicePoint, point) {
        return Some((Why::Unknown, "point"));
    }
    if day > house.on {
        return Some((Why::Future, "installed_on"));
    }
    if !is_main(meter) && !is_counted(&walls.mains) {
        return Some((Why::NothingToDeductFrom, "point"));
    }
    if is_main(meter) && !meter.head.is_beside && is_counted(&walls.counted) {
        return Some((Why::PointTaken, "point"));
    }
    let given = walls.given.get(point).copied();
    let commodity = given.or_else(|| known.map(|row| row.commodity))?;
    miscounted(commodity, new)
}

/// Days that were billed or drafted stay as they are.
fn billed_there(house: &House, meter: &Gathered<'_>) -> Option<Refusal> {
    let (point, day) = meter.head.hangs?;
    let until = house.billed_beyond(house.point(point)?.id, day)?;
    Some(Refusal {
        value: until.to_string(),
        ..meter.first.refusal(Why::Billed, "installed_on")
    })
}

/// What is delivered at the points that are new.
fn commodities(plan: &Plan) -> HashMap<String, Commodity> {
    let points = plan.points.iter();
    points
        .map(|point| (point.number.clone(), point.commodity))
        .collect()
}

fn miscounted(commodity: Commodity, new: &NewMeter) -> Option<(Why, &'static str)> {
    if !commodity.is_metered() {
        return Some((Why::NotMetered, "point"));
    }
    let mut registers = new.registers.iter();
    let counts = |one: &NewRegister| can_count(commodity, one.channel, one.unit);
    registers
        .any(|one| !counts(one))
        .then_some((Why::WrongUnit, "unit"))
}

const fn why_not(refused: &NewMeterRefused) -> (Why, &'static str) {
    match refused {
        NewMeterRefused::Serial => (Why::TooLong, "meter"),
        NewMeterRefused::Size => (Why::TooLong, "size"),
        NewMeterRefused::SerialTaken(_) => (Why::Taken, "meter"),
        NewMeterRefused::KeyTaken(..) => (Why::Taken, "register"),
        NewMeterRefused::Registers(_) => (Why::Registers, "channel"),
        NewMeterRefused::Unit { .. } => (Why::WrongUnit, "unit"),
        NewMeterRefused::Face(_) => (Why::NotANumber, "dials"),
        NewMeterRefused::Multiplier(_) => (Why::NotANumber, "multiplier"),
        NewMeterRefused::Interval(_) => (Why::NotANumber, "interval"),
    }
}
