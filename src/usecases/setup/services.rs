//! Agreements and last reads, line by line.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::accounts::{AccountClass, AccountStatus};
use crate::domain::agreement_facts::AgreementFacts;
use crate::domain::meters::RegisterFace;
use crate::domain::premises::Commodity;
use crate::domain::rates::asked::{FactsRefused, check};
use crate::domain::rates::numbers::Number;
use crate::domain::setup::{OwnKind, Refusal, Row, SetupFile, Table, Why, parts};
use crate::store::service::ServiceAgreementRow;
use crate::usecases::setup::house::{House, Rate};
use crate::usecases::setup::plan::{Plan, PlannedAccount, PlannedAgreement, PlannedRead};

/// Agreements.
pub(super) fn agreements(
    table: &Table,
    house: &House,
    plan: &mut Plan,
    refusals: &mut Vec<Refusal>,
) {
    let accounts: HashMap<String, (AccountClass, NaiveDate)> = plan
        .accounts
        .iter()
        .map(|account: &PlannedAccount| {
            let known = (account.class, account.opened_on);
            (account.number.clone(), known)
        })
        .collect();
    let points: HashMap<String, Commodity> = plan
        .points
        .iter()
        .map(|point| (point.number.clone(), point.commodity))
        .collect();
    let mut served: HashSet<&str> = HashSet::new();
    for row in table.rows() {
        let account = row.filled("account", refusals);
        let point = row.filled("point", refusals);
        let (Some(account), Some(point)) = (account, point) else {
            continue;
        };
        if !house.has(OwnKind::Account, account) {
            refusals.push(house.unknown(&row, OwnKind::Account, "account"));
            continue;
        }
        if !house.has(OwnKind::ServicePoint, point) {
            refusals.push(house.unknown(&row, OwnKind::ServicePoint, "point"));
            continue;
        }
        let known = house.account(account).map(|row| (row.class, row.opened_on));
        let of_account = accounts.get(account).copied().or(known);
        let here = house.point(point);
        let commodity = points.get(point).copied();
        let commodity = commodity.or_else(|| here.map(|row| row.commodity));
        // Whatever the account or the point is refused for is said where it is.
        let (Some((class, opened_on)), Some(commodity)) = (of_account, commodity) else {
            continue;
        };
        let Some(new) = agreement(&row, house, ((class, opened_on), commodity), refusals) else {
            continue;
        };
        let others = here.and_then(|row| house.agreements.get(&row.id));
        let others = others.map(Vec::as_slice).unwrap_or_default();
        let owner = house.account(account).map(|row| row.id);
        let is_same = |other: &ServiceAgreementRow| {
            Some(other.account_id) == owner && other.from_on == new.from_on
        };
        if others.iter().any(is_same) {
            plan.note_known(SetupFile::Agreements);
            continue;
        }
        if let Some(refused) = why_not_served(&row, house, new.from_on) {
            refusals.push(refused);
            continue;
        }
        let goes_on =
            |other: &ServiceAgreementRow| other.until_on.is_none_or(|until| new.from_on < until);
        if others.iter().any(goes_on) || !served.insert(point) {
            refusals.push(row.refusal(Why::Served, "point"));
            continue;
        }
        plan.agreements.push(new);
    }
}

/// Why an account that the house knows is served nowhere anew from a day on, as where service is started by hand.
fn why_not_served(row: &Row<'_>, house: &House, from_on: NaiveDate) -> Option<Refusal> {
    let account = house.account(row.text("account"))?;
    let can_be = [AccountStatus::Pending, AccountStatus::Active];
    if !can_be.contains(&account.status) {
        return Some(row.refusal(Why::NotServed, "account"));
    }
    let until = house.billed.get(&account.id)?;
    (*until > from_on).then(|| Refusal {
        value: until.to_string(),
        ..row.refusal(Why::Billed, "from")
    })
}

