//! Every invariant of the books as a question whose right answer is no rows: each query reads all rows of its tables, set-wise, and names
//! what breaks the rule. `usecases::integrity` asks them.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::domain::gl::{Chart, Fund, GlCode, Role};
use crate::domain::payments::PaymentState;
use crate::store::any::AnyConnection;
use crate::store::db::Conn;
use crate::store::error::StoreError;

/// How many rows of one broken rule are named; the rest are counted by whoever mends the first.
pub(super) const NAMED: usize = 100;

/// Something that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct BrokenRow {
    /// What: `entry 17`, `account 4100271604`.
    #[diesel(sql_type = Text)]
    pub subject: String,
    /// The figures that do not agree.
    #[diesel(sql_type = Text)]
    pub facts: String,
}

/// A rule and the query that finds what breaks it.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The rule, as a sentence.
    pub holds: &'static str,
    /// The question.
    pub(super) sql: &'static str,
}

/// The rules of the ledger, the bills, the payments, the arrangements and the service agreements. `:receivable`, `:credits`, `:claim`, `:transfers`, `:budget` and `:due_to` stand for
/// accounts of the chart, `:came` for the states of payments that came, `:clearing` for what each entry moved at the processor, `:written` for
/// the entries that each of its lines is written down with; `||` joins text on both databases.
pub const RULES: &[Rule] = &[
    Rule {
        holds: "every entry balances within each fund",
        sql: "SELECT 'entry ' || entry_id AS subject, fund || ' is out by ' || SUM(amount_cents) AS facts
              FROM ledger_postings GROUP BY entry_id, fund HAVING SUM(amount_cents) <> 0",
    },
    Rule {
        holds: "every leg belongs to an entry",
        sql: "SELECT 'entry ' || entry_id AS subject, 'is gone, its legs are here' AS facts FROM (
                  SELECT entry_id FROM ledger_postings EXCEPT SELECT id FROM ledger_entries) gone",
    },
    Rule {
        holds: "an entry's change of the balance is the sum of its customer legs",
        sql: "SELECT 'entry ' || e.id AS subject, 'says ' || e.receivable_cents || ', legs say ' || COALESCE(l.cents, 0) AS facts
              FROM ledger_entries e LEFT JOIN (
                  SELECT entry_id, SUM(amount_cents) AS cents FROM ledger_postings
                  WHERE gl_account IN (:receivable, :credits) GROUP BY entry_id) l ON l.entry_id = e.id
              WHERE e.receivable_cents <> COALESCE(l.cents, 0)",
    },
    Rule {
        holds: "only what a customer is asked to pay has a due date",
        sql: "SELECT 'entry ' || entry_id AS subject, 'leg ' || position || ' on ' || gl_account || ' is due' AS facts
              FROM ledger_postings WHERE due_on IS NOT NULL AND (gl_account <> :receivable OR amount_cents <= 0)",
    },
    Rule {
        holds: "what an entry takes off receivables is what it applies to debts, fund by fund",
        sql: "SELECT 'entry ' || entry_id AS subject, fund || ' differs by ' || SUM(cents) AS facts FROM (
                  SELECT entry_id, fund, amount_cents AS cents FROM ledger_postings
                  WHERE gl_account = :receivable AND due_on IS NULL
                  UNION ALL
                  SELECT p.entry_id, l.fund, p.amount_cents FROM ledger_applications p
                  JOIN ledger_postings l ON l.entry_id = p.debit_entry_id AND l.position = p.debit_position) both_sides
              GROUP BY entry_id, fund HAVING SUM(cents) <> 0",
    },
    Rule {
        holds: "credits are applied to debts, and to no more than is owed on them",
        sql: "SELECT 'entry ' || p.debit_entry_id AS subject,
                     'leg ' || p.debit_position || ' owes ' || COALESCE(l.amount_cents, 0) || ', paid ' || p.cents AS facts
              FROM (SELECT debit_entry_id, debit_position, SUM(amount_cents) AS cents FROM ledger_applications
                    GROUP BY debit_entry_id, debit_position) p
              LEFT JOIN ledger_postings l
                   ON l.entry_id = p.debit_entry_id AND l.position = p.debit_position AND l.due_on IS NOT NULL
              WHERE l.entry_id IS NULL OR p.cents < 0 OR p.cents > l.amount_cents",
    },
    Rule {
        holds: "no credit pays more than it is, nor less than nothing",
        sql: "SELECT 'entry ' || e.id AS subject, 'gave ' || -e.receivable_cents || ', applied ' || p.cents AS facts
              FROM (SELECT credit_entry_id, SUM(amount_cents) AS cents FROM ledger_applications GROUP BY credit_entry_id) p
              JOIN ledger_entries e ON e.id = p.credit_entry_id
              WHERE p.cents < 0 OR (e.kind IN ('payment', 'payment_reinstatement') AND p.cents > -e.receivable_cents)",
    },
    Rule {
        holds: "credits pay debts of their own account",
        sql: "SELECT 'entry ' || p.entry_id AS subject,
                     'account ' || COALESCE(c.account_id, 0) || ' pays account ' || COALESCE(d.account_id, 0) AS facts
              FROM ledger_applications p
              JOIN ledger_entries c ON c.id = p.credit_entry_id JOIN ledger_entries d ON d.id = p.debit_entry_id
              WHERE c.account_id <> d.account_id OR c.account_id IS NULL",
    },
    Rule {
        holds: "what is held for a customer is never less than nothing",
        sql: "SELECT 'account ' || e.account_id AS subject, 'held ' || -SUM(l.amount_cents) AS facts
              FROM ledger_postings l JOIN ledger_entries e ON e.id = l.entry_id
              WHERE l.gl_account = :credits GROUP BY e.account_id HAVING SUM(l.amount_cents) > 0 OR e.account_id IS NULL",
    },
    Rule {
        holds: "the cache of open items is what the ledger says",
        sql: "SELECT 'entry ' || COALESCE(d.entry_id, o.entry_id) AS subject,
                     'ledger ' || COALESCE(d.remaining, 0) || ', cache ' || COALESCE(o.remaining_cents, 0) AS facts
              FROM (SELECT e.id AS entry_id, e.account_id, a.class, l.due_on, l.cents, l.cents - COALESCE(p.cents, 0) AS remaining
                    FROM (SELECT entry_id, MAX(due_on) AS due_on, SUM(amount_cents) AS cents
                          FROM ledger_postings WHERE due_on IS NOT NULL GROUP BY entry_id) l
                    JOIN ledger_entries e ON e.id = l.entry_id JOIN accounts a ON a.id = e.account_id
                    LEFT JOIN (SELECT debit_entry_id, SUM(amount_cents) AS cents FROM ledger_applications
                               GROUP BY debit_entry_id) p ON p.debit_entry_id = l.entry_id
                    WHERE l.cents <> COALESCE(p.cents, 0)) d
              FULL JOIN open_items o ON o.entry_id = d.entry_id
              WHERE d.entry_id IS NULL OR o.entry_id IS NULL OR d.remaining <> o.remaining_cents OR d.cents <> o.original_cents
                    OR d.account_id <> o.account_id OR d.class <> o.account_class OR d.due_on <> o.due_on",
    },
    Rule {
        holds: "the cache of held credits is what the ledger says",
        sql: "SELECT 'account ' || COALESCE(h.account_id, c.account_id) AS subject,
                     'ledger ' || COALESCE(h.held, 0) || ', cache ' || COALESCE(c.held_cents, 0) AS facts
              FROM (SELECT e.account_id, a.class, -SUM(l.amount_cents) AS held
                    FROM ledger_postings l JOIN ledger_entries e ON e.id = l.entry_id JOIN accounts a ON a.id = e.account_id
                    WHERE l.gl_account = :credits GROUP BY e.account_id, a.class HAVING SUM(l.amount_cents) <> 0) h
              FULL JOIN customer_credits c ON c.account_id = h.account_id
              WHERE h.account_id IS NULL OR c.account_id IS NULL OR h.held <> c.held_cents OR h.class <> c.account_class",
    },
    Rule {
        holds: "what an account owes is its open items less what is held for it",
        sql: "SELECT 'account ' || account_id AS subject, 'differs by ' || SUM(cents) AS facts FROM (
                  SELECT account_id, receivable_cents AS cents FROM ledger_entries WHERE account_id IS NOT NULL
                  UNION ALL SELECT account_id, -remaining_cents FROM open_items
                  UNION ALL SELECT account_id, held_cents FROM customer_credits) all_sides
              GROUP BY account_id HAVING SUM(cents) <> 0",
    },
    Rule {
        holds: "what the pool owes a fund is what the fund claims",
        sql: "SELECT 'fund ' || fund AS subject, 'claims ' || SUM(claimed) || ', the pool owes ' || SUM(owed) AS facts FROM (
                  SELECT fund, amount_cents AS claimed, 0 AS owed FROM ledger_postings WHERE gl_account = :claim
                  UNION ALL
                  SELECT f.fund, 0, -l.amount_cents FROM ledger_postings l JOIN (:due_to) f ON f.gl = l.gl_account) both_sides
              GROUP BY fund HAVING SUM(claimed) <> SUM(owed)",
    },
    Rule {
        holds: "a scheduled payment is taken once, and never more than was allowed",
        sql: "SELECT 'scheduled payment ' || s.id AS subject, COUNT(*) || ' payments, the largest of ' || MAX(p.amount_cents) AS facts
              FROM scheduled_payments s JOIN saved_payments v ON v.scheduled_payment_id = s.id JOIN payments p ON p.id = v.payment_id
              WHERE p.state NOT IN ('requested', 'canceled', 'failed')
              GROUP BY s.id, s.amount_cents, s.state
              HAVING COUNT(*) > 1 OR MAX(p.amount_cents) > s.amount_cents OR s.state <> 'made'",
    },
    Rule {
        holds: "a reversal takes back an earlier entry of its account, once",
        sql: "SELECT 'entry ' || r.id AS subject, 'takes back entry ' || r.reverses_entry_id AS facts
              FROM ledger_entries r JOIN ledger_entries e ON e.id = r.reverses_entry_id
              WHERE e.id >= r.id OR e.account_id <> r.account_id OR e.receivable_cents <> -r.receivable_cents
              UNION ALL
              SELECT 'entry ' || reverses_entry_id, 'is taken back ' || COUNT(*) || ' times' FROM ledger_entries
              WHERE reverses_entry_id IS NOT NULL GROUP BY reverses_entry_id HAVING COUNT(*) > 1",
    },
    Rule {
        holds: "a bill is the sum of its lines and of its segments",
        sql: "SELECT 'bill ' || b.id AS subject,
                     'total ' || b.total_cents || ', lines ' || COALESCE(l.cents, 0) || ', segments ' || COALESCE(s.cents, 0) AS facts
              FROM bills b
              LEFT JOIN (SELECT bill_id, SUM(amount_cents) AS cents FROM bill_lines GROUP BY bill_id) l ON l.bill_id = b.id
              LEFT JOIN (SELECT bill_id, SUM(amount_cents) AS cents FROM bill_segments GROUP BY bill_id) s ON s.bill_id = b.id
              WHERE b.total_cents <> COALESCE(l.cents, 0) OR b.total_cents <> COALESCE(s.cents, 0)",
    },
    Rule {
        holds: "every issued bill has one entry of what it asks, and no other bill has any",
        sql: "SELECT 'bill ' || id AS subject, 'bill ' || SUM(billed) || ', ledger ' || SUM(posted) AS facts FROM (
                  SELECT id, account_id, issued_on AS day, total_cents - COALESCE(p.deferred_cents, 0) AS billed, 0 AS posted, 1 AS bills, 0 AS entries
                  FROM bills LEFT JOIN budget_plan_bills p ON p.bill_id = id WHERE status = 'issued'
                  UNION ALL
                  SELECT source_id, account_id, on_date, 0, receivable_cents, 0, CASE WHEN source_kind = 'bill' THEN 1 ELSE 2 END
                  FROM ledger_entries WHERE kind = 'bill') both_sides
              GROUP BY id HAVING SUM(bills) <> 1 OR SUM(entries) <> 1 OR SUM(billed) <> SUM(posted)
                     OR MIN(account_id) <> MAX(account_id) OR MIN(day) <> MAX(day)",
    },
    Rule {
        holds: "a bill falls due in the ledger on the day that it says",
        sql: "SELECT DISTINCT 'bill ' || b.id AS subject, 'says ' || b.due_on || ', ledger ' || p.due_on AS facts
              FROM bills b JOIN ledger_entries e ON e.kind = 'bill' AND e.source_id = b.id
              JOIN ledger_postings p ON p.entry_id = e.id
              WHERE b.status = 'issued' AND p.due_on <> b.due_on",
    },
    Rule {
        holds: "a canceled bill is canceled in the ledger too",
        sql: "SELECT 'bill ' || COALESCE(c.bill_id, e.source_id) AS subject,
                     'bill says entry ' || COALESCE(c.entry_id, 0) || ', ledger says ' || COALESCE(r.id, 0) AS facts
              FROM (SELECT * FROM ledger_entries WHERE kind = 'cancellation') r
              JOIN (SELECT * FROM ledger_entries WHERE kind = 'bill') e ON e.id = r.reverses_entry_id
              FULL JOIN bill_cancellations c ON c.entry_id = r.id
              WHERE c.bill_id IS NULL OR r.id IS NULL OR e.source_id <> c.bill_id",
    },
    Rule {
        holds: "no service is billed twice for the same day",
        sql: "SELECT 'bill ' || id AS subject, 'agreement ' || service_agreement_id || ' was billed until ' || before AS facts FROM (
                  SELECT id, service_agreement_id, from_on,
                         LAG(until_on) OVER (PARTITION BY service_agreement_id ORDER BY from_on, id) AS before
                  FROM (SELECT DISTINCT b.id, s.service_agreement_id, b.from_on, b.until_on
                        FROM bills b JOIN bill_segments s ON s.bill_id = b.id
                        WHERE b.status = 'issued' AND NOT EXISTS (SELECT 1 FROM bill_cancellations c WHERE c.bill_id = b.id)) standing
                  ) spans
              WHERE before > from_on",
    },
    Rule {
        holds: "a run says how many bills it has, what they come to, and how many findings it made",
        sql: "SELECT 'bill run ' || r.id AS subject,
                     'says ' || r.bills_drafted || ' of ' || r.amount_cents || ' and ' || r.exceptions_found || ', has '
                     || COALESCE(b.bills, 0) || ' of ' || COALESCE(b.cents, 0) || ' and ' || COALESCE(f.findings, 0) AS facts
              FROM bill_runs r
              LEFT JOIN (SELECT run_id, COUNT(*) AS bills, SUM(total_cents) AS cents FROM bills
                         WHERE status <> 'void' AND run_id IS NOT NULL GROUP BY run_id) b ON b.run_id = r.id
              LEFT JOIN (SELECT run_id, COUNT(*) AS findings FROM exceptions
                         WHERE run_id IS NOT NULL AND reason NOT IN ('actual_differs', 'facts_changed') GROUP BY run_id) f ON f.run_id = r.id
              WHERE r.bills_drafted <> COALESCE(b.bills, 0) OR r.amount_cents <> COALESCE(b.cents, 0)
                    OR r.exceptions_found <> COALESCE(f.findings, 0)",
    },
    Rule {
        holds: "a void run has no bills, and no run issues before all its drafts are made",
        sql: "SELECT 'bill ' || b.id AS subject, 'is ' || b.status || ' in run ' || r.id || ', which is ' || r.status AS facts
              FROM bills b JOIN bill_runs r ON r.id = b.run_id
              WHERE (r.status = 'void' AND b.status <> 'void') OR (r.status IN ('drafting', 'drafted') AND b.status = 'issued')",
    },
    Rule {
        holds: "every issued bill is on its way on some channel, and no draft is",
        sql: "SELECT 'bill ' || b.id AS subject, 'is ' || b.status || ' with ' || COALESCE(d.steps, 0) || ' steps' AS facts
              FROM bills b LEFT JOIN (SELECT bill_id, COUNT(*) AS steps FROM bill_deliveries GROUP BY bill_id) d ON d.bill_id = b.id
              WHERE (b.status = 'issued' AND d.steps IS NULL) OR (b.status <> 'issued' AND d.steps IS NOT NULL)",
    },
    Rule {
        holds: "what is to go on paper waits for the printer, is in a batch, or has ended",
        sql: "SELECT 'bill ' || d.bill_id AS subject, 'is to go on paper and waits nowhere' AS facts
              FROM bill_deliveries d
              WHERE d.channel = 'paper' AND d.state = 'queued' AND NOT EXISTS (SELECT 1 FROM print_pieces p WHERE p.bill_id = d.bill_id)
                    AND NOT EXISTS (SELECT 1 FROM print_waits w WHERE d.bill_id BETWEEN w.first_bill_id AND w.last_bill_id
                                    AND d.at = w.since_at)
              UNION ALL
              SELECT 'notice ' || n.id, 'is to go on paper and waits nowhere' FROM notices n
              WHERE n.channel = 'paper' AND n.state = 'queued'
                    AND NOT EXISTS (SELECT 1 FROM print_pieces p WHERE p.notice_id = n.id AND p.ending IS NULL)",
    },
    Rule {
        holds: "as many bills wait together for the printer as it says",
        sql: "SELECT 'print wait ' || w.id AS subject, 'says ' || w.bills || ', has ' || COUNT(d.bill_id) AS facts
              FROM print_waits w LEFT JOIN bill_deliveries d ON d.bill_id BETWEEN w.first_bill_id AND w.last_bill_id
                   AND d.at = w.since_at AND d.channel = 'paper' AND d.state = 'queued'
                   AND NOT EXISTS (SELECT 1 FROM print_pieces p WHERE p.bill_id = d.bill_id)
              GROUP BY w.id, w.bills HAVING w.bills <> COUNT(d.bill_id)",
    },
    Rule {
        holds: "a print batch holds as many pieces and pages as it says",
        sql: "SELECT 'print batch ' || b.id AS subject, 'says ' || b.pieces || ' on ' || b.pages || ', has ' || COUNT(i.position) AS facts
              FROM print_batches b LEFT JOIN print_items i ON i.batch_id = b.id GROUP BY b.id, b.pieces, b.pages
              HAVING b.pieces <> COUNT(i.position) OR b.pages <> COALESCE(SUM(i.pages), 0)",
    },
    Rule {
        holds: "a bill that stands for another stands for a canceled bill of its account and days",
        sql: "SELECT 'bill ' || b.id AS subject, 'replaces bill ' || o.id AS facts
              FROM bills b JOIN bills o ON o.id = b.replaces_bill_id
              WHERE b.status <> 'void' AND (b.account_id <> o.account_id OR b.from_on <> o.from_on OR b.until_on <> o.until_on
                    OR NOT EXISTS (SELECT 1 FROM bill_cancellations c WHERE c.bill_id = o.id))",
    },
    Rule {
        holds: "no two agreements serve one service point on the same day",
        sql: "SELECT 'agreement ' || b.id AS subject, 'overlaps agreement ' || a.id AS facts
              FROM service_agreements a JOIN service_agreements b
                   ON b.service_point_id = a.service_point_id AND a.id < b.id
              WHERE a.withdrawn_at IS NULL AND b.withdrawn_at IS NULL AND (a.until_on IS NULL OR b.from_on < a.until_on) AND (b.until_on IS NULL OR a.from_on < b.until_on)",
    },
    Rule {
        holds: "no draft and no bill that stands is for service that was withdrawn",
        sql: "SELECT 'bill ' || b.id AS subject, 'agreement ' || a.id AS facts
              FROM service_agreements a JOIN bill_segments s ON s.service_agreement_id = a.id JOIN bills b ON b.id = s.bill_id
              WHERE a.withdrawn_at IS NOT NULL AND b.status <> 'void'
                    AND NOT EXISTS (SELECT 1 FROM bill_cancellations c WHERE c.bill_id = b.id)",
    },
    Rule {
        holds: "an account that came to a cycle came from another",
        sql: "SELECT 'account ' || a.number AS subject, 'cycle ' || f.cycle_id || ' until ' || f.until_on || ' and from then on' AS facts
              FROM former_cycles f JOIN accounts a ON a.id = f.account_id
              WHERE f.cycle_id = COALESCE((SELECT n.cycle_id FROM former_cycles n
                    WHERE n.account_id = f.account_id AND n.until_on > f.until_on ORDER BY n.until_on LIMIT 1), a.cycle_id)",
    },
    Rule {
        holds: "every payment that came is in the ledger once, for its amount, and no other is",
        sql: "SELECT 'payment ' || id AS subject, 'payment ' || SUM(paid) || ', ledger ' || SUM(posted) AS facts FROM (
                  SELECT id, account_id, amount_cents AS paid, 0 AS posted, 1 AS payments, 0 AS entries
                  FROM payments WHERE state IN (:came)
                  UNION ALL
                  SELECT source_id, account_id, 0, -receivable_cents, 0, CASE WHEN source_kind = 'payment' THEN 1 ELSE 2 END
                  FROM ledger_entries WHERE kind = 'payment') both_sides
              GROUP BY id HAVING SUM(payments) <> 1 OR SUM(entries) <> 1 OR SUM(paid) <> SUM(posted)
                     OR MIN(account_id) <> MAX(account_id)",
    },
    Rule {
        holds: "a payment stands where its last step left it, and the step that posted it names its entry",
        sql: "SELECT 'payment ' || p.id AS subject, 'stands ' || p.state || ', its last step ' || COALESCE(m.state, 'is gone') AS facts
              FROM payments p LEFT JOIN payment_moves m
                   ON m.payment_id = p.id AND m.id = (SELECT MAX(n.id) FROM payment_moves n WHERE n.payment_id = p.id)
              WHERE m.id IS NULL OR m.state <> p.state
              UNION ALL
              SELECT 'payment ' || p.id, 'is posted, and no step names its entry' FROM payments p
              WHERE p.state IN (:came) AND NOT EXISTS (
                  SELECT 1 FROM payment_moves m JOIN ledger_entries e ON e.id = m.entry_id AND e.kind = 'payment'
                  WHERE m.payment_id = p.id AND e.source_id = p.id)",
    },
    Rule {
        holds: "the parts of a payment for several accounts come to the whole, and are made as one",
        sql: "SELECT 'joint payment ' || j.id AS subject,
                     'whole ' || j.amount_cents || ', ' || COUNT(p.id) || ' parts of ' || COALESCE(SUM(p.amount_cents), 0) AS facts
              FROM joint_payments j LEFT JOIN payments p ON p.joint_payment_id = j.id
              GROUP BY j.id, j.amount_cents
              HAVING COUNT(p.id) < 2 OR SUM(p.amount_cents) <> j.amount_cents OR MIN(p.joint_place) <> 0
                     OR COUNT(DISTINCT p.processor) > 1 OR COUNT(DISTINCT COALESCE(p.session_reference, '')) > 1
                     OR COUNT(DISTINCT COALESCE(p.processor_reference, '')) > 1
                     OR SUM(CASE WHEN p.state IN (:came) THEN 1 ELSE 0 END) NOT IN (0, COUNT(p.id))
                     OR (COUNT(DISTINCT p.state) > 1 AND
                         SUM(CASE WHEN p.state IN ('requested', 'processing', 'canceled', 'failed', 'returned') THEN 1 ELSE 0 END) > 0)",
    },
    Rule {
        holds: "a line of the processor is in the ledger for what it moved and what it cost",
        sql: "SELECT 'line ' || l.reference AS subject,
                     'moved ' || l.amount_cents || ' less ' || l.fee_cents || ', ledger ' || COALESCE(m.cents, 0) || ' and ' || COALESCE(f.cents, 0) AS facts
              FROM processor_lines l
              LEFT JOIN (SELECT w.line_id, SUM(c.cents) AS cents FROM (:written) w JOIN (:clearing) c ON c.entry_id = w.entry_id
                         GROUP BY w.line_id) m ON m.line_id = l.id
              LEFT JOIN (:clearing) f ON f.entry_id = l.fee_entry_id
              WHERE l.entry_id IS NOT NULL AND (COALESCE(m.cents, 0) <> l.amount_cents OR COALESCE(f.cents, 0) <> -l.fee_cents)",
    },
    Rule {
        holds: "what the processor said it holds is what its lines came to",
        sql: "SELECT processor || ' at ' || read_at AS subject, 'held ' || balance_cents || ', lines ' || lines_cents AS facts
              FROM processor_readings r WHERE balance_cents <> lines_cents
                    AND id = (SELECT MAX(id) FROM processor_readings n WHERE n.processor = r.processor)",
    },
    Rule {
        holds: "by the day after, every line of the processor is in the ledger, and since its account is read the clearing moves by its lines alone",
        sql: "SELECT 'line ' || l.reference AS subject, 'of ' || l.amount_cents || ' is not in the ledger' AS facts
              FROM processor_lines l
              JOIN (SELECT processor, MAX(settled_before) AS settled FROM processor_readings GROUP BY processor) r ON r.processor = l.processor
              WHERE l.entry_id IS NULL AND l.created_at < r.settled
              UNION ALL
              SELECT 'entry ' || e.id, 'moves the clearing by ' || c.cents || ' without a line'
              FROM (:clearing) c JOIN ledger_entries e ON e.id = c.entry_id
              JOIN (SELECT MAX(settled_before) AS settled, MIN(read_at) AS began FROM processor_readings) r
                   ON e.posted_at < r.settled AND e.posted_at >= r.began
              WHERE NOT EXISTS (SELECT 1 FROM processor_lines l WHERE l.entry_id = e.id)
                    AND NOT EXISTS (SELECT 1 FROM processor_line_entries n WHERE n.entry_id = e.id)
                    AND NOT EXISTS (SELECT 1 FROM processor_lines l WHERE l.fee_entry_id = e.id)",
    },
    Rule {
        holds: "the installments of an arrangement come to its amount, and so do the debts that it covered when it was made",
        sql: "SELECT 'arrangement ' || a.id AS subject,
                     'amount ' || a.amount_cents || ', installments ' || COALESCE(i.cents, 0) || ', debts ' || COALESCE(d.cents, 0) AS facts
              FROM arrangements a
              LEFT JOIN (SELECT arrangement_id, SUM(amount_cents) AS cents FROM arrangement_installments GROUP BY arrangement_id) i
                   ON i.arrangement_id = a.id
              LEFT JOIN (SELECT c.arrangement_id, SUM(c.amount_cents) AS cents FROM arrangement_debts c
                         WHERE NOT EXISTS (SELECT 1 FROM ledger_entries e JOIN bills b ON b.id = e.source_id
                                           JOIN ledger_entries f ON f.source_kind = 'bill' AND f.source_id = b.replaces_bill_id
                                           JOIN arrangement_debts g ON g.entry_id = f.id AND g.arrangement_id = c.arrangement_id
                                           WHERE e.id = c.entry_id AND e.source_kind = 'bill')
                         GROUP BY c.arrangement_id) d
                   ON d.arrangement_id = a.id
              WHERE a.amount_cents <> COALESCE(i.cents, 0) OR a.amount_cents <> COALESCE(d.cents, 0)",
    },
    Rule {
        holds: "an arrangement covers debts of its own account, none beyond what was asked for",
        sql: "SELECT 'arrangement ' || a.id AS subject,
                     'covers ' || d.amount_cents || ' of entry ' || e.id || ' of ' || e.receivable_cents AS facts
              FROM arrangement_debts d JOIN arrangements a ON a.id = d.arrangement_id JOIN ledger_entries e ON e.id = d.entry_id
              WHERE e.account_id <> a.account_id OR d.amount_cents > e.receivable_cents",
    },
    Rule {
        holds: "an arrangement stands where its last step left it",
        sql: "SELECT 'arrangement ' || a.id AS subject, 'stands ' || a.state || ', its last step ' || COALESCE(s.state, 'is gone') AS facts
              FROM arrangements a LEFT JOIN arrangement_steps s
                   ON s.arrangement_id = a.id AND s.id = (SELECT MAX(n.id) FROM arrangement_steps n WHERE n.arrangement_id = a.id)
              WHERE s.id IS NULL OR s.state <> a.state",
    },
];

