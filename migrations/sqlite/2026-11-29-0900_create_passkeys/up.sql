-- Keys that a customer's own devices hold in place of the password, and what a device was asked and has not answered yet.

CREATE TABLE passkeys (
    id INTEGER PRIMARY KEY,
    login_id INTEGER NOT NULL REFERENCES logins,
    handle TEXT NOT NULL,
    credential_id TEXT NOT NULL CONSTRAINT passkeys_credential_id_unique UNIQUE,
    credential TEXT NOT NULL,
    name TEXT NOT NULL,
    made_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

CREATE INDEX passkeys_login ON passkeys (login_id);

CREATE TABLE passkey_challenges (
    token_hash TEXT PRIMARY KEY,
    login_id INTEGER REFERENCES logins,
    handle TEXT,
    state TEXT NOT NULL,
    until_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
