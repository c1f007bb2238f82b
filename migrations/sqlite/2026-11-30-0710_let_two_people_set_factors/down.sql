DROP TRIGGER rate_factors_approved_stays;
DROP TRIGGER rate_factors_approved_kept;
DROP INDEX rate_factors_by_code;

ALTER TABLE rate_factors RENAME TO rate_factors_decided;

CREATE TABLE rate_factors (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    from_on TEXT NOT NULL,
    value TEXT NOT NULL CONSTRAINT rate_factors_value_plain CHECK (value <> '' AND value NOT GLOB '*[^0-9.-]*'),
    source TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT rate_factors_once UNIQUE (code, from_on)
) STRICT;

INSERT INTO rate_factors (id, code, from_on, value, source, created_by, created_at)
    SELECT id, code, from_on, value, source, proposed_by, proposed_at FROM rate_factors_decided d
    WHERE status = 'approved' AND id = (
        SELECT MAX(n.id) FROM rate_factors_decided n WHERE n.code = d.code AND n.from_on = d.from_on AND n.status = 'approved');

DROP TABLE rate_factors_decided;

CREATE TRIGGER rate_factors_never_updated BEFORE UPDATE ON rate_factors BEGIN SELECT RAISE(ABORT, 'rate_factors is append-only'); END;
CREATE TRIGGER rate_factors_never_deleted BEFORE DELETE ON rate_factors BEGIN SELECT RAISE(ABORT, 'rate_factors is append-only'); END;
