-- A customer who says that a bill is wrong may be heard by somebody who can correct it: when and where, who was there, and what was said.

CREATE TABLE dispute_hearings (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES service_requests,
    on_date TEXT NOT NULL,
    hour TEXT NOT NULL,
    place TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    attended TEXT,
    words TEXT,
    recorded_by TEXT,
    recorded_at TEXT,
    CONSTRAINT dispute_hearings_recorded_whole CHECK ((recorded_at IS NULL) = (words IS NULL) AND (recorded_at IS NULL) = (attended IS NULL) AND (recorded_at IS NULL) = (recorded_by IS NULL))
) STRICT;

CREATE UNIQUE INDEX dispute_hearings_one_to_come ON dispute_hearings (request_id) WHERE recorded_at IS NULL;

CREATE INDEX dispute_hearings_by_request ON dispute_hearings (request_id, id);
