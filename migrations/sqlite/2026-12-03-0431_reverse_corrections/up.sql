-- A correction that was posted can be answered by another that reverses it; each is answered once.

ALTER TABLE corrections ADD COLUMN reverses_id INTEGER REFERENCES corrections;

CREATE UNIQUE INDEX corrections_reverses_once ON corrections (reverses_id) WHERE status IN ('proposed', 'posted');

CREATE INDEX corrections_by_reversed ON corrections (reverses_id) WHERE reverses_id IS NOT NULL;
