//! Service agreements: an account's contract for service at a point, and the times it was suspended.

use chrono::NaiveDate;
use diesel::dsl::max;
use diesel::prelude::*;

use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, AccountNumber, PremiseId, ServiceAgreementId, ServicePointId};
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::store::any::AnyConnection;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::labels::one_line;
use crate::store::schema::{
    accounts, bill_cancellations, bill_segments, bills, premises, service_agreements,
    service_points, service_suspensions,
};

/// An account's contract for one service.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = service_agreements, treat_none_as_default_value = false)]
pub struct ServiceAgreementRow {
    /// Row id.
    pub id: ServiceAgreementId,
    /// Who pays.
    pub account_id: AccountId,
    /// Where.
    pub service_point_id: ServicePointId,
    /// By which rate schedule.
    pub rate_code: String,
    /// Facts of this contract that the schedule asks for, as JSON.
    pub facts: String,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

/// An agreement with what a bill needs to know of its service point.
#[derive(Debug, Clone)]
pub struct AgreedService {
    /// The agreement.
    pub agreement: ServiceAgreementRow,
    /// What is delivered.
    pub commodity: Commodity,
    /// Where.
    pub premise_id: PremiseId,
}

/// A time without service inside an agreement.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = service_suspensions, treat_none_as_default_value = false)]
pub struct SuspensionRow {
    /// Of which agreement.
    pub service_agreement_id: ServiceAgreementId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
    /// Why.
    pub reason: String,
}

/// Records agreements.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[ServiceAgreementRow]) -> Result<(), StoreError> {
    insert_all!(tx, service_agreements::table, rows)
}

/// Records suspensions.
pub fn insert_suspensions(tx: &mut Tx<'_>, rows: &[SuspensionRow]) -> Result<(), StoreError> {
    insert_all!(tx, service_suspensions::table, rows)
}

/// The agreements of these accounts that touch the period, in the order of account and id, in one query.
pub fn list_of_accounts(
    conn: &mut Conn,
    accounts: &[AccountId],
    period: Period,
) -> Result<Vec<AgreedService>, StoreError> {
    let rows: Vec<(ServiceAgreementRow, Commodity, PremiseId)> = service_agreements::table
        .inner_join(service_points::table)
        .filter(service_agreements::account_id.eq_any(accounts))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(service_agreements::from_on.lt(period.until))
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(period.from)),
        )
        .order((service_agreements::account_id, service_agreements::id))
        .select((
            ServiceAgreementRow::as_select(),
            service_points::commodity,
            service_points::premise_id,
        ))
        .load(conn)?;
    let agreed = |(agreement, commodity, premise_id)| AgreedService {
        agreement,
        commodity,
        premise_id,
    };
    Ok(rows.into_iter().map(agreed).collect())
}

/// Which of these accounts have an agreement that begins on a day or later.
pub fn list_going_on(
    conn: &mut Conn,
    accounts: &[AccountId],
    from: NaiveDate,
) -> Result<Vec<AccountId>, StoreError> {
    Ok(service_agreements::table
        .filter(service_agreements::account_id.eq_any(accounts))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(service_agreements::from_on.ge(from))
        .select(service_agreements::account_id)
        .distinct()
        .load(conn)?)
}

/// The suspensions of these agreements that touch the period.
pub fn list_suspensions(
    conn: &mut Conn,
    agreements: &[ServiceAgreementId],
    period: Period,
) -> Result<Vec<SuspensionRow>, StoreError> {
    Ok(service_suspensions::table
        .filter(service_suspensions::service_agreement_id.eq_any(agreements))
        .filter(service_suspensions::from_on.lt(period.until))
        .filter(
            service_suspensions::until_on
                .is_null()
                .or(service_suspensions::until_on.gt(period.from)),
        )
        .select(SuspensionRow::as_select())
        .load(conn)?)
}

/// The agreement of this id, unless it was withdrawn.
pub fn find(
    conn: &mut Conn,
    id: ServiceAgreementId,
) -> Result<Option<ServiceAgreementRow>, StoreError> {
    Ok(service_agreements::table
        .find(id)
        .filter(service_agreements::withdrawn_at.is_null())
        .select(ServiceAgreementRow::as_select())
        .first(conn)
        .optional()?)
}

/// Every agreement that a point ever had, but what was withdrawn, with the account's number.
pub fn list_of_point(
    conn: &mut Conn,
    point: ServicePointId,
) -> Result<Vec<(ServiceAgreementRow, AccountNumber)>, StoreError> {
    Ok(service_agreements::table
        .inner_join(accounts::table)
        .filter(service_agreements::service_point_id.eq(point))
        .filter(service_agreements::withdrawn_at.is_null())
        .order(service_agreements::from_on)
        .select((ServiceAgreementRow::as_select(), accounts::number))
        .load(conn)?)
}

