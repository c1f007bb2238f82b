-- What customers let us keep to be paid by, what they allowed us to charge by ourselves, and each charge that follows from it.

CREATE TABLE payment_methods (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT payment_methods_request_unique UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts,
    tender TEXT NOT NULL CONSTRAINT payment_methods_tender_known CHECK (tender IN ('card', 'bank_account', 'cash', 'check', 'unknown')),
    processor TEXT NOT NULL,
    customer_reference TEXT,
    session_reference TEXT CONSTRAINT payment_methods_session_unique UNIQUE,
    checkout_url TEXT,
    processor_reference TEXT,
    brand TEXT CONSTRAINT payment_methods_brand_known CHECK (brand IN ('visa', 'mastercard', 'amex', 'discover', 'bank', 'other')),
    last4 TEXT,
    expires_on TEXT,
    bank_name TEXT,
    bank_kind TEXT,
    fingerprint TEXT,
    state TEXT NOT NULL CONSTRAINT payment_methods_state_known CHECK (state IN ('asked', 'attached', 'removed', 'blocked', 'left')),
    is_default INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    attached_at TEXT,
    ended_at TEXT,
    ended_because TEXT,
    CONSTRAINT payment_methods_reference_unique UNIQUE (processor, processor_reference)
) STRICT;

CREATE INDEX payment_methods_by_account ON payment_methods (account_id, id);

CREATE TABLE autopay_enrolments (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    payment_method_id INTEGER NOT NULL REFERENCES payment_methods,
    day_of_month INTEGER CONSTRAINT autopay_enrolments_day_possible CHECK (day_of_month BETWEEN 1 AND 28),
    cap_cents INTEGER CONSTRAINT autopay_enrolments_cap_positive CHECK (cap_cents > 0),
    agreement TEXT NOT NULL,
    language TEXT NOT NULL CONSTRAINT autopay_enrolments_language_known CHECK (language IN ('en-US', 'es-US')),
    agreed_by TEXT NOT NULL,
    agreed_at TEXT NOT NULL,
    agreed_on TEXT NOT NULL,
    paused_until TEXT,
    ended_at TEXT,
    ended_by TEXT,
    ended_because TEXT CONSTRAINT autopay_enrolments_end_known CHECK (ended_because IN ('stopped', 'changed', 'removed', 'returned', 'declined'))
) STRICT;

CREATE UNIQUE INDEX autopay_enrolments_one_in_force ON autopay_enrolments (account_id) WHERE ended_at IS NULL;

CREATE INDEX autopay_enrolments_by_method ON autopay_enrolments (payment_method_id);

CREATE TABLE autopay_charges (
    id INTEGER PRIMARY KEY,
    enrolment_id INTEGER NOT NULL REFERENCES autopay_enrolments,
    bill_id INTEGER NOT NULL REFERENCES bills,
    due_on TEXT NOT NULL,
    charge_on TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    state TEXT NOT NULL CONSTRAINT autopay_charges_state_known CHECK (state IN ('planned', 'asked', 'made', 'skipped', 'stopped')),
    reason TEXT,
    told_cents INTEGER,
    told_on TEXT,
    amount_cents INTEGER,
    payment_id INTEGER REFERENCES payments,
    planned_at TEXT NOT NULL,
    CONSTRAINT autopay_charges_bill_once UNIQUE (enrolment_id, bill_id)
) STRICT;

CREATE INDEX autopay_charges_to_do ON autopay_charges (charge_on) WHERE state IN ('planned', 'asked');

CREATE INDEX autopay_charges_by_bill ON autopay_charges (bill_id);

CREATE TABLE saved_payments (
    payment_id INTEGER NOT NULL PRIMARY KEY REFERENCES payments,
    payment_method_id INTEGER NOT NULL REFERENCES payment_methods,
    autopay_charge_id INTEGER REFERENCES autopay_charges
) STRICT;

CREATE INDEX saved_payments_by_charge ON saved_payments (autopay_charge_id);
