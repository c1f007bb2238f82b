-- What came by the processor goes back by it: a refund is kept before the processor is called, with who ordered and who decided it, so that it is sent once.

CREATE TABLE payment_refunds (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT payment_refunds_request_key_unique UNIQUE,
    payment_id INTEGER NOT NULL REFERENCES payments,
    account_id INTEGER NOT NULL REFERENCES accounts,
    amount_cents INTEGER NOT NULL CONSTRAINT payment_refunds_amount_positive CHECK (amount_cents > 0),
    status TEXT NOT NULL CONSTRAINT payment_refunds_status_known CHECK (status IN ('proposed', 'ordered', 'sent', 'failed', 'refused', 'withdrawn')),
    reason TEXT NOT NULL CONSTRAINT payment_refunds_reason_said CHECK (reason <> ''),
    note TEXT NOT NULL,
    takes_two INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_by_id INTEGER,
    made_on TEXT NOT NULL,
    made_at TEXT NOT NULL,
    decided_by TEXT,
    decided_by_id INTEGER,
    decided_at TEXT,
    decided_note TEXT,
    processor_reference TEXT CONSTRAINT payment_refunds_reference_unique UNIQUE,
    failure TEXT,
    CONSTRAINT payment_refunds_decided_whole CHECK ((status = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT payment_refunds_sent_named CHECK ((status = 'sent') = (processor_reference IS NOT NULL) AND (status = 'failed') = (failure IS NOT NULL)),
    CONSTRAINT payment_refunds_second_person CHECK (status = 'withdrawn' OR NOT takes_two OR decided_by <> made_by)
) STRICT;

CREATE INDEX payment_refunds_by_payment ON payment_refunds (payment_id, id);
CREATE INDEX payment_refunds_open ON payment_refunds (status, id) WHERE status IN ('proposed', 'ordered');

CREATE TRIGGER payment_refunds_ended_stays BEFORE UPDATE ON payment_refunds WHEN OLD.status NOT IN ('proposed', 'ordered')
BEGIN SELECT RAISE(ABORT, 'a refund that has ended is never changed'); END;
CREATE TRIGGER payment_refunds_ended_kept BEFORE DELETE ON payment_refunds
BEGIN SELECT RAISE(ABORT, 'a refund is never deleted'); END;
