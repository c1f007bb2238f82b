//! What is owed on one account, debt by debt, with what disputes and arrangements make of each: for whoever looks at more of a debt than its
//! amount. One query.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text, Timestamp};

use crate::domain::arrangements::{Contest, CoveredDebt};
use crate::domain::disputes::{Outcome, frozen};
use crate::domain::ids::{AccountId, ArrangementId, EntryId, RequestId};
use crate::domain::ledger::{EntryKind, SourceKind};
use crate::domain::money::Money;
use crate::store::any::native;
use crate::store::arrangements::{Arranged, covered_debt};
use crate::store::db::Conn;
use crate::store::disputes::read_lines;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::open_items::OpenItem;

/// A debt that is not paid.
#[derive(Debug, Clone)]
pub struct OpenDebt {
    /// What is still owed.
    pub item: OpenItem,
    /// Whether a deposit was asked for with it.
    pub is_deposit: bool,
    contests: Vec<Contest>,
    covering: Vec<Covering>,
}

/// That an arrangement covers a debt, or covered it.
#[derive(Debug, Clone)]
struct Covering {
    arrangement: ArrangementId,
    covered: Money,
    beside: Money,
    made_at: NaiveDateTime,
    ended_on: Option<NaiveDate>,
}

impl OpenDebt {
    /// What of it is in dispute while nobody has decided.
    #[must_use]
    pub fn disputed(&self) -> Money {
        let open = self.contests.iter().filter(|one| one.ended.is_none());
        open.map(|one| frozen(self.item.remaining, one.amount))
            .sum()
    }

    /// What of it is out of reach on a day: what is in dispute, and what was decided so few days ago that it is no debt like any other yet.
    #[must_use]
    pub fn set_aside(&self, on: NaiveDate) -> Money {
        let counts = |one: &&Contest| one.ended.is_none_or(|(_, freed_on)| freed_on > on);
        let contests = self.contests.iter().filter(counts);
        let amount = contests.map(|one| one.amount).sum();
        frozen(self.item.remaining, amount)
    }

    /// What arrangements make of it.
    #[must_use]
    pub fn arranged(&self) -> Arranged {
        let mut arranged = Arranged::default();
        for one in &self.covering {
            let amounts = (one.covered, one.beside);
            arranged.take(amounts, (one.made_at, one.ended_on), &self.contests);
        }
        arranged
    }

    fn is_covered_by(&self, id: ArrangementId) -> bool {
        self.covering.iter().any(|one| one.arrangement == id)
    }

    /// The debt as an arrangement covers it, if it does.
    pub(in crate::store) fn covered_by(&self, id: ArrangementId) -> Option<CoveredDebt> {
        let by = self.covering.iter().find(|one| one.arrangement == id)?;
        Some(covered_debt(
            (self.item.entry_id, self.item.due_on, self.item.remaining),
            (by.covered, by.beside, by.made_at),
            &self.contests,
        ))
    }
}

/// A debt with one of its disputes and one of the arrangements that cover or covered it.
#[derive(QueryableByName)]
struct Row {
    #[diesel(embed)]
    debt: DebtColumns,
    #[diesel(embed)]
    dispute: DisputeColumns,
    #[diesel(embed)]
    cover: CoverColumns,
}

#[derive(QueryableByName)]
struct DebtColumns {
    #[diesel(sql_type = BigInt)]
    entry: EntryId,
    #[diesel(sql_type = Text)]
    kind: EntryKind,
    #[diesel(sql_type = Text)]
    source_kind: SourceKind,
    #[diesel(sql_type = BigInt)]
    source: i64,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    #[diesel(sql_type = BigInt)]
    original: Money,
    #[diesel(sql_type = BigInt)]
    remaining: Money,
    #[diesel(sql_type = Bool)]
    is_deposit: bool,
}

#[derive(QueryableByName)]
struct DisputeColumns {
    #[diesel(sql_type = Nullable<BigInt>)]
    request: Option<RequestId>,
    #[diesel(sql_type = Nullable<Text>)]
    lines: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    disputed: Option<Money>,
    #[diesel(sql_type = Nullable<Text>)]
    outcome: Option<Outcome>,
    #[diesel(sql_type = Nullable<Date>)]
    freed_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    asked_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    closed_at: Option<NaiveDateTime>,
}

