-- What a landlord wants of each place when a tenant leaves: everything that was said is kept, and the last of it counts. An agreement that began because of it says which tenant's it follows.

CREATE TABLE landlord_instructions (
    id INTEGER PRIMARY KEY,
    premise_id INTEGER NOT NULL REFERENCES premises,
    account_id INTEGER NOT NULL REFERENCES accounts,
    instruction TEXT NOT NULL CONSTRAINT landlord_instructions_instruction_known CHECK (instruction IN ('continue', 'vacant', 'unsaid')),
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL,
    given_on TEXT NOT NULL
) STRICT;

CREATE INDEX landlord_instructions_by_premise ON landlord_instructions (premise_id, id);

CREATE TABLE landlord_agreements (
    service_agreement_id INTEGER PRIMARY KEY REFERENCES service_agreements,
    follows_id INTEGER NOT NULL UNIQUE REFERENCES service_agreements
) STRICT;

CREATE TRIGGER landlord_instructions_never_updated BEFORE UPDATE ON landlord_instructions BEGIN SELECT RAISE(ABORT, 'landlord_instructions is append-only'); END;
CREATE TRIGGER landlord_instructions_never_deleted BEFORE DELETE ON landlord_instructions BEGIN SELECT RAISE(ABORT, 'landlord_instructions is append-only'); END;
