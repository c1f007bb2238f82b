//! What stood open or in force on an account at a moment: holds, disputes, orders, arrangements, plans, deposits and the like, each in the state that its
//! steps had left it in by then.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamp};

use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::past::Matter;
use crate::store::any::native;
use crate::store::as_of::Then;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;

/// How many are read: far more than an account has open at once.
const MOST: i64 = 300;

/// One of them.
#[derive(Debug, Clone, QueryableByName)]
pub struct InForce {
    /// What it is.
    #[diesel(sql_type = Text)]
    kind: String,
    /// What exactly, by the list of words of its kind.
    #[diesel(sql_type = Text)]
    pub word: String,
    /// The number or row by which its page is found; of a sign-in its address, of a call who took it.
    #[diesel(sql_type = Nullable<Text>)]
    pub reference: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cents: Option<i64>,
    /// What else there is to count: of a dispute its bill, of a deposit the cents still to be paid, of a covered debt the cents beside, of an arrangement
    /// its days of grace.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub other: Option<i64>,
    /// The day that matters: by which it is due or ends; since when service is off or a plan goes on.
    #[diesel(sql_type = Nullable<Date>)]
    pub day: Option<NaiveDate>,
    /// Since when it stood, in UTC.
    #[diesel(sql_type = Timestamp)]
    pub at: NaiveDateTime,
    /// Its state by then, where it has states.
    #[diesel(sql_type = Nullable<Text>)]
    pub state: Option<String>,
    /// What was written about it.
    #[diesel(sql_type = Nullable<Text>)]
    pub words: Option<String>,
}

impl InForce {
    /// What it is.
    #[must_use]
    pub fn matter(&self) -> Option<Matter> {
        self.kind.parse().ok()
    }

    /// How much, where it is about money.
    #[must_use]
    pub fn amount(&self) -> Money {
        Money::from_cents(self.cents.unwrap_or_default())
    }
}

/// What stood open or in force on an account, each kind in its order. One query.
///
/// # Errors
/// Those of the database.
pub fn list_in_force(
    conn: &mut Conn,
    account: AccountId,
    then: Then,
) -> Result<Vec<InForce>, StoreError> {
    // The holds come first: they name the moment, the account and the day in this order, by which SQLite numbers them.
    let parts = [
        HOLDS,
        LOW_INCOME,
        REQUESTS,
        ORDERS,
        ARRANGEMENTS,
        INSTALLMENTS,
        COVERED,
        AUTOPAY,
        LEVEL_PLANS,
        DEPOSITS,
        CORRECTIONS,
        EXCEPTIONS,
        OUTAGES,
        LOGINS,
        OFF,
        CALLS,
    ];
    let parts = parts.join(" UNION ALL ");
    let parts = parts
        .replace("NO_TEXT", "CAST(NULL AS TEXT)")
        .replace("NO_SUM", "CAST(NULL AS BIGINT)")
        .replace("NO_DAY", "CAST(NULL AS DATE)");
    let sql = format!(
        "SELECT kind, word, reference, cents, other, day, at, state, words FROM ({parts}) stood ORDER BY kind, place LIMIT $4"
    );
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .bind::<Timestamp, _>(then.at)
        .bind::<BigInt, _>(account.0)
        .bind::<Date, _>(then.on)
        .bind::<BigInt, _>(MOST)
        .kept()
        .load(c))?)
}

const HOLDS: &str = "SELECT 'hold' AS kind, h.kind AS word, CAST(h.id AS TEXT) AS reference, NO_SUM AS cents, NO_SUM AS other, h.until_on AS day,
            h.placed_at AS at, NO_TEXT AS state, h.reason AS words, h.id AS place
     FROM holds h WHERE h.placed_at <= $1 AND h.account_id = $2 AND h.from_on <= $3 AND (h.until_on IS NULL OR h.until_on > $3)
           AND NOT EXISTS (SELECT 1 FROM hold_lifts l WHERE l.hold_id = h.id AND l.lifted_at <= $1 AND l.ends_on <= $3)";

const LOW_INCOME: &str = "SELECT 'low_income', i.proof, NO_TEXT, NO_SUM, NO_SUM, i.until_on, i.certified_at, NO_TEXT, i.words, i.id
     FROM income_certifications i WHERE i.account_id = $2 AND i.certified_at <= $1 AND i.from_on <= $3 AND i.until_on > $3
           AND (i.ended_on IS NULL OR i.ended_on > $3)";

