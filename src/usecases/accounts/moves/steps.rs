//! The parts of a move, each within its transaction. Each says what it came to, and whether anything of it was new.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::{Value, json};

use crate::domain::accounts::{AccountRole, AccountStatus};
use crate::domain::ids::{AccountId, CycleId, RegisterId, ServicePointId};
use crate::domain::moves::{changes_over, ends_on};
use crate::domain::period::in_force;
use crate::domain::premises::Commodity;
use crate::domain::rates::asked::asked;
use crate::domain::rates::schedule::RateSchedule;
use crate::store;
use crate::store::cycles::CyclePeriodRow;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::service::{self, ServiceAgreementRow};
use crate::usecases::accounts::addresses::send_mail_to;
use crate::usecases::accounts::change_status;
use crate::usecases::accounts::known_facts::{as_stored, at_the_end, document_in_force, of_point};
use crate::usecases::accounts::landlords::record;
use crate::usecases::accounts::moves::{
    Begun, Coming, CycleFate, Ended, Leaving, MoveError, NewMove,
};
use crate::usecases::accounts::people::PeopleError;
use crate::usecases::accounts::services::{
    NewAgreement, ServiceError, start_service, stop_service,
};
use crate::usecases::read_entry::{EntryError, enter};
use crate::usecases::reads::desk::ReadError;

/// Ends services at the old place.
pub(super) fn leave(
    tx: &mut Tx<'_>,
    account: AccountId,
    leaving: Option<&Leaving>,
) -> Result<(Vec<Ended>, bool), MoveError> {
    let Some(leaving) = leaving else {
        return Ok((Vec::new(), false));
    };
    if leaving.services.is_empty() {
        return Err(MoveError::Nothing);
    }
    let until_on = ends_on(leaving.last_on);
    let (mut ended, mut is_new) = (Vec::with_capacity(leaving.services.len()), false);
    for id in &leaving.services {
        let row = service::find(tx, *id)?.filter(|row| row.account_id == account);
        let row = row.ok_or(StoreError::Missing("service"))?;
        is_new |= row.until_on != Some(until_on);
        let after = match stop_service(tx, account, *id, until_on) {
            Ok(after) => after,
            Err(ServiceError::Fault(fault)) => return Err(fault.into()),
            Err(why) => return Err(MoveError::Stop(*id, why)),
        };
        let (_, place) = service::place_of(tx, row.service_point_id)?;
        ended.push(Ended {
            agreement: *id,
            commodity: service::commodity_of(tx, row.service_point_id)?,
            place,
            rate_code: row.rate_code,
            after,
        });
    }
    Ok((ended, is_new))
}

/// Begins services at the new place.
pub(super) fn come(
    tx: &mut Tx<'_>,
    account: AccountId,
    new: &NewMove,
) -> Result<(Vec<Begun>, bool), MoveError> {
    let Some(coming) = &new.coming else {
        return Ok((Vec::new(), false));
    };
    if coming.services.is_empty() {
        return Err(MoveError::Nothing);
    }
    let there = store::premises::list_points(tx, &[coming.premise])?;
    let (mut begun, mut is_new) = (Vec::with_capacity(coming.services.len()), false);
    for (point, rate_code) in &coming.services {
        let found = there.iter().find(|(id, ..)| id == point);
        let (_, commodity, place) = found.ok_or(StoreError::Missing("service point"))?.clone();
        let here = service::list_of_point(tx, *point)?;
        let is_begun = |row: &ServiceAgreementRow| {
            let is_same = row.account_id == account && row.rate_code == *rate_code;
            is_same && row.from_on == coming.first_on && row.until_on.is_none()
        };
        let mut gave_way = None;
        if !here.iter().any(|(row, _)| is_begun(row)) {
            let others = here.iter().filter(|(row, _)| row.account_id != account);
            let mut in_the_way = others
                .filter(|(row, _)| in_force(row.from_on, row.until_on, coming.first_on))
                .map(|(_, number)| number.clone());
            gave_way = in_the_way.next_back();
            begin(tx, account, (new, coming), (*point, commodity, rate_code))?;
            is_new = true;
        }
        begun.push(Begun {
            point: *point,
            commodity,
            place,
            rate_code: rate_code.clone(),
            gave_way,
        });
    }
    Ok((begun, is_new))
}

fn begin(
    tx: &mut Tx<'_>,
    account: AccountId,
    (new, coming): (&NewMove, &Coming),
    (point, commodity, rate_code): (ServicePointId, Commodity, &str),
) -> Result<(), MoveError> {
    let row = store::accounts::get(tx, account)?;
    match row.status {
        AccountStatus::Pending | AccountStatus::Closing => {
            let on = tx.stamp.on;
            change_status(tx, account, AccountStatus::Active, on)?;
        }
        AccountStatus::Active | AccountStatus::Closed | AccountStatus::WrittenOff => {}
    }
    let document = document_in_force(tx, rate_code, coming.first_on)?;
    let is_for_others = |document: &RateSchedule| document.is_for_others_than(row.class.as_str());
    if document.as_ref().is_some_and(is_for_others) {
        let code = rate_code.to_owned();
        return Err(MoveError::OtherClass { point, code });
    }
    let at = (point, commodity, coming.first_on);
    let agreement = NewAgreement {
        account,
        point,
        rate_code: rate_code.to_owned(),
        facts: facts_of(tx, at, (document.as_ref(), new))?,
        from_on: coming.first_on,
    };
    match start_service(tx, &agreement) {
        Ok(_) => Ok(()),
        Err(ServiceError::Fault(fault)) => Err(fault.into()),
        Err(why) => Err(MoveError::Start(point, why)),
    }
}

