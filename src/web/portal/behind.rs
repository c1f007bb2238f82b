//! What stands behind the lines of bills: the workings, the versions of the schedules, and which charge and block priced each line.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::ids::{BillId, RateScheduleId};
use crate::domain::rates::origins::{Known, Printed, Repriced, Versions};
use crate::domain::rates::schedule::RateSchedule;
use crate::domain::rates::working::Working;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::bill_lines::{self, Line, Workings};
use crate::store::portal::bills::{Bill, Service};
use crate::web::portal::schedules::{Found, Schedules};

/// What stands behind the lines of some bills. Read in one question; three more once for each version of a schedule.
pub struct Behind {
    lines: Vec<Line>,
    /// What is known of the lines of each service, by its bill and its place on it.
    known: BTreeMap<(BillId, i32), Vec<Known>>,
    workings: Workings,
    schedules: Found,
    versions: Versions,
}

impl Behind {
    /// Reads it for bills that were found in scope.
    pub fn load(
        conn: &mut Conn,
        found: &[&Bill],
        schedules: &Schedules,
    ) -> Result<Self, StoreError> {
        let services = found.iter().flat_map(|bill| &bill.services);
        let ids: BTreeSet<RateScheduleId> = services.map(|service| service.schedule).collect();
        let (lines, workings) = bill_lines::list(conn, found)?;
        let mut behind = Self {
            lines,
            workings,
            versions: schedules.versions(conn, &ids)?,
            known: BTreeMap::new(),
            schedules: schedules.find(conn, &ids)?,
        };
        for bill in found {
            for service in &bill.services {
                let known = behind.known(bill, service);
                behind.known.insert((bill.id, service.position), known);
            }
        }
        Ok(behind)
    }

    /// Refuses a bill of which a service's working cannot be read: its page would explain nothing.
    pub fn must_know(&self, bill: &Bill) -> Result<(), StoreError> {
        let mut services = bill.services.iter();
        if services.all(|service| self.working(bill, service).is_some()) {
            Ok(())
        } else {
            let what = format!("the working of bill {}", bill.number);
            Err(StoreError::Unreadable(what))
        }
    }

    /// The version that a service of a bill names: the one in force at its end.
    pub fn schedule(&self, service: &Service) -> Option<&Arc<RateSchedule>> {
        self.schedules.get(&service.schedule)
    }

    /// From what a service of a bill was worked out.
    pub fn working(&self, bill: &Bill, service: &Service) -> Option<&Working> {
        self.workings.get(&(bill.id, service.position))
    }

    /// What is known of each line of a service.
    fn known(&self, bill: &Bill, service: &Service) -> Vec<Known> {
        let printed: Vec<Printed<'_>> = self
            .own(bill, service)
            .map(|line| Printed {
                charge: &line.charge,
                price: line.price.map(|price| price.0),
                amount: line.amount,
            })
            .collect();
        let schedule = self.schedule(service);
        let code = schedule.map_or("", |schedule| schedule.code.as_str());
        let working = self.working(bill, service);
        self.versions.known((code, schedule), working, &printed)
    }

    fn own(&self, bill: &Bill, service: &Service) -> impl Iterator<Item = &Line> + use<'_> {
        let of = (bill.id, service.position);
        let lines = self.lines.iter();
        lines.filter(move |line| (line.bill_id, line.segment) == of)
    }

    /// The lines of a service, each with what is known of it.
    pub fn lines(&self, bill: &Bill, service: &Service) -> Vec<(&Line, Known)> {
        let known = self.known.get(&(bill.id, service.position));
        let known = known.map(Vec::as_slice).unwrap_or_default();
        self.own(bill, service).zip(known.iter().cloned()).collect()
    }

    /// All lines of a bill in their order, each with what is known of it.
    pub fn all_lines(&self, bill: &Bill) -> Vec<(&Line, Known)> {
        let services = bill.services.iter();
        let mut known: BTreeMap<i32, _> = services
            .map(|service| (service.position, self.lines(bill, service).into_iter()))
            .collect();
        let own = self.lines.iter().filter(|line| line.bill_id == bill.id);
        own.map(|line| {
            let next = known.get_mut(&line.segment).and_then(Iterator::next);
            (line, next.map(|(_, known)| known).unwrap_or_default())
        })
        .collect()
    }

    /// What a service of a later bill comes to at the prices of the same service of an earlier one.
    pub fn at_prices_of(
        &self,
        (earlier, then): (&Bill, &Service),
        (later, now): (&Bill, &Service),
    ) -> Option<Vec<Repriced>> {
        let code = self.schedule(then)?.code.as_str();
        let (before, after) = (self.working(earlier, then)?, self.working(later, now)?);
        self.versions.at_prices_of((code, before), after)
    }
}
