-- What needs a person, what was told to customers, and who did what.

CREATE TABLE exceptions (
    id INTEGER PRIMARY KEY,
    source_key TEXT NOT NULL CONSTRAINT exceptions_source_unique UNIQUE,
    kind TEXT NOT NULL CONSTRAINT exceptions_kind_known CHECK (kind IN ('read', 'bill', 'payment', 'import', 'delivery')),
    reason TEXT NOT NULL,
    facts TEXT NOT NULL,
    account_id INTEGER REFERENCES accounts,
    service_agreement_id INTEGER,
    register_id INTEGER,
    read_id INTEGER,
    bill_id INTEGER,
    run_id INTEGER,
    priority INTEGER NOT NULL,
    status TEXT NOT NULL CONSTRAINT exceptions_status_known CHECK (status IN ('open', 'resolved', 'dismissed')),
    opened_at TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    owner_staff_id INTEGER REFERENCES staff,
    resolved_at TEXT,
    resolved_by TEXT,
    resolution TEXT
) STRICT;

CREATE INDEX exceptions_open ON exceptions (priority, id) WHERE status = 'open';

CREATE INDEX exceptions_by_account ON exceptions (account_id);

CREATE INDEX exceptions_by_run ON exceptions (run_id);

CREATE INDEX exceptions_open_by_bill ON exceptions (bill_id) WHERE status = 'open' AND bill_id IS NOT NULL;

CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    source_key TEXT CONSTRAINT notices_source_unique UNIQUE,
    kind TEXT NOT NULL,
    account_id INTEGER REFERENCES accounts,
    login_id INTEGER,
    channel TEXT NOT NULL CONSTRAINT notices_channel_known CHECK (channel IN ('email', 'text', 'paper', 'portal')),
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    facts TEXT NOT NULL,
    subject TEXT,
    body TEXT,
    state TEXT NOT NULL CONSTRAINT notices_state_known CHECK (state IN ('queued', 'sent', 'failed')),
    attempts INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    next_at TEXT NOT NULL,
    sent_at TEXT,
    error TEXT
) STRICT;

CREATE INDEX notices_waiting ON notices (channel, next_at) WHERE state = 'queued';

CREATE INDEX notices_by_account ON notices (account_id, id);

CREATE TABLE audit_rows (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    on_date TEXT NOT NULL,
    actor_kind TEXT NOT NULL CONSTRAINT audit_rows_actor_known CHECK (actor_kind IN ('staff', 'login', 'visitor', 'clock', 'operator', 'processor')),
    actor_id INTEGER,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    account_id INTEGER,
    facts TEXT NOT NULL,
    request_id TEXT
) STRICT;

CREATE INDEX audit_rows_by_account ON audit_rows (account_id, id) WHERE account_id IS NOT NULL;
-- A run leaves one row for many bills; an account's trail finds it by the run.
CREATE INDEX audit_rows_by_run ON audit_rows (subject_id) WHERE subject_kind = 'bill_run';

CREATE TRIGGER audit_rows_never_updated BEFORE UPDATE ON audit_rows BEGIN SELECT RAISE(ABORT, 'audit_rows is append-only'); END;
CREATE TRIGGER audit_rows_never_deleted BEFORE DELETE ON audit_rows BEGIN SELECT RAISE(ABORT, 'audit_rows is append-only'); END;
