-- Credits that are given back by check wait until somebody wrote the check, with its number.

CREATE TABLE refund_checks (
    entry_id BIGINT PRIMARY KEY REFERENCES ledger_entries,
    account_id BIGINT NOT NULL REFERENCES accounts,
    amount_cents BIGINT NOT NULL CONSTRAINT refund_checks_amount_positive CHECK (amount_cents > 0),
    asked_on DATE NOT NULL,
    check_number TEXT CONSTRAINT refund_checks_check_number_unique UNIQUE,
    paid_on DATE,
    paid_by TEXT,
    paid_at TIMESTAMP,
    CONSTRAINT refund_checks_paid_whole CHECK ((check_number IS NULL) = (paid_on IS NULL) AND (paid_on IS NULL) = (paid_by IS NULL) AND (paid_on IS NULL) = (paid_at IS NULL))
);

CREATE INDEX refund_checks_by_day ON refund_checks (paid_on, asked_on);

CREATE TRIGGER refund_checks_paid_stays BEFORE UPDATE ON refund_checks FOR EACH ROW WHEN (OLD.paid_on IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_checks_paid_kept BEFORE DELETE ON refund_checks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_checks_not_truncated BEFORE TRUNCATE ON refund_checks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
