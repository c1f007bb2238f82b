-- Money received, how far each payment has come, every event the processor sent, kept raw before it is read, and our account there.

CREATE TABLE joint_payments (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT joint_payments_request_unique UNIQUE,
    amount_cents INTEGER NOT NULL CONSTRAINT joint_payments_amount_positive CHECK (amount_cents > 0)
) STRICT;

CREATE TABLE payments (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL CONSTRAINT payments_number_unique UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts,
    amount_cents INTEGER NOT NULL CONSTRAINT payments_amount_positive CHECK (amount_cents > 0),
    channel TEXT NOT NULL CONSTRAINT payments_channel_known CHECK (channel IN ('portal', 'office', 'lockbox', 'phone', 'drop_box', 'conversion')),
    tender TEXT NOT NULL CONSTRAINT payments_tender_known CHECK (tender IN ('card', 'bank_account', 'cash', 'check', 'unknown')),
    tender_label TEXT,
    processor TEXT NOT NULL,
    processor_reference TEXT,
    session_reference TEXT,
    request_key TEXT CONSTRAINT payments_request_unique UNIQUE,
    checkout_url TEXT,
    fingerprint TEXT,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    requested_on TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT payments_state_known CHECK (state IN ('requested', 'processing', 'succeeded', 'failed', 'canceled', 'refunded_part', 'refunded', 'returned', 'charged_back', 'reversed')),
    processed_at TEXT,
    failure TEXT,
    joint_payment_id INTEGER REFERENCES joint_payments,
    joint_place INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT payments_joint_place_of_joint CHECK (joint_payment_id IS NOT NULL OR joint_place = 0),
    CONSTRAINT payments_reference_unique UNIQUE (processor, processor_reference, joint_place)
) STRICT;

CREATE INDEX payments_by_account ON payments (account_id, id);

CREATE UNIQUE INDEX payments_joint_account_unique ON payments (joint_payment_id, account_id) WHERE joint_payment_id IS NOT NULL;

CREATE INDEX payments_by_session ON payments (session_reference);

CREATE TABLE payment_moves (
    id INTEGER PRIMARY KEY,
    payment_id INTEGER NOT NULL REFERENCES payments,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    on_date TEXT NOT NULL,
    reason TEXT,
    entry_id INTEGER REFERENCES ledger_entries
) STRICT;

CREATE INDEX payment_moves_by_payment ON payment_moves (payment_id);

CREATE TRIGGER payment_moves_never_updated BEFORE UPDATE ON payment_moves BEGIN SELECT RAISE(ABORT, 'payment_moves is append-only'); END;
CREATE TRIGGER payment_moves_never_deleted BEFORE DELETE ON payment_moves BEGIN SELECT RAISE(ABORT, 'payment_moves is append-only'); END;

CREATE TABLE provider_events (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    session_reference TEXT,
    processor_reference TEXT,
    created_at TEXT NOT NULL,
    api_version TEXT,
    is_live INTEGER NOT NULL,
    payload TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT provider_events_state_known CHECK (state IN ('received', 'done', 'ignored', 'parked', 'failed')),
    attempts INTEGER NOT NULL,
    next_at TEXT NOT NULL,
    error TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX provider_events_waiting ON provider_events (state, next_at);

CREATE TABLE payouts (
    id INTEGER PRIMARY KEY,
    processor TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    arrives_on TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT payouts_status_known CHECK (status IN ('pending', 'in_transit', 'paid', 'failed', 'canceled')),
    recorded_at TEXT NOT NULL,
    CONSTRAINT payouts_reference_unique UNIQUE (processor, reference)
) STRICT;

CREATE TABLE processor_lines (
    id INTEGER PRIMARY KEY,
    processor TEXT NOT NULL,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT processor_lines_kind_known CHECK (kind IN ('charge', 'refund', 'refund_failure', 'dispute', 'payout', 'payout_failure', 'cost', 'other')),
    source TEXT,
    payment_id INTEGER REFERENCES payments,
    payout_id INTEGER REFERENCES payouts,
    amount_cents INTEGER NOT NULL,
    fee_cents INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    entry_id INTEGER CONSTRAINT processor_lines_entry_unique UNIQUE REFERENCES ledger_entries,
    fee_entry_id INTEGER CONSTRAINT processor_lines_fee_entry_unique UNIQUE REFERENCES ledger_entries,
    CONSTRAINT processor_lines_reference_unique UNIQUE (processor, reference)
) STRICT;

CREATE INDEX processor_lines_by_payment ON processor_lines (payment_id);

CREATE INDEX processor_lines_by_payout ON processor_lines (payout_id);

CREATE INDEX processor_lines_waiting ON processor_lines (processor, id) WHERE entry_id IS NULL;

CREATE TABLE processor_line_entries (
    entry_id INTEGER PRIMARY KEY REFERENCES ledger_entries,
    processor_line_id INTEGER NOT NULL REFERENCES processor_lines
) STRICT;

CREATE INDEX processor_line_entries_by_line ON processor_line_entries (processor_line_id);

CREATE TABLE processor_readings (
    id INTEGER PRIMARY KEY,
    processor TEXT NOT NULL,
    read_at TEXT NOT NULL,
    settled_before TEXT NOT NULL,
    balance_cents INTEGER NOT NULL,
    lines_cents INTEGER NOT NULL
) STRICT;
