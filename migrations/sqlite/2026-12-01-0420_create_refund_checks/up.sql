-- Credits that are given back by check wait until somebody wrote the check, with its number.

CREATE TABLE refund_checks (
    entry_id INTEGER PRIMARY KEY REFERENCES ledger_entries,
    account_id INTEGER NOT NULL REFERENCES accounts,
    amount_cents INTEGER NOT NULL CONSTRAINT refund_checks_amount_positive CHECK (amount_cents > 0),
    asked_on TEXT NOT NULL,
    check_number TEXT CONSTRAINT refund_checks_check_number_unique UNIQUE,
    paid_on TEXT,
    paid_by TEXT,
    paid_at TEXT,
    CONSTRAINT refund_checks_paid_whole CHECK ((check_number IS NULL) = (paid_on IS NULL) AND (paid_on IS NULL) = (paid_by IS NULL) AND (paid_on IS NULL) = (paid_at IS NULL))
) STRICT;

CREATE INDEX refund_checks_by_day ON refund_checks (paid_on, asked_on);

CREATE TRIGGER refund_checks_paid_stays BEFORE UPDATE ON refund_checks WHEN OLD.paid_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a check that was written is never changed'); END;
CREATE TRIGGER refund_checks_paid_kept BEFORE DELETE ON refund_checks
BEGIN SELECT RAISE(ABORT, 'a check that was asked for is never deleted'); END;