const REQUESTS: &str = "SELECT CASE WHEN r.kind = 'bill_dispute' THEN 'dispute' ELSE 'request' END, r.kind, r.number, d.amount_cents, d.bill_id, r.due_on,
            r.asked_at, s.state, NO_TEXT, r.id
     FROM service_requests r LEFT JOIN bill_disputes d ON d.request_id = r.id
     JOIN request_steps s ON s.id = (SELECT MAX(x.id) FROM request_steps x WHERE x.request_id = r.id AND x.state IS NOT NULL AND x.made_at <= $1)
     WHERE r.account_id = $2 AND s.state IN ('received', 'in_progress', 'waiting')";

const ORDERS: &str = "SELECT 'order', o.kind, o.number, NO_SUM, NO_SUM, o.due_on, o.made_at, s.state, NO_TEXT, o.id
     FROM service_orders o
     JOIN service_order_steps s ON s.id = (SELECT MAX(x.id) FROM service_order_steps x WHERE x.order_id = o.id AND x.state IS NOT NULL AND x.made_at <= $1)
     WHERE o.account_id = $2 AND s.state NOT IN ('done', 'canceled')";

const ARRANGEMENTS: &str = "SELECT 'arrangement', a.kind, a.number, a.amount_cents, CAST(a.grace_days AS BIGINT),
            (SELECT MAX(g.made_on) FROM arrangement_steps g WHERE g.arrangement_id = a.id AND g.state = 'open' AND g.made_at <= $1
                AND g.id > (SELECT MIN(f.id) FROM arrangement_steps f WHERE f.arrangement_id = a.id)),
            a.made_at, s.state, NO_TEXT, a.id
     FROM arrangements a
     JOIN arrangement_steps s ON s.id = (SELECT MAX(x.id) FROM arrangement_steps x WHERE x.arrangement_id = a.id AND x.made_at <= $1)
     WHERE a.account_id = $2 AND s.state = 'open'";

const INSTALLMENTS: &str = "SELECT 'installment', '', a.number, i.amount_cents, NO_SUM, i.due_on, a.made_at, NO_TEXT, NO_TEXT, CAST(i.position AS BIGINT)
     FROM arrangements a JOIN arrangement_installments i ON i.arrangement_id = a.id
     JOIN arrangement_steps s ON s.id = (SELECT MAX(x.id) FROM arrangement_steps x WHERE x.arrangement_id = a.id AND x.made_at <= $1)
     WHERE a.account_id = $2 AND s.state = 'open'";

const COVERED: &str = "SELECT 'covered', '', CAST(d.entry_id AS TEXT), d.amount_cents, d.beside_cents, NO_DAY, a.made_at, NO_TEXT, NO_TEXT, d.entry_id
     FROM arrangements a JOIN arrangement_debts d ON d.arrangement_id = a.id
     JOIN arrangement_steps s ON s.id = (SELECT MAX(x.id) FROM arrangement_steps x WHERE x.arrangement_id = a.id AND x.made_at <= $1)
     WHERE a.account_id = $2 AND s.state = 'open'";

const AUTOPAY: &str = "SELECT 'autopay', '', NO_TEXT, a.cap_cents, NO_SUM, a.agreed_on, a.agreed_at, NO_TEXT, NO_TEXT, a.id
     FROM autopay_enrolments a WHERE a.account_id = $2 AND a.agreed_at <= $1 AND (a.ended_at IS NULL OR a.ended_at > $1)";

const LEVEL_PLANS: &str = "SELECT 'level_plan', b.variant, NO_TEXT,
            (SELECT s.level_cents FROM budget_plan_steps s WHERE s.plan_id = b.id AND s.made_at <= $1 ORDER BY s.id DESC LIMIT 1),
            NO_SUM, b.made_on, b.made_at, NO_TEXT, NO_TEXT, b.id
     FROM budget_plans b WHERE b.account_id = $2 AND b.made_at <= $1
           AND NOT EXISTS (SELECT 1 FROM budget_plan_steps s WHERE s.plan_id = b.id AND s.kind = 'ended' AND s.made_at <= $1)";

