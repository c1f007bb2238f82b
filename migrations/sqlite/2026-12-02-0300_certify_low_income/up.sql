-- That a household has a low income, by which proof and for which days: arrangements are offered to it on the terms that rules ask for.

CREATE TABLE income_certifications (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT income_certifications_request_unique UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts,
    proof TEXT NOT NULL CONSTRAINT income_certifications_proof_known CHECK (proof IN ('liheap', 'lihwap', 'snap', 'medicaid', 'ssi', 'agency', 'statement')),
    words TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    certified_by TEXT NOT NULL,
    certified_at TEXT NOT NULL,
    certified_on TEXT NOT NULL,
    ended_on TEXT,
    ended_by TEXT,
    end_words TEXT,
    CONSTRAINT income_certifications_ends_after_it_begins CHECK (until_on > from_on),
    CONSTRAINT income_certifications_ended_whole CHECK ((ended_on IS NULL) = (ended_by IS NULL) AND (ended_on IS NULL) = (end_words IS NULL))
) STRICT;

CREATE INDEX income_certifications_by_account ON income_certifications (account_id, id);
