//! Service orders: made by the office, by a customer's request or by what came before; planned for a day and a member of the field; begun, brought
//! back with a result, or canceled. Every step is kept and leaves an audit row.

pub mod asked;
mod late;
pub mod places;
pub mod protections;
pub mod results;
pub mod shutoffs;
pub mod told;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::domain::ids::{
    AccountId, OrderId, PremiseId, RegisterId, RequestId, ServicePointId, StaffId,
};
use crate::domain::orders::told::Appointment;
use crate::domain::orders::{LONGEST_WORDS, OrderKind, OrderState, Slot, Urgency, Why};
use crate::domain::shutoff::Reason;
use crate::domain::staff::Permission;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::orders::{self, NewRow, NewStep, OrderRow, Planned};
use crate::usecases::meters::MeterError;
use crate::usecases::reads::desk::ReadError;
use crate::usecases::shutoff;

/// Why an order was not made, moved or taken as done.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// It stands so by now.
    #[error("the order is {0} by now")]
    Moved(OrderState),
    /// Somebody who does not work orders.
    #[error("{0} does not work orders")]
    NotCrew(StaffId),
    /// Somebody else is to do it.
    #[error("somebody else is to do it")]
    NotYours,
    /// The account may not be shut off today, for these reasons.
    #[error("the account may not be shut off today")]
    MayNot(Vec<Reason>),
    /// A shut-off is handed out for the day itself, and said to be done on it.
    #[error("a shut-off is of its day")]
    NotToday,
    /// The office hands it out: nobody takes it by themselves.
    #[error("the office hands it out")]
    HandedOut,
    /// Service is to be turned off for somebody who has left, where somebody else is served by then.
    #[error("somebody else is served there")]
    Served,
    /// Who is sent out is sent on a day.
    #[error("a day is missing")]
    DayMissing,
    /// The day has passed.
    #[error("the day has passed")]
    Passed,
    /// Nothing was written where the next reader needs words.
    #[error("words are missing")]
    WordsMissing,
    /// The words are longer than the longest that are kept, in characters.
    #[error("the words are longer than {0} characters")]
    WordsTooLong(usize),
    /// The key was used for another order.
    #[error("the form was used before")]
    KeyUsed,
    /// It is not known where it is to be done.
    #[error("the place is not known")]
    NoPlace,
    /// The place is not one where the account is or was served.
    #[error("the account is not served there")]
    NotTheirs,
    /// The day of the work is one of these.
    #[error("the work was done from {0} to {1}")]
    NotThatDay(NaiveDate, NaiveDate),
    /// What a register shows is missing.
    #[error("the read of register {0} is missing")]
    ReadMissing(RegisterId),
    /// A read was refused.
    #[error("the read of register {0}: {1}")]
    Read(RegisterId, ReadError),
    /// A photo is missing.
    #[error("a photo is missing")]
    PhotoMissing,
    /// What was found is missing.
    #[error("what was found is missing")]
    FindingMissing,
    /// A crew does not say this.
    #[error("{0} is no reason of a crew's")]
    NotAReason(Why),
    /// It is not known which meter goes, or which comes.
    #[error("a meter is missing")]
    MeterMissing,
    /// The meters were not exchanged.
    #[error(transparent)]
    Meter(MeterError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// An order that is made.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// What makes it the same when it is made again.
    pub key: String,
    /// What is to be done.
    pub kind: OrderKind,
    /// How much hurry there is.
    pub urgency: Urgency,
    /// For which account.
    pub account: AccountId,
    /// Where; nothing where only its words say so.
    pub premise: Option<PremiseId>,
    /// Of which service; nothing where it is every metered one of the place.
    pub point: Option<ServicePointId>,
    /// The request that it comes from.
    pub request: Option<RequestId>,
    /// The order whose result led to it.
    pub follows: Option<OrderId>,
    /// What a crew has to know.
    pub instructions: String,
    /// The day that was asked for.
    pub on: Option<NaiveDate>,
    /// The part of that day.
    pub slot: Slot,
}

/// Makes an order that somebody of the office asks for. A shut-off is not taken for an account that is protected or owes nothing to be shut off
/// for: it would wait in the list as if it were lawful.
///
/// # Errors
/// `MayNot` with what protects the account, or as of [`make`].
pub fn ask(tx: &mut Tx<'_>, new: &NewOrder) -> Result<OrderRow, OrderError> {
    store::ledger::lock(tx, &[new.account])?;
    // A form that was sent twice made its order once, whatever has come since.
    if new.kind == OrderKind::ShutOff && orders::find_by_key(tx, &new.key)?.is_none() {
        let today = tx.stamp.on;
        let why = shutoff::answer(tx, new.account, today)?
            .verdict
            .bars_order();
        if !why.is_empty() {
            return Err(OrderError::MayNot(why));
        }
    }
    make(tx, new)
}

