-- Who may sign in: the office's staff, customers' logins, their sessions and one-time tokens.

CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL CONSTRAINT staff_email_unique UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT staff_role_known CHECK (role IN ('administrator', 'billing_manager', 'billing_clerk', 'csr', 'field_supervisor', 'collector', 'compliance', 'viewer')),
    language TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE logins (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL CONSTRAINT logins_email_unique UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    email_verified_at TEXT,
    is_active INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    door TEXT NOT NULL CONSTRAINT sessions_door_known CHECK (door IN ('portal', 'office')),
    login_id INTEGER REFERENCES logins,
    staff_id INTEGER REFERENCES staff,
    csrf_token TEXT NOT NULL,
    stage TEXT NOT NULL CONSTRAINT sessions_stage_known CHECK (stage IN ('full', 'totp')),
    created_at TEXT NOT NULL,
    device_name TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    ended_at TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_login ON sessions (login_id);

CREATE INDEX sessions_by_staff ON sessions (staff_id);

CREATE TABLE login_devices (
    login_id INTEGER NOT NULL REFERENCES logins,
    device_hash TEXT NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (login_id, device_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE one_time_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CONSTRAINT one_time_tokens_purpose_known CHECK (purpose IN ('verify_email', 'change_email', 'reset_password', 'set_up', 'staff_invitation', 'claim_code', 'quick_pay', 'quick_pay_with_bill')),
    subject TEXT NOT NULL,
    created_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    used_at TEXT
) STRICT, WITHOUT ROWID;
