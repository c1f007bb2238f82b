-- Whoever works a list of the office finds the part of it that is theirs under a name, at any desk.

CREATE TABLE saved_filters (
    id INTEGER PRIMARY KEY,
    staff_id INTEGER NOT NULL REFERENCES staff,
    queue TEXT NOT NULL CONSTRAINT saved_filters_queue_known CHECK (queue IN ('exceptions', 'requests', 'orders', 'holds', 'arrangements', 'notices', 'receivables')),
    name TEXT NOT NULL CONSTRAINT saved_filters_name_filled CHECK (name <> ''),
    query TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    CONSTRAINT saved_filters_name_once UNIQUE (staff_id, queue, name)
) STRICT;
