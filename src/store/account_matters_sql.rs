//! The parts of the one query behind `account_matters`, one for each kind: which columns of the narrow row each fills.

/// Every kind. They name the account, the day, the moment, how many notes and four more days in this order, by which SQLite numbers them.
pub(super) const PARTS: [&str; 18] = [
    FINDINGS,
    LOGINS,
    INVITATIONS,
    NOTES,
    SCHEDULED,
    SERVED,
    DECLARED,
    FORECASTS,
    MEASURED,
    REQUESTS,
    ORDERS,
    AUTOPAY,
    OUTAGES,
    CORRECTIONS,
    CORRECTIONS_TO,
    OUTCOMES,
    REBILLS,
    RETURNED,
];

/// Each with the service that it is about: named, or found by the register where its meter hangs.
const FINDINGS: &str = "SELECT * FROM (SELECT 'finding' AS what, x.id AS id, x.reason AS word, NO_TEXT AS state, NO_TEXT AS name, NO_TEXT AS \
            words, NO_TEXT AS more, NO_TEXT AS key, x.opened_on AS day, NO_DAY AS other_day, NO_DAY AS third_day, NO_MOMENT AS moment, NO_NUMBER AS \
            cents, CAST(x.priority AS BIGINT) AS number, \
            COALESCE(x.service_agreement_id, (SELECT MAX(v.id) FROM registers q JOIN meter_installs i ON i.meter_id = q.meter_id \
                JOIN service_agreements v ON v.service_point_id = i.service_point_id \
                WHERE q.id = x.register_id AND v.account_id = x.account_id AND v.withdrawn_at IS NULL)) AS other_number \
     FROM exceptions x \
     WHERE x.account_id = $1 AND x.status = 'open' \
     ORDER BY x.priority, x.id LIMIT 10) findings";

const LOGINS: &str = "SELECT 'login', l.id, l.access, NO_TEXT, g.email, g.name, NO_TEXT, NO_TEXT, l.from_on, NO_DAY, NO_DAY, t.confirmed_at, \
            NO_NUMBER, g.id, NO_NUMBER \
     FROM login_accounts l JOIN logins g ON g.id = l.login_id LEFT JOIN authenticators t ON t.login_id = g.id \
     WHERE l.account_id = $1 AND (l.until_on IS NULL OR l.until_on > $2)";

const INVITATIONS: &str = "SELECT 'invitation', i.id, i.offer, NO_TEXT, i.email, i.invited_by, NO_TEXT, NO_TEXT, NO_DAY, NO_DAY, NO_DAY, \
            i.ends_at, NO_NUMBER, NO_NUMBER, NO_NUMBER \
     FROM account_invitations i \
     WHERE i.account_id = $1 AND i.answer IS NULL AND i.ends_at > $3";

const NOTES: &str = "SELECT * FROM (SELECT 'note' AS what, n.id AS id, n.kind AS word, NO_TEXT AS state, n.written_by AS name, n.text AS \
            words, NO_TEXT AS more, NO_TEXT AS key, NO_DAY AS day, NO_DAY AS other_day, NO_DAY AS third_day, n.written_at AS moment, NO_NUMBER AS cents, \
            NO_NUMBER AS number, NO_NUMBER AS other_number \
     FROM notes n \
     WHERE n.account_id = $1 \
     ORDER BY n.id DESC LIMIT $4) notes";

/// Those that are still to come, and those that were not charged of late.
const SCHEDULED: &str = "SELECT * FROM (SELECT 'scheduled' AS what, s.id AS id, w.tender AS word, s.state AS state, w.bank_name AS name, \
            w.brand AS words, w.last4 AS more, s.request_key AS key, s.pay_on AS day, NO_DAY AS other_day, NO_DAY AS third_day, NO_MOMENT AS moment, \
            s.amount_cents AS cents, NO_NUMBER AS number, NO_NUMBER AS other_number \
     FROM scheduled_payments s JOIN payment_methods w ON w.id = s.payment_method_id \
     WHERE s.account_id = $1 AND (s.state IN ('planned', 'asked') OR (s.state IN ('skipped', 'stopped') AND s.pay_on >= $5)) \
     ORDER BY s.pay_on, s.id LIMIT 50) scheduled";

