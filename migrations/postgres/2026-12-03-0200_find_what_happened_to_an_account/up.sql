-- The timeline of an account reads its calls and whatever its customer allowed autopay to charge, the ended ones too: by account, not through all.

CREATE INDEX calls_by_account ON calls (account_id, id);

CREATE INDEX autopay_enrolments_by_account ON autopay_enrolments (account_id, id);