#[derive(QueryableByName)]
struct CoverColumns {
    #[diesel(sql_type = Nullable<BigInt>)]
    arrangement: Option<ArrangementId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    covered: Option<Money>,
    #[diesel(sql_type = Nullable<BigInt>)]
    beside: Option<Money>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    made_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<Date>)]
    ended_on: Option<NaiveDate>,
}

const OPEN: &str = "SELECT o.entry_id AS entry, e.kind AS kind, e.source_kind AS source_kind, e.source_id AS source, o.due_on AS due_on, \
            o.original_cents AS original, o.remaining_cents AS remaining, \
            EXISTS (SELECT 1 FROM deposit_moves m WHERE m.entry_id = o.entry_id AND m.kind = 'asked') AS is_deposit, \
            d.request_id AS request, d.lines AS lines, d.amount_cents AS disputed, d.outcome AS outcome, d.freed_on AS freed_on, \
            q.asked_at AS asked_at, q.closed_at AS closed_at, \
            c.arrangement_id AS arrangement, c.amount_cents AS covered, c.beside_cents AS beside, g.made_at AS made_at, g.ended_on AS ended_on \
     FROM open_items o JOIN ledger_entries e ON e.id = o.entry_id \
     LEFT JOIN bill_disputes d ON d.bill_id = e.source_id AND e.source_kind = 'bill' \
     LEFT JOIN service_requests q ON q.id = d.request_id \
     LEFT JOIN arrangement_debts c ON c.entry_id = o.entry_id \
     LEFT JOIN arrangements g ON g.id = c.arrangement_id \
     WHERE o.account_id = $1 ORDER BY o.due_on, o.entry_id, d.request_id, c.arrangement_id";

/// What is still owed on an account, the oldest due date first. One query.
///
/// # Errors
/// `Unreadable` where a dispute was changed by hand, or those of the database.
pub fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<OpenDebt>, StoreError> {
    let rows: Vec<Row> = native!(conn, |c| diesel::sql_query(OPEN)
        .bind::<BigInt, _>(account.0)
        .kept()
        .load(c))?;
    let mut debts: Vec<OpenDebt> = Vec::new();
    let mut last_request = None;
    for Row {
        debt,
        dispute,
        cover,
    } in rows
    {
        if debts
            .last()
            .is_none_or(|last| last.item.entry_id != debt.entry)
        {
            last_request = None;
            debts.push(open(debt));
        }
        let Some(last) = debts.last_mut() else {
            continue;
        };
        // Each dispute stands beside each arrangement: the rows of one follow each other.
        if let Some(request) = dispute.request
            && last_request != Some(request)
        {
            last_request = Some(request);
            last.contests.extend(contest(request, dispute)?);
        }
        if let Some(cover) = covering(&cover)
            && !last.is_covered_by(cover.arrangement)
        {
            last.covering.push(cover);
        }
    }
    Ok(debts)
}

const fn open(debt: DebtColumns) -> OpenDebt {
    OpenDebt {
        item: OpenItem {
            entry_id: debt.entry,
            kind: debt.kind,
            source_kind: debt.source_kind,
            source_id: debt.source,
            due_on: debt.due_on,
            original: debt.original,
            remaining: debt.remaining,
        },
        is_deposit: debt.is_deposit,
        contests: Vec::new(),
        covering: Vec::new(),
    }
}

fn contest(request: RequestId, columns: DisputeColumns) -> Result<Option<Contest>, StoreError> {
    let (Some(lines), Some(amount), Some(asked_at)) =
        (columns.lines, columns.disputed, columns.asked_at)
    else {
        return Ok(None);
    };
    let lines = read_lines(request, &lines)?;
    Ok(Some(Contest {
        amount,
        positions: lines.iter().map(|line| line.position).collect(),
        ended: columns.outcome.zip(columns.freed_on),
        asked_at,
        closed_at: columns.closed_at,
    }))
}

fn covering(columns: &CoverColumns) -> Option<Covering> {
    Some(Covering {
        arrangement: columns.arrangement?,
        covered: columns.covered?,
        beside: columns.beside?,
        made_at: columns.made_at?,
        ended_on: columns.ended_on,
    })
}
