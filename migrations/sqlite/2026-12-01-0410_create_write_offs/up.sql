-- What was given up of an account's debts is not forgotten: how much of which fund, and what of it came back.

CREATE TABLE write_offs (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    entry_id INTEGER NOT NULL REFERENCES ledger_entries,
    fund TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CONSTRAINT write_offs_amount_something CHECK (amount_cents <> 0),
    on_date TEXT NOT NULL,
    CONSTRAINT write_offs_fund_once UNIQUE (entry_id, fund)
) STRICT;

CREATE INDEX write_offs_by_account ON write_offs (account_id);

CREATE TRIGGER write_offs_never_updated BEFORE UPDATE ON write_offs BEGIN SELECT RAISE(ABORT, 'write_offs is append-only'); END;
CREATE TRIGGER write_offs_never_deleted BEFORE DELETE ON write_offs BEGIN SELECT RAISE(ABORT, 'write_offs is append-only'); END;