/// Makes an order. The same again under its key is the order that was made.
///
/// # Errors
/// `WordsTooLong`, `NotTheirs`, `Passed`, `KeyUsed`, or a fault.
pub fn make(tx: &mut Tx<'_>, new: &NewOrder) -> Result<OrderRow, OrderError> {
    let instructions = checked(&new.instructions)?.unwrap_or_default();
    store::ledger::lock(tx, &[new.account])?;
    if let Some(earlier) = orders::find_by_key(tx, &new.key)? {
        let is_same = earlier.account_id == new.account && earlier.kind == new.kind;
        return is_same.then_some(earlier).ok_or(OrderError::KeyUsed);
    }
    let today = tx.stamp.on;
    if new.on.is_some_and(|day| day < today) {
        return Err(OrderError::Passed);
    }
    let premise = places::checked(tx, (new.account, new.premise, new.point))?
        .map(|place| places::standing(tx, place))
        .transpose()?;
    let row = NewRow {
        order_key: &new.key,
        kind: new.kind,
        urgency: new.urgency,
        account_id: new.account,
        cycle_id: store::accounts::get(tx, new.account)?.cycle_id,
        premise_id: premise,
        service_point_id: new.point,
        meter_id: places::only_meter(tx, (premise, new.point), today)?,
        request_id: new.request,
        follows_id: new.follows,
        instructions,
        due_on: new.kind.due_on(new.urgency, new.on, today),
        appointed_on: new.on,
        slot: new.slot,
    };
    let row = orders::insert(tx, &row)?;
    let made = NewStep {
        state: Some(OrderState::Open),
        ..NewStep::default()
    };
    orders::insert_step(tx, row.id, &made)?;
    let facts = json!({ "kind": row.kind, "due_on": row.due_on, "request": row.request_id });
    record(tx, &row, "order.made", facts)?;
    told::changed(tx, &row, (None, row.appointment(), true))?;
    Ok(row)
}

/// Who goes, and when.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The day.
    pub day: Option<NaiveDate>,
    /// The part of the day.
    pub slot: Option<Slot>,
    /// Who goes; nobody where it waits.
    pub assignee: Option<StaffId>,
    /// A word to the crew.
    pub words: String,
}

/// Makes an appointment, and gives the order to somebody of the field or takes it from them. A shut-off is handed out on its day alone, and only
/// where the rules say on that day that it may be.
///
/// # Errors
/// `Moved`, `NotCrew`, `DayMissing`, `Passed`, `NotToday`, `MayNot`, `Served`, `WordsTooLong`, or a fault.
pub fn plan(tx: &mut Tx<'_>, id: OrderId, plan: &Plan) -> Result<(), OrderError> {
    let words = checked(&plan.words)?;
    let row = open(tx, id)?;
    let today = tx.stamp.on;
    if plan.day.is_some_and(|day| day < today) {
        return Err(OrderError::Passed);
    }
    let mut planned = Planned {
        appointed_on: plan.day,
        slot: plan.slot.unwrap_or(row.slot),
        assignee: plan.assignee,
        may_on: None,
    };
    if let Some(staff) = plan.assignee {
        is_crew(tx, staff)?;
        let day = plan.day.ok_or(OrderError::DayMissing)?;
        if row.kind == OrderKind::ShutOff {
            if day != today {
                return Err(OrderError::NotToday);
            }
            shutoffs::may(tx, row.account_id, today)?;
            planned.may_on = Some(today);
        }
        places::nobody_else(tx, &row, day)?;
    }
    let is_same_hand = plan.assignee.is_some() && plan.assignee == row.assignee_staff_id;
    let state = match (row.state, plan.assignee) {
        (_, None) => OrderState::Open,
        (OrderState::AtWork, Some(_)) if is_same_hand => OrderState::AtWork,
        (_, Some(_)) => OrderState::Assigned,
    };
    orders::mark_planned(tx, id, (state, &planned))?;
    let step = NewStep {
        state: (state != row.state).then_some(state),
        words,
        assignee: plan.assignee,
        ..NewStep::default()
    };
    orders::insert_step(tx, id, &step)?;
    let facts = json!({ "day": plan.day, "slot": planned.slot, "assignee": plan.assignee });
    record(tx, &row, "order.planned", facts)?;
    let slot = planned.slot;
    let now = plan.day.map(|on| Appointment { on, slot });
    Ok(told::changed(tx, &row, (row.appointment(), now, true))?)
}