fn agreement(
    row: &Row<'_>,
    house: &House,
    ((class, opened_on), commodity): ((AccountClass, NaiveDate), Commodity),
    refusals: &mut Vec<Refusal>,
) -> Option<PlannedAgreement> {
    let from_on = if row.text("from").is_empty() {
        opened_on
    } else {
        row.day("from", refusals)?
    };
    if from_on > house.on {
        refusals.push(row.refusal(Why::Future, "from"));
        return None;
    }
    let code = row.filled("rate", refusals)?;
    let rate = house
        .rates
        .get(code)
        .filter(|rate| rate.commodity == commodity);
    let Some(rate) = rate else {
        refusals.push(row.refusal(Why::NoRate, "rate"));
        return None;
    };
    if !rate.is_for(class) {
        refusals.push(row.refusal(Why::OtherClass, "rate"));
        return None;
    }
    let facts = facts(row, rate, refusals)?;
    Some(PlannedAgreement {
        account: row.text("account").to_owned(),
        point: row.text("point").to_owned(),
        rate_code: code.to_owned(),
        facts,
        from_on,
    })
}

/// The facts of `carts=2; impervious=2100` and the marks of `senior; tax-exempt`, as the agreement keeps them.
fn facts(row: &Row<'_>, rate: &Rate, refusals: &mut Vec<Refusal>) -> Option<serde_json::Value> {
    let mut facts = AgreementFacts::default();
    for part in parts(row.text("facts")) {
        let (name, number) = part.split_once('=').unwrap_or((part, ""));
        let (name, number) = (name.trim(), number.trim().parse::<Number>().ok());
        let unit = rate
            .asked
            .iter()
            .find(|fact| fact.name == name)
            .and_then(|fact| fact.unit);
        let why = match (unit, number) {
            (Some(_), _) if facts.count(name).is_some() => Why::Twice,
            (Some(unit), Some(number)) => {
                facts.counts.push((name.to_owned(), number.0, unit));
                continue;
            }
            (Some(_), None) => Why::NotANumber,
            (None, _) => Why::FactUnasked,
        };
        refusals.push(row.refusal(why, "facts"));
        return None;
    }
    facts.marks = parts(row.text("marks")).map(str::to_owned).collect();
    let refused = match check(&rate.asked, &facts) {
        Ok(()) => return serde_json::to_value(&facts).ok(),
        Err(FactsRefused::Missing(name)) => Refusal {
            value: name,
            ..row.refusal(Why::FactMissing, "facts")
        },
        Err(FactsRefused::NotCounted(_)) => row.refusal(Why::NotANumber, "facts"),
        Err(FactsRefused::Unasked(_)) => row.refusal(Why::FactUnasked, "marks"),
    };
    refusals.push(refused);
    None
}

/// Last reads.
pub(super) fn reads(table: &Table, house: &House, plan: &mut Plan, refusals: &mut Vec<Refusal>) {
    let given: HashMap<String, (i32, Option<NaiveDate>)> = plan
        .meters
        .iter()
        .flat_map(|planned| {
            let since = planned.hangs.as_ref().map(|(_, day)| *day);
            let registers = planned.meter.registers.iter();
            registers.map(move |one| (one.external_key.clone(), (one.dials, since)))
        })
        .collect();
    let mut seen = HashSet::new();
    for row in table.rows() {
        let Some(key) = row.filled("register", refusals) else {
            continue;
        };
        let on = row.day("on", refusals);
        let value: Option<Number> = row.value(("value", Why::NotANumber), refusals);
        let (Some(on), Some(value)) = (on, value) else {
            continue;
        };
        let known = house.registers.get(key);
        let (face, is_placed) = match (given.get(key), known) {
            (Some((dials, since)), _) => {
                let dials = u8::try_from(*dials).unwrap_or(u8::MAX);
                let face = RegisterFace {
                    dials,
                    decimals: 0,
                    multiplier: Decimal::ONE,
                };
                (face, since.is_some_and(|since| since <= on))
            }
            (None, Some(register)) => (register.face, register.is_placed_on(on)),
            (None, None) => {
                refusals.push(row.refusal(Why::Unknown, "register"));
                continue;
            }
        };
        let refused = if on > house.on {
            Some((Why::Future, "on"))
        } else if !is_placed {
            Some((Why::NotInstalled, "on"))
        } else if !face.shows(value.0) {
            Some((Why::BeyondFace, "value"))
        } else if !seen.insert((key, on)) {
            Some((Why::Twice, "register"))
        } else {
            None
        };
        match refused {
            Some((why, column)) => refusals.push(row.refusal(why, column)),
            None if house.reads.contains(&(key.to_owned(), on)) => {
                plan.note_known(SetupFile::LastReads);
            }
            None => plan.reads.push(PlannedRead {
                register: key.to_owned(),
                on,
                value: value.0,
            }),
        }
    }
}
