//! Everything that happened to an account, newest first, in one query: each kind from its own append-only rows, by the time at which the house came to
//! know it. A page holds a fixed number of rows, however long the history is.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::timeline::TimelineKind;
use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;

/// One thing that happened.
#[derive(Debug, Clone, QueryableByName)]
pub struct Event {
    /// When the house came to know it, in UTC.
    #[diesel(sql_type = Timestamp)]
    pub at: NaiveDateTime,
    #[diesel(sql_type = Text)]
    kind: String,
    /// What exactly, by the list of words of its kind.
    #[diesel(sql_type = Text)]
    pub word: String,
    /// The number or row by which its own page is found.
    #[diesel(sql_type = Nullable<Text>)]
    pub reference: Option<String>,
    /// How much, where it is about money.
    #[diesel(sql_type = Nullable<BigInt>)]
    cents: Option<i64>,
    /// What somebody wrote about it, or what it showed.
    #[diesel(sql_type = Nullable<Text>)]
    pub words: Option<String>,
    /// Who did it, where that is known.
    #[diesel(sql_type = Nullable<Text>)]
    pub who: Option<String>,
    /// Where it stood from then on, where it has states.
    #[diesel(sql_type = Nullable<Text>)]
    pub state: Option<String>,
}

impl Event {
    /// What sort of thing happened.
    #[must_use]
    pub fn kind(&self) -> TimelineKind {
        self.kind.parse().unwrap_or(TimelineKind::Account)
    }

    /// How much, where it is about money.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        self.cents.map(Money::from_cents)
    }
}

/// Which part of a timeline.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Only this kind; every kind without one.
    pub kind: Option<TimelineKind>,
    /// Only what was known by then, in UTC.
    pub known_by: NaiveDateTime,
    /// How many rows.
    pub limit: i64,
    /// After how many.
    pub offset: i64,
}

/// What happened to an account by a moment, newest first. One query.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut Conn, account: AccountId, asked: Asked) -> Result<Vec<Event>, StoreError> {
    let is_asked = |kind: &&TimelineKind| asked.kind.is_none_or(|wanted| wanted == **kind);
    let parts: Vec<String> = TimelineKind::ALL
        .iter()
        .filter(is_asked)
        .flat_map(|kind| {
            branches(*kind)
                .into_iter()
                .map(move |branch| bounded(*kind, &branch))
        })
        .collect();
    let sql = format!(
        "SELECT at, kind, word, reference, cents, words, who, state FROM ({}) told \
         ORDER BY at DESC, kind, place DESC LIMIT $4 OFFSET $5",
        parts.join(" UNION ALL ")
    );
    let enough = asked.offset.saturating_add(asked.limit);
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(account.0)
        .bind::<Timestamp, _>(asked.known_by)
        .bind::<BigInt, _>(enough)
        .bind::<BigInt, _>(asked.limit)
        .bind::<BigInt, _>(asked.offset)
        .kept()
        .load(c))?)
}

/// No kind gives more rows than the page and those before it need.
fn bounded(kind: TimelineKind, branch: &str) -> String {
    let branch = branch
        .replace("NO_TEXT", "CAST(NULL AS TEXT)")
        .replace("NO_SUM", "CAST(NULL AS BIGINT)");
    let kind = kind.as_str();
    format!(
        "SELECT * FROM (SELECT o.at, '{kind}' AS kind, o.word, o.reference, o.cents, o.words, o.who, o.state, o.place FROM ({branch}) o \
         ORDER BY o.at DESC, o.place DESC LIMIT $3) {kind}"
    )
}

/// Where a kind is read from. Each names the account as `$1` and then the moment as `$2`.
fn branches(kind: TimelineKind) -> Vec<String> {
    let steps = |table: &str, steps: &str, of: &str| {
        format!(
            "SELECT s.made_at AS at, o.kind AS word, o.number AS reference, NO_SUM AS cents, s.words AS words, s.made_by AS who, s.state AS state, s.id AS place \
             FROM {table} o JOIN {steps} s ON s.{of} = o.id WHERE o.account_id = $1 AND s.made_at <= $2"
        )
    };
    let as_written =
        |all: &[&str]| -> Vec<String> { all.iter().map(|one| (*one).to_owned()).collect() };
    match kind {
        TimelineKind::Bills => as_written(&[BILLS]),
        TimelineKind::Payments => as_written(&[PAYMENTS]),
        TimelineKind::Charges => as_written(&[CHARGES]),
        TimelineKind::Corrections => as_written(&[PROPOSED, DECIDED]),
        TimelineKind::Reads => as_written(&[READS]),
        TimelineKind::Notices => as_written(&[NOTICES, SERVED]),
        TimelineKind::Notes => as_written(&[NOTES]),
        TimelineKind::Calls => as_written(&[CALLS]),
        TimelineKind::Requests => vec![steps("service_requests", "request_steps", "request_id")],
        TimelineKind::Orders => vec![steps("service_orders", "service_order_steps", "order_id")],
        TimelineKind::Arrangements => {
            vec![steps("arrangements", "arrangement_steps", "arrangement_id")]
        }
        TimelineKind::Holds => as_written(&[PLACED, LIFTED, CERTIFIED]),
        TimelineKind::Deposits => as_written(&[DEPOSITS]),
        TimelineKind::LevelPlans => as_written(&[LEVEL_PLANS]),
        TimelineKind::Exceptions => as_written(&[RAISED, SETTLED]),
        TimelineKind::Outages => as_written(&[OUTAGES]),
        TimelineKind::Account => {
            as_written(&[STATUSES, AUTOPAY_BEGUN, AUTOPAY_ENDED, PEOPLE_AND_SETTINGS])
        }
    }
}

