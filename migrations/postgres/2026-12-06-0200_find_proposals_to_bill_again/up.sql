-- The account's screen shows what waits for a second person on it; the list of all that waits is read by where each stands.

CREATE INDEX rebill_proposals_by_account ON rebill_proposals (account_id, status, id);
CREATE INDEX rebill_proposals_by_status ON rebill_proposals (status, id);
