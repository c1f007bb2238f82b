//! The price lists of a city of any size: water in blocks, sewer by the water, stormwater and electric; about five lines a bill.

use anyhow::Context;
use chrono::NaiveDate;

use crate::domain::rates::schedule::RateSchedule;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store::db::{Db, Tx};
use crate::usecases::rates::{RateError, draft, publish, submit};

/// The documents; each comes into force on the day it is published from.
const SCHEDULES: &str = include_str!("schedules.json");

/// Publishes every schedule from a day, the way the office does: one person drafts and submits, another publishes.
pub fn publish_all(db: &Db, stamp: &Stamp, from: NaiveDate) -> anyhow::Result<()> {
    publish_named(db, stamp, (from, ""))
}

/// The same under codes of their own: with an ending, so that a city's own lists stay as they are.
pub fn publish_named(
    db: &Db,
    stamp: &Stamp,
    (from, ending): (NaiveDate, &str),
) -> anyhow::Result<()> {
    let mut documents: Vec<RateSchedule> =
        serde_json::from_str(SCHEDULES).context("the schedules of a city of any size")?;
    for document in &mut documents {
        document.code.push_str(ending);
    }
    let person = |name: &str| Stamp {
        by: Actor {
            kind: ActorKind::Operator,
            id: None,
            name: name.to_owned(),
        },
        ..stamp.clone()
    };
    for document in documents {
        let drafted = db.write_blocking(person("rates desk"), move |tx: &mut Tx<'_>| {
            let id = draft(tx, document.clone())?;
            submit(tx, id)?;
            Ok::<_, RateError>(id)
        })?;
        db.write_blocking(person("rates council"), move |tx: &mut Tx<'_>| {
            publish(tx, drafted, from)
        })?;
    }
    Ok(())
}
