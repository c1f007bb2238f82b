-- A check that was lost, or never cashed, is answered by a row of its own: what it was to pay out is the customer's again.

CREATE TABLE refund_check_voids (
    entry_id INTEGER PRIMARY KEY REFERENCES refund_checks,
    answer_entry_id INTEGER NOT NULL CONSTRAINT refund_check_voids_answer_unique UNIQUE REFERENCES ledger_entries,
    reason TEXT NOT NULL CONSTRAINT refund_check_voids_reason_filled CHECK (reason <> ''),
    voided_on TEXT NOT NULL,
    voided_by TEXT NOT NULL,
    voided_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER refund_check_voids_never_updated BEFORE UPDATE ON refund_check_voids BEGIN SELECT RAISE(ABORT, 'refund_check_voids is append-only'); END;
CREATE TRIGGER refund_check_voids_never_deleted BEFORE DELETE ON refund_check_voids BEGIN SELECT RAISE(ABORT, 'refund_check_voids is append-only'); END;
