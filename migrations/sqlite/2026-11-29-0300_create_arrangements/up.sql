-- More time to pay: extensions and payment arrangements, the debts that each covers, its installments, and every move of it.

CREATE TABLE arrangements (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL CONSTRAINT arrangements_number_unique UNIQUE,
    request_key TEXT NOT NULL CONSTRAINT arrangements_request_unique UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts,
    kind TEXT NOT NULL CONSTRAINT arrangements_kind_known CHECK (kind IN ('extension', 'arrangement')),
    amount_cents INTEGER NOT NULL CONSTRAINT arrangements_amount_positive CHECK (amount_cents > 0),
    grace_days INTEGER NOT NULL CONSTRAINT arrangements_grace_not_negative CHECK (grace_days >= 0),
    state TEXT NOT NULL CONSTRAINT arrangements_state_known CHECK (state IN ('open', 'kept', 'broken', 'canceled')),
    channel TEXT NOT NULL CONSTRAINT arrangements_channel_known CHECK (channel IN ('portal', 'office')),
    agreement TEXT NOT NULL,
    language TEXT NOT NULL CONSTRAINT arrangements_language_known CHECK (language IN ('en-US', 'es-US')),
    policy_version INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_on TEXT NOT NULL,
    ended_on TEXT,
    CONSTRAINT arrangements_ended_with_state CHECK ((state = 'open') = (ended_on IS NULL))
) STRICT;

CREATE UNIQUE INDEX arrangements_one_open ON arrangements (account_id) WHERE state = 'open';

CREATE INDEX arrangements_by_account ON arrangements (account_id, id);

CREATE INDEX arrangements_by_state ON arrangements (state, ended_on, id);

CREATE TABLE arrangement_installments (
    arrangement_id INTEGER NOT NULL REFERENCES arrangements,
    position INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CONSTRAINT arrangement_installments_amount_positive CHECK (amount_cents > 0),
    PRIMARY KEY (arrangement_id, position)
) STRICT;

CREATE TABLE arrangement_debts (
    arrangement_id INTEGER NOT NULL REFERENCES arrangements,
    entry_id INTEGER NOT NULL REFERENCES ledger_entries,
    amount_cents INTEGER NOT NULL CONSTRAINT arrangement_debts_amount_positive CHECK (amount_cents > 0),
    PRIMARY KEY (arrangement_id, entry_id)
) STRICT;

CREATE INDEX arrangement_debts_by_entry ON arrangement_debts (entry_id);

CREATE TABLE arrangement_steps (
    id INTEGER PRIMARY KEY,
    arrangement_id INTEGER NOT NULL REFERENCES arrangements,
    state TEXT NOT NULL CONSTRAINT arrangement_steps_state_known CHECK (state IN ('open', 'kept', 'broken', 'canceled')),
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_on TEXT NOT NULL,
    words TEXT
) STRICT;

CREATE INDEX arrangement_steps_by_arrangement ON arrangement_steps (arrangement_id, id);

CREATE TRIGGER arrangement_installments_never_updated BEFORE UPDATE ON arrangement_installments BEGIN SELECT RAISE(ABORT, 'arrangement_installments is append-only'); END;
CREATE TRIGGER arrangement_installments_never_deleted BEFORE DELETE ON arrangement_installments BEGIN SELECT RAISE(ABORT, 'arrangement_installments is append-only'); END;
CREATE TRIGGER arrangement_debts_never_updated BEFORE UPDATE ON arrangement_debts BEGIN SELECT RAISE(ABORT, 'arrangement_debts is append-only'); END;
CREATE TRIGGER arrangement_debts_never_deleted BEFORE DELETE ON arrangement_debts BEGIN SELECT RAISE(ABORT, 'arrangement_debts is append-only'); END;
CREATE TRIGGER arrangement_steps_never_updated BEFORE UPDATE ON arrangement_steps BEGIN SELECT RAISE(ABORT, 'arrangement_steps is append-only'); END;
CREATE TRIGGER arrangement_steps_never_deleted BEFORE DELETE ON arrangement_steps BEGIN SELECT RAISE(ABORT, 'arrangement_steps is append-only'); END;
