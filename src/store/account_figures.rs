//! What the account screen shows in single figures, and what there is to ask about at all: one row of sums, counts and yes or no, whatever the
//! account holds.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text};

use crate::domain::accounts::{AccountClass, AccountStatus};
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, ArrangementNumber};
use crate::domain::money::Money;
use crate::domain::payments::Tender;
use crate::store::account_screen::Head;
use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;

/// How much history there is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Bills, without drafts and voids.
    pub bills: i64,
    /// Payments that reached the account.
    pub payments: i64,
    /// Notices.
    pub notices: i64,
}

/// What people decided over an account's balance that is not done with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ByHand {
    /// How many corrections wait for a second person.
    pub waiting: i64,
    /// What was written off and did not come back.
    pub given_up: Money,
}

/// A payment that counts.
#[derive(Debug, Clone)]
pub struct Paid {
    /// How much.
    pub amount: Money,
    /// The day it was asked for.
    pub requested_on: NaiveDate,
    /// The instrument.
    pub tender: Tender,
    /// What a person knows the instrument by.
    pub tender_label: Option<String>,
}

/// What there is of an account: what is not there is not asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question that may be left out"
)]
pub struct Has {
    /// Whether anything is owed, due or not.
    pub debts: bool,
    /// Whether it was ever protected.
    pub holds: bool,
    /// Whether an extension or arrangement is in force.
    pub arrangement: bool,
    /// Whether it was ever asked for a deposit.
    pub deposit: bool,
    /// Whether it pays level amounts.
    pub plan: bool,
}

/// An account in single figures on a day.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The head of the screen.
    pub head: Head,
    /// What is owed in all; negative where money is held.
    pub balance: Money,
    /// Payments on their way.
    pub pending: Money,
    /// How much history there is.
    pub counts: Counts,
    /// What people decided over its balance that is not done with.
    pub by_hand: ByHand,
    /// The latest payment that counts.
    pub last_payment: Option<Paid>,
    /// The latest bill that went out: what it came to, and its day.
    pub last_bill: Option<(Money, NaiveDate)>,
    /// The arrangement that it had last, where that was broken, and the day of it.
    pub broken: Option<(ArrangementNumber, NaiveDate)>,
    /// The last day on which low income is certified, where it is.
    pub low_income: Option<NaiveDate>,
    /// The policy on shut-offs in force; nothing where what ships is.
    pub shutoff_policy: Option<String>,
    /// The chart of accounts in force, where it pays level amounts; nothing where what ships is.
    pub chart: Option<String>,
    /// What there is of it.
    pub has: Has,
}

#[derive(QueryableByName)]
struct HeadPart {
    #[diesel(sql_type = BigInt)]
    id: AccountId,
    #[diesel(sql_type = Text)]
    number: AccountNumber,
    #[diesel(sql_type = Text)]
    class: AccountClass,
    #[diesel(sql_type = Text)]
    status: AccountStatus,
    #[diesel(sql_type = Text)]
    language: Language,
    #[diesel(sql_type = Bool)]
    paper: bool,
    #[diesel(sql_type = Bool)]
    email: bool,
    #[diesel(sql_type = Date)]
    opened_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    closed_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    cycle: String,
    #[diesel(sql_type = Nullable<Date>)]
    cycle_from: Option<NaiveDate>,
}

#[derive(QueryableByName)]
struct SumPart {
    #[diesel(sql_type = BigInt)]
    balance: Money,
    #[diesel(sql_type = BigInt)]
    pending: Money,
    #[diesel(sql_type = BigInt)]
    bills: i64,
    #[diesel(sql_type = BigInt)]
    payments: i64,
    #[diesel(sql_type = BigInt)]
    notices: i64,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
    #[diesel(sql_type = BigInt)]
    given_up: Money,
}

#[derive(QueryableByName)]
struct LastPart {
    #[diesel(sql_type = Nullable<BigInt>)]
    paid_cents: Option<Money>,
    #[diesel(sql_type = Nullable<Date>)]
    paid_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    paid_tender: Option<Tender>,
    #[diesel(sql_type = Nullable<Text>)]
    paid_label: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    bill_cents: Option<Money>,
    #[diesel(sql_type = Nullable<Date>)]
    bill_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    broken_number: Option<ArrangementNumber>,
    #[diesel(sql_type = Nullable<Date>)]
    broken_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    low_income_until: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    shutoff_policy: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    chart: Option<String>,
}

#[derive(QueryableByName)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question that may be left out"
)]
struct HasPart {
    #[diesel(sql_type = Bool)]
    has_debts: bool,
    #[diesel(sql_type = Bool)]
    has_holds: bool,
    #[diesel(sql_type = Bool)]
    has_arrangement: bool,
    #[diesel(sql_type = Bool)]
    has_deposit: bool,
    #[diesel(sql_type = Bool)]
    has_plan: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(embed)]
    head: HeadPart,
    #[diesel(embed)]
    sums: SumPart,
    #[diesel(embed)]
    last: LastPart,
    #[diesel(embed)]
    has: HasPart,
}

const HEAD: &str = "a.id AS id, a.number AS number, a.class AS class, a.status AS status, a.language AS language, a.paper AS paper, a.email AS email, \
            a.opened_on AS opened_on, a.closed_on AS closed_on, y.name AS cycle, \
            (SELECT MAX(f.until_on) FROM former_cycles f WHERE f.account_id = a.id AND f.until_on > $1) AS cycle_from";

