-- How far an account is open to each sign-in, and who was invited to see more of it or to get copies.

ALTER TABLE login_accounts ADD COLUMN access TEXT NOT NULL DEFAULT 'owner' CONSTRAINT login_accounts_access_known CHECK (access IN ('view', 'pay', 'manage', 'owner'));

CREATE TABLE account_invitations (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL CONSTRAINT account_invitations_token_unique UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts,
    offer TEXT NOT NULL CONSTRAINT account_invitations_offer_known CHECK (offer IN ('view', 'pay', 'manage', 'copies')),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL CONSTRAINT account_invitations_language_known CHECK (language IN ('en-US', 'es-US')),
    invited_by TEXT NOT NULL,
    invited_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    answer TEXT CONSTRAINT account_invitations_answer_known CHECK (answer IN ('accepted', 'declined', 'withdrawn')),
    answered_at TEXT
) STRICT;

CREATE INDEX account_invitations_by_account ON account_invitations (account_id);
