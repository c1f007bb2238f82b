-- Customers, the accounts they owe on, and the cycles that bill them.

CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CONSTRAINT customers_kind_known CHECK (kind IN ('person', 'organization')),
    name TEXT NOT NULL,
    given_name TEXT,
    language TEXT NOT NULL,
    mailing_address TEXT,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE customer_history (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers,
    name TEXT NOT NULL,
    given_name TEXT,
    language TEXT NOT NULL,
    mailing_address TEXT,
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    replaced_by TEXT NOT NULL,
    replaced_at TEXT NOT NULL,
    CONSTRAINT customer_history_in_order CHECK (from_on <= until_on)
) STRICT;

CREATE INDEX customer_history_by_customer ON customer_history (customer_id, until_on);

CREATE TRIGGER customer_history_never_updated BEFORE UPDATE ON customer_history BEGIN SELECT RAISE(ABORT, 'customer_history is append-only'); END;
CREATE TRIGGER customer_history_never_deleted BEFORE DELETE ON customer_history BEGIN SELECT RAISE(ABORT, 'customer_history is append-only'); END;

CREATE TABLE contact_points (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers,
    kind TEXT NOT NULL CONSTRAINT contact_points_kind_known CHECK (kind IN ('email', 'phone')),
    value TEXT NOT NULL,
    search_value TEXT NOT NULL,
    verified_at TEXT,
    from_on TEXT NOT NULL,
    until_on TEXT
) STRICT;

CREATE INDEX contact_points_by_customer ON contact_points (customer_id);

CREATE INDEX contact_points_by_value ON contact_points (search_value);

CREATE TABLE cycles (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL CONSTRAINT cycles_code_unique UNIQUE,
    name TEXT NOT NULL,
    months INTEGER NOT NULL CONSTRAINT cycles_months_known CHECK (months IN (1, 2, 3, 6, 12)),
    least_days INTEGER NOT NULL,
    most_days INTEGER NOT NULL
) STRICT;

CREATE TABLE cycle_periods (
    id INTEGER PRIMARY KEY,
    cycle_id INTEGER NOT NULL REFERENCES cycles,
    from_on TEXT NOT NULL,
    read_on TEXT NOT NULL,
    window_opens_on TEXT NOT NULL,
    window_closes_on TEXT NOT NULL,
    issue_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    CONSTRAINT cycle_periods_read_unique UNIQUE (cycle_id, read_on),
    CONSTRAINT cycle_periods_in_order CHECK (from_on < read_on AND read_on <= issue_on AND issue_on < due_on)
) STRICT;

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL CONSTRAINT accounts_number_unique UNIQUE,
    class TEXT NOT NULL CONSTRAINT accounts_class_known CHECK (class IN ('residential', 'small_commercial', 'commercial', 'industrial', 'irrigation', 'municipal')),
    status TEXT NOT NULL CONSTRAINT accounts_status_known CHECK (status IN ('pending', 'active', 'closing', 'closed', 'written_off')),
    cycle_id INTEGER NOT NULL REFERENCES cycles,
    language TEXT NOT NULL,
    paper INTEGER NOT NULL,
    email INTEGER NOT NULL,
    opened_on TEXT NOT NULL,
    closed_on TEXT
) STRICT;

CREATE INDEX accounts_by_cycle ON accounts (cycle_id, id);

CREATE TABLE account_statuses (
    account_id INTEGER NOT NULL REFERENCES accounts,
    status TEXT NOT NULL,
    from_on TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (account_id, at, status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER account_statuses_never_updated BEFORE UPDATE ON account_statuses BEGIN SELECT RAISE(ABORT, 'account_statuses is append-only'); END;
CREATE TRIGGER account_statuses_never_deleted BEFORE DELETE ON account_statuses BEGIN SELECT RAISE(ABORT, 'account_statuses is append-only'); END;

CREATE TABLE account_roles (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    customer_id INTEGER NOT NULL REFERENCES customers,
    role TEXT NOT NULL CONSTRAINT account_roles_role_known CHECK (role IN ('main', 'financially_responsible', 'authorized', 'third_party_notice', 'landlord')),
    from_on TEXT NOT NULL,
    until_on TEXT,
    CONSTRAINT account_roles_in_order CHECK (until_on IS NULL OR from_on < until_on)
) STRICT;

CREATE INDEX account_roles_by_account ON account_roles (account_id);

CREATE INDEX account_roles_by_customer ON account_roles (customer_id);

CREATE TABLE login_accounts (
    id INTEGER PRIMARY KEY,
    login_id INTEGER NOT NULL REFERENCES logins,
    account_id INTEGER NOT NULL REFERENCES accounts,
    from_on TEXT NOT NULL,
    until_on TEXT,
    end_reason TEXT CONSTRAINT login_accounts_end_known CHECK (end_reason IN ('taken', 'closed', 'unshared')),
    CONSTRAINT login_accounts_once UNIQUE (login_id, account_id, from_on)
) STRICT;

CREATE INDEX login_accounts_by_account ON login_accounts (account_id);

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    kind TEXT NOT NULL CONSTRAINT notes_kind_known CHECK (kind IN ('note', 'phone', 'visit', 'letter', 'email')),
    text TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_at TEXT NOT NULL
) STRICT;

CREATE INDEX notes_by_account ON notes (account_id, id);

CREATE TRIGGER notes_never_updated BEFORE UPDATE ON notes BEGIN SELECT RAISE(ABORT, 'notes is append-only'); END;
CREATE TRIGGER notes_never_deleted BEFORE DELETE ON notes BEGIN SELECT RAISE(ABORT, 'notes is append-only'); END;

CREATE TABLE search_terms (
    term TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts,
    kind TEXT NOT NULL CONSTRAINT search_terms_kind_known CHECK (kind IN ('name', 'address', 'account', 'meter', 'phone', 'email')),
    PRIMARY KEY (term, account_id, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX search_terms_by_account ON search_terms (account_id, term);
