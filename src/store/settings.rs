//! Named settings of the utility: its name, zone and, in a demonstration, the town's own clock.

use diesel::prelude::*;

use crate::store::any::AnyConnection;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::schema::settings;

/// The setting's text, if it is set.
pub fn find(conn: &mut AnyConnection, name: &str) -> Result<Option<String>, StoreError> {
    Ok(settings::table
        .find(name)
        .select(settings::value)
        .first(conn)
        .optional()?)
}

/// Sets or replaces a setting.
pub fn put(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    let changed = diesel::update(settings::table.find(name))
        .set(settings::value.eq(value))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(settings::table)
            .values((settings::name.eq(name), settings::value.eq(value)))
            .execute(tx.conn())?;
    }
    Ok(())
}
