-- A deposit is asked of an account, held beside what it owes, earns interest, and is given back: every step stays, with its ledger entry.

CREATE TABLE deposits (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    request_key INTEGER NOT NULL CONSTRAINT deposits_request_key_unique UNIQUE,
    reason TEXT NOT NULL CONSTRAINT deposits_reason_known CHECK (reason IN ('new_customer', 'paid_late', 'shut_off')),
    fund TEXT NOT NULL,
    note TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    ended_on TEXT
) STRICT;

-- One open deposit of each account: what is asked of it twice is asked once.
CREATE UNIQUE INDEX deposits_open_once ON deposits (account_id) WHERE ended_on IS NULL;

CREATE INDEX deposits_by_account ON deposits (account_id, id);

CREATE TABLE deposit_moves (
    id INTEGER PRIMARY KEY,
    deposit_id INTEGER NOT NULL REFERENCES deposits,
    kind TEXT NOT NULL CONSTRAINT deposit_moves_kind_known CHECK (kind IN ('asked', 'waived', 'interest', 'released', 'applied')),
    amount_cents INTEGER NOT NULL CONSTRAINT deposit_moves_amount_some CHECK (amount_cents > 0),
    on_date TEXT NOT NULL,
    due_on TEXT,
    until_on TEXT,
    entry_id INTEGER NOT NULL CONSTRAINT deposit_moves_entry_unique UNIQUE REFERENCES ledger_entries,
    request_key INTEGER CONSTRAINT deposit_moves_request_key_unique UNIQUE,
    note TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    CONSTRAINT deposit_moves_due_when_asked CHECK ((kind = 'asked') = (due_on IS NOT NULL)),
    CONSTRAINT deposit_moves_until_of_interest CHECK ((kind = 'interest') = (until_on IS NOT NULL)),
    CONSTRAINT deposit_moves_interest_once UNIQUE (deposit_id, until_on)
) STRICT;

CREATE TRIGGER deposits_ended_stays BEFORE UPDATE ON deposits WHEN OLD.ended_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a deposit that ended is never changed'); END;
CREATE TRIGGER deposits_kept BEFORE DELETE ON deposits
BEGIN SELECT RAISE(ABORT, 'a deposit is never deleted'); END;
CREATE TRIGGER deposit_moves_never_updated BEFORE UPDATE ON deposit_moves BEGIN SELECT RAISE(ABORT, 'deposit_moves is append-only'); END;
CREATE TRIGGER deposit_moves_never_deleted BEFORE DELETE ON deposit_moves BEGIN SELECT RAISE(ABORT, 'deposit_moves is append-only'); END;
