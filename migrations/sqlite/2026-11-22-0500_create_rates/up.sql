-- Rate schedules as documents: a published version is law and never changes.

CREATE TABLE rate_schedules (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    commodity TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT rate_schedules_status_known CHECK (status IN ('draft', 'submitted', 'published', 'withdrawn')),
    document TEXT NOT NULL,
    drafted_by TEXT NOT NULL,
    drafted_at TEXT NOT NULL,
    submitted_by TEXT,
    submitted_at TEXT,
    published_by TEXT,
    published_at TEXT,
    CONSTRAINT rate_schedules_version_unique UNIQUE (code, version),
    CONSTRAINT rate_schedules_second_person CHECK (status <> 'published' OR (published_by IS NOT NULL AND published_by <> submitted_by))
) STRICT;

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

CREATE TRIGGER rate_factors_never_updated BEFORE UPDATE ON rate_factors BEGIN SELECT RAISE(ABORT, 'rate_factors is append-only'); END;
CREATE TRIGGER rate_factors_never_deleted BEFORE DELETE ON rate_factors BEGIN SELECT RAISE(ABORT, 'rate_factors is append-only'); END;

CREATE TRIGGER rate_schedules_published_stays BEFORE UPDATE ON rate_schedules WHEN OLD.status = 'published'
BEGIN SELECT RAISE(ABORT, 'a published rate schedule is never changed'); END;
CREATE TRIGGER rate_schedules_published_kept BEFORE DELETE ON rate_schedules WHEN OLD.status = 'published'
BEGIN SELECT RAISE(ABORT, 'a published rate schedule is never deleted'); END;
