-- Customers add ways to reach them, which count once a code is typed back, and choose the address that notices and bills go to.

ALTER TABLE contact_points ADD COLUMN primary_at TEXT;

CREATE UNIQUE INDEX contact_points_one_primary ON contact_points (customer_id, kind) WHERE primary_at IS NOT NULL AND until_on IS NULL;

CREATE TABLE contact_proofs (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers,
    login_id INTEGER NOT NULL REFERENCES logins,
    kind TEXT NOT NULL CONSTRAINT contact_proofs_kind_known CHECK (kind IN ('email', 'phone')),
    value TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    code_ends_at TEXT NOT NULL,
    tries INTEGER NOT NULL,
    given_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;

CREATE UNIQUE INDEX contact_proofs_one_each ON contact_proofs (customer_id, login_id) WHERE ended_at IS NULL;
