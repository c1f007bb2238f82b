-- A dispute may come by telephone or letter, must be acknowledged by a day that the policy sets, and rests on documents that the office keeps to the byte.

ALTER TABLE bill_disputes ADD COLUMN came_by TEXT NOT NULL DEFAULT 'portal' CONSTRAINT bill_disputes_came_by_known CHECK (came_by IN ('portal', 'phone', 'letter', 'counter', 'email'));
ALTER TABLE bill_disputes ADD COLUMN acknowledge_by TEXT;

CREATE TABLE request_documents (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES service_requests,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL CONSTRAINT request_documents_type_known CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/gif')),
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    sent_by TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    CONSTRAINT request_documents_once UNIQUE (request_id, sha256)
) STRICT;

CREATE TRIGGER request_documents_never_updated BEFORE UPDATE ON request_documents BEGIN SELECT RAISE(ABORT, 'request_documents is append-only'); END;
CREATE TRIGGER request_documents_never_deleted BEFORE DELETE ON request_documents BEGIN SELECT RAISE(ABORT, 'request_documents is append-only'); END;