const SUMS: &str = "CAST(COALESCE((SELECT SUM(e.receivable_cents) FROM ledger_entries e WHERE e.account_id = a.id), 0) AS BIGINT) AS balance, \
            CAST(COALESCE((SELECT SUM(p.amount_cents) FROM payments p WHERE p.account_id = a.id AND p.state = 'processing'), 0) AS BIGINT) AS pending, \
            (SELECT COUNT(*) FROM bills b WHERE b.account_id = a.id AND b.status = 'issued') AS bills, \
            (SELECT COUNT(*) FROM payments p WHERE p.account_id = a.id AND p.state <> 'requested') AS payments, \
            (SELECT COUNT(*) FROM notices n WHERE n.account_id = a.id) AS notices, \
            ((SELECT COUNT(*) FROM corrections k WHERE k.account_id = a.id AND k.status = 'proposed') \
             + (SELECT COUNT(*) FROM corrections k WHERE k.other_account_id = a.id AND k.status = 'proposed')) AS waiting, \
            CAST(COALESCE((SELECT SUM(s.cents) FROM (SELECT SUM(w.amount_cents) AS cents FROM write_offs w \
                           WHERE w.account_id = a.id GROUP BY w.fund) s WHERE s.cents > 0), 0) AS BIGINT) AS given_up";

const LAST: &str = "l.amount_cents AS paid_cents, l.requested_on AS paid_on, l.tender AS paid_tender, l.tender_label AS paid_label, \
            z.total_cents AS bill_cents, z.issued_on AS bill_on, g.number AS broken_number, g.ended_on AS broken_on, \
            (SELECT MAX(CASE WHEN i.ended_on < i.until_on THEN i.ended_on ELSE i.until_on END) FROM income_certifications i \
             WHERE i.account_id = a.id AND i.from_on <= $1 AND i.until_on > $1 AND (i.ended_on IS NULL OR i.ended_on > $1)) AS low_income_until, \
            (SELECT x.document FROM policies x WHERE x.kind = 'shutoff' AND x.from_on <= $1 \
             ORDER BY x.from_on DESC, x.version DESC LIMIT 1) AS shutoff_policy, \
            (SELECT x.document FROM policies x WHERE x.kind = 'chart_of_accounts' AND x.from_on <= $1 \
                AND EXISTS (SELECT 1 FROM budget_plans b WHERE b.account_id = a.id AND b.state = 'open') \
             ORDER BY x.from_on DESC, x.version DESC LIMIT 1) AS chart";

const HAS: &str = "EXISTS (SELECT 1 FROM open_items o WHERE o.account_id = a.id) AS has_debts, \
            EXISTS (SELECT 1 FROM holds h WHERE h.account_id = a.id) AS has_holds, \
            EXISTS (SELECT 1 FROM arrangements r WHERE r.account_id = a.id AND r.state = 'open') AS has_arrangement, \
            EXISTS (SELECT 1 FROM deposits d WHERE d.account_id = a.id) AS has_deposit, \
            EXISTS (SELECT 1 FROM budget_plans b WHERE b.account_id = a.id AND b.state = 'open') AS has_plan";

const FROM: &str = "accounts a JOIN cycles y ON y.id = a.cycle_id \
            LEFT JOIN payments l ON l.id = (SELECT x.id FROM payments x WHERE x.account_id = a.id AND x.state IN ('succeeded', 'refunded_part') \
                                            ORDER BY x.id DESC LIMIT 1) \
            LEFT JOIN bills z ON z.id = (SELECT x.id FROM bills x WHERE x.account_id = a.id AND x.status = 'issued' \
                                         ORDER BY x.id DESC LIMIT 1) \
            LEFT JOIN arrangements g ON g.id = (SELECT MAX(x.id) FROM arrangements x WHERE x.account_id = a.id) AND g.state = 'broken' \
            WHERE a.number = $2";

/// The account with this printed number in single figures, as it stands on a day. One query.
///
/// # Errors
/// Those of the database.
pub fn find(
    conn: &mut Conn,
    number: &AccountNumber,
    on: NaiveDate,
) -> Result<Option<Figures>, StoreError> {
    // The day is named before the number: by that order SQLite counts them.
    let sql = format!("SELECT {HEAD}, {SUMS}, {LAST}, {HAS} FROM {FROM}");
    let row: Option<Row> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Date, _>(on)
        .bind::<Text, _>(number.as_str())
        .kept()
        .get_result(c)
        .optional())?;
    Ok(row.map(figures))
}

fn figures(row: Row) -> Figures {
    let (head, sums, last, has) = (row.head, row.sums, row.last, row.has);
    let paid = (last.paid_cents, last.paid_on, last.paid_tender);
    let last_payment = match paid {
        (Some(amount), Some(requested_on), Some(tender)) => Some(Paid {
            amount,
            requested_on,
            tender,
            tender_label: last.paid_label,
        }),
        _ => None,
    };
    Figures {
        head: Head {
            id: head.id,
            number: head.number,
            class: head.class,
            status: head.status,
            language: head.language,
            paper: head.paper,
            email: head.email,
            opened_on: head.opened_on,
            closed_on: head.closed_on,
            cycle: head.cycle,
            cycle_from: head.cycle_from,
        },
        balance: sums.balance,
        pending: sums.pending,
        counts: Counts {
            bills: sums.bills,
            payments: sums.payments,
            notices: sums.notices,
        },
        by_hand: ByHand {
            waiting: sums.waiting,
            given_up: sums.given_up,
        },
        last_payment,
        last_bill: last.bill_cents.zip(last.bill_on),
        broken: last.broken_number.zip(last.broken_on),
        low_income: last.low_income_until.and_then(|day| day.pred_opt()),
        shutoff_policy: last.shutoff_policy,
        chart: last.chart,
        has: Has {
            debts: has.has_debts,
            holds: has.has_holds,
            arrangement: has.has_arrangement,
            deposit: has.has_deposit,
            plan: has.has_plan,
        },
    }
}
