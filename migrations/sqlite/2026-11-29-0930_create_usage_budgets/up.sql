-- How much of a service somebody means to use at the most on each bill, in the unit that people know it by; a mail or text tells them before they pass it.

CREATE TABLE usage_budgets (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    login_id INTEGER NOT NULL REFERENCES logins,
    commodity TEXT NOT NULL CONSTRAINT usage_budgets_commodity_known CHECK (commodity IN ('water', 'sewer', 'stormwater', 'electric', 'gas', 'refuse', 'other')),
    amount TEXT NOT NULL CONSTRAINT usage_budgets_amount_plain CHECK (amount <> '' AND amount NOT GLOB '*[^0-9.]*'),
    set_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX usage_budgets_once ON usage_budgets (account_id, login_id, commodity);
