-- The built-in payment sandbox keeps its own objects, apart from the utility's books.

CREATE TABLE sandbox_objects (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    parent_id TEXT,
    payload TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sandbox_objects_by_kind ON sandbox_objects (kind, created_at);

CREATE INDEX sandbox_objects_by_parent ON sandbox_objects (parent_id);

CREATE TABLE sandbox_idempotency (
    idempotency_key TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    response TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sandbox_deliveries (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL,
    due_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    state TEXT NOT NULL CONSTRAINT sandbox_deliveries_state_known CHECK (state IN ('waiting', 'delivered', 'dropped', 'failed'))
) STRICT;

CREATE INDEX sandbox_deliveries_waiting ON sandbox_deliveries (state, due_at);
