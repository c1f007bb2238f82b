-- The papers of bills, kept as they were made: what a customer was sent is what is shown for ever, whatever the program draws later.

CREATE TABLE bill_documents (
    bill_id BIGINT NOT NULL REFERENCES bills,
    kind TEXT NOT NULL CONSTRAINT bill_documents_kind_known CHECK (kind IN ('bill')),
    language TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    packed BYTEA NOT NULL,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (bill_id, kind)
);

CREATE TRIGGER bill_documents_never_changed BEFORE UPDATE OR DELETE ON bill_documents FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bill_documents_never_truncated BEFORE TRUNCATE ON bill_documents FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Bills in the order of issue, with what is asked of many at once: whose show this amount?
CREATE INDEX bills_by_issue ON bills (issued_on, id, account_id, status, previous_cents, total_cents) WHERE issued_on IS NOT NULL;
