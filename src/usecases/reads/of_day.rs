//! What registers showed on one day, however it came to be known: read at noon by a person, at another hour by a file or a meter that reports.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::domain::ids::RegisterId;
use crate::domain::period::Period;
use crate::domain::reads::ReadVerdict;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::reads::{self, ReadRow};
use crate::usecases::reads::desk::noon;

/// The reads of a day that nobody refused.
pub(in crate::usecases) struct ReadsOfDay {
    rows: Vec<ReadRow>,
    noon: NaiveDateTime,
}

impl ReadsOfDay {
    /// Loads them, in one query.
    pub(in crate::usecases) fn load(
        conn: &mut Conn,
        zone: Tz,
        on: NaiveDate,
        registers: &[RegisterId],
    ) -> Result<Self, StoreError> {
        let day = Period {
            from: on,
            until: on.succ_opt().unwrap_or(on),
        };
        let mut rows = reads::list_within(conn, registers, day)?;
        rows.retain(|row| row.verdict != ReadVerdict::Refused);
        let noon = noon(zone, on);
        Ok(Self { rows, noon })
    }

    /// The read that stands for the day: the one that a person took; where none did, the last.
    pub(in crate::usecases) fn of(&self, register: RegisterId) -> Option<&ReadRow> {
        let of_register = || self.rows.iter().filter(|row| row.register_id == register);
        let taken = of_register().find(|row| row.read_at == self.noon);
        taken.or_else(|| of_register().next_back())
    }

    /// Those at other hours than noon: a read of a person takes the place of none of them.
    pub(in crate::usecases) fn beside(
        &self,
        register: RegisterId,
    ) -> impl Iterator<Item = &ReadRow> {
        self.rows
            .iter()
            .filter(move |row| row.register_id == register && row.read_at != self.noon)
    }
}
