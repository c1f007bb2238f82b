//! The rules of holds and of what was served, as questions whose right answer is no rows: asked with those of the books next door.

use crate::store::reports::broken::Rule;

/// The rules of holds, moratoria and what was served before a shut-off.
pub const RULES: &[Rule] = &[
    Rule {
        holds: "a renewal goes on where the period that it renews ends, or in place of a renewal that never began, on the same account and for the same reason",
        sql: "SELECT 'hold ' || n.id AS subject, 'renews hold ' || o.id || ' of account ' || o.account_id AS facts
              FROM holds n JOIN holds o ON o.id = n.follows_id
              WHERE n.account_id <> o.account_id OR n.kind <> o.kind OR o.id >= n.id
                    OR NOT (COALESCE(n.from_on = o.until_on, FALSE) OR (n.from_on = o.from_on AND EXISTS
                        (SELECT 1 FROM hold_lifts l WHERE l.hold_id = o.id AND l.ends_on <= o.from_on)))",
    },
    Rule {
        holds: "no two holds of a kind protect an account on the same day",
        sql: "SELECT 'hold ' || id AS subject, kind || ' of account ' || account_id || ' goes on until ' || COALESCE(CAST(before AS TEXT), 'further') AS facts
              FROM (SELECT id, account_id, kind, from_on,
                           LAG(COALESCE(ends_on, '9999-12-31')) OVER (PARTITION BY account_id, kind ORDER BY from_on, id) AS before
                    FROM (SELECT h.id, h.account_id, h.kind, CAST(h.from_on AS TEXT) AS from_on,
                                 CASE WHEN l.ends_on IS NULL THEN CAST(h.until_on AS TEXT)
                                      WHEN h.until_on IS NULL OR l.ends_on < h.until_on THEN CAST(l.ends_on AS TEXT)
                                      ELSE CAST(h.until_on AS TEXT) END AS ends_on
                          FROM holds h LEFT JOIN hold_lifts l ON l.hold_id = h.id) spans
                    WHERE ends_on IS NULL OR ends_on > from_on) in_order
              WHERE before > from_on",
    },
    Rule {
        holds: "a hold that was lifted or renewed leaves no work open",
        sql: "SELECT 'hold ' || r.hold_id AS subject, 'waits since ' || CAST(r.raised_on AS TEXT) AS facts
              FROM hold_reviews r
              WHERE r.closed_on IS NULL AND (EXISTS (SELECT 1 FROM hold_lifts l WHERE l.hold_id = r.hold_id)
                    OR EXISTS (SELECT 1 FROM holds o JOIN holds n ON n.account_id = o.account_id AND n.kind = o.kind AND n.from_on = o.until_on
                               LEFT JOIN hold_lifts e ON e.hold_id = n.id
                               WHERE o.id = r.hold_id AND n.follows_id IS NOT NULL AND (e.ends_on IS NULL OR e.ends_on > n.from_on)))",
    },
    Rule {
        holds: "a document of a hold is as long as it says",
        sql: "SELECT 'hold document ' || id AS subject, 'says ' || size_bytes || ', has ' || LENGTH(bytes) AS facts
              FROM hold_documents WHERE size_bytes <> LENGTH(bytes) OR LENGTH(sha256) <> 64",
    },
    Rule {
        holds: "what a court, a doctor or an agency stays keeps the shut-off away",
        sql: "SELECT 'hold ' || id AS subject, kind || ' stops ' || stops AS facts FROM holds
              WHERE kind IN ('medical_certificate', 'life_support', 'pledge', 'bankruptcy') AND stops NOT LIKE '%shut_off%'
              UNION ALL
              SELECT 'moratorium ' || id, 'stops ' || stops FROM moratoria WHERE stops NOT LIKE '%shut_off%'",
    },
    Rule {
        holds: "nothing was served after it was recorded, nor in a way in which it is not served",
        sql: "SELECT 'shut-off notice ' || id AS subject, kind || ' by ' || way || ' on ' || CAST(given_on AS TEXT) AS facts
              FROM shutoff_notices
              WHERE given_on > recorded_on OR (kind = 'contact') <> (way IN ('phone', 'visit'))
                    OR (kind = 'posted' AND way <> 'door') OR (kind = 'plan_offered' AND way = 'door')",
    },
];
