-- Payments that a customer asked for on a day to come, what they allowed word for word, and what came of each.

CREATE TABLE scheduled_payments (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT scheduled_payments_request_unique UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts,
    payment_method_id INTEGER NOT NULL REFERENCES payment_methods,
    amount_cents INTEGER NOT NULL CONSTRAINT scheduled_payments_amount_positive CHECK (amount_cents > 0),
    pay_on TEXT NOT NULL,
    agreement TEXT NOT NULL,
    language TEXT NOT NULL CONSTRAINT scheduled_payments_language_known CHECK (language IN ('en-US', 'es-US')),
    agreed_by TEXT NOT NULL,
    agreed_at TEXT NOT NULL,
    agreed_on TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT scheduled_payments_state_known CHECK (state IN ('planned', 'asked', 'made', 'skipped', 'stopped', 'canceled')),
    reason TEXT,
    attempts INTEGER NOT NULL,
    taken_cents INTEGER,
    payment_id INTEGER REFERENCES payments,
    CONSTRAINT scheduled_payments_taken_allowed CHECK (taken_cents <= amount_cents)
) STRICT;

CREATE INDEX scheduled_payments_to_do ON scheduled_payments (pay_on) WHERE state IN ('planned', 'asked');

CREATE INDEX scheduled_payments_by_account ON scheduled_payments (account_id, pay_on);

CREATE INDEX scheduled_payments_by_method ON scheduled_payments (payment_method_id);

ALTER TABLE saved_payments ADD COLUMN scheduled_payment_id INTEGER REFERENCES scheduled_payments;

CREATE INDEX saved_payments_by_scheduled ON saved_payments (scheduled_payment_id);
