-- Paper on its way out: what waits for the printer, the batches in which it leaves the house, and what each batch holds in its order.

CREATE TABLE print_batches (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL CONSTRAINT print_batches_state_known CHECK (state IN ('made', 'mailed', 'canceled')),
    pieces INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_on TEXT NOT NULL,
    mailed_on TEXT,
    closed_by TEXT,
    closed_at TEXT
) STRICT;

-- A bill or a letter that goes on paper is one row for ever: it waits, or is in one batch, or has ended.
CREATE TABLE print_pieces (
    id INTEGER PRIMARY KEY,
    bill_id INTEGER CONSTRAINT print_pieces_bill_unique UNIQUE REFERENCES bills,
    notice_id INTEGER CONSTRAINT print_pieces_notice_unique UNIQUE REFERENCES notices,
    since_at TEXT NOT NULL,
    batch_id INTEGER REFERENCES print_batches,
    ending TEXT CONSTRAINT print_pieces_ending_known CHECK (ending IN ('mailed', 'moot', 'rerouted', 'elsewhere')),
    CONSTRAINT print_pieces_one_thing CHECK ((bill_id IS NULL) <> (notice_id IS NULL))
) STRICT;

CREATE INDEX print_pieces_waiting ON print_pieces (since_at, id) WHERE batch_id IS NULL AND ending IS NULL;

CREATE INDEX print_pieces_by_batch ON print_pieces (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE print_items (
    batch_id INTEGER NOT NULL REFERENCES print_batches,
    position INTEGER NOT NULL,
    piece_id INTEGER NOT NULL REFERENCES print_pieces,
    account_id INTEGER REFERENCES accounts,
    code TEXT NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    is_readdressed INTEGER NOT NULL,
    PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX print_items_by_piece ON print_items (piece_id);

CREATE TRIGGER print_items_never_updated BEFORE UPDATE ON print_items BEGIN SELECT RAISE(ABORT, 'print_items is append-only'); END;
CREATE TRIGGER print_items_never_deleted BEFORE DELETE ON print_items BEGIN SELECT RAISE(ABORT, 'print_items is append-only'); END;

CREATE TABLE print_pulls (
    batch_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    reason TEXT NOT NULL CONSTRAINT print_pulls_reason_known CHECK (reason IN ('spoiled', 'address')),
    note TEXT NOT NULL,
    pulled_by TEXT NOT NULL,
    pulled_at TEXT NOT NULL,
    PRIMARY KEY (batch_id, position),
    CONSTRAINT print_pulls_of_item FOREIGN KEY (batch_id, position) REFERENCES print_items
) STRICT, WITHOUT ROWID;

CREATE TRIGGER print_pulls_never_updated BEFORE UPDATE ON print_pulls BEGIN SELECT RAISE(ABORT, 'print_pulls is append-only'); END;
CREATE TRIGGER print_pulls_never_deleted BEFORE DELETE ON print_pulls BEGIN SELECT RAISE(ABORT, 'print_pulls is append-only'); END;

-- The letters of a batch as they were made. One that carries a secret goes when the batch is closed.
CREATE TABLE print_letters (
    batch_id INTEGER NOT NULL REFERENCES print_batches,
    piece_id INTEGER NOT NULL REFERENCES print_pieces,
    subject TEXT NOT NULL,
    body TEXT,
    packed BLOB NOT NULL,
    PRIMARY KEY (batch_id, piece_id)
) STRICT;

-- To whom the paper of a bill says it goes, line by line: nothing where it is not known.
ALTER TABLE bill_documents ADD COLUMN recipient TEXT;

INSERT INTO print_pieces (bill_id, since_at, ending)
SELECT d.bill_id, MIN(d.at),
       CASE WHEN EXISTS (SELECT 1 FROM bill_cancellations c WHERE c.bill_id = d.bill_id) THEN 'moot'
            WHEN MAX(CASE WHEN d.state = 'failed' THEN 1 ELSE 0 END) = 1 THEN 'rerouted'
            WHEN COUNT(*) > 1 THEN 'elsewhere' END
FROM bill_deliveries d WHERE d.channel = 'paper'
GROUP BY d.bill_id HAVING MAX(CASE WHEN d.state = 'queued' THEN 1 ELSE 0 END) = 1;

INSERT INTO print_pieces (notice_id, since_at)
SELECT id, created_at FROM notices WHERE channel = 'paper' AND state = 'queued';
