-- What the utility itself is: its settings, funds, accounts of the general ledger and the policies its staff set.

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE funds (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE gl_accounts (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT gl_accounts_kind_known CHECK (kind IN ('asset', 'liability', 'equity', 'income', 'expense')),
    purpose TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    from_on TEXT NOT NULL,
    document TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT policies_version_unique UNIQUE (kind, version)
) STRICT;

CREATE TRIGGER policies_never_updated BEFORE UPDATE ON policies BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END;
CREATE TRIGGER policies_never_deleted BEFORE DELETE ON policies BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END;
