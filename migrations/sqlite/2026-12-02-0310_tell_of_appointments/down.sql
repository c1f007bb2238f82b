DROP INDEX alert_preferences_once;

ALTER TABLE alert_preferences RENAME TO alert_preferences_with_appointments;

CREATE TABLE alert_preferences (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    login_id INTEGER REFERENCES logins,
    kind TEXT NOT NULL CONSTRAINT alert_preferences_kind_known CHECK (kind IN ('bill_ready', 'due_soon', 'past_due', 'payment_received', 'payment_failed', 'high_usage', 'high_bill', 'budget_ahead', 'tier_ahead', 'leak', 'outage', 'planned_work', 'urgent_notice')),
    by_email INTEGER NOT NULL,
    by_text INTEGER NOT NULL,
    threshold TEXT CONSTRAINT alert_preferences_threshold_plain CHECK (threshold <> '' AND threshold NOT GLOB '*[^0-9.]*'),
    set_at TEXT NOT NULL
) STRICT;

INSERT INTO alert_preferences (id, account_id, login_id, kind, by_email, by_text, threshold, set_at)
    SELECT id, account_id, login_id, kind, by_email, by_text, threshold, set_at FROM alert_preferences_with_appointments WHERE kind <> 'appointment';

DROP TABLE alert_preferences_with_appointments;

CREATE UNIQUE INDEX alert_preferences_once ON alert_preferences (account_id, kind, COALESCE(login_id, 0));

DROP INDEX service_orders_appointed;

ALTER TABLE service_orders DROP COLUMN told_on;