/// Every agreement that these points ever had.
pub fn list_of_points(
    conn: &mut Conn,
    points: &[ServicePointId],
) -> Result<Vec<ServiceAgreementRow>, StoreError> {
    Ok(service_agreements::table
        .filter(service_agreements::service_point_id.eq_any(points))
        .filter(service_agreements::withdrawn_at.is_null())
        .order((
            service_agreements::service_point_id,
            service_agreements::from_on,
        ))
        .select(ServiceAgreementRow::as_select())
        .load(conn)?)
}

/// Waits until nobody else changes who is served at a point. On SQLite the one writer is enough.
pub fn lock_point(tx: &mut Tx<'_>, point: ServicePointId) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        service_points::table
            .find(point)
            .select(service_points::id)
            .for_no_key_update()
            .load::<ServicePointId>(conn)?;
    }
    Ok(())
}

/// The same, for each of these points.
pub fn lock_points(tx: &mut Tx<'_>, points: &[ServicePointId]) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        service_points::table
            .filter(service_points::id.eq_any(points))
            .order(service_points::id)
            .select(service_points::id)
            .for_no_key_update()
            .load::<ServicePointId>(conn)?;
    }
    Ok(())
}

/// The same, for every point of a place.
pub fn lock_place(tx: &mut Tx<'_>, premise: PremiseId) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        service_points::table
            .filter(service_points::premise_id.eq(premise))
            .order(service_points::id)
            .select(service_points::id)
            .for_no_key_update()
            .load::<ServicePointId>(conn)?;
    }
    Ok(())
}

/// What is delivered at a point, which must exist.
pub fn commodity_of(conn: &mut Conn, point: ServicePointId) -> Result<Commodity, StoreError> {
    service_points::table
        .find(point)
        .select(service_points::commodity)
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("service point"))
}

/// The place of a point, which must exist, and how it is written in one line.
pub fn place_of(conn: &mut Conn, point: ServicePointId) -> Result<(PremiseId, String), StoreError> {
    let found: Option<(PremiseId, String, Option<String>)> = service_points::table
        .inner_join(premises::table)
        .filter(service_points::id.eq(point))
        .select((premises::id, premises::line_1, premises::unit))
        .first(conn)
        .optional()?;
    let (id, line_1, unit) = found.ok_or(StoreError::Missing("service point"))?;
    Ok((id, one_line(line_1, unit)))
}

/// The first day of an agreement that no issued bill has billed; none where nothing was.
pub fn billed_until(
    conn: &mut Conn,
    id: ServiceAgreementId,
) -> Result<Option<NaiveDate>, StoreError> {
    Ok(bill_segments::table
        .inner_join(bills::table.left_join(bill_cancellations::table))
        .filter(bill_segments::service_agreement_id.eq(id))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .select(max(bills::until_on))
        .first(conn)?)
}

/// The agreements of a point that are in force on a day or later.
pub fn list_at_point_since(
    conn: &mut Conn,
    point: ServicePointId,
    day: NaiveDate,
) -> Result<Vec<ServiceAgreementRow>, StoreError> {
    Ok(service_agreements::table
        .filter(service_agreements::service_point_id.eq(point))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(day)),
        )
        .order(service_agreements::from_on)
        .select(ServiceAgreementRow::as_select())
        .load(conn)?)
}

/// The bill or draft of these agreements that goes furthest beyond a day: how it stands, and its first day after, which is no later than the
/// end of the service that it bills. What was canceled or voided says nothing.
pub fn find_billed_beyond(
    conn: &mut Conn,
    agreements: &[ServiceAgreementRow],
    day: NaiveDate,
) -> Result<Option<(BillStatus, NaiveDate)>, StoreError> {
    let accounts: Vec<AccountId> = agreements.iter().map(|row| row.account_id).collect();
    let ids: Vec<ServiceAgreementId> = agreements.iter().map(|row| row.id).collect();
    let billed: Vec<(BillStatus, NaiveDate, ServiceAgreementId)> = bills::table
        .inner_join(bill_segments::table)
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq_any(accounts))
        .filter(bills::until_on.gt(day))
        .filter(bills::status.ne(BillStatus::Void))
        .filter(bill_segments::service_agreement_id.eq_any(ids))
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .order((bills::until_on, bills::id))
        .select((
            bills::status,
            bills::until_on,
            bill_segments::service_agreement_id,
        ))
        .load(conn)?;
    let billed = billed.into_iter().map(|(status, until, id)| {
        let of = agreements.iter().find(|row| row.id == id);
        let ended = of.and_then(|row| row.until_on);
        (status, ended.map_or(until, |ended| until.min(ended)))
    });
    Ok(billed
        .filter(|(_, until)| *until > day)
        .max_by_key(|(_, until)| *until))
}

/// What the bills and drafts of these accounts that reach a day were worked from, service by service: one of them may have ended before its
/// bill. What was canceled or voided says nothing.
pub fn list_workings_reaching(
    conn: &mut Conn,
    accounts: &[AccountId],
    day: NaiveDate,
) -> Result<Vec<String>, StoreError> {
    Ok(bills::table
        .inner_join(bill_segments::table)
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq_any(accounts))
        .filter(bills::until_on.ge(day))
        .filter(bills::status.ne(BillStatus::Void))
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .order((bill_segments::bill_id, bill_segments::position))
        .select(bill_segments::working)
        .load(conn)?)
}

