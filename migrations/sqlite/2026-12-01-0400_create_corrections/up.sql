-- What the office corrects by hand is kept as it was ordered and decided: by whom, why, and above a limit by a second person.

CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    request_key INTEGER NOT NULL CONSTRAINT corrections_request_key_unique UNIQUE,
    kind TEXT NOT NULL CONSTRAINT corrections_kind_known CHECK (kind IN ('credit', 'charge', 'refund', 'waiver', 'transfer', 'write_off')),
    status TEXT NOT NULL CONSTRAINT corrections_status_known CHECK (status IN ('proposed', 'posted', 'refused', 'withdrawn')),
    account_id INTEGER NOT NULL REFERENCES accounts,
    other_account_id INTEGER REFERENCES accounts,
    amount_cents INTEGER NOT NULL CONSTRAINT corrections_amount_positive CHECK (amount_cents > 0),
    details TEXT NOT NULL,
    reason TEXT NOT NULL CONSTRAINT corrections_reason_said CHECK (reason <> ''),
    note TEXT NOT NULL,
    seal TEXT NOT NULL,
    takes_two INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_by_id INTEGER,
    made_on TEXT NOT NULL,
    made_at TEXT NOT NULL,
    decided_by TEXT,
    decided_by_id INTEGER,
    decided_at TEXT,
    decided_note TEXT,
    entry_id INTEGER REFERENCES ledger_entries,
    CONSTRAINT corrections_other_account_two CHECK ((kind = 'transfer') = (other_account_id IS NOT NULL) AND COALESCE(other_account_id <> account_id, TRUE)),
    CONSTRAINT corrections_entry_posted CHECK ((status = 'posted') = (entry_id IS NOT NULL)),
    CONSTRAINT corrections_decided_whole CHECK ((status = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT corrections_second_person CHECK (status NOT IN ('posted', 'refused') OR NOT takes_two OR decided_by <> made_by)
) STRICT;

CREATE INDEX corrections_by_account ON corrections (account_id, id);
CREATE INDEX corrections_by_other_account ON corrections (other_account_id) WHERE other_account_id IS NOT NULL;
CREATE INDEX corrections_by_status ON corrections (status, id);

CREATE TRIGGER corrections_decided_stays BEFORE UPDATE ON corrections WHEN OLD.status <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'a correction that was decided on is never changed'); END;
CREATE TRIGGER corrections_decided_kept BEFORE DELETE ON corrections
BEGIN SELECT RAISE(ABORT, 'a correction is never deleted'); END;