const BILLS: &str = "SELECT e.posted_at AS at, CASE WHEN e.kind = 'bill' THEN b.kind ELSE 'canceled' END AS word, b.number AS reference,
            e.receivable_cents AS cents, NO_TEXT AS words, NO_TEXT AS who, NO_TEXT AS state, e.id AS place
     FROM ledger_entries e JOIN bills b ON b.id = e.source_id
     WHERE e.account_id = $1 AND e.posted_at <= $2 AND e.source_kind = 'bill' AND e.kind IN ('bill', 'cancellation')";

const PAYMENTS: &str = "SELECT m.at AS at, m.state AS word, p.number AS reference, p.amount_cents AS cents, NO_TEXT AS words, p.requested_by AS who,
            NO_TEXT AS state, m.id AS place
     FROM payments p JOIN payment_moves m ON m.payment_id = p.id WHERE p.account_id = $1 AND m.at <= $2";

const CHARGES: &str = "SELECT e.posted_at AS at, e.kind AS word, NO_TEXT AS reference, e.receivable_cents AS cents, e.memo AS words, NO_TEXT AS who,
            NO_TEXT AS state, e.id AS place
     FROM ledger_entries e WHERE e.account_id = $1 AND e.posted_at <= $2
           AND e.kind NOT IN ('bill', 'cancellation', 'payment', 'payment_return', 'payment_reinstatement')";

const PROPOSED: &str = "SELECT c.made_at AS at, CASE WHEN c.reverses_id IS NULL THEN c.kind ELSE 'reversal' END AS word, CAST(c.id AS TEXT) AS reference, c.amount_cents AS cents, c.note AS words, c.made_by AS who,
            'proposed' AS state, c.id AS place
     FROM corrections c WHERE c.account_id = $1 AND c.made_at <= $2";

const DECIDED: &str = "SELECT c.decided_at AS at, CASE WHEN c.reverses_id IS NULL THEN c.kind ELSE 'reversal' END AS word, CAST(c.id AS TEXT) AS reference, c.amount_cents AS cents, c.decided_note AS words,
            c.decided_by AS who, c.status AS state, c.id AS place
     FROM corrections c WHERE c.account_id = $1 AND c.decided_at <= $2";

/// Every version of the reads of the meters that counted for the account, on the days on which they did.
const READS: &str = "SELECT r.recorded_at AS at, r.quality AS word, m.serial AS reference, NO_SUM AS cents, r.value AS words, r.recorded_by AS who,
            r.verdict AS state, r.id AS place
     FROM service_agreements a JOIN meter_installs i ON i.service_point_id = a.service_point_id
     JOIN meters m ON m.id = i.meter_id JOIN registers g ON g.meter_id = m.id JOIN reads r ON r.register_id = g.id
     WHERE a.account_id = $1 AND r.recorded_at <= $2 AND (a.withdrawn_at IS NULL OR a.withdrawn_at > $2)
           AND r.read_on >= a.from_on AND (a.until_on IS NULL OR r.read_on <= a.until_on)
           AND r.read_on >= i.from_on AND (i.until_on IS NULL OR r.read_on <= i.until_on)";

const NOTICES: &str = "SELECT n.created_at AS at, n.kind AS word, CAST(n.id AS TEXT) AS reference, NO_SUM AS cents, n.subject AS words, n.recipient AS who,
            n.channel AS state, n.id AS place
     FROM notices n WHERE n.account_id = $1 AND n.created_at <= $2";

/// A notice, call or visit that must come before a shut-off, as somebody recorded it.
const SERVED: &str = "SELECT s.recorded_at AS at, 'served' AS word, NO_TEXT AS reference, NO_SUM AS cents, s.words AS words, s.recorded_by AS who,
            NO_TEXT AS state, s.id AS place
     FROM shutoff_notices s WHERE s.account_id = $1 AND s.recorded_at <= $2";

const NOTES: &str = "SELECT n.written_at AS at, n.kind AS word, NO_TEXT AS reference, NO_SUM AS cents, n.text AS words, n.written_by AS who,
            NO_TEXT AS state, n.id AS place
     FROM notes n WHERE n.account_id = $1 AND n.written_at <= $2";

