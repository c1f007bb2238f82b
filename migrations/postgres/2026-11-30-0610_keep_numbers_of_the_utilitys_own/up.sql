-- What came from the utility's earlier books is known by the numbers that it had there: the same files again change nothing, and customers find an account by its old number.

CREATE TABLE own_numbers (
    kind TEXT NOT NULL CONSTRAINT own_numbers_kind_known CHECK (kind IN ('premise', 'service_point', 'customer', 'account')),
    number TEXT NOT NULL,
    row_id BIGINT NOT NULL,
    PRIMARY KEY (kind, number)
);

CREATE INDEX own_numbers_by_row ON own_numbers (kind, row_id);
