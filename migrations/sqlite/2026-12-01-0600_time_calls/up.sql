-- What a call was about, how long it took and whether it solved what it was about is counted; nobody of the office has two at once.

CREATE TABLE calls (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    staff_id INTEGER NOT NULL REFERENCES staff,
    began_at TEXT NOT NULL,
    ended_at TEXT,
    topic TEXT CONSTRAINT calls_topic_known CHECK (topic IN ('high_bill', 'bill_in_error', 'payment', 'more_time', 'moving', 'outage', 'leak_or_quality', 'meter_or_read', 'sign_in', 'other')),
    is_solved INTEGER,
    note_id INTEGER CONSTRAINT calls_note_unique UNIQUE REFERENCES notes,
    CONSTRAINT calls_in_order CHECK (ended_at IS NULL OR began_at <= ended_at),
    CONSTRAINT calls_wrapped_whole CHECK ((topic IS NULL) = (is_solved IS NULL) AND (topic IS NULL) = (note_id IS NULL) AND (topic IS NULL OR ended_at IS NOT NULL))
) STRICT;

-- One open call of each person; the office's pages look for it with the session.
CREATE UNIQUE INDEX calls_open_once ON calls (staff_id) WHERE ended_at IS NULL;

CREATE INDEX calls_wrapped ON calls (began_at) WHERE topic IS NOT NULL;
