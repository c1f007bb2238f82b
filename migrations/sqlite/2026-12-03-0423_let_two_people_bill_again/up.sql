-- Whoever may not cancel a bill and bill its period again proposes it: a second person sees what it comes to, and decides. In a dispute the same waits as an outcome, also where it gives nothing beside the bills.

DROP TRIGGER dispute_proposals_decided_stays;
ALTER TABLE dispute_proposals RENAME COLUMN credit_cents TO former_credit_cents;
ALTER TABLE dispute_proposals ADD COLUMN credit_cents INTEGER NOT NULL DEFAULT 0 CONSTRAINT dispute_proposals_credit_not_negative CHECK (credit_cents >= 0);
UPDATE dispute_proposals SET credit_cents = former_credit_cents;
ALTER TABLE dispute_proposals DROP COLUMN former_credit_cents;
ALTER TABLE dispute_proposals ADD COLUMN difference_cents INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER dispute_proposals_decided_stays BEFORE UPDATE ON dispute_proposals WHEN OLD.status <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'a proposal that was decided on is never changed'); END;

CREATE TABLE rebill_proposals (
    id INTEGER PRIMARY KEY,
    bill_id INTEGER NOT NULL REFERENCES bills,
    account_id INTEGER NOT NULL REFERENCES accounts,
    status TEXT NOT NULL CONSTRAINT rebill_proposals_status_known CHECK (status IN ('proposed', 'posted', 'refused', 'withdrawn')),
    difference_cents INTEGER NOT NULL,
    reason TEXT NOT NULL CONSTRAINT rebill_proposals_reason_said CHECK (reason <> ''),
    made_by TEXT NOT NULL,
    made_by_id INTEGER,
    made_on TEXT NOT NULL,
    made_at TEXT NOT NULL,
    decided_by TEXT,
    decided_by_id INTEGER,
    decided_at TEXT,
    decided_note TEXT,
    CONSTRAINT rebill_proposals_decided_whole CHECK ((status = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT rebill_proposals_second_person CHECK (status NOT IN ('posted', 'refused') OR decided_by <> made_by)
) STRICT;

CREATE INDEX rebill_proposals_by_bill ON rebill_proposals (bill_id, id);
CREATE UNIQUE INDEX rebill_proposals_one_waits ON rebill_proposals (bill_id) WHERE status = 'proposed';

CREATE TRIGGER rebill_proposals_decided_stays BEFORE UPDATE ON rebill_proposals WHEN OLD.status <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'a proposal that was decided on is never changed'); END;
CREATE TRIGGER rebill_proposals_decided_kept BEFORE DELETE ON rebill_proposals
BEGIN SELECT RAISE(ABORT, 'a proposal is never deleted'); END;
