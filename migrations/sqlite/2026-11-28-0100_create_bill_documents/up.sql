-- The papers of bills, kept as they were made: what a customer was sent is what is shown for ever, whatever the program draws later.

CREATE TABLE bill_documents (
    bill_id INTEGER NOT NULL REFERENCES bills,
    kind TEXT NOT NULL CONSTRAINT bill_documents_kind_known CHECK (kind IN ('bill')),
    language TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    packed BLOB NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (bill_id, kind)
) STRICT;

CREATE TRIGGER bill_documents_never_updated BEFORE UPDATE ON bill_documents BEGIN SELECT RAISE(ABORT, 'bill_documents is append-only'); END;
CREATE TRIGGER bill_documents_never_deleted BEFORE DELETE ON bill_documents BEGIN SELECT RAISE(ABORT, 'bill_documents is append-only'); END;

-- Bills in the order of issue, with what is asked of many at once: whose show this amount?
CREATE INDEX bills_by_issue ON bills (issued_on, id, account_id, status, previous_cents, total_cents) WHERE issued_on IS NOT NULL;
