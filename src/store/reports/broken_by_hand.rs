//! The rules of what the office corrects by hand, as questions whose right answer is no rows: asked with those of the books next door.

use crate::store::reports::broken::Rule;

/// The rules of corrections, of what was written off, of what was carried between accounts, and of the checks by which credits are paid out.
pub const RULES: &[Rule] = &[
    Rule {
        holds: "a correction is posted on its account, for its amount",
        sql: "SELECT 'correction ' || c.id AS subject, 'of ' || c.amount_cents || ', entry ' || e.id || ' of ' || e.receivable_cents AS facts
              FROM corrections c JOIN ledger_entries e ON e.id = c.entry_id
              WHERE e.account_id <> c.account_id OR e.account_id IS NULL OR ABS(e.receivable_cents) <> c.amount_cents",
    },
    Rule {
        holds: "what takes two people was decided by two",
        sql: "SELECT 'correction ' || id AS subject, made_by || ', then ' || COALESCE(decided_by, 'nobody') AS facts
              FROM corrections
              WHERE takes_two AND status = 'posted' AND COALESCE(made_by_id = decided_by_id, made_by = decided_by, TRUE)",
    },
    Rule {
        holds: "what is kept of a write-off is what its entry gives up or asks for again, fund by fund",
        sql: "SELECT 'entry ' || entry_id AS subject, fund || ' differs by ' || SUM(cents) AS facts FROM (
                  SELECT entry_id, fund, amount_cents AS cents FROM write_offs
                  UNION ALL
                  SELECT entry_id, fund, amount_cents FROM ledger_postings
                  WHERE gl_account = :receivable AND entry_id IN (SELECT entry_id FROM write_offs)) both_sides
              GROUP BY entry_id, fund HAVING SUM(cents) <> 0",
    },
    Rule {
        holds: "no more of a write-off comes back than was given up",
        sql: "SELECT 'account ' || account_id AS subject, fund || ' came back by ' || -SUM(amount_cents) || ' too much' AS facts
              FROM write_offs GROUP BY account_id, fund HAVING SUM(amount_cents) < 0",
    },
    Rule {
        holds: "what is carried from an account comes to another",
        sql: "SELECT 'fund ' || fund AS subject, SUM(amount_cents) || ' is on its way' AS facts
              FROM ledger_postings WHERE gl_account = :transfers GROUP BY fund HAVING SUM(amount_cents) <> 0",
    },
    Rule {
        holds: "of a reversal that is done, every fee is taken back, and no more than there were",
        sql: "SELECT 'fee reversal ' || r.id AS subject, r.reversed || ' of ' || r.fees || ', ' || r.status AS facts
              FROM fee_reversals r
              WHERE r.reversed > r.fees OR r.reversed_cents > r.amount_cents OR (r.status = 'done' AND EXISTS (
                  SELECT 1 FROM ledger_entries e WHERE e.on_date = r.charged_on AND e.kind = r.kind AND e.id <= r.last_entry_id
                  AND NOT EXISTS (SELECT 1 FROM ledger_entries c WHERE c.source_kind = 'entry' AND c.source_id = e.id AND c.kind = 'cancellation')))",
    },
    Rule {
        holds: "a check is written for a refund of its account and amount",
        sql: "SELECT 'entry ' || c.entry_id AS subject, 'check of ' || c.amount_cents || ', ' || e.kind || ' of ' || e.receivable_cents AS facts
              FROM refund_checks c JOIN ledger_entries e ON e.id = c.entry_id
              WHERE e.kind <> 'refund' OR e.account_id <> c.account_id OR e.account_id IS NULL OR e.receivable_cents <> c.amount_cents",
    },
];
