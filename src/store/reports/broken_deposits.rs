//! The rules of deposits, as questions whose right answer is no rows: asked with those of the books next door. `:deposits_held` and
//! `:deposits_asked` stand for accounts of the chart.

use crate::store::reports::broken::Rule;

/// The rules of what is asked for and held as deposits.
pub const RULES: &[Rule] = &[
    Rule {
        holds: "what is held as deposits is what was paid and earned of them and not given back",
        sql: "SELECT 'account ' || account_id AS subject, 'differs by ' || SUM(cents) AS facts FROM (
                  SELECT e.account_id, p.amount_cents AS cents
                  FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id WHERE p.gl_account = :deposits_held
                  UNION ALL
                  SELECT d.account_id, a.amount_cents FROM ledger_applications a
                  JOIN deposit_moves m ON m.entry_id = a.debit_entry_id AND m.kind = 'asked' JOIN deposits d ON d.id = m.deposit_id
                  WHERE NOT EXISTS (SELECT 1 FROM deposit_moves w WHERE w.entry_id = a.entry_id AND w.kind = 'waived')
                  UNION ALL
                  SELECT d.account_id, CASE m.kind WHEN 'interest' THEN m.amount_cents ELSE -m.amount_cents END
                  FROM deposit_moves m JOIN deposits d ON d.id = m.deposit_id WHERE m.kind IN ('interest', 'released', 'applied')) all_sides
              GROUP BY account_id HAVING SUM(cents) <> 0",
    },
    Rule {
        holds: "what is asked for as deposits is what is unpaid of them",
        sql: "SELECT 'account ' || account_id AS subject, 'differs by ' || SUM(cents) AS facts FROM (
                  SELECT e.account_id, p.amount_cents AS cents
                  FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id WHERE p.gl_account = :deposits_asked
                  UNION ALL
                  SELECT d.account_id, m.amount_cents FROM deposit_moves m JOIN deposits d ON d.id = m.deposit_id WHERE m.kind = 'asked'
                  UNION ALL
                  SELECT d.account_id, -a.amount_cents FROM ledger_applications a
                  JOIN deposit_moves m ON m.entry_id = a.debit_entry_id AND m.kind = 'asked' JOIN deposits d ON d.id = m.deposit_id) all_sides
              GROUP BY account_id HAVING SUM(cents) <> 0",
    },
    Rule {
        holds: "a step of a deposit is posted on its account, for its amount",
        sql: "SELECT 'deposit ' || d.id AS subject, m.kind || ' of ' || m.amount_cents || ', entry ' || e.id || ' of ' || e.receivable_cents AS facts
              FROM deposit_moves m JOIN deposits d ON d.id = m.deposit_id JOIN ledger_entries e ON e.id = m.entry_id
              WHERE e.account_id <> d.account_id OR e.account_id IS NULL OR e.receivable_cents <>
                  CASE m.kind WHEN 'asked' THEN m.amount_cents WHEN 'interest' THEN 0 ELSE -m.amount_cents END",
    },
    Rule {
        holds: "of a deposit that ended nothing is held",
        sql: "SELECT 'deposit ' || id AS subject, SUM(cents) || ' is held' AS facts FROM (
                  SELECT d.id, a.amount_cents AS cents FROM ledger_applications a
                  JOIN deposit_moves m ON m.entry_id = a.debit_entry_id AND m.kind = 'asked' JOIN deposits d ON d.id = m.deposit_id
                  WHERE d.ended_on IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM deposit_moves w WHERE w.entry_id = a.entry_id AND w.kind = 'waived')
                  UNION ALL
                  SELECT d.id, CASE m.kind WHEN 'interest' THEN m.amount_cents ELSE -m.amount_cents END
                  FROM deposit_moves m JOIN deposits d ON d.id = m.deposit_id
                  WHERE d.ended_on IS NOT NULL AND m.kind IN ('interest', 'released', 'applied')) all_sides
              GROUP BY id HAVING SUM(cents) > 0",
    },
];