/// What counts at the place, and the marks of the customer: those of the service that they leave.
fn facts_of(
    conn: &mut Conn,
    (point, commodity, first_on): (ServicePointId, Commodity, NaiveDate),
    (document, new): (Option<&RateSchedule>, &NewMove),
) -> Result<Value, StoreError> {
    let asked = document.map(asked).unwrap_or_default();
    let mut facts = of_point(conn, (point, first_on), &asked)?.of_place;
    for id in new.leaving.iter().flat_map(|leaving| &leaving.services) {
        let row = service::find(conn, *id)?.ok_or(StoreError::Missing("service"))?;
        if service::commodity_of(conn, row.service_point_id)? == commodity {
            facts.marks = at_the_end(conn, &row, first_on)?.marks;
        }
    }
    as_stored(&facts)
}

/// Lets the account follow its new place's cycle, where it is served nowhere else from the day on which the old place ends.
pub(super) fn follow_cycle(
    tx: &mut Tx<'_>,
    account: AccountId,
    (new, place): (&NewMove, Option<CycleId>),
) -> Result<(CycleFate, bool), MoveError> {
    let (Some(coming), Some(place)) = (&new.coming, place) else {
        return Ok((CycleFate::Same, false));
    };
    let ends = new.leaving.as_ref().map(|leaving| ends_on(leaving.last_on));
    let on = changes_over(ends, coming.first_on);
    let history = store::cycles::history(tx, account)?;
    let from = history.on(on);
    if from == place {
        let is_ours = history.came_on() == Some(on);
        let before = on.pred_opt().unwrap_or(on);
        let fate = if is_ours {
            let from = history.on(before);
            CycleFate::Changes {
                from,
                to: place,
                on,
            }
        } else {
            CycleFate::Same
        };
        return Ok((fate, false));
    }
    if let Some(came) = history.came_on().filter(|came| *came > on)
        && history.on(came) == place
    {
        let to = place;
        return Ok((CycleFate::Changes { from, to, on: came }, false));
    }
    let elsewhere = service::list_after(tx, account, on)?;
    let is_served_elsewhere = elsewhere
        .iter()
        .any(|(_, premise)| *premise != coming.premise);
    let periods = store::cycles::list_periods(tx, place)?;
    let periods = periods.iter().map(CyclePeriodRow::period);
    let period = periods.into_iter().find(|period| period.contains(on));
    if is_served_elsewhere || !history.may_come(place, on, period) {
        return Ok((CycleFate::Stays { place }, false));
    }
    store::cycles::change_over(tx, account, (from, place), on)?;
    let facts = json!({ "from": from, "to": place, "on": on });
    record(tx, account, "account.cycle_changed", facts)?;
    let to = place;
    Ok((CycleFate::Changes { from, to, on }, true))
}

/// Sends the mail of the account's customer elsewhere.
pub(super) fn send_mail(
    tx: &mut Tx<'_>,
    account: AccountId,
    mail: Option<&(NaiveDate, Option<String>)>,
) -> Result<bool, MoveError> {
    let Some((from_on, lines)) = mail else {
        return Ok(false);
    };
    let on = tx.stamp.on;
    let all = store::customers::list_of_account(tx, account, on)?;
    let main = all.iter().find(|(role, _)| *role == AccountRole::Main);
    let (_, customer) = main.ok_or(StoreError::Missing("customer"))?;
    match send_mail_to(tx, (account, customer.id), *from_on, lines.as_deref()) {
        Ok(is_new) => Ok(is_new),
        Err(PeopleError::Fault(fault)) => Err(fault.into()),
        Err(refused) => Err(MoveError::Mail(refused)),
    }
}

/// Keeps what the registers show at either end. Every one that is not taken is named, so that all can be mended at once.
pub(super) fn take_reads(
    tx: &mut Tx<'_>,
    zone: Tz,
    new: &NewMove,
) -> Result<(usize, bool), MoveError> {
    let allowed = registers_of(tx, new)?;
    let (mut refused, mut is_new) = (Vec::new(), false);
    for (told, confirmation) in &new.reads {
        if !allowed.contains(&told.register_id) {
            return Err(StoreError::Missing("register").into());
        }
        if told.on > tx.stamp.on {
            return Err(MoveError::ReadToCome(told.register_id));
        }
        match enter(tx, zone, told, *confirmation) {
            Ok(_) => is_new = true,
            Err(EntryError::Refused(ReadError::Duplicate)) => {}
            Err(EntryError::Fault(fault) | EntryError::Refused(ReadError::Fault(fault))) => {
                return Err(fault.into());
            }
            Err(why) => refused.push((told.register_id, why)),
        }
    }
    if refused.is_empty() {
        Ok((new.reads.len(), is_new))
    } else {
        Err(MoveError::Reads(refused))
    }
}

/// The points of what ends and of what begins.
pub(super) fn points_of(conn: &mut Conn, new: &NewMove) -> Result<Vec<ServicePointId>, StoreError> {
    let mut points: Vec<ServicePointId> = Vec::new();
    for id in new.leaving.iter().flat_map(|leaving| &leaving.services) {
        let row = service::find(conn, *id)?.ok_or(StoreError::Missing("service"))?;
        points.push(row.service_point_id);
    }
    let coming = new.coming.iter().flat_map(|coming| &coming.services);
    points.extend(coming.map(|(point, _)| *point));
    Ok(points)
}

/// The registers of what ends and of what begins.
fn registers_of(conn: &mut Conn, new: &NewMove) -> Result<Vec<RegisterId>, StoreError> {
    let points = points_of(conn, new)?;
    let installed = store::meters::list_installed(conn, &points)?;
    Ok(installed.iter().map(|one| one.register.id).collect())
}
