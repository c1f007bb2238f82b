//! How similar homes did on a bill run: the homes billed with this one, read once a day for all who ask.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono::NaiveDate;

use crate::domain::ids::{AccountId, BillId, BillRunId};
use crate::domain::neighbors::{Similar, similar};
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::scope::Scope;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::neighbors::{find_run, list_used};

type Asked = (BillRunId, Period, Commodity, Unit);

/// What was read today. One for a server, as `Data<SimilarHomes>`; a bill corrected meanwhile counts from the next day on.
#[derive(Default)]
pub struct SimilarHomes {
    read: RwLock<(NaiveDate, HashMap<Asked, Option<Similar>>)>,
}

impl SimilarHomes {
    /// How the homes did that were billed with this bill; nothing where it is no home's, or they are too few to be told about.
    pub fn of(
        &self,
        conn: &mut Conn,
        (scope, account, today): (&Scope, AccountId, NaiveDate),
        (bill, commodity, unit): (BillId, Commodity, Unit),
    ) -> Result<Option<Similar>, StoreError> {
        let Some((run, period)) = find_run(conn, (scope, account), bill)? else {
            return Ok(None);
        };
        let asked = (run, period, commodity, unit);
        if let Some(known) = self.known(asked, today) {
            return Ok(known);
        }
        let homes = list_used(conn, run, (commodity, unit))?;
        let told = similar(period, &homes);
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        if read.0 != today {
            *read = (today, HashMap::new());
        }
        read.1.insert(asked, told);
        Ok(told)
    }

    fn known(&self, asked: Asked, today: NaiveDate) -> Option<Option<Similar>> {
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        (read.0 == today)
            .then(|| read.1.get(&asked).copied())
            .flatten()
    }
}
