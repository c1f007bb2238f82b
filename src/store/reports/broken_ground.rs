//! The rules of what bills stand on, as questions whose right answer is no rows: asked with those of the books next door.

use crate::store::reports::broken::Rule;

/// The rules of calendars, of meters in their places and of the utility's own numbers.
pub const RULES: &[Rule] = &[
    Rule {
        holds: "a cycle's periods follow one another without a gap",
        sql: "SELECT 'cycle ' || p.cycle_id AS subject, 'nothing leads up to ' || p.from_on AS facts FROM cycle_periods p
              WHERE EXISTS (SELECT 1 FROM cycle_periods e WHERE e.cycle_id = p.cycle_id AND e.read_on < p.read_on)
                    AND NOT EXISTS (SELECT 1 FROM cycle_periods e WHERE e.cycle_id = p.cycle_id AND e.read_on = p.from_on)",
    },
    Rule {
        holds: "a number of the utility's own names something that is there",
        sql: "SELECT n.kind || ' ' || n.number AS subject, 'row ' || n.row_id || ' is gone' AS facts FROM own_numbers n
              WHERE NOT EXISTS (SELECT 1 FROM premises p WHERE n.kind = 'premise' AND p.id = n.row_id)
                    AND NOT EXISTS (SELECT 1 FROM service_points p WHERE n.kind = 'service_point' AND p.id = n.row_id)
                    AND NOT EXISTS (SELECT 1 FROM customers c WHERE n.kind = 'customer' AND c.id = n.row_id)
                    AND NOT EXISTS (SELECT 1 FROM accounts a WHERE n.kind = 'account' AND a.id = n.row_id)",
    },
    Rule {
        holds: "a meter hangs in one place at a time",
        sql: "SELECT 'meter ' || a.meter_id AS subject, 'hangs at points ' || a.service_point_id || ' and ' || b.service_point_id AS facts
              FROM meter_installs a JOIN meter_installs b ON b.meter_id = a.meter_id AND b.id > a.id
              WHERE (b.until_on IS NULL OR a.from_on < b.until_on) AND (a.until_on IS NULL OR b.from_on < a.until_on)",
    },
    Rule {
        holds: "who became one with another customer has nothing of their own",
        sql: "SELECT 'customer ' || c.id AS subject, 'is merged into ' || c.merged_into_id || ' and has a part on account ' || r.account_id AS facts
              FROM customers c JOIN account_roles r ON r.customer_id = c.id WHERE c.merged_into_id IS NOT NULL",
    },
    Rule {
        holds: "a customer is merged as the latest merge says",
        sql: "SELECT 'customer ' || c.id AS subject, 'is merged into ' || COALESCE(CAST(c.merged_into_id AS TEXT), 'nobody') AS facts FROM customers c
              WHERE COALESCE(c.merged_into_id, 0) <> COALESCE((SELECT MAX(m.kept_id) FROM customer_merges m WHERE m.gone_id = c.id
                    AND NOT EXISTS (SELECT 1 FROM customer_merge_undos u WHERE u.merge_id = m.id)), 0)",
    },
    Rule {
        holds: "nothing is delivered at a place that became one with another",
        sql: "SELECT 'place ' || m.id AS subject, 'is merged into ' || m.merged_into_id || ' and has point ' || p.id AS facts
              FROM premises m JOIN service_points p ON p.premise_id = m.id WHERE m.merged_into_id IS NOT NULL",
    },
    Rule {
        holds: "a place is merged as the latest merge says",
        sql: "SELECT 'place ' || p.id AS subject, 'is merged into ' || COALESCE(CAST(p.merged_into_id AS TEXT), 'none') AS facts FROM premises p
              WHERE COALESCE(p.merged_into_id, 0) <> COALESCE((SELECT MAX(COALESCE(k.merged_into_id, k.id)) FROM place_merges m
                    JOIN premises k ON k.id = m.kept_id WHERE m.gone_id = p.id
                    AND NOT EXISTS (SELECT 1 FROM place_merge_undos u WHERE u.merge_id = m.id)), 0)",
    },
];
