-- An account that moves to a place of another cycle is billed by its old cycle until a day and by the new one from it on, so that each day is billed once. Where a customer's mail goes from a day to come waits here for it. Places are found by the beginning of their address.

CREATE TABLE former_cycles (
    account_id BIGINT NOT NULL REFERENCES accounts,
    cycle_id BIGINT NOT NULL REFERENCES cycles,
    until_on DATE NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, until_on)
);

CREATE INDEX former_cycles_by_cycle ON former_cycles (cycle_id, until_on);

CREATE TRIGGER former_cycles_never_changed BEFORE UPDATE OR DELETE ON former_cycles FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER former_cycles_never_truncated BEFORE TRUNCATE ON former_cycles FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE coming_addresses (
    customer_id BIGINT PRIMARY KEY REFERENCES customers,
    account_id BIGINT NOT NULL REFERENCES accounts,
    from_on DATE NOT NULL,
    mailing_address TEXT,
    entered_by TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL
);

CREATE INDEX coming_addresses_by_day ON coming_addresses (from_on);

CREATE INDEX premises_by_search_text ON premises (search_text COLLATE "C");
