-- A check that was lost, or never cashed, is answered by a row of its own: what it was to pay out is the customer's again.

CREATE TABLE refund_check_voids (
    entry_id BIGINT PRIMARY KEY REFERENCES refund_checks,
    answer_entry_id BIGINT NOT NULL CONSTRAINT refund_check_voids_answer_unique UNIQUE REFERENCES ledger_entries,
    reason TEXT NOT NULL CONSTRAINT refund_check_voids_reason_filled CHECK (reason <> ''),
    voided_on DATE NOT NULL,
    voided_by TEXT NOT NULL,
    voided_at TIMESTAMP NOT NULL
);

CREATE TRIGGER refund_check_voids_never_changed BEFORE UPDATE OR DELETE ON refund_check_voids FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_check_voids_never_truncated BEFORE TRUNCATE ON refund_check_voids FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
