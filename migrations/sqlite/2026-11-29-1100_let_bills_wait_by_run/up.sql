-- Bills wait for the printer with what was issued at the same instant: waiting takes no room by the bill, and a piece gets its row with its batch.

CREATE TABLE print_waits (
    id INTEGER PRIMARY KEY,
    first_bill_id INTEGER NOT NULL REFERENCES bills,
    last_bill_id INTEGER NOT NULL REFERENCES bills,
    bills INTEGER NOT NULL CONSTRAINT print_waits_bills_not_negative CHECK (bills >= 0),
    since_at TEXT NOT NULL
) STRICT;

-- The address at which a piece that was taken out does not reach its reader, and why a paper was not made.
ALTER TABLE print_pieces ADD COLUMN wrong_recipient TEXT;
ALTER TABLE print_pieces ADD COLUMN trouble TEXT;

CREATE INDEX payments_by_requested ON payments (requested_on);