/// A member of a crew takes an order that nobody has, for the day that is set, or for today where none is or it has passed.
///
/// # Errors
/// `Moved`, `NotCrew`, `NotYours` where somebody else has it by now, `HandedOut` for a shut-off, `Served`, or a fault.
pub fn take(tx: &mut Tx<'_>, id: OrderId, staff: StaffId) -> Result<(), OrderError> {
    let row = open(tx, id)?;
    match row.assignee_staff_id {
        // A form that was sent twice takes it once.
        Some(owner) if owner == staff => return Ok(()),
        Some(_) => return Err(OrderError::NotYours),
        None if row.state != OrderState::Open => return Err(OrderError::Moved(row.state)),
        None if !row.kind.is_for_taking() => return Err(OrderError::HandedOut),
        None => {}
    }
    let today = tx.stamp.on;
    let claimed = Plan {
        day: Some(row.appointed_on.map_or(today, |day| day.max(today))),
        slot: None,
        assignee: Some(staff),
        words: String::new(),
    };
    plan(tx, id, &claimed)
}

/// Somebody sets out or begins.
///
/// # Errors
/// `Moved`, `NotYours`, `NotToday`, `MayNot`, `Served`, or a fault.
pub fn start(tx: &mut Tx<'_>, id: OrderId, staff: StaffId) -> Result<(), OrderError> {
    let row = open(tx, id)?;
    if row.assignee_staff_id != Some(staff) {
        return Err(OrderError::NotYours);
    }
    match row.state {
        // A form that was sent twice begins once.
        OrderState::AtWork => return Ok(()),
        OrderState::Assigned => {}
        other @ (OrderState::Open
        | OrderState::NotDone
        | OrderState::Done
        | OrderState::Canceled) => return Err(OrderError::Moved(other)),
    }
    if row.kind == OrderKind::ShutOff {
        shutoffs::still_may(tx, &row)?;
    }
    let today = tx.stamp.on;
    places::nobody_else(tx, &row, today)?;
    move_to(tx, &row, OrderState::AtWork, NewStep::default())?;
    Ok(record(tx, &row, "order.begun", json!({}))?)
}

/// The office takes an order back, and says why.
///
/// # Errors
/// `Moved`, `WordsMissing`, `WordsTooLong`, or a fault.
pub fn cancel(tx: &mut Tx<'_>, id: OrderId, words: &str) -> Result<(), OrderError> {
    let words = checked(words)?.ok_or(OrderError::WordsMissing)?;
    let row = open(tx, id)?;
    end(tx, &row, (Why::ByOffice, Some(words)))
}

/// Ends an order that is held, for a reason.
fn end(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    (why, words): (Why, Option<&str>),
) -> Result<(), OrderError> {
    let step = NewStep {
        reason: Some(why),
        words,
        ..NewStep::default()
    };
    move_to(tx, row, OrderState::Canceled, step)?;
    record(tx, row, "order.canceled", json!({ "why": why }))?;
    Ok(told::changed(tx, row, (row.appointment(), None, false))?)
}

/// Moves an order that is held, with the step that says so.
fn move_to(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    state: OrderState,
    step: NewStep<'_>,
) -> Result<(), StoreError> {
    orders::mark_state(tx, row.id, state)?;
    let step = NewStep {
        state: Some(state),
        ..step
    };
    orders::insert_step(tx, row.id, &step)
}

/// The order as it stands, held with its account until the transaction ends.
fn hold(tx: &mut Tx<'_>, id: OrderId) -> Result<OrderRow, StoreError> {
    let row = orders::get(tx, id)?;
    store::ledger::lock(tx, &[row.account_id])?;
    orders::lock(tx, id)?;
    orders::get(tx, id)
}

/// The same, where it has not ended.
pub(in crate::usecases) fn open(tx: &mut Tx<'_>, id: OrderId) -> Result<OrderRow, OrderError> {
    let row = hold(tx, id)?;
    if row.state.is_open() {
        Ok(row)
    } else {
        Err(OrderError::Moved(row.state))
    }
}

fn is_crew(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), OrderError> {
    let member = store::staff::get(tx, staff)?;
    if member.is_active && member.role.may(Permission::WorkOrders) {
        Ok(())
    } else {
        Err(OrderError::NotCrew(staff))
    }
}

/// Words without the spaces around them; nothing where there are none.
fn checked(words: &str) -> Result<Option<&str>, OrderError> {
    let words = words.trim();
    if words.chars().count() > LONGEST_WORDS {
        return Err(OrderError::WordsTooLong(LONGEST_WORDS));
    }
    Ok((!words.is_empty()).then_some(words))
}

/// The audit row of a step; it names the order and not its words, which may be personal.
fn record(tx: &mut Tx<'_>, row: &OrderRow, action: &str, facts: Value) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "service_order",
        subject_id: row.number.to_string(),
        account_id: Some(row.account_id),
        facts,
    };
    audit::insert(tx, &deed)?;
    tx.touch(row.account_id);
    Ok(())
}

/// What can't be refused where nobody asked for it is a fault.
pub(super) fn fault(error: OrderError) -> StoreError {
    let words = error.to_string();
    if let OrderError::Fault(fault) = error {
        fault
    } else {
        StoreError::Unreadable(words)
    }
}
