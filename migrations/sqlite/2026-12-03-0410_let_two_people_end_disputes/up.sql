-- What an outcome of a dispute gives may be more than one person decides: it waits for a second one, and comes back to the dispute with their word.

CREATE TABLE dispute_proposals (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES service_requests,
    remedy TEXT NOT NULL CONSTRAINT dispute_proposals_remedy_known CHECK (remedy IN ('upheld', 'rebilled', 'leak_adjustment', 'refund', 'goodwill')),
    status TEXT NOT NULL CONSTRAINT dispute_proposals_status_known CHECK (status IN ('proposed', 'posted', 'refused', 'withdrawn')),
    chosen_cents INTEGER CONSTRAINT dispute_proposals_chosen_positive CHECK (chosen_cents > 0),
    credit_cents INTEGER NOT NULL CONSTRAINT dispute_proposals_credit_positive CHECK (credit_cents > 0),
    words TEXT NOT NULL CONSTRAINT dispute_proposals_words_said CHECK (words <> ''),
    made_by TEXT NOT NULL,
    made_by_id INTEGER,
    made_on TEXT NOT NULL,
    made_at TEXT NOT NULL,
    decided_by TEXT,
    decided_by_id INTEGER,
    decided_at TEXT,
    decided_note TEXT,
    CONSTRAINT dispute_proposals_decided_whole CHECK ((status = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT dispute_proposals_second_person CHECK (status NOT IN ('posted', 'refused') OR decided_by <> made_by)
) STRICT;

CREATE INDEX dispute_proposals_by_request ON dispute_proposals (request_id, id);
CREATE UNIQUE INDEX dispute_proposals_one_waits ON dispute_proposals (request_id) WHERE status = 'proposed';

CREATE TRIGGER dispute_proposals_decided_stays BEFORE UPDATE ON dispute_proposals WHEN OLD.status <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'a proposal that was decided on is never changed'); END;
CREATE TRIGGER dispute_proposals_decided_kept BEFORE DELETE ON dispute_proposals
BEGIN SELECT RAISE(ABORT, 'a proposal is never deleted'); END;
