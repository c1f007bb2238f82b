//! Published rate schedules as pages read them. A published version never changes, so each is read once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::ids::RateScheduleId;
use crate::domain::rates::compile;
use crate::domain::rates::origins::{OneSchedule, Versions};
use crate::domain::rates::schedule::RateSchedule;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::{bill_lines, bills};

/// The versions read so far. One for a server, as `Data<Schedules>`.
#[derive(Default)]
pub struct Schedules {
    read: RwLock<HashMap<RateScheduleId, Arc<RateSchedule>>>,
    histories: RwLock<HashMap<RateScheduleId, History>>,
}

/// A schedule's code, and its versions up to one of them.
type History = (String, Arc<OneSchedule>);

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

    /// The versions that came before these, with them, ready for pricing; each one's are asked for once.
    pub fn versions(
        &self,
        conn: &mut Conn,
        ids: &BTreeSet<RateScheduleId>,
    ) -> Result<Versions, StoreError> {
        let mut found = Versions::default();
        for id in ids {
            let (code, versions) = self.history(conn, *id)?;
            found.add(code, versions);
        }
        Ok(found)
    }

    fn history(&self, conn: &mut Conn, id: RateScheduleId) -> Result<History, StoreError> {
        let read = self
            .histories
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = read.get(&id) {
            return Ok(known.clone());
        }
        drop(read);
        let (code, documents) = bill_lines::list_versions(conn, id)?;
        let history = (code, Arc::new(OneSchedule::of(&documents)));
        let mut read = self
            .histories
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        read.insert(id, history.clone());
        Ok(history)
    }
}
