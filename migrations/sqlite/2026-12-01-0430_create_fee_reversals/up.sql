-- A day of fees that should not have been charged is taken back as a whole: ordered by one person, decided by another, done in chunks.

CREATE TABLE fee_reversals (
    id INTEGER PRIMARY KEY,
    request_key INTEGER NOT NULL CONSTRAINT fee_reversals_request_key_unique UNIQUE,
    kind TEXT NOT NULL CONSTRAINT fee_reversals_kind_known CHECK (kind IN ('late_fee', 'returned_payment_fee')),
    charged_on TEXT NOT NULL,
    last_entry_id INTEGER NOT NULL REFERENCES ledger_entries,
    status TEXT NOT NULL CONSTRAINT fee_reversals_status_known CHECK (status IN ('proposed', 'approved', 'done', 'refused', 'withdrawn')),
    reason TEXT NOT NULL CONSTRAINT fee_reversals_reason_said CHECK (reason <> ''),
    note TEXT NOT NULL,
    fees INTEGER NOT NULL CONSTRAINT fee_reversals_fees_some CHECK (fees > 0),
    amount_cents INTEGER NOT NULL,
    paid_cents INTEGER NOT NULL CONSTRAINT fee_reversals_paid_within CHECK (paid_cents >= 0 AND paid_cents <= amount_cents),
    reversed INTEGER NOT NULL,
    reversed_cents INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_by_id INTEGER,
    made_at TEXT NOT NULL,
    decided_by TEXT,
    decided_by_id INTEGER,
    decided_at TEXT,
    decided_note TEXT,
    done_at TEXT,
    CONSTRAINT fee_reversals_done_whole CHECK ((status = 'done') = (done_at IS NOT NULL)),
    CONSTRAINT fee_reversals_second_person CHECK (status NOT IN ('approved', 'done', 'refused') OR (decided_by IS NOT NULL AND decided_by <> made_by))
) STRICT;

CREATE INDEX fee_reversals_by_status ON fee_reversals (status, id);
CREATE INDEX ledger_entries_fees_by_day ON ledger_entries (on_date, kind, id) WHERE kind IN ('late_fee', 'returned_payment_fee');

CREATE TRIGGER fee_reversals_ended_stays BEFORE UPDATE ON fee_reversals WHEN OLD.status NOT IN ('proposed', 'approved')
BEGIN SELECT RAISE(ABORT, 'a reversal that ended is never changed'); END;
CREATE TRIGGER fee_reversals_ended_kept BEFORE DELETE ON fee_reversals
BEGIN SELECT RAISE(ABORT, 'a reversal is never deleted'); END;
