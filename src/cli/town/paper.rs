//! The paper of the past: what the town's history was to print left the house on its day, printed by whoever did so then; one batch of late was
//! made and mailed here. What came after it still waits.

use chrono::{Days, NaiveDate};

use crate::cli::town::office::Office;
use crate::domain::print::BatchState;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::print;
use crate::usecases::print::life::{BatchError, confirm_mailed, settle_elsewhere};
use crate::web::print_batches::{House, make};

/// So many days ago the last paper left without a batch.
const BEFORE: u64 = 24;

/// So many days ago the one batch was made.
const MADE: u64 = 10;

/// Lets paper leave on a day of the past.
///
/// # Errors
/// A paper that is not made, or a fault.
pub fn send(office: &Office<'_>, house: &House, on: NaiveDate) -> anyhow::Result<()> {
    let stamp = office.clerk(on, 17);
    if on + Days::new(BEFORE) <= office.today {
        let until = stamp.at;
        office.write::<_, StoreError>(stamp, move |tx| settle_elsewhere(tx, until))?;
        return Ok(());
    }
    if on + Days::new(MADE) == office.today {
        make(office.db, house, &stamp)?;
    }
    if on + Days::new(MADE - 1) == office.today {
        let newest = office
            .db
            .read_blocking(|conn| print::list_batches(conn, (1, 0)))?;
        let made = newest
            .first()
            .filter(|batch| batch.state == BatchState::Made);
        if let Some(id) = made.map(|batch| batch.id) {
            let at = stamp.at;
            let mail = move |tx: &mut Tx<'_>| confirm_mailed(tx, id, (on, at));
            office.write::<_, BatchError>(stamp, mail)?;
        }
    }
    Ok(())
}
