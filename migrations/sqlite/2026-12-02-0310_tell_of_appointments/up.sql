-- Customers are told when somebody comes, when that changes, and on the day before; which day they were last told of it is noted, so that nobody is told twice.

ALTER TABLE service_orders ADD COLUMN told_on TEXT;

CREATE INDEX service_orders_appointed ON service_orders (appointed_on, id) WHERE closed_on IS NULL;

DROP INDEX alert_preferences_once;

ALTER TABLE alert_preferences RENAME TO alert_preferences_chosen;

CREATE TABLE alert_preferences (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    login_id INTEGER REFERENCES logins,
    kind TEXT NOT NULL CONSTRAINT alert_preferences_kind_known CHECK (kind IN ('bill_ready', 'due_soon', 'past_due', 'payment_received', 'payment_failed', 'high_usage', 'high_bill', 'budget_ahead', 'tier_ahead', 'leak', 'outage', 'planned_work', 'urgent_notice', 'appointment')),
    by_email INTEGER NOT NULL,
    by_text INTEGER NOT NULL,
    threshold TEXT CONSTRAINT alert_preferences_threshold_plain CHECK (threshold <> '' AND threshold NOT GLOB '*[^0-9.]*'),
    set_at TEXT NOT NULL
) STRICT;

INSERT INTO alert_preferences (id, account_id, login_id, kind, by_email, by_text, threshold, set_at)
    SELECT id, account_id, login_id, kind, by_email, by_text, threshold, set_at FROM alert_preferences_chosen;

DROP TABLE alert_preferences_chosen;

CREATE UNIQUE INDEX alert_preferences_once ON alert_preferences (account_id, kind, COALESCE(login_id, 0));
