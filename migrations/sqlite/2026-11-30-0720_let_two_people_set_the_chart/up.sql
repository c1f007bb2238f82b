-- What a second person must approve before it is a policy, such as the chart of accounts: proposed, approved or given up, and kept as it was decided.

CREATE TABLE policy_proposals (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    from_on TEXT NOT NULL,
    document TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT policy_proposals_status_known CHECK (status IN ('proposed', 'approved', 'withdrawn')),
    proposed_by TEXT NOT NULL,
    proposed_by_id INTEGER,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_by_id INTEGER,
    decided_at TEXT,
    CONSTRAINT policy_proposals_second_person CHECK (status <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> proposed_by))
) STRICT;

CREATE INDEX policy_proposals_by_kind ON policy_proposals (kind, id);

CREATE TRIGGER policy_proposals_decided_stays BEFORE UPDATE ON policy_proposals WHEN OLD.status <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'a proposal that was decided on is never changed'); END;
CREATE TRIGGER policy_proposals_decided_kept BEFORE DELETE ON policy_proposals
BEGIN SELECT RAISE(ABORT, 'a proposal is never deleted'); END;
