-- What customers ask the office for, every word and move of it, the photos they send, and the bills that they say are wrong.

CREATE TABLE service_requests (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL CONSTRAINT service_requests_number_unique UNIQUE,
    request_key TEXT NOT NULL CONSTRAINT service_requests_request_unique UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts,
    kind TEXT NOT NULL CONSTRAINT service_requests_kind_known CHECK (kind IN ('start_service', 'stop_service', 'move', 'new_service', 'mailing_address', 'meter_reread', 'high_bill_check', 'leak_adjustment', 'problem', 'bill_dispute')),
    answers TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT service_requests_state_known CHECK (state IN ('received', 'in_progress', 'waiting', 'done', 'declined', 'withdrawn')),
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    owner_staff_id INTEGER REFERENCES staff,
    closed_at TEXT,
    closed_on TEXT
) STRICT;

CREATE INDEX service_requests_by_account ON service_requests (account_id, id);

CREATE INDEX service_requests_open ON service_requests (due_on, id) WHERE closed_on IS NULL;

CREATE TABLE request_steps (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES service_requests,
    side TEXT NOT NULL CONSTRAINT request_steps_side_known CHECK (side IN ('customer', 'office')),
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_on TEXT NOT NULL,
    state TEXT CONSTRAINT request_steps_state_known CHECK (state IN ('received', 'in_progress', 'waiting', 'done', 'declined', 'withdrawn')),
    words TEXT
) STRICT;

CREATE INDEX request_steps_by_request ON request_steps (request_id, id);

CREATE TABLE request_photos (
    request_id INTEGER NOT NULL PRIMARY KEY REFERENCES service_requests,
    media_type TEXT NOT NULL CONSTRAINT request_photos_type_known CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp', 'image/gif')),
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    sent_by TEXT NOT NULL,
    sent_at TEXT NOT NULL
) STRICT;

CREATE TABLE bill_disputes (
    request_id INTEGER NOT NULL PRIMARY KEY REFERENCES service_requests,
    bill_id INTEGER NOT NULL REFERENCES bills,
    reason TEXT NOT NULL CONSTRAINT bill_disputes_reason_known CHECK (reason IN ('too_much_use', 'read_wrong', 'estimated', 'price_wrong', 'not_mine', 'paid_already', 'other')),
    lines TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CONSTRAINT bill_disputes_amount_positive CHECK (amount_cents > 0),
    outcome TEXT CONSTRAINT bill_disputes_outcome_known CHECK (outcome IN ('upheld', 'corrected', 'withdrawn')),
    freed_on TEXT,
    CONSTRAINT bill_disputes_freed_with_outcome CHECK ((outcome IS NULL) = (freed_on IS NULL))
) STRICT;

CREATE UNIQUE INDEX bill_disputes_one_open ON bill_disputes (bill_id) WHERE outcome IS NULL;

CREATE INDEX bill_disputes_by_bill ON bill_disputes (bill_id, request_id);

CREATE TRIGGER request_steps_never_updated BEFORE UPDATE ON request_steps BEGIN SELECT RAISE(ABORT, 'request_steps is append-only'); END;
CREATE TRIGGER request_steps_never_deleted BEFORE DELETE ON request_steps BEGIN SELECT RAISE(ABORT, 'request_steps is append-only'); END;
CREATE TRIGGER request_photos_never_updated BEFORE UPDATE ON request_photos BEGIN SELECT RAISE(ABORT, 'request_photos is append-only'); END;
CREATE TRIGGER request_photos_never_deleted BEFORE DELETE ON request_photos BEGIN SELECT RAISE(ABORT, 'request_photos is append-only'); END;
