//! Published rate schedules as pages read them. A published version never changes, so each is read once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::ids::RateScheduleId;
use crate::domain::rates::compile;
use crate::domain::rates::schedule::RateSchedule;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::bills;

/// The versions read so far. One for a server, as `Data<Schedules>`.
#[derive(Default)]
pub struct Schedules {
    read: RwLock<HashMap<RateScheduleId, Arc<RateSchedule>>>,
}

/// Some versions, by row id.
pub type Found = BTreeMap<RateScheduleId, Arc<RateSchedule>>;

impl Schedules {
    /// These versions; those not yet read are asked for in one question.
    pub fn find(
        &self,
        conn: &mut Conn,
        ids: &BTreeSet<RateScheduleId>,
    ) -> Result<Found, StoreError> {
        let mut found = self.known(ids);
        let missing: Vec<RateScheduleId> = ids
            .iter()
            .copied()
            .filter(|id| !found.contains_key(id))
            .collect();
        if missing.is_empty() {
            return Ok(found);
        }
        for (id, document) in bills::list_schedules(conn, &missing)? {
            let schedule =
                compile::read(&document).map_err(|why| StoreError::Unreadable(why.to_string()))?;
            found.insert(id, Arc::new(schedule));
        }
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        read.extend(
            found
                .iter()
                .map(|(id, schedule)| (*id, Arc::clone(schedule))),
        );
        Ok(found)
    }

    fn known(&self, ids: &BTreeSet<RateScheduleId>) -> Found {
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        let known = ids
            .iter()
            .filter_map(|id| read.get(id).map(|schedule| (*id, Arc::clone(schedule))));
        known.collect()
    }
}