/// What was paid of a deposit is what the ledger had put on what was asked for; what was waived is left out.
const DEPOSITS: &str = "SELECT 'deposit', reason, NO_TEXT, CAST(paid + interest - given AS BIGINT), CAST(asked - waived - paid AS BIGINT), due_on, made_at, NO_TEXT,
            NO_TEXT, id
     FROM (SELECT d.id AS id, d.reason AS reason, d.made_at AS made_at,
                  COALESCE((SELECT SUM(m.amount_cents) FROM deposit_moves m WHERE m.deposit_id = d.id AND m.kind = 'asked' AND m.made_at <= $1), 0) AS asked,
                  COALESCE((SELECT SUM(m.amount_cents) FROM deposit_moves m WHERE m.deposit_id = d.id AND m.kind = 'waived' AND m.made_at <= $1), 0) AS waived,
                  COALESCE((SELECT SUM(m.amount_cents) FROM deposit_moves m WHERE m.deposit_id = d.id AND m.kind = 'interest' AND m.made_at <= $1), 0) AS interest,
                  COALESCE((SELECT SUM(m.amount_cents) FROM deposit_moves m WHERE m.deposit_id = d.id AND m.kind IN ('released', 'applied') AND m.made_at <= $1), 0) AS given,
                  COALESCE((SELECT SUM(p.amount_cents) FROM deposit_moves m JOIN ledger_applications p ON p.debit_entry_id = m.entry_id
                            JOIN ledger_entries e ON e.id = p.entry_id
                            WHERE m.deposit_id = d.id AND m.kind = 'asked' AND e.posted_at <= $1
                              AND NOT EXISTS (SELECT 1 FROM deposit_moves w WHERE w.entry_id = p.entry_id AND w.kind = 'waived')), 0) AS paid,
                  (SELECT MAX(m.due_on) FROM deposit_moves m WHERE m.deposit_id = d.id AND m.kind = 'asked' AND m.made_at <= $1) AS due_on
           FROM deposits d WHERE d.account_id = $2 AND d.made_at <= $1) sums
     WHERE paid + interest - given <> 0 OR asked - waived - paid <> 0";

const CORRECTIONS: &str = "SELECT 'correction', CASE WHEN c.reverses_id IS NULL THEN c.kind ELSE 'reversal' END, CAST(c.id AS TEXT), c.amount_cents, NO_SUM,
            c.made_on, c.made_at, NO_TEXT, c.note, c.id
     FROM corrections c WHERE c.account_id = $2 AND c.made_at <= $1 AND (c.decided_at IS NULL OR c.decided_at > $1)";

const EXCEPTIONS: &str = "SELECT 'exception', x.reason, CAST(x.id AS TEXT), NO_SUM, CAST(x.priority AS BIGINT), x.opened_on, x.opened_at, NO_TEXT, NO_TEXT, x.id
     FROM exceptions x WHERE x.account_id = $2 AND x.opened_at <= $1 AND (x.resolved_at IS NULL OR x.resolved_at > $1)";

const OUTAGES: &str = "SELECT 'outage', u.kind, CAST(u.id AS TEXT), NO_SUM, NO_SUM, NO_DAY, u.declared_at, NO_TEXT, u.words_en, u.id
     FROM outage_accounts t JOIN outages u ON u.id = t.outage_id
     WHERE t.account_id = $2 AND u.declared_at <= $1 AND (u.ended_at IS NULL OR u.ended_at > $1)";

const LOGINS: &str = "SELECT 'login', l.access, g.email, NO_SUM, NO_SUM, l.from_on, g.created_at, NO_TEXT, NO_TEXT, l.id
     FROM login_accounts l JOIN logins g ON g.id = l.login_id
     WHERE l.account_id = $2 AND g.created_at <= $1 AND l.from_on <= $3 AND (l.until_on IS NULL OR l.until_on > $3)";

/// Service that was off where the account was served on that day.
const OFF: &str = "SELECT 'off', p.commodity, NO_TEXT, NO_SUM, NO_SUM, w.from_on, w.made_at, NO_TEXT, NO_TEXT, w.id
     FROM service_agreements g JOIN service_points p ON p.id = g.service_point_id
     JOIN point_switches w ON w.id = (SELECT MAX(x.id) FROM point_switches x WHERE x.service_point_id = p.id AND x.made_at <= $1)
     WHERE g.account_id = $2 AND (g.withdrawn_at IS NULL OR g.withdrawn_at > $1) AND g.from_on <= $3 AND (g.until_on IS NULL OR g.until_on > $3) AND NOT w.is_on";

const CALLS: &str = "SELECT 'call', '', s.name, NO_SUM, NO_SUM, NO_DAY, c.began_at, NO_TEXT, NO_TEXT, c.id
     FROM calls c JOIN staff s ON s.id = c.staff_id WHERE c.account_id = $2 AND c.began_at <= $1 AND (c.ended_at IS NULL OR c.ended_at > $1)";
