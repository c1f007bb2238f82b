-- Notices in the utility's own words: each change is a row, the newest of a place and language counts; without words ours stand there again.

CREATE TABLE notice_texts (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    language TEXT NOT NULL CONSTRAINT notice_texts_language_known CHECK (language IN ('en-US', 'es-US')),
    words TEXT,
    written_by TEXT NOT NULL,
    written_at TEXT NOT NULL
) STRICT;
CREATE INDEX notice_texts_by_place ON notice_texts (place, language, id);
CREATE TRIGGER notice_texts_never_updated BEFORE UPDATE ON notice_texts BEGIN SELECT RAISE(ABORT, 'notice_texts is append-only'); END;
CREATE TRIGGER notice_texts_never_deleted BEFORE DELETE ON notice_texts BEGIN SELECT RAISE(ABORT, 'notice_texts is append-only'); END;
