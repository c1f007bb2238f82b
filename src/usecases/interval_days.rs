//! The days of intervals that bills rest on, in the versions that counted, added up register by register: for the page of a bill and its paper.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::domain::bill_paper::PaperDays;
use crate::domain::ids::RegisterId;
use crate::domain::intervals::IntervalDay;
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rates::working::{DaysUsed, Working};
use crate::domain::reads::ReadQuality;
use crate::store::bills_in_order::list_day_versions;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::portal::bill_meters::list_registers;

/// The days that some workings rest on.
#[derive(Debug, Default)]
pub struct IntervalDays {
    /// The registers that counted by intervals: the number on the meter, and the unit.
    registers: BTreeMap<RegisterId, (String, Unit)>,
    /// The versions of their days.
    days: HashMap<(RegisterId, NaiveDate, i32), IntervalDay>,
}

impl IntervalDays {
    /// Reads them for the workings of bills that were found in scope, or of all that are put on paper: two queries, or none where no working
    /// rests on such days.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load<'a>(
        conn: &mut Conn,
        workings: impl IntoIterator<Item = &'a Working>,
    ) -> Result<Self, StoreError> {
        let used: Vec<&DaysUsed> = workings.into_iter().flat_map(Working::days).collect();
        let from = used.iter().map(|used| used.period().from).min();
        let until = used.iter().map(|used| used.period().until).max();
        let Some((from, until)) = from.zip(until) else {
            return Ok(Self::default());
        };
        let mut ids: Vec<RegisterId> = used.iter().map(|used| used.register).collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(Self {
            registers: list_registers(conn, &ids)?,
            days: list_day_versions(conn, &ids, Period { from, until })?,
        })
    }

    /// The days of a register, added up; nothing where the register is not known.
    #[must_use]
    pub fn of(&self, used: &DaysUsed) -> Option<PaperDays> {
        let (serial, unit) = self.registers.get(&used.register)?;
        let period = used.period();
        let days = period.from.iter_days();
        let days: Vec<&IntervalDay> = days
            .take_while(|day| *day < period.until)
            .filter_map(|day| self.days.get(&(used.register, day, used.version(day))))
            .collect();
        let is_weak = |day: &&&IntervalDay| {
            let mut qualities = day.qualities().iter();
            qualities.any(|quality| *quality != ReadQuality::Actual)
        };
        Some(PaperDays {
            serial: serial.clone(),
            unit: *unit,
            from: period.from,
            last: period.until.pred_opt()?,
            days: period.days(),
            weak: days.iter().filter(is_weak).count(),
            sum: days.iter().map(|day| day.sum()).sum(),
        })
    }
}
