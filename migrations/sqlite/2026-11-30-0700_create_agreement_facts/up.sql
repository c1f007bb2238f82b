-- What an agreement adds to the facts of its bills changes while it runs: each change counts from its day until the next, and is kept.

CREATE TABLE agreement_facts (
    id INTEGER PRIMARY KEY,
    service_agreement_id INTEGER NOT NULL REFERENCES service_agreements,
    from_on TEXT NOT NULL,
    facts TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;

CREATE INDEX agreement_facts_by_agreement ON agreement_facts (service_agreement_id, id);

CREATE TRIGGER agreement_facts_never_updated BEFORE UPDATE ON agreement_facts BEGIN SELECT RAISE(ABORT, 'agreement_facts is append-only'); END;
CREATE TRIGGER agreement_facts_never_deleted BEFORE DELETE ON agreement_facts BEGIN SELECT RAISE(ABORT, 'agreement_facts is append-only'); END;
