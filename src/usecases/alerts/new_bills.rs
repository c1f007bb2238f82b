//! What a bill that was just issued has to say to those who follow the account: that it is there, that it is higher than they said, that
//! much more was used than a year before.

use std::collections::HashMap;

use chrono::Days;
use rust_decimal::Decimal;

use crate::domain::alerts::{AlertKind, percent_above};
use crate::domain::ids::{AccountId, BillId};
use crate::domain::money::Money;
use crate::domain::notice::{Channel, Notice};
use crate::store;
use crate::store::alerts::{self, Listener};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::NewNotice;
use crate::store::planned_alerts::{self, IssuedBill, Used};
use crate::usecases::alerts::{on_every_way, put_new};

/// The setting that holds how far the deliveries of bills were looked through.
const SEEN: &str = "alerts_deliveries_seen";

/// How many steps of deliveries one chunk looks at.
const CHUNK: i64 = 500;

/// A bill that ended so many days around a year before is the one to compare with.
const AROUND: i64 = 20;

/// Tells of the next bills that were issued since the last look, up to the last step that is `settled`; the first look only marks the place. Says
/// whether there may be more.
///
/// # Errors
/// A fault of the store.
pub fn tell_of_new_bills(tx: &mut Tx<'_>, settled: i64) -> Result<bool, StoreError> {
    let Some(seen) = store::settings::find(tx, SEEN)? else {
        store::settings::put(tx, SEEN, &settled.to_string())?;
        return Ok(false);
    };
    let after: i64 = seen
        .parse()
        .map_err(|error| StoreError::Unreadable(format!("{SEEN}: {error}")))?;
    let (bills, last) = planned_alerts::list_issued_after(tx, (after, settled), CHUNK)?;
    let Some(last) = last else { return Ok(false) };
    tell_of(tx, &bills)?;
    store::settings::put(tx, SEEN, &last.to_string())?;
    Ok(true)
}

fn tell_of(tx: &mut Tx<'_>, bills: &[IssuedBill]) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    let accounts: Vec<AccountId> = bills.iter().map(|bill| bill.account_id).collect();
    let listeners = alerts::by_account(alerts::list_listeners(tx, &accounts, on)?);
    let ids: Vec<BillId> = bills.iter().map(|bill| bill.id).collect();
    let mailed = planned_alerts::list_mailed(tx, &ids)?;
    let first = bills.iter().map(|bill| bill.until_on).min().unwrap_or(on);
    let used = planned_alerts::list_used(tx, &accounts, first - Days::new(400))?;
    let mut by_account: HashMap<AccountId, Vec<&Used>> = HashMap::new();
    for line in &used {
        by_account.entry(line.account_id).or_default().push(line);
    }
    let mut planned = Vec::new();
    for bill in bills {
        let history = by_account
            .get(&bill.account_id)
            .map_or(&[][..], Vec::as_slice);
        let above = highest(bill, history);
        for listener in listeners.get(&bill.account_id).into_iter().flatten() {
            let gets_bill = mailed
                .get(&bill.id)
                .is_some_and(|address| address.eq_ignore_ascii_case(&listener.reader.to.address));
            planned.extend(ready(bill, listener, gets_bill));
            planned.extend(high_bill(bill, listener));
            planned.extend(
                above
                    .and_then(|above| high_usage(bill, listener, above))
                    .into_iter()
                    .flatten(),
            );
        }
    }
    put_new(tx, planned)?;
    Ok(())
}

/// That the bill is there; not by mail to the address which the bill itself was mailed to.
fn ready(bill: &IssuedBill, listener: &Listener, gets_bill: bool) -> Vec<NewNotice> {
    let notice = Notice::BillReady {
        name: listener.reader.name.clone(),
        account_number: listener.reader.account_number.clone(),
        bill: bill.id,
        total: bill.asked(),
        balance: bill.previous + bill.asked(),
        due_on: bill.due_on,
    };
    let kind = AlertKind::BillReady;
    let mut ways = on_every_way(listener, kind, &bill.id.to_string(), &notice);
    // The account's own address gets the bill itself or, where bills go on paper alone, nothing.
    let is_own = listener.reader.to.login_id.is_none();
    ways.retain(|new| new.to.channel != Channel::Email || !(gets_bill || is_own));
    ways
}

fn high_bill(bill: &IssuedBill, listener: &Listener) -> Vec<NewNotice> {
    let kind = AlertKind::HighBill;
    let wish = listener.wish(kind);
    let limit = wish
        .threshold
        .and_then(|limit| Money::from_charge(limit).ok());
    let Some(limit) = limit.filter(|limit| bill.total > *limit) else {
        return Vec::new();
    };
    let notice = Notice::HighBill {
        name: listener.reader.name.clone(),
        account_number: listener.reader.account_number.clone(),
        bill: bill.id,
        total: bill.total,
        limit,
    };
    on_every_way(listener, kind, &bill.id.to_string(), &notice)
}

/// The service of a bill that is furthest above what was expected, and by how many percent.
fn highest<'a>(bill: &IssuedBill, history: &[&'a Used]) -> Option<(&'a Used, Decimal)> {
    history
        .iter()
        .filter(|line| line.bill_id == bill.id)
        .filter_map(|line| Some((*line, above(line, history)?)))
        .max_by_key(|(_, percent)| *percent)
}

/// By how many percent a line is above a year before; where that is unknown, above the bill before.
fn above(line: &Used, history: &[&Used]) -> Option<Decimal> {
    let same = |other: &&&Used| {
        other.agreement == line.agreement
            && other.commodity == line.commodity
            && other.unit == line.unit
            && other.bill_id != line.bill_id
            && other.until_on < line.until_on
    };
    let days_before = |other: &Used| (line.until_on - other.until_on).num_days();
    let a_year_before = history
        .iter()
        .filter(same)
        .find(|other| (days_before(other) - 365).abs() <= AROUND);
    let expected = a_year_before.or_else(|| history.iter().rfind(same))?;
    percent_above(a_day(line)?, a_day(expected)?)
}

fn a_day(line: &Used) -> Option<Decimal> {
    let days = (line.until_on - line.from_on).num_days();
    line.quantity.0.checked_div(Decimal::from(days))
}

fn high_usage(
    bill: &IssuedBill,
    listener: &Listener,
    (line, percent): (&Used, Decimal),
) -> Option<Vec<NewNotice>> {
    let kind = AlertKind::HighUsage;
    let threshold = listener.wish(kind).threshold?;
    if percent < threshold {
        return None;
    }
    let notice = Notice::HighUsage {
        name: listener.reader.name.clone(),
        account_number: listener.reader.account_number.clone(),
        bill: bill.id,
        commodity: line.commodity,
        used: line.quantity.0,
        unit: line.unit,
        percent,
    };
    Some(on_every_way(listener, kind, &bill.id.to_string(), &notice))
}
