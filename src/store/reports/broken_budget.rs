//! The rules of level payment plans, as questions whose right answer is no rows: asked with those of the books next door.

use crate::store::reports::broken::Rule;

/// What is owed in truth is what is asked and what is put off, and nothing is put off without a plan.
pub const RULES: &[Rule] = &[
    Rule {
        holds: "what bills put off under level payment plans and was not settled is what an account owes beyond what it is asked",
        sql: "SELECT 'account ' || account_id AS subject, 'ledger ' || SUM(posted) || ', plans ' || SUM(planned) AS facts FROM (
                  SELECT e.account_id, l.amount_cents AS posted, 0 AS planned
                  FROM ledger_postings l JOIN ledger_entries e ON e.id = l.entry_id WHERE l.gl_account = :budget
                  UNION ALL
                  SELECT p.account_id, 0, b.deferred_cents FROM budget_plan_bills b JOIN budget_plans p ON p.id = b.plan_id
                  WHERE NOT EXISTS (SELECT 1 FROM bill_cancellations c WHERE c.bill_id = b.bill_id)
                  UNION ALL
                  SELECT p.account_id, 0, -s.settled_cents FROM budget_plan_steps s JOIN budget_plans p ON p.id = s.plan_id) both_sides
              GROUP BY account_id HAVING SUM(posted) <> SUM(planned)",
    },
    Rule {
        holds: "what a bill under a level payment plan asks and puts off is what it charges",
        sql: "SELECT 'bill ' || b.bill_id AS subject,
                     'charges ' || i.total_cents || ', asks ' || b.asked_cents || ', puts off ' || b.deferred_cents AS facts
              FROM budget_plan_bills b JOIN bills i ON i.id = b.bill_id JOIN budget_plans p ON p.id = b.plan_id
              WHERE i.total_cents <> b.asked_cents + b.deferred_cents OR i.account_id <> p.account_id OR i.status <> 'issued'",
    },
    Rule {
        holds: "nothing is put off for an account without a level payment plan in force",
        sql: "SELECT 'account ' || e.account_id AS subject, 'puts off ' || SUM(l.amount_cents) AS facts
              FROM ledger_postings l JOIN ledger_entries e ON e.id = l.entry_id
              WHERE l.gl_account = :budget AND NOT EXISTS (
                  SELECT 1 FROM budget_plans p WHERE p.account_id = e.account_id AND p.state = 'open')
              GROUP BY e.account_id HAVING SUM(l.amount_cents) <> 0 OR e.account_id IS NULL",
    },
];
