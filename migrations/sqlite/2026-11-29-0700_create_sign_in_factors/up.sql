-- What a sign-in asks for beside the password: the secret of an authenticator app, and the codes for whoever lost it.

CREATE TABLE authenticators (
    id INTEGER PRIMARY KEY,
    login_id INTEGER CONSTRAINT authenticators_login_unique UNIQUE REFERENCES logins,
    staff_id INTEGER CONSTRAINT authenticators_staff_unique UNIQUE REFERENCES staff,
    secret TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    confirmed_at TEXT,
    last_step INTEGER,
    CONSTRAINT authenticators_holder_one CHECK ((login_id IS NULL) <> (staff_id IS NULL))
) STRICT;

CREATE TABLE recovery_codes (
    login_id INTEGER NOT NULL REFERENCES logins,
    code_hash TEXT NOT NULL,
    made_at TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (login_id, code_hash)
) STRICT, WITHOUT ROWID;
