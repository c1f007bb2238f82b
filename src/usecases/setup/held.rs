//! Keeps everybody else from changing what new rows rest on: which addresses there are, what is delivered at places that the house knows, who is
//! served at points, and what is drafted or issued for accounts that it knows.

use crate::domain::ids::{AccountId, PremiseId, ServicePointId};
use crate::domain::setup::OwnKind;
use crate::store::bulk::ROWS;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::{own_numbers, premises, service};
use crate::usecases::billing::changed::hold_bills_of;
use crate::usecases::setup::plan::Plan;

/// Waits until nobody else changes what is known of what the plan adds to; addresses before places, places before points, and points before
/// accounts, as everywhere. Says whether there is anything of the kind: then the plan is to be made once more, for whoever was waited for may
/// have changed it.
pub(super) fn hold(tx: &mut Tx<'_>, plan: &Plan) -> Result<bool, StoreError> {
    let adds_addresses = !plan.premises.is_empty();
    if adds_addresses {
        premises::lock_addresses(tx)?;
    }
    let named = plan.points.iter().map(|point| point.premise.clone());
    let places = known(tx, OwnKind::Premise, named.collect())?;
    let places: Vec<PremiseId> = places.into_iter().map(PremiseId).collect();
    for some in places.chunks(ROWS) {
        premises::lock_some(tx, some)?;
    }
    let served = plan.agreements.iter().map(|agreed| &agreed.point);
    let hung = plan.meters.iter().filter_map(|meter| meter.hangs.as_ref());
    let named = served.chain(hung.map(|(point, _)| point)).cloned();
    let points = known(tx, OwnKind::ServicePoint, named.collect())?;
    let points: Vec<ServicePointId> = points.into_iter().map(ServicePointId).collect();
    let named = plan.agreements.iter().map(|agreed| agreed.account.clone());
    let accounts = known(tx, OwnKind::Account, named.collect())?;
    let mut accounts: Vec<AccountId> = accounts.into_iter().map(AccountId).collect();
    for some in points.chunks(ROWS) {
        service::lock_points(tx, some)?;
        // Whoever is served there is billed by what hangs there.
        let served = service::list_of_points(tx, some)?;
        accounts.extend(served.iter().map(|row| row.account_id));
    }
    accounts.sort_unstable();
    accounts.dedup();
    hold_bills_of(tx, &accounts)?;
    let adds_to_known = !places.is_empty() || !points.is_empty() || !accounts.is_empty();
    Ok(adds_addresses || adds_to_known)
}

/// The rows of those of these numbers that the house knows, in order.
fn known(tx: &mut Tx<'_>, kind: OwnKind, mut numbers: Vec<String>) -> Result<Vec<i64>, StoreError> {
    numbers.sort_unstable();
    numbers.dedup();
    let found = own_numbers::find(tx, kind, &numbers)?;
    let mut rows: Vec<i64> = found.into_values().collect();
    rows.sort_unstable();
    Ok(rows)
}
