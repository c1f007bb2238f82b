DROP TABLE rebill_proposals;

-- The earlier build knows no proposal that gives nothing beside the bills.
DROP TRIGGER dispute_proposals_decided_stays ON dispute_proposals;
DROP TRIGGER dispute_proposals_decided_kept ON dispute_proposals;
DELETE FROM dispute_proposals WHERE credit_cents = 0;
ALTER TABLE dispute_proposals DROP COLUMN difference_cents;
ALTER TABLE dispute_proposals RENAME COLUMN credit_cents TO former_credit_cents;
ALTER TABLE dispute_proposals ADD COLUMN credit_cents BIGINT NOT NULL DEFAULT 1 CONSTRAINT dispute_proposals_credit_positive CHECK (credit_cents > 0);
UPDATE dispute_proposals SET credit_cents = former_credit_cents;
ALTER TABLE dispute_proposals DROP COLUMN former_credit_cents;
CREATE TRIGGER dispute_proposals_decided_stays BEFORE UPDATE ON dispute_proposals FOR EACH ROW WHEN (OLD.status <> 'proposed') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_proposals_decided_kept BEFORE DELETE ON dispute_proposals FOR EACH ROW EXECUTE FUNCTION refuse_change();
