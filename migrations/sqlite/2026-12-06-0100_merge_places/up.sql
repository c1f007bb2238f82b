-- One place may have been written down twice. The two rows become one place: what was at the one is at the other, every row that moved is kept, and it can be taken back.

ALTER TABLE premises ADD COLUMN merged_into_id INTEGER REFERENCES premises;

CREATE INDEX premises_merged ON premises (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE place_merges (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT place_merges_request_unique UNIQUE,
    kept_id INTEGER NOT NULL REFERENCES premises,
    gone_id INTEGER NOT NULL REFERENCES premises,
    reason TEXT NOT NULL CONSTRAINT place_merges_reason_said CHECK (reason <> ''),
    merged_by TEXT NOT NULL,
    merged_at TEXT NOT NULL,
    merged_on TEXT NOT NULL,
    CONSTRAINT place_merges_of_two CHECK (kept_id <> gone_id)
) STRICT;

CREATE INDEX place_merges_by_kept ON place_merges (kept_id, id);
CREATE INDEX place_merges_by_gone ON place_merges (gone_id, id);

CREATE TABLE place_merge_moves (
    id INTEGER PRIMARY KEY,
    merge_id INTEGER NOT NULL REFERENCES place_merges,
    kind TEXT NOT NULL CONSTRAINT place_merge_moves_kind_known CHECK (kind IN ('point', 'order', 'part', 'number', 'place')),
    row_id INTEGER NOT NULL,
    from_id INTEGER NOT NULL REFERENCES premises,
    to_id INTEGER NOT NULL REFERENCES premises,
    was TEXT NOT NULL
) STRICT;

CREATE INDEX place_merge_moves_by_merge ON place_merge_moves (merge_id, id);

CREATE TABLE place_merge_undos (
    merge_id INTEGER PRIMARY KEY REFERENCES place_merges,
    reason TEXT NOT NULL CONSTRAINT place_merge_undos_reason_said CHECK (reason <> ''),
    undone_by TEXT NOT NULL,
    undone_at TEXT NOT NULL
) STRICT;

CREATE TABLE places_apart (
    one_id INTEGER NOT NULL REFERENCES premises,
    other_id INTEGER NOT NULL REFERENCES premises,
    reason TEXT NOT NULL CONSTRAINT places_apart_reason_said CHECK (reason <> ''),
    said_by TEXT NOT NULL,
    said_at TEXT NOT NULL,
    PRIMARY KEY (one_id, other_id),
    CONSTRAINT places_apart_in_order CHECK (one_id < other_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER place_merges_never_updated BEFORE UPDATE ON place_merges BEGIN SELECT RAISE(ABORT, 'place_merges is append-only'); END;
CREATE TRIGGER place_merges_never_deleted BEFORE DELETE ON place_merges BEGIN SELECT RAISE(ABORT, 'place_merges is append-only'); END;
CREATE TRIGGER place_merge_moves_never_updated BEFORE UPDATE ON place_merge_moves BEGIN SELECT RAISE(ABORT, 'place_merge_moves is append-only'); END;
CREATE TRIGGER place_merge_moves_never_deleted BEFORE DELETE ON place_merge_moves BEGIN SELECT RAISE(ABORT, 'place_merge_moves is append-only'); END;
CREATE TRIGGER place_merge_undos_never_updated BEFORE UPDATE ON place_merge_undos BEGIN SELECT RAISE(ABORT, 'place_merge_undos is append-only'); END;
CREATE TRIGGER place_merge_undos_never_deleted BEFORE DELETE ON place_merge_undos BEGIN SELECT RAISE(ABORT, 'place_merge_undos is append-only'); END;
CREATE TRIGGER places_apart_never_updated BEFORE UPDATE ON places_apart BEGIN SELECT RAISE(ABORT, 'places_apart is append-only'); END;
CREATE TRIGGER places_apart_never_deleted BEFORE DELETE ON places_apart BEGIN SELECT RAISE(ABORT, 'places_apart is append-only'); END;
