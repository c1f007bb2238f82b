//! What is left of the debts that arrangements cover, what of it is in dispute, and what a dispute left to be paid later.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable};

use crate::domain::arrangements::{
    ArrangementState, Contest, Cover, CoveredDebt, DAYS_AFTER_RETURN, Installment, beside, freed,
};
use crate::domain::disputes::frozen;
use crate::domain::ids::{AccountId, ArrangementId, EntryId};
use crate::domain::money::Money;
use crate::store::arrangements::{ArrangementRow, Standing};
use crate::store::db::Conn;
use crate::store::debts::OpenDebt;
use crate::store::disputes;
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    arrangement_debts, arrangement_installments, arrangement_steps, arrangements, open_items,
};

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

/// The open arrangements of accounts, with what is left of their debts: at most one of each account. One question where there is none.
pub fn list_open(conn: &mut Conn, accounts: &[AccountId]) -> Result<Vec<Standing>, StoreError> {
    let mut found = Vec::new();
    for some in accounts.chunks(LIST) {
        let rows: Vec<ArrangementRow> = arrangements::table
            .filter(arrangements::account_id.among(some))
            .filter(arrangements::state.eq(ArrangementState::Open))
            .order(arrangements::id)
            .select(ArrangementRow::as_select())
            .load(conn)?;
        found.extend(with_cover(conn, rows)?);
    }
    Ok(found)
}

/// The next open arrangements after one, with what is left of their debts.
pub fn list_open_after(
    conn: &mut Conn,
    after: ArrangementId,
    limit: i64,
) -> Result<Vec<Standing>, StoreError> {
    let rows: Vec<ArrangementRow> = arrangements::table
        .filter(arrangements::state.eq(ArrangementState::Open))
        .filter(arrangements::id.gt(after))
        .order(arrangements::id)
        .limit(limit)
        .select(ArrangementRow::as_select())
        .load(conn)?;
    with_cover(conn, rows)
}

/// A covered debt as it is read: of which arrangement, its entry, what is covered, what is not, its own day, and what is left.
type DebtLine = (ArrangementId, EntryId, Money, Money, NaiveDate, Money);

/// Arrangements with what is left of their debts now. Four questions for any number.
pub fn with_cover(conn: &mut Conn, rows: Vec<ArrangementRow>) -> Result<Vec<Standing>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ArrangementId> = rows.iter().map(|row| row.id).collect();
    let parts: Vec<(ArrangementId, NaiveDate, Money)> = arrangement_installments::table
        .filter(arrangement_installments::arrangement_id.among(&ids))
        .order((
            arrangement_installments::arrangement_id,
            arrangement_installments::position,
        ))
        .select((
            arrangement_installments::arrangement_id,
            arrangement_installments::due_on,
            arrangement_installments::amount_cents,
        ))
        .load(conn)?;
    let debts: Vec<DebtLine> = arrangement_debts::table
        .inner_join(open_items::table.on(open_items::entry_id.eq(arrangement_debts::entry_id)))
        .filter(arrangement_debts::arrangement_id.among(&ids))
        .order((open_items::due_on, open_items::entry_id))
        .select((
            arrangement_debts::arrangement_id,
            arrangement_debts::entry_id,
            arrangement_debts::amount_cents,
            arrangement_debts::beside_cents,
            open_items::due_on,
            open_items::remaining_cents,
        ))
        .load(conn)?;
    let made_at: BTreeMap<ArrangementId, NaiveDateTime> =
        rows.iter().map(|row| (row.id, row.made_at)).collect();
    let entries: Vec<EntryId> = debts.iter().map(|debt| debt.1).collect();
    let contests = list_contests(conn, &entries)?;
    let reopened = list_reopened(conn, &ids)?;
    let mut covers: BTreeMap<ArrangementId, Cover> = BTreeMap::new();
    for (id, due_on, amount) in parts {
        let cover = covers.entry(id).or_default();
        cover.installments.push(Installment { due_on, amount });
    }
    for (id, entry, covered, agreed, due_on, remaining) in debts {
        let made_at = made_at.get(&id).copied().unwrap_or_default();
        let contests = contests.get(&entry).map_or(&[][..], Vec::as_slice);
        let debt = covered_debt(
            (entry, due_on, remaining),
            (covered, agreed, made_at),
            contests,
        );
        covers.entry(id).or_default().debts.push(debt);
    }
    let standing = |row: ArrangementRow| {
        let mut cover = covers.remove(&row.id).unwrap_or_default();
        let since = reopened.get(&row.id);
        cover.not_before = since.map(|day| *day + Days::new(DAYS_AFTER_RETURN));
        Standing { cover, row }
    };
    Ok(rows.into_iter().map(standing).collect())
}

