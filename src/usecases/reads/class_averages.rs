//! What others of a class use in the same months, from a sample of the registers that count it today: what stands in for a newcomer's own
//! history. Worked out once for each class and season that a chunk asks about, however many registers ask.

use std::collections::HashMap;

use chrono::Days;
use rust_decimal::Decimal;

use crate::domain::accounts::AccountClass;
use crate::domain::meters::{Channel, MeterKind};
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::vee::checks::Shown;
use crate::domain::vee::class_average::{daily, same_months};
use crate::domain::vee::estimates::{self, PastUsage};
use crate::store;
use crate::store::class_peers::{self, Wanted};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::usecases::reads::registers::{Register, with_places};
use crate::usecases::reads::scalars::{Timeline, lines_of};

/// How far before and after the months the reads around them may lie, in days: a quarter and some.
const AROUND: u64 = 95;

/// A class in a season.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    class: AccountClass,
    commodity: Commodity,
    unit: Unit,
    channel: Channel,
    kind: MeterKind,
    months: Period,
}

/// Class averages that were worked out before.
#[derive(Debug, Default)]
pub(crate) struct ClassAverages(HashMap<Key, Option<Decimal>>);

impl ClassAverages {
    /// What a register of the class uses a day in the months of some days; nothing where nobody is served through it then, or where too few
    /// others tell.
    pub(crate) fn daily(
        &mut self,
        conn: &mut Conn,
        register: &Register,
        days: Period,
    ) -> Result<Option<Decimal>, StoreError> {
        let last = days.until.pred_opt().unwrap_or(days.until).max(days.from);
        let Some((class, months)) = register.class_on(last).zip(same_months(days)) else {
            return Ok(None);
        };
        let key = Key {
            class,
            commodity: register.commodity(),
            unit: register.unit,
            channel: register.channel,
            kind: register.kind,
            months: months[0],
        };
        if let Some(known) = self.0.get(&key) {
            return Ok(*known);
        }
        let wanted = Wanted {
            class: key.class,
            commodity: key.commodity,
            unit: key.unit,
            channel: key.channel,
            kind: key.kind,
            on: last,
        };
        let peers = histories(conn, &wanted, &months)?;
        let found = daily(&peers, &months);
        self.0.insert(key, found);
        Ok(found)
    }

    /// The same for a read whose register's own history says nothing of the days since the read before; nothing for any other.
    pub(crate) fn for_newcomer(
        &mut self,
        conn: &mut Conn,
        register: &Register,
        (line, shown): (&Timeline, &Shown),
    ) -> Result<Option<Decimal>, StoreError> {
        if !line.is_new(shown.at) || register.channel == Channel::Demand {
            return Ok(None);
        }
        let before = line.before(shown.at);
        let Some(since) = before.and_then(|before| Period::new(before.on, shown.on)) else {
            return Ok(None);
        };
        let idle_days = register.idle_days(since);
        let history = line.history(register);
        match estimates::expected(since, idle_days, &history, None) {
            Some(_) => Ok(None),
            None => self.daily(conn, register, since),
        }
    }
}

/// What each register of a sample used around some months: two questions for the reads, whatever the sample.
fn histories(
    conn: &mut Conn,
    wanted: &Wanted,
    months: &[Period],
) -> Result<Vec<Vec<PastUsage>>, StoreError> {
    let ids = class_peers::list(conn, wanted)?;
    let rows = store::reads::list_registers(conn, &ids)?;
    let known = with_places(conn, rows)?;
    let mut histories: Vec<Vec<PastUsage>> = vec![Vec::new(); known.len()];
    for month in months {
        let around = Period {
            from: month.from - Days::new(AROUND),
            until: month.until + Days::new(AROUND),
        };
        let lines = lines_of(store::reads::list_within(conn, &ids, around)?);
        for (register, history) in known.iter().zip(&mut histories) {
            let line = lines.get(&register.id);
            history.extend(line.map(|line| line.history(register)).unwrap_or_default());
        }
    }
    Ok(histories)
}
