//! The registers whose intervals a bill rests on.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::domain::ids::RegisterId;
use crate::domain::quantity::Unit;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{meters, registers};

/// The number on the meter of each register, and what it counts in; the registers are named by bills that were found in scope.
pub fn list_registers(
    conn: &mut Conn,
    ids: &[RegisterId],
) -> Result<BTreeMap<RegisterId, (String, Unit)>, StoreError> {
    let rows: Vec<(RegisterId, String, Unit)> = registers::table
        .inner_join(meters::table)
        .filter(registers::id.eq_any(ids))
        .select((registers::id, meters::serial, registers::unit))
        .load(conn)?;
    let named = |(id, serial, unit)| (id, (serial, unit));
    Ok(rows.into_iter().map(named).collect())
}
