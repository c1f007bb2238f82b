//! Whose a row of a list is that has no owner of its own, and that somebody has looked at it: a broken arrangement, a delivery that failed, money
//! that is held.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::StaffId;
use crate::domain::queues::MarkKind;
use crate::store::bulk::insert_lent;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{staff, work_marks};

/// That somebody has answered for a row of the list in front: what the list of those that wait leaves out.
macro_rules! unanswered {
    ($kind:literal, $id:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM work_marks m WHERE m.kind = '",
            $kind,
            "' AND m.subject_id = ",
            $id,
            " AND m.answer IS NOT NULL)"
        )
    };
}
pub(in crate::store) use unanswered;

/// What is known of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Whose it is.
    pub owner: Option<String>,
    /// What was answered.
    pub answer: Option<String>,
    /// By whom.
    pub answered_by: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = work_marks, treat_none_as_default_value = false)]
struct NewMark<'a> {
    kind: MarkKind,
    subject_id: i64,
    owner_staff_id: Option<StaffId>,
    answer: Option<&'a str>,
    answered_by: Option<&'a str>,
    answered_at: Option<NaiveDateTime>,
}

/// What is known of these rows: nothing of one that nobody has touched.
pub fn list(
    conn: &mut Conn,
    kind: MarkKind,
    ids: &[i64],
) -> Result<HashMap<i64, Mark>, StoreError> {
    type Found = (i64, Option<String>, Option<String>, Option<String>);
    let rows: Vec<Found> = work_marks::table
        .left_join(staff::table)
        .filter(work_marks::kind.eq(kind))
        .filter(work_marks::subject_id.eq_any(ids))
        .select((
            work_marks::subject_id,
            staff::name.nullable(),
            work_marks::answer,
            work_marks::answered_by,
        ))
        .load(conn)?;
    let mark = |(id, owner, answer, answered_by): Found| {
        let mark = Mark {
            owner,
            answer,
            answered_by,
        };
        (id, mark)
    };
    Ok(rows.into_iter().map(mark).collect())
}

/// Those of these rows that somebody has answered for.
pub fn list_answered(conn: &mut Conn, kind: MarkKind, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
    Ok(work_marks::table
        .filter(work_marks::kind.eq(kind))
        .filter(work_marks::subject_id.eq_any(ids))
        .filter(work_marks::answer.is_not_null())
        .select(work_marks::subject_id)
        .load(conn)?)
}

/// Gives rows, whose subjects are held, to somebody.
pub fn own(
    tx: &mut Tx<'_>,
    kind: MarkKind,
    (ids, owner): (&[i64], StaffId),
) -> Result<(), StoreError> {
    add(tx, kind, ids)?;
    let marks = work_marks::table
        .filter(work_marks::kind.eq(kind))
        .filter(work_marks::subject_id.eq_any(ids));
    diesel::update(marks)
        .set(work_marks::owner_staff_id.eq(owner))
        .execute(tx.conn())?;
    Ok(())
}

/// Answers for rows, whose subjects are held, in the words of the acting person.
pub fn answer(
    tx: &mut Tx<'_>,
    kind: MarkKind,
    (ids, words): (&[i64], &str),
) -> Result<(), StoreError> {
    add(tx, kind, ids)?;
    let stamp = tx.stamp;
    let marks = work_marks::table
        .filter(work_marks::kind.eq(kind))
        .filter(work_marks::subject_id.eq_any(ids));
    diesel::update(marks)
        .set((
            work_marks::answer.eq(words),
            work_marks::answered_by.eq(&stamp.by.name),
            work_marks::answered_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// A mark for each of these rows that has none.
fn add(tx: &mut Tx<'_>, kind: MarkKind, ids: &[i64]) -> Result<(), StoreError> {
    let known: Vec<i64> = work_marks::table
        .filter(work_marks::kind.eq(kind))
        .filter(work_marks::subject_id.eq_any(ids))
        .select(work_marks::subject_id)
        .load(tx.conn())?;
    let new = ids.iter().filter(|id| !known.contains(id));
    let rows: Vec<NewMark<'_>> = new
        .map(|id| NewMark {
            kind,
            subject_id: *id,
            owner_staff_id: None,
            answer: None,
            answered_by: None,
            answered_at: None,
        })
        .collect();
    insert_lent!(tx, work_marks::table, rows.as_slice())
}
