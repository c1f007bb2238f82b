-- One person may have been written down twice. The two rows become one customer: what was the one's is the other's, who takes which is kept, and it can be taken back.

ALTER TABLE customers ADD COLUMN merged_into_id INTEGER REFERENCES customers;

CREATE INDEX customers_merged ON customers (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE customer_merges (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT customer_merges_request_unique UNIQUE,
    kept_id INTEGER NOT NULL REFERENCES customers,
    gone_id INTEGER NOT NULL REFERENCES customers,
    reason TEXT NOT NULL CONSTRAINT customer_merges_reason_said CHECK (reason <> ''),
    took_address INTEGER NOT NULL,
    address_before TEXT,
    merged_by TEXT NOT NULL,
    merged_at TEXT NOT NULL,
    merged_on TEXT NOT NULL,
    CONSTRAINT customer_merges_of_two CHECK (kept_id <> gone_id)
) STRICT;

CREATE INDEX customer_merges_by_kept ON customer_merges (kept_id, id);
CREATE INDEX customer_merges_by_gone ON customer_merges (gone_id, id);

CREATE TABLE customer_merge_moves (
    id INTEGER PRIMARY KEY,
    merge_id INTEGER NOT NULL REFERENCES customer_merges,
    kind TEXT NOT NULL CONSTRAINT customer_merge_moves_kind_known CHECK (kind IN ('part', 'contact', 'coming_address', 'number')),
    row_id INTEGER NOT NULL,
    from_id INTEGER NOT NULL REFERENCES customers,
    to_id INTEGER NOT NULL REFERENCES customers,
    was TEXT NOT NULL,
    was_primary_at TEXT
) STRICT;

CREATE INDEX customer_merge_moves_by_merge ON customer_merge_moves (merge_id, id);

CREATE TABLE customer_merge_undos (
    merge_id INTEGER PRIMARY KEY REFERENCES customer_merges,
    reason TEXT NOT NULL CONSTRAINT customer_merge_undos_reason_said CHECK (reason <> ''),
    undone_by TEXT NOT NULL,
    undone_at TEXT NOT NULL
) STRICT;

CREATE TABLE customers_apart (
    one_id INTEGER NOT NULL REFERENCES customers,
    other_id INTEGER NOT NULL REFERENCES customers,
    reason TEXT NOT NULL CONSTRAINT customers_apart_reason_said CHECK (reason <> ''),
    said_by TEXT NOT NULL,
    said_at TEXT NOT NULL,
    PRIMARY KEY (one_id, other_id),
    CONSTRAINT customers_apart_in_order CHECK (one_id < other_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER customer_merges_never_updated BEFORE UPDATE ON customer_merges BEGIN SELECT RAISE(ABORT, 'customer_merges is append-only'); END;
CREATE TRIGGER customer_merges_never_deleted BEFORE DELETE ON customer_merges BEGIN SELECT RAISE(ABORT, 'customer_merges is append-only'); END;
CREATE TRIGGER customer_merge_moves_never_updated BEFORE UPDATE ON customer_merge_moves BEGIN SELECT RAISE(ABORT, 'customer_merge_moves is append-only'); END;
CREATE TRIGGER customer_merge_moves_never_deleted BEFORE DELETE ON customer_merge_moves BEGIN SELECT RAISE(ABORT, 'customer_merge_moves is append-only'); END;
CREATE TRIGGER customer_merge_undos_never_updated BEFORE UPDATE ON customer_merge_undos BEGIN SELECT RAISE(ABORT, 'customer_merge_undos is append-only'); END;
CREATE TRIGGER customer_merge_undos_never_deleted BEFORE DELETE ON customer_merge_undos BEGIN SELECT RAISE(ABORT, 'customer_merge_undos is append-only'); END;
CREATE TRIGGER customers_apart_never_updated BEFORE UPDATE ON customers_apart BEGIN SELECT RAISE(ABORT, 'customers_apart is append-only'); END;
CREATE TRIGGER customers_apart_never_deleted BEFORE DELETE ON customers_apart BEGIN SELECT RAISE(ABORT, 'customers_apart is append-only'); END;
