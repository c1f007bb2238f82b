-- An account that moves to a place of another cycle is billed by its old cycle until a day and by the new one from it on, so that each day is billed once. Where a customer's mail goes from a day to come waits here for it. Places are found by the beginning of their address.

CREATE TABLE former_cycles (
    account_id INTEGER NOT NULL REFERENCES accounts,
    cycle_id INTEGER NOT NULL REFERENCES cycles,
    until_on TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (account_id, until_on)
) STRICT, WITHOUT ROWID;

CREATE INDEX former_cycles_by_cycle ON former_cycles (cycle_id, until_on);

CREATE TRIGGER former_cycles_never_updated BEFORE UPDATE ON former_cycles BEGIN SELECT RAISE(ABORT, 'former_cycles is append-only'); END;
CREATE TRIGGER former_cycles_never_deleted BEFORE DELETE ON former_cycles BEGIN SELECT RAISE(ABORT, 'former_cycles is append-only'); END;

CREATE TABLE coming_addresses (
    customer_id INTEGER PRIMARY KEY REFERENCES customers,
    account_id INTEGER NOT NULL REFERENCES accounts,
    from_on TEXT NOT NULL,
    mailing_address TEXT,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL
) STRICT;

CREATE INDEX coming_addresses_by_day ON coming_addresses (from_on);

CREATE INDEX premises_by_search_text ON premises (search_text);