const SERVED: &str = "SELECT 'served', v.id, v.kind, v.way, NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT, v.given_on, NO_DAY, NO_DAY, NO_MOMENT, \
            NO_NUMBER, CASE WHEN v.is_proven THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END, NO_NUMBER \
     FROM shutoff_notices v \
     WHERE v.account_id = $1 AND v.given_on >= $6";

const DECLARED: &str = "SELECT 'declared', m.id, m.class, m.commodity, NO_TEXT, m.stops, NO_TEXT, NO_TEXT, m.from_on, m.until_on, e.ends_on, \
            NO_MOMENT, NO_NUMBER, NO_NUMBER, NO_NUMBER \
     FROM moratoria m LEFT JOIN moratorium_ends e ON e.moratorium_id = m.id \
     WHERE m.from_on <= $2 AND m.until_on > $6";

const FORECASTS: &str = "SELECT 'forecast', f.id, NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT, f.day, f.seen_on, NO_DAY, NO_MOMENT, \
            NO_NUMBER, CAST(f.low AS BIGINT), CAST(f.high AS BIGINT) \
     FROM forecasts f \
     WHERE f.day >= $7 AND f.day <= $8";

/// What was measured of the day itself is the part of it that is over.
const MEASURED: &str = "SELECT 'measured', CAST(0 AS BIGINT), NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT, d.day, NO_DAY, NO_DAY, \
            NO_MOMENT, NO_NUMBER, CAST(d.low AS BIGINT), CAST(d.high AS BIGINT) \
     FROM weather_days d JOIN settings s ON s.value = d.station \
     WHERE s.name = 'weather_station' AND d.day >= $7 AND d.day < $2";

const REQUESTS: &str = "SELECT * FROM (SELECT 'request' AS what, r.id AS id, r.kind AS word, r.state AS state, r.number AS name, r.answers \
            AS words, NO_TEXT AS more, NO_TEXT AS key, r.due_on AS day, r.asked_on AS other_day, NO_DAY AS third_day, NO_MOMENT AS moment, \
            d.amount_cents AS cents, NO_NUMBER AS number, NO_NUMBER AS other_number \
     FROM service_requests r LEFT JOIN bill_disputes d ON d.request_id = r.id \
     WHERE r.account_id = $1 AND r.closed_on IS NULL \
     ORDER BY r.due_on, r.id LIMIT 10) requests";

const ORDERS: &str = "SELECT * FROM (SELECT 'order' AS what, o.id AS id, o.kind AS word, o.state AS state, o.number AS name, c.name AS \
            words, o.slot AS more, NO_TEXT AS key, o.due_on AS day, o.appointed_on AS other_day, NO_DAY AS third_day, NO_MOMENT AS moment, NO_NUMBER AS \
            cents, o.service_point_id AS number, NO_NUMBER AS other_number \
     FROM service_orders o LEFT JOIN staff c ON c.id = o.assignee_staff_id \
     WHERE o.account_id = $1 AND o.closed_on IS NULL \
     ORDER BY o.due_on, o.id LIMIT 10) orders";

const AUTOPAY: &str = "SELECT 'autopay', a.id, w.tender, NO_TEXT, w.bank_name, w.brand, w.last4, NO_TEXT, a.paused_until, NO_DAY, NO_DAY, \
            NO_MOMENT, NO_NUMBER, CAST(a.day_of_month AS BIGINT), NO_NUMBER \
     FROM autopay_enrolments a JOIN payment_methods w ON w.id = a.payment_method_id \
     WHERE a.account_id = $1 AND a.ended_at IS NULL";