/// The entries that the processor's lines are written down with: one each, and further ones where a line is of several accounts' payment.
const WRITTEN: &str =
    "SELECT id AS line_id, entry_id FROM processor_lines WHERE entry_id IS NOT NULL
     UNION ALL SELECT processor_line_id, entry_id FROM processor_line_entries";

/// What breaks a rule.
pub fn find(conn: &mut Conn, rule: &Rule, chart: &Chart) -> Result<Vec<BrokenRow>, StoreError> {
    let sql = format!("{} LIMIT {NAMED}", in_words_of(chart, rule.sql));
    Ok(diesel::sql_query(sql).load(conn)?)
}

/// A table whose rows stay once they are settled, or are kept apart, and the triggers that see to it on each database; on PostgreSQL an exclusion
/// may do the same.
#[derive(Debug, Clone, Copy)]
pub struct Settled {
    /// The table.
    pub table: &'static str,
    /// On SQLite.
    pub sqlite: &'static [&'static str],
    /// On PostgreSQL.
    pub postgres: &'static [&'static str],
}

/// The triggers that keep history as it is, by table, and the triggers and constraints that keep what is settled; each must be there.
pub fn find_missing_triggers(
    conn: &mut Conn,
    tables: &[&str],
    settled: &[Settled],
) -> Result<Vec<BrokenRow>, StoreError> {
    let sql = match conn {
        AnyConnection::Sqlite(_) => "SELECT tbl_name AS subject, name AS facts FROM sqlite_master WHERE type = 'trigger'",
        AnyConnection::Pg(_) => {
            "SELECT CAST(c.relname AS TEXT) AS subject, CAST(t.tgname AS TEXT) AS facts FROM pg_trigger t
             JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'
             UNION SELECT CAST(c.relname AS TEXT), CAST(x.conname AS TEXT) FROM pg_constraint x
             JOIN pg_class c ON c.oid = x.conrelid WHERE x.contype = 'x'"
        }
    };
    let wanted = match conn {
        AnyConnection::Sqlite(_) => ["never_updated", "never_deleted"],
        AnyConnection::Pg(_) => ["never_changed", "never_truncated"],
    };
    let is_postgres = matches!(conn, AnyConnection::Pg(_));
    let there: Vec<BrokenRow> = diesel::sql_query(sql).load(conn)?;
    let of_settled = settled.iter().flat_map(|settled| {
        let names = if is_postgres {
            settled.postgres
        } else {
            settled.sqlite
        };
        let pair = |name: &&str| (settled.table, (*name).to_owned());
        names.iter().map(pair).collect::<Vec<_>>()
    });
    let pairs = tables.iter().flat_map(|table| {
        wanted
            .iter()
            .map(move |end| (*table, format!("{table}_{end}")))
    });
    let is_missing = |(table, name): &(&str, String)| {
        !there
            .iter()
            .any(|row| row.subject == *table && row.facts == *name)
    };
    let missing = |(table, name): (&str, String)| BrokenRow {
        subject: format!("table {table}"),
        facts: format!("{name} is missing"),
    };
    let pairs = pairs.chain(of_settled);
    Ok(pairs.filter(is_missing).map(missing).collect())
}

