-- The ledger is history: a mistake is answered by a reversal, never by an edit.

CREATE TABLE ledger_entries (
    id INTEGER PRIMARY KEY,
    account_id INTEGER REFERENCES accounts,
    kind TEXT NOT NULL CONSTRAINT ledger_entries_kind_known CHECK (kind IN ('bill', 'cancellation', 'payment', 'payment_return', 'payment_reinstatement', 'credit_application', 'credit_release', 'refund', 'late_fee', 'returned_payment_fee', 'adjustment', 'processor_cost', 'payout', 'payout_return', 'dispute_withheld', 'dispute_restored')),
    on_date TEXT NOT NULL,
    posted_at TEXT NOT NULL,
    source_kind TEXT NOT NULL CONSTRAINT ledger_entries_source_known CHECK (source_kind IN ('bill', 'payment', 'payment_move', 'entry', 'adjustment', 'processor_line')),
    source_id INTEGER NOT NULL,
    reverses_entry_id INTEGER REFERENCES ledger_entries,
    receivable_cents INTEGER NOT NULL,
    memo TEXT,
    CONSTRAINT ledger_entries_source_once UNIQUE (source_id, source_kind, kind)
) STRICT;

CREATE INDEX ledger_entries_by_account ON ledger_entries (account_id, on_date, receivable_cents);

CREATE TRIGGER ledger_entries_never_updated BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;
CREATE TRIGGER ledger_entries_never_deleted BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;

CREATE TABLE ledger_postings (
    entry_id INTEGER NOT NULL REFERENCES ledger_entries,
    position INTEGER NOT NULL,
    gl_account TEXT NOT NULL,
    fund TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CONSTRAINT ledger_postings_amount_not_zero CHECK (amount_cents <> 0),
    due_on TEXT,
    PRIMARY KEY (entry_id, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_postings_never_updated BEFORE UPDATE ON ledger_postings BEGIN SELECT RAISE(ABORT, 'ledger_postings is append-only'); END;
CREATE TRIGGER ledger_postings_never_deleted BEFORE DELETE ON ledger_postings BEGIN SELECT RAISE(ABORT, 'ledger_postings is append-only'); END;

CREATE TABLE ledger_applications (
    entry_id INTEGER NOT NULL REFERENCES ledger_entries,
    position INTEGER NOT NULL,
    credit_entry_id INTEGER NOT NULL REFERENCES ledger_entries,
    debit_entry_id INTEGER NOT NULL REFERENCES ledger_entries,
    debit_position INTEGER NOT NULL,
    amount_cents INTEGER NOT NULL CONSTRAINT ledger_applications_amount_not_zero CHECK (amount_cents <> 0),
    on_date TEXT NOT NULL,
    PRIMARY KEY (entry_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_applications_by_debit ON ledger_applications (debit_entry_id);

CREATE INDEX ledger_applications_by_credit ON ledger_applications (credit_entry_id);

CREATE TRIGGER ledger_applications_never_updated BEFORE UPDATE ON ledger_applications BEGIN SELECT RAISE(ABORT, 'ledger_applications is append-only'); END;
CREATE TRIGGER ledger_applications_never_deleted BEFORE DELETE ON ledger_applications BEGIN SELECT RAISE(ABORT, 'ledger_applications is append-only'); END;

CREATE TABLE open_items (
    entry_id INTEGER NOT NULL PRIMARY KEY REFERENCES ledger_entries,
    account_id INTEGER NOT NULL,
    account_class TEXT NOT NULL,
    due_on TEXT NOT NULL,
    original_cents INTEGER NOT NULL,
    remaining_cents INTEGER NOT NULL CONSTRAINT open_items_remaining_positive CHECK (remaining_cents > 0)
) STRICT;

CREATE INDEX open_items_by_account ON open_items (account_id);

CREATE INDEX open_items_by_class ON open_items (account_class, due_on, remaining_cents);

CREATE TABLE customer_credits (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts,
    account_class TEXT NOT NULL,
    held_cents INTEGER NOT NULL CONSTRAINT customer_credits_held_positive CHECK (held_cents > 0)
) STRICT;