/// A debt as an arrangement covers it: by what is left of it, what was agreed of it and when, and its disputes.
pub(in crate::store) fn covered_debt(
    (entry, due_on, remaining): (EntryId, NaiveDate, Money),
    (covered, agreed, made_at): (Money, Money, NaiveDateTime),
    contests: &[Contest],
) -> CoveredDebt {
    let is_open = |contest: &&Contest| contest.ended.is_none();
    let in_dispute = contests.iter().filter(is_open).map(|one| one.amount).sum();
    CoveredDebt {
        entry,
        due_on,
        covered,
        beside: beside(agreed, contests, made_at),
        remaining,
        disputed: frozen(remaining, in_dispute),
        freed: freed(agreed, contests, made_at),
    }
}

/// The day on which an arrangement came into force again, or money that had paid it went back: the latest; the first step is that it was made.
const REOPENED: &str = "(SELECT s.made_on FROM arrangement_steps s WHERE s.arrangement_id = arrangements.id AND s.state = 'open' \
     AND s.id > (SELECT MIN(f.id) FROM arrangement_steps f WHERE f.arrangement_id = arrangements.id AND f.state = 'open') \
     ORDER BY s.id DESC LIMIT 1)";

/// The arrangement in force of an account whose debts are known, with what is left of those it covers. One query.
pub fn find_in_force(
    conn: &mut Conn,
    account: AccountId,
    debts: &[OpenDebt],
) -> Result<Option<Standing>, StoreError> {
    type Part = (ArrangementRow, NaiveDate, Money, Option<NaiveDate>);
    let parts: Vec<Part> = arrangements::table
        .inner_join(arrangement_installments::table)
        .filter(arrangements::account_id.eq(account))
        .filter(arrangements::state.eq(ArrangementState::Open))
        .order((arrangements::id, arrangement_installments::position))
        .select((
            ArrangementRow::as_select(),
            arrangement_installments::due_on,
            arrangement_installments::amount_cents,
            sql::<Nullable<Date>>(REOPENED),
        ))
        .kept()
        .load(conn)?;
    let mut found: Option<Standing> = None;
    for (row, due_on, amount, reopened) in parts {
        let standing = found.get_or_insert_with(|| Standing {
            cover: Cover {
                installments: Vec::new(),
                debts: debts
                    .iter()
                    .filter_map(|debt| debt.covered_by(row.id))
                    .collect(),
                not_before: reopened.map(|day| day + Days::new(DAYS_AFTER_RETURN)),
            },
            row,
        });
        let installments = &mut standing.cover.installments;
        installments.push(Installment { due_on, amount });
    }
    Ok(found)
}

/// The days on which arrangements came into force again, or money that had paid them went back: the latest of each.
fn list_reopened(
    conn: &mut Conn,
    ids: &[ArrangementId],
) -> Result<BTreeMap<ArrangementId, NaiveDate>, StoreError> {
    let steps: Vec<(ArrangementId, NaiveDate)> = arrangement_steps::table
        .filter(arrangement_steps::arrangement_id.among(ids))
        .filter(arrangement_steps::state.eq(ArrangementState::Open))
        .order(arrangement_steps::id)
        .select((
            arrangement_steps::arrangement_id,
            arrangement_steps::made_on,
        ))
        .load(conn)?;
    let (mut made, mut again) = (BTreeSet::new(), BTreeMap::new());
    for (id, on) in steps {
        // The first step is that it was made.
        if !made.insert(id) {
            again.insert(id, on);
        }
    }
    Ok(again)
}

/// The disputes of debts, open and ended.
pub(super) fn list_contests(
    conn: &mut Conn,
    entries: &[EntryId],
) -> Result<BTreeMap<EntryId, Vec<Contest>>, StoreError> {
    let mut found: BTreeMap<EntryId, Vec<Contest>> = BTreeMap::new();
    for some in entries.chunks(LIST) {
        for (entry, contest) in disputes::list_contests(conn, some)? {
            found.entry(entry).or_default().push(contest);
        }
    }
    Ok(found)
}
