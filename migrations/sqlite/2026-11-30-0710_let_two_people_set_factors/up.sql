-- A dated factor is law as a schedule is: one person proposes it, another approves it, and it is never changed then; a wrong one is answered by another for the same day.

DROP TRIGGER rate_factors_never_updated;
DROP TRIGGER rate_factors_never_deleted;

ALTER TABLE rate_factors RENAME TO rate_factors_entered;

CREATE TABLE rate_factors (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    from_on TEXT NOT NULL,
    value TEXT NOT NULL CONSTRAINT rate_factors_value_written CHECK (value <> '' AND value NOT GLOB '*[^0-9.-]*'),
    source TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT rate_factors_status_known CHECK (status IN ('proposed', 'approved', 'withdrawn')),
    proposed_by TEXT NOT NULL,
    proposed_by_id INTEGER,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_by_id INTEGER,
    decided_at TEXT,
    CONSTRAINT rate_factors_second_person CHECK (status <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> proposed_by))
) STRICT;

INSERT INTO rate_factors (id, code, from_on, value, source, status, proposed_by, proposed_at, decided_by, decided_at)
    SELECT id, code, from_on, value, source, 'approved', created_by, created_at, 'an earlier build', created_at FROM rate_factors_entered;

DROP TABLE rate_factors_entered;

CREATE INDEX rate_factors_by_code ON rate_factors (code, from_on);

CREATE TRIGGER rate_factors_approved_stays BEFORE UPDATE ON rate_factors WHEN OLD.status <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'a factor that was decided on is never changed'); END;
CREATE TRIGGER rate_factors_approved_kept BEFORE DELETE ON rate_factors
BEGIN SELECT RAISE(ABORT, 'a factor is never deleted'); END;
