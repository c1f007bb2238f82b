-- What people want to be told of and by which way, which numbers take texts and with whose consent, and which addresses no longer answer.

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

CREATE UNIQUE INDEX alert_preferences_once ON alert_preferences (account_id, kind, COALESCE(login_id, 0));

CREATE TABLE text_numbers (
    id INTEGER PRIMARY KEY,
    login_id INTEGER NOT NULL REFERENCES logins,
    number TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    code_ends_at TEXT NOT NULL,
    tries INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    verified_at TEXT,
    ended_at TEXT
) STRICT;

CREATE UNIQUE INDEX text_numbers_one_each ON text_numbers (login_id) WHERE ended_at IS NULL;

CREATE INDEX text_numbers_by_number ON text_numbers (number);

CREATE TABLE text_consents (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT text_consents_state_known CHECK (state IN ('given', 'withdrawn')),
    words TEXT NOT NULL,
    login_id INTEGER REFERENCES logins,
    at TEXT NOT NULL,
    on_date TEXT NOT NULL
) STRICT;

CREATE INDEX text_consents_by_number ON text_consents (number, id);

CREATE TRIGGER text_consents_never_updated BEFORE UPDATE ON text_consents BEGIN SELECT RAISE(ABORT, 'text_consents is append-only'); END;
CREATE TRIGGER text_consents_never_deleted BEFORE DELETE ON text_consents BEGIN SELECT RAISE(ABORT, 'text_consents is append-only'); END;

CREATE TABLE failing_addresses (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    channel TEXT NOT NULL CONSTRAINT failing_addresses_channel_known CHECK (channel IN ('email', 'text', 'paper', 'portal')),
    reason TEXT NOT NULL,
    since_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;

CREATE UNIQUE INDEX failing_addresses_once ON failing_addresses (channel, address) WHERE ended_at IS NULL;

ALTER TABLE notices ADD COLUMN provider_id TEXT;

ALTER TABLE notices ADD COLUMN delivered_at TEXT;

ALTER TABLE notices ADD COLUMN digest_id INTEGER;

CREATE INDEX notices_by_provider ON notices (provider_id) WHERE provider_id IS NOT NULL;

CREATE INDEX notices_by_digest ON notices (digest_id) WHERE digest_id IS NOT NULL;

CREATE INDEX notices_waiting_for ON notices (recipient) WHERE state = 'queued';

CREATE INDEX bill_deliveries_by_time ON bill_deliveries (at);