const OUTAGES: &str = "SELECT 'outage', u.id, u.kind, u.commodity, NO_TEXT, NO_TEXT, NO_TEXT, NO_TEXT, NO_DAY, NO_DAY, NO_DAY, NO_MOMENT, \
            NO_NUMBER, NO_NUMBER, NO_NUMBER \
     FROM outage_accounts t JOIN outages u ON u.id = t.outage_id \
     WHERE t.account_id = $1 AND u.status IN ('planned', 'going_on')";

const CORRECTIONS: &str = "SELECT * FROM (SELECT 'correction' AS what, k.id AS id, \
            CASE WHEN k.reverses_id IS NULL THEN k.kind ELSE 'reversal' END AS word, NO_TEXT AS state, NO_TEXT AS name, k.made_by AS words, \
            NO_TEXT AS more, NO_TEXT AS key, k.made_on AS day, NO_DAY AS other_day, NO_DAY AS third_day, NO_MOMENT AS moment, \
            k.amount_cents AS cents, NO_NUMBER AS number, NO_NUMBER AS other_number \
     FROM corrections k \
     WHERE k.account_id = $1 AND k.status = 'proposed' \
     ORDER BY k.id LIMIT 10) corrections";

/// Those that would carry something to the account from another.
const CORRECTIONS_TO: &str = "SELECT * FROM (SELECT 'correction' AS what, k.id AS id, \
            CASE WHEN k.reverses_id IS NULL THEN k.kind ELSE 'reversal' END AS word, NO_TEXT AS state, NO_TEXT AS name, k.made_by AS words, \
            NO_TEXT AS more, NO_TEXT AS key, k.made_on AS day, NO_DAY AS other_day, NO_DAY AS third_day, NO_MOMENT AS moment, \
            k.amount_cents AS cents, NO_NUMBER AS number, NO_NUMBER AS other_number \
     FROM corrections k \
     WHERE k.other_account_id = $1 AND k.status = 'proposed' \
     ORDER BY k.id LIMIT 10) carried";

const OUTCOMES: &str = "SELECT 'outcome', p.id, p.remedy, NO_TEXT, r.number, p.made_by, NO_TEXT, NO_TEXT, p.made_on, NO_DAY, NO_DAY, NO_MOMENT, \
            CASE WHEN p.remedy = 'rebilled' THEN p.difference_cents ELSE p.credit_cents END, NO_NUMBER, NO_NUMBER \
     FROM service_requests r JOIN dispute_proposals p ON p.request_id = r.id \
     WHERE r.account_id = $1 AND r.closed_on IS NULL AND p.status = 'proposed'";

const REBILLS: &str = "SELECT 'rebill', p.id, NO_TEXT, NO_TEXT, b.number, p.made_by, NO_TEXT, NO_TEXT, p.made_on, NO_DAY, NO_DAY, NO_MOMENT, \
            p.difference_cents, NO_NUMBER, NO_NUMBER \
     FROM rebill_proposals p JOIN bills b ON b.id = p.bill_id \
     WHERE p.account_id = $1 AND p.status = 'proposed'";

/// Those that went back, and no payment of the account was begun since that is on its way or counts.
const RETURNED: &str = "SELECT * FROM (SELECT 'returned' AS what, p.id AS id, NO_TEXT AS word, NO_TEXT AS state, p.number AS name, NO_TEXT AS \
            words, NO_TEXT AS more, NO_TEXT AS key, m.on_date AS day, NO_DAY AS other_day, NO_DAY AS third_day, NO_MOMENT AS moment, p.amount_cents AS \
            cents, NO_NUMBER AS number, NO_NUMBER AS other_number \
     FROM payments p JOIN payment_moves m ON m.payment_id = p.id AND m.state = p.state \
     WHERE p.account_id = $1 AND p.state IN ('returned', 'charged_back') \
        AND NOT EXISTS (SELECT 1 FROM payments l WHERE l.account_id = p.account_id AND l.requested_at > m.at \
                        AND l.state IN ('processing', 'succeeded', 'refunded_part')) \
     ORDER BY p.id DESC LIMIT 5) returned";
