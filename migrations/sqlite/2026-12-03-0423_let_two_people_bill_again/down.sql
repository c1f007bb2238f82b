DROP TABLE rebill_proposals;

-- The earlier build knows no proposal that gives nothing beside the bills.
DROP TRIGGER dispute_proposals_decided_stays;
DROP TRIGGER dispute_proposals_decided_kept;
DELETE FROM dispute_proposals WHERE credit_cents = 0;
ALTER TABLE dispute_proposals DROP COLUMN difference_cents;
ALTER TABLE dispute_proposals RENAME COLUMN credit_cents TO former_credit_cents;
ALTER TABLE dispute_proposals ADD COLUMN credit_cents INTEGER NOT NULL DEFAULT 1 CONSTRAINT dispute_proposals_credit_positive CHECK (credit_cents > 0);
UPDATE dispute_proposals SET credit_cents = former_credit_cents;
ALTER TABLE dispute_proposals DROP COLUMN former_credit_cents;
CREATE TRIGGER dispute_proposals_decided_stays BEFORE UPDATE ON dispute_proposals WHEN OLD.status <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'a proposal that was decided on is never changed'); END;
CREATE TRIGGER dispute_proposals_decided_kept BEFORE DELETE ON dispute_proposals
BEGIN SELECT RAISE(ABORT, 'a proposal is never deleted'); END;
