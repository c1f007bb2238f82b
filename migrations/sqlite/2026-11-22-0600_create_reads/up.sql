-- What the meters said: register reads as versions, a packed row per register, civil day and version of interval usage, and of a register's own series.

CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    format TEXT NOT NULL,
    options TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT imports_status_known CHECK (status IN ('running', 'finished', 'failed')),
    records_done INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    duplicates INTEGER NOT NULL,
    corrections INTEGER NOT NULL,
    held INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    started_by TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    CONSTRAINT imports_file_once UNIQUE (sha256, format, options)
) STRICT;

CREATE TABLE import_rejections (
    import_id INTEGER NOT NULL REFERENCES imports,
    line INTEGER NOT NULL,
    reason TEXT NOT NULL,
    facts TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    PRIMARY KEY (import_id, line, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_mappings (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CONSTRAINT import_mappings_name_unique UNIQUE,
    document TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE reads (
    id INTEGER PRIMARY KEY,
    register_id INTEGER NOT NULL REFERENCES registers,
    read_on TEXT NOT NULL,
    read_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    value TEXT NOT NULL CONSTRAINT reads_value_plain CHECK (value <> '' AND value NOT GLOB '*[^0-9.-]*'),
    source TEXT NOT NULL CONSTRAINT reads_source_known CHECK (source IN ('ami', 'file', 'manual', 'customer', 'exchange', 'estimate')),
    quality TEXT NOT NULL CONSTRAINT reads_quality_known CHECK (quality IN ('actual', 'estimated', 'edited', 'missing')),
    verdict TEXT NOT NULL CONSTRAINT reads_verdict_known CHECK (verdict IN ('accepted', 'flagged', 'held', 'refused')),
    reasons TEXT,
    import_id INTEGER REFERENCES imports,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CONSTRAINT reads_version_unique UNIQUE (register_id, read_at, version)
) STRICT;

CREATE TRIGGER reads_never_updated BEFORE UPDATE ON reads BEGIN SELECT RAISE(ABORT, 'reads is append-only'); END;
CREATE TRIGGER reads_never_deleted BEFORE DELETE ON reads BEGIN SELECT RAISE(ABORT, 'reads is append-only'); END;

CREATE TABLE interval_days (
    register_id INTEGER NOT NULL REFERENCES registers,
    day TEXT NOT NULL,
    version INTEGER NOT NULL,
    packed BLOB NOT NULL,
    import_id INTEGER REFERENCES imports,
    PRIMARY KEY (register_id, day, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER interval_days_never_updated BEFORE UPDATE ON interval_days BEGIN SELECT RAISE(ABORT, 'interval_days is append-only'); END;
CREATE TRIGGER interval_days_never_deleted BEFORE DELETE ON interval_days BEGIN SELECT RAISE(ABORT, 'interval_days is append-only'); END;

CREATE TABLE register_days (
    register_id INTEGER NOT NULL REFERENCES registers,
    day TEXT NOT NULL,
    version INTEGER NOT NULL,
    packed BLOB NOT NULL,
    import_id INTEGER REFERENCES imports,
    PRIMARY KEY (register_id, day, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER register_days_never_updated BEFORE UPDATE ON register_days BEGIN SELECT RAISE(ABORT, 'register_days is append-only'); END;
CREATE TRIGGER register_days_never_deleted BEFORE DELETE ON register_days BEGIN SELECT RAISE(ABORT, 'register_days is append-only'); END;