/// Writes the chart's accounts into a query. The codes are the chart's own (capital letters, digits, hyphens and dots), never a person's
/// text.
fn in_words_of(chart: &Chart, sql: &str) -> String {
    let quoted = |role| format!("'{}'", chart.code(role));
    let due_to = |fund: &Fund| {
        fund.due_to
            .as_ref()
            .map(|gl| format!("SELECT '{}' AS fund, '{gl}' AS gl", fund.code))
    };
    let came: Vec<String> = PaymentState::ALL
        .iter()
        .filter(|state| state.was_posted())
        .map(|state| format!("'{state}'"))
        .collect();
    let pairs: Vec<String> = chart.funds().filter_map(due_to).collect();
    // No account has an empty number.
    let played = |role| format!("'{}'", chart.find_code(role).map_or("", GlCode::as_str));
    let clearing = format!(
        "SELECT entry_id, SUM(amount_cents) AS cents FROM ledger_postings WHERE gl_account = {} GROUP BY entry_id",
        quoted(Role::ProcessorClearing)
    );
    sql.replace(":clearing", &clearing)
        .replace(":written", WRITTEN)
        .replace(":receivable", &quoted(Role::Receivable))
        .replace(":credits", &quoted(Role::CustomerCredits))
        .replace(":came", &came.join(", "))
        .replace(":claim", &quoted(Role::DueFromPool))
        .replace(":transfers", &played(Role::Transfers))
        .replace(":budget", &played(Role::BudgetBilling))
        .replace(":deposits_held", &played(Role::DepositsHeld))
        .replace(":deposits_asked", &played(Role::DepositsAsked))
        .replace(":due_to", &pairs.join(" UNION ALL "))
}
