-- Bills, their lines and their runs: an issued bill refuses change; what happens to it later is rows of its own.

CREATE TABLE bill_runs (
    id INTEGER PRIMARY KEY,
    cycle_period_id INTEGER NOT NULL REFERENCES cycle_periods,
    attempt INTEGER NOT NULL,
    status TEXT NOT NULL CONSTRAINT bill_runs_status_known CHECK (status IN ('drafting', 'drafted', 'issuing', 'issued', 'void')),
    cursor_account_id INTEGER NOT NULL,
    accounts_total INTEGER NOT NULL,
    accounts_done INTEGER NOT NULL,
    bills_drafted INTEGER NOT NULL,
    exceptions_found INTEGER NOT NULL,
    amount_cents INTEGER NOT NULL,
    started_by TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    CONSTRAINT bill_runs_attempt_unique UNIQUE (cycle_period_id, attempt)
) STRICT;

CREATE TABLE bills (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts,
    run_id INTEGER REFERENCES bill_runs,
    kind TEXT NOT NULL CONSTRAINT bills_kind_known CHECK (kind IN ('regular', 'final', 'rebill')),
    status TEXT NOT NULL CONSTRAINT bills_status_known CHECK (status IN ('draft', 'issued', 'void')),
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    issued_on TEXT,
    due_on TEXT NOT NULL,
    previous_cents INTEGER NOT NULL,
    total_cents INTEGER NOT NULL,
    replaces_bill_id INTEGER REFERENCES bills
) STRICT;

CREATE INDEX bills_by_account ON bills (account_id, until_on);

CREATE UNIQUE INDEX bills_once_a_run ON bills (run_id, account_id) WHERE status <> 'void' AND run_id IS NOT NULL;

CREATE UNIQUE INDEX bills_replaced_once ON bills (replaces_bill_id) WHERE status <> 'void' AND replaces_bill_id IS NOT NULL;

CREATE TRIGGER bills_issued_stays BEFORE UPDATE ON bills WHEN OLD.status <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an issued or voided bill is never changed'); END;
CREATE TRIGGER bills_issued_kept BEFORE DELETE ON bills WHEN OLD.status <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an issued or voided bill is never deleted'); END;

CREATE TABLE bill_segments (
    bill_id INTEGER NOT NULL REFERENCES bills,
    position INTEGER NOT NULL,
    service_agreement_id INTEGER NOT NULL REFERENCES service_agreements,
    commodity TEXT NOT NULL,
    rate_schedule_id INTEGER NOT NULL REFERENCES rate_schedules,
    quantity TEXT,
    unit TEXT,
    quality TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    working TEXT NOT NULL,
    PRIMARY KEY (bill_id, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER bill_segments_never_updated BEFORE UPDATE ON bill_segments BEGIN SELECT RAISE(ABORT, 'bill_segments is append-only'); END;
CREATE TRIGGER bill_segments_never_deleted BEFORE DELETE ON bill_segments BEGIN SELECT RAISE(ABORT, 'bill_segments is append-only'); END;

CREATE TABLE bill_lines (
    bill_id INTEGER NOT NULL REFERENCES bills,
    position INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    charge TEXT NOT NULL,
    quantity TEXT,
    price TEXT,
    amount_cents INTEGER NOT NULL,
    PRIMARY KEY (bill_id, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER bill_lines_never_updated BEFORE UPDATE ON bill_lines BEGIN SELECT RAISE(ABORT, 'bill_lines is append-only'); END;
CREATE TRIGGER bill_lines_never_deleted BEFORE DELETE ON bill_lines BEGIN SELECT RAISE(ABORT, 'bill_lines is append-only'); END;

CREATE TABLE bill_cancellations (
    bill_id INTEGER NOT NULL PRIMARY KEY REFERENCES bills,
    entry_id INTEGER NOT NULL REFERENCES ledger_entries,
    reason TEXT NOT NULL,
    canceled_by TEXT NOT NULL,
    canceled_at TEXT NOT NULL,
    on_date TEXT NOT NULL
) STRICT;

CREATE TRIGGER bill_cancellations_never_updated BEFORE UPDATE ON bill_cancellations BEGIN SELECT RAISE(ABORT, 'bill_cancellations is append-only'); END;
CREATE TRIGGER bill_cancellations_never_deleted BEFORE DELETE ON bill_cancellations BEGIN SELECT RAISE(ABORT, 'bill_cancellations is append-only'); END;

CREATE TABLE bill_deliveries (
    id INTEGER PRIMARY KEY,
    bill_id INTEGER NOT NULL REFERENCES bills,
    channel TEXT NOT NULL CONSTRAINT bill_deliveries_channel_known CHECK (channel IN ('portal', 'email', 'paper')),
    state TEXT NOT NULL CONSTRAINT bill_deliveries_state_known CHECK (state IN ('queued', 'sent', 'delivered', 'failed')),
    at TEXT NOT NULL,
    facts TEXT
) STRICT;

CREATE INDEX bill_deliveries_by_bill ON bill_deliveries (bill_id);

CREATE TRIGGER bill_deliveries_never_updated BEFORE UPDATE ON bill_deliveries BEGIN SELECT RAISE(ABORT, 'bill_deliveries is append-only'); END;
CREATE TRIGGER bill_deliveries_never_deleted BEFORE DELETE ON bill_deliveries BEGIN SELECT RAISE(ABORT, 'bill_deliveries is append-only'); END;