/// What a call was about is known once it is wrapped up.
const CALLS: &str = "SELECT COALESCE(c.ended_at, c.began_at) AS at, COALESCE(c.topic, '') AS word, NO_TEXT AS reference, NO_SUM AS cents, NO_TEXT AS words,
            s.name AS who, CASE WHEN c.ended_at IS NULL THEN 'open' WHEN c.topic IS NULL THEN 'given_up' ELSE 'wrapped_up' END AS state,
            c.id AS place
     FROM calls c JOIN staff s ON s.id = c.staff_id WHERE c.account_id = $1 AND COALESCE(c.ended_at, c.began_at) <= $2";

const PLACED: &str = "SELECT h.placed_at AS at, h.kind AS word, CAST(h.id AS TEXT) AS reference, NO_SUM AS cents, h.reason AS words, h.placed_by AS who,
            'placed' AS state, h.id AS place
     FROM holds h WHERE h.account_id = $1 AND h.placed_at <= $2";

const LIFTED: &str = "SELECT l.lifted_at AS at, h.kind AS word, CAST(h.id AS TEXT) AS reference, NO_SUM AS cents, l.reason AS words, l.lifted_by AS who,
            'lifted' AS state, h.id AS place
     FROM holds h JOIN hold_lifts l ON l.hold_id = h.id WHERE h.account_id = $1 AND l.lifted_at <= $2";

const CERTIFIED: &str = "SELECT i.certified_at AS at, 'low_income' AS word, NO_TEXT AS reference, NO_SUM AS cents, i.words AS words, i.certified_by AS who,
            'placed' AS state, i.id AS place
     FROM income_certifications i WHERE i.account_id = $1 AND i.certified_at <= $2";

const DEPOSITS: &str = "SELECT m.made_at AS at, m.kind AS word, NO_TEXT AS reference, m.amount_cents AS cents, m.note AS words, m.made_by AS who,
            NO_TEXT AS state, m.id AS place
     FROM deposits d JOIN deposit_moves m ON m.deposit_id = d.id WHERE d.account_id = $1 AND m.made_at <= $2";

const LEVEL_PLANS: &str = "SELECT s.made_at AS at, s.kind AS word, NO_TEXT AS reference, s.level_cents AS cents, s.words AS words, s.made_by AS who,
            NO_TEXT AS state, s.id AS place
     FROM budget_plans b JOIN budget_plan_steps s ON s.plan_id = b.id WHERE b.account_id = $1 AND s.made_at <= $2";

const RAISED: &str = "SELECT x.opened_at AS at, x.reason AS word, CAST(x.id AS TEXT) AS reference, NO_SUM AS cents, NO_TEXT AS words, NO_TEXT AS who,
            'open' AS state, x.id AS place
     FROM exceptions x WHERE x.account_id = $1 AND x.opened_at <= $2";

const SETTLED: &str = "SELECT x.resolved_at AS at, x.reason AS word, CAST(x.id AS TEXT) AS reference, NO_SUM AS cents, x.resolution AS words,
            x.resolved_by AS who, x.status AS state, x.id AS place
     FROM exceptions x WHERE x.account_id = $1 AND x.resolved_at <= $2";

const OUTAGES: &str = "SELECT u.declared_at AS at, u.kind AS word, CAST(u.id AS TEXT) AS reference, NO_SUM AS cents, u.words_en AS words, NO_TEXT AS who,
            NO_TEXT AS state, u.id AS place
     FROM outage_accounts t JOIN outages u ON u.id = t.outage_id WHERE t.account_id = $1 AND u.declared_at <= $2";

const STATUSES: &str = "SELECT s.at AS at, s.status AS word, NO_TEXT AS reference, NO_SUM AS cents, NO_TEXT AS words, NO_TEXT AS who, 'status' AS state,
            s.account_id AS place
     FROM account_statuses s WHERE s.account_id = $1 AND s.at <= $2";

const AUTOPAY_BEGUN: &str = "SELECT a.agreed_at AS at, 'autopay_begun' AS word, NO_TEXT AS reference, NO_SUM AS cents, NO_TEXT AS words, a.agreed_by AS who,
            NO_TEXT AS state, a.id AS place
     FROM autopay_enrolments a WHERE a.account_id = $1 AND a.agreed_at <= $2";

const AUTOPAY_ENDED: &str = "SELECT a.ended_at AS at, 'autopay_ended' AS word, NO_TEXT AS reference, NO_SUM AS cents, NO_TEXT AS words, a.ended_by AS who,
            NO_TEXT AS state, a.id AS place
     FROM autopay_enrolments a WHERE a.account_id = $1 AND a.ended_at <= $2";

const PEOPLE_AND_SETTINGS: &str = "SELECT d.at AS at, d.action AS word, NO_TEXT AS reference, NO_SUM AS cents, NO_TEXT AS words, d.actor_name AS who,
            NO_TEXT AS state, d.id AS place
     FROM audit_rows d WHERE d.account_id = $1 AND d.at <= $2
           AND d.action IN ('account.settings_changed', 'account.cycle_changed', 'account.moved_house', 'customer.changed', 'contact.added', 'contact.ended',
                            'customer.renamed', 'customer.merged', 'customer.merge_undone', 'premise.merged', 'premise.merge_undone',
                            'account.taken_over')";
