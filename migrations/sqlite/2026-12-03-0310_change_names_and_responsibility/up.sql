-- A name is corrected where it was written wrong, or changes by law from a day on, by a document. Who an account is addressed to changes only with the consent of whoever takes it on.

CREATE TABLE name_changes (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers,
    account_id INTEGER NOT NULL REFERENCES accounts,
    kind TEXT NOT NULL CONSTRAINT name_changes_kind_known CHECK (kind IN ('correction', 'legal')),
    old_name TEXT NOT NULL,
    new_name TEXT NOT NULL,
    from_on TEXT NOT NULL,
    document TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CONSTRAINT name_changes_law_by_document CHECK (kind <> 'legal' OR document <> '')
) STRICT;

CREATE INDEX name_changes_by_customer ON name_changes (customer_id, id);

CREATE TABLE responsibility_changes (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT responsibility_changes_request_unique UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts,
    from_id INTEGER NOT NULL REFERENCES customers,
    to_id INTEGER NOT NULL REFERENCES customers,
    from_on TEXT NOT NULL,
    reason TEXT NOT NULL CONSTRAINT responsibility_changes_reason_known CHECK (reason IN ('death', 'divorce', 'court_order', 'organization', 'household')),
    consent TEXT NOT NULL CONSTRAINT responsibility_changes_consent_known CHECK (consent IN ('signed', 'in_person', 'recorded_call', 'court')),
    words TEXT NOT NULL CONSTRAINT responsibility_changes_words_said CHECK (words <> ''),
    assumed_cents INTEGER NOT NULL CONSTRAINT responsibility_changes_assumed_none CHECK (assumed_cents >= 0),
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CONSTRAINT responsibility_changes_of_two CHECK (from_id <> to_id)
) STRICT;

CREATE INDEX responsibility_changes_by_account ON responsibility_changes (account_id, id);

CREATE TRIGGER name_changes_never_updated BEFORE UPDATE ON name_changes BEGIN SELECT RAISE(ABORT, 'name_changes is append-only'); END;
CREATE TRIGGER name_changes_never_deleted BEFORE DELETE ON name_changes BEGIN SELECT RAISE(ABORT, 'name_changes is append-only'); END;
CREATE TRIGGER responsibility_changes_never_updated BEFORE UPDATE ON responsibility_changes BEGIN SELECT RAISE(ABORT, 'responsibility_changes is append-only'); END;
CREATE TRIGGER responsibility_changes_never_deleted BEFORE DELETE ON responsibility_changes BEGIN SELECT RAISE(ABORT, 'responsibility_changes is append-only'); END;