/// How far what is served at these points was billed or drafted: by the end of each agreement, the first day after the last bill of it.
pub fn list_billed_at(
    conn: &mut Conn,
    points: &[ServicePointId],
) -> Result<Vec<(ServicePointId, Option<NaiveDate>, NaiveDate)>, StoreError> {
    let ends = (
        service_agreements::service_point_id,
        service_agreements::until_on,
    );
    let rows: Vec<(ServicePointId, Option<NaiveDate>, Option<NaiveDate>)> = bill_segments::table
        .inner_join(service_agreements::table)
        .inner_join(bills::table.left_join(bill_cancellations::table))
        .filter(service_agreements::service_point_id.eq_any(points))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(bills::status.ne(BillStatus::Void))
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .group_by(ends)
        .select((
            service_agreements::service_point_id,
            service_agreements::until_on,
            max(bills::until_on),
        ))
        .load(conn)?;
    let billed = |(point, ends, until): (_, _, Option<NaiveDate>)| Some((point, ends, until?));
    Ok(rows.into_iter().filter_map(billed).collect())
}

/// The first day of an account that no issued bill of it covers; none where nothing was billed.
pub fn account_billed_until(
    conn: &mut Conn,
    account: AccountId,
) -> Result<Option<NaiveDate>, StoreError> {
    Ok(bills::table
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq(account))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .select(max(bills::until_on))
        .first(conn)?)
}

/// The same of each of these accounts of which anything was billed.
pub fn list_billed_until(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, NaiveDate)>, StoreError> {
    let rows: Vec<(AccountId, Option<NaiveDate>)> = bills::table
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq_any(accounts))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .group_by(bills::account_id)
        .select((bills::account_id, max(bills::until_on)))
        .load(conn)?;
    let billed = rows.into_iter();
    Ok(billed
        .filter_map(|(id, until)| Some((id, until?)))
        .collect())
}

/// Whether a draft of an account's bill stands.
pub fn has_draft(conn: &mut Conn, account: AccountId) -> Result<bool, StoreError> {
    let found: Option<i64> = bills::table
        .filter(bills::account_id.eq(account))
        .filter(bills::status.eq(BillStatus::Draft))
        .select(bills::id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Every agreement of an account that goes on on a day or begins later.
pub fn list_after(
    conn: &mut Conn,
    account: AccountId,
    day: NaiveDate,
) -> Result<Vec<(ServiceAgreementRow, PremiseId)>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .filter(service_agreements::account_id.eq(account))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(day)),
        )
        .order(service_agreements::id)
        .select((ServiceAgreementRow::as_select(), service_points::premise_id))
        .load(conn)?)
}

/// Whether a bill that stands is for an agreement: a draft is made anew, and what was canceled says nothing of it any more.
pub fn is_billed(conn: &mut Conn, id: ServiceAgreementId) -> Result<bool, StoreError> {
    let found: Option<ServiceAgreementId> = bill_segments::table
        .inner_join(bills::table.left_join(bill_cancellations::table))
        .filter(bill_segments::service_agreement_id.eq(id))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .select(bill_segments::service_agreement_id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Every suspension of an agreement, in order.
pub fn list_all_suspensions(
    conn: &mut Conn,
    id: ServiceAgreementId,
) -> Result<Vec<SuspensionRow>, StoreError> {
    Ok(service_suspensions::table
        .filter(service_suspensions::service_agreement_id.eq(id))
        .order(service_suspensions::from_on)
        .select(SuspensionRow::as_select())
        .load(conn)?)
}

/// Says on which day a suspension ended.
pub fn mark_resumed(
    tx: &mut Tx<'_>,
    id: ServiceAgreementId,
    from_on: NaiveDate,
    until_on: NaiveDate,
) -> Result<(), StoreError> {
    diesel::update(service_suspensions::table)
        .filter(service_suspensions::service_agreement_id.eq(id))
        .filter(service_suspensions::from_on.eq(from_on))
        .set(service_suspensions::until_on.eq(until_on))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Begins an agreement on another day.
pub fn mark_begun(
    tx: &mut Tx<'_>,
    id: ServiceAgreementId,
    from_on: NaiveDate,
) -> Result<(), StoreError> {
    diesel::update(service_agreements::table.find(id))
        .set(service_agreements::from_on.eq(from_on))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends an agreement on a day.
pub fn mark_ended(
    tx: &mut Tx<'_>,
    id: ServiceAgreementId,
    until_on: NaiveDate,
) -> Result<(), StoreError> {
    diesel::update(service_agreements::table.find(id))
        .set(service_agreements::until_on.eq(until_on))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Withdraws an agreement, as if it had never begun: nobody is served by it on any day. Its row stays, because drafts that were given up and
/// bills that were canceled name it.
pub fn mark_withdrawn(tx: &mut Tx<'_>, id: ServiceAgreementId) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(service_agreements::table.find(id))
        .set(service_agreements::withdrawn_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}
